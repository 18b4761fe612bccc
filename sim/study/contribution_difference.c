#include "study/contribution_difference.h"

#include "base/columns.h"
#include "statistics/moments.h"
#include "study/messages.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A row of the reform and that of the base. */
typedef struct pair {
    const bg_contributions *reform, *base;
    size_t of_reform, of_base;
    bg_contributions *difference;
    bg_contribution *row;     /* of the difference */
    bg_fen *now, *loss, *sum; /* one column each */
} pair;

/* base->count where there is none */
static size_t counterpart(const bg_contributions *base, const bg_contribution *row)
{
    size_t i = 0;
    while (i < base->count &&
           (base->row[i].kind != row->kind || strcmp(base->row[i].name, row->name) != 0)) {
        i++;
    }
    return i;
}

static bool is_kept(const pair *self)
{
    return self->reform->row[self->of_reform].drawn && self->base->row[self->of_base].drawn;
}

static bg_effect *effect_of(const pair *self, size_t unit, size_t year, bg_effect_kind kind)
{
    const size_t years = self->difference->years + 1;
    return &self->row->effect[(unit * years + year) * BG_EFFECT_COUNT + (size_t)kind];
}

static double se_of(const pair *self, const bg_fen *column)
{
    bg_moments moments = {0};
    bg_moments_add(&moments, column, self->difference->futures);
    return bg_moments_se(&moments);
}

/* Fills a column with the difference of each future; what a side has none of is 0. */
static bg_status find_column(const pair *self, size_t unit, size_t year, bg_effect_kind kind,
                             bg_fen *column)
{
    const size_t n = self->difference->futures;
    const bg_fen *reform = bg_contributions_drawn(self->reform, self->of_reform, unit, year, kind);
    const bg_fen *base = bg_contributions_drawn(self->base, self->of_base, unit, year, kind);
    bg_column_fill(n, 0, column);
    bg_status status = reform ? bg_column_add(n, column, reform, column) : BG_OK;
    bg_first(&status, base ? bg_column_subtract(n, column, base, column) : BG_OK);
    return status;
}

/* ---- effects ---- */

static void subtract_means(const pair *self)
{
    const size_t count = self->difference->units * (self->difference->years + 1) * BG_EFFECT_COUNT;
    const bg_effect *reform = self->reform->row[self->of_reform].effect;
    const bg_effect *base = self->base->row[self->of_base].effect;
    for (size_t i = 0; i < count; i++) {
        self->row->effect[i] = (bg_effect){.mean = reform[i].mean - base[i].mean, .se = NAN};
    }
}

static bg_status find_errors(const pair *self, size_t unit, bg_effect_kind kind)
{
    const size_t years = self->difference->years, n = self->difference->futures;
    bg_status status = BG_OK;
    bg_column_fill(n, 0, self->sum);
    for (size_t year = 0; year < years; year++) {
        bg_first(&status, find_column(self, unit, year, kind, self->now));
        bg_first(&status, bg_column_add(n, self->sum, self->now, self->sum));
        effect_of(self, unit, year, kind)->se = se_of(self, self->now);
    }
    effect_of(self, unit, years, kind)->se = se_of(self, self->sum);
    return status;
}

/* ---- what it costs ---- */

static const bg_cost_year *cost_in(const bg_contributions *of, size_t row, size_t unit, size_t year)
{
    const bg_cost_year *cost = of->row[row].cost;
    return cost ? &cost[unit * of->years + year] : NULL;
}

static void subtract_outlays(const pair *self, size_t unit, size_t year, bg_cost_year *cost)
{
    const bg_cost_year *reform = cost_in(self->reform, self->of_reform, unit, year);
    const bg_cost_year *base = cost_in(self->base, self->of_base, unit, year);
    for (bg_outlay_payer payer = 0; payer < BG_OUTLAY_PAYERS; payer++) {
        cost->outlay[payer] =
            (reform ? reform->outlay[payer] : 0) - (base ? base->outlay[payer] : 0);
    }
}

/* Expense, or what the pool pays by sharing, less income. */
static bg_status find_loss(const pair *self, size_t unit, size_t year, bg_effect_kind kind)
{
    bg_status status = find_column(self, unit, year, kind, self->loss);
    bg_first(&status, find_column(self, unit, year, BG_EFFECT_INCOME, self->now));
    bg_first(&status,
             bg_column_subtract(self->difference->futures, self->loss, self->now, self->loss));
    return status;
}

static bg_status find_costs(const pair *self, size_t unit)
{
    const size_t years = self->difference->years, n = self->difference->futures;
    bg_status status = BG_OK;
    bg_column_fill(n, 0, self->sum);
    for (size_t year = 0; year < years; year++) {
        bg_cost_year *cost = &self->row->cost[unit * years + year];
        subtract_outlays(self, unit, year, cost);
        cost->se = cost->so_far_se = cost->pool_so_far_se = NAN;
        if (is_kept(self)) {
            bg_first(&status, find_loss(self, unit, year, BG_EFFECT_EXPENSE));
            bg_first(&status, bg_column_add(n, self->sum, self->loss, self->sum));
            cost->se = se_of(self, self->loss);
            cost->so_far_se = se_of(self, self->sum);
        }
    }
    return status;
}

static bg_status find_pool_errors(const pair *self, size_t unit)
{
    const size_t years = self->difference->years, n = self->difference->futures;
    bg_status status = BG_OK;
    bg_column_fill(n, 0, self->sum);
    for (size_t year = 0; year < years && is_kept(self); year++) {
        bg_first(&status, find_loss(self, unit, year, BG_EFFECT_POOL));
        bg_first(&status, bg_column_add(n, self->sum, self->loss, self->sum));
        self->row->cost[unit * years + year].pool_so_far_se = se_of(self, self->sum);
    }
    return status;
}

/* ---- rows ---- */

static bool make_row(pair *self, bool costs)
{
    const bg_contributions *of = self->difference;
    const bg_contribution *reform = &self->reform->row[self->of_reform];
    *self->row = (bg_contribution){.kind = reform->kind, .name = reform->name};
    self->row->effect =
        calloc(of->units * (of->years + 1) * BG_EFFECT_COUNT, sizeof *self->row->effect);
    self->row->cost = costs ? calloc(of->units * of->years, sizeof *self->row->cost) : NULL;
    return self->row->effect && (!costs || self->row->cost);
}

static bg_status fill_row(pair *self)
{
    bg_status status = BG_OK;
    subtract_means(self);
    for (size_t unit = 0; unit < self->difference->units; unit++) {
        for (bg_effect_kind kind = 0;
             is_kept(self) && kind < bg_contributions_kinds(self->difference); kind++) {
            bg_first(&status, find_errors(self, unit, kind));
        }
        if (self->row->cost) {
            bg_first(&status, find_costs(self, unit));
            bg_first(&status, find_pool_errors(self, unit));
        }
    }
    return status;
}

static bool has_cost(const bg_contributions *of)
{
    return of->row[0].cost;
}

static bg_status subtract_rows(pair *self)
{
    bg_contributions *difference = self->difference;
    const bool costs = has_cost(self->reform) || has_cost(self->base);
    bg_status status = BG_OK;
    for (size_t i = 0; i < self->reform->count && status == BG_OK; i++) {
        self->of_reform = i;
        self->of_base = counterpart(self->base, &self->reform->row[i]);
        if (self->of_base < self->base->count) {
            self->row = &difference->row[difference->count++];
            status = make_row(self, costs) ? fill_row(self) : BG_MEMORY;
        }
    }
    return status;
}

bg_status bg_contributions_subtract(const bg_contributions *reform, const bg_contributions *base,
                                    bg_contributions *difference, bg_errors *errors)
{
    *difference = (bg_contributions){.futures = reform->futures,
                                     .units = reform->units,
                                     .years = reform->years,
                                     .income = reform->income || base->income,
                                     .difference = true};
    if (reform->count == 0 || base->count == 0) {
        return BG_OK;
    }
    const size_t n = reform->futures;
    pair work = {.reform = reform, .base = base, .difference = difference};
    difference->row = calloc(reform->count, sizeof *difference->row);
    bg_fen *columns = calloc(3 * n, sizeof *columns);
    bg_status status = difference->row && columns ? BG_OK : BG_MEMORY;
    if (!status) {
        work.now = columns;
        work.loss = columns + n;
        work.sum = columns + 2 * n;
        status = subtract_rows(&work);
    }
    free(columns);
    if (status) {
        bg_contributions_free(difference);
    }
    return !status ? BG_OK
           : status == BG_OVERFLOW
               ? bg_errors_say(errors, status, BG_NOWHERE, NULL, BG_SAY(contributions_overflow))
               : bg_no_memory(errors);
}
