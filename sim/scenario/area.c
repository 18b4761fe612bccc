#include "scenario/messages.h"
#include <baogan/area.h>

#include <baogan/file.h>
#include <stdlib.h>
#include <string.h>

/* A member's scenario on its way. */
typedef struct reader {
    const bg_scenario_source *source;
    bg_area *area;
    bg_errors *errors;
} reader;

/* ---- the area's own file ---- */

/* What belongs to each community cannot be written for all of them. */
static bg_status check_own_keys(const bg_scenario *scenario, bg_errors *errors)
{
    static const char *const keys[] = {"history", "people", "actual", "published", "expected"};
    bg_status status = BG_OK;
    for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
        const bg_node *node = bg_scenario_find(scenario, keys[k]);
        if (node && !bg_node_is_standard(node)) {
            status = bg_errors_say(errors, BG_INVALID, node->mark, node->path,
                                   BG_SAY(area_part_of_community));
        }
    }
    const bg_node *funds = bg_scenario_find(scenario, "budget.funds");
    for (const bg_node *fund = funds ? funds->child : NULL; fund; fund = fund->next) {
        const bg_node *opening = bg_node_child(fund, "opening");
        if (opening && opening->value.fen != 0) {
            status = bg_errors_say(errors, BG_INVALID, opening->mark, opening->path,
                                   BG_SAY(area_opening_of_community));
        }
    }
    return status;
}

static bg_status check_names(const bg_node *communities, bg_errors *errors)
{
    bg_status status = BG_OK;
    for (const bg_node *node = communities->child; node; node = node->next) {
        if (node->key[0] == '.' || strcmp(node->key, "all") == 0) {
            status = bg_errors_say(errors, BG_INVALID, node->mark, node->path,
                                   BG_SAY(area_community_name));
        }
    }
    if (!communities->child) {
        status = bg_errors_say(errors, BG_MISSING, communities->mark, communities->path,
                               BG_SAY(area_empty));
    }
    return status;
}

/* ---- the communities ---- */

static bool starts_with(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

/* Overrides hold for each community too, but for those of what is the area's alone. */
static size_t copy_overrides(const bg_scenario_source *source, const char **overrides)
{
    size_t count = 0;
    for (size_t i = 0; i < source->override_count; i++) {
        const char *text = source->overrides[i];
        if (!starts_with(text, "communities") && !starts_with(text, "pool")) {
            overrides[count++] = text;
        }
    }
    return count;
}

static bg_status load_file(const reader *self, const char *path, const char *name,
                           bg_scenario **scenario)
{
    const char **overrides = calloc(self->source->override_count + 1, sizeof *overrides);
    if (!overrides) {
        return bg_no_memory(self->errors);
    }
    const bg_scenario_source source = {
        .path = path,
        .layers = self->source->layers,
        .layer_count = self->source->layer_count,
        .area = self->source->path,
        .community = name,
        .overrides = overrides,
        .override_count = copy_overrides(self->source, overrides),
    };
    const bg_status status = bg_scenario_load(&source, scenario, self->errors);
    free(overrides);
    return status;
}

static bg_status load_member(const reader *self, const bg_node *node)
{
    const bg_node *named = bg_node_child(node, "scenario");
    if (!named) {
        return bg_errors_say(self->errors, BG_MISSING, node->mark, node->path,
                             BG_SAY(area_community_without_scenario));
    }
    const char *beside = named->mark.line > 0 ? named->mark.file : self->source->path;
    char *directory = bg_path_directory(beside);
    char *path = directory ? bg_path_join(directory, named->text) : NULL;
    free(directory);
    if (!path) {
        return bg_no_memory(self->errors);
    }
    bg_member_community *member = &self->area->member[self->area->count];
    member->name = node->key;
    const bg_status status = load_file(self, path, node->key, &member->scenario);
    if (status == BG_OK) {
        self->area->count++;
    } else if (status == BG_IO) {
        bg_errors_say(self->errors, BG_IO, named->mark, named->path, BG_SAY(area_community_file),
                      path, node->key);
    }
    free(path);
    return status;
}

/* ---- what all have in common ---- */

/* Whether both scenarios say the same at a path. */
static bool agree(const bg_scenario *a, const bg_scenario *b, const char *path, bool *memory)
{
    const bg_node *one = bg_scenario_find(a, path), *other = bg_scenario_find(b, path);
    if (!one || !other) {
        return one == other;
    }
    char *first = bg_node_line(one), *second = bg_node_line(other);
    *memory = *memory && first && second;
    const bool same = first && second && strcmp(first, second) == 0;
    free(first);
    free(second);
    return same;
}

/* Funds have the same names and rules; rates and opening balances are each community's own. */
static bool funds_agree(const bg_scenario *a, const bg_scenario *b)
{
    const bg_node *all = bg_scenario_find(a, "budget.funds");
    const bg_node *others = bg_scenario_find(b, "budget.funds");
    bool same = bg_node_count(all) == bg_node_count(others);
    const bg_node *one = all ? all->child : NULL, *other = others ? others->child : NULL;
    for (; one && other && same; one = one->next, other = other->next) {
        same = strcmp(one->key, other->key) == 0 &&
               bg_node_bool(one, "carry_over") == bg_node_bool(other, "carry_over") &&
               bg_node_integer(one, "shared") == bg_node_integer(other, "shared");
    }
    return same;
}

static bg_status disagree(const bg_area *self, const bg_member_community *member, const char *path,
                          bg_errors *errors)
{
    const bg_node *node = bg_scenario_find(member->scenario, path);
    return bg_errors_say(errors, BG_INVALID, node ? node->mark : BG_NOWHERE, path,
                         BG_SAY(area_community_differs), member->name,
                         bg_scenario_file(self->scenario));
}

/* One settlement, one pool and one calendar for all. */
static bg_status check_common(const bg_area *self, bg_errors *errors)
{
    static const char *const common[] = {
        "settlement", "settlement_rounding", "settlement_payers",       "inputs",
        "simulation", "budget.income_limit", "demand.area_correlation", "budget.prepayment.outside",
    };
    bg_status status = BG_OK;
    bool memory = true;
    for (size_t c = 0; c < self->count; c++) {
        const bg_member_community *member = &self->member[c];
        for (size_t k = 0; k < sizeof common / sizeof *common; k++) {
            if (!agree(self->scenario, member->scenario, common[k], &memory)) {
                status = disagree(self, member, common[k], errors);
            }
        }
        if (!funds_agree(self->scenario, member->scenario)) {
            status = disagree(self, member, "budget.funds", errors);
        }
    }
    return memory ? status : bg_no_memory(errors);
}

/* A community that stands there under two names has its past years twice. */
static bg_status warn_of_twins(const bg_area *self, const bg_node *communities, bg_errors *errors)
{
    bool memory = true;
    const bg_node *node = communities->child;
    for (size_t c = 0; c < self->count && node; c++, node = node->next) {
        const bg_node *other = communities->child;
        for (size_t d = 0; d < c && other; d++, other = other->next) {
            if (agree(self->member[c].scenario, self->member[d].scenario, "history", &memory) &&
                agree(self->member[c].scenario, self->member[d].scenario, "people", &memory)) {
                bg_errors_advise(errors, node->mark, node->path, BG_SAY(area_community_twice),
                                 self->member[c].name, self->member[d].name, other->mark.line);
            }
        }
    }
    return memory ? BG_OK : bg_no_memory(errors);
}

static bg_status load_members(bg_area *self, const bg_scenario_source *source,
                              const bg_node *communities, bg_errors *errors)
{
    const reader all = {source, self, errors};
    self->member = calloc(bg_node_count(communities) + 1, sizeof *self->member);
    if (!self->member) {
        return bg_no_memory(errors);
    }
    bg_status status = check_own_keys(self->scenario, errors);
    const bg_status names = check_names(communities, errors);
    bg_first(&status, names);
    for (const bg_node *node = communities->child; node; node = node->next) {
        const bg_status loaded = load_member(&all, node);
        bg_first(&status, loaded);
    }
    status = status ? status : check_common(self, errors);
    return status ? status : warn_of_twins(self, communities, errors);
}

bg_status bg_area_load(const bg_scenario_source *source, bg_area *self, bg_errors *errors)
{
    *self = (bg_area){0};
    bg_status status = bg_scenario_load(source, &self->scenario, errors);
    const bg_node *communities = bg_scenario_find(self->scenario, "communities");
    if (status == BG_OK && communities) {
        status = load_members(self, source, communities, errors);
    }
    if (status != BG_OK) {
        bg_area_free(self);
    }
    return status;
}

void bg_area_free(bg_area *self)
{
    for (size_t c = 0; c < self->count; c++) {
        bg_scenario_free(self->member[c].scenario);
    }
    free(self->member);
    bg_scenario_free(self->scenario);
    *self = (bg_area){0};
}
