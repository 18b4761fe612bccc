#include <baogan/income_limit.h>

#include "base/columns.h"

#include <stdlib.h>

bg_status bg_income_limit(size_t n, bg_decimal ratio, const bg_fen *income, bg_fen outside_spending,
                          bg_fen *limit)
{
    const bg_columns *columns = bg_columns_current();
    if (!columns->shift_checked(n, income, -outside_spending, limit)) {
        return BG_OVERFLOW;
    }
    const bg_status status = bg_column_times(n, limit, ratio, limit);
    columns->gain(n, limit, limit);
    return status;
}

/* One future: its totals are gathered in `wanted`, and what each gets in `parts`. */
static bg_status share_one(bg_fen limit, size_t communities, bg_fen *const *total, size_t i,
                           bg_fen *wanted, bg_fen *parts)
{
    bg_fen sum = 0;
    bg_status status = BG_OK;
    for (size_t c = 0; c < communities && status == BG_OK; c++) {
        wanted[c] = total[c][i];
        status = bg_money_add(sum, wanted[c], &sum);
    }
    if (status != BG_OK || sum <= limit) {
        return status;
    }
    status = bg_money_split(limit, wanted, communities, parts);
    for (size_t c = 0; c < communities && status == BG_OK; c++) {
        total[c][i] = parts[c];
    }
    return status;
}

bg_status bg_income_limit_share(size_t n, const bg_fen *limit, size_t communities,
                                bg_fen *const *total)
{
    bg_fen *room = calloc(2 * communities, sizeof *room);
    bg_status status = room ? BG_OK : BG_MEMORY;
    for (size_t i = 0; i < n && status == BG_OK; i++) {
        status = share_one(limit[i], communities, total, i, room, room + communities);
    }
    free(room);
    return status;
}
