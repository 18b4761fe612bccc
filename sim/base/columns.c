#include "base/columns.h"

static int64_t common_factor(int64_t a, int64_t b)
{
    while (b) {
        const int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

bg_weights bg_weights_of(const int64_t *weight, size_t count)
{
    bg_weights self = {.count = count, .equal = true};
    int64_t factor = 0;
    for (size_t k = 0; k < count; k++) {
        factor = common_factor(weight[k], factor);
        self.equal = self.equal && weight[k] == weight[0];
    }
    factor = factor > 0 ? factor : 1;
    for (size_t k = 0; k < count; k++) {
        self.weight[k] = weight[k] / factor;
        self.sum += self.weight[k];
    }
    return self;
}

bg_status bg_column_times(size_t n, const bg_fen *amount, bg_decimal rate, bg_fen *product)
{
    const bg_columns *columns = bg_columns_current();
    if (rate >= 0 && columns->all_within(n, amount, 0, INT64_MAX / (rate / BG_ONE + 1))) {
        columns->share(n, amount, (bg_rates){&rate, 0}, product);
        return BG_OK;
    }
    bg_status status = BG_OK;
    for (size_t i = 0; i < n && !status; i++) {
        status = bg_money_times(amount[i], rate, &product[i]);
    }
    return status;
}
