/* A reform beside a base: two projections that share their random numbers, so that the difference
 * between them is the policy's effect and a reform that changes nothing differs by exactly zero.
 *
 * Intervals are of the difference: the replications are cut into 32 fixed batches of (nearly) equal
 * size, the difference is taken in each, and its 95 % interval is that of Student's t with 31 degrees of
 * freedom about the difference of all. Quantiles and probabilities are treated alike. Source: batch
 * means with common random numbers, Law: Simulation Modeling and Analysis, 5th ed., 2015, ch. 9-10. */
#ifndef BAOGAN_COMPARE_H
#define BAOGAN_COMPARE_H

#include <baogan/difference.h>
#include <baogan/projection.h>

/* Amounts in fen, probabilities as shares. The interval is difference -+ margin; a margin that the
 * number of replications cannot give is NaN. */
typedef struct bg_contrast {
    double base, reform, difference, margin;
} bg_contrast;

typedef struct bg_contrasts {
    bg_contrast mean, q10, median, q90;
    bg_contrast lowest; /* mean of the lowest twentieth of the draws */
} bg_contrasts;

/* Of n >= 1 paired draws. BG_MEMORY, else BG_OK. */
bg_status bg_contrast_draws(const bg_fen *base, const bg_fen *reform, size_t n,
                            bg_contrasts *result);
/* The share of draws that are above zero, or below it. */
bg_contrast bg_contrast_above(const bg_fen *base, const bg_fen *reform, size_t n);
bg_contrast bg_contrast_below(const bg_fen *base, const bg_fen *reform, size_t n);

/* Whether the two have the same years, schemes, replications and seed; else BG_INVALID and errors that
 * say what differs. */
bg_status bg_compare_check(const bg_model *base, const bg_model *reform, bg_errors *errors);

/* What of the same is not so, in both languages, and its key; NULL: nothing. */
const char *bg_compare_unlike(const bg_model *base, const bg_model *reform, const char **path);

/* How the changed keys lead from the base to the reform: what each group of keys contributes to the
 * mean of one outcome, of all schemes together, added up over the years (or, of balances, in the last
 * year). The contributions add up to the difference to the fen.
 *
 * Up to eight groups: Shapley values, the mean over all orders of changing them. More: one order, that of
 * the list. A group is one difference where that gives eight or fewer; else differences are put together
 * by section (budget.funds) or by chapter (budget). Groups that constrain each other, so that a scenario
 * with only some of them is not valid, are one. Source: Shapley (1953); Shorrocks, J. Econ. Inequal. 11 (2013). */
typedef struct bg_waterfall_bar {
    char *group;        /* "budget.growth", or the section that several differences share; owned */
    size_t differences; /* of the list that belong to it */
    bg_fen amount;
    double margin; /* 95 %, as above */
} bg_waterfall_bar;

typedef struct bg_waterfall {
    bg_waterfall_bar *bars;
    size_t count;
    bool in_order; /* more than eight groups: changed one after another */
    bg_fen base, reform;
} bg_waterfall;

/* Runs a projection for every mixture. `outcome` is a name as in bg_projection_outcome. Free with
 * bg_waterfall_free. */
bg_status bg_waterfall_compute(const bg_model *base, const bg_model *reform,
                               const bg_differences *differences, const char *outcome,
                               const bg_projection_options *options, bg_waterfall *self,
                               bg_errors *errors);
void bg_waterfall_free(bg_waterfall *self);

#endif
