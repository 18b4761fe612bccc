#include "base/special.h"

#include <stdbool.h>

#define STIRLING_FROM 10.0 /* shapes from which on Stirling's series holds to 1e-16 */
#define NEGLIGIBLE    0x1p-56
#define AT_REST       0x1p-51 /* two ulp of 1 */

/* The rounding of 1 + x and that of its logarithm's argument cancel (Kahan; Goldberg 1991, theorem 4). */
double bg_log1p(double x)
{
    const double one_more = 1 + x, rounded = one_more - 1;
    const bool inexact = rounded != 0 && rounded != x && one_more <= DBL_MAX;
    const double log = rounded != 0 ? bg_log(one_more) : x;
    return inexact ? log * (x / rounded) : log;
}

double bg_expm1(double x)
{
    const double half_ln_2 = 0.34657359027997264;
    return x >= -half_ln_2 && x <= half_ln_2 ? bg_exp_reduced(x) : bg_exp(x) - 1;
}

/* P(Z <= z) for z < -2 by Laplace's continued fraction, from the step `steps` back. */
static double tail(double z, int steps)
{
    double fraction = -z;
    for (int k = steps; k > 0; k--) {
        fraction = -z + k / fraction;
    }
    return bg_normal_density(z) / fraction;
}

/* The same for z >= -2 by Marsaglia's series (2004, J. Stat. Software 11(4)). */
static double body(double z)
{
    double term = z, sum = z;
    for (int k = 3; sum + term != sum || k == 3; k += 2) {
        term *= z * z / k;
        sum += term;
    }
    return 0.5 + bg_normal_density(z) * sum;
}

/* With more steps the result stands still, and so does all that rests on it. */
double bg_normal_below(double z)
{
    const double one_from = 8.5; /* 1 - 1e-17 */
    if (z < -2) {
        return tail(z, 40 + (int)(640 / (z * z)));
    }
    return z < one_from ? body(z) : 1;
}

/* With the steps that 15 digits take. */
bg_tails bg_normal_tails(double z)
{
    const double outer = z < 0 ? z : -z;
    const double small = outer < -2 ? tail(outer, 16 + (int)(300 / (z * z))) : body(outer);
    return z < 0 ? (bg_tails){small, 1 - small} : (bg_tails){1 - small, small};
}

/* ln Gamma(a + 1) - ln(sqrt(2 pi a) (a / e)^a) for a >= STIRLING_FROM (Abramowitz and Stegun 6.1.41). */
static double stirling_error(double a)
{
    static const double terms[] = {1.0 / 12,   -1.0 / 360,        1.0 / 1260, -1.0 / 1680,
                                   1.0 / 1188, -691.0 / 360360.0, 1.0 / 156};
    const double square = 1 / (a * a);
    double sum = 0;
    for (size_t i = sizeof terms / sizeof *terms; i-- > 0;) {
        sum = terms[i] + square * sum;
    }
    return sum / a;
}

/* 1 / Gamma(a + 1) for a < STIRLING_FROM, from Gamma(a + n + 1). */
static double inverse_gamma(double a)
{
    double shifted = a, product = 1;
    while (shifted < STIRLING_FROM) {
        shifted += 1;
        product *= shifted;
    }
    const double log = shifted - shifted * bg_log(shifted) - stirling_error(shifted);
    return product * bg_exp(log) * BG_INVERSE_ROOT_2_PI / sqrt(shifted);
}

bg_gamma_shape bg_gamma_shape_of(double shape)
{
    const double scale = shape < STIRLING_FROM
                             ? inverse_gamma(shape)
                             : bg_exp(-stirling_error(shape)) * BG_INVERSE_ROOT_2_PI / sqrt(shape);
    return (bg_gamma_shape){shape, scale};
}

/* r - 1 - ln r for r = x / a, without cancellation about 1 (Loader 2000, Fast and accurate computation of
 * binomial probabilities): with u = r - 1 and s = u / (2 + u), ln r = 2 s + 2 s^3 (1/3 + s^2/5 + ...), u - 2 s =
 * u s. */
static double deviance(double x, double a)
{
    const double u = (x - a) / a, near = 0.125;
    if (u < -near || u > near) {
        return u - bg_log(x / a);
    }
    const double s = u / (2 + u), square = s * s;
    double sum = 0;
    for (int k = 15; k >= 3; k -= 2) {
        sum = 1.0 / k + square * sum;
    }
    return u * s - 2 * s * square * sum;
}

double bg_gamma_term(const bg_gamma_shape *self, double x)
{
    const double a = self->shape;
    if (x <= 0 || x > DBL_MAX) {
        return 0;
    }
    const double log = a < STIRLING_FROM ? a * bg_log(x) - x : -a * deviance(x, a);
    return self->scale * bg_exp(log);
}

/* P(a, x) for x below about a + 1: term (1 + x/(a + 1) + x^2/((a + 1)(a + 2)) + ...). */
static double series(double a, double x, double term)
{
    double sum = 1, next = 1;
    for (int n = 1; next > sum * NEGLIGIBLE; n++) {
        next *= x / (a + n);
        sum += next;
    }
    return term * sum;
}

/* Q(a, x) for x >= a + 1 by Legendre's continued fraction, evaluated forwards (Lentz 1976; Thompson and Barnett
 * 1986): a term / (x + 1 - a - 1 (1 - a) / (x + 3 - a - 2 (2 - a) / ...)). */
static double fraction(double a, double x, double term)
{
    double denominator = x + 1 - a, c = 1 / DBL_MIN, d = 1 / denominator, result = d;
    for (int n = 1;; n++) {
        const double numerator = n * (a - n);
        denominator += 2;
        d = 1 / (numerator * d + denominator);
        c = denominator + numerator / c;
        const double change = c * d;
        result *= change;
        if (change - 1 < AT_REST && 1 - change < AT_REST) {
            return a * term * result;
        }
    }
}

/* Whether the lower of the two is the one to compute. Q of a small shape is small from small x on. */
static bool lower_first(double a, double x)
{
    return x < (a < 0.1 ? 0.25 : a + 1);
}

/* P(a, x) = P(a + 1, x) + term(a) adds downwards, Q(a + 1, x) = Q(a, x) + term(a) upwards; no digits are lost. */
void bg_gamma_tails(const bg_gamma_shape *self, double x, bg_tails tails[BG_GAMMA_ORDERS])
{
    const double a = self->shape;
    double terms[BG_GAMMA_ORDERS];
    terms[0] = bg_gamma_term(self, x);
    for (int j = 1; j < BG_GAMMA_ORDERS; j++) {
        terms[j] = terms[j - 1] > 0 ? terms[j - 1] * (x / (a + j)) : 0;
    }
    if (lower_first(a, x)) {
        const int last = BG_GAMMA_ORDERS - 1;
        double below = series(a + last, x, terms[last]);
        for (int j = last; j >= 0; j--) {
            tails[j] = (bg_tails){below, 1 - below};
            below += j > 0 ? terms[j - 1] : 0;
        }
        return;
    }
    double above = terms[0] > 0 ? fraction(a, x, terms[0]) : 0;
    for (int j = 0; j < BG_GAMMA_ORDERS; j++) {
        tails[j] = (bg_tails){1 - above, above};
        above += terms[j];
    }
}

/* ---- quantile of the normal ---- */

/* Ratio of two polynomials of degree 7. */
static double ratio(const double over[8], const double under[8], double x)
{
    double above = over[7], below = under[7];
    for (int i = 6; i >= 0; i--) {
        above = above * x + over[i];
        below = below * x + under[i];
    }
    return above / below;
}

static double central_quantile(double from_half)
{
    static const double over[] = {3.3871328727963666080e0, 1.3314166789178437745e2,
                                  1.9715909503065514427e3, 1.3731693765509461125e4,
                                  4.5921953931549871457e4, 6.7265770927008700853e4,
                                  3.3430575583588128105e4, 2.5090809287301226727e3};
    static const double under[] = {1.0,
                                   4.2313330701600911252e1,
                                   6.8718700749205790830e2,
                                   5.3941960214247511077e3,
                                   2.1213794301586595867e4,
                                   3.9307895800092710610e4,
                                   2.8729085735721942674e4,
                                   5.2264952788528545610e3};
    return from_half * ratio(over, under, 0.180625 - from_half * from_half);
}

/* Of r = sqrt(-ln of the tail), up to 5 and beyond. */
static double outer_quantile(double r)
{
    static const double near_over[] = {1.42343711074968357734e0,  4.63033784615654529590e0,
                                       5.76949722146069140550e0,  3.64784832476320460504e0,
                                       1.27045825245236838258e0,  2.41780725177450611770e-1,
                                       2.27238449892691845833e-2, 7.74545014278341407640e-4};
    static const double near_under[] = {1.0,
                                        2.05319162663775882187e0,
                                        1.67638483018380384940e0,
                                        6.89767334985100004550e-1,
                                        1.48103976427480074590e-1,
                                        1.51986665636164571966e-2,
                                        5.47593808499534494600e-4,
                                        1.05075007164441684324e-9};
    static const double far_over[] = {6.65790464350110377720e0,  5.46378491116411436990e0,
                                      1.78482653991729133580e0,  2.96560571828504891230e-1,
                                      2.65321895265761230930e-2, 1.24266094738807843860e-3,
                                      2.71155556874348757815e-5, 2.01033439929228813265e-7};
    static const double far_under[] = {1.0,
                                       5.99832206555887937690e-1,
                                       1.36929880922735805310e-1,
                                       1.48753612908506148525e-2,
                                       7.86869131145613259100e-4,
                                       1.84631831751005468180e-5,
                                       1.42151175831644588870e-7,
                                       2.04426310338993978564e-15};
    return r <= 5 ? ratio(near_over, near_under, r - 1.6) : ratio(far_over, far_under, r - 5);
}

double bg_normal_quantile(double p)
{
    const double from_half = p - 0.5, tail = from_half < 0 ? p : 1 - p;
    if (from_half >= -0.425 && from_half <= 0.425) {
        return central_quantile(from_half);
    }
    if (!(tail > 0)) {
        const double end = from_half < 0 ? -(double)INFINITY : (double)INFINITY;
        return tail == 0 ? end : (double)NAN;
    }
    const double z = outer_quantile(sqrt(-bg_log(tail)));
    return from_half < 0 ? -z : z;
}

/* ---- incomplete beta function ---- */

/* Gamma(a + b + 1) / (Gamma(a + 1) Gamma(b + 1)) x^a y^b, put together from three gamma terms at arguments where
 * none loses digits: in (a + b) x, in (a + b) y and in a + b. */
static double beta_term(double a, double b, double x, double y)
{
    const double n = a + b;
    const bg_gamma_shape of_a = bg_gamma_shape_of(a), of_b = bg_gamma_shape_of(b);
    const bg_gamma_shape of_n = bg_gamma_shape_of(n);
    return bg_gamma_term(&of_a, n * x) * bg_gamma_term(&of_b, n * y) / bg_gamma_term(&of_n, n);
}

/* A continued fraction 1 / (1 + n1 / (1 + n2 / ...)), evaluated forwards as above. */
typedef struct forwards {
    double c, d, value;
} forwards;

/* Takes one more numerator; returns what that multiplies the value by. */
static double go_on(forwards *self, double numerator)
{
    self->d = 1 / (1 + numerator * self->d);
    self->c = 1 + numerator / self->c;
    self->value *= self->c * self->d;
    return self->c * self->d;
}

/* I_x(a, b) for x below about its mean (8.17.22 of the Digital Library of Mathematical Functions). */
static double beta_fraction(double a, double b, double x, double term)
{
    forwards all = {.c = (double)INFINITY, .d = 1, .value = 1};
    double change = go_on(&all, -(a + b) * x / (a + 1));
    for (int m = 1; change - 1 > AT_REST || 1 - change > AT_REST; m++) {
        go_on(&all, m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)));
        change = go_on(&all, -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)));
    }
    return b / (a + b) * term * all.value;
}

bg_tails bg_beta_tails(double a, double b, double x, double one_less_x)
{
    if (x <= 0 || one_less_x <= 0) {
        return x <= 0 ? (bg_tails){0, 1} : (bg_tails){1, 0};
    }
    const double term = beta_term(a, b, x, one_less_x);
    if (!(term > 0)) { /* further out than numbers go */
        return x * b < one_less_x * a ? (bg_tails){0, 1} : (bg_tails){1, 0};
    }
    if (x < (a + 1) / (a + b + 2)) {
        const double below = beta_fraction(a, b, x, term);
        return (bg_tails){below, 1 - below};
    }
    const double above = beta_fraction(b, a, one_less_x, term);
    return (bg_tails){1 - above, above};
}

bg_tails bg_binomial_tails(unsigned k, double p, unsigned n)
{
    if (k >= n) {
        return (bg_tails){1, 0};
    }
    return bg_beta_tails((double)(n - k), (double)k + 1, 1 - p, p);
}
