/* Uniforms and normals from the words of a Philox block, one at a time; random/noise.h makes columns of
 * them. 64 bits are two words, the first one in the lower half.
 *
 * A uniform is (k + 1/2) 2^-52 with k the upper 52 of 64 bits, so never 0 nor 1. Two normals are the
 * coordinates of a point in the plane (Box and Muller 1958): its distance sqrt(-2 ln u) from one
 * uniform, its direction from another.
 *     double   u as above; |z| < 8.58
 *     single   u of 24 bits, direction of 18, so that a block of four words gives six; |z| < 5.9. Its
 *              distribution function differs from the normal one by less than 1e-7: for noise that is
 *              added up, not for a factor of its own. */
#ifndef BAOGAN_RANDOM_NORMAL
#define BAOGAN_RANDOM_NORMAL

#include "base/elementary.h"

#include <stddef.h>

/* In [1, 2). */
static inline double bg_one_to_two(uint64_t bits)
{
    return bg_from_bits(bits >> 12 | UINT64_C(0x3ff) << 52);
}

static inline double bg_uniform(uint64_t bits)
{
    return bg_one_to_two(bits) - (1 - 0x1p-53);
}

static inline double bg_radius_of_log(double log)
{
    return sqrt(-2 * log);
}

static inline double bg_radius(uint64_t bits)
{
    return bg_radius_of_log(bg_log_positive(bg_uniform(bits)));
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

/* The upper 24 bits of a word. */
static inline float bg_uniform_single(uint32_t word)
{
    return (float)(int32_t)(word >> 8) * 0x1p-24F + 0x1p-25F;
}

/* ln u is rounded: for u next to 1 it may come out above 0. */
static inline float bg_radius_of_log_single(float log)
{
    const float square = -2 * log;
    return sqrtf(square > 0 ? square : 0);
}

static inline float bg_radius_single(uint32_t word)
{
    return bg_radius_of_log_single(bg_logf_positive(bg_uniform_single(word)));
}

/* Of the pair 0, 1 or 2 of a block: 16 bits from the lowest of the pair's word and from the last word of
 * the block, in the upper half, and two more of that in the lowest places. */
static inline uint32_t bg_direction_single(uint32_t word, uint32_t last, size_t pair)
{
    return word << 24 | (last >> 8 * pair & 0xff) << 16 | (last >> (24 + 2 * pair) & 3);
}

static inline void bg_turn_single(float radius, uint32_t direction, float *a, float *b)
{
    const float r = bg_from_bitsf(direction >> 9 | UINT32_C(127) << 23) - (1.5F - 0x1p-17F);
    const float along = radius * bg_cos_quarterf(r), across = radius * bg_sin_quarterf(r);
    const uint32_t x = bg_bitsf(along) ^ direction << 31, y = bg_bitsf(across);
    const uint32_t swapped = (x ^ y) & (0 - (direction >> 1 & 1));
    *a = bg_from_bitsf(x ^ swapped);
    *b = bg_from_bitsf(y ^ swapped);
}

#endif
