/* Column kernels that find bins. */
#ifndef BAOGAN_STATISTICS_BINS_SIMD
#define BAOGAN_STATISTICS_BINS_SIMD

#include "base/isa.h"

#include <stddef.h>
#include <stdint.h>

/* Equal cells of width 2^shift, each cut into equal bins: its entry holds the number of its first bin
 * times 64 and by how many bits an offset within the cell is shifted to count bins. */
typedef struct bg_grid {
    uint64_t origin; /* the lowest value, as an unsigned number */
    uint64_t span;   /* of all cells */
    unsigned shift;
    uint32_t outside; /* the number that values beyond the cells get */
    const uint32_t *cell;
} bg_grid;

typedef struct bg_bins_kernels {
    /* The number of each value's bin. */
    void (*find)(const bg_grid *grid, const int64_t *values, size_t n, uint32_t *bin);
    /* Gives values equal to `atom` the number `number`. */
    void (*mark)(const int64_t *values, size_t n, int64_t atom, uint32_t number, uint32_t *bin);
} bg_bins_kernels;

BG_ISA_TABLES(bg_bins_kernels)

#endif
