/* What a scenario expects of the months of a budget year before any is known: amounts, and how unsure they are together.
 *
 * Means and covariances are those of futures in which no emergency and no surge begins by chance, of the trends that are
 * uncertain, the deviations of the year, people, measures and incidents alike; they are put on the logarithm as of
 * jointly lognormal amounts,
 *
 *     Cov(ln x, ln y) = ln(1 + Cov(x, y) / (E x E y))        E ln x = ln E x - Var(ln x) / 2
 *
 * A month of the books differs from that by bookings and chance besides: `month_noise`, the standard deviation of its
 * logarithm, independent from month to month, which leaves E x. */
#ifndef BAOGAN_STUDY_MONTH_PRIOR
#define BAOGAN_STUDY_MONTH_PRIOR

#include "statistics/normals.h"
#include "study/known_years.h"

#include <baogan/projection.h>

typedef struct bg_month_prior {
    size_t schemes;
    double noise;                    /* sd of the logarithm */
    double expected[BG_MOST_MONTHS]; /* [scheme][month] fen */
    bg_normals logs;                 /* of the same, noise included */
} bg_month_prior;

/* Years of the contract before the one that is watched, as far as their expense is known, are conditioned on: their totals
 * stand beside the months as jointly lognormal amounts and are measured without error.
 *
 * Draws simulation.replications futures, BG_PRIOR_FUTURES at most, by the fast engine; from now on no emergency begins
 * by chance in `model`. `year` is a budget year from 0. BG_INVALID where a month of a scheme is expected to be nothing.
 * Free with bg_month_prior_free, also after failure. */
bg_status bg_month_prior_find(const bg_model *model, size_t year, double noise,
                              const bg_known_years *known, bg_month_prior *self, bg_errors *errors);
void bg_month_prior_free(bg_month_prior *self);

/* Of amounts by [scheme][month] the sum over the months `from` to before `until` (from 0) of a scheme, or of all schemes
 * where the unit is their number. */
double bg_month_prior_sum(const bg_month_prior *self, size_t unit, const double *amounts,
                          size_t from, size_t until);

#define BG_PRIOR_FUTURES 10000

#endif
