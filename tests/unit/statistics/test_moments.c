#include "statistics/moments.h"

#include "base/isa.h"

#include <float.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

/* Scattered whole numbers from -size to size. */
static int64_t scattered(uint64_t i, int64_t size)
{
    uint64_t x = (i + 1) * UINT64_C(0x9E3779B97F4A7C15);
    x = (x ^ x >> 31) * UINT64_C(0xBF58476D1CE4E5B9);
    return (int64_t)((x ^ x >> 29) % (2 * (uint64_t)size + 1)) - size;
}

static bg_moments moments_of(const int64_t *values, size_t n)
{
    bg_moments self = {0};
    bg_moments_add(&self, values, n);
    return self;
}

static void assert_equal(double obtained, double expected, double relative)
{
    if (!(fabs(obtained - expected) <= relative * fabs(expected))) {
        fail_msg("obtained %.17g, expected %.17g", obtained, expected);
    }
}

/* 1 … n: mean (n + 1) / 2, variance n (n + 1) / 12; moved by b, turned by -1. */
static void runs_of_whole_numbers_have_the_closed_form(void **state)
{
    (void)state;
    enum { N = 5000 };
    static const int64_t bases[] = {0, -7, 81234567890, -1000000000000000, INT64_MAX - N};
    int64_t values[N];
    for (size_t b = 0; b < sizeof bases / sizeof *bases; b++) {
        for (int sign = -1; sign <= 1; sign += 2) {
            for (int i = 0; i < N; i++) {
                values[i] = sign > 0 ? bases[b] + i + 1 : -(bases[b] + i + 1);
            }
            const bg_moments of = moments_of(values, N);
            assert_equal(bg_moments_mean(&of), sign * ((double)bases[b] + (N + 1) / 2.0),
                         DBL_EPSILON);
            assert_equal(bg_moments_sd(&of), sqrt(N * (N + 1) / 12.0), 2 * DBL_EPSILON);
            assert_equal(bg_moments_se(&of), sqrt((N + 1) / 12.0), 2 * DBL_EPSILON);
            assert_true(of.minimum == (sign > 0 ? values[0] : values[N - 1]));
            assert_true(of.maximum == (sign > 0 ? values[N - 1] : values[0]));
        }
    }
}

/* One value far from the others, in first place: distances are taken from it. n values of which one is
 * a, the others b: variance (a - b)^2 / n. */
static void a_first_value_far_away_costs_no_digit(void **state)
{
    (void)state;
    enum { N = 4096 };
    int64_t values[N];
    for (int i = 0; i < N; i++) {
        values[i] = i == 0 ? 0 : 3000000000000000001;
    }
    const bg_moments of = moments_of(values, N);
    assert_equal(bg_moments_sd(&of), 3000000000000000001.0 / 64, 2 * DBL_EPSILON);
    /* The first as far as possible, the others two apart in pairs. */
    for (int i = 1; i < N; i++) {
        values[i] = i % 2 ? INT64_MAX - 2 : INT64_MAX;
    }
    values[0] = INT64_MIN;
    bg_moments all = moments_of(values, N);
    const double distance = 18446744073709551615.0 - N / (N - 1.0);
    assert_equal(bg_moments_sd(&all), distance / 64, 1e-12);
}

/* The largest distances and counts: n squares of 2^64 - 1 each. */
static void the_widest_values_do_not_overflow(void **state)
{
    (void)state;
    enum { N = 6000 };
    static int64_t values[N];
    for (int i = 0; i < N; i++) {
        values[i] = i % 2 ? INT64_MAX : INT64_MIN;
    }
    const bg_moments of = moments_of(values, N);
    assert_true(bg_moments_mean(&of) == -0.5);
    assert_equal(bg_moments_sd(&of), 9223372036854775807.5 * sqrt(N / (N - 1.0)), 4 * DBL_EPSILON);
}

static void one_value_has_no_spread(void **state)
{
    (void)state;
    const int64_t value = -42;
    const bg_moments of = moments_of(&value, 1);
    assert_true(bg_moments_mean(&of) == -42);
    assert_true(isnan(bg_moments_sd(&of)) && isnan(bg_moments_se(&of)));
    assert_true(of.minimum == -42 && of.maximum == -42);
    const bg_moments none = moments_of(NULL, 0);
    assert_true(none.n == 0);
}

/* Also across the border of what the column kernel can hold, 2^52 from the first value. */
static void neither_portions_nor_instruction_sets_change_a_bit(void **state)
{
    (void)state;
    enum { N = 3001 };
    static const int64_t sizes[] = {1000, INT64_C(1) << 40, (INT64_C(1) << 51) - 1,
                                    INT64_C(1) << 52, INT64_C(1) << 62};
    static const size_t portions[] = {1, 7, 64, 1024, 1500, N};
    static int64_t values[N];
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
        for (size_t i = 0; i < N; i++) {
            values[i] = scattered(i, sizes[s]);
        }
        bg_moments first = {0};
        for (int isa = 0; isa < BG_ISA_COUNT; isa++) {
            for (size_t p = 0; bg_isa_use((bg_isa)isa) && p < sizeof portions / sizeof *portions;
                 p++) {
                bg_moments of = {0};
                for (size_t i = 0; i < N; i += portions[p]) {
                    bg_moments_add(&of, values + i, N - i < portions[p] ? N - i : portions[p]);
                }
                first = first.n ? first : of;
                assert_true(of.sum == first.sum && of.minimum == first.minimum);
                assert_true(of.maximum == first.maximum && of.n == N);
                assert_true(bg_moments_sd(&of) == bg_moments_sd(&first));
            }
        }
    }
}

/* Against sums in long double of the same numbers. */
static void scattered_values_agree_with_long_double(void **state)
{
    (void)state;
    enum { N = 10007 };
    static int64_t values[N];
    long double sum = 0, squares = 0;
    for (size_t i = 0; i < N; i++) {
        values[i] = 5000000000000 + scattered(i, 90000000000);
        sum += values[i];
    }
    for (size_t i = 0; i < N; i++) {
        squares += ((long double)values[i] - sum / N) * ((long double)values[i] - sum / N);
    }
    const bg_moments of = moments_of(values, N);
    assert_equal(bg_moments_mean(&of), (double)(sum / N), DBL_EPSILON);
    assert_equal(bg_moments_sd(&of), (double)sqrtl(squares / (N - 1)), 4 * DBL_EPSILON);
}

static void a_whole_mean_rounds_half_away_from_zero(void **state)
{
    (void)state;
    static const int64_t values[][2] = {{1, 2}, {-1, -2}, {7, 7}, {-3, 3}, {INT64_MIN, INT64_MAX}};
    static const int64_t means[] = {2, -2, 7, 0, -1}; /* the last: -1/2 */
    for (size_t i = 0; i < sizeof means / sizeof *means; i++) {
        const bg_moments of = moments_of(values[i], 2);
        assert_true(bg_moments_whole_mean(&of) == means[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(runs_of_whole_numbers_have_the_closed_form),
        cmocka_unit_test(a_first_value_far_away_costs_no_digit),
        cmocka_unit_test(the_widest_values_do_not_overflow),
        cmocka_unit_test(one_value_has_no_spread),
        cmocka_unit_test(neither_portions_nor_instruction_sets_change_a_bit),
        cmocka_unit_test(scattered_values_agree_with_long_double),
        cmocka_unit_test(a_whole_mean_rounds_half_away_from_zero),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
