#include "projection/moments_simd.h"

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
static uint64_t product(uint64_t a, uint64_t b)
{
    return (a & UINT32_MAX) * (b & UINT32_MAX);
}

static void sums(const int64_t *values, size_t n, int64_t reference, bg_sums *result)
{
    int64_t sum = 0;
    uint64_t low_low = 0;
    uint64_t low_high = 0;
    uint64_t high_high = 0;
    for (size_t i = 0; i < n; i++) {
        const int64_t distance = values[i] - reference;
        const uint64_t size = (uint64_t)(distance < 0 ? -distance : distance);
        const uint64_t low = size & ((UINT64_C(1) << BG_LIMB) - 1);
        const uint64_t high = size >> BG_LIMB;
        sum += distance;
        low_low += product(low, low);
        low_high += product(low, high);
        high_high += product(high, high);
    }
    *result = (bg_sums){sum, low_low, low_high, high_high};
}

const bg_moments_kernels BG_ISA_NAME(bg_moments_kernels) = {extremes, sums};
