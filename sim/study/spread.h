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
    BG_SPREAD_TRIANGULAR
} bg_spread_kind;

typedef struct bg_spread {
    bg_spread_kind kind;
    double low, high;     /* may be infinite where a mean and sd are used */
    double mean, sd;      /* normal, lognormal: of the value itself, before it is cut off */
    double mode;          /* triangular */
    double below, within; /* private: probabilities below `low`, and between the ends */
} bg_spread;

/* Checks the parameters and prepares the quantiles. NULL, or what is wrong, as a BG_BOTH (base/say.h). */
const char *bg_spread_prepare(bg_spread *self);
/* The value below which the share u of the cut-off distribution lies; 0 < u < 1. */
double bg_spread_at(const bg_spread *self, double u);

#endif
