/* The fund payment for one case, and for a month's cases together. README.md, "Cost". */
#ifndef BAOGAN_DEMAND_SEVERITY
#define BAOGAN_DEMAND_SEVERITY

#include <baogan/stream.h>
#include <stdbool.h>
#include <stdint.h>

/* Up to this many cases are drawn one by one; the sum of more is a gamma of the same mean and
 * variance. */
#define BG_SEVERITY_ONE_BY_ONE 32

/* lognormal_pareto: the share of cases in the tail, and the tail's index. */
#define BG_PARETO_SHARE  0.01
#define BG_PARETO_INDEX  3.0
#define BG_PARETO_NORMAL 2.3263478740408411009 /* quantile of the normal at 1 - BG_PARETO_SHARE */

/* In the order of the catalogue's choices. */
typedef enum bg_severity_kind {
    BG_SEVERITY_GAMMA,
    BG_SEVERITY_LOGNORMAL,
    BG_SEVERITY_LOGNORMAL_PARETO
} bg_severity_kind;

/* A distribution with mean 1. */
typedef struct bg_severity {
    bg_severity_kind kind;
    double cv;
    double location, sigma; /* of the logarithm (lognormal kinds) */
} bg_severity;

/* False where the kind cannot have this coefficient of variation. */
bool bg_severity_init(bg_severity *self, bg_severity_kind kind, double cv);
/* Coefficients of variation that lognormal_pareto can have. */
void bg_severity_pareto_range(double *lowest, double *highest);
/* Draws of the reference engine (severity_draw.c); those of the fast one: demand/case_total.h. */
/* One case, as a multiple of the mean. */
double bg_severity_draw(const bg_severity *self, bg_rng *rng);
/* `count` payments of mean 1 and squared coefficient of variation `variation` > 0 together: a gamma. */
double bg_gamma_total(bg_rng *rng, uint64_t count, double variation);
/* `count` cases together, as a multiple of the mean of one. */
double bg_severity_total(const bg_severity *self, bg_rng *rng, uint64_t count);

#endif
