#include "study/pool_year.h"

#include "base/columns.h"

#include <stdlib.h>

enum { MONTHS = 12 };

/* A column of futures each. */
typedef struct columns {
    const bg_pool *pool;
    size_t n;
    const bg_fen *income, *before, *balance; /* before: NULL in the first year */
    bg_fen *surplus, *spent, *months, *scratch;
    bg_fen *storage;
} columns;

const char *bg_pool_chance_name(bg_pool_chance chance)
{
    static const char *const names[] = {"p_deficit", "p_debt", "p_surplus_beyond",
                                        "p_balance_beyond"};
    return names[chance];
}

static bg_status open_columns(columns *self)
{
    self->storage = calloc(4 * self->n, sizeof *self->storage);
    if (!self->storage) {
        return BG_MEMORY;
    }
    self->surplus = self->storage;
    self->spent = self->surplus + self->n;
    self->months = self->spent + self->n;
    self->scratch = self->months + self->n;
    return BG_OK;
}

static bg_status find_flows(const columns *self)
{
    bg_column_fill(self->n, self->pool->opening, self->surplus);
    bg_status status = bg_column_subtract(
        self->n, self->balance, self->before ? self->before : self->surplus, self->surplus);
    return status ? status : bg_column_subtract(self->n, self->income, self->surplus, self->spent);
}

/* Rounded half up; cut at the most. */
static int64_t months_of(bg_fen balance, bg_fen spent)
{
    const bg_wide most = (bg_wide)BG_MOST_MONTHS * BG_MONTH_OF_RESERVE;
    const bg_wide scaled = (bg_wide)balance * 2 * MONTHS * BG_MONTH_OF_RESERVE;
    if (spent <= 0) {
        return (int64_t)(balance > 0 ? most : balance < 0 ? -most : 0);
    }
    const bg_wide halves = scaled + spent, whole = 2 * (bg_wide)spent;
    const bg_wide months = halves / whole - (halves % whole < 0);
    return (int64_t)(months > most ? most : months < -most ? -most : months);
}

/* part > bound * whole, exactly */
static bool is_beyond(bg_fen part, bg_decimal bound, bg_fen whole)
{
    return (bg_wide)part * BG_ONE > (bg_wide)whole * bound;
}

static void count(const columns *self, bg_pool_year *year)
{
    size_t hits[BG_POOL_CHANCE_COUNT] = {0};
    for (size_t i = 0; i < self->n; i++) {
        hits[BG_POOL_DEFICIT] += self->surplus[i] < 0;
        hits[BG_POOL_DEBT] += self->balance[i] < 0;
        hits[BG_POOL_SURPLUS_BEYOND] +=
            is_beyond(self->surplus[i], self->pool->surplus_bound, self->income[i]);
        hits[BG_POOL_BALANCE_BEYOND] +=
            is_beyond(self->balance[i], self->pool->balance_bound, self->income[i]);
        self->months[i] = months_of(self->balance[i], self->spent[i]);
    }
    for (bg_pool_chance chance = 0; chance < BG_POOL_CHANCE_COUNT; chance++) {
        year->chance[chance] = bg_probability_compute(hits[chance], self->n);
    }
}

static void describe(const columns *self, bg_pool_year *year)
{
    const struct {
        const bg_fen *column;
        bg_statistics *statistics;
    } rows[] = {{self->income, &year->income},
                {self->spent, &year->spent},
                {self->surplus, &year->surplus},
                {self->balance, &year->balance},
                {self->months, &year->months}};
    count(self, year);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        bg_statistics_compute(rows[i].column, self->n, self->scratch, rows[i].statistics);
    }
}

bg_status bg_pool_year_find(const bg_model *model, const bg_projection *projection, size_t scheme,
                            size_t year, bg_pool_year *self)
{
    *self = (bg_pool_year){.known = false};
    columns of = {.pool = &model->contract.pool[scheme],
                  .n = bg_projection_replications(projection),
                  .income = bg_projection_draws(projection, scheme, year, BG_OUTCOME_income),
                  .balance = bg_projection_draws(projection, scheme, year, BG_OUTCOME_pool_balance),
                  .before = year > 0 ? bg_projection_draws(projection, scheme, year - 1,
                                                           BG_OUTCOME_pool_balance)
                                     : NULL};
    if (!of.pool->modelled || !of.income || !of.balance) {
        return BG_OK;
    }
    if (open_columns(&of)) {
        return BG_MEMORY;
    }
    self->known = find_flows(&of) == BG_OK;
    if (self->known) {
        describe(&of, self);
    }
    free(of.storage);
    return BG_OK;
}

bg_status bg_pool_years_find(const bg_model *model, const bg_projection *projection,
                             bg_pool_years *self)
{
    const size_t schemes = model->contract.history.scheme_count;
    self->years = bg_projection_year_count(projection);
    self->year = calloc(schemes * self->years, sizeof *self->year);
    bg_status status = self->year ? BG_OK : BG_MEMORY;
    for (size_t i = 0; i < schemes * self->years && !status; i++) {
        status =
            bg_pool_year_find(model, projection, i / self->years, i % self->years, &self->year[i]);
    }
    return status;
}

void bg_pool_years_free(bg_pool_years *self)
{
    free(self->year);
    *self = (bg_pool_years){0};
}

const bg_pool_year *bg_pool_years_at(const bg_pool_years *self, size_t scheme, size_t year)
{
    return &self->year[scheme * self->years + year];
}
