/* A budget year as it passes: what its first months say of the whole, in closed form.
 *
 * The logarithms of the months are jointly normal (month_prior.h). An amount K that is known of a month measures its
 * logarithm as ln(K / c), c being the share of it that is booked by then (run_off.h), with the error of that share; all
 * months are then what they are given the measurements (statistics/normals.h). Months that are booked in full are known.
 * The year is what is known plus a rest that is taken to be lognormal with its exact mean and variance
 * (statistics/lognormal.h).
 *
 * With one common deviation of the year of variance V and months of noise r, k months that lie d above expectation, in
 * logarithms, lift the rest by d k V / (k V + r). */
#ifndef BAOGAN_STUDY_WATCH
#define BAOGAN_STUDY_WATCH

#include "statistics/lognormal.h"
#include "study/month_prior.h"
#include "study/run_off.h"

/* All that does not hang on the amounts. */
typedef struct bg_watch {
    const bg_month_prior *prior;
    bg_run_off run_off;
    size_t units;    /* schemes, and all together where there are two */
    double *storage; /* of the month-ends */
} bg_watch;

/* The prior must outlive it. Free with bg_watch_free, also after failure. BG_MEMORY. */
bg_status bg_watch_init(bg_watch *self, const bg_month_prior *prior, const bg_run_off *run_off);
void bg_watch_free(bg_watch *self);

/* The year of each unit at the end of month `months`, 0 (nothing is known) to 12, where of month m of scheme s the amount
 * seen[s * 12 + m] in fen, above 0, is known by then; of later months it is not looked at. */
void bg_watch_look(const bg_watch *self, size_t months, const double *seen,
                   bg_lognormal year[BG_MAX_SCHEMES + 1]);

/* The same of what is paid from January to the end of month `until`, at least `months`. */
void bg_watch_look_until(const bg_watch *self, size_t months, const double *seen, size_t until,
                         bg_lognormal paid[BG_MAX_SCHEMES + 1]);

/* What is expected of month m (from 0) of a scheme then: that of a month that is booked in full is known. */
double bg_watch_month(const bg_watch *self, size_t months, const double *seen, size_t scheme,
                      size_t month);
/* By how much the logarithm of the months to come rises, on average by what is expected of them, for each unit by which
 * all months of all schemes so far lie above expectation: k V / (k V + r). 0 at the end of the year. */
double bg_watch_carried(const bg_watch *self, size_t months, size_t scheme);
#endif
