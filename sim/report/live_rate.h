/* Rates of a settlement as whole numerators over one whole denominator. */
#ifndef BAOGAN_REPORT_LIVE_RATE
#define BAOGAN_REPORT_LIVE_RATE

#include "report/live_step.h"
#include "settlement/rate.h"

/* What a rate is worked out from. */
typedef struct bg_live_grounds {
    const bg_plan *plan;
    int year;
    bg_decimal score;
    const char *score_is; /* where it stands */
    const bg_settlement_block *block;
    const char *const *input; /* where each stands; NULL: nowhere */
} bg_live_grounds;

bg_live_grounds bg_live_grounds_of(const bg_live_settling *self);

/* The rate itself; false where it is none. */
bool bg_live_rate_at(const bg_rate_rule *rule, const bg_live_grounds *grounds, bg_decimal *rate);

/* Makes *of a multiple of what a rate, and all that it may be at another score, needs to be whole over it; of a decimal
 * likewise. False where points come from an input, no year holds, or it would become too large. Begin with 1, or with 100 for
 * numerators in per cent. */
bool bg_live_rate_over(const bg_rate_rule *rule, const bg_live_grounds *grounds, int64_t *of);
bool bg_live_decimal_over(bg_decimal value, int64_t *of);

/* The numerator over such a denominator, which must fit. */
int64_t bg_live_numerator(bg_decimal value, int64_t of);
/* The same of a rate with its formula, a number where it hangs on nothing, which the sheet keeps. */
bg_cell bg_live_rate_cell(bg_sheet *sheet, const bg_rate_rule *rule, const bg_live_grounds *grounds,
                          int64_t of);

#endif
