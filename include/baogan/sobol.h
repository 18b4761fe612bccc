/* Variance-based sensitivity indices of a function of independent inputs (Sobol' 1993).
 *
 * With A and B two independent n x d samples of the unit cube and AB_i the sample A whose column i
 * is taken from B, the estimators are those of Jansen (1999), as recommended by Saltelli et al. (2010):
 *
 *   first-order  S_i = 1 - mean (f(B) - f(AB_i))^2 / (2 V)     the input alone
 *   total        T_i =     mean (f(A) - f(AB_i))^2 / (2 V)     the input with all its interactions
 *
 * V being the variance of f over A and B together. Intervals: percentiles of 1,000 bootstrap samples of
 * the rows, 95 %. A group of inputs is treated like one: AB_i takes all its columns from B. */
#ifndef BAOGAN_SOBOL_H
#define BAOGAN_SOBOL_H

#include <baogan/error.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Inputs up to which the points are Sobol' sequences (40 dimensions for A and B); beyond, they are
 * pseudo-random. */
#define BG_SOBOL_SEQUENCE_INPUTS 20

/* Fills a and b, n x inputs, row by row, with points strictly inside the unit cube. The sequence is
 * shifted at random (modulo 1) by `seed`. */
void bg_sobol_points(size_t n, size_t inputs, uint64_t seed, double *a, double *b);

/* Values of f: at A and B, and at AB_g of each group: ab[g * n + row]. */
typedef struct bg_sobol_values {
    size_t n, groups;
    const double *a, *b, *ab;
} bg_sobol_values;

typedef struct bg_sobol_index {
    double value, low, high;
    bool above_zero; /* the interval lies above zero: the index can be told from none */
} bg_sobol_index;

typedef struct bg_sobol_indices {
    double mean, variance;
    bg_sobol_index *first, *total; /* by group; owned */
} bg_sobol_indices;

/* From the first `rows` <= n rows (at least 2). A function that does not vary has indices of zero.
 * Free with bg_sobol_indices_free. */
bg_status bg_sobol_indices_compute(const bg_sobol_values *values, size_t rows, uint64_t seed,
                                   bg_sobol_indices *self);
void bg_sobol_indices_free(bg_sobol_indices *self);

/* What two groups g and h do together: the share of the variance that lies in terms with both of them, others too, which is
 * nothing where their effects add up (superset importance; Liu, Owen: J. Am. Stat. Assoc. 101 (2006), 712),
 *
 *   mean (f(A) - f(AB_g) - f(AB_h) + f(AB_gh))^2 / (4 V)
 *
 * with an interval as above, from n >= 2 rows of each. BG_MEMORY, else BG_OK. */
typedef struct bg_sobol_pair {
    size_t n;
    const double *a, *b, *ab_g, *ab_h, *ab_gh; /* b for the variance alone */
} bg_sobol_pair;

bg_status bg_sobol_together(const bg_sobol_pair *pair, uint64_t seed, bg_sobol_index *index);

#endif
