/* Correlation matrices. README.md, "Years and their shocks". */
#ifndef BAOGAN_DEMAND_CORRELATION
#define BAOGAN_DEMAND_CORRELATION

#include <stddef.h>

/* How far, in a variance, a matrix may be from positive semi-definite: correlations are written with
 * a limited number of decimals. */
#define BG_CORRELATION_TOLERANCE 1e-9

/* Replaces the symmetric n x n matrix, of which only the lower triangle is read, by its lower
 * triangular root L, L L' = matrix, zeros above. A matrix that is singular has a root too. Returns n,
 * or the row at which the matrix turns out not to be positive semi-definite, which leaves it changed.
 * Cholesky's method, with nothing but + - x / and the square root, so that every machine gets the
 * same bits; a library's may add in another order. */
size_t bg_correlation_root(double *matrix, size_t n);

#endif
