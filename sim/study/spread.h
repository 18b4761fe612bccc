/* Distributions that inputs of a study are drawn from: a quantile function each, cut off at both ends. */
#ifndef BAOGAN_STUDY_SPREAD
#define BAOGAN_STUDY_SPREAD

#include <stdbool.h>

/* In the order of the choices of sweep.axes[].distribution. */
typedef enum bg_spread_kind {
    BG_SPREAD_UNIFORM,
    BG_SPREAD_LOG_UNIFORM,
    BG_SPREAD_NORMAL,
    BG_SPREAD_LOGNORMAL,
    BG_SPREAD_TRIANGULAR,
    BG_SPREAD_PERT,
    BG_SPREAD_BETA
} bg_spread_kind;

typedef struct bg_spread {
    bg_spread_kind kind;
    double low, high; /* may be infinite where a mean and sd are used */
    double mean, sd;  /* normal, lognormal: of the value itself, before it is cut off; beta */
    double mode;      /* triangular, PERT */
    double below,
        within; /* private: probabilities below `low`, and between the ends; of a beta its shapes */
} bg_spread;

/* A beta distribution lies between the ends with shapes alpha and beta; that of a PERT has 1 + 4 (mode - low) / (high - low) and
 * 1 + 4 (high - mode) / (high - low), and so the mean (low + 4 mode + high) / 6 (Malcolm, Roseboom, Clark, Fazar: Oper. Res. 7
 * (1959), 646; Vose: Risk Analysis, 3rd ed., 2008). */

/* The mean and sd of a normal or lognormal distribution with these quantiles; p10 < p90, of a lognormal above zero. */
void bg_spread_between(bg_spread *self, double p10, double p90);

/* Checks the parameters and prepares the quantiles. NULL, or what is wrong, as a BG_BOTH (base/say.h). */
const char *bg_spread_prepare(bg_spread *self);
/* The value below which the share u of the cut-off distribution lies; 0 < u < 1. */
double bg_spread_at(const bg_spread *self, double u);

#endif
