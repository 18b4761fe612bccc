/* How patients respond to what they pay themselves. README.md, "Patients". */
#ifndef BAOGAN_DEMAND_RESPONSE
#define BAOGAN_DEMAND_RESPONSE

#include "base/special.h"
#include "demand/normal_mean.h"

#include <stddef.h>
#include <stdint.h>

/* Elasticity to the price of a case: normal, and 0 where that is above. One draw a future. */
typedef struct bg_elasticity {
    double mean, sd;
    uint64_t key; /* stream */
} bg_elasticity;

/* A price is taken to rise or fall tenfold at most. */
#define BG_PRICE_REACH 10.0

/* Logarithm of the price of the same bill under new terms by that under the old: `ratio` times what the fund paid is
 * taken off patients, who paid `share` > 0 times that. */
static inline double bg_log_price(double ratio, double share)
{
    const double price = (1 + share - ratio) / share;
    const double above = price > 1 / BG_PRICE_REACH ? price : 1 / BG_PRICE_REACH;
    return bg_log_positive(above < BG_PRICE_REACH ? above : BG_PRICE_REACH);
}

static inline double bg_elasticity_drawn(const bg_elasticity *self, double z)
{
    const double drawn = self->mean + self->sd * z;
    return drawn < 0 ? drawn : 0;
}

/* Mean of what is drawn. */
static inline double bg_elasticity_mean(const bg_elasticity *self)
{
    if (self->sd <= 0) {
        return bg_elasticity_drawn(self, 0);
    }
    const double z = self->mean / self->sd;
    return self->mean * bg_normal_tails(-z).below -
           self->sd * bg_exp(-z * z / 2) * BG_INVERSE_ROOT_2_PI;
}

/* E exp(log_price elasticity). */
static inline double bg_elasticity_mean_factor(const bg_elasticity *self, double log_price)
{
    const double sd = self->sd, mean = self->mean;
    if (sd <= 0) {
        return bg_exp(log_price * bg_elasticity_drawn(self, 0));
    }
    const double tilted = mean + log_price * sd * sd;
    const double below = bg_exp(log_price * mean + log_price * log_price * sd * sd / 2) *
                         bg_normal_tails(-tilted / sd).below;
    return below + bg_normal_tails(-mean / sd).above;
}

/* What of the payments that a changed cap cuts off is paid again, for further visits of the line or for admissions. */
enum { BG_RETURN_VISITS, BG_RETURN_ADMISSIONS, BG_RETURNS };

/* A share whose logit is normal, about that of its median; no other than the median where that is 0 or 1. One draw a
 * future. */
typedef struct bg_cap_return {
    double median, sd; /* sd of the logit */
    uint64_t key;      /* stream */
} bg_cap_return;

static inline double bg_cap_return_drawn(const bg_cap_return *self, double z)
{
    return self->median / (self->median + (1 - self->median) * bg_exp(-self->sd * z));
}

static inline double bg_cap_return_mean(const bg_cap_return *self)
{
    double mean = 0;
    for (size_t i = 0; i < BG_NORMAL_NODES; i++) {
        const double z = bg_normal_node(i);
        mean += bg_normal_weight(z) * bg_cap_return_drawn(self, z);
    }
    return mean;
}

#endif
