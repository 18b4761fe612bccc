#include <baogan/pool.h>

#include "base/columns.h"

#include <string.h>

#define STRIP 128

/* Without income there is no balance to follow: figures that would say otherwise are not used. */
static void warn_unused(const bg_node *section, const char *key, bg_errors *errors)
{
    const bg_node *node = bg_node_child(section, key);
    if (node && !bg_node_is_standard(node)) {
        bg_errors_warn(errors, node->mark, node->path,
                       "This is not used, because income_per_head is not given and the pool is "
                       "hence not modelled.");
    }
}

bg_status bg_pool_read(const bg_scenario *scenario, const char *scheme, int first_year,
                       bg_pool *self, bg_errors *errors)
{
    *self = (bg_pool){.first_year = first_year};
    const bg_node *section = bg_node_child(bg_scenario_find(scenario, "pool"), scheme);
    const bg_node *income = bg_node_child(section, "income_per_head");
    if (!income) {
        warn_unused(section, "balance", errors);
        warn_unused(section, "outside_spending", errors);
        return BG_OK;
    }
    self->modelled = true;
    self->income_per_head = income->value.fen;
    self->growth = bg_node_decimal(section, "growth");
    self->opening = bg_node_fen(section, "balance");
    self->outside_spending = bg_node_child(section, "outside_spending");
    return BG_OK;
}

/* (1 + growth)^(year - first_year), each product rounded to 10^-12. */
static bg_status growth_factor(const bg_pool *self, int year, bg_decimal *factor)
{
    *factor = BG_ONE;
    bg_status status = BG_OK;
    for (int y = self->first_year; y < year && !status; y++) {
        status = bg_decimal_times(*factor, BG_ONE + self->growth, factor);
    }
    return status;
}

bg_status bg_pool_income(const bg_pool *self, int year, size_t n, const double *people,
                         bg_fen *income)
{
    bg_decimal factor;
    const bg_status status = growth_factor(self, year, &factor);
    if (status) {
        return status;
    }
    const bg_columns *columns = bg_columns_current();
    const bg_fen per_head = self->income_per_head;
    if (!columns->whole(n, people, income)) {
        return BG_RANGE;
    }
    if (!columns->all_within(n, income, 0, per_head ? INT64_MAX / per_head : INT64_MAX)) {
        return BG_OVERFLOW;
    }
    columns->scale(n, income, per_head, income);
    return bg_column_times(n, income, factor, income);
}

bg_fen bg_pool_outside_spending(const bg_pool *self, int year)
{
    const bg_node *node = bg_node_in_year(self->outside_spending, year);
    return node ? node->value.fen : 0;
}

/* The balances after the year, of which none is changed unless all fit. */
static bg_status advance(bg_fen outside, size_t n, const bg_fen *income, const bg_fen *movement,
                         bg_fen *balance)
{
    const bg_columns *columns = bg_columns_current();
    bg_fen sum[STRIP];
    const bool fits = columns->add_checked(n, balance, movement, sum) &&
                      (!income || columns->add_checked(n, sum, income, sum)) &&
                      columns->shift_checked(n, sum, -outside, sum);
    if (!fits) {
        return BG_OVERFLOW;
    }
    memcpy(balance, sum, n * sizeof *sum);
    return BG_OK;
}

bg_status bg_pool_advance(const bg_pool *self, int year, size_t n, const bg_fen *income,
                          const bg_fen *movement, bg_fen *balance)
{
    const bg_fen outside = bg_pool_outside_spending(self, year);
    bg_status status = BG_OK;
    for (size_t i = 0; i < n && !status; i += STRIP) {
        const size_t size = n - i < STRIP ? n - i : STRIP;
        status =
            advance(outside, size, self->modelled ? income + i : NULL, movement + i, balance + i);
    }
    return status;
}

bg_status bg_pool_spend(bg_fen amount, size_t n, bg_fen *balance)
{
    const bool fits =
        amount == 0 || bg_columns_current()->shift_checked(n, balance, -amount, balance);
    return fits ? BG_OK : BG_OVERFLOW;
}
