/* Whether the reference engine, which draws by GSL's samplers and has nothing of the fast one, says the same.
 *
 * Compared are by unit and year the mean expense and the chances of over_budget and overspend. A
 * difference counts in its standard errors: of means sqrt(s1^2/n1 + s2^2/n2), of chances with the pooled
 * share p sqrt(p (1 - p) (1/n1 + 1/n2)), less half a future in each (Yates 1934). A chance of which neither
 * engine lets 30 of the fewer futures expect the event, or its absence, is left out. The engines agree
 * where no difference reaches the bound that Bonferroni sets for a false alarm in 1,000 checks. */
#ifndef BAOGAN_STUDY_CHECK
#define BAOGAN_STUDY_CHECK

#include <baogan/projection.h>

#define BG_CHECK_FUTURES     1000
#define BG_CHECK_FALSE_ALARM 0.001

typedef enum bg_check_kind {
    BG_CHECK_MEAN_EXPENSE,
    BG_CHECK_OVER_BUDGET,
    BG_CHECK_OVERSPEND,
    BG_CHECK_KIND_COUNT
} bg_check_kind;

const char *bg_check_kind_name(bg_check_kind kind); /* "mean(expense)", "p_over_budget", … */

#define BG_MOST_CHECKED ((BG_MAX_SCHEMES + 1) * BG_MAX_BUDGET_YEARS * BG_CHECK_KIND_COUNT)

typedef struct bg_checked {
    bg_check_kind kind;
    size_t unit, year;
    double value, reference; /* fen, or a share */
    double errors;           /* how far apart, in standard errors; never negative */
} bg_checked;

typedef struct bg_check {
    size_t futures; /* of the reference engine */
    size_t count;   /* 0: nothing was compared */
    bg_checked figure[BG_MOST_CHECKED];
    double bound, largest; /* of the standard errors */
    bool agrees;
} bg_check;

/* Of two projections of the same units and years, drawn independently. */
void bg_check_compare(const bg_projection *projection, const bg_projection *reference,
                      bg_check *self);

/* Compares a projection with BG_CHECK_FUTURES futures of the reference engine, of the scenario and with random
 * numbers of their own. Nothing is compared where that engine made the projection. Threads and stop of
 * the options count; statuses of bg_model_read and bg_projection_run. */
bg_status bg_check_run(const bg_scenario *scenario, const bg_projection *projection,
                       const bg_projection_options *options, bg_check *self, bg_errors *errors);

#endif
