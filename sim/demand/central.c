/* The central path, and the mean of all futures. */
#include "demand/ageing.h"
#include "demand/direct_cost.h"
#include "demand/drivers.h"
#include "demand/mix.h"
#include "demand/normal_mean.h"
#include "demand/recovery.h"
#include "demand/scheme_change.h"
#include "demand/spillover.h"

/* The drivers of a year at the mean of all factors: a block of one future. */
typedef struct central {
    double people[BG_MAX_SCHEMES], exposure[BG_MAX_SCHEMES], cases[BG_MAX_LINES],
        cost[BG_MAX_LINES];
} central;

/* At the mean of the trend and without what is taken off for it. */
static void means(const void *context, const bg_part_year *at, size_t n, const double *trend,
                  const double *deviation, const double *scale, double *value)
{
    const bg_demand *demand = context;
    const bg_demand_part *part = &demand->line[at->line].part[at->part];
    const double mean = part->level * bg_exp(part->trend.used * at->t + at->mix);
    (void)trend;
    (void)deviation;
    for (size_t i = 0; i < n; i++) {
        value[i] = mean * (scale ? scale[i] : 1);
    }
}

/* Of year t after the last base year; before the budget nobody leaves. */
static void find_central(const bg_demand *self, size_t t, central *of)
{
    bg_factors factors = {.gathered = 0};
    bg_drivers drivers;
    for (size_t i = 0; i < self->scheme_count; i++) {
        const bg_demand_scheme *scheme = &self->scheme[i];
        const bg_enrolment *enrolment = &scheme->enrolment;
        const double people = bg_people_mean(scheme, t);
        const double stay = enrolment->moves && t > self->gap
                                ? bg_enrolment_mean_share(enrolment, t - self->gap - 1)
                                : 1;
        const double cost = bg_enrolment_mean_cost(enrolment);
        of->people[i] = bg_enrolment_insured(enrolment, t, people * stay);
        of->exposure[i] = bg_enrolment_exposure(enrolment, t, people, people * stay, cost);
        factors.people[i] = &of->people[i];
        factors.exposure[i] = &of->exposure[i];
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
    double mix[BG_MAX_LINES][BG_MAX_LEVELS][BG_MIX_COLUMNS];
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
    double log_factor[BG_MAX_CHANGES][BG_PARTS], share[BG_MAX_CHANGES], normal[BG_MAX_CHANGES];
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
        of->normal[j] = 0;
        of->columns.normal[j] = &of->normal[j];
    }
    for (size_t i = 0; i < self->line_count; i++) {
        if (self->benefit_count > 0 || bg_demand_line_responds(self, i)) {
            find_responses(&self->line[i], i, of);
        }
    }
}

static void find_spell(const bg_demand *self, size_t year, const bg_spell *spell, central *of,
                       central_spell *result)
{
    bg_drivers of_year, own;
    mean_sizes sizes;
    bg_one_level level[BG_MAX_LINES];
    bg_level_room levels;
    double log, scale;
    bg_level_room_point(&levels, level);
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
        for (size_t k = 0; k < BG_MAX_LEVELS; k++) {
            for (int column = 0; column < BG_MIX_COLUMNS; column++) {
                own.mix[i][k][column] = &result->mix[i][k][column];
            }
        }
    }
    const bg_spell_work work = {.sizes = &sizes.columns,
                                .levels = &levels,
                                .scaled_exponential = scaled_exponential,
                                .log = &log,
                                .scale = &scale};
    bg_drivers_change(self, year, spell, 1, &work, &of_year, &own, &result->drivers);
}

static void add_quantities(const bg_demand *self, const bg_drivers *drivers, uint16_t months,
                           const bg_quantity_future *quantities)
{
    double share = 0;
    for (size_t month = 0; month < 12; month++) {
        share += bg_has_month(months, month) ? self->season[month] / 12 : 0;
    }
    const bg_quantity_months part = {.share = &share, .excess = &(double){0}};
    bg_quantities_add(self, drivers, &part, 1, &quantities->columns);
}

static bg_status post_spell(const bg_demand *self, size_t year, const bg_spell *spell, central *of,
                            const bg_quantity_future *quantities, bg_future *path)
{
    central_spell in;
    bg_status status = BG_OK;
    find_spell(self, year, spell, of, &in);
    add_quantities(self, &in.drivers, spell->months, quantities);
    for (size_t i = 0; i < self->line_count; i++) {
        const double *share = in.drivers.emergency_share[i];
        const double *patients = in.drivers.patients[i];
        for (size_t month = 0; !status && month < 12; month++) {
            const bg_month_line at = {.line = i, .year = year, .month = month};
            const double cases = *in.drivers.cases[i] * self->season[month] / 12;
            bg_month_amounts amounts = {.care = cases * *in.drivers.cost[i],
                                        .emergency_share = share ? *share : 0,
                                        .cases = cases,
                                        .patient_share =
                                            patients ? *patients : self->line[i].patient_share};
            bg_direct_costs_mean(self, &at, &amounts);
            if (bg_has_month(spell->months, month)) {
                status = bg_future_post(path, self, &at, &amounts);
            }
        }
    }
    return status;
}

static bg_status post_year(const bg_demand *self, size_t year, bg_quantity_future *quantities,
                           bg_future *path)
{
    central of = {0};
    bg_decimal disallowed[BG_MAX_SCHEMES];
    find_central(self, self->gap + year + 1, &of);
    for (size_t i = 0; i < self->scheme_count; i++) {
        path->people[BG_FUTURE_YEAR(path, i, year)] =
            of.people[i] * bg_scheme_mean_people_factor(self, i, year);
        bg_scheme_disallowed(self, i, year, 1, NULL, &disallowed[i]);
    }
    const bg_spells *spells = bg_demand_spells(self, year);
    bg_status status = BG_OK;
    bg_quantities_begin(self, 1, &quantities->columns);
    for (size_t s = 0; !status && s < spells->count; s++) {
        status = post_spell(self, year, &spells->spell[s], &of, quantities, path);
    }
    bg_quantities_store(self, quantities, year, path);
    bg_future_close(path, year, disallowed);
    for (size_t i = 0; !status && i < self->scheme_count; i++) {
        status =
            bg_recovered(self, i, year, 1, NULL, &path->recovered[BG_FUTURE_YEAR(path, i, year)]);
    }
    return status;
}

/* From what the first budget year grows. */
static void open_quantities(const bg_demand *self, bg_quantity_future *quantities)
{
    central of;
    bg_drivers drivers = {.cases = {0}};
    bg_quantity_future_init(quantities);
    bg_quantities_open(self, 1, &quantities->columns);
    if (self->gap == 0 || self->quantity_count == 0) {
        return;
    }
    find_central(self, self->gap, &of);
    for (size_t i = 0; i < self->line_count; i++) {
        drivers.cases[i] = &of.cases[i];
        drivers.cost[i] = &of.cost[i];
    }
    double *people[BG_MAX_SCHEMES] = {&of.people[0], &of.people[1]};
    bg_quantities_begin(self, 1, &quantities->columns);
    add_quantities(self, &drivers, BG_ALL_MONTHS, quantities);
    bg_quantities_end(self, people, 1, &quantities->columns, NULL);
}

bg_status bg_demand_central(const bg_demand *self, bg_future *path)
{
    bg_quantity_future quantities;
    bg_future_clear(path);
    open_quantities(self, &quantities);
    bg_status status = BG_OK;
    for (size_t year = 0; !status && year < self->years; year++) {
        status = post_year(self, year, &quantities, path);
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
 * the site where it is. */
typedef struct way {
    double number[BG_MAX_SITES], priced[BG_MAX_SITES];
} way;

/* A budget year's spell, and the sites that it divides lines into. */
typedef struct stage {
    const bg_demand *demand;
    size_t year;
    const bg_spell *spell;
    bg_sites sites;
    double gathered; /* variance of x_t at unit volatility */
    const central *of;
    bool changed; /* the terms of the line whose mean is asked for */
    bg_line_benefit terms;
    double substitution;
} stage;

static size_t site_count(const stage *self)
{
    return self->sites.first[self->demand->line_count];
}

static void take_step(const stage *self, const bg_change *change, const bg_site *from,
                      const bg_site *in, way *at)
{
    double moved = 0;
    for (size_t i = 0; i < site_count(self); i++) {
        if (at->number[i] == 0) {
            continue;
        }
        const bool asked = bg_change_moves_from_site(change, &self->sites.site[i]);
        const bg_change_fate fate = asked ? BG_FATE_STAYS : BG_FATE_NOT_ASKED;
        const double stays = bg_change_mean_path(change, self->year, from, in, fate);
        if (asked) {
            moved +=
                at->number[i] * bg_change_mean_path(change, self->year, from, in, BG_FATE_MOVES);
        }
        at->number[i] *= stays;
        at->priced[i] *= stays;
    }
    for (size_t i = 0; i < site_count(self); i++) {
        const bg_site *site = &self->sites.site[i];
        if (bg_change_moves_to_site(change, site)) {
            const double came = moved * bg_site_share(change, site);
            at->number[i] += came;
            at->priced[i] += came * change->place.relative_cost;
        }
    }
}

/* Mean of what becomes of a case of site `from` in site `in`, in cases of that site by their cost. */
static double mean_way(const stage *self, size_t from, size_t in)
{
    const bg_site *site = self->sites.site;
    way at = {.number = {0}};
    at.number[from] = at.priced[from] = 1;
    for (size_t j = 0; j < self->demand->change_count; j++) {
        if (self->spell->active >> j & 1) {
            take_step(self, &self->demand->change[j], &site[from], &site[in], &at);
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

/* Mean of what patients' response makes of cases and cost together, where `covered` times what the fund paid is taken off
 * them. */
static double mean_response(const bg_demand_line *line, const bg_line_benefit *benefit,
                            double covered)
{
    if (!(benefit->price_share > 0)) {
        return 1;
    }
    const double price = bg_log_price(covered, benefit->price_share);
    return bg_elasticity_mean_factor(&line->elasticity[BG_FREQUENCY], price) *
           bg_elasticity_mean_factor(&line->elasticity[BG_COST], price);
}

/* Of what is paid for a case, the parts that change what it is paid by, normal: the logarithm of the payment and the
 * shift of the logit of the fund's share. */
typedef struct log_payment {
    double mean, variance;
    double shift, shift_variance, covariance;
} log_payment;

/* Of a payment in site `in` for cases that began in site `from`, each weighted by what is paid for it: the
 * logarithm is then normal about a mean that is higher by its variance and by its covariance with the cases. */
static log_payment payment_of(const stage *self, const bg_site *from, const bg_site *in)
{
    const bg_demand *demand = self->demand;
    const size_t line = in->line;
    const double t = (double)(demand->gap + self->year + 1);
    const bg_demand_part *cost = &demand->line[line].part[BG_COST];
    log_payment of = {.variance = cost->trend.used_sd * cost->trend.used_sd * t * t +
                                  cost->volatility * cost->volatility * self->gathered};
    of.mean = bg_log(self->of->cost[line] * in->cost) + of.variance / 2 +
              covariance(demand, from->line, line, t, self->gathered) -
              covariance(demand, line, line, t, self->gathered);
    for (size_t j = 0; j < demand->change_count; j++) {
        const bg_change *change = &demand->change[j];
        if ((self->spell->active >> j & 1) && bg_change_acts_on(change, in)) {
            const double weight = change->weight[self->year];
            const double sd = weight * change->size[BG_COST].sigma;
            const double cases =
                bg_change_acts_on(change, from) ? change->size[BG_FREQUENCY].sigma : 0;
            const double shift = weight * change->fund_share[line].sigma;
            of.mean += weight * change->size[BG_COST].mu + sd * (weight * cases + sd);
            of.variance += sd * sd;
            of.shift += weight * change->fund_share[line].mu + shift * (weight * cases + sd);
            of.shift_variance += shift * shift;
            of.covariance += shift * sd;
        }
    }
    return of;
}

/* Factor of changed terms on a payment in the site; what is taken off patients of its line; what a lower cap cuts off in
 * the site. */
typedef struct paid_factor {
    double here, covered, cut;
} paid_factor;

static paid_factor paid_in(const bg_line_benefit *terms, const bg_site *in, double payment)
{
    if (!in->level) {
        const bg_line_payment of_line = bg_line_benefit_at(terms, payment);
        return (paid_factor){of_line.ratio, of_line.covered, of_line.cut};
    }
    const bg_level *level = &terms->level[in->index];
    const double of_line = payment / level->cost;
    const bg_year_payment year = bg_year_curve_at(terms->year, of_line);
    const double of_case = payment * year.before;
    return (paid_factor){
        .here = bg_level_factors(terms, level, of_case).ratio * year.kept + year.pool,
        .covered = bg_line_benefit_at(terms, of_line).covered,
        .cut = bg_level_cut(level, of_case) * year.kept,
    };
}

/* Mean factors of changed terms and of another share of the bill, with the response of patients to them. */
typedef struct terms_mean {
    double paid, cut; /* of what is paid without further visits, and of what a lower cap cuts off */
} terms_mean;

/* Over all payments at one shift of the fund's share. */
static terms_mean mean_at_shift(const stage *self, const bg_site *in, const log_payment *of,
                                double shift)
{
    bg_line_benefit terms = self->terms;
    double mean = of->mean, variance = of->variance;
    terms_mean sum = {0};
    for (size_t i = 0; i < terms.count; i++) {
        terms.level[i].fund_shift =
            !in->level || i == in->index ? shift : terms.level[i].fund_shift;
    }
    if (of->shift_variance > 0) {
        mean += of->covariance / of->shift_variance * (shift - of->shift);
        variance -= of->covariance * of->covariance / of->shift_variance;
    }
    const double sd = sqrt(variance > 0 ? variance : 0);
    for (size_t i = 0; i < BG_NORMAL_NODES; i++) {
        const double z = bg_normal_node(i), payment = bg_exp(mean + sd * z);
        const paid_factor paid = paid_in(&terms, in, payment);
        const double response = mean_response(&self->demand->line[in->line], &terms, paid.covered);
        sum.paid += bg_normal_weight(z) * paid.here * response;
        sum.cut += bg_normal_weight(z) * paid.cut * response;
    }
    return sum;
}

static terms_mean mean_terms(const stage *self, const bg_site *from, const bg_site *in)
{
    if (!self->changed) {
        return (terms_mean){.paid = 1};
    }
    const log_payment of = payment_of(self, from, in);
    if (of.shift_variance <= 0) {
        return mean_at_shift(self, in, &of, of.shift);
    }
    terms_mean sum = {0};
    for (size_t i = 0; i < BG_NORMAL_NODES; i++) {
        const double z = bg_normal_node(i), weight = bg_normal_weight(z);
        const terms_mean at = mean_at_shift(self, in, &of, of.shift + sqrt(of.shift_variance) * z);
        sum.paid += weight * at.paid;
        sum.cut += weight * at.cut;
    }
    return sum;
}

/* What is paid for a line's cases, and for what a cap of its terms cuts off if all of it came back. */
typedef enum meant { MEAN_PAID, MEAN_CUT } meant;

static double mean_factor(const stage *self, const bg_site *from, const bg_site *in, meant what)
{
    const terms_mean terms = mean_terms(self, from, in);
    if (what == MEAN_CUT) {
        return terms.cut;
    }
    const bg_demand_line *line = &self->demand->line[in->line];
    const double again = bg_cap_return_mean(&line->returns[BG_RETURN_VISITS]);
    return (terms.paid + again * terms.cut) * self->substitution;
}

/* Mean of what is meant in a line for cases that began in another, by what a case of either is paid. */
static double mean_between(const stage *self, size_t from, size_t line, meant what)
{
    const bg_sites *sites = &self->sites;
    double sum = 0;
    for (size_t i = sites->first[from]; i < sites->first[from + 1]; i++) {
        for (size_t k = sites->first[line]; k < sites->first[line + 1]; k++) {
            const double here = mean_way(self, i, k);
            const bg_site *a = &sites->site[i], *b = &sites->site[k];
            sum += here > 0 ? a->cases * b->cost * here * mean_factor(self, a, b, what) : 0;
        }
    }
    return sum;
}

/* The terms of the line, with the shares of its levels on the central path, and what admissions add where the terms of
 * outpatient care change, at its price on the central path. */
static void find_terms(stage *self, size_t line, central *of)
{
    const bg_demand_line *react = &self->demand->line[line];
    const bool substitutes = bg_demand_substitutes(self->demand, line);
    const bg_line_benefit *changed = bg_demand_benefit(self->demand, line, self->spell->active);
    const bool shifts = bg_demand_line_shifts(self->demand, line, self->spell->active);
    const bool mixed = shifts || (changed && bg_sites_of(&self->sites, line) > 1);
    central_spell spell;
    self->changed = changed || shifts;
    self->substitution = 1;
    if (mixed || substitutes) {
        find_spell(self->demand, self->year, self->spell, of, &spell);
    }
    if (mixed) {
        self->terms = bg_mix_terms(self->demand, &spell.drivers, line, 0);
    } else if (changed) {
        self->terms = *changed;
    }
    if (substitutes) {
        const double price =
            bg_outpatient_log_price(self->demand, &spell.drivers, react->scheme, 0);
        self->substitution = bg_elasticity_mean_factor(&react->substitution, -price);
    }
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
    for (size_t s = 0; s < spells->count; s++) {
        stage at = {.demand = self,
                    .year = year,
                    .spell = &spells->spell[s],
                    .gathered = gathered,
                    .of = of};
        bg_sites_find(&at.sites, self, at.spell->active);
        find_terms(&at, line, of);
        for (size_t from = 0; from < self->line_count; from++) {
            const double together = bg_exp(covariance(self, from, line, (double)t, gathered) - own);
            const double each = together * mean_between(&at, from, line, what);
            for (size_t i = 0; i < 12; i++) {
                sum += bg_has_month(at.spell->months, i) ? month[i] * of->cases[from] * each : 0;
            }
        }
    }
    return of->cost[line] * sum;
}

double bg_demand_mean(const bg_demand *self, size_t line, size_t year)
{
    central of = {.people = {0}};
    find_central(self, self->gap + year + 1, &of);
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
    return mean + bg_direct_costs_mean_of_year(self, line, year);
}
