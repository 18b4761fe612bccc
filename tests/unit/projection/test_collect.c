/* Collections fed with columns by hand in place of futures. */
#include "../../support/projected.h"

#include "projection/collect.h"
#include "statistics/summary.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { TWO = 2, MOST = 200000 };

typedef struct fixture {
    bg_scenario *scenario;
    bg_model model;
    bg_collection collection;
} fixture;

/* One scheme, two years, two outcomes and no cash: four columns. */
static void open_fixture(fixture *self, const size_t *looks, size_t count, bool keep)
{
    static const bool wanted[64] = {[BG_OUTCOME_expense] = true, [BG_OUTCOME_overspend] = true};
    const bg_projection_options options = {.outcomes = wanted, .no_cash = true, .keep = keep};
    bg_errors errors;
    bg_errors_init(&errors);
    self->scenario = parse_scenario("history: {2024: 110M}\nsimulation: {years: 2}\n", NULL);
    assert_int_equal(bg_model_read(self->scenario, &self->model, &errors), BG_OK);
    assert_int_equal(bg_collection_init(&self->collection, &self->model, &options, looks, count, 1),
                     BG_OK);
    assert_int_equal(self->collection.layout.columns, 4);
    bg_errors_free(&errors);
}

static void close_fixture(fixture *self)
{
    bg_collection_free(&self->collection);
    bg_collection_free(&self->collection);
    bg_model_free(&self->model);
    bg_scenario_free(self->scenario);
}

/* Replication i of a column, from 0. The last column is 0 in three of four. */
static bg_fen value_of(size_t column, size_t i)
{
    const int64_t scattered = (int64_t)((i + 1) * UINT64_C(0x9E3779B97F4A7C15) >> (20 + column));
    return column == 3 && i % 4 ? 0 : scattered;
}

/* Event 1 in every fifth replication of the first year and every seventh of the second. */
static uint8_t events_of(size_t year, size_t i)
{
    return (uint8_t)((i % (year ? 7 : 5) == 0) << 1);
}

static void feed(bg_collection *self, size_t last, int threads)
{
    while (self->n < last) {
        size_t room;
        assert_int_equal(bg_collection_room(self, threads, &room), BG_OK);
        assert_true(room >= 1);
        const size_t n = last - self->n < room ? last - self->n : room;
        for (size_t i = 0; i < n; i++) {
            for (size_t column = 0; column < 4; column++) {
                bg_frame_column(&self->frame, column)[self->held + i] =
                    value_of(column, self->n + i);
            }
            for (size_t year = 0; year < TWO; year++) {
                bg_frame_event(&self->frame, 0, year)[self->held + i] =
                    events_of(year, self->n + i);
            }
        }
        bg_collection_take(self, n, threads);
    }
    assert_int_equal(bg_collection_summarise(self, threads), BG_OK);
}

static bg_statistics directly(size_t column, size_t n)
{
    bg_fen *draws = malloc(2 * n * sizeof *draws);
    assert_non_null(draws);
    for (size_t i = 0; i < n; i++) {
        draws[i] = value_of(column, i);
    }
    bg_statistics result;
    bg_statistics_compute(draws, n, draws + n, &result);
    free(draws);
    return result;
}

static void assert_equal_statistics(const bg_statistics *a, const bg_statistics *b)
{
    assert_true(a->n == b->n && a->mean == b->mean && a->sd == b->sd && a->mean_se == b->mean_se);
    assert_true(a->minimum == b->minimum && a->maximum == b->maximum);
    assert_true(a->tvar_upper == b->tvar_upper && a->tvar_lower == b->tvar_lower);
    assert_true(a->tvar_upper_se == b->tvar_upper_se && a->tvar_lower_se == b->tvar_lower_se);
    for (size_t q = 0; q < BG_QUANTILE_COUNT; q++) {
        assert_true(a->quantile[q].value == b->quantile[q].value);
        assert_true(a->quantile[q].low == b->quantile[q].low);
        assert_true(a->quantile[q].high == b->quantile[q].high);
    }
}

static void up_to_a_hundred_thousand_all_is_exact(void **state)
{
    (void)state;
    static const size_t sizes[] = {1, 999, 4096, 4097, 100000};
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
        fixture f;
        open_fixture(&f, &sizes[s], 1, false);
        feed(&f.collection, sizes[s], 2);
        for (size_t column = 0; column < 4 && sizes[s] > 1; column++) {
            const bg_statistics expected = directly(column, sizes[s]);
            assert_equal_statistics(&f.collection.statistics[column], &expected);
            assert_true(bg_collection_draws(&f.collection, column)[sizes[s] - 1] ==
                        value_of(column, sizes[s] - 1));
        }
        close_fixture(&f);
    }
}

/* Sums stay exact; quantiles are within a tenth of half their interval, several times what bins leave. */
static void beyond_that_order_statistics_come_from_bins(void **state)
{
    (void)state;
    const size_t n = MOST;
    fixture f;
    open_fixture(&f, &n, 1, false);
    assert_in_range(f.collection.frame.capacity, BG_PILOT, BG_PASSING_BYTES / (4 * sizeof(bg_fen)));
    feed(&f.collection, n, 2);
    for (size_t column = 0; column < 4; column++) {
        const bg_statistics expected = directly(column, n);
        const bg_statistics *s = &f.collection.statistics[column];
        assert_null(bg_collection_draws(&f.collection, column));
        assert_true(s->n == n && s->mean == expected.mean && s->sd == expected.sd);
        assert_true(s->minimum == expected.minimum && s->maximum == expected.maximum);
        assert_true(fabs(s->tvar_upper - expected.tvar_upper) <= expected.tvar_upper_se / 50);
        for (size_t q = 0; q < BG_QUANTILE_COUNT; q++) {
            const bg_quantile *exact = &expected.quantile[q];
            const double tenth = (exact->high - exact->low) / 20;
            assert_true(fabs(s->quantile[q].value - exact->value) <= tenth);
            assert_true(fabs(s->quantile[q].low - exact->low) <= tenth);
            assert_true(fabs(s->quantile[q].high - exact->high) <= tenth);
        }
    }
    close_fixture(&f);
}

/* What a run of a given length says does not depend on how it came to be that long. */
static void a_run_that_was_looked_at_before_says_the_same(void **state)
{
    (void)state;
    static const size_t looks[] = {1000, 2000, 4000, 8000, 16000, 32000, 64000, 128000, MOST};
    fixture often;
    open_fixture(&often, looks, sizeof looks / sizeof *looks, false);
    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++) {
        fixture once;
        open_fixture(&once, &looks[i], 1, false);
        feed(&often.collection, looks[i], 2);
        feed(&once.collection, looks[i], 1);
        for (size_t column = 0; column < 4; column++) {
            assert_equal_statistics(&often.collection.statistics[column],
                                    &once.collection.statistics[column]);
            for (unsigned shift = 0; shift < 4; shift++) {
                const size_t part = looks[i] >> shift;
                const bg_moments *a = bg_collection_early(&often.collection, column, part);
                const bg_moments *b = bg_collection_early(&once.collection, column, part);
                assert_true(a->n == part && b->n == part && a->sum == b->sum);
                assert_true(bg_moments_se(a) == bg_moments_se(b));
            }
        }
        close_fixture(&once);
    }
    close_fixture(&often);
}

static void early_sums_are_those_of_the_first_replications(void **state)
{
    (void)state;
    const size_t n = 120007;
    fixture f;
    open_fixture(&f, &n, 1, false);
    feed(&f.collection, n, 3);
    for (unsigned shift = 0; shift < 4; shift++) {
        const bg_statistics expected = directly(1, n >> shift);
        const bg_moments *early = bg_collection_early(&f.collection, 1, n >> shift);
        assert_true(bg_moments_mean(early) == expected.mean);
        assert_true(bg_moments_se(early) == expected.mean_se);
    }
    close_fixture(&f);
}

/* Of 0 … 104,999: 21,000 multiples of 5, 15,000 of 7, 3,000 of 35. */
static void events_are_counted_by_year_and_in_any_year(void **state)
{
    (void)state;
    const size_t n = 105000;
    fixture f;
    open_fixture(&f, &n, 1, false);
    feed(&f.collection, n, 2);
    assert_int_equal(bg_collection_event_count(&f.collection, 0, 0, (bg_event)1), 21000);
    assert_int_equal(bg_collection_event_count(&f.collection, 0, 1, (bg_event)1), 15000);
    assert_int_equal(bg_collection_event_count(&f.collection, 0, 2, (bg_event)1), 33000);
    assert_int_equal(bg_collection_event_count(&f.collection, 0, 0, (bg_event)0), 0);
    close_fixture(&f);
}

/* Kept draws change no figure. */
static void all_draws_are_kept_when_asked(void **state)
{
    (void)state;
    const size_t n = MOST;
    fixture kept, binned;
    open_fixture(&kept, &n, 1, true);
    open_fixture(&binned, &n, 1, false);
    feed(&kept.collection, n, 2);
    feed(&binned.collection, n, 2);
    for (size_t column = 0; column < 4; column++) {
        assert_equal_statistics(&kept.collection.statistics[column],
                                &binned.collection.statistics[column]);
        const bg_fen *draws = bg_collection_draws(&kept.collection, column);
        assert_true(draws[0] == value_of(column, 0) && draws[n - 1] == value_of(column, n - 1));
    }
    close_fixture(&kept);
    close_fixture(&binned);
}

static void draws_below_an_edge_are_counted(void **state)
{
    (void)state;
    static const size_t sizes[] = {1000, MOST};
    for (size_t s = 0; s < 2; s++) {
        const size_t n = sizes[s];
        fixture f;
        open_fixture(&f, &n, 1, false);
        feed(&f.collection, n, 2);
        const bg_statistics *of = &f.collection.statistics[3];
        const bg_fen edges[] = {0, 1, of->maximum / 2, of->maximum, of->maximum + 1};
        size_t below[5];
        assert_int_equal(bg_collection_below(&f.collection, 3, edges, 5, below), BG_OK);
        size_t half = 0;
        for (size_t i = 0; i < n; i++) {
            half += value_of(3, i) < edges[2];
        }
        assert_true(below[0] == 0 && below[1] == n / 4 * 3 && below[4] == n);
        assert_true(s == 0 ? below[3] == n - 1 : below[3] >= n - 2 && below[3] <= n);
        const double miss = (double)below[2] - (double)half;
        assert_true(s == 0 ? miss == 0 : fabs(miss) < sqrt((double)n) / 10);
        close_fixture(&f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(up_to_a_hundred_thousand_all_is_exact),
        cmocka_unit_test(beyond_that_order_statistics_come_from_bins),
        cmocka_unit_test(a_run_that_was_looked_at_before_says_the_same),
        cmocka_unit_test(early_sums_are_those_of_the_first_replications),
        cmocka_unit_test(events_are_counted_by_year_and_in_any_year),
        cmocka_unit_test(all_draws_are_kept_when_asked),
        cmocka_unit_test(draws_below_an_edge_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
