#include "statistics/moments_simd.h"

/* n >= 1. */
static void extremes(const int64_t *values, size_t n, int64_t *minimum, int64_t *maximum)
{
    int64_t least = values[0];
    int64_t most = values[0];
    for (size_t i = 0; i < n; i++) {
        least = values[i] < least ? values[i] : least;
        most = values[i] > most ? values[i] : most;
    }
    *minimum = least;
    *maximum = most;
}

/* Limbs have 26 bits: a product of two as 32-bit numbers is one instruction in every set. */
static inline uint64_t product(uint64_t a, uint64_t b)
{
    return (a & UINT32_MAX) * (b & UINT32_MAX);
}

static inline void add(bg_sums *self, int64_t distance, uint64_t size)
{
    const uint64_t low = size & ((UINT64_C(1) << BG_LIMB) - 1);
    const uint64_t high = size >> BG_LIMB;
    self->sum += distance;
    self->low_low += product(low, low);
    self->low_high += product(low, high);
    self->high_high += product(high, high);
}

static void sums(const int64_t *values, size_t n, int64_t reference, bg_sums *result)
{
    bg_sums sum = {0};
    for (size_t i = 0; i < n; i++) {
        const int64_t distance = values[i] - reference;
        add(&sum, distance, (uint64_t)(distance < 0 ? -distance : distance));
    }
    *result = sum;
}

static void sums_above(const int64_t *values, size_t n, int64_t reference, bg_sums *result)
{
    bg_sums sum = {0};
    for (size_t i = 0; i < n; i++) {
        const int64_t beyond = values[i] > reference ? values[i] - reference : 0;
        add(&sum, beyond, (uint64_t)beyond);
    }
    *result = sum;
}

static void sums_below(const int64_t *values, size_t n, int64_t reference, bg_sums *result)
{
    bg_sums sum = {0};
    for (size_t i = 0; i < n; i++) {
        const int64_t beyond = values[i] < reference ? reference - values[i] : 0;
        add(&sum, beyond, (uint64_t)beyond);
    }
    *result = sum;
}

const bg_moments_kernels BG_ISA_NAME(bg_moments_kernels) = {extremes, sums, sums_above, sums_below};
