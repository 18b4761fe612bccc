/* People who leave as their contribution rises: by hand where all is certain, by closed forms where not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/close.h"
#include "../../support/demand_block.h"
#include "../../support/demand_loaded.h"

#include <math.h>

enum { YEARS = 3, N = 20000 };

/* 100 million a year for 100,000 people, and next to no noise. */
static const char steady[] = "history: {2024: 100M}\n"
                             "people: {residents: {count: 100000, growth: 0%, growth_sd: 0%}}\n"
                             "demand: {trend: {prior: 0%, prior_sd: 0%}, volatility: {total: 0%},\n"
                             "         emergency: {probability: 0%}}\n"
                             "budget: {growth: 0%}\n"
                             "simulation: {years: 3}\n";

static const char county[] =
    "history:\n"
    "  2023: {residents.inpatient.in: {cases: 60000, paid: 240M}, residents.total: 60M}\n"
    "  2024: {residents.inpatient.in: {cases: 64000, paid: 250M}, residents.total: 70M}\n"
    "people: {residents: {count: 400000}}\n"
    "budget: {growth: 5%}\n"
    "simulation: {years: 3}\n";

/* The contribution rises by 10 % in 2026 and again in 2027. */
static const double rising[] = {1, 1.1, 1.21};

static demand_loaded load(const char *text, double elasticity, double sd, double relative_cost)
{
    demand_loaded self = demand_load(text);
    assert_int_equal(self.status, BG_OK);
    const bg_enrolment_terms terms = {.elasticity = elasticity,
                                      .elasticity_sd = sd,
                                      .relative_cost = relative_cost,
                                      .ratio = rising};
    bg_demand_enrol(self.demand, 0, &terms);
    return self;
}

/* 1.1^-0.1 = 0.9905142582: 948.6 of 100,000 leave, who cost half as much as all. */
static void who_leaves_takes_half_the_mean_cost_along(void **state)
{
    (void)state;
    demand_loaded self = load(steady, -0.1, 0, 0.5);
    bg_future path;
    assert_int_equal(bg_future_init(&path, self.demand), BG_OK);
    assert_int_equal(bg_demand_central(self.demand, &path), BG_OK);
    static const double people[] = {100000, 99051.42582, 98111.84957};
    for (size_t year = 0; year < YEARS; year++) {
        assert_close(path.people[year], people[year], 1e-4);
        const double expected = 10000000000 * (1 - 0.5 * (1 - people[year] / 100000));
        assert_close((double)bg_future_expense(&path, 0, year), expected, 10);
    }
    bg_future_free(&path);
    demand_unload(&self);
}

/* A drawn elasticity is normal and 0 at most: without a part above 0, E r^e = r^(m + ln r s^2 / 2). */
static void shares_have_their_mean_and_spread_in_both_engines(void **state)
{
    (void)state;
    const double mean = -0.5, sd = 0.1;
    demand_loaded self = load(steady, mean, sd, 0.5);
    demand_block block = demand_block_new(self.demand, N);
    assert_int_equal(demand_block_draw(&block, self.demand, 1000), BG_OK);
    bg_sampler *sampler = bg_sampler_new(self.demand);
    bg_future path;
    assert_non_null(sampler);
    assert_int_equal(bg_future_init(&path, self.demand), BG_OK);
    double sum[2][YEARS] = {{0}}, square[2][YEARS] = {{0}};
    for (size_t i = 0; i < N; i++) {
        assert_int_equal(bg_demand_draw(self.demand, sampler, (uint32_t)i + 1, &path), BG_OK);
        for (size_t year = 0; year < YEARS; year++) {
            const double share[] = {block.columns[0][year].people[i] / 100000,
                                    path.people[year] / 100000};
            for (int engine = 0; engine < 2; engine++) {
                sum[engine][year] += share[engine] / N;
                square[engine][year] += share[engine] * share[engine] / N;
            }
        }
    }
    for (size_t year = 0; year < YEARS; year++) {
        const double rise = log(rising[year]);
        const double expected = exp(rise * mean + rise * rise * sd * sd / 2);
        const double spread = expected * sqrt(expm1(rise * rise * sd * sd));
        for (int engine = 0; engine < 2; engine++) {
            const double variance = square[engine][year] - sum[engine][year] * sum[engine][year];
            assert_close(sum[engine][year], expected, 4 * spread / sqrt(N) + 1e-9);
            assert_close(sqrt(fmax(0, variance)), spread, 4 * spread / sqrt(2.0 * N) + 1e-6);
        }
    }
    bg_future_free(&path);
    bg_sampler_free(sampler);
    demand_block_free(&block);
    demand_unload(&self);
}

typedef struct spread {
    double mean, variance; /* of the expense of the last year */
} spread;

static spread spread_of(const demand_loaded *self, bool fast)
{
    demand_block block = demand_block_new(self->demand, N);
    bg_sampler *sampler = bg_sampler_new(self->demand);
    bg_future path;
    assert_int_equal(bg_future_init(&path, self->demand), BG_OK);
    assert_int_equal(demand_block_draw(&block, self->demand, 1000), BG_OK);
    double sum = 0, square = 0;
    for (size_t i = 0; i < N; i++) {
        assert_int_equal(bg_demand_draw(self->demand, sampler, (uint32_t)i + 1, &path), BG_OK);
        const double expense = (double)(fast ? demand_block_expense(&block, 0, YEARS - 1, i)
                                             : bg_future_expense(&path, 0, YEARS - 1)) /
                               10000000000;
        sum += expense / N;
        square += expense * expense / N;
    }
    bg_future_free(&path);
    bg_sampler_free(sampler);
    demand_block_free(&block);
    return (spread){sum, square - sum * sum};
}

/* 1.21^-3 = 0.564474 stay, so that g x 0.435526 of the expense goes along with g = 0.5 exp(0.4 z): its mean is
 * 0.5 exp(0.08), its variance that squared times exp(0.16) - 1. */
static void what_who_leaves_costs_is_drawn_once_a_future(void **state)
{
    (void)state;
    demand_loaded sure = load(steady, -3, 0, 0.5), drawn = demand_load(steady);
    const bg_enrolment_terms terms = {
        .elasticity = -3, .relative_cost = 0.5, .relative_cost_sd = 0.4, .ratio = rising};
    bg_demand_enrol(drawn.demand, 0, &terms);
    const double left = 1 - 0.5644739301, mean = 0.5 * exp(0.08);
    const double variance = left * left * mean * mean * expm1(0.16);
    for (int fast = 0; fast < 2; fast++) {
        const spread without = spread_of(&sure, fast), with = spread_of(&drawn, fast);
        assert_close(with.mean, 1 - left * mean, 4 * sqrt(with.variance / N));
        assert_close(with.variance - without.variance, variance, 0.05 * variance);
    }
    assert_close(bg_demand_mean(drawn.demand, 0, YEARS - 1) / 10000000000, 1 - left * mean, 1e-9);
    demand_unload(&sure);
    demand_unload(&drawn);
}

/* Its stream is its own: who leaves is the same. */
static void what_who_leaves_costs_does_not_move_who_leaves(void **state)
{
    (void)state;
    demand_loaded sure = load(county, -0.6, 0.4, 0.5), drawn = demand_load(county);
    const bg_enrolment_terms terms = {.elasticity = -0.6,
                                      .elasticity_sd = 0.4,
                                      .relative_cost = 0.5,
                                      .relative_cost_sd = 0.4,
                                      .ratio = rising};
    bg_demand_enrol(drawn.demand, 0, &terms);
    demand_block before = demand_block_new(sure.demand, 100);
    demand_block after = demand_block_new(drawn.demand, 100);
    assert_int_equal(demand_block_draw(&before, sure.demand, 100), BG_OK);
    assert_int_equal(demand_block_draw(&after, drawn.demand, 100), BG_OK);
    size_t same = 0;
    for (size_t i = 0; i < 100; i++) {
        assert_true(before.columns[0][2].people[i] == after.columns[0][2].people[i]);
        same += demand_block_expense(&before, 0, 2, i) == demand_block_expense(&after, 0, 2, i);
    }
    assert_in_range(same, 1, 30); /* an elasticity that would be above 0 is 0 */
    demand_block_free(&before);
    demand_block_free(&after);
    demand_unload(&sure);
    demand_unload(&drawn);
}

/* The mean is closed: that of simulated expenses lies within 4 standard errors. */
static void the_mean_counts_who_leaves(void **state)
{
    (void)state;
    demand_loaded self = load(county, -0.6, 0.4, 0.5);
    demand_block block = demand_block_new(self.demand, N);
    assert_int_equal(demand_block_draw(&block, self.demand, 500), BG_OK);
    for (size_t year = 0; year < YEARS; year++) {
        double sum = 0, square = 0;
        for (size_t i = 0; i < N; i++) {
            const double expense = (double)demand_block_expense(&block, 0, year, i);
            sum += expense / N;
            square += expense * expense / N;
        }
        const double expected =
            bg_demand_mean(self.demand, 0, year) + bg_demand_mean(self.demand, 1, year);
        assert_close(sum, expected, 4 * sqrt((square - sum * sum) / N));
    }
    demand_block_free(&block);
    demand_unload(&self);
}

static uint64_t hash_of(const demand_loaded *self)
{
    demand_block block = demand_block_new(self->demand, 200);
    assert_int_equal(demand_block_draw(&block, self->demand, 64), BG_OK);
    const uint64_t hash = demand_block_hash(&block);
    demand_block_free(&block);
    return hash;
}

static void a_contribution_that_stays_leaves_every_bit(void **state)
{
    (void)state;
    static const double level[] = {1, 1, 1};
    demand_loaded plain = demand_load(county), same = demand_load(county);
    const bg_enrolment_terms terms = {.elasticity = -0.5, .relative_cost = 0.5, .ratio = level};
    bg_demand_enrol(same.demand, 0, &terms);
    demand_loaded moved = load(county, -0.5, 0, 0.5);
    assert_true(hash_of(&plain) == hash_of(&same));
    assert_false(hash_of(&plain) == hash_of(&moved));
    demand_unload(&plain);
    demand_unload(&same);
    demand_unload(&moved);
}

/* Only people change where those who leave cost nothing; all costs do where they cost as much as others. */
static void cost_follows_exposure_and_not_people(void **state)
{
    (void)state;
    demand_loaded plain = demand_load(county), free_riders = load(county, -0.5, 0, 0);
    demand_block before = demand_block_new(plain.demand, 100);
    demand_block after = demand_block_new(free_riders.demand, 100);
    assert_int_equal(demand_block_draw(&before, plain.demand, 100), BG_OK);
    assert_int_equal(demand_block_draw(&after, free_riders.demand, 100), BG_OK);
    for (size_t i = 0; i < 100; i++) {
        assert_int_equal(demand_block_expense(&before, 0, 2, i),
                         demand_block_expense(&after, 0, 2, i));
        /* 1.21^-0.5 = 1 / 1.1 */
        assert_close(after.columns[0][2].people[i], before.columns[0][2].people[i] / 1.1, 1e-6);
    }
    demand_block_free(&before);
    demand_block_free(&after);
    demand_unload(&plain);
    demand_unload(&free_riders);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_leaves_takes_half_the_mean_cost_along),
        cmocka_unit_test(shares_have_their_mean_and_spread_in_both_engines),
        cmocka_unit_test(what_who_leaves_costs_is_drawn_once_a_future),
        cmocka_unit_test(what_who_leaves_costs_does_not_move_who_leaves),
        cmocka_unit_test(the_mean_counts_who_leaves),
        cmocka_unit_test(a_contribution_that_stays_leaves_every_bit),
        cmocka_unit_test(cost_follows_exposure_and_not_people),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
