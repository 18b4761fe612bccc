/* What providers do, as far as the contract rewards it. README.md, "What providers do". */
#include "base/elementary.h"
#include "demand/messages.h"
#include "demand/reader.h"

#include <string.h>

/* ---- reading ---- */

/* By budget year: contract years beyond the list have its last. */
static void read_build_up(bg_demand_reader *self, const bg_node *section)
{
    const bg_node *at = bg_node_child(section, "build_up")->child;
    for (int64_t year = 1; year < bg_node_integer(section, "contract_year"); year++) {
        at = at->next ? at->next : at;
    }
    for (size_t y = 0; y < self->model->years; y++) {
        self->model->build_up[y] = bg_demand_number(at);
        at = at->next ? at->next : at;
    }
}

static bg_change *add(bg_demand_reader *self, const bg_node *section, bg_provider_action action,
                      size_t order)
{
    bg_change *change = bg_demand_add_change(self, BG_CHANGE_PROVIDERS, section);
    if (change) {
        change->action = action;
        change->order = (int64_t)order;
    }
    return change;
}

/* On all lines of a scheme in the county alike. */
static bg_change *add_inside(bg_demand_reader *self, const bg_node *section,
                             bg_provider_action action, size_t scheme)
{
    bg_change *change = add(self, section, action, scheme);
    for (size_t i = 0; i < self->history->line_count && change; i++) {
        const bg_line *line = &self->history->line[i];
        change->line[i] = (size_t)line->scheme == scheme && line->place == BG_PLACE_IN;
    }
    return change;
}

/* The cost of a case in the county. */
static void read_cost(bg_demand_reader *self, const bg_node *section, const char *key,
                      bg_provider_action action)
{
    const bg_node *node = bg_node_child(section, key);
    for (size_t s = 0; s < self->history->scheme_count && node && !self->status; s++) {
        bg_change *change = add_inside(self, node, action, s);
        if (change) {
            change->size[BG_COST] = bg_demand_read_size(self, section, key);
        }
    }
}

static bool has_bills(const bg_demand_reader *self)
{
    bool any = false;
    for (size_t i = 0; i < self->model->line_count; i++) {
        const bg_demand_line *line = &self->model->line[i];
        any = any || (!line->outside && line->patient_share > 0);
    }
    return any;
}

/* What is saved on a case in the county, and patients pay. */
static void read_shifted(bg_demand_reader *self, const bg_node *section)
{
    const bg_node *node = bg_node_child(section, "shifted_to_patients");
    if (node && !bg_node_child(section, "cost")) {
        BG_DEMAND_FAIL(self, BG_MISSING, node, BG_SAY(nothing_to_shift));
        return;
    }
    if (node && !has_bills(self) && !bg_scenario_community(self->scenario)) {
        BG_DEMAND_FAIL(self, BG_MISSING, node, BG_SAY(no_bills_to_shift));
        return;
    }
    for (size_t s = 0; s < self->history->scheme_count && node && !self->status; s++) {
        bg_change *change = add_inside(self, node, BG_PROVIDERS_SHIFT, s);
        if (change) {
            bg_demand_read_share(self, section, node, &change->share);
        }
    }
}

/* The line of the same service in the county; line_count if there is none. */
static size_t inside_of(const bg_history *history, const bg_line *outside)
{
    size_t i = 0;
    while (i < history->line_count &&
           (history->line[i].scheme != outside->scheme || history->line[i].place != BG_PLACE_IN ||
            !history->line[i].has_cases ||
            strcmp(history->line[i].service, outside->service) != 0)) {
        i++;
    }
    return i;
}

static void read_returned(bg_demand_reader *self, const bg_node *section)
{
    const bg_node *node = bg_node_child(section, "returned");
    bool any = false;
    for (size_t i = 0; i < self->history->line_count && node && !self->status; i++) {
        const bg_line *line = &self->history->line[i];
        const size_t to = inside_of(self->history, line);
        if (line->place != BG_PLACE_OUT || !line->has_cases || to == self->history->line_count) {
            continue;
        }
        bg_change *change = add(self, node, BG_PROVIDERS_BRING_HOME, i);
        if (change) {
            any = change->line[i] = true;
            change->place = (bg_change_place){
                .moves = true, .to = to, .relative_cost = bg_node_double(node, "relative_cost")};
            bg_demand_read_share(self, section, node, &change->share);
        }
    }
    if (node && !any && !self->status && !bg_scenario_community(self->scenario)) {
        BG_DEMAND_FAIL(self, BG_INVALID, node, BG_SAY(nobody_can_return));
    }
}

void bg_demand_read_providers(bg_demand_reader *self)
{
    const bg_node *section = bg_scenario_find(self->scenario, "response");
    const size_t before = self->model->change_count;
    self->model->full_share = bg_node_double(section, "full_share");
    read_build_up(self, section);
    read_cost(self, section, "cost", BG_PROVIDERS_SPEND_LESS);
    read_cost(self, section, "case_mix", BG_PROVIDERS_KEEP_HEAVIER);
    read_returned(self, section);
    read_shifted(self, section);
    for (const bg_node *node = section->child;
         node && self->model->change_count == before && !self->status; node = node->next) {
        if (!bg_node_is_standard(node)) {
            bg_errors_advise(self->errors, node->mark, node->path, BG_SAY(response_of_nothing));
        }
    }
}

/* ---- acting ---- */

bool bg_demand_has_providers(const bg_demand *self)
{
    bool any = false;
    for (size_t j = 0; j < self->change_count; j++) {
        any = any || self->change[j].kind == BG_CHANGE_PROVIDERS;
    }
    return any;
}

double bg_demand_providers_strength(const bg_demand *self, size_t year, double kept)
{
    const double share = kept > 0 ? kept : 0; /* NaN: 0 */
    return self->build_up[year] * (share < self->full_share ? share / self->full_share : 1);
}

static bool is_of_scheme(const bg_demand *self, const bg_change *change, size_t scheme)
{
    bool is = false;
    for (size_t i = 0; i < self->line_count; i++) {
        is = is || (change->line[i] && self->line[i].scheme == scheme);
    }
    return is;
}

/* Where there is nothing of it, it acts in no month, and the bits are those of a model without. */
void bg_demand_let_providers_act(bg_demand *self, size_t scheme, const double *kept)
{
    for (size_t j = 0; j < self->change_count; j++) {
        bg_change *change = &self->change[j];
        if (change->kind != BG_CHANGE_PROVIDERS || !is_of_scheme(self, change, scheme)) {
            continue;
        }
        for (size_t y = 0; y < self->years; y++) {
            const double strength = kept ? bg_demand_providers_strength(self, y, kept[y]) : 0;
            change->weight[y] = strength;
            change->months[y] = strength > 0 ? BG_ALL_MONTHS : 0;
        }
    }
    bg_demand_find_spells(self);
}

void bg_demand_let_providers_do(bg_demand *self, unsigned actions)
{
    for (size_t j = 0; j < self->change_count; j++) {
        bg_change *change = &self->change[j];
        if (change->kind == BG_CHANGE_PROVIDERS) {
            change->off = !(actions >> change->action & 1);
        }
    }
    bg_demand_find_spells(self);
}

/* NULL where nothing of it acts. */
static const bg_change *find_action(const bg_demand *self, bg_provider_action action, size_t scheme,
                                    size_t year)
{
    for (size_t j = 0; j < self->change_count; j++) {
        const bg_change *change = &self->change[j];
        if (bg_change_is_of_providers(change, action) && change->months[year] &&
            is_of_scheme(self, change, scheme)) {
            return change;
        }
    }
    return NULL;
}

double bg_demand_provider_mean(const bg_demand *self, bg_provider_action action, size_t scheme,
                               size_t year)
{
    const bg_change *change = find_action(self, action, scheme, year);
    return change ? bg_change_mean(change, BG_COST, year) : 1;
}

double bg_demand_provider_effect(const bg_demand *self, bg_provider_action action, size_t scheme,
                                 size_t year, double normal)
{
    const bool of_cost = action == BG_PROVIDERS_SPEND_LESS || action == BG_PROVIDERS_KEEP_HEAVIER;
    const bg_change *change = find_action(self, action, scheme, year);
    if (!change) {
        return of_cost ? 1 : 0;
    }
    if (of_cost) {
        const double log = bg_change_size_log(&change->size[BG_COST], normal);
        return bg_exp(change->weight[year] * log);
    }
    const double share = bg_change_share_at(&change->share, normal);
    return action == BG_PROVIDERS_BRING_HOME ? change->weight[year] * share : share;
}
