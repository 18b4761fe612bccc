#include <baogan/pool.h>

#include "base/columns.h"

#include <string.h>

#define STRIP 128

/* The interest of one strip. */
static bg_status add_interest(bg_decimal rate, size_t n, const bg_fen *balance, bg_fen *income)
{
    const bg_columns *columns = bg_columns_current();
    bg_fen interest[STRIP];
    columns->gain(n, balance, interest);
    const bg_status status = bg_column_times(n, interest, rate, interest);
    return status ? status : bg_column_add(n, income, interest, income);
}

bg_status bg_pool_add_interest(const bg_pool *self, size_t n, const bg_fen *balance, bg_fen *income)
{
    bg_status status = BG_OK;
    for (size_t i = 0; self->interest > 0 && i < n && !status; i += STRIP) {
        const size_t size = n - i < STRIP ? n - i : STRIP;
        status = add_interest(self->interest, size, balance + i, income + i);
    }
    return status;
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
