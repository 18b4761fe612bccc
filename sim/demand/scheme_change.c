#include "demand/scheme_change.h"

#include "base/elementary.h"
#include "demand/normal_mean.h"

static size_t count_months(uint16_t months)
{
    size_t count = 0;
    for (size_t month = 0; month < 12; month++) {
        count += bg_has_month(months, month);
    }
    return count;
}

/* ---- people ---- */

static bool changes_people(const bg_change *change, size_t scheme)
{
    return change->scheme[scheme] && (change->people.sigma > 0 || change->people.factor != 1);
}

bool bg_demand_changes_people(const bg_demand *self)
{
    bool any = false;
    for (size_t j = 0; j < self->change_count; j++) {
        for (size_t s = 0; s < self->scheme_count; s++) {
            any = any || changes_people(&self->change[j], s);
        }
    }
    return any;
}

static bool any_changes_people(const bg_demand *self, size_t scheme, size_t year)
{
    const bg_spells *spells = bg_demand_spells(self, year);
    bool any = false;
    for (size_t s = 0; s < spells->count; s++) {
        for (size_t j = 0; j < self->change_count; j++) {
            const bool active = spells->spell[s].active >> j & 1;
            any = any || (active && changes_people(&self->change[j], scheme));
        }
    }
    return any;
}

/* Of a change with that luck; without one, on the mean. */
static double people_factor(const bg_change *change, size_t year, const double *normal)
{
    const double weight = change->weight[year], spread = weight * change->people.sigma;
    if (spread <= 0) {
        return weight == 1 ? change->people.factor : bg_exp(weight * change->people.mu);
    }
    return bg_exp(weight * change->people.mu + (normal ? spread * *normal : spread * spread / 2));
}

static double factor_of_year(const bg_demand *self, size_t scheme, size_t year,
                             double *const *normal, size_t future)
{
    const bg_spells *spells = bg_demand_spells(self, year);
    double sum = 0;
    for (size_t s = 0; s < spells->count; s++) {
        double factor = 1;
        for (size_t j = 0; j < self->change_count; j++) {
            const bg_change *change = &self->change[j];
            if ((spells->spell[s].active >> j & 1) && changes_people(change, scheme)) {
                const bool drawn = normal && !bg_change_is_sure(change);
                factor *= people_factor(change, year, drawn ? &normal[j][future] : NULL);
            }
        }
        sum += (double)count_months(spells->spell[s].months) * factor;
    }
    return sum / 12;
}

void bg_scheme_change_people(const bg_demand *self, size_t scheme, size_t year, size_t n,
                             double *const *normal, double *people)
{
    if (!any_changes_people(self, scheme, year)) {
        return;
    }
    for (size_t i = 0; i < n; i++) {
        people[i] *= factor_of_year(self, scheme, year, normal, i);
    }
}

double bg_scheme_mean_people_factor(const bg_demand *self, size_t scheme, size_t year)
{
    return any_changes_people(self, scheme, year) ? factor_of_year(self, scheme, year, NULL, 0) : 1;
}

/* ---- what is disallowed ---- */

static bool changes_disallowed(const bg_change *change, size_t scheme, size_t year)
{
    const bg_change_points *of = &change->disallowed;
    return change->scheme[scheme] && !change->off && change->months[year] != 0 &&
           (of->sigma > 0 || of->points != 0);
}

bool bg_scheme_disallowed_changes(const bg_demand *self, size_t scheme, size_t year)
{
    bool any = false;
    for (size_t j = 0; j < self->change_count; j++) {
        any = any || changes_disallowed(&self->change[j], scheme, year);
    }
    return any;
}

static double logistic(double x)
{
    return 1 / (1 + bg_exp(-x));
}

/* In full effect: of a change with that luck; without one, the mean. */
static double points_of(const bg_change_points *of, double base, const double *normal)
{
    if (of->sigma <= 0 || normal) {
        return of->sigma > 0 ? logistic(of->mu + of->sigma * *normal) - base : of->points;
    }
    double mean = 0;
    for (size_t i = 0; i < BG_NORMAL_NODES; i++) {
        const double z = bg_normal_node(i);
        mean += bg_normal_weight(z) * logistic(of->mu + of->sigma * z);
    }
    return mean - base;
}

static double share_of_year(const bg_demand *self, size_t scheme, size_t year,
                            double *const *normal, size_t future)
{
    const double base = (double)self->disallowed / (double)BG_ONE;
    double share = base;
    for (size_t j = 0; j < self->change_count; j++) {
        const bg_change *change = &self->change[j];
        if (changes_disallowed(change, scheme, year)) {
            const bool drawn = normal && !bg_change_is_sure(change);
            const double months = (double)count_months(change->months[year]) / 12;
            share += change->weight[year] * months *
                     points_of(&change->disallowed, base, drawn ? &normal[j][future] : NULL);
        }
    }
    return share < 0 ? 0 : share < 1 ? share : 1;
}

void bg_scheme_disallowed(const bg_demand *self, size_t scheme, size_t year, size_t n,
                          double *const *normal, bg_decimal *share)
{
    const bool changes = bg_scheme_disallowed_changes(self, scheme, year);
    for (size_t i = 0; i < n; i++) {
        share[i] =
            changes
                ? (bg_decimal)(share_of_year(self, scheme, year, normal, i) * (double)BG_ONE + 0.5)
                : self->disallowed;
    }
}
