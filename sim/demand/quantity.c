#include "demand/quantity.h"

#include "demand/drivers.h"

#include <math.h>
#include <string.h>

void bg_quantities_open(const bg_demand *demand, size_t n, const bg_quantity_columns *columns)
{
    for (size_t q = 0; q < demand->quantity_count; q++) {
        for (size_t i = 0; demand->quantity[q].kind.growth && i < n; i++) {
            columns->before[q][i] = demand->quantity[q].base;
        }
    }
}

void bg_quantities_begin(const bg_demand *demand, size_t n, const bg_quantity_columns *columns)
{
    for (size_t q = 0; q < demand->quantity_count; q++) {
        memset(columns->of[q], 0, n * sizeof(double));
        memset(columns->by[q], 0, n * sizeof(double));
    }
}

static bool counts_anywhere(const bg_demand *demand, size_t line)
{
    bool counts = false;
    for (size_t q = 0; q < demand->quantity_count; q++) {
        counts = counts || demand->quantity[q].counts[line];
    }
    return counts;
}

/* What a line brings in a spell. */
static void find_line(const bg_demand *demand, size_t line, const bg_drivers *drivers,
                      const bg_quantity_months *months, size_t n,
                      const bg_quantity_columns *columns)
{
    const double exposure = demand->line[line].exposure;
    const double usual_share = demand->line[line].patient_share;
    const double *restrict expected = drivers->cases[line], *restrict cost = drivers->cost[line];
    const double *restrict share = months->share, *restrict excess = months->excess;
    const double *restrict changed = drivers->patients[line];
    double *restrict cases = columns->cases, *restrict paid = columns->paid;
    double *restrict patients = columns->patients;
    for (size_t i = 0; i < n; i++) {
        cases[i] = expected[i] * share[i] * (1 + exposure * excess[i]);
        paid[i] = cases[i] * cost[i];
        patients[i] = paid[i] * (changed ? changed[i] : usual_share);
    }
}

static void add_weighted(size_t n, double weight, const double *restrict part, double *restrict sum)
{
    for (size_t i = 0; i < n; i++) {
        sum[i] += weight * part[i];
    }
}

/* Cases of the line at primary levels, where changes have moved some between levels. */
static void find_primary(const bg_drivers *drivers, size_t line, uint8_t levels, size_t n,
                         const bg_quantity_columns *columns)
{
    const double *restrict cases = columns->cases;
    double *restrict primary = columns->primary;
    memset(primary, 0, n * sizeof *primary);
    for (size_t k = 0; k < BG_MAX_LEVELS; k++) {
        const double *restrict share = drivers->mix[line][k][BG_FREQUENCY];
        for (size_t i = 0; (levels >> k & 1) && i < n; i++) {
            primary[i] += cases[i] * share[i];
        }
    }
}

static void add_to(bg_quantity_sum which, size_t n, double weight,
                   const bg_quantity_columns *columns, double *sum)
{
    switch (which) {
    case BG_SUM_CASES:
        add_weighted(n, weight, columns->cases, sum);
        break;
    case BG_SUM_PAID:
        add_weighted(n, weight, columns->paid, sum);
        break;
    case BG_SUM_BILLS:
        add_weighted(n, weight, columns->paid, sum);
        add_weighted(n, weight, columns->patients, sum);
        break;
    case BG_SUM_PATIENTS:
        add_weighted(n, weight, columns->patients, sum);
        break;
    case BG_SUM_PEOPLE: /* do not depend on the line */
        break;
    }
}

void bg_quantities_add(const bg_demand *demand, const bg_drivers *drivers,
                       const bg_quantity_months *months, size_t n,
                       const bg_quantity_columns *columns)
{
    for (size_t line = 0; line < demand->line_count; line++) {
        if (!counts_anywhere(demand, line)) {
            continue;
        }
        find_line(demand, line, drivers, months, n, columns);
        for (size_t q = 0; q < demand->quantity_count; q++) {
            const bg_quantity *quantity = &demand->quantity[q];
            if (!quantity->counts[line]) {
                continue;
            }
            if (quantity->primary[line] && drivers->mix[line][0][BG_FREQUENCY]) {
                find_primary(drivers, line, quantity->primary[line], n, columns);
                add_weighted(n, 1, columns->primary, columns->of[q]);
            } else {
                add_to(quantity->kind.of, n, quantity->weight[line], columns, columns->of[q]);
            }
            add_to(quantity->kind.by, n, 1, columns, columns->by[q]);
        }
    }
}

static void add_people(const bg_demand *demand, const bg_quantity *quantity, double *const *people,
                       size_t n, double *sum)
{
    for (size_t s = 0; s < demand->scheme_count; s++) {
        if (quantity->scheme[s]) {
            add_weighted(n, 1, people[s], sum);
        }
    }
}

static double ratio(double of, double by)
{
    return by > 0 ? of / by : NAN;
}

void bg_quantities_end(const bg_demand *demand, double *const *people, size_t n,
                       const bg_quantity_columns *columns, double *const *value)
{
    for (size_t q = 0; q < demand->quantity_count; q++) {
        const bg_quantity *quantity = &demand->quantity[q];
        const bg_quantity_kind *kind = &quantity->kind;
        const double *of = columns->of[q], *by = columns->by[q];
        if (kind->by == BG_SUM_PEOPLE) {
            add_people(demand, quantity, people, n, columns->by[q]);
        }
        for (size_t i = 0; kind->growth && i < n; i++) {
            const double now = ratio(of[i], by[i]);
            if (value) {
                value[q][i] = kind->scale * (ratio(now, columns->before[q][i]) - 1);
            }
            columns->before[q][i] = now;
        }
        for (size_t i = 0; !kind->growth && value && i < n; i++) {
            value[q][i] = kind->scale * ratio(of[i], by[i]);
        }
    }
}

void bg_quantity_future_init(bg_quantity_future *self)
{
    bg_quantity_columns *columns = &self->columns;
    for (size_t q = 0; q < BG_MAX_QUANTITIES; q++) {
        columns->of[q] = &self->of[q];
        columns->by[q] = &self->by[q];
        columns->before[q] = &self->before[q];
    }
    columns->cases = &self->cases;
    columns->paid = &self->paid;
    columns->patients = &self->patients;
    columns->primary = &self->primary;
}

void bg_quantities_store(const bg_demand *demand, const bg_quantity_future *from, size_t year,
                         bg_future *path)
{
    double *value[BG_MAX_QUANTITIES], *people[BG_MAX_SCHEMES] = {NULL};
    for (size_t s = 0; s < demand->scheme_count; s++) {
        people[s] = &path->people[BG_FUTURE_YEAR(path, s, year)];
    }
    for (size_t q = 0; q < demand->quantity_count; q++) {
        value[q] = &path->quantity[BG_FUTURE_YEAR(path, q, year)];
    }
    bg_quantities_end(demand, people, 1, &from->columns, value);
}
