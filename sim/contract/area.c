#include "contract/area.h"

#include "base/columns.h"
#include "projection/unit.h"
#include "projection/unit_simd.h"

#include <baogan/income_limit.h>
#include <stdlib.h>
#include <string.h>

struct bg_area_block {
    bg_parties parties;
    size_t n;
    bg_decimal ratio; /* of the income limit */
    bg_fen *balance[BG_MAX_SCHEMES];
    bg_fen *income, *movement, *limit;
    bg_fen *limited; /* [community][month][capacity] */
    bg_fen **wanted; /* [community]: the columns of one month */
    size_t capacity;
    bg_fen *fens; /* storage of the columns */
    bg_draws draws;
};

/* ---- storage ---- */

static bg_status init(bg_area_block *self, const bg_projection_options *options)
{
    const bg_model *whole = self->parties.whole;
    const size_t columns = BG_MAX_SCHEMES + 3 + 12 * self->parties.count;
    if (self->capacity > SIZE_MAX / sizeof(bg_fen) / columns) {
        return BG_MEMORY;
    }
    self->fens = calloc(columns * self->capacity, sizeof *self->fens);
    self->wanted = calloc(self->parties.count, sizeof *self->wanted);
    if (!self->fens || !self->wanted) {
        return BG_MEMORY;
    }
    bg_fen *next = self->fens;
    for (size_t s = 0; s < BG_MAX_SCHEMES; s++, next += self->capacity) {
        self->balance[s] = next;
    }
    self->income = next;
    self->movement = next + self->capacity;
    self->limit = next + 2 * self->capacity;
    self->limited = next + 3 * self->capacity;
    return bg_draws_init(&self->draws, whole, options, self->capacity);
}

bg_area_block *bg_area_block_new(const bg_parties *parties, const bg_projection_options *options,
                                 size_t capacity)
{
    bg_area_block *self = calloc(1, sizeof *self);
    if (!self) {
        return NULL;
    }
    self->parties = *parties;
    self->capacity = capacity;
    const bg_node *budget = bg_scenario_find(parties->whole->contract.scenario, "budget");
    self->ratio = bg_node_decimal(budget, "income_limit");
    if (init(self, options) != BG_OK) {
        bg_area_block_free(self);
        return NULL;
    }
    return self;
}

void bg_area_block_free(bg_area_block *self)
{
    if (self) {
        bg_draws_free(&self->draws);
        free(self->wanted);
        free(self->fens);
        free(self);
    }
}

bg_draws *bg_area_block_draws(bg_area_block *self)
{
    return &self->draws;
}

void bg_area_block_open(bg_area_block *self, size_t n)
{
    self->n = n;
    for (size_t s = 0; s < self->parties.whole->contract.history.scheme_count; s++) {
        bg_column_fill(n, self->parties.whole->contract.pool[s].opening, self->balance[s]);
    }
}

/* ---- the income limit ---- */

static bg_fen *limited_column(const bg_area_block *self, size_t community, size_t month)
{
    return self->limited + (12 * community + month) * self->capacity;
}

static bg_status find_limit(bg_area_block *self, const bg_pool *pool,
                            bg_scheme_block *const *member)
{
    const bg_fen outside = bg_pool_outside_spending(pool, member[0]->budget.year);
    bg_status status = BG_OK;
    bg_column_fill(self->n, 0, self->income);
    for (size_t c = 0; c < self->parties.count && status == BG_OK; c++) {
        status = bg_column_add(self->n, self->income, member[c]->income, self->income);
    }
    return status ? status
                  : bg_income_limit(self->n, self->ratio, self->income, outside, self->limit);
}

/* Whether any community's total changes at the beginning of the month. */
static bool changes(const bg_area_block *self, bg_scheme_block *const *member, size_t month)
{
    bool any = month == 0;
    for (size_t c = 0; c < self->parties.count && !any; c++) {
        const bg_scheme_block *block = member[c];
        any = bg_budget_changes(block->model->contract.terms[block->scheme], block->budget.year,
                                (int)month);
    }
    return any;
}

static bg_status limit_month(bg_area_block *self, bg_scheme_block *const *member, size_t month,
                             bg_errors *errors)
{
    bg_status status = BG_OK;
    for (size_t c = 0; c < self->parties.count && status == BG_OK; c++) {
        bg_scheme_block *block = member[c];
        self->wanted[c] = limited_column(self, c, month);
        block->budget.limited[month] = self->wanted[c];
        status = bg_budget_wanted(block->model->contract.terms[block->scheme], &block->budget,
                                  (int)month, self->wanted[c], errors);
    }
    if (status != BG_OK) {
        return status;
    }
    return bg_unit_too_large(
        bg_income_limit_share(self->n, self->limit, self->parties.count, self->wanted),
        member[0]->budget.year, errors);
}

bg_status bg_area_block_limit(bg_area_block *self, size_t scheme, bg_scheme_block *const *member,
                              bg_errors *errors)
{
    const bg_pool *pool = &self->parties.whole->contract.pool[scheme];
    if (!pool->modelled) {
        return BG_OK;
    }
    bg_status status =
        bg_unit_too_large(find_limit(self, pool, member), member[0]->budget.year, errors);
    for (size_t c = 0; c < self->parties.count; c++) {
        memset(member[c]->budget.limited, 0, sizeof member[c]->budget.limited);
    }
    for (size_t month = 0; month < 12 && status == BG_OK; month++) {
        if (changes(self, member, month)) {
            status = limit_month(self, member, month, errors);
        }
    }
    return status;
}

/* ---- the end of a year ---- */

/* What the settlements of all communities moved, and this year's income, into the pool. */
static bg_status advance_pool(bg_area_block *self, size_t scheme, bg_scheme_block *const *member)
{
    const bg_pool *pool = &self->parties.whole->contract.pool[scheme];
    bg_status status = BG_OK;
    bg_column_fill(self->n, 0, self->movement);
    bg_column_fill(self->n, 0, self->income);
    for (size_t c = 0; c < self->parties.count && status == BG_OK; c++) {
        const bg_scheme_block *block = member[c];
        const int account = bg_plan_account_index(block->model->contract.plan[scheme], "pool");
        status = bg_column_add(self->n, self->movement, block->settlement.account[account],
                               self->movement);
        status =
            status ? status : bg_column_add(self->n, self->income, block->income, self->income);
    }
    return status ? status
                  : bg_pool_advance(pool, member[0]->budget.year, self->n, self->income,
                                    self->movement, self->balance[scheme]);
}

static void store_pool(bg_area_block *self, size_t scheme, size_t year)
{
    bg_fen *balance = bg_draws_outcome(&self->draws, scheme, year, BG_OUTCOME_pool_balance);
    uint8_t *event = bg_draws_event(&self->draws, scheme, year);
    if (balance) {
        memcpy(balance, self->balance[scheme], self->n * sizeof *balance);
    }
    if (self->parties.whole->contract.pool[scheme].modelled) {
        BG_ISA_TABLE(bg_unit_kernels)
            ->below_zero(self->n, self->balance[scheme], 1 << BG_EVENT_pool_deficit, event);
    }
}

bg_status bg_area_block_close(bg_area_block *self, size_t scheme, size_t year,
                              bg_scheme_block *const *member, bg_draws *const *from,
                              bg_errors *errors)
{
    bg_status status = advance_pool(self, scheme, member);
    status = status ? status
                    : bg_unit_sum(&self->draws, scheme, year, self->n, from, self->parties.count);
    if (status == BG_OK) {
        store_pool(self, scheme, year);
        status = bg_unit_derive(&self->draws, scheme, year, self->n);
    }
    return bg_unit_too_large(status, member[0]->budget.year, errors);
}
