#include "base/elementary.h"
#include "demand/level.h"
#include "demand/messages.h"
#include "demand/reader.h"

#include <math.h>
#include <string.h>

double bg_demand_number(const bg_node *node)
{
    return (double)node->value.decimal / (double)BG_ONE;
}

const char *bg_demand_service(const bg_line *line)
{
    return line->has_cases ? line->service : "total";
}

const bg_node *bg_demand_line_section(const bg_demand_reader *self, const bg_line *line)
{
    const bg_node *lines = bg_node_child(self->demand, "lines");
    const bg_node *section = lines ? lines->child : NULL;
    const char *name = bg_full_line_name(line->name);
    while (section && strcmp(bg_full_line_name(section->key), name) != 0) {
        section = section->next;
    }
    return section;
}

/* The line's own value, else its service's. */
static const bg_node *setting(const bg_demand_reader *self, const bg_line *line, const char *key)
{
    const bg_node *own = bg_node_child(bg_demand_line_section(self, line), key);
    const bg_node *services = bg_node_child(self->demand, "services");
    return own ? own : bg_node_child(bg_node_child(services, bg_demand_service(line)), key);
}

/* The loader completes demand.services by every service in use, as far as a map may grow. */
static bool service_is_complete(bg_demand_reader *self, const bg_line *line)
{
    const bg_node *services = bg_node_child(self->demand, "services");
    if (!bg_node_child(services, bg_demand_service(line))) {
        BG_DEMAND_FAIL(self, BG_LIMIT, services, BG_SAY(services_too_many), bg_node_count(services),
                       bg_demand_service(line));
        return false;
    }
    return true;
}

/* What a part's trend and shocks are drawn from. */
typedef struct prior_keys {
    const char *mean, *sd, *volatility;
} prior_keys;

static const prior_keys part_keys[BG_PARTS] = {
    [BG_FREQUENCY] = {"frequency_trend", "frequency_trend_sd", "frequency_volatility"},
    [BG_COST] = {"cost_trend", "cost_trend_sd", "cost_volatility"},
};

/* Of a line without cases, where the line itself says nothing. */
static const prior_keys total_paths = {"demand.trend.prior", "demand.trend.prior_sd",
                                       "demand.volatility.total"};

static double prior(bg_demand_reader *self, const bg_line *line, const char *key,
                    const char *total_path)
{
    const bg_node *node = bg_node_child(bg_demand_line_section(self, line), key);
    if (!node) {
        node = line->has_cases ? setting(self, line, key)
                               : bg_scenario_find(self->scenario, total_path);
    }
    self->default_prior = self->default_prior || node->origin == BG_ORIGIN_DEFAULT;
    return bg_demand_number(node);
}

static bg_level_terms level_terms(bg_demand_reader *self, const bg_line *line, int part)
{
    const prior_keys *keys = &part_keys[part];
    const char *level = bg_node_text(self->demand, "level");
    return (bg_level_terms){
        .fitted = strcmp(level, "fitted") == 0,
        .prior = prior(self, line, keys->mean, total_paths.mean),
        .prior_sd = prior(self, line, keys->sd, total_paths.sd),
        .deviations =
            {
                .persistence = self->model->persistence,
                .volatility = prior(self, line, keys->volatility, total_paths.volatility),
                .stationary = self->model->stationary,
            },
    };
}

static double past_value(const bg_demand_reader *self, const bg_line *line, int part, size_t i)
{
    const bg_history_cell *cell = &line->year[i];
    const double completion = (double)self->history->completion[i] / (double)BG_ONE;
    const double paid = (double)cell->paid_fen / completion;
    const double people = self->history->scheme[line->scheme].past_people[i];
    if (!line->has_cases) {
        return paid / people;
    }
    const double cases = (double)cell->cases / completion;
    return part == BG_FREQUENCY ? cases / people : paid / cases;
}

/* Whether year i of the history says something of the line. */
static bool counts(const bg_demand_reader *self, const bg_line *line, size_t i)
{
    return line->year[i].paid_fen >= 0 && !self->history->declared[i];
}

/* The level that demand.lines gives, per person or per case; NULL where it does not. */
static const bg_node *given_level(const bg_demand_reader *self, const bg_line *line, int part)
{
    static const char *const keys[BG_PARTS] = {"cases", "paid_per_case"};
    return bg_node_child(bg_demand_line_section(self, line), keys[part]);
}

static double level_of(const bg_demand_reader *self, const bg_line *line, int part,
                       const bg_node *given)
{
    return part == BG_COST
               ? (double)given->value.fen
               : (double)given->value.integer / self->history->scheme[line->scheme].people;
}

/* Whether a year of the history or demand.lines says where a part of the line stands. */
static bool has_level(const bg_demand_reader *self, const bg_line *line, int part)
{
    bool any = given_level(self, line, part) != NULL;
    for (size_t i = 0; i < self->history->year_count; i++) {
        any = any || counts(self, line, i);
    }
    return any;
}

void bg_demand_check_levels(bg_demand_reader *self)
{
    for (size_t i = 0; i < self->history->line_count; i++) {
        const bg_line *line = &self->history->line[i];
        if (!has_level(self, line, BG_COST) ||
            (line->has_cases && !has_level(self, line, BG_FREQUENCY))) {
            BG_DEMAND_FAIL(self, BG_RANGE,
                           bg_scenario_find(self->scenario, "demand.emergency.declared"),
                           BG_SAY(line_all_declared), line->name);
            return; /* the others would say the same */
        }
    }
}

static bg_demand_part read_part(bg_demand_reader *self, const bg_line *line, int part)
{
    const bg_node *given = given_level(self, line, part);
    bg_series series = {.n = self->history->year_count};
    for (size_t i = 0; i < series.n; i++) {
        series.counts[i] = counts(self, line, i);
        series.value[i] = series.counts[i] ? past_value(self, line, part, i) : 0;
    }
    if (given && !line->has_cases) {
        BG_DEMAND_FAIL(self, BG_INVALID, given, BG_SAY(line_without_cases), line->name);
    }
    if (part == BG_FREQUENCY && !line->has_cases) {
        return (bg_demand_part){.level = 1}; /* a person-year a person */
    }
    const bg_level_terms terms = level_terms(self, line, part);
    bg_demand_part result = bg_level_estimate(&series, &terms);
    if (given) {
        result.level = level_of(self, line, part, given);
    }
    return result;
}

/* (bill - fund payment) / fund payment in the last year that counts. */
static double patient_share(const bg_demand_reader *self, const bg_line *line)
{
    size_t last = self->history->year_count - 1;
    while (last > 0 && !counts(self, line, last)) {
        last--;
    }
    const bg_history_cell *cell = &line->year[last];
    const bool known = cell->cost_fen > cell->paid_fen && cell->paid_fen > 0;
    return known ? (double)(cell->cost_fen - cell->paid_fen) / (double)cell->paid_fen : 0;
}

static void read_severity(bg_demand_reader *self, const bg_line *line, bg_severity *severity)
{
    const bg_node *kind = setting(self, line, "severity"), *cv = setting(self, line, "cost_cv");
    if (!bg_severity_init(severity, (bg_severity_kind)kind->value.integer, bg_demand_number(cv))) {
        double lowest, highest;
        bg_severity_pareto_range(&lowest, &highest);
        BG_DEMAND_FAIL(self, BG_RANGE, cv, BG_SAY(cv_pareto), bg_demand_number(cv), lowest,
                       highest);
    }
}

/* Said once of a service, however many of its lines it is true of. */
static void warn_without_effect(bg_demand_reader *self, const bg_node *node, const char *where)
{
    if (node && !bg_node_is_standard(node)) {
        bg_errors_advise(self->errors, node->mark, node->path, BG_SAY(setting_unused_where), where);
    }
}

/* How a month's count varies. */
static void read_count(bg_demand_reader *self, const bg_line *line, bg_demand_line *result)
{
    const bg_node *form = setting(self, line, "count_variance");
    const bg_node *dispersion = setting(self, line, "dispersion");
    const bg_node *shape = setting(self, line, "count_shape");
    result->dispersion = bg_demand_number(dispersion);
    if (strcmp(form->text, "linear") == 0) {
        warn_without_effect(self, shape,
                            BG_BOTH("count_variance is linear", "count_variance 为 `linear`"));
        return;
    }
    warn_without_effect(self, dispersion,
                        BG_BOTH("count_variance is quadratic", "count_variance 为 `quadratic`"));
    if (!shape) {
        BG_DEMAND_FAIL(self, BG_MISSING, form, BG_SAY(count_shape_missing), line->name);
        return;
    }
    result->count_shape = bg_demand_number(shape);
}

static void read_exposure(bg_demand_reader *self, const bg_line *line, bg_demand_line *result)
{
    const bg_node *exposure = setting(self, line, "emergency_exposure");
    result->exposure = bg_demand_number(exposure);
    if (self->model->emergency.form != BG_EMERGENCY_MULTIPLIER) {
        warn_without_effect(self, exposure,
                            BG_BOTH("demand.emergency.form is not multiplier",
                                    "demand.emergency.form 不是 `multiplier`"));
    }
}

static void read_elasticities(bg_demand_reader *self, const bg_line *line, bg_demand_line *result)
{
    static const char *const keys[BG_PARTS][2] = {
        [BG_FREQUENCY] = {"cases_elasticity", "cases_elasticity_sd"},
        [BG_COST] = {"cost_elasticity", "cost_elasticity_sd"},
    };
    for (int part = 0; part < BG_PARTS; part++) {
        result->elasticity[part] = (bg_elasticity){
            .mean = bg_demand_number(setting(self, line, keys[part][0])),
            .sd = bg_demand_number(setting(self, line, keys[part][1])),
        };
    }
}

/* What the line does where terms of other care change, or a cap of its own. */
static void read_spillover(bg_demand_reader *self, const bg_line *line, bg_demand_line *result)
{
    static const char *const keys[BG_RETURNS][2] = {
        [BG_RETURN_VISITS] = {"cap_visits", "cap_visits_sd"},
        [BG_RETURN_ADMISSIONS] = {"cap_admissions", "cap_admissions_sd"},
    };
    for (int i = 0; i < BG_RETURNS; i++) {
        result->returns[i] = (bg_cap_return){
            .median = bg_demand_number(setting(self, line, keys[i][0])),
            .sd = bg_demand_number(setting(self, line, keys[i][1])),
        };
    }
}

/* Of admissions to the price of outpatient care. */
static void read_substitution(bg_demand_reader *self, const bg_line *line, bg_demand_line *result)
{
    static const char *const keys[] = {"outpatient_elasticity", "outpatient_elasticity_sd"};
    if (strcmp(bg_demand_service(line), "inpatient") == 0) {
        result->substitution = (bg_elasticity){
            .mean = -bg_demand_number(setting(self, line, keys[0])),
            .sd = bg_demand_number(setting(self, line, keys[1])),
        };
        return;
    }
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const bg_node *node = bg_node_child(bg_demand_line_section(self, line), keys[i]);
        if (node) {
            warn_without_effect(self, node,
                                BG_BOTH("the line is not inpatient care", "该项目不是住院"));
        }
    }
}

void bg_demand_read_line(bg_demand_reader *self, size_t index)
{
    const bg_line *line = &self->history->line[index];
    bg_demand_line *result = &self->model->line[index];
    if (!service_is_complete(self, line)) {
        return;
    }
    *result = (bg_demand_line){
        .scheme = (size_t)line->scheme,
        .outside = line->place == BG_PLACE_OUT,
        .has_cases = line->has_cases,
        .correlation = line->has_cases
                           ? bg_demand_number(setting(self, line, "frequency_cost_correlation"))
                           : 1,
        .patient_share = patient_share(self, line),
    };
    for (int part = 0; part < BG_PARTS; part++) {
        result->part[part] = read_part(self, line, part);
    }
    read_count(self, line, result);
    read_exposure(self, line, result);
    read_severity(self, line, &result->severity);
    read_elasticities(self, line, result);
    read_spillover(self, line, result);
    read_substitution(self, line, result);
}
