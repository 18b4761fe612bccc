#include "contract/area.h"

#include "base/columns.h"
#include "base/storage.h"

#include <baogan/income_limit.h>
#include <stdlib.h>
#include <string.h>

enum { MONTHS = 12 };

static void lay_out(void *owner, bg_storage *from)
{
    bg_area_pool *self = owner;
    for (size_t s = 0; s < BG_MAX_SCHEMES; s++) {
        self->balance[s] = bg_storage_column(from, self->capacity, sizeof(bg_fen));
    }
    self->income = bg_storage_column(from, self->capacity, sizeof(bg_fen));
    self->movement = bg_storage_column(from, self->capacity, sizeof(bg_fen));
    self->limit = bg_storage_column(from, self->capacity, sizeof(bg_fen));
    self->limited =
        bg_storage_column(from, MONTHS * self->communities * self->capacity, sizeof(bg_fen));
    self->size = from->used;
}

bg_status bg_area_pool_init(bg_area_pool *self, const bg_contract *whole, size_t communities,
                            size_t capacity)
{
    const bg_node *budget = bg_scenario_find(whole->scenario, "budget");
    *self = (bg_area_pool){.contract = whole,
                           .communities = communities,
                           .capacity = capacity,
                           .ratio = bg_node_decimal(budget, "income_limit")};
    self->wanted = calloc(communities, sizeof *self->wanted);
    self->storage = self->wanted ? bg_storage_make(self, lay_out) : NULL;
    return self->storage ? BG_OK : BG_MEMORY;
}

void bg_area_pool_free(bg_area_pool *self)
{
    free(self->wanted);
    free(self->storage);
    *self = (bg_area_pool){0};
}

void bg_area_pool_open(bg_area_pool *self, size_t n)
{
    self->n = n;
    for (size_t s = 0; s < self->contract->history.scheme_count; s++) {
        bg_column_fill(n, self->contract->pool[s].opening, self->balance[s]);
    }
}

/* The communities' years are of one scheme and calendar year. */
static const bg_pool *pool_of(const bg_area_pool *self, bg_years *const *member)
{
    return &self->contract->pool[member[0]->scheme];
}

static bg_status too_large(bg_years *const *member, bg_status status, bg_errors *errors)
{
    return bg_sums_too_large(member[0]->budget.year, status, errors);
}

static bg_fen *limited_column(const bg_area_pool *self, size_t community, size_t month)
{
    return self->limited + (MONTHS * community + month) * self->capacity;
}

/* What the people of all communities bring in, and interest on the balance before the year. */
static bg_status find_income(bg_area_pool *self, const bg_pool *pool, bg_years *const *member)
{
    bg_status status = BG_OK;
    bg_column_fill(self->n, 0, self->income);
    for (size_t c = 0; c < self->communities && status == BG_OK; c++) {
        status = bg_column_add(self->n, self->income, member[c]->income, self->income);
    }
    return status ? status
                  : bg_pool_add_interest(pool, self->n, self->balance[member[0]->scheme],
                                         self->income);
}

static bg_status find_limit(bg_area_pool *self, const bg_pool *pool, bg_years *const *member)
{
    const bg_fen outside = bg_pool_outside_spending(pool, member[0]->budget.year);
    const bg_status status = find_income(self, pool, member);
    return status ? status
                  : bg_income_limit(self->n, self->ratio, self->income, outside, self->limit);
}

/* Whether any community's total changes at the beginning of the month. */
static bool changes(const bg_area_pool *self, bg_years *const *member, size_t month)
{
    bool any = month == 0;
    for (size_t c = 0; c < self->communities && !any; c++) {
        const bg_years *years = member[c];
        any = bg_budget_changes(years->contract->terms[years->scheme], years->budget.year,
                                (int)month);
    }
    return any;
}

static bg_status limit_month(bg_area_pool *self, bg_years *const *member, size_t month,
                             bg_errors *errors)
{
    bg_status status = BG_OK;
    for (size_t c = 0; c < self->communities && status == BG_OK; c++) {
        bg_years *years = member[c];
        self->wanted[c] = limited_column(self, c, month);
        years->budget.limited[month] = self->wanted[c];
        status = bg_budget_wanted(years->contract->terms[years->scheme], &years->budget, (int)month,
                                  self->wanted[c], errors);
    }
    if (status != BG_OK) {
        return status;
    }
    return too_large(member,
                     bg_income_limit_share(self->n, self->limit, self->communities, self->wanted),
                     errors);
}

bg_status bg_area_pool_limit(bg_area_pool *self, bg_years *const *member, bg_errors *errors)
{
    const bg_pool *pool = pool_of(self, member);
    if (!pool->modelled) {
        return BG_OK;
    }
    bg_status status = too_large(member, find_limit(self, pool, member), errors);
    for (size_t c = 0; c < self->communities; c++) {
        memset(member[c]->budget.limited, 0, sizeof member[c]->budget.limited);
    }
    for (size_t month = 0; month < MONTHS && status == BG_OK; month++) {
        if (changes(self, member, month)) {
            status = limit_month(self, member, month, errors);
        }
    }
    return status;
}

static bg_status add_up(bg_area_pool *self, bg_years *const *member)
{
    bg_status status = find_income(self, pool_of(self, member), member);
    bg_column_fill(self->n, 0, self->movement);
    for (size_t c = 0; c < self->communities && status == BG_OK; c++) {
        const bg_years *years = member[c];
        const int account = bg_plan_account_index(years->contract->plan[years->scheme], "pool");
        status = bg_column_add(self->n, self->movement, years->settlement.account[account],
                               self->movement);
    }
    return status;
}

bg_status bg_area_pool_close(bg_area_pool *self, bg_years *const *member, bg_errors *errors)
{
    const bg_years *any = member[0];
    bg_status status = add_up(self, member);
    status = status ? status
                    : bg_pool_advance(pool_of(self, member), any->budget.year, self->n,
                                      self->income, self->movement, self->balance[any->scheme]);
    for (size_t c = 0; c < self->communities && status == BG_OK; c++) {
        status = bg_years_pool_beside(member[c], self->balance[any->scheme]);
        bg_first(&status, bg_years_recover(member[c], self->income));
    }
    return too_large(member, status, errors);
}
