/* The normal distribution and the incomplete gamma and beta functions, without the C library but for sqrt: with the
 * same bits on every machine with IEEE 754 arithmetic, as long as the compiler does not contract to fused
 * multiply-add (-ffp-contract=off). Arguments and results are numbers, not NaN. */
#ifndef BAOGAN_BASE_SPECIAL
#define BAOGAN_BASE_SPECIAL

#include "base/elementary.h"

/* Quantile of the standard normal at 0.9. */
#define BG_P90_NORMAL 1.2815515655446004

/* A probability and its complement, both to a relative error of about 1e-14. */
typedef struct bg_tails {
    double below, above;
} bg_tails;

/* ln(1 + x) for x > -1, and exp(x) - 1; both precise where x is small. */
double bg_log1p(double x);
double bg_expm1(double x);

#define BG_INVERSE_ROOT_2_PI 0.39894228040143267794

/* Density of the standard normal. */
static inline double bg_normal_density(double z)
{
    return bg_exp(-z * z / 2) * BG_INVERSE_ROOT_2_PI;
}

/* Distribution function of the standard normal, to about 1e-15 of itself where z > -5 and z^2 times 1e-16
 * below; any z, infinite ones too. */
double bg_normal_below(double z);
/* P(Z <= z) and P(Z > z). */
bg_tails bg_normal_tails(double z);

/* The z with P(Z <= z) = p, to 5 ulp; infinite for 0 and 1, no number outside. -bg_normal_quantile(q) is the z with
 * P(Z > z) = q, precise where q is small. Wichura 1988, algorithm AS 241, Appl. Statist. 37, 477. */
double bg_normal_quantile(double p);

/* What the gamma function has to say of a shape, worked out once. */
typedef struct bg_gamma_shape {
    double shape, scale;
} bg_gamma_shape;

/* 0 < shape. */
bg_gamma_shape bg_gamma_shape_of(double shape);
/* x^a e^-x / Gamma(a + 1) for the shape a and x >= 0, infinite too. */
double bg_gamma_term(const bg_gamma_shape *self, double x);

enum { BG_GAMMA_ORDERS = 4 };

/* Regularised incomplete gamma functions P(a + j, x) below and Q(a + j, x) above, for j = 0, 1, 2 and 3 and x >= 0,
 * infinite too. To a relative error of 1e-12 for shapes from 0.002 to 10,000, wherever the result is above 1e-100. */
void bg_gamma_tails(const bg_gamma_shape *self, double x, bg_tails tails[BG_GAMMA_ORDERS]);

/* Regularised incomplete beta functions I_x(a, b) below and 1 - I_x(a, b) above, for a, b > 0 and 0 <= x <= 1;
 * 1 - x is given as well, since it may have more digits than x leaves. To a relative error of 1e-12 for a and b from
 * 0.01 to 100,000, wherever the result is above 1e-100 and the smaller one of its two. */
bg_tails bg_beta_tails(double a, double b, double x, double one_less_x);
/* P(X <= k) and P(X > k) of a binomial X: n trials of chance p. */
bg_tails bg_binomial_tails(unsigned k, double p, unsigned n);

#endif
