/* Jointly normal numbers that learn from measurements of some of them: the conjugate normal update, in closed form.
 *
 * With mean m and covariance C, a measurement y of number i with an independent error of variance r gives
 *
 *     m + C_i (y - m_i) / (C_ii + r)        C - C_i C_i' / (C_ii + r)        C_i: column i of C
 *
 * one measurement after another, in whatever order. Of one common deviation of variance V seen in k months, each with
 * an error of variance r, the mean of the measurements counts k V / (k V + r): Gelman et al., Bayesian Data Analysis,
 * 3rd ed., 2.5 and 3.5. The variances do not hang on what was measured, so that `gain` can be found beforehand. */
#ifndef BAOGAN_STATISTICS_NORMALS
#define BAOGAN_STATISTICS_NORMALS

#include <baogan/error.h>
#include <stddef.h>

typedef struct bg_normals {
    size_t n;
    double *mean;       /* [n] */
    double *covariance; /* [n][n] */
    /* [n][n]: by how much a mean rises for each unit that a measured number is above what it was expected to be at
     * first; a number is measured once */
    double *gain;
} bg_normals;

/* All zero: nothing is expected and nothing is unsure. BG_MEMORY; safe to free then, and twice. */
bg_status bg_normals_init(bg_normals *self, size_t n);
void bg_normals_free(bg_normals *self);
/* Takes over what `from`, of as many numbers, knows. */
void bg_normals_copy(bg_normals *self, const bg_normals *from);

/* Number i, not measured before, was measured. Of a number that is sure nothing is learned. */
void bg_normals_observe(bg_normals *self, size_t i, double measured, double variance);

#endif
