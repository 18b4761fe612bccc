#include "demand/direct_cost.h"
#include "demand/messages.h"
#include "demand/reader.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int last_base_year(const bg_demand_reader *self)
{
    return self->history->year[self->history->year_count - 1];
}

static void read_years(bg_demand_reader *self, const bg_horizon *horizon)
{
    const bg_node *simulation = bg_scenario_find(self->scenario, "simulation");
    self->model->first_year = horizon->first_year;
    self->model->years = horizon->years;
    self->model->gap = (size_t)(horizon->first_year - last_base_year(self) - 1);
    self->model->seed = horizon->seed;
    self->model->noise = (bg_noise_level)bg_node_integer(simulation, "noise");
}

static void read_season(bg_demand_reader *self)
{
    const bg_node *season = bg_node_child(self->demand, "season");
    if (bg_node_count(season) != 12) {
        BG_DEMAND_FAIL(self, BG_RANGE, season, BG_SAY(season_not_twelve), bg_node_count(season));
        return;
    }
    double sum = 0;
    size_t month = 0;
    for (const bg_node *factor = season->child; factor; factor = factor->next) {
        self->model->season[month++] = bg_demand_number(factor);
        sum += bg_demand_number(factor);
    }
    if (sum <= 0) {
        BG_DEMAND_FAIL(self, BG_RANGE, season, BG_SAY(season_zero));
        return;
    }
    for (month = 0; month < 12; month++) {
        self->model->season[month] *= 12 / sum;
    }
}

/* Keys of the form of emergencies that is not chosen have no effect. */
static void warn_unused(bg_demand_reader *self, const bg_node *section, const char *const keys[],
                        const char *form)
{
    for (size_t i = 0; keys[i]; i++) {
        const bg_node *node = bg_node_child(section, keys[i]);
        if (node && !bg_node_is_standard(node)) {
            bg_errors_advise(self->errors, node->mark, node->path, BG_SAY(emergency_form_unused),
                             form);
        }
    }
}

static void read_multiplier(bg_demand_reader *self, const bg_node *section)
{
    static const char *const unused[] = {
        "dip",     "dip_sd",     "dip_months", "direct_cost", "direct_cost_sd",
        "rebound", "rebound_sd", NULL};
    const bg_node *multiplier = bg_node_child(section, "multiplier");
    const bg_node *mu = bg_node_child(multiplier, "mu"),
                  *sigma = bg_node_child(multiplier, "sigma");
    warn_unused(self, section, unused, "multiplier");
    if (!mu || !sigma) {
        const bg_node *at = multiplier ? multiplier : bg_node_child(section, "form");
        BG_DEMAND_FAIL(self, BG_MISSING, at, BG_SAY(emergency_multiplier_missing));
        return;
    }
    self->model->emergency = (bg_emergency_terms){
        .probability = bg_node_double(section, "probability"),
        .form = BG_EMERGENCY_MULTIPLIER,
        .mu = bg_demand_number(mu),
        .sigma = bg_demand_number(sigma),
    };
}

static void read_months(bg_demand_reader *self, const bg_node *section)
{
    static const char *const unused[] = {"multiplier", NULL};
    warn_unused(self, section, unused, "months");
    const bg_emergency_terms terms = {
        .probability = bg_node_double(section, "probability"),
        .dip = bg_node_double(section, "dip"),
        .dip_sd = bg_node_double(section, "dip_sd"),
        .dip_months = (size_t)bg_node_integer(section, "dip_months"),
        .direct = bg_node_double(section, "direct_cost"),
        .direct_sd = bg_node_double(section, "direct_cost_sd"),
        .rebound = bg_node_double(section, "rebound"),
        .rebound_sd = bg_node_double(section, "rebound_sd"),
    };
    const double bound = sqrt(terms.dip * (1 - terms.dip)); /* of a share with that mean */
    if (terms.dip > 0 && terms.dip_sd >= bound) {
        BG_DEMAND_FAIL(self, BG_RANGE, bg_node_child(section, "dip_sd"),
                       BG_SAY(emergency_fall_too_wide), terms.dip, bound, terms.dip_sd);
    }
    self->model->emergency = terms;
}

static void read_emergency(bg_demand_reader *self)
{
    const bg_node *section = bg_node_child(self->demand, "emergency");
    const bool multiplier = strcmp(bg_node_text(section, "form"), "multiplier") == 0;
    (multiplier ? read_multiplier : read_months)(self, section);
}

static void read_factors(bg_demand_reader *self)
{
    const bg_node *volatility = bg_node_child(self->demand, "volatility");
    self->model->persistence = bg_node_double(volatility, "persistence");
    self->model->shock_correlation = bg_node_double(volatility, "correlation");
    self->model->stationary = strcmp(bg_node_text(volatility, "start"), "stationary") == 0;
    self->model->trend_correlation =
        bg_node_double(bg_node_child(self->demand, "trend"), "correlation");
}

static void read_schemes(bg_demand_reader *self)
{
    self->model->scheme_count = self->history->scheme_count;
    for (size_t i = 0; i < self->history->scheme_count; i++) {
        const bg_scheme *scheme = &self->history->scheme[i];
        self->model->scheme[i] = (bg_demand_scheme){
            .people = scheme->people,
            .growth = scheme->people_growth,
            .growth_sd = scheme->people_growth_sd,
        };
    }
}

static const bg_line *line_of(const bg_demand_reader *self, const bg_node *section)
{
    for (size_t i = 0; i < self->history->line_count; i++) {
        if (bg_demand_line_section(self, &self->history->line[i]) == section) {
            return &self->history->line[i];
        }
    }
    return NULL;
}

static void check_line_section(bg_demand_reader *self, const bg_node *section)
{
    const bg_line *line = line_of(self, section);
    if (!line) {
        BG_DEMAND_FAIL(self, BG_UNKNOWN_KEY, section, BG_SAY(line_unknown), section->key);
        return;
    }
    for (const bg_node *key = section->child; key && !line->has_cases; key = key->next) {
        if (strncmp(key->key, "frequency_", strlen("frequency_")) == 0) {
            bg_errors_advise(self->errors, key->mark, key->path, BG_SAY(line_setting_unused));
        }
    }
}

static bool service_occurs(const bg_demand_reader *self, const char *service)
{
    for (size_t i = 0; i < self->history->line_count; i++) {
        const bg_line *line = &self->history->line[i];
        if (strcmp(bg_demand_service(line), service) == 0) {
            return true;
        }
    }
    return false;
}

static void check_names(bg_demand_reader *self)
{
    const bg_node *services = bg_node_child(self->demand, "services");
    for (const bg_node *service = services ? services->child : NULL; service;
         service = service->next) {
        const bool own = service->origin == BG_ORIGIN_FILE || service->origin == BG_ORIGIN_OVERRIDE;
        if (own && !bg_node_is_standard(service) && !service_occurs(self, service->key)) {
            bg_errors_advise(self->errors, service->mark, service->path, BG_SAY(service_unused),
                             service->key);
        }
    }
    const bg_node *lines = bg_node_child(self->demand, "lines");
    for (const bg_node *line = lines ? lines->child : NULL; line; line = line->next) {
        check_line_section(self, line);
    }
}

/* Trends and volatility of a total, where every line has cases and with them those of its services. */
static void warn_of_idle_totals(const bg_demand_reader *self)
{
    static const char *const paths[] = {"demand.trend.prior", "demand.trend.prior_sd",
                                        "demand.volatility.total"};
    bool any_total = false;
    for (size_t i = 0; i < self->history->line_count; i++) {
        any_total = any_total || !self->history->line[i].has_cases;
    }
    for (size_t i = 0; i < sizeof paths / sizeof *paths && !any_total; i++) {
        const bg_node *node = bg_scenario_find(self->scenario, paths[i]);
        if (node && node->origin != BG_ORIGIN_DEFAULT && !bg_node_is_standard(node)) {
            bg_errors_advise(self->errors, node->mark, node->path, BG_SAY(total_prior_unused));
        }
    }
}

static void check_as_of(bg_demand_reader *self)
{
    const bg_node *as_of = bg_scenario_find(self->scenario, "demand.trend.as_of");
    const bool stated = as_of->origin != BG_ORIGIN_DEFAULT;
    if (as_of->value.integer > last_base_year(self) && (self->default_prior || stated)) {
        bg_errors_advise(self->errors, as_of->mark, as_of->path, BG_SAY(prior_too_new),
                         (int)as_of->value.integer, last_base_year(self));
    }
    if (as_of->value.integer < last_base_year(self) && self->default_prior && !stated) {
        bg_errors_advise(self->errors, as_of->mark, as_of->path, BG_SAY(prior_too_old),
                         (int)as_of->value.integer, last_base_year(self));
    }
}

static void read_all(bg_demand_reader *self, const bg_horizon *horizon)
{
    read_years(self, horizon);
    read_season(self);
    read_emergency(self);
    read_factors(self);
    self->model->disallowed = bg_node_decimal(self->demand, "disallowed");
    bg_demand_read_matrix(self);
    read_schemes(self);
    bg_demand_check_levels(self);
    self->model->line_count = self->history->line_count;
    for (size_t i = 0; i < self->history->line_count; i++) {
        bg_demand_read_line(self, i);
    }
    bg_demand_read_ageing(self);
    bg_demand_read_newborns(self);
    bg_demand_read_changes(self, horizon);
    bg_demand_read_benefits(self);
    bg_demand_relate_deterrence(self);
    bg_demand_read_spells(self);
    bg_demand_read_quantities(self);
    bg_direct_costs_divide(self->model);
    bg_demand_check_divisions(self);
    check_names(self);
    warn_of_idle_totals(self);
    check_as_of(self);
}

bg_status bg_demand_read(const bg_scenario *scenario, const bg_history *history,
                         const bg_horizon *horizon, bg_demand **demand, bg_errors *errors)
{
    *demand = NULL;
    bg_demand *model = calloc(1, sizeof *model);
    if (!model) {
        return bg_no_memory(errors);
    }
    bg_demand_reader self = {
        .scenario = scenario,
        .history = history,
        .demand = bg_scenario_find(scenario, "demand"),
        .model = model,
        .errors = errors,
    };
    model->community = bg_scenario_community(scenario);
    model->area_correlation = bg_node_double(self.demand, "area_correlation");
    read_all(&self, horizon);
    const bg_status status =
        self.status ? self.status : bg_demand_name_streams(model, history, errors);
    if (status) {
        bg_demand_free(model);
        return status;
    }
    *demand = model;
    return BG_OK;
}
