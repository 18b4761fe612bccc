#include "demand/few_payments.h"

/* The level's part in the mean payment is the curve's, of which bills of that mean may pay a little more or less. */
static void prepare_level(const bg_few_payments *self, size_t index, double of_case, double ratio,
                          bg_level_bills *bills)
{
    const bg_level *level = &self->benefit->level[index];
    const double payment = of_case * level->cost;
    const double here = bg_level_factors(self->benefit, level, payment).ratio;
    *bills = (bg_level_bills){.mean = 1, .scale = level->cost / ratio * here};
    if (level->curve) {
        bills->terms = level->renewed;
        bills->mean = bg_benefit_curve_bill(level->curve, payment);
        const double paid = bg_benefit_mean(level->renewed, bills->mean).mean;
        bills->scale = paid > 0 ? level->cost / ratio * (here / paid) : 0;
    }
}

static void prepare(bg_few_payments *self)
{
    const double of_case =
        self->payment * bg_year_curve_at(self->benefit->year, self->payment).before;
    const double ratio = bg_line_benefit_of_case(self->benefit, of_case).ratio;
    double until = 0;
    for (size_t i = 0; i < self->benefit->count; i++) {
        prepare_level(self, i, of_case, ratio > 0 ? ratio : 1, &self->level[i]);
        until += self->benefit->level[i].cases;
        self->level[i].until = until;
    }
    self->prepared = true;
}

static bool places_differ(const bg_benefit *terms)
{
    const double first = bg_benefit_deductible(&terms->terms, 0);
    bool differ = false;
    for (size_t i = 1; i < BG_PLACES; i++) {
        const double deductible = bg_benefit_deductible(&terms->terms, i);
        differ = differ || (terms->share[i] > 0 && (deductible < first || deductible > first));
    }
    return differ;
}

/* Of an admission, which may be a person's first of the year, a later one or a referred one. */
static size_t place_in_year(const bg_benefit *terms, const bg_case_sampler *by, bg_rng *rng)
{
    if (!places_differ(terms)) {
        return 0;
    }
    const double u = by->uniform(rng);
    size_t place = 0;
    double until = terms->share[0];
    while (place + 1 < BG_PLACES && u >= until) {
        until += terms->share[++place];
    }
    return place;
}

static const bg_level_bills *level_of_one(const bg_few_payments *self, const bg_case_sampler *by,
                                          bg_rng *rng)
{
    const size_t count = self->benefit->count;
    const double u = count > 1 ? by->uniform(rng) : 0;
    size_t level = 0;
    while (level + 1 < count && u >= self->level[level].until) {
        level++;
    }
    return &self->level[level];
}

static double draw_one(const bg_few_payments *self, const bg_case_sampler *by, bg_rng *rng)
{
    const bg_level_bills *level = level_of_one(self, by, rng);
    const size_t place = level->terms ? place_in_year(level->terms, by, rng) : 0;
    const double bill = level->mean * by->severity(&self->benefit->severity, rng);
    return level->scale *
           (level->terms ? bg_benefit_payment(&level->terms->terms, place, bill) : bill);
}

double bg_few_payments_total(bg_few_payments *self, const bg_case_sampler *by, bg_rng *rng,
                             uint64_t count)
{
    if (count > BG_SEVERITY_ONE_BY_ONE) {
        return by->gamma_total(rng, count, self->variation);
    }
    if (count > 0 && !self->prepared) {
        prepare(self);
    }
    double sum = 0;
    for (uint64_t i = 0; i < count; i++) {
        sum += draw_one(self, by, rng);
    }
    return sum;
}
