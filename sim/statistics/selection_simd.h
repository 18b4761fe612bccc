/* Column kernel of selection. */
#ifndef BAOGAN_STATISTICS_SELECTION_SIMD
#define BAOGAN_STATISTICS_SELECTION_SIMD

#include "base/isa.h"

#include <stddef.h>
#include <stdint.h>

typedef struct bg_selection_kernels {
    /* bin[i] = (values[i] - minimum) >> shift, which fits. */
    void (*find)(const int64_t *values, size_t n, int64_t minimum, unsigned shift, uint32_t *bin);
} bg_selection_kernels;

BG_ISA_TABLES(bg_selection_kernels)

#endif
