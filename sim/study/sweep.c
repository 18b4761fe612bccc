/* Reading the plan of a sweep, and finding a scenario of it by its number. */

#include "base/text.h"
#include "study/entry.h"
#include "study/messages.h"
#include "study/plan.h"

#include <baogan/compare.h>

#include <stdlib.h>
#include <string.h>

/* ---- reading ---- */

static bg_status read_policies(bg_sweep *self, bg_errors *errors)
{
    const bg_node *policies = bg_node_child(self->node, "policies");
    const size_t named = bg_node_count(policies);
    const uint64_t count = named ? named : 1;
    self->policy = calloc(count, sizeof *self->policy);
    if (!self->policy) {
        return bg_no_memory(errors);
    }
    bg_status status = BG_OK;
    const bg_node *node = policies ? policies->child : NULL;
    for (self->policy_count = 0; self->policy_count < count; node = node ? node->next : NULL) {
        bg_status one = bg_policy_read(self->scenario, &self->design, node,
                                       &self->policy[self->policy_count++], errors);
        bg_first(&status, one);
    }
    const uint64_t limit = (uint64_t)BG_MAX_SWEEP_NUMBERS / self->design.futures;
    if (status == BG_OK && self->design.policy_levels > limit / count) {
        status = bg_errors_say(errors, BG_LIMIT, self->node->mark, self->node->path,
                               BG_SAY(sweep_too_large), (long long)BG_MAX_SWEEP_NUMBERS);
    }
    return status;
}

static bg_status read_filters(bg_sweep *self, bg_errors *errors)
{
    const bg_node *filters = bg_node_child(self->node, "filters");
    const size_t count = bg_node_count(filters);
    self->filter = calloc(count + 1, sizeof *self->filter);
    if (!self->filter) {
        return bg_no_memory(errors);
    }
    bg_status status = BG_OK;
    for (const bg_node *node = filters ? filters->child : NULL; node; node = node->next) {
        bg_status one = bg_filter_read(self->scenario, &self->design, node,
                                       &self->filter[self->filter_count++], errors);
        bg_first(&status, one);
    }
    return status;
}

/* A policy that has been loaded at the first point. That keys contradict each other there is no failure yet. */
typedef struct loaded {
    bg_scenario *scenario;
    bg_model model;
    bool is_sound;
} loaded;

static bg_status load_policy(const bg_sweep *self, const bg_policy *policy, const int64_t value[],
                             loaded *result, bg_errors *errors)
{
    *result = (loaded){0};
    const bg_status status =
        bg_policy_load(policy, &self->source, &self->design, value, &result->scenario, errors);
    if (status == BG_OK) {
        bg_errors unused;
        bg_errors_init(&unused);
        result->is_sound = bg_model_read(result->scenario, &result->model, &unused) == BG_OK;
        bg_errors_free(&unused);
    }
    return status;
}

static void unload(loaded *self)
{
    bg_model_free(&self->model);
    bg_scenario_free(self->scenario);
}

/* Policies are ranked in the same futures. */
static bg_status check_alike(const bg_policy *policy, const loaded *self, const bg_policy *first,
                             const loaded *other, bg_errors *errors)
{
    const char *path = NULL;
    const char *what = self->is_sound && other->is_sound
                           ? bg_compare_unlike(&other->model, &self->model, &path)
                           : NULL;
    return what ? bg_errors_say(errors, BG_INVALID, policy->node->mark, policy->node->path,
                                BG_SAY(policy_unlike), what, first->name)
                : BG_OK;
}

/* What axes and policies name must be there, but for what a policy's file adds. */
static bg_status check_entries(const bg_sweep *self, bg_errors *errors)
{
    bg_status status = BG_OK;
    for (size_t i = 0; i < self->design.axis_count; i++) {
        const bg_axis *axis = &self->design.axis[i];
        const bg_node *key = bg_node_child(axis->node, "key");
        bg_status one = bg_study_entry_check(self->scenario, axis->key, strlen(axis->key),
                                             key->mark, key->path, errors);
        bg_first(&status, one);
    }
    for (size_t i = 0; i < self->policy_count; i++) {
        const bg_node *set = self->policy[i].file ? NULL : self->policy[i].set;
        for (const bg_node *item = set ? set->child : NULL; item; item = item->next) {
            bg_status one =
                bg_study_entry_check(self->scenario, item->text, strcspn(item->text, "="),
                                     item->mark, item->path, errors);
            bg_first(&status, one);
        }
    }
    return status;
}

/* A policy that an axis undoes, or that says what another says. */
static bg_status advise_if_same(const bg_policy *policy, const loaded *self, const bg_policy *first,
                                const loaded *other, bg_errors *errors)
{
    char *own = self->scenario ? bg_scenario_yaml(self->scenario, true) : NULL;
    char *its = other->scenario ? bg_scenario_yaml(other->scenario, true) : NULL;
    const bool lost = (self->scenario && !own) || (other->scenario && !its);
    if (own && its && strcmp(own, its) == 0) {
        bg_errors_advise(errors, policy->node->mark, policy->node->path, BG_SAY(policy_same),
                         first->name);
    }
    free(own);
    free(its);
    return lost ? bg_no_memory(errors) : BG_OK;
}

static bg_status check_policies(bg_sweep *self, const int64_t value[], bg_errors *errors)
{
    loaded first;
    bg_status status = load_policy(self, &self->policy[0], value, &first, errors);
    for (size_t i = 1; i < self->policy_count; i++) {
        loaded next;
        bg_status one = load_policy(self, &self->policy[i], value, &next, errors);
        one = one ? one : check_alike(&self->policy[i], &next, &self->policy[0], &first, errors);
        one = one ? one : advise_if_same(&self->policy[i], &next, &self->policy[0], &first, errors);
        unload(&next);
        bg_first(&status, one);
    }
    unload(&first);
    return status;
}

/* The model of the plan itself must be sound, and every policy must load. */
static bg_status check_scenarios(bg_sweep *self, bg_errors *errors)
{
    bg_sweep_point point = {0};
    bg_design_cursor cursor;
    bg_design_cursor_init(&self->design, &cursor);
    bg_design_at(&self->design, &cursor, 0, 0, point.value);
    const bg_status status = check_entries(self, errors);
    const bg_status other = check_policies(self, point.value, errors);
    return status ? status : other;
}

static bg_status read_figures(bg_sweep *self, bg_errors *errors)
{
    bg_model model;
    bg_status status = bg_model_read(self->scenario, &model, errors);
    if (status == BG_OK) {
        bg_contract_judge(&model.contract, errors);
        status = bg_figures_read(self->node, &model, &self->figures, errors);
        bg_model_free(&model);
    }
    return status;
}

static bg_status read_seed(bg_sweep *self, bg_errors *errors)
{
    const bg_node *simulation = bg_scenario_find(self->scenario, "simulation");
    self->seed = bg_node_integer(simulation, "seed");
    self->seed_by_future = bg_node_integer(self->node, "random_numbers") == 1;
    if (self->seed_by_future && self->seed > INT64_MAX - BG_MAX_SWEEP_NUMBERS) {
        return bg_errors_say(errors, BG_RANGE, bg_node_child(simulation, "seed")->mark,
                             "simulation.seed", BG_SAY(seed_leaves_no_room));
    }
    return BG_OK;
}

/* What only a sound design can be asked of. */
static bg_status read_on_design(bg_sweep *self, bg_errors *errors)
{
    bg_status status = read_policies(self, errors);
    const bg_status checked = status ? BG_OK : check_scenarios(self, errors);
    bg_first(&status, read_filters(self, errors));
    return status ? status : checked;
}

static bg_status read_plan(bg_sweep *self, bg_errors *errors)
{
    self->node = bg_scenario_find(self->scenario, "sweep");
    if (!self->node) {
        return bg_errors_say(errors, BG_MISSING,
                             (bg_mark){.file = bg_scenario_file(self->scenario)}, "sweep",
                             BG_SAY(sweep_not_planned));
    }
    bg_status status = bg_design_read(self->scenario, &self->design, errors);
    bg_first(&status, status ? BG_OK : read_on_design(self, errors));
    bg_first(&status, read_seed(self, errors));
    bg_first(&status, read_figures(self, errors));
    return status ? status : bg_sweep_make_columns(self, errors);
}

bg_status bg_sweep_read(const bg_scenario_source *source, bg_sweep **sweep, bg_errors *errors)
{
    *sweep = NULL;
    bg_sweep *self = calloc(1, sizeof *self);
    if (!self) {
        return bg_no_memory(errors);
    }
    self->source = *source;
    bg_status status = bg_scenario_load(source, &self->scenario, errors);
    status = status ? status : read_plan(self, errors);
    if (status != BG_OK) {
        bg_sweep_free(self);
        return status;
    }
    *sweep = self;
    return BG_OK;
}

void bg_sweep_free(bg_sweep *self)
{
    if (!self) {
        return;
    }
    for (size_t i = 0; i < self->policy_count; i++) {
        bg_policy_free(&self->policy[i]);
    }
    bg_sweep_free_columns(self);
    bg_figures_free(&self->figures);
    free(self->policy);
    free(self->filter);
    bg_design_free(&self->design);
    bg_scenario_free(self->scenario);
    free(self);
}

/* ---- what it spans ---- */

uint64_t bg_sweep_futures(const bg_sweep *self)
{
    return self->design.futures;
}

uint64_t bg_sweep_policies(const bg_sweep *self)
{
    return self->policy_count * self->design.policy_levels;
}

uint64_t bg_sweep_count(const bg_sweep *self)
{
    return bg_sweep_futures(self) * bg_sweep_policies(self);
}

const char *bg_sweep_title(const bg_sweep *self, const char *language)
{
    return bg_node_in_language(bg_scenario_find(self->scenario, "title"), language);
}

int64_t bg_sweep_replications(const bg_sweep *self)
{
    return bg_node_integer(bg_scenario_find(self->scenario, "simulation"), "replications");
}

int64_t bg_sweep_seed(const bg_sweep *self)
{
    return self->seed;
}

size_t bg_sweep_column_count(const bg_sweep *self)
{
    return self->column_count;
}

const bg_sweep_column *bg_sweep_column_at(const bg_sweep *self, size_t column)
{
    return &self->column[column];
}

bool bg_sweep_point_at(const bg_sweep *self, bg_design_cursor *cursor, uint64_t number,
                       bg_sweep_point *point)
{
    const uint64_t policies = bg_sweep_policies(self);
    point->number = number;
    point->future = number / policies;
    point->policy = number % policies;
    point->named = (size_t)(point->policy / self->design.policy_levels);
    bg_design_at(&self->design, cursor, point->future, point->policy % self->design.policy_levels,
                 point->value);
    for (size_t i = 0; i < self->filter_count; i++) {
        if (!bg_filter_keeps(&self->filter[i], point->value)) {
            return false;
        }
    }
    return true;
}

/* ---- as text ---- */

static bg_status add_policy(const bg_sweep *self, const bg_policy *policy, const int64_t value[],
                            bg_text *text)
{
    bg_scenario *scenario = NULL;
    bg_status status = bg_policy_load(policy, &self->source, &self->design, value, &scenario, NULL);
    char *yaml = status == BG_OK ? bg_scenario_yaml(scenario, true) : NULL;
    bg_text_add(text, "policy %s\n%s", policy->name, yaml ? yaml : "");
    bg_scenario_free(scenario);
    free(yaml);
    return yaml ? BG_OK : BG_MEMORY;
}

char *bg_sweep_text(const bg_sweep *self)
{
    const bg_design *design = &self->design;
    bg_text text = {0};
    bg_design_cursor cursor;
    int64_t value[BG_MAX_AXES] = {0};
    bg_status status = BG_OK;
    bg_design_cursor_init(design, &cursor);
    bg_design_at(design, &cursor, 0, 0, value);
    for (size_t i = 0; i < self->policy_count && status == BG_OK; i++) {
        status = add_policy(self, &self->policy[i], value, &text);
    }
    bg_text_add(&text, "unit of money, fen: %lld\n",
                (long long)bg_scenario_money_unit(self->scenario));
    for (uint64_t i = 0; design->list && i < design->futures * design->axis_count; i++) {
        bg_text_add(&text, "%lld\n", (long long)design->list[i]);
    }
    char *taken = bg_text_take(&text);
    if (status != BG_OK) {
        free(taken);
        taken = NULL;
    }
    return taken;
}
