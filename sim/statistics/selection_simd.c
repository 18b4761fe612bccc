#include "statistics/selection_simd.h"

static void find(const int64_t *values, size_t n, int64_t minimum, unsigned shift, uint32_t *bin)
{
    for (size_t i = 0; i < n; i++) {
        bin[i] = (uint32_t)(((uint64_t)values[i] - (uint64_t)minimum) >> shift);
    }
}

const bg_selection_kernels BG_ISA_NAME(bg_selection_kernels) = {find};
