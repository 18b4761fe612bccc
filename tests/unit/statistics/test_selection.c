/* Order statistics beside a full sort. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "statistics/selection.h"

#include <stdlib.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static int by_value(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a;
    const int64_t y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* Columns of a few and of many values, wide and narrow, mostly equal, or with one far away. */
static int64_t value_of(int pattern, size_t i)
{
    const int64_t scattered = (int64_t)((i + 1) * UINT64_C(0x9E3779B97F4A7C15) >> 24);
    switch (pattern) {
    case 0:
        return scattered - (INT64_C(1) << 39);
    case 1:
        return scattered % 7;
    case 2:
        return scattered % 3 ? 1000000 : scattered;
    case 3:
        return i == 77 ? INT64_MAX : i == 78 ? INT64_MIN : scattered % 100000;
    default:
        return -12;
    }
}

static void selection_from_a_column_agrees_with_a_full_sort(void **state)
{
    (void)state;
    enum { MOST = 20000 };
    static int64_t values[MOST], sorted[MOST], scratch[MOST];
    static const size_t sizes[] = {1, 2, 499, 500, 513, 4096, MOST};
    for (int pattern = 0; pattern < 5; pattern++) {
        for (size_t s = 0; s < COUNT(sizes); s++) {
            const size_t n = sizes[s];
            for (size_t i = 0; i < n; i++) {
                values[i] = sorted[i] = value_of(pattern, i);
            }
            qsort(sorted, n, sizeof *sorted, by_value);
            const size_t wanted[] = {0, n / 100, n / 20, n / 2, n - n / 20 - 1, n - 1};
            int64_t found[COUNT(wanted)];
            bg_select_from(values, n, sorted[0], sorted[n - 1], wanted, COUNT(wanted), scratch,
                           found);
            for (size_t w = 0; w < COUNT(wanted); w++) {
                assert_true(found[w] == sorted[wanted[w]]);
            }
            assert_true(values[n - 1] == value_of(pattern, n - 1));
            bg_sort(values, n);
            assert_memory_equal(values, sorted, n * sizeof *values);
        }
    }
}

static void selection_parts_the_values_at_each_rank(void **state)
{
    (void)state;
    enum { n = 1000 };
    static const size_t ranks[] = {0, 1, 49, 50, 500, 950, 999};
    /* Many ties, a rising run, a falling run. */
    int64_t values[n];
    for (int pattern = 0; pattern < 3; pattern++) {
        for (int i = 0; i < n; i++) {
            values[i] = pattern == 0 ? i * 37 % 11 : pattern == 1 ? i : n - i;
        }
        bg_select(values, n, ranks, COUNT(ranks));
        for (size_t r = 0; r < COUNT(ranks); r++) {
            for (size_t i = 0; i < n; i++) {
                assert_true(i < ranks[r] ? values[i] <= values[ranks[r]]
                                         : values[i] >= values[ranks[r]]);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(selection_from_a_column_agrees_with_a_full_sort),
        cmocka_unit_test(selection_parts_the_values_at_each_rank),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
