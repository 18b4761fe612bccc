/* Exact distributions by Fourier series of their characteristic functions, to judge approximations
 * without sampling: distribution function against distribution function. */
#ifndef BAOGAN_TESTS_SUPPORT_FOURIER
#define BAOGAN_TESTS_SUPPORT_FOURIER

#include <complex.h>
#include <stddef.h>

/* A sum of n payments: n Poisson with that mean, or with a gamma mean whose variance is `excess` times
 * it; payments gamma with that mean and coefficient of variation. */
typedef struct compound {
    double cases, excess, cost, cv;
} compound;

double complex compound_characteristic(const compound *self, double frequency);
/* What |characteristic| stays below from this frequency on. */
double compound_bound(const compound *self, double frequency);
void compound_cumulants(const compound *self, double cumulant[4]);

/* A distribution by its characteristic function. */
typedef struct characteristic {
    double complex (*at)(const void *context, double frequency);
    double (*bound)(const void *context, double frequency);
    const void *context;
} characteristic;

/* P(X <= x). */
double fourier_distribution(const characteristic *of, double x, double low, double high);

/* Largest difference of two distribution functions, both of which lie within [low, high] but for what
 * is neglected, over a grid of points; 1 where the series does not end. */
double fourier_distance(const characteristic *a, const characteristic *b, double low, double high);

#endif
