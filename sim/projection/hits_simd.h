/* Column kernels that count events. */
#ifndef BAOGAN_PROJECTION_HITS_SIMD_H
#define BAOGAN_PROJECTION_HITS_SIMD_H

#include "base/isa.h"

#include <stddef.h>
#include <stdint.h>

/* At most so many at once. */
#define BG_HITS_LENGTH 1024

typedef struct bg_hits_kernels {
    /* Adds how many of the n bytes have bit e to hits[e], for the first `count` bits. */
    void (*count)(size_t n, const uint8_t *events, size_t count, size_t *hits);
    /* any |= events */
    void (*join)(size_t n, const uint8_t *events, uint8_t *any);
} bg_hits_kernels;

BG_ISA_TABLES(bg_hits_kernels)

#endif
