#include "contract/pool_quantities.h"

#include "base/columns.h"
#include "contract/messages.h"

#include <string.h>

enum { MONTHS = 12 };

static const bg_plan *plan_of(const bg_years *years)
{
    return years->contract->plan[years->scheme];
}

/* Income less what is spent outside the contracts, on measures and on care; what is got back is added. */
static bg_status find_surplus(const bg_pool_at_work *self, bg_years *const *member, size_t count,
                              bg_fen *surplus)
{
    const size_t n = member[0]->n;
    memcpy(surplus, self->income, n * sizeof *surplus);
    bg_status status =
        bg_pool_spend(bg_pool_outside_spending(self->pool, member[0]->budget.year), n, surplus);
    for (size_t c = 0; c < count && status == BG_OK; c++) {
        const bg_fen *expense = member[c]->settlement.input[BG_INPUT_expense];
        status = bg_column_subtract(n, surplus, expense, surplus);
        status = status ? status : bg_years_pool_beside(member[c], surplus);
    }
    return status;
}

/* part / whole * scale in steps of 10^-12, away from zero, so that nothing but zero counts as zero; as far as it
 * can be held. */
static bg_decimal ratio(bg_fen part, int scale, bg_fen whole)
{
    const bg_wide scaled = (bg_wide)part * BG_ONE * scale;
    const bg_wide steps = scaled / whole, rest = scaled % whole;
    const bg_wide away = steps + (rest > 0) - (rest < 0);
    return away > INT64_MAX ? INT64_MAX : away < -INT64_MAX ? -INT64_MAX : (bg_decimal)away;
}

/* Of a unit from its surplus and its income; none where that is divided by nothing. */
static bool find_quantity(bg_pool_quantity quantity, bg_fen surplus, bg_fen balance, bg_fen income,
                          int64_t *value)
{
    const bool of_balance = quantity == BG_POOL_BALANCE || quantity == BG_POOL_BALANCE_RATE ||
                            quantity == BG_POOL_MONTHS;
    const bool of_money = quantity == BG_POOL_SURPLUS || quantity == BG_POOL_BALANCE;
    const bg_fen part = of_balance ? balance : surplus;
    const bg_fen whole = quantity == BG_POOL_MONTHS ? income - surplus : income;
    if (of_money) {
        *value = part;
        return true;
    }
    *value = whole > 0 ? ratio(part, quantity == BG_POOL_MONTHS ? MONTHS : 1, whole) : 0;
    return whole > 0;
}

/* Turns the column of surpluses into the quantity. */
static bg_status derive(const bg_pool_at_work *self, bg_pool_quantity quantity, size_t n,
                        int64_t *column, int64_t *given)
{
    for (size_t i = 0; i < n; i++) {
        bg_fen balance;
        const bg_fen surplus = column[i];
        if (bg_money_add(self->balance[i], surplus, &balance) != BG_OK) {
            return BG_OVERFLOW;
        }
        given[i] = find_quantity(quantity, surplus, balance, self->income[i], &column[i]);
    }
    return BG_OK;
}

static bg_status enter(const bg_pool_at_work *self, size_t input, bg_years *const *member,
                       size_t count)
{
    const bg_settlement_block *first = &member[0]->settlement;
    const size_t size = member[0]->n * sizeof(int64_t);
    const bg_pool_quantity quantity = bg_plan_input(plan_of(member[0]), input)->pool;
    bg_status status = find_surplus(self, member, count, first->input[input]);
    status = status
                 ? status
                 : derive(self, quantity, member[0]->n, first->input[input], first->given[input]);
    for (size_t c = 1; c < count && status == BG_OK; c++) {
        memcpy(member[c]->settlement.input[input], first->input[input], size);
        memcpy(member[c]->settlement.given[input], first->given[input], size);
    }
    return status;
}

bg_status bg_pool_quantities_enter(const bg_pool_at_work *self, bg_years *const *member,
                                   size_t count)
{
    const bg_plan *plan = plan_of(member[0]);
    bg_status status = BG_OK;
    for (size_t i = BG_INPUT_COUNT; i < bg_plan_input_count(plan) && self->pool->modelled; i++) {
        if (bg_plan_input(plan, i)->pool && status == BG_OK) {
            status = enter(self, i, member, count);
        }
    }
    return status;
}

bg_status bg_pool_quantities_check(const bg_contract *member, size_t scheme, const bg_pool *pool,
                                   bg_errors *errors)
{
    const bg_plan *plan = member->plan[scheme];
    bg_status status = BG_OK;
    for (size_t i = BG_INPUT_COUNT; i < bg_plan_input_count(plan) && !pool->modelled; i++) {
        const bg_named_input *input = bg_plan_input(plan, i);
        if (input->pool) {
            const bg_node *node =
                bg_node_child(bg_scenario_find(member->scenario, "inputs"), input->name);
            bg_first(&status, bg_errors_say(errors, BG_MISSING, node->mark, node->path,
                                            BG_SAY(pool_quantity_without_income), input->name,
                                            member->history.scheme[scheme].name));
        }
    }
    return status;
}
