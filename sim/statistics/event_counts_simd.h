/* Column kernels that count events. */
#ifndef BAOGAN_STATISTICS_EVENT_COUNTS_SIMD
#define BAOGAN_STATISTICS_EVENT_COUNTS_SIMD

#include "base/isa.h"

#include <stddef.h>
#include <stdint.h>

/* At most so many at once. */
#define BG_EVENT_COUNTS_LENGTH 1024

typedef struct bg_event_counts_kernels {
    /* Adds how many of the n bytes have bit e to counts[e], for the first `count` bits. */
    void (*count)(size_t n, const uint8_t *events, size_t count, size_t *counts);
    /* any |= events */
    void (*join)(size_t n, const uint8_t *events, uint8_t *any);
} bg_event_counts_kernels;

BG_ISA_TABLES(bg_event_counts_kernels)

#endif
