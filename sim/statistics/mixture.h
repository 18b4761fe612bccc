/* Mixtures of normal distributions: what is expected of a year, when neither its centre nor its spread is known.
 *
 * All is in closed form but the quantile, which is searched for. */
#ifndef BAOGAN_STATISTICS_MIXTURE
#define BAOGAN_STATISTICS_MIXTURE

#include <stddef.h>

#define BG_MIXTURE_PARTS 320

typedef struct bg_normal_part {
    double weight, mean, sd; /* sd above zero */
} bg_normal_part;

typedef struct bg_mixture {
    size_t count;
    bg_normal_part part[BG_MIXTURE_PARTS]; /* weights add up to 1 */
} bg_mixture;

double bg_mixture_mean(const bg_mixture *self);
double bg_mixture_sd(const bg_mixture *self);
/* P(X <= x). */
double bg_mixture_below(const bg_mixture *self, double x);
/* The x with P(X <= x) = p, 0 < p < 1, to about 1e-12 of the spread. */
double bg_mixture_quantile(const bg_mixture *self, double p);
/* The continuous ranked probability score of the outcome y, E|X - y| - E|X - X'| / 2: in the unit of y, lower is better.
 * Grimit, Gneiting, Berrocal, Johnson: Q. J. R. Meteorol. Soc. 132 (2006), 2925, eq. 5. */
double bg_mixture_crps(const bg_mixture *self, double y);

/* Student's t with `freedom` > 2 degrees of freedom as a mixture of normals about zero: how large a share `weight` of
 * draws has a variance of about `variance`. Each class holds its exact share and mean variance, so that the variance
 * is exact; quantiles from 1 to 99 % lie within 0.6 % of those of t. INFINITY is the normal: one class. */
#define BG_T_CLASSES 12
typedef struct bg_t_class {
    double weight, variance;
} bg_t_class;
size_t bg_t_classes(double freedom, bg_t_class classes[BG_T_CLASSES]);

#endif
