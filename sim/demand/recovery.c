#include "demand/recovery.h"

bool bg_demand_recovers(const bg_demand *self)
{
    bool recovers = false;
    for (size_t j = 0; j < self->change_count; j++) {
        recovers = recovers || bg_change_has_amount(&self->change[j].recoveries.amount);
    }
    return recovers;
}

/* `normal`: its luck, NULL where it is sure or where the mean is asked for. */
static double amount_of(const bg_change *change, const double *normal, size_t future)
{
    const bg_change_amount *amount = &change->recoveries.amount;
    return normal ? bg_change_amount_drawn(amount, normal[future]) : bg_change_amount_mean(amount);
}

static double recovered_in(const bg_demand *self, size_t scheme, size_t year, double *const *normal,
                           size_t future)
{
    double sum = 0;
    for (size_t j = 0; j < self->change_count; j++) {
        const bg_change *change = &self->change[j];
        const double part = change->recoveries.part[year] * change->recoveries.share[scheme];
        if (!change->off && part > 0) {
            sum += part * amount_of(change, normal ? normal[j] : NULL, future);
        }
    }
    return sum;
}

bg_status bg_recovered(const bg_demand *self, size_t scheme, size_t year, size_t n,
                       double *const *normal, bg_fen *recovered)
{
    for (size_t i = 0; i < n; i++) {
        const double sum = recovered_in(self, scheme, year, normal, i);
        if (!(sum <= BG_MONTH_LINE_MAX)) {
            return BG_OVERFLOW;
        }
        recovered[i] = (bg_fen)(sum + 0.5);
    }
    return BG_OK;
}
