/* Counts of events against the same one bit at a time, for each instruction set that this machine has. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "statistics/event_counts_simd.h"
#include <string.h>

enum { BITS = 7 };

static uint8_t scattered(size_t i)
{
    return (uint8_t)((i + 1) * UINT64_C(0x9e3779b97f4a7c15) >> 56);
}

static void check(size_t n, bool all)
{
    uint8_t events[BG_EVENT_COUNTS_LENGTH], any[BG_EVENT_COUNTS_LENGTH];
    size_t counts[BITS + 1], expected[BITS + 1];
    for (unsigned bit = 0; bit <= BITS; bit++) {
        counts[bit] = expected[bit] = 1000;
    }
    for (size_t i = 0; i < n; i++) {
        any[i] = scattered(n + i);
        events[i] = all ? 0xff : scattered(i);
        for (unsigned bit = 0; bit < BITS; bit++) {
            expected[bit] += events[i] >> bit & 1;
        }
    }
    const bg_event_counts_kernels *kernels = BG_ISA_TABLE(bg_event_counts_kernels);
    kernels->count(n, events, BITS, counts);
    assert_memory_equal(counts, expected, sizeof counts);
    kernels->join(n, events, any);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(any[i], events[i] | scattered(n + i));
    }
}

static void events_are_counted_and_joined_bit_by_bit(void **state)
{
    (void)state;
    static const size_t lengths[] = {1, 7, 8, 64, 129, 256, 1021, BG_EVENT_COUNTS_LENGTH};
    const bg_isa before = bg_isa_current();
    for (int isa = 0; isa < BG_ISA_COUNT; isa++) {
        for (size_t l = 0; l < sizeof lengths / sizeof *lengths && bg_isa_use((bg_isa)isa); l++) {
            check(lengths[l], false);
            check(lengths[l], true);
        }
    }
    assert_true(bg_isa_use(before));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(events_are_counted_and_joined_bit_by_bit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
