/* Values in groups that share a mean each, of which the rest falls with the size of what they are of and has outliers:
 *
 *     value = mean of the group + e,   e ~ Student's t, scale^2 = a + b / size
 *
 * a, b and the degrees of freedom are those of the largest likelihood on a grid (of b's part, and of the freedom), the
 * scale and the means by the EM iteration of t regression: Lange, Little, Taylor: JASA 84 (1989), 881. Squares are
 * divided by what the means leave, and a scale of 3 % counts as two values more, so that few values do not say zero. */
#ifndef BAOGAN_STATISTICS_NOISE_BY_SIZE
#define BAOGAN_STATISTICS_NOISE_BY_SIZE

#include <stdbool.h>
#include <stddef.h>

typedef struct bg_sized_values {
    size_t count, groups;
    const double *value;
    const double *size;  /* above zero; NaN: not known, as if of the harmonic mean of all */
    const size_t *group; /* of each value, below `groups`; every group has one */
} bg_sized_values;

typedef struct bg_sized_noise {
    double constant, by_size; /* a, b */
    double freedom;           /* INFINITY: normal */
    double usual_size;        /* what stands for a size that is not known */
} bg_sized_noise;

/* Fills in the mean of each group and the variance of its error, of `groups` entries; these hold also where no group has
 * two values, and then there is no noise. False when out of memory. */
bool bg_sized_noise_fit(const bg_sized_values *data, bg_sized_noise *self, double *mean,
                        double *mean_variance);
/* The scale squared of what has that size; NaN: not known. */
double bg_sized_noise_scale(const bg_sized_noise *self, double size);
/* The variance of t over its scale squared. */
double bg_sized_noise_widening(const bg_sized_noise *self);

#endif
