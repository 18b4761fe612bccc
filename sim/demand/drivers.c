#include "demand/drivers.h"

#include "demand/spillover.h"

#include <string.h>

static double half_variance(const bg_demand_part *part, double t, double gathered)
{
    const double trend = part->trend.used_sd * t;
    return (trend * trend + part->volatility * part->volatility * gathered) / 2;
}

static double covariance(const bg_demand_line *line, double t, double gathered)
{
    const bg_demand_part *f = &line->part[BG_FREQUENCY], *c = &line->part[BG_COST];
    return line->correlation *
           (f->trend.used_sd * c->trend.used_sd * t * t + f->volatility * c->volatility * gathered);
}

void bg_drivers_fill(const bg_demand *demand, const bg_factors *factors, size_t t, size_t n,
                     bg_part_values *values, const void *context, const bg_drivers *drivers)
{
    for (size_t i = 0; i < demand->line_count; i++) {
        const bg_demand_line *line = &demand->line[i];
        double *const *trend = factors->trend[i], *const *deviation = factors->deviation[i];
        bg_part_year at = {.line = i, .part = BG_FREQUENCY, .t = (double)t};
        at.half_variance = half_variance(&line->part[BG_FREQUENCY], at.t, factors->gathered);
        values(context, &at, n, trend[BG_FREQUENCY], deviation[BG_FREQUENCY],
               factors->people[line->scheme], drivers->cases[i]);
        at.part = BG_COST;
        at.half_variance = half_variance(&line->part[BG_COST], at.t, factors->gathered);
        at.covariance = covariance(line, at.t, factors->gathered);
        values(context, &at, n, trend[BG_COST], deviation[BG_COST], NULL, drivers->cost[i]);
    }
}

/* ---- what changes in a spell ---- */

/* The factor that changes of a line make together: a number that all futures share times the exponential
 * of a column. */
typedef struct product {
    double factor;
    bool drawn; /* the column of `log` counts */
} product;

static void add_scaled(size_t n, double weight, const double *restrict size, bool first,
                       double *restrict log)
{
    for (size_t i = 0; i < n; i++) {
        log[i] = weight * size[i] + (first ? 0 : log[i]);
    }
}

typedef struct spell_year {
    const bg_demand *demand;
    const bg_spell_work *work;
    size_t year, n;
    uint64_t active; /* bit j: change j */
} spell_year;

/* Multiplies the factors of a line's part into the product. False where nothing touches it. */
static bool multiply(const spell_year *at, size_t line, int part, product *all)
{
    bool touched = false;
    for (size_t j = 0; j < at->demand->change_count; j++) {
        const bg_change *change = &at->demand->change[j];
        if (!(at->active >> j & 1) || !bg_change_touches(change, line, part)) {
            continue;
        }
        touched = true;
        if (bg_change_is_sure(change)) {
            all->factor *= bg_change_factor(change, part, at->year);
        } else {
            add_scaled(at->n, change->weight[at->year], at->work->sizes->log_factor[j][part],
                       !all->drawn, at->work->log);
            all->drawn = true;
        }
    }
    return touched;
}

/* value = scale times the product */
static void apply(const spell_year *at, const product *all, const double *restrict scale,
                  double *restrict value)
{
    if (all->drawn) {
        at->work->scaled_exponential(at->work->context, at->n, at->work->log, scale, value);
        for (size_t i = 0; i < at->n; i++) {
            value[i] *= all->factor;
        }
        return;
    }
    for (size_t i = 0; i < at->n; i++) {
        value[i] = scale[i] * all->factor;
    }
}

static double *changed(const spell_year *at, size_t line, int part, double *now, double *own)
{
    product all = {.factor = 1};
    if (!multiply(at, line, part, &all)) {
        return now;
    }
    const double *scale = now;
    if (now == own) {
        scale = memcpy(at->work->scale, now, at->n * sizeof *now);
    }
    apply(at, &all, scale, own);
    return own;
}

/* Of payments that incidents multiply by f > 1, the share 1 - 1/f is theirs; found by multiplying a column
 * that is not negative. */
static double *emergency_share(const spell_year *at, size_t line, const double *restrict of_year,
                               double *restrict own)
{
    spell_year emergencies = *at;
    for (size_t j = 0; j < at->demand->change_count; j++) {
        const uint64_t bit = (uint64_t)!at->demand->change[j].emergency << j;
        emergencies.active &= ~bit;
    }
    product all = {.factor = 1};
    const bool cases = multiply(&emergencies, line, BG_FREQUENCY, &all);
    const bool cost = multiply(&emergencies, line, BG_COST, &all);
    if (!cases && !cost) {
        return NULL;
    }
    apply(&emergencies, &all, of_year, own);
    for (size_t i = 0; i < at->n; i++) {
        own[i] = own[i] > of_year[i] ? 1 - of_year[i] / own[i] : 0;
    }
    return own;
}

/* A column of the spell's own, which holds what the line's has now. */
static double *make_own(const spell_year *at, double *column, double *own)
{
    if (column != own) {
        memcpy(own, column, at->n * sizeof *own);
    }
    return own;
}

/* Cases of a line that move to another. */
typedef struct moving {
    double weight, share;
    const double *drawn; /* in place of the share; or NULL */
    double *from, *to;
    double *cost;       /* of the line they move to; NULL: it stays */
    const double *each; /* cost of one that moves, before relative_cost */
    double relative_cost;
} moving;

static void move_cases(size_t n, const moving *of)
{
    const double *restrict drawn = of->drawn, *restrict each = of->each;
    double *restrict from = of->from, *restrict to = of->to, *restrict cost = of->cost;
    for (size_t i = 0; i < n; i++) {
        const double moved = from[i] * (of->weight * (drawn ? drawn[i] : of->share));
        const double all = to[i] + moved;
        if (cost && all > 0) {
            cost[i] = (to[i] * cost[i] + moved * (each[i] * of->relative_cost)) / all;
        }
        from[i] -= moved;
        to[i] = all;
    }
}

/* Those who come cost what a case of the line cost before any came, times relative_cost. */
static void move(const spell_year *at, size_t index, const bg_drivers *of_year,
                 const bg_drivers *own, bg_drivers *drivers)
{
    const bg_change *change = &at->demand->change[index];
    const bg_change_place *place = &change->place;
    const size_t to = place->to;
    moving of = {
        .weight = change->weight[at->year],
        .share = place->share,
        .drawn = bg_change_is_sure(change) ? NULL : at->work->sizes->share[index],
        .to = make_own(at, drivers->cases[to], own->cases[to]),
        .each = of_year->cost[to],
        .relative_cost = place->relative_cost,
    };
    drivers->cases[to] = of.to;
    if (place->relative_cost != 1 || drivers->cost[to] != of_year->cost[to]) {
        drivers->cost[to] = of.cost = make_own(at, drivers->cost[to], own->cost[to]);
    }
    for (size_t i = 0; i < at->demand->line_count; i++) {
        if (bg_change_moves_from(change, i)) {
            drivers->cases[i] = of.from = make_own(at, drivers->cases[i], own->cases[i]);
            move_cases(at->n, &of);
        }
    }
}

/* Pays the line by its changed terms, if they are, to which patients respond: by more or fewer cases, and by
 * dearer or cheaper ones. */
static void pay(const spell_year *at, size_t line, const bg_drivers *own, bg_drivers *drivers)
{
    const bg_line_benefit *benefit = bg_demand_benefit(at->demand, line, at->active);
    drivers->variation[line] = drivers->patients[line] = drivers->in_force[line] = NULL;
    drivers->benefit[line] = benefit;
    if (!benefit) {
        return;
    }
    double *restrict cost = make_own(at, drivers->cost[line], own->cost[line]);
    double *restrict cases = make_own(at, drivers->cases[line], own->cases[line]);
    double *restrict variation = own->variation[line], *restrict patients = own->patients[line];
    double *restrict in_force = memcpy(own->in_force[line], cost, at->n * sizeof *cost);
    double *const *elasticity = at->work->sizes->elasticity[line];
    for (size_t i = 0; i < at->n; i++) {
        const bg_line_payment payment = bg_line_benefit_at(benefit, in_force[i]);
        cost[i] *= payment.ratio;
        variation[i] = payment.variation;
        patients[i] = payment.patients;
        if (benefit->price_share > 0) {
            const double price = bg_log_price(payment.ratio, benefit->price_share);
            cases[i] *= bg_exp(price * elasticity[BG_FREQUENCY][i]);
            cost[i] *= bg_exp(price * elasticity[BG_COST][i]);
        }
    }
    drivers->cost[line] = cost;
    drivers->cases[line] = cases;
    drivers->variation[line] = variation;
    drivers->patients[line] = patients;
    drivers->in_force[line] = in_force;
}

void bg_drivers_change(const bg_demand *demand, size_t year, const bg_spell *spell, size_t n,
                       const bg_spell_work *work, const bg_drivers *of_year, const bg_drivers *own,
                       bg_drivers *drivers)
{
    const spell_year at = {
        .demand = demand, .work = work, .year = year, .n = n, .active = spell->active};
    for (size_t i = 0; i < demand->line_count; i++) {
        drivers->cases[i] = changed(&at, i, BG_FREQUENCY, of_year->cases[i], own->cases[i]);
        drivers->cost[i] = of_year->cost[i];
        drivers->emergency_share[i] =
            emergency_share(&at, i, of_year->cases[i], own->emergency_share[i]);
    }
    for (size_t j = 0; j < demand->change_count; j++) {
        if ((spell->active >> j & 1) && demand->change[j].place.moves) {
            move(&at, j, of_year, own, drivers);
        }
    }
    for (size_t i = 0; i < demand->line_count; i++) {
        drivers->cost[i] = changed(&at, i, BG_COST, drivers->cost[i], own->cost[i]);
        pay(&at, i, own, drivers);
    }
    bg_drivers_spill(demand, n, work->sizes, own, drivers);
}
