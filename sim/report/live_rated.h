/* A rate in a row of its own, and amounts by it. */
#ifndef BAOGAN_REPORT_LIVE_RATED
#define BAOGAN_REPORT_LIVE_RATED

#include "report/live_rate.h"

/* Its value, and where its parts stand. */
typedef struct bg_live_rated {
    bg_decimal rate;
    const char *numerator, *of;
} bg_live_rated;

/* Adds the row. False where the rule cannot be worked out, or an amount of that size by it is not exact. */
bool bg_live_add_rate(bg_live_settling *self, const bg_node *node, const bg_live_grounds *grounds,
                      bg_fen amount, const char *what, bg_live_rated *to);
/* An amount by the rate, rounded once, as an expression. */
const char *bg_live_share_of(bg_live_settling *self, const char *amount, const bg_live_rated *rate);

#endif
