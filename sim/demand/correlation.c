#include "demand/correlation.h"

#include <math.h>
#include <stdbool.h>

/* What is left of entry (i, j) when the columns before j have explained their part. */
static double left_of(const double *matrix, size_t n, size_t i, size_t j)
{
    double left = matrix[i * n + j];
    for (size_t k = 0; k < j; k++) {
        left -= matrix[i * n + k] * matrix[j * n + k];
    }
    return left;
}

/* Column j of the root. Where its own variance is used up, nothing may be left below it either: a
 * covariance is at most the root of the product of two variances. Returns the row that fails, or n.
 */
static size_t root_column(double *matrix, size_t n, size_t j)
{
    const double variance = left_of(matrix, n, j, j);
    if (variance < -BG_CORRELATION_TOLERANCE) {
        return j;
    }
    const bool used_up = variance < BG_CORRELATION_TOLERANCE / 1000;
    const double root = used_up ? 0 : sqrt(variance);
    for (size_t i = j + 1; i < n; i++) {
        const double left = left_of(matrix, n, i, j);
        if (used_up && fabs(left) > sqrt(BG_CORRELATION_TOLERANCE)) {
            return i;
        }
        matrix[i * n + j] = used_up ? 0 : left / root;
    }
    matrix[j * n + j] = root;
    return n;
}

size_t bg_correlation_root(double *matrix, size_t n)
{
    for (size_t j = 0; j < n; j++) {
        const size_t failing = root_column(matrix, n, j);
        if (failing < n) {
            return failing;
        }
        for (size_t i = 0; i < j; i++) {
            matrix[i * n + j] = 0;
        }
    }
    return n;
}
