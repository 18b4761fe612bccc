/* Exponential, logarithm, sine and cosine without the C library: plain expressions without branches, so
 * that a loop over them is vectorised (gcc 12, clang 14; SSE2, AVX2, AVX-512), and with the same bits
 * alone, in any vector and on any machine with IEEE 754 arithmetic, as long as the compiler does not
 * contract to fused multiply-add (-ffp-contract=off).
 *
 *     name                    argument                 error at most
 *     bg_exp                  any                      1.1 ulp; 0 where the result is below DBL_MIN
 *     bg_log                  any                      0.9 ulp
 *     bg_log_positive         normal and above 0       0.9 ulp
 *     bg_sin_quarter          |r| <= 1/2               1.6 ulp of sin(pi r / 2)
 *     bg_cos_quarter          |r| <= 1/2               1.4 ulp of cos(pi r / 2)
 *     bg_expf                 any                      1.1 ulp; 0 where the result is below FLT_MIN
 *     bg_logf_positive        normal and above 0       1.3 ulp
 *     bg_sin_quarterf, bg_cos_quarterf  |r| <= 1/2     1.9 ulp both
 *
 * (ulp: of the last place of the result's own format; tests/unit/base/test_elementary.c.) A result that
 * overflows is infinite; no number gives no number.
 *
 * Polynomials are summed in pairs of terms, pairs of pairs and so on (Estrin 1960), which keeps the chain
 * of operations that wait for one another short; where that would cost digits, the first term comes last.
 * They are minimax for the relative error of the whole function, found by Remez' exchange
 * algorithm (tests/support/minimax.py prints their coefficients and their own error: below 2^-54 in double, 2^-24
 * in single precision). Reduction of arguments: Cody and Waite 1980; order of the logarithm's sum: fdlibm. */
#ifndef BAOGAN_BASE_ELEMENTARY
#define BAOGAN_BASE_ELEMENTARY

#include <float.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

static inline uint64_t bg_bits(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

static inline double bg_from_bits(uint64_t bits)
{
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

static inline uint32_t bg_bitsf(float x)
{
    uint32_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

static inline float bg_from_bitsf(uint32_t bits)
{
    float x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* exp(x) in three steps, which a column may take one by one: x = k ln 2 + r; exp(r); times 2^k, within the
 * range of results. */
typedef struct bg_exp_parts {
    double r;
    uint64_t power; /* k in the place of an exponent */
} bg_exp_parts;

/* The sum with 1.5 * 2^52 rounds k to an integer and holds it in its low bits. ln 2 is the sum of 32 bits
 * and the rest. */
static inline bg_exp_parts bg_exp_reduce(double x)
{
    const double shifted = x * 0x1.71547652b82fep+0 + 0x1.8p52;
    const double k = shifted - 0x1.8p52;
    return (bg_exp_parts){.r = (x - k * 0x1.62e42feep-1) - k * 0x1.a39ef35793c76p-33,
                          .power = bg_bits(shifted) << 52};
}

/* exp(r) - 1 = r + r^2 q(r) for |r| <= ln 2 / 2; q of degree 9. */
static inline double bg_exp_reduced(double r)
{
    const double r2 = r * r, r4 = r2 * r2;
    const double q01 = 0x1.000000000000ap-1 + r * 0x1.55555555554fap-3;
    const double q23 = 0x1.555555555087dp-5 + r * 0x1.1111111127c1bp-7;
    const double q45 = 0x1.6c16c1842a073p-10 + r * 0x1.a01a012a45948p-13;
    const double q67 = 0x1.a0199a0c67cbcp-16 + r * 0x1.71df257997528p-19;
    const double q89 = 0x1.28ad72df49402p-22 + r * 0x1.ad7f330d73d4ap-26;
    return r + r2 * ((q01 + r2 * q23) + r4 * ((q45 + r2 * q67) + r4 * q89));
}

static inline double bg_exp_scale(double x, double exp_r, uint64_t power)
{
    const double scaled = bg_from_bits(bg_bits(exp_r) + power);
    const double bounded = x < -0x1.6232bdd7abcd2p+9 ? 0 : scaled;     /* ln DBL_MIN */
    return x <= 0x1.62e42fefa39efp+9 ? bounded : x + (double)INFINITY; /* ln DBL_MAX */
}

static inline double bg_exp(double x)
{
    const bg_exp_parts parts = bg_exp_reduce(x);
    return bg_exp_scale(x, 1 + bg_exp_reduced(parts.r), parts.power);
}

/* log(x) in three steps: x = 2^k m, m in [sqrt(1/2), sqrt(2)), f = m - 1, s = f / (2 + f); the polynomial
 * R(s^2); and log m = 2 atanh s = f - (f^2/2 - s (f^2/2 + s^2 R(s^2))). */
typedef struct bg_log_parts {
    double k, f, s;
} bg_log_parts;

/* k is taken from the bits, with 1024 added so that it is not negative, and 2^52 + k + 1024 is put
 * together as bits. */
static inline bg_log_parts bg_log_reduce(double x)
{
    const uint64_t root_half = UINT64_C(0x3fe6a09e667f3bcd), fraction = UINT64_C(0xfffffffffffff);
    const uint64_t bits = bg_bits(x) - root_half + (UINT64_C(1024) << 52);
    const double f = bg_from_bits((bits & fraction) + root_half) - 1;
    return (bg_log_parts){.k = bg_from_bits(bits >> 52 | UINT64_C(0x433) << 52) - (0x1p52 + 1024),
                          .f = f,
                          .s = f / (2 + f)};
}

/* Of degree 6 in s^2. */
static inline double bg_log_reduced(double s)
{
    const double z = s * s, z2 = z * z;
    const double r01 = 0x1.5555555555592p-1 + z * 0x1.999999997fdb2p-2;
    const double r23 = 0x1.24924941f1519p-2 + z * 0x1.c71c520942912p-3;
    const double r45 = 0x1.74663eed764b7p-3 + z * 0x1.39a1ba2ca0998p-3;
    return (r01 + z2 * r23) + z2 * z2 * (r45 + z2 * 0x1.2f0569abd3a71p-3);
}

static inline double bg_log_join(bg_log_parts of, double r)
{
    const double half = 0.5 * of.f * of.f, t = of.s * (half + of.s * of.s * r);
    return of.k * 0x1.62e42feep-1 - ((half - (t + of.k * 0x1.a39ef35793c76p-33)) - of.f);
}

/* Logarithm of a normal number above 0. */
static inline double bg_log_positive(double x)
{
    const bg_log_parts parts = bg_log_reduce(x);
    return bg_log_join(parts, bg_log_reduced(parts.s));
}

static inline double bg_log(double x)
{
    const int small = x < DBL_MIN;
    bg_log_parts parts = bg_log_reduce(small ? x * 0x1p54 : x);
    parts.k -= small ? 54.0 : 0.0;
    const double log = bg_log_join(parts, bg_log_reduced(parts.s));
    const double above = x <= DBL_MAX ? log : x; /* infinite or no number */
    const double below = x < 0 ? (double)NAN : -(double)INFINITY;
    return x <= 0 ? below : above;
}

/* Sine and cosine of a quarter turn times r, |r| <= 1/2; polynomials in r^2 of degree 6. */
static inline double bg_sin_quarter(double r)
{
    const double z = r * r, z2 = z * z;
    const double p12 = z * 0x1.466bc677586fcp-4 - 0x1.4abbce625be41p-1;
    const double p34 = z * 0x1.50782fca12353p-13 - 0x1.32d2cce2d5095p-8;
    const double p56 = z * 0x1.e3eecbb1091c3p-25 - 0x1.e300638054df3p-19;
    return r * (0x1.921fb54442d18p+0 + z * ((p12 + z2 * p34) + z2 * z2 * p56));
}

static inline double bg_cos_quarter(double r)
{
    const double z = r * r, z2 = z * z;
    const double p12 = z * -0x1.55d3c7e3c9280p-6 + 0x1.03c1f081b5aaep-2;
    const double p34 = z * -0x1.a6d1ec7e1378ep-16 + 0x1.e1f5068367be1p-11;
    const double p56 = z * -0x1.b263c4c706987p-28 + 0x1.f9cc40b21008fp-22;
    return 1 + z * (z * ((p12 + z2 * p34) + z2 * z2 * p56) - 0x1.3bd3cc9be45dep+0);
}

/* x^n by repeated squaring; an error of up to n/2 ulp or so. */
static inline double bg_power(double x, unsigned n)
{
    double result = 1, square = x;
    for (; n > 0; n /= 2) {
        result = n % 2 ? result * square : result;
        square *= square;
    }
    return result;
}

/* ---- single precision: the same with shorter polynomials ---- */

static inline float bg_expf(float x)
{
    const float shifted = x * 0x1.715476p+0F + 0x1.8p23F;
    const float k = shifted - 0x1.8p23F;
    const float r = (x - k * 0x1.63p-1F) + k * 0x1.bd0106p-13F;
    const float r2 = r * r;
    const float q01 = 0x1.fffffcp-2F + r * 0x1.555492p-3F;
    const float q23 = 0x1.5558f2p-5F + r * 0x1.1239e4p-7F;
    const float q = q01 + r2 * (q23 + r2 * 0x1.6a23dcp-10F);
    const float scaled = bg_from_bitsf(bg_bitsf(1 + (r + r2 * q)) + (bg_bitsf(shifted) << 23));
    const float bounded = x < -0x1.5d589ep+6F ? 0 : scaled;     /* ln FLT_MIN */
    return x <= 0x1.62e42ep+6F ? bounded : x + (float)INFINITY; /* ln FLT_MAX */
}

/* log m = f - f^2/2 + f^3 p(f). */
typedef struct bg_logf_parts {
    float k, f;
} bg_logf_parts;

static inline bg_logf_parts bg_logf_reduce(float x)
{
    const uint32_t root_half = UINT32_C(0x3f3504f3), fraction = UINT32_C(0x7fffff);
    const uint32_t bits = bg_bitsf(x) - root_half + (UINT32_C(128) << 23);
    return (bg_logf_parts){.k = (float)((int32_t)(bits >> 23) - 128),
                           .f = bg_from_bitsf((bits & fraction) + root_half) - 1};
}

/* Of degree 6. */
static inline float bg_logf_reduced(float f)
{
    const float f2 = f * f;
    const float p01 = 0x1.5556d8p-2F - f * 0x1.000382p-2F;
    const float p23 = 0x1.98d7f6p-3F - f * 0x1.53822ep-3F;
    const float p45 = 0x1.31741ep-3F - f * 0x1.24335ap-3F;
    return (p01 + f2 * p23) + f2 * f2 * (p45 + f2 * 0x1.646134p-4F);
}

static inline float bg_logf_join(bg_logf_parts of, float p)
{
    const float tail = of.f * of.f * (of.f * p - 0.5F) - of.k * 0x1.bd0106p-13F;
    return of.k * 0x1.63p-1F + (tail + of.f);
}

static inline float bg_logf_positive(float x)
{
    const bg_logf_parts parts = bg_logf_reduce(x);
    return bg_logf_join(parts, bg_logf_reduced(parts.f));
}

static inline float bg_sin_quarterf(float r)
{
    const float z = r * r;
    const float p12 = z * 0x1.465e92p-4F - 0x1.4abbb8p-1F;
    return r * (0x1.921fb6p+0F + z * (p12 - z * z * 0x1.2d92e2p-8F));
}

static inline float bg_cos_quarterf(float r)
{
    const float z = r * r;
    const float p12 = 0x1.03b090p-2F - z * 0x1.4e846cp-6F;
    return 1 + z * (z * p12 - 0x1.3bd39cp+0F);
}

#endif
