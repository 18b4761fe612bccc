#include "statistics/bins.h"

#include "base/isa.h"
#include "statistics/selection.h"
#include "statistics/tail.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { PILOT = 4096, MANY = 1 << 20 };

static int64_t draws[MANY], sorted[MANY];

/* Counts draws[0 … n - 1] in portions and gives what can be read. */
static bg_segments segments_of(size_t n, size_t portion)
{
    memcpy(sorted, draws, n * sizeof *draws);
    const size_t pilot = n < PILOT ? n : PILOT;
    bg_sort(sorted, pilot);
    bg_bins *bins = bg_bins_new(sorted, pilot);
    assert_non_null(bins);
    memcpy(sorted, draws, n * sizeof *draws);
    bg_sort(sorted, n);
    for (size_t i = 0; i < n; i += portion) {
        bg_bins_add(bins, draws + i, n - i < portion ? n - i : portion);
    }
    bg_segments segments;
    assert_int_equal(bg_bins_segments(bins, sorted[0], sorted[n - 1], &segments), BG_OK);
    assert_true(segments.n == n);
    bg_bins_free(bins);
    return segments;
}

static bg_tail exact_tail(bool upper)
{
    return bg_tail_of_draws(draws, MANY, sorted[bg_tail_place(MANY, 5, upper)],
                            (uint64_t)sorted[MANY - 1] - (uint64_t)sorted[0], 5, upper);
}

/* A sequence that takes each whole number from 0 to MANY - 1 once. */
static int64_t scattered(size_t i)
{
    return (int64_t)((i * 736338717 + 12345) % MANY);
}

/* The rank-th of 0 … MANY - 1 is rank - 1; the mean of the outer twentieth is known too. */
static void each_number_once_is_found_at_its_rank(void **state)
{
    (void)state;
    for (size_t i = 0; i < MANY; i++) {
        draws[i] = 1000 * scattered(i) - 300000000;
    }
    bg_segments segments = segments_of(MANY, 1000);
    for (unsigned percent = 1; percent < 100; percent++) {
        const uint64_t rank = (uint64_t)MANY * percent / 100;
        const double expected = 1000.0 * (double)(rank - 1) - 300000000;
        const double error = 1000 * sqrt(MANY * percent / 100.0 * (1 - percent / 100.0));
        assert_true(fabs(bg_segments_at(&segments, rank) - expected) < error / 50);
        const uint64_t below = bg_segments_below(&segments, (int64_t)expected);
        assert_true(fabs((double)below - (double)rank) < error / 1000 / 50);
    }
    const double whole = (double)bg_tail_whole(MANY, 5);
    const double mean = 1000 * (MANY - 1 - (whole - 1) / 2) - 300000000;
    assert_true(fabs(bg_tail_of_segments(&segments, 5, true).mean - mean) < 1000);
    bg_segments_free(&segments);
}

/* Against the draws themselves: root mean square of the errors at 99 levels, each in units of the
 * sampling error of its quantile, at most 1/50; tails likewise. */
static void assert_close(void)
{
    bg_segments segments = segments_of(MANY, 4096);
    double squares = 0;
    for (unsigned percent = 1; percent < 100; percent++) {
        const double p = percent / 100.0;
        const uint64_t rank = (uint64_t)ceil(MANY * p);
        const double half = sqrt(MANY * p * (1 - p));
        const double error =
            (double)(sorted[rank - 1 + (size_t)half] - sorted[rank - 1 - (size_t)half]) / 2;
        const double miss = bg_segments_at(&segments, rank) - (double)sorted[rank - 1];
        squares += miss * miss / (error * error);
    }
    assert_true(sqrt(squares / 99) <= 1.0 / 50);
    for (int upper = 0; upper < 2; upper++) {
        const bg_tail exact = exact_tail(upper);
        const bg_tail binned = bg_tail_of_segments(&segments, 5, upper);
        assert_true(fabs(binned.mean - exact.mean) <= exact.se / 50);
        assert_true(fabs(binned.se / exact.se - 1) < 0.01);
    }
    bg_segments_free(&segments);
}

static void quantiles_of_a_lognormal_sample_are_within_a_fiftieth_of_their_error(void **state)
{
    (void)state;
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_taus2);
    for (size_t i = 0; i < MANY; i++) {
        draws[i] = (int64_t)(5e10 * exp(gsl_ran_gaussian(rng, 0.08)));
    }
    assert_close();
    gsl_rng_free(rng);
}

/* One in twenty futures has an emergency: two humps of different width. */
static void quantiles_of_two_humps_are_within_a_fiftieth_of_their_error(void **state)
{
    (void)state;
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_taus2);
    for (size_t i = 0; i < MANY; i++) {
        draws[i] = (int64_t)(gsl_rng_uniform(rng) < 0.05 ? 8e10 * exp(gsl_ran_gaussian(rng, 0.2))
                                                         : 5e10 * exp(gsl_ran_gaussian(rng, 0.03)));
    }
    assert_close();
    gsl_rng_free(rng);
}

/* Pareto with exponent 2.5: the largest of a million is far beyond the largest of 4,096. */
static void a_long_tail_keeps_its_mean(void **state)
{
    (void)state;
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_taus2);
    for (size_t i = 0; i < MANY; i++) {
        draws[i] = (int64_t)gsl_ran_pareto(rng, 2.5, 1e9);
    }
    assert_close();
    gsl_rng_free(rng);
}

/* Six in ten 0, one in ten 1,000,000, the others between; some numbers are seen once in 2,000. */
static int64_t with_atoms(size_t i)
{
    const int64_t tenth = scattered(i) % 10;
    const int64_t between = 1 + scattered(3 * i + 1) % 999999;
    return tenth < 6 ? 0 : tenth < 7 ? 1000000 : scattered(i) % 2000 == 8 ? 777777 : between;
}

static void frequent_numbers_are_counted_exactly(void **state)
{
    (void)state;
    size_t zeros = 0, caps = 0;
    for (size_t i = 0; i < MANY; i++) {
        draws[i] = with_atoms(i);
        zeros += draws[i] == 0;
        caps += draws[i] == 1000000;
    }
    bg_segments segments = segments_of(MANY, 777);
    assert_true(bg_segments_below(&segments, 0) == 0);
    assert_true(bg_segments_below(&segments, 1) == zeros);
    assert_true(bg_segments_below(&segments, 1000000) == MANY - caps);
    assert_true(bg_segments_below(&segments, 1000001) == MANY);
    assert_true(bg_segments_at(&segments, 1) == 0 && bg_segments_at(&segments, zeros) == 0);
    assert_true(bg_segments_at(&segments, zeros + 1) > 0);
    assert_true(bg_segments_at(&segments, MANY - caps) < 1000000);
    assert_true(bg_segments_at(&segments, MANY - caps + 1) == 1000000);
    assert_true(bg_segments_at(&segments, MANY) == 1000000);
    bg_segments_free(&segments);
}

/* One in 5,000 is 0, too rare for the pilot to tell; the others from -500 to 500 million. */
static void nothing_is_counted_exactly_however_rare(void **state)
{
    (void)state;
    size_t negative = 0, zero = 0;
    for (size_t i = 0; i < MANY; i++) {
        draws[i] = scattered(i) % 5000 == 77 ? 0 : 1000 * (scattered(i) - MANY / 2) + 7;
        negative += draws[i] < 0;
        zero += draws[i] == 0;
    }
    bg_segments segments = segments_of(MANY, 4096);
    assert_true(bg_segments_below(&segments, 0) == negative);
    assert_true(bg_segments_below(&segments, 1) == negative + zero);
    assert_true(bg_segments_at(&segments, negative + zero / 2) == 0);
    bg_segments_free(&segments);
}

static void a_few_different_numbers_are_all_exact(void **state)
{
    (void)state;
    for (size_t i = 0; i < MANY; i++) {
        draws[i] = 123456789 * (scattered(i) % 16) - 1000000000;
    }
    bg_segments segments = segments_of(MANY, 512);
    assert_int_equal(segments.count, 16);
    for (uint64_t rank = 1; rank <= MANY; rank += 4095) {
        assert_true(bg_segments_at(&segments, rank) == (double)sorted[rank - 1]);
    }
    bg_segments_free(&segments);
    for (size_t i = 0; i < MANY; i++) {
        draws[i] = -5;
    }
    segments = segments_of(MANY, MANY);
    assert_int_equal(segments.count, 1);
    assert_true(bg_segments_at(&segments, 1) == -5 && bg_segments_at(&segments, MANY) == -5);
    const bg_tail tail = bg_tail_of_segments(&segments, 5, false);
    assert_true(tail.mean == -5 && tail.se == 0);
    bg_segments_free(&segments);
}

/* More frequent numbers than can be counted on their own: each lies in a narrow bin. */
static void forty_different_numbers_are_close(void **state)
{
    (void)state;
    for (size_t i = 0; i < MANY; i++) {
        draws[i] = 1000000000 * (scattered(i) % 40);
    }
    bg_segments segments = segments_of(MANY, 512);
    for (uint64_t rank = 1; rank <= MANY; rank += 4095) {
        assert_true(fabs(bg_segments_at(&segments, rank) - (double)sorted[rank - 1]) < 40e9 / 1024);
    }
    bg_segments_free(&segments);
}

/* Numbers that the pilot did not see the like of, as far as 64 bits reach. */
static void numbers_far_beyond_the_pilot_keep_extremes_and_sums(void **state)
{
    (void)state;
    enum { FAR = 100 };
    for (size_t i = 0; i < MANY; i++) {
        draws[i] = scattered(i);
    }
    for (size_t i = 0; i < FAR; i++) {
        draws[PILOT + 11 * i] = i % 2 ? INT64_MAX - (int64_t)i : INT64_MIN + (int64_t)i;
        draws[PILOT + 11 * i + 5] = i % 2 ? 50000000000 : -60000000000;
    }
    bg_segments segments = segments_of(MANY, 4096);
    const bg_segment *last = &segments.item[segments.count - 1];
    assert_true(last->high == INT64_MAX - 1 && segments.item[0].low == INT64_MIN);
    assert_int_equal(last->count, FAR / 2);
    assert_true(fabs(bg_segments_at(&segments, MANY / 2) - MANY / 2.0) < 10);
    for (int upper = 0; upper < 2; upper++) {
        const bg_tail exact = exact_tail(upper);
        assert_true(fabs(bg_tail_of_segments(&segments, 5, upper).mean / exact.mean - 1) < 1e-9);
    }
    bg_segments_free(&segments);
}

/* The pilot itself reaches from end to end of 64 bits. */
static void the_widest_range_fits(void **state)
{
    (void)state;
    for (size_t i = 0; i < MANY; i++) {
        draws[i] = (int64_t)((uint64_t)scattered(i) << 44);
    }
    draws[0] = INT64_MIN;
    draws[1] = INT64_MAX;
    draws[PILOT] = INT64_MAX;
    bg_segments segments = segments_of(MANY, 4096);
    for (uint64_t rank = 1; rank <= MANY; rank += MANY / 8 - 1) {
        const double miss = bg_segments_at(&segments, rank) - (double)sorted[rank - 1];
        assert_true(fabs(miss) < ldexp(1, 64) / 1024);
    }
    assert_true(segments.item[0].low == INT64_MIN);
    assert_true(segments.item[segments.count - 1].high == INT64_MAX);
    bg_segments_free(&segments);
}

/* The same draws in portions of any size, and turned about behind the pilot. */
static void neither_portions_nor_order_nor_instruction_set_change_a_count(void **state)
{
    (void)state;
    static const size_t portions[] = {1, 511, 4096, MANY};
    for (size_t i = 0; i < MANY; i++) {
        draws[i] = with_atoms(i) * (i == MANY - 3 ? 1000000 : 1);
    }
    bg_segments first = segments_of(MANY, 100);
    for (int isa = 0; isa < BG_ISA_COUNT; isa++) {
        for (size_t p = 0; bg_isa_use((bg_isa)isa) && p < sizeof portions / sizeof *portions; p++) {
            for (size_t i = PILOT, j = MANY - 1; i < j; i++, j--) {
                const int64_t held = draws[i];
                draws[i] = draws[j];
                draws[j] = held;
            }
            bg_segments other = segments_of(MANY, portions[p]);
            assert_int_equal(other.count, first.count);
            assert_memory_equal(other.item, first.item, first.count * sizeof *first.item);
            bg_segments_free(&other);
        }
    }
    bg_segments_free(&first);
    bg_segments_free(&first);
}

static void one_number_is_a_distribution(void **state)
{
    (void)state;
    draws[0] = 42;
    bg_segments segments = segments_of(1, 1);
    assert_true(bg_segments_at(&segments, 1) == 42);
    assert_true(bg_segments_below(&segments, 42) == 0);
    assert_true(bg_segments_below(&segments, 43) == 1);
    assert_true(isnan(bg_tail_of_segments(&segments, 5, true).se));
    bg_segments_free(&segments);
    bg_bins_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_number_once_is_found_at_its_rank),
        cmocka_unit_test(quantiles_of_a_lognormal_sample_are_within_a_fiftieth_of_their_error),
        cmocka_unit_test(quantiles_of_two_humps_are_within_a_fiftieth_of_their_error),
        cmocka_unit_test(a_long_tail_keeps_its_mean),
        cmocka_unit_test(frequent_numbers_are_counted_exactly),
        cmocka_unit_test(nothing_is_counted_exactly_however_rare),
        cmocka_unit_test(a_few_different_numbers_are_all_exact),
        cmocka_unit_test(forty_different_numbers_are_close),
        cmocka_unit_test(numbers_far_beyond_the_pilot_keep_extremes_and_sums),
        cmocka_unit_test(the_widest_range_fits),
        cmocka_unit_test(neither_portions_nor_order_nor_instruction_set_change_a_count),
        cmocka_unit_test(one_number_is_a_distribution),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
