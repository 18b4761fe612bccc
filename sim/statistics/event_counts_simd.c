#include "statistics/event_counts_simd.h"

#include <string.h>

#define EACH_BYTE UINT64_C(0x0101010101010101)
#define EACH_PAIR UINT64_C(0x0001000100010001)
#define EVEN      UINT64_C(0x00ff00ff00ff00ff) /* bytes */

/* Eight bytes at a time: the sum of each of the eight places stays below 2^8 up to BG_EVENT_COUNTS_LENGTH, that of
 * all below 2^16. */
static size_t count_bit(size_t n, const uint8_t *events, unsigned bit)
{
    uint64_t sums = 0;
    size_t rest = 0;
    for (size_t w = 0; w < n / 8; w++) {
        uint64_t word;
        memcpy(&word, events + 8 * w, sizeof word);
        sums += word >> bit & EACH_BYTE;
    }
    for (size_t i = n / 8 * 8; i < n; i++) {
        rest += events[i] >> bit & 1;
    }
    const uint64_t pairs = (sums & EVEN) + (sums >> 8 & EVEN);
    return (size_t)(pairs * EACH_PAIR >> 48) + rest;
}

static void count(size_t n, const uint8_t *events, size_t bits, size_t *counts)
{
    for (unsigned bit = 0; bit < bits; bit++) {
        counts[bit] += count_bit(n, events, bit);
    }
}

static void join(size_t n, const uint8_t *events, uint8_t *any)
{
    BG_COLUMNS_APART
    for (size_t i = 0; i < n; i++) {
        any[i] |= events[i];
    }
}

const bg_event_counts_kernels BG_ISA_NAME(bg_event_counts_kernels) = {count, join};
