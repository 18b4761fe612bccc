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
 * (ulp: of the last place of the result's own format; tests/unit/test_elementary.c.) A result that
 * overflows is infinite; no number gives no number.
 *
 * The polynomials are minimax for the relative error of the whole function, found by Remez' exchange
 * algorithm (tools/minimax.py prints their coefficients and their own error: below 2^-54 in double, 2^-24
 * in single precision). Reduction of arguments: Cody and Waite 1980; order of the logarithm's sum: fdlibm. */
#ifndef BAOGAN_DEMAND_ELEMENTARY_H
#define BAOGAN_DEMAND_ELEMENTARY_H

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

/* exp(r) - 1 = r + r^2 q(r) for |r| <= ln 2 / 2; q of degree 9. */
static inline double bg_exp_reduced(double r)
{
    double q = 0x1.ad7f330d73d4ap-26;
    q = q * r + 0x1.28ad72df49402p-22;
    q = q * r + 0x1.71df257997528p-19;
    q = q * r + 0x1.a0199a0c67cbcp-16;
    q = q * r + 0x1.a01a012a45948p-13;
    q = q * r + 0x1.6c16c1842a073p-10;
    q = q * r + 0x1.1111111127c1bp-7;
    q = q * r + 0x1.555555555087dp-5;
    q = q * r + 0x1.55555555554fap-3;
    q = q * r + 0x1.000000000000ap-1;
    return r + r * r * q;
}

/* x = k ln 2 + r; the sum with 1.5 * 2^52 rounds k to an integer and holds it in its low bits, which
 * are added to the exponent of exp(r). ln 2 is the sum of 32 bits and the rest. */
static inline double bg_exp(double x)
{
    const double shifted = x * 0x1.71547652b82fep+0 + 0x1.8p52;
    const double k = shifted - 0x1.8p52;
    const double r = (x - k * 0x1.62e42feep-1) - k * 0x1.a39ef35793c76p-33;
    const double scaled = bg_from_bits(bg_bits(1 + bg_exp_reduced(r)) + (bg_bits(shifted) << 52));
    const double bounded = x < -0x1.6232bdd7abcd2p+9 ? 0 : scaled;     /* ln DBL_MIN */
    return x <= 0x1.62e42fefa39efp+9 ? bounded : x + (double)INFINITY; /* ln DBL_MAX */
}

/* x = 2^e m, m in [sqrt(1/2), sqrt(2)); f = m - 1, s = f / (2 + f):
 * log m = 2 atanh s = f - (f^2/2 - s (f^2/2 + s^2 R(s^2))), R of degree 6. The exponent is taken from
 * the bits, with 1024 added so that it is not negative, and 2^52 + e + 1024 is put together as bits. */
static inline double bg_log_scaled(double x, double scale_exponent)
{
    const uint64_t root_half = UINT64_C(0x3fe6a09e667f3bcd), fraction = UINT64_C(0xfffffffffffff);
    const uint64_t bits = bg_bits(x) - root_half + (UINT64_C(1024) << 52);
    const double e = bg_from_bits(bits >> 52 | UINT64_C(0x433) << 52) - (0x1p52 + 1024);
    const double k = e + scale_exponent;
    const double f = bg_from_bits((bits & fraction) + root_half) - 1;
    const double s = f / (2 + f), z = s * s, half = 0.5 * f * f;
    double r = 0x1.2f0569abd3a71p-3;
    r = r * z + 0x1.39a1ba2ca0998p-3;
    r = r * z + 0x1.74663eed764b7p-3;
    r = r * z + 0x1.c71c520942912p-3;
    r = r * z + 0x1.24924941f1519p-2;
    r = r * z + 0x1.999999997fdb2p-2;
    r = r * z + 0x1.5555555555592p-1;
    return k * 0x1.62e42feep-1 - ((half - (s * (half + z * r) + k * 0x1.a39ef35793c76p-33)) - f);
}

/* Logarithm of a normal number above 0. */
static inline double bg_log_positive(double x)
{
    return bg_log_scaled(x, 0);
}

static inline double bg_log(double x)
{
    const int small = x < DBL_MIN;
    const double log = bg_log_scaled(small ? x * 0x1p54 : x, small ? -54.0 : 0.0);
    const double above = x <= DBL_MAX ? log : x; /* infinite or no number */
    const double below = x < 0 ? (double)NAN : -(double)INFINITY;
    return x <= 0 ? below : above;
}

/* Sine and cosine of a quarter turn times r, |r| <= 1/2; polynomials in r^2 of degree 6. */
static inline double bg_sin_quarter(double r)
{
    const double z = r * r;
    double p = 0x1.e3eecbb1091c3p-25;
    p = p * z - 0x1.e300638054df3p-19;
    p = p * z + 0x1.50782fca12353p-13;
    p = p * z - 0x1.32d2cce2d5095p-8;
    p = p * z + 0x1.466bc677586fcp-4;
    p = p * z - 0x1.4abbce625be41p-1;
    p = p * z + 0x1.921fb54442d18p+0;
    return r * p;
}

static inline double bg_cos_quarter(double r)
{
    const double z = r * r;
    double p = -0x1.b263c4c706987p-28;
    p = p * z + 0x1.f9cc40b21008fp-22;
    p = p * z - 0x1.a6d1ec7e1378ep-16;
    p = p * z + 0x1.e1f5068367be1p-11;
    p = p * z - 0x1.55d3c7e3c9280p-6;
    p = p * z + 0x1.03c1f081b5aaep-2;
    p = p * z - 0x1.3bd3cc9be45dep+0;
    return 1 + z * p;
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
    float q = 0x1.6a23dcp-10F;
    q = q * r + 0x1.1239e4p-7F;
    q = q * r + 0x1.5558f2p-5F;
    q = q * r + 0x1.555492p-3F;
    q = q * r + 0x1.fffffcp-2F;
    const float scaled = bg_from_bitsf(bg_bitsf(1 + (r + r * r * q)) + (bg_bitsf(shifted) << 23));
    const float bounded = x < -0x1.5d589ep+6F ? 0 : scaled;     /* ln FLT_MIN */
    return x <= 0x1.62e42ep+6F ? bounded : x + (float)INFINITY; /* ln FLT_MAX */
}

/* log m = f - f^2/2 + f^3 p(f), p of degree 6. */
static inline float bg_logf_positive(float x)
{
    const uint32_t root_half = UINT32_C(0x3f3504f3), fraction = UINT32_C(0x7fffff);
    const uint32_t bits = bg_bitsf(x) - root_half + (UINT32_C(128) << 23);
    const float k = (float)((int32_t)(bits >> 23) - 128);
    const float f = bg_from_bitsf((bits & fraction) + root_half) - 1;
    const float z = f * f;
    float p = 0x1.646134p-4F;
    p = p * f - 0x1.24335ap-3F;
    p = p * f + 0x1.31741ep-3F;
    p = p * f - 0x1.53822ep-3F;
    p = p * f + 0x1.98d7f6p-3F;
    p = p * f - 0x1.000382p-2F;
    p = p * f + 0x1.5556d8p-2F;
    return k * 0x1.63p-1F + ((z * (f * p - 0.5F) - k * 0x1.bd0106p-13F) + f);
}

static inline float bg_sin_quarterf(float r)
{
    const float z = r * r;
    float p = -0x1.2d92e2p-8F;
    p = p * z + 0x1.465e92p-4F;
    p = p * z - 0x1.4abbb8p-1F;
    p = p * z + 0x1.921fb6p+0F;
    return r * p;
}

static inline float bg_cos_quarterf(float r)
{
    const float z = r * r;
    float p = -0x1.4e846cp-6F;
    p = p * z + 0x1.03b090p-2F;
    p = p * z - 0x1.3bd39cp+0F;
    return 1 + z * p;
}

#endif
