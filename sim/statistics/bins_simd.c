#include "statistics/bins_simd.h"

static void find(const bg_grid *grid, const int64_t *values, size_t n, uint32_t *bin)
{
    const uint64_t origin = grid->origin;
    const uint64_t span = grid->span;
    const unsigned shift = grid->shift;
    const uint64_t within = (UINT64_C(1) << shift) - 1;
    const uint32_t outside = grid->outside;
    const uint32_t *cell = grid->cell;
    for (size_t i = 0; i < n; i++) {
        const uint64_t offset = (uint64_t)values[i] - origin;
        const uint64_t inside = offset < span ? offset : 0;
        const uint32_t entry = cell[inside >> shift];
        const uint32_t number = (entry >> 6) + (uint32_t)((inside & within) >> (entry & 63));
        bin[i] = offset < span ? number : outside;
    }
}

static void mark(const int64_t *values, size_t n, int64_t atom, uint32_t number, uint32_t *bin)
{
    for (size_t i = 0; i < n; i++) {
        bin[i] = values[i] == atom ? number : bin[i];
    }
}

const bg_bins_kernels BG_ISA_NAME(bg_bins_kernels) = {find, mark};
