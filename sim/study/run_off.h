/* How much of a month's payments is known by then, and how sure that is: by the month-ends since the first at which
 * anything is known of it.
 *
 * From bookings it is the chain ladder over all months of care in the data, all series together. With A_l what was booked
 * of a month by the l-th month-end after the first, and sums over the months of which the next is known,
 *
 *     f_l = sum A_(l+1) / sum A_l        share_l = 1 / (f_l f_(l+1) ... f_last)
 *
 * beyond the last that is known of any month nothing more is taken to come. The variance of the logarithm of share_l is
 * the sum over j >= l of s_j^2 (1 + 1/n_j), s_j^2 being the variance of ln(A_(j+1) / A_j) over the n_j months (of one
 * month alone that of the month-end before, which is larger; where that is not known either, (f_j - 1)^2): Mack, ASTIN
 * Bulletin 23 (1993), 213, for the factors. */
#ifndef BAOGAN_STUDY_RUN_OFF
#define BAOGAN_STUDY_RUN_OFF

#include "study/observed.h"

#include <baogan/scenario.h>

enum { BG_RUN_OFF_MONTHS = 12 };

typedef struct bg_run_off {
    double share[BG_RUN_OFF_MONTHS], variance[BG_RUN_OFF_MONTHS];
} bg_run_off;

/* All is known in its month. */
bg_run_off bg_run_off_none(void);
/* By the shares of monitor.completion, whose missing part (1 - c) has that relative error: variance (error (1 - c) / c)^2. */
bg_run_off bg_run_off_given(const bg_node *shares, double error);
/* By the bookings of the data; `delay` months pass before anything is known of a month. */
bg_run_off bg_run_off_of(const bg_observed *data, size_t delay);

#endif
