#include "study/default_keys.h"

#include <stdio.h>
#include <string.h>

typedef struct listing {
    const bg_scenario *scenario;
    const bg_model *model;
    bg_default_key *keys;
    size_t count, capacity;
} listing;

/* Whether `path` lies under "<section>[<name>]", and if so which name that is. */
static bool names_entry(const char *path, const char *section, char *name, size_t size)
{
    size_t length = strlen(section);
    if (strncmp(path, section, length) != 0 || path[length] != '[') {
        return false;
    }
    size_t end = strcspn(path + length + 1, "]");
    if (end >= size) {
        return false;
    }
    memcpy(name, path + length + 1, end);
    name[end] = '\0';
    return true;
}

static bool has_scheme(const bg_model *model, const char *name)
{
    for (size_t i = 0; i < model->contract.history.scheme_count; i++) {
        if (strcmp(model->contract.history.scheme[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

/* Whether the people of which `path` says how they age are given by group. */
static bool has_groups(const bg_scenario *scenario, const char *path)
{
    char groups[128];
    snprintf(groups, sizeof groups, "%.*s.groups", (int)(strrchr(path, '.') - path), path);
    return bg_node_count(bg_scenario_find(scenario, groups)) > 0;
}

/* Whether the scheme exists and the income of its pool is given in the way that the key is about. */
static bool pool_uses(const bg_model *model, const char *name, const char *key)
{
    for (size_t i = 0; i < model->contract.history.scheme_count; i++) {
        if (strcmp(model->contract.history.scheme[i].name, name) == 0) {
            return bg_pool_uses(&model->contract.pool[i], key);
        }
    }
    return false;
}

/* Whether demand.lines gives the line a `key` of its own. */
static bool has_own(const bg_scenario *scenario, const bg_line *line, const char *key)
{
    const bg_node *lines = bg_scenario_find(scenario, "demand.lines");
    const bg_node *section = bg_node_child(lines, line->name);
    section = section ? section : bg_node_child(lines, bg_full_line_name(line->name));
    return bg_node_child(section, key) != NULL;
}

/* Whether a line takes the setting `key` from its service; a line with cases, if that is asked for. */
static bool has_service(const bg_scenario *scenario, const bg_model *model, const char *service,
                        const char *key, bool cases)
{
    for (size_t i = 0; i < model->contract.history.line_count; i++) {
        const bg_line *line = &model->contract.history.line[i];
        if (strcmp(line->service, service) == 0 && (!cases || line->has_cases) &&
            !has_own(scenario, line, key)) {
            return true;
        }
    }
    return false;
}

/* Trend, volatility and correlation of a service shape lines with cases only; a total has those of
 * demand.trend and demand.volatility. */
static bool needs_cases(const char *path)
{
    return strstr(path, "_trend") || strstr(path, "_volatility") || strstr(path, "_correlation");
}

static bool has_total_line(const bg_model *model)
{
    for (size_t i = 0; i < model->contract.history.line_count; i++) {
        if (!model->contract.history.line[i].has_cases) {
            return true;
        }
    }
    return false;
}

/* Of the keys of emergencies only those of the chosen form count. */
static bool emergency_bears_on(const bg_scenario *scenario, const char *path)
{
    const bool multiplier = bg_node_integer(bg_scenario_find(scenario, "demand.emergency"), "form");
    if (strncmp(path, "demand.emergency.surge.", strlen("demand.emergency.surge.")) == 0) {
        return bg_scenario_find(scenario, "demand.emergency.surge.cases") != NULL;
    }
    return strcmp(path, "demand.emergency.probability") == 0 || !multiplier;
}

/* Of a measure: how it comes in, and what is lost of it again, where it is not all there at once and stays. */
static bool measure_bears_on(const bg_scenario *scenario, const char *path)
{
    char section[256];
    snprintf(section, sizeof section, "%.*s", (int)(strrchr(path, '.') - path), path);
    const bg_node *of = bg_scenario_find(scenario, section);
    if (strstr(path, "].ramp.months")) {
        return bg_node_integer(of, "form") != 0;
    }
    return !strstr(path, "].rebound.half_time") || bg_node_decimal(of, "share") > 0;
}

/* Of what changed terms do to other care: only where they do, to some line of the service. */
static bool spillover_bears_on(const bg_model *model, const char *path, const char *service)
{
    const bool cap = strstr(path, "].cap_");
    bool bears = false;
    for (size_t i = 0; i < model->contract.history.line_count && !bears; i++) {
        const bool reacts =
            cap ? bg_demand_cuts(model->demand, i) : bg_demand_substitutes(model->demand, i);
        bears = strcmp(model->contract.history.line[i].service, service) == 0 && reacts;
    }
    return bears;
}

/* Settings of a service that another of its settings puts out of use. */
static bool service_bears_on(const bg_scenario *scenario, const char *path, const char *service)
{
    char section[128];
    snprintf(section, sizeof section, "demand.services[%s]", service);
    if (strstr(path, "_elasticity")) {
        return bg_node_count(bg_scenario_find(scenario, "benefits")) > 0;
    }
    if (strstr(path, "].emergency_exposure")) {
        return bg_node_integer(bg_scenario_find(scenario, "demand.emergency"), "form");
    }
    return !strstr(path, "].dispersion") ||
           !bg_node_integer(bg_scenario_find(scenario, section), "count_variance");
}

static bool has_terms_of_a_year(const bg_scenario *scenario)
{
    const bg_node *benefits = bg_scenario_find(scenario, "benefits");
    bool any = false;
    for (const bg_node *entry = benefits ? benefits->child : NULL; entry; entry = entry->next) {
        any = any || bg_node_child(entry, "outpatient_limit") || bg_node_child(entry, "ceiling") ||
              bg_node_child(entry, "catastrophic");
    }
    return any;
}

/* Defaults of schemes, services and totals that the history does not hold have no effect, nor have
 * those of a pool whose income is not given, of a trend that is not applied, or of who watches a year. */
static bool bears_on(const bg_scenario *scenario, const bg_model *model, const char *path)
{
    char name[64];
    if (bg_catalogue_reader(path) == BG_READ_BY_NOBODY) {
        return false;
    }
    if (names_entry(path, "people", name, sizeof name)) {
        return has_scheme(model, name) && (!strstr(path, "].ageing") || has_groups(scenario, path));
    }
    if (names_entry(path, "pool", name, sizeof name)) {
        return pool_uses(model, name, strrchr(path, '.') + 1);
    }
    if (strcmp(path, "performance.score") == 0) { /* indicators give the score */
        const bg_node *performance = bg_scenario_find(scenario, "performance");
        const bg_node *indicators = bg_node_child(performance, "indicators");
        return !indicators || !indicators->child;
    }
    if (strcmp(path, "budget.base.trend") == 0) {
        return bg_node_integer(bg_scenario_find(scenario, "budget.base"), "trend_years") != 0;
    }
    if (strcmp(path, "accounts.variable_cost") == 0) {
        return model->contract.accounts != NULL;
    }
    if (names_entry(path, "demand.services", name, sizeof name)) {
        return has_service(scenario, model, name, strrchr(path, '.') + 1, needs_cases(path)) &&
               (strstr(path, "].cap_") || strstr(path, "].outpatient_elasticity")
                    ? spillover_bears_on(model, path, name)
                    : service_bears_on(scenario, path, name));
    }
    if (strcmp(path, "demand.visits_size") == 0) {
        return has_terms_of_a_year(scenario);
    }
    if (strcmp(path, "demand.admissions_size") == 0) {
        return bg_node_count(bg_scenario_find(scenario, "benefits")) > 0;
    }
    if (names_entry(path, "measures", name, sizeof name)) {
        return measure_bears_on(scenario, path);
    }
    if (strncmp(path, "demand.emergency.", strlen("demand.emergency.")) == 0) {
        return emergency_bears_on(scenario, path);
    }
    if (strncmp(path, "demand.trend.prior", strlen("demand.trend.prior")) == 0 ||
        strcmp(path, "demand.volatility.total") == 0) {
        return has_total_line(model);
    }
    return true;
}

static void add(listing *self, const bg_node *node)
{
    if (self->count < self->capacity) {
        const bg_parameter *row = node->parameter;
        self->keys[self->count] = (bg_default_key){node, row->source, row->assumed};
    }
    self->count++;
}

static void visit(listing *self, const bg_node *node)
{
    const bg_parameter *parameter = node->parameter;
    bool sourced = parameter && parameter->source[0] && node->origin == BG_ORIGIN_DEFAULT;
    if (sourced && bears_on(self->scenario, self->model, node->path)) {
        add(self, node);
    } else if (!sourced) {
        for (const bg_node *child = node->child; child; child = child->next) {
            visit(self, child);
        }
    }
}

size_t bg_default_keys(const bg_model *model, bg_default_key *keys, size_t capacity)
{
    listing self = {model->contract.scenario, model, keys, 0, capacity};
    visit(&self, bg_scenario_root(model->contract.scenario));
    return self.count;
}
