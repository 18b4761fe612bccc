#include "base/elementary.h"
#include "demand/ageing.h"
#include "demand/direct_cost.h"
#include "demand/drivers.h"
#include "demand/few_payments.h"
#include "demand/mix.h"
#include "demand/recovery.h"
#include "demand/scheme_change.h"
#include "random/gsl_samplers.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct bg_sampler {
    bg_stream stream;
    bg_rng rng; /* of the stream */
    uint32_t replication;
    /* The columns of factors and drivers: a block of one future. */
    double population[BG_MAX_SCHEMES]; /* insured, were contributions what they were */
    double enrolment[BG_MAX_SCHEMES];  /* elasticity */
    double leaver_cost[BG_MAX_SCHEMES];
    double people[BG_MAX_SCHEMES], exposure[BG_MAX_SCHEMES];
    double trend[BG_MAX_LINES][BG_PARTS], deviation[BG_MAX_LINES][BG_PARTS];
    double cases[BG_MAX_LINES], cost[BG_MAX_LINES];
    double spell_cases[BG_MAX_LINES], spell_cost[BG_MAX_LINES], emergency_share[BG_MAX_LINES];
    double variation[BG_MAX_LINES], patients[BG_MAX_LINES], in_force[BG_MAX_LINES];
    double mix[BG_MAX_LINES][BG_MAX_LEVELS][BG_MIX_COLUMNS];
    double log_factor[BG_MAX_CHANGES][BG_PARTS], share[BG_MAX_CHANGES], happens[BG_MAX_CHANGES];
    double size_normal[BG_MAX_CHANGES];
    double elasticity[BG_MAX_LINES][BG_PARTS];
    double substitution[BG_MAX_LINES], returns[BG_MAX_LINES][BG_RETURNS];
    double level[BG_MAX_LINES][BG_MAX_LEVELS][BG_LEVEL_COLUMNS];
    bg_level_room levels; /* which points at it */
    bg_factors factors;
    bg_drivers of_year, of_spell; /* which own their columns */
    bg_drivers drivers;           /* of the spell that is being drawn */
    bg_change_sizes sizes;
    bg_quantity_future quantities;
    double shock[BG_MAX_LINES]; /* u_t of frequency */
    double rebound;             /* of this year, from last year's emergency */
    bg_emergency emergency;     /* of this year */
    double dip[12];             /* its multipliers of cases */
};

static void point_at_columns(bg_sampler *self)
{
    bg_level_room_point(&self->levels, self->level);
    for (size_t i = 0; i < BG_MAX_SCHEMES; i++) {
        self->factors.people[i] = &self->people[i];
        self->factors.exposure[i] = &self->exposure[i];
    }
    for (size_t i = 0; i < BG_MAX_LINES; i++) {
        for (int part = 0; part < BG_PARTS; part++) {
            self->factors.trend[i][part] = &self->trend[i][part];
            self->factors.deviation[i][part] = &self->deviation[i][part];
            self->sizes.elasticity[i][part] = &self->elasticity[i][part];
        }
        self->sizes.substitution[i] = &self->substitution[i];
        for (int kind = 0; kind < BG_RETURNS; kind++) {
            self->sizes.returns[i][kind] = &self->returns[i][kind];
        }
        self->of_year.cases[i] = &self->cases[i];
        self->of_year.cost[i] = &self->cost[i];
        self->of_spell.cases[i] = &self->spell_cases[i];
        self->of_spell.cost[i] = &self->spell_cost[i];
        self->of_spell.emergency_share[i] = &self->emergency_share[i];
        self->of_spell.variation[i] = &self->variation[i];
        self->of_spell.patients[i] = &self->patients[i];
        self->of_spell.in_force[i] = &self->in_force[i];
        for (size_t k = 0; k < BG_MAX_LEVELS; k++) {
            for (int column = 0; column < BG_MIX_COLUMNS; column++) {
                self->of_spell.mix[i][k][column] = &self->mix[i][k][column];
            }
        }
    }
    for (size_t j = 0; j < BG_MAX_CHANGES; j++) {
        for (int part = 0; part < BG_PARTS; part++) {
            self->sizes.log_factor[j][part] = &self->log_factor[j][part];
        }
        self->sizes.share[j] = &self->share[j];
        self->sizes.happens[j] = &self->happens[j];
        self->sizes.normal[j] = &self->size_normal[j];
    }
}

bg_sampler *bg_sampler_new(const bg_demand *demand)
{
    (void)demand; /* the scratch has room for the largest model */
    bg_sampler *self = calloc(1, sizeof *self);
    if (self) {
        self->rng = bg_stream_rng(&self->stream);
        point_at_columns(self);
        bg_quantity_future_init(&self->quantities);
    }
    return self;
}

void bg_sampler_free(bg_sampler *self)
{
    free(self);
}

static bg_rng *stream(bg_sampler *sampler, const bg_demand *demand, uint64_t key)
{
    bg_stream_select(&sampler->stream, demand->seed, sampler->replication, key);
    return &sampler->rng;
}

static double normal(bg_sampler *sampler, const bg_demand *demand, uint64_t key)
{
    return bg_draw_normal(stream(sampler, demand, key));
}

/* Standard normal that correlates rho with every other that shares `common`. */
static double sharing(double rho, double common, double own)
{
    return sqrt(rho) * common + sqrt(1 - rho) * own;
}

/* Standard normals of frequency and cost that correlate r, from two that are independent. */
static void correlate(double r, double z[BG_PARTS])
{
    z[BG_COST] = r * z[BG_FREQUENCY] + sqrt(1 - r * r) * z[BG_COST];
}

/* What the lines of a community have in common, and a part of it with the area. */
static double common_normal(bg_sampler *sampler, const bg_demand *demand, uint64_t key,
                            uint64_t area_key)
{
    const double own = normal(sampler, demand, key);
    return demand->community
               ? sharing(demand->area_correlation, normal(sampler, demand, area_key), own)
               : own;
}

static void draw_trends(const bg_demand *self, bg_sampler *sampler)
{
    double common[BG_PARTS];
    for (int part = 0; part < BG_PARTS; part++) {
        common[part] =
            common_normal(sampler, self, self->trend_key[part], self->area_trend_key[part]);
    }
    for (size_t i = 0; i < self->line_count; i++) {
        const bg_demand_line *line = &self->line[i];
        double z[BG_PARTS];
        for (int part = 0; part < BG_PARTS; part++) {
            const double own = normal(sampler, self, line->trend_key[part]);
            z[part] = sharing(self->trend_correlation, common[part], own);
        }
        correlate(line->correlation, z);
        memcpy(sampler->trend[i], z, sizeof z);
    }
}

/* One draw a future: whether the change happens, and how large it is. */
static void draw_change(const bg_demand *self, bg_sampler *sampler, size_t index)
{
    const bg_change *change = &self->change[index];
    const double u =
        change->probability < 1 ? bg_rng_uniform(stream(sampler, self, change->happens_key)) : 0;
    const double z = normal(sampler, self, change->size_key);
    const bool happens = u < change->probability;
    for (int part = 0; part < BG_PARTS; part++) {
        const bg_change_size *size = &change->size[part];
        sampler->log_factor[index][part] = happens ? bg_change_size_log(size, z) : 0;
    }
    const bg_change_share *share = &change->share;
    const double drawn =
        share->sigma > 0 ? 1 / (1 + bg_exp(-share->mu - share->sigma * z)) : share->sure;
    sampler->share[index] = happens ? drawn : 0;
    sampler->happens[index] = happens;
    sampler->size_normal[index] = z;
}

static void draw_elasticities(const bg_demand *self, bg_sampler *sampler)
{
    for (size_t i = 0; i < self->line_count; i++) {
        const bool responds = bg_demand_line_responds(self, i);
        for (int part = 0; part < BG_PARTS && responds; part++) {
            const bg_elasticity *of = &self->line[i].elasticity[part];
            sampler->elasticity[i][part] = bg_elasticity_drawn(of, normal(sampler, self, of->key));
        }
    }
}

static void draw_spillover(const bg_demand *self, bg_sampler *sampler)
{
    for (size_t i = 0; i < self->line_count && self->benefit_count > 0; i++) {
        const bg_demand_line *line = &self->line[i];
        const double z = normal(sampler, self, line->substitution.key);
        sampler->substitution[i] = bg_elasticity_drawn(&line->substitution, z);
        for (int kind = 0; kind < BG_RETURNS; kind++) {
            const bg_cap_return *of = &line->returns[kind];
            sampler->returns[i][kind] = bg_cap_return_drawn(of, normal(sampler, self, of->key));
        }
    }
}

static void draw_changes(const bg_demand *self, bg_sampler *sampler)
{
    draw_elasticities(self, sampler);
    draw_spillover(self, sampler);
    for (size_t j = 0; j < self->change_count; j++) {
        if (!bg_change_is_sure(&self->change[j])) {
            draw_change(self, sampler, j);
        }
    }
}

static void start(const bg_demand *self, bg_sampler *sampler, uint32_t replication)
{
    sampler->replication = replication;
    memset(sampler->deviation, 0, sizeof sampler->deviation);
    for (size_t i = 0; i < self->scheme_count; i++) {
        const bg_enrolment *enrolment = &self->scheme[i].enrolment;
        sampler->population[i] = self->scheme[i].people;
        if (enrolment->moves) {
            const double z = normal(sampler, self, enrolment->elasticity.key);
            sampler->enrolment[i] = bg_elasticity_drawn(&enrolment->elasticity, z);
            sampler->leaver_cost[i] =
                bg_enrolment_cost(enrolment, normal(sampler, self, enrolment->cost_key));
        }
    }
    sampler->factors.gathered = 0;
    sampler->emergency = (bg_emergency){0};
    draw_trends(self, sampler);
    draw_changes(self, sampler);
    bg_quantities_open(self, 1, &sampler->quantities.columns);
}

double bg_people_factor(const bg_demand_scheme *scheme, size_t t, bg_rng *rng)
{
    const double z = fmax(-BG_PEOPLE_CUT, fmin(BG_PEOPLE_CUT, bg_draw_normal(rng)));
    return 1 + bg_people_growth(scheme, t) + scheme->growth_sd * z;
}

/* Standard normals correlated by the matrix of which `root` is the lower triangular root. */
static void correlate_all(const double *root, size_t n, double *z)
{
    for (size_t i = n; i-- > 0;) {
        double sum = 0;
        for (size_t j = 0; j <= i; j++) {
            sum += root[i * n + j] * z[j];
        }
        z[i] = sum;
    }
}

static void draw_frequency_shocks(const bg_demand *self, bg_sampler *sampler, size_t t)
{
    double *u = sampler->shock;
    for (size_t i = 0; i < self->line_count; i++) {
        u[i] = normal(sampler, self, self->line[i].shock_key[BG_FREQUENCY][t]);
    }
    if (self->shock_root) {
        correlate_all(self->shock_root, self->line_count, u);
        return;
    }
    const uint64_t area_key = self->community ? self->area_common_key[t] : 0;
    const double common = common_normal(sampler, self, self->common_key[t], area_key);
    for (size_t i = 0; i < self->line_count; i++) {
        u[i] = sharing(self->shock_correlation, common, u[i]);
    }
}

/* x_t = phi x_(t-1) + sigma u_t; at a stationary start x_1 = sigma u_1 / sqrt(1 - phi^2). */
static void advance_deviations(const bg_demand *self, bg_sampler *sampler, size_t t)
{
    const double square = self->persistence * self->persistence;
    const bool settled = self->stationary && t == 0;
    const double scale = settled ? 1 / sqrt(1 - square) : 1;
    draw_frequency_shocks(self, sampler, t);
    for (size_t i = 0; i < self->line_count; i++) {
        const bg_demand_line *line = &self->line[i];
        double u[BG_PARTS] = {
            sampler->shock[i],
            normal(sampler, self, line->shock_key[BG_COST][t]),
        };
        correlate(line->correlation, u);
        double *x = sampler->deviation[i];
        for (int part = 0; part < BG_PARTS; part++) {
            x[part] = self->persistence * x[part] + line->part[part].volatility * scale * u[part];
        }
    }
    double *gathered = &sampler->factors.gathered;
    *gathered = settled ? 1 / (1 - square) : 1 + square * *gathered;
}

/* From year t to t + 1 after the last base year. */
static void advance(const bg_demand *self, bg_sampler *sampler, size_t t)
{
    for (size_t i = 0; i < self->scheme_count; i++) {
        const bg_demand_scheme *scheme = &self->scheme[i];
        sampler->population[i] *=
            bg_people_factor(scheme, t, stream(sampler, self, scheme->people_key[t]));
    }
    advance_deviations(self, sampler, t);
    sampler->rebound = sampler->emergency.rebound;
    sampler->emergency =
        bg_emergency_draw(&self->emergency, stream(sampler, self, self->emergency_key[t]));
    bg_emergency_months(&sampler->emergency, self->season, sampler->dip);
}

/* With the C library's exp, as a witness of the fast engine, which has its own. */
static void values(const void *context, const bg_part_year *at, size_t n, const double *trend,
                   const double *deviation, const double *scale, double *value)
{
    const bg_demand *demand = context;
    const bg_demand_part *part = &demand->line[at->line].part[at->part];
    for (size_t i = 0; i < n; i++) {
        const double growth = part->trend.used + part->trend.used_sd * trend[i];
        const double mean = bg_exp(growth * at->t + at->mix + deviation[i] - at->half_variance);
        value[i] = part->level * mean * bg_exp(-at->covariance) * (scale ? scale[i] : 1);
    }
}

static void scaled_exponential(const void *context, size_t n, const double *log,
                               const double *scale, double *value)
{
    (void)context;
    for (size_t i = 0; i < n; i++) {
        value[i] = scale[i] * bg_exp(log[i]);
    }
}

static bg_status draw_count(const bg_demand_line *line, bg_rng *rng, double mean, uint64_t *count)
{
    return line->count_shape > 0 ? bg_draw_count_quadratic(rng, mean, line->count_shape, count)
                                 : bg_draw_count(rng, mean, line->dispersion, count);
}

static double uniform(bg_rng *rng)
{
    return bg_rng_uniform(rng);
}

/* By changed terms, as a multiple of the mean payment. */
static double changed_payments(const bg_demand *self, const bg_drivers *drivers, size_t line,
                               bg_rng *rng, uint64_t count)
{
    static const bg_case_sampler by = {
        .uniform = uniform, .severity = bg_severity_draw, .gamma_total = bg_gamma_total};
    const bg_line_benefit terms = bg_mix_terms(self, drivers, line, 0);
    bg_few_payments payments = {.benefit = &terms,
                                .payment = *drivers->in_force[line],
                                .variation = *drivers->variation[line]};
    return bg_few_payments_total(&payments, &by, rng, count);
}

static bg_status draw_month(const bg_demand *self, bg_sampler *sampler, const bg_month_line *at,
                            bg_future *path)
{
    const bg_demand_line *line = &self->line[at->line];
    const double cases = *sampler->drivers.cases[at->line], cost = *sampler->drivers.cost[at->line];
    const double *share = sampler->drivers.emergency_share[at->line];
    const double usual = share ? 1 - *share : 1; /* the part that no incident added */
    const size_t key = 12 * at->year + at->month;
    const double factor = bg_emergency_factor(&sampler->emergency, line->exposure);
    const double mean = cases * self->season[at->month] / 12 * sampler->dip[at->month] *
                        (1 + sampler->rebound) * factor;
    uint64_t count = 0;
    const bg_status status =
        draw_count(line, stream(sampler, self, line->count_key[key]), mean, &count);
    if (status) {
        return status;
    }
    bg_rng *bills = stream(sampler, self, line->cost_key[key]);
    const double *patients = sampler->drivers.patients[at->line];
    const double costs = sampler->drivers.variation[at->line]
                             ? changed_payments(self, &sampler->drivers, at->line, bills, count)
                             : bg_severity_total(&line->severity, bills, count);
    bg_month_amounts amounts = {
        .care = cost * costs,
        .direct = cases * cost * bg_emergency_direct(&sampler->emergency, at->month),
        .emergency_share = 1 - usual / fmax(1, factor),
        .rebound_share = sampler->rebound / (1 + sampler->rebound) * usual,
        .cases = (double)count,
        .patient_share = patients ? *patients : line->patient_share,
    };
    bg_direct_costs(self, at, &sampler->sizes, &amounts);
    return bg_future_post(path, self, at, &amounts);
}

static void add_quantities(const bg_demand *self, bg_sampler *sampler, uint16_t months)
{
    double share = 0;
    for (size_t month = 0; month < 12; month++) {
        share += bg_has_month(months, month)
                     ? self->season[month] / 12 * sampler->dip[month] * (1 + sampler->rebound)
                     : 0;
    }
    const bg_quantity_months part = {.share = &share, .excess = &sampler->emergency.excess};
    bg_quantities_add(self, &sampler->drivers, &part, 1, &sampler->quantities.columns);
}

/* Who is insured in year t after the last base year; before the budget nobody leaves. */
static void enrol(const bg_demand *self, bg_sampler *sampler, size_t t)
{
    for (size_t i = 0; i < self->scheme_count; i++) {
        const bg_enrolment *enrolment = &self->scheme[i].enrolment;
        const double people = sampler->population[i];
        double enrolled = people;
        if (enrolment->moves && t > self->gap) {
            enrolled *=
                bg_exp(bg_enrolment_log_share(enrolment, t - self->gap - 1, sampler->enrolment[i]));
        }
        sampler->people[i] = bg_enrolment_insured(enrolment, t, enrolled);
        sampler->exposure[i] =
            bg_enrolment_exposure(enrolment, t, people, enrolled, sampler->leaver_cost[i]);
    }
}

/* Of a year before the budget, which the first budget year grows from. */
static void draw_year_before(const bg_demand *self, bg_sampler *sampler)
{
    const bg_quantity_columns *columns = &sampler->quantities.columns;
    enrol(self, sampler, self->gap);
    bg_drivers_fill(self, &sampler->factors, self->gap, 1, values, self, &sampler->of_year);
    sampler->drivers = sampler->of_year;
    bg_quantities_begin(self, 1, columns);
    add_quantities(self, sampler, BG_ALL_MONTHS);
    bg_quantities_end(self, sampler->factors.people, 1, columns, NULL);
}

static bg_status draw_spell(const bg_demand *self, bg_sampler *sampler, size_t year,
                            const bg_spell *spell, bg_future *path)
{
    double log, scale;
    const bg_spell_work work = {.sizes = &sampler->sizes,
                                .levels = &sampler->levels,
                                .scaled_exponential = scaled_exponential,
                                .log = &log,
                                .scale = &scale};
    bg_drivers_change(self, year, spell, 1, &work, &sampler->of_year, &sampler->of_spell,
                      &sampler->drivers);
    if (self->quantity_count > 0) {
        add_quantities(self, sampler, spell->months);
    }
    for (size_t i = 0; i < self->line_count; i++) {
        for (size_t month = 0; month < 12; month++) {
            const bg_month_line at = {.line = i, .year = year, .month = month};
            const bg_status status =
                bg_has_month(spell->months, month) ? draw_month(self, sampler, &at, path) : BG_OK;
            if (status) {
                return status;
            }
        }
    }
    return BG_OK;
}

/* Whether an incident that counts as an emergency, or a surge, begins in a budget year. */
static bool incident_begins(const bg_demand *self, const bg_sampler *sampler, size_t year)
{
    bool begins = false;
    for (size_t j = 0; j < self->change_count && !begins; j++) {
        const bool happens = bg_change_is_sure(&self->change[j]) || sampler->happens[j] > 0;
        begins = happens && bg_change_begins(&self->change[j], self->first_year + (int)year);
    }
    return begins;
}

static bg_status recover(const bg_demand *self, const bg_sampler *sampler, size_t year,
                         bg_future *path)
{
    bg_status status = BG_OK;
    for (size_t s = 0; !status && s < self->scheme_count && bg_demand_recovers(self); s++) {
        status = bg_recovered(self, s, year, 1, sampler->sizes.normal,
                              &path->recovered[BG_FUTURE_YEAR(path, s, year)]);
    }
    return status;
}

static bg_status draw_year(const bg_demand *self, bg_sampler *sampler, size_t year, bg_future *path)
{
    bg_decimal disallowed[BG_MAX_SCHEMES];
    enrol(self, sampler, self->gap + year + 1);
    for (size_t i = 0; i < self->scheme_count; i++) {
        double *people = &path->people[BG_FUTURE_YEAR(path, i, year)];
        *people = sampler->people[i];
        bg_scheme_change_people(self, i, year, 1, sampler->sizes.normal, people);
        bg_scheme_disallowed(self, i, year, 1, sampler->sizes.normal, &disallowed[i]);
    }
    path->begins[year] = sampler->emergency.begins || incident_begins(self, sampler, year);
    bg_drivers_fill(self, &sampler->factors, self->gap + year + 1, 1, values, self,
                    &sampler->of_year);
    const bg_spells *spells = bg_demand_spells(self, year);
    bg_quantities_begin(self, 1, &sampler->quantities.columns);
    for (size_t s = 0; s < spells->count; s++) {
        const bg_status status = draw_spell(self, sampler, year, &spells->spell[s], path);
        if (status) {
            return status;
        }
    }
    bg_quantities_store(self, &sampler->quantities, year, path);
    bg_future_close(path, year, disallowed);
    return recover(self, sampler, year, path);
}

bg_status bg_demand_draw(const bg_demand *self, bg_sampler *sampler, uint32_t replication,
                         bg_future *path)
{
    bg_future_clear(path);
    start(self, sampler, replication);
    bg_status status = BG_OK;
    for (size_t t = 0; !status && t < self->gap + self->years; t++) {
        advance(self, sampler, t);
        if (t >= self->gap) {
            status = draw_year(self, sampler, t - self->gap, path);
        } else if (t + 1 == self->gap && self->quantity_count > 0) {
            draw_year_before(self, sampler);
        }
    }
    return status;
}
