/* Uniforms and normals from the words of a Philox block, one at a time; demand/noise.h makes columns of
 * them. 64 bits are two words, the first one in the lower half.
 *
 * A uniform is (k + 1/2) 2^-52 with k the upper 52 of 64 bits, so never 0 nor 1. Two normals are the
 * coordinates of a point in the plane (Box and Muller 1958): its distance sqrt(-2 ln u) from one
 * uniform, its direction from another.
 *     double   u as above; |z| < 8.58
 *     single   u of 31 bits, direction of 25; |z| < 6.67. Its distribution function differs from the
 *              normal one by less than 1e-7: for noise that is added up, not for a factor of its own. */
#ifndef BAOGAN_DEMAND_NORMAL_H
#define BAOGAN_DEMAND_NORMAL_H

#include "demand/elementary.h"

/* In [1, 2). */
static inline double bg_one_to_two(uint64_t bits)
{
    return bg_from_bits(bits >> 12 | UINT64_C(0x3ff) << 52);
}

static inline double bg_uniform(uint64_t bits)
{
    return bg_one_to_two(bits) - (1 - 0x1p-53);
}

static inline double bg_radius(uint64_t bits)
{
    return sqrt(-2 * bg_log_positive(bg_uniform(bits)));
}

/* The upper bits of a direction are the angle from the nearest axis; the lowest mirrors that axis, the
 * next exchanges the two. Both in bits: SSE2 compares no 64-bit integers. */
static inline void bg_turn(double radius, uint64_t direction, double *a, double *b)
{
    const double r = bg_one_to_two(direction) - (1.5 - 0x1p-53);
    const double along = radius * bg_cos_quarter(r), across = radius * bg_sin_quarter(r);
    const uint64_t x = bg_bits(along) ^ direction << 63, y = bg_bits(across);
    const uint64_t swapped = (x ^ y) & (0 - (direction >> 1 & 1));
    *a = bg_from_bits(x ^ swapped);
    *b = bg_from_bits(y ^ swapped);
}

/* ln u is rounded: for u next to 1 it may come out above 0. */
static inline float bg_radius_single(uint32_t word)
{
    const float u = (float)(int32_t)(word >> 1) * 0x1p-31F + 0x1p-32F;
    const float square = -2 * bg_logf_positive(u);
    return sqrtf(square > 0 ? square : 0);
}

static inline void bg_turn_single(float radius, uint32_t direction, float *a, float *b)
{
    const float r = bg_from_bitsf(direction >> 9 | UINT32_C(127) << 23) - (1.5F - 0x1p-24F);
    const float along = radius * bg_cos_quarterf(r), across = radius * bg_sin_quarterf(r);
    const float signed_along = direction & 1 ? -along : along;
    *a = direction & 2 ? across : signed_along;
    *b = direction & 2 ? signed_along : across;
}

#endif
