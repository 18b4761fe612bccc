/* What audits bring back: by hand where it is certain, by its distribution where not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/close.h"
#include "../../support/demand_block.h"
#include "../../support/demand_loaded.h"

#include <math.h>
#include <stdio.h>

enum { YEARS = 2, N = 5000 };

/* The fund paid three quarters for residents and one for employees in the last past year. */
static demand_loaded load(const char *measure)
{
    char text[1024];
    snprintf(text, sizeof text,
             "history: {2024: {residents.total: 60M, employees.total: 20M}}\n"
             "measures: {%s}\n"
             "simulation: {years: 2}\n",
             measure);
    demand_loaded self = demand_load(text);
    assert_int_equal(self.status, BG_OK);
    return self;
}

static uint64_t hash_of(const demand_loaded *self)
{
    demand_block block = demand_block_new(self->demand, 100);
    assert_int_equal(demand_block_draw(&block, self->demand, 64), BG_OK);
    const uint64_t hash = demand_block_hash(&block);
    demand_block_free(&block);
    return hash;
}

/* Fen by scheme and year, in every future of both engines and on the central path. */
static void assert_recovered(const bg_demand *demand, const bg_fen expected[2][YEARS])
{
    demand_block block = demand_block_new(demand, 20);
    bg_sampler *sampler = bg_sampler_new(demand);
    bg_future path, central;
    assert_int_equal(bg_future_init(&path, demand), BG_OK);
    assert_int_equal(bg_future_init(&central, demand), BG_OK);
    assert_int_equal(demand_block_draw(&block, demand, 7), BG_OK);
    assert_int_equal(bg_demand_draw(demand, sampler, 3, &path), BG_OK);
    assert_int_equal(bg_demand_central(demand, &central), BG_OK);
    for (size_t i = 0; i < (size_t)2 * YEARS; i++) {
        const size_t scheme = i / YEARS, year = i % YEARS;
        for (size_t k = 0; k < block.capacity; k++) {
            assert_int_equal(block.columns[scheme][year].recovered[k], expected[scheme][year]);
        }
        assert_int_equal(path.recovered[BG_FUTURE_YEAR(&path, scheme, year)],
                         expected[scheme][year]);
        assert_int_equal(central.recovered[BG_FUTURE_YEAR(&path, scheme, year)],
                         expected[scheme][year]);
    }
    bg_future_free(&path);
    bg_future_free(&central);
    bg_sampler_free(sampler);
    demand_block_free(&block);
}

/* 12 million a year from July on: half of it in the first year. */
static void a_year_brings_back_the_mean_of_its_months(void **state)
{
    (void)state;
    demand_loaded self = load("audit: {from: 2025-07, recoveries: 12M}");
    static const bg_fen expected[2][YEARS] = {{450000000, 900000000}, {150000000, 300000000}};
    static const bg_fen nothing[2][YEARS] = {{0}};
    assert_true(bg_demand_recovers(self.demand));
    assert_recovered(self.demand, expected);
    bg_demand_keep_changes(self.demand, 0);
    assert_recovered(self.demand, nothing);
    demand_unload(&self);
}

/* Linear over twelve months: month m has (m + 1/2) / 12, the year half; two add up. */
static void a_ramp_weighs_it_and_lines_say_whose_it_is(void **state)
{
    (void)state;
    demand_loaded self = load("audit: {from: 2025-01, ramp: {form: linear, months: 12},\n"
                              "  lines: [employees.total], recoveries: 2M},\n"
                              "other: {from: 2026-01, lines: [employees.*], recoveries: 3M}");
    static const bg_fen expected[2][YEARS] = {{0}, {100000000, 500000000}};
    assert_recovered(self.demand, expected);
    demand_unload(&self);
}

/* The logarithm is normal about ln 2,000,000, with the sd ln 4 / (2 * 1.2815515655). */
static void an_uncertain_amount_is_drawn_once_a_future(void **state)
{
    (void)state;
    demand_loaded self = load("audit: {from: 2025-01, lines: [residents.total],\n"
                              "        recoveries: {p10: 1000000, p90: 4000000}}");
    const double sd = 0.5408656188293053;
    demand_block block = demand_block_new(self.demand, N);
    assert_int_equal(demand_block_draw(&block, self.demand, 100), BG_OK);
    bg_sampler *sampler = bg_sampler_new(self.demand);
    bg_future path;
    assert_int_equal(bg_future_init(&path, self.demand), BG_OK);
    double sum[2] = {0}, square[2] = {0};
    for (uint32_t i = 0; i < N; i++) {
        assert_int_equal(bg_demand_draw(self.demand, sampler, i + 1, &path), BG_OK);
        assert_int_equal(path.recovered[0], path.recovered[1]);
        assert_int_equal(block.columns[0][0].recovered[i], block.columns[0][1].recovered[i]);
        const bg_fen fen[2] = {block.columns[0][0].recovered[i], path.recovered[0]};
        for (int engine = 0; engine < 2; engine++) {
            const double log_yuan = log((double)fen[engine] / 100);
            sum[engine] += log_yuan / N;
            square[engine] += log_yuan * log_yuan / N;
        }
    }
    for (int engine = 0; engine < 2; engine++) {
        assert_close(sum[engine], log(2000000), 4 * sd / sqrt(N));
        assert_close(sqrt(square[engine] - sum[engine] * sum[engine]), sd, 4 * sd / sqrt(2.0 * N));
    }
    assert_int_equal(bg_demand_central(self.demand, &path), BG_OK);
    assert_close((double)path.recovered[1], 200000000 * exp(sd * sd / 2), 1);
    bg_future_free(&path);
    bg_sampler_free(sampler);
    demand_block_free(&block);
    demand_unload(&self);
}

static void what_comes_back_leaves_every_bit_of_care(void **state)
{
    (void)state;
    demand_loaded audit = load("audit: {from: 2025-07, recoveries: {p10: 1M, p90: 12M}}");
    demand_loaded none = load("");
    assert_false(bg_demand_recovers(none.demand));
    assert_int_equal(hash_of(&audit), hash_of(&none));
    demand_unload(&audit);
    demand_unload(&none);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_year_brings_back_the_mean_of_its_months),
        cmocka_unit_test(a_ramp_weighs_it_and_lines_say_whose_it_is),
        cmocka_unit_test(an_uncertain_amount_is_drawn_once_a_future),
        cmocka_unit_test(what_comes_back_leaves_every_bit_of_care),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
