#include "base/special.h"

#include <stdbool.h>

#define INVERSE_ROOT_2_PI 0.39894228040143267794
#define STIRLING_FROM     10.0 /* shapes from which on Stirling's series holds to 1e-16 */
#define NEGLIGIBLE        0x1p-56
#define AT_REST           0x1p-51 /* two ulp of 1 */

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

static double normal_density(double z)
{
    return bg_exp(-z * z / 2) * INVERSE_ROOT_2_PI;
}

/* P(Z <= z) for z < -2 by Laplace's continued fraction, from the step `steps` back. */
static double tail(double z, int steps)
{
    double fraction = -z;
    for (int k = steps; k > 0; k--) {
        fraction = -z + k / fraction;
    }
    return normal_density(z) / fraction;
}

/* The same for z >= -2 by Marsaglia's series (2004, J. Stat. Software 11(4)). */
static double body(double z)
{
    double term = z, sum = z;
    for (int k = 3; sum + term != sum || k == 3; k += 2) {
        term *= z * z / k;
        sum += term;
    }
    return 0.5 + normal_density(z) * sum;
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
    return product * bg_exp(log) * INVERSE_ROOT_2_PI / sqrt(shifted);
}

bg_gamma_shape bg_gamma_shape_of(double shape)
{
    const double scale = shape < STIRLING_FROM
                             ? inverse_gamma(shape)
                             : bg_exp(-stirling_error(shape)) * INVERSE_ROOT_2_PI / sqrt(shape);
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
