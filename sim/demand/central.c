/* The central path, and the mean of all futures. */
#include "demand/drivers.h"
#include "demand/normal_mean.h"
#include "demand/spillover.h"

/* The drivers of a year at the mean of all factors: a block of one future. */
typedef struct central {
    double people[BG_MAX_SCHEMES], cases[BG_MAX_LINES], cost[BG_MAX_LINES];
} central;

/* At the mean of the trend and without what is taken off for it. */
static void means(const void *context, const bg_part_year *at, size_t n, const double *trend,
                  const double *deviation, const double *scale, double *value)
{
    const bg_demand *demand = context;
    const bg_demand_part *part = &demand->line[at->line].part[at->part];
    const double mean = part->level * bg_exp(part->trend.used * at->t);
    (void)trend;
    (void)deviation;
    for (size_t i = 0; i < n; i++) {
        value[i] = mean * (scale ? scale[i] : 1);
    }
}

static void find_central(const bg_demand *self, size_t year, central *of)
{
    const size_t t = self->gap + year + 1;
    bg_factors factors = {.gathered = 0};
    bg_drivers drivers;
    for (size_t i = 0; i < self->scheme_count; i++) {
        const bg_demand_scheme *scheme = &self->scheme[i];
        of->people[i] = scheme->people * bg_power(1 + scheme->growth, (unsigned)t);
        factors.people[i] = &of->people[i];
    }
    for (size_t i = 0; i < self->line_count; i++) {
        drivers.cases[i] = &of->cases[i];
        drivers.cost[i] = &of->cost[i];
    }
    bg_drivers_fill(self, &factors, t, 1, means, self, &drivers);
}

/* Drivers of a spell where every change has its mean: a block of one future. */
typedef struct central_spell {
    double cases[BG_MAX_LINES], cost[BG_MAX_LINES], emergency_share[BG_MAX_LINES];
    double variation[BG_MAX_LINES], patients[BG_MAX_LINES], in_force[BG_MAX_LINES];
    bg_drivers drivers;
} central_spell;

static void scaled_exponential(const void *context, size_t n, const double *log,
                               const double *scale, double *value)
{
    (void)context;
    for (size_t i = 0; i < n; i++) {
        value[i] = scale[i] * bg_exp(log[i]);
    }
}

/* The sizes that give each part of each change its mean in the year. */
typedef struct mean_sizes {
    double log_factor[BG_MAX_CHANGES][BG_PARTS], share[BG_MAX_CHANGES];
    double elasticity[BG_MAX_LINES][BG_PARTS];
    double substitution[BG_MAX_LINES], returns[BG_MAX_LINES][BG_RETURNS];
    bg_change_sizes columns;
} mean_sizes;

static void find_responses(const bg_demand_line *line, size_t index, mean_sizes *of)
{
    for (int part = 0; part < BG_PARTS; part++) {
        of->elasticity[index][part] = bg_elasticity_mean(&line->elasticity[part]);
        of->columns.elasticity[index][part] = &of->elasticity[index][part];
    }
    of->substitution[index] = bg_elasticity_mean(&line->substitution);
    of->columns.substitution[index] = &of->substitution[index];
    for (int kind = 0; kind < BG_RETURNS; kind++) {
        of->returns[index][kind] = bg_cap_return_mean(&line->returns[kind]);
        of->columns.returns[index][kind] = &of->returns[index][kind];
    }
}

static void find_sizes(const bg_demand *self, size_t year, mean_sizes *of)
{
    for (size_t j = 0; j < self->change_count; j++) {
        const bg_change *change = &self->change[j];
        const double weight = change->weight[year];
        for (int part = 0; part < BG_PARTS; part++) {
            const double log = bg_log(bg_change_mean(change, part, year));
            of->log_factor[j][part] = weight > 0 ? log / weight : 0;
            of->columns.log_factor[j][part] = &of->log_factor[j][part];
        }
        of->share[j] = bg_change_mean_share(change);
        of->columns.share[j] = &of->share[j];
    }
    for (size_t i = 0; i < self->line_count && self->benefit_count > 0; i++) {
        find_responses(&self->line[i], i, of);
    }
}

static void find_spell(const bg_demand *self, size_t year, const bg_spell *spell, central *of,
                       central_spell *result)
{
    bg_drivers of_year, own;
    mean_sizes sizes;
    double log, scale;
    find_sizes(self, year, &sizes);
    for (size_t i = 0; i < self->line_count; i++) {
        of_year.cases[i] = &of->cases[i];
        of_year.cost[i] = &of->cost[i];
        own.cases[i] = &result->cases[i];
        own.cost[i] = &result->cost[i];
        own.emergency_share[i] = &result->emergency_share[i];
        own.variation[i] = &result->variation[i];
        own.patients[i] = &result->patients[i];
        own.in_force[i] = &result->in_force[i];
    }
    const bg_spell_work work = {.sizes = &sizes.columns,
                                .scaled_exponential = scaled_exponential,
                                .log = &log,
                                .scale = &scale};
    bg_drivers_change(self, year, spell, 1, &work, &of_year, &own, &result->drivers);
}

static bg_status post_spell(const bg_demand *self, size_t year, const bg_spell *spell, central *of,
                            bg_future *path)
{
    central_spell in;
    bg_status status = BG_OK;
    find_spell(self, year, spell, of, &in);
    for (size_t i = 0; i < self->line_count; i++) {
        const double *share = in.drivers.emergency_share[i];
        const double *patients = in.drivers.patients[i];
        for (size_t month = 0; !status && month < 12; month++) {
            const bg_month_line at = {.line = i, .year = year, .month = month};
            const double cases = *in.drivers.cases[i] * self->season[month] / 12;
            const bg_month_amounts amounts = {
                .care = cases * *in.drivers.cost[i],
                .emergency_share = share ? *share : 0,
                .cases = cases,
                .patient_share = patients ? *patients : self->line[i].patient_share};
            if (bg_has_month(spell->months, month)) {
                status = bg_future_post(path, self, &at, &amounts);
            }
        }
    }
    return status;
}

static bg_status post_year(const bg_demand *self, size_t year, bg_future *path)
{
    central of;
    find_central(self, year, &of);
    for (size_t i = 0; i < self->scheme_count; i++) {
        path->people[BG_FUTURE_YEAR(path, i, year)] = of.people[i];
    }
    const bg_spells *spells = bg_demand_spells(self, year);
    bg_status status = BG_OK;
    for (size_t s = 0; !status && s < spells->count; s++) {
        status = post_spell(self, year, &spells->spell[s], &of, path);
    }
    bg_future_close(path, self, year);
    return status;
}

bg_status bg_demand_central(const bg_demand *self, bg_future *path)
{
    bg_future_clear(path);
    bg_status status = BG_OK;
    for (size_t year = 0; !status && year < self->years; year++) {
        status = post_year(self, year, path);
    }
    return status;
}

/* ---- the mean of all futures ---- */

/* Correlation of the shocks of two lines' frequencies. */
static double shock_correlation(const bg_demand *self, size_t a, size_t b)
{
    if (!self->shock_root || a == b) {
        return a == b ? 1 : self->shock_correlation;
    }
    const double *of_a = &self->shock_root[a * self->line_count];
    const double *of_b = &self->shock_root[b * self->line_count];
    double sum = 0;
    for (size_t k = 0; k < self->line_count; k++) {
        sum += of_a[k] * of_b[k];
    }
    return sum;
}

/* Covariance of the logarithms of the cases of one line and the cost of another in year t after the last base
 * year, where x_t has the variance `gathered` at unit volatility. */
static double covariance(const bg_demand *self, size_t cases, size_t cost, double t,
                         double gathered)
{
    const bg_demand_part *f = &self->line[cases].part[BG_FREQUENCY];
    const bg_demand_part *c = &self->line[cost].part[BG_COST];
    const double trend = cases == cost ? 1 : self->trend_correlation;
    return self->line[cost].correlation *
           (trend * f->trend.used_sd * c->trend.used_sd * t * t +
            shock_correlation(self, cases, cost) * f->volatility * c->volatility * gathered);
}

/* A case on its way through the changes: the mean of its number, and of that times its price relative to
 * the line where it is. */
typedef struct way {
    double number[BG_MAX_LINES], priced[BG_MAX_LINES];
} way;

static void take_step(const bg_demand *self, const bg_change *change, size_t year, size_t from,
                      size_t in, way *at)
{
    const bg_change_place *place = &change->place;
    double moved = 0;
    for (size_t i = 0; i < self->line_count; i++) {
        const bool asked = bg_change_moves_from(change, i);
        const bg_change_fate fate = asked ? BG_FATE_STAYS : BG_FATE_NOT_ASKED;
        const double stays = bg_change_mean_path(change, year, from, in, fate);
        if (asked) {
            moved += at->number[i] * bg_change_mean_path(change, year, from, in, BG_FATE_MOVES);
        }
        at->number[i] *= stays;
        at->priced[i] *= stays;
    }
    if (place->moves) {
        at->number[place->to] += moved;
        at->priced[place->to] += moved * place->relative_cost;
    }
}

/* Mean of what becomes of a case of line `from` in line `in`, in cases of that line by their cost. */
static double mean_way(const bg_demand *self, size_t from, size_t in, size_t year,
                       const bg_spell *spell)
{
    way at = {.number = {0}};
    at.number[from] = at.priced[from] = 1;
    for (size_t j = 0; j < self->change_count; j++) {
        if (spell->active >> j & 1) {
            take_step(self, &self->change[j], year, from, in, &at);
        }
    }
    return at.priced[in];
}

/* Variance of x_t at unit volatility. */
static double gathered_variance(const bg_demand *self, size_t t)
{
    const double square = self->persistence * self->persistence;
    double gathered = 0;
    for (size_t i = 0; i < t; i++) {
        gathered = self->stationary && i == 0 ? 1 / (1 - square) : 1 + square * gathered;
    }
    return gathered;
}

/* Mean of what patients' response makes of cases and cost together, where the fund pays `ratio` times what it did. */
static double mean_response(const bg_demand_line *line, const bg_line_benefit *benefit,
                            double ratio)
{
    if (!(benefit->price_share > 0)) {
        return 1;
    }
    const double price = bg_log_price(ratio, benefit->price_share);
    return bg_elasticity_mean_factor(&line->elasticity[BG_FREQUENCY], price) *
           bg_elasticity_mean_factor(&line->elasticity[BG_COST], price);
}

/* Mean factors of changed terms. */
typedef struct terms_mean {
    double paid, cut; /* of what is paid without further visits, and of what a lower cap cuts off */
} terms_mean;

/* On payments of the line for cases that began in line `from`, each weighted by what
 * is paid for it: the logarithm of its cost is then normal about a mean that is higher by its variance and by its
 * covariance with the cases. */
static terms_mean mean_terms(const bg_demand *self, size_t from, size_t line, size_t year,
                             const bg_spell *spell, double central_cost)
{
    const bg_line_benefit *benefit = bg_demand_benefit(self, line, spell->active);
    if (!benefit) {
        return (terms_mean){.paid = 1};
    }
    const double t = (double)(self->gap + year + 1);
    const double gathered = gathered_variance(self, self->gap + year + 1);
    const bg_demand_part *cost = &self->line[line].part[BG_COST];
    double variance = cost->trend.used_sd * cost->trend.used_sd * t * t +
                      cost->volatility * cost->volatility * gathered;
    double mean = bg_log(central_cost) + variance / 2 + covariance(self, from, line, t, gathered) -
                  covariance(self, line, line, t, gathered);
    for (size_t j = 0; j < self->change_count; j++) {
        const bg_change *change = &self->change[j];
        if ((spell->active >> j & 1) && change->line[line]) {
            const double weight = change->weight[year];
            const double sd = weight * change->size[BG_COST].sigma;
            const double cases = change->line[from] ? change->size[BG_FREQUENCY].sigma : 0;
            mean += weight * change->size[BG_COST].mu + sd * (weight * cases + sd);
            variance += sd * sd;
        }
    }
    terms_mean sum = {0};
    for (size_t i = 0; i < BG_NORMAL_NODES; i++) {
        const double z = bg_normal_node(i), payment = bg_exp(mean + sqrt(variance) * z);
        const bg_line_payment at = bg_line_benefit_at(benefit, payment);
        const double response = mean_response(&self->line[line], benefit, at.ratio);
        sum.paid += bg_normal_weight(z) * at.ratio * response;
        sum.cut += bg_normal_weight(z) * at.cut * response;
    }
    return sum;
}

/* Mean of what admissions add where the terms of outpatient care change, at its price on the central path. */
static double mean_substitution(const bg_demand *self, size_t line, size_t year,
                                const bg_spell *spell, central *of)
{
    const bg_demand_line *react = &self->line[line];
    if (!bg_demand_substitutes(self, line)) {
        return 1;
    }
    central_spell in;
    find_spell(self, year, spell, of, &in);
    const double price = bg_outpatient_log_price(self, &in.drivers, react->scheme, 0);
    return bg_elasticity_mean_factor(&react->substitution, -price);
}

/* What is paid for a line's cases, and for what a cap of its terms cuts off if all of it came back. */
typedef enum meant { MEAN_PAID, MEAN_CUT } meant;

static double mean_factor(const bg_demand *self, size_t from, size_t line, size_t year,
                          const bg_spell *spell, meant what, central *of)
{
    const terms_mean terms = mean_terms(self, from, line, year, spell, of->cost[line]);
    if (what == MEAN_CUT) {
        return terms.cut;
    }
    const double again = bg_cap_return_mean(&self->line[line].returns[BG_RETURN_VISITS]);
    return (terms.paid + again * terms.cut) * mean_substitution(self, line, year, spell, of);
}

/* `month`: mean of what emergencies make of each month. */
static double mean_of_line(const bg_demand *self, size_t line, size_t year, meant what,
                           const double month[12], central *of)
{
    const size_t t = self->gap + year + 1;
    const double gathered = gathered_variance(self, t);
    const double own = covariance(self, line, line, (double)t, gathered);
    const bg_spells *spells = bg_demand_spells(self, year);
    double sum = 0;
    for (size_t from = 0; from < self->line_count; from++) {
        const double together = bg_exp(covariance(self, from, line, (double)t, gathered) - own);
        for (size_t s = 0; s < spells->count; s++) {
            const bg_spell *spell = &spells->spell[s];
            const double here = mean_way(self, from, line, year, spell);
            const double each =
                here > 0 ? together * here * mean_factor(self, from, line, year, spell, what, of)
                         : 0;
            for (size_t i = 0; i < 12; i++) {
                sum += bg_has_month(spell->months, i) ? month[i] * of->cases[from] * each : 0;
            }
        }
    }
    return of->cost[line] * sum;
}

double bg_demand_mean(const bg_demand *self, size_t line, size_t year)
{
    central of = {.people = {0}};
    find_central(self, year, &of);
    double month[12];
    bg_emergency_mean(&self->emergency, self->season, self->line[line].exposure,
                      self->gap + year > 0, month);
    double mean = mean_of_line(self, line, year, MEAN_PAID, month, &of);
    for (size_t i = 0; i < self->line_count; i++) {
        const bg_demand_line *from = &self->line[i];
        if (from->admits && from->admits_to == line) {
            mean += bg_cap_return_mean(&from->returns[BG_RETURN_ADMISSIONS]) *
                    mean_of_line(self, i, year, MEAN_CUT, month, &of);
        }
    }
    return mean;
}
