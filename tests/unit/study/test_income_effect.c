/* What measures bring into the pooled fund, beside what they do to expense: by hand, and adding up to the fen. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/close.h"
#include "../../support/folder.h"
#include "../../support/projected.h"
#include "study/contribution_difference.h"
#include "study/net.h"

#include <math.h>

/* 100,000 residents and 10,000 employees, each year. */
#define COUNTY                                                                                     \
    "history: {2024: {residents.total: 90M, employees.total: 30M}}\n"                              \
    "people: {residents: {count: 100000, growth: 0%, growth_sd: 0},\n"                             \
    "         employees: {count: 10000, growth: 0%, growth_sd: 0}}\n"                              \
    "simulation: {years: 2, replications: 500}\n"
#define POOL                                                                                       \
    "pool: {residents: {contribution: 400, subsidy: 700, subsidy_growth: 0%,\n"                    \
    "                   subsidy_growth_sd: 0%, interest: 3%,\n"                                    \
    "                   balance: 50M, enrolment: {elasticity: -0.5, elasticity_sd: 0}}}\n"
#define AUDIT "audit: {from: 2025-07, recoveries: 1200000}\n"

enum { RESIDENTS, EMPLOYEES, ALL, UNITS };
enum { YEARS = 2 };

typedef struct computed {
    bg_scenario *scenario;
    bg_contributions of;
} computed;

static const bg_projection_options one_thread = {.threads = 1};

static void start(computed *self, const char *text)
{
    bg_errors errors;
    bg_errors_init(&errors);
    self->scenario = parse_scenario(text, NULL);
    assert_int_equal(bg_contributions_compute(self->scenario, 500, &one_thread, &self->of, &errors),
                     BG_OK);
    bg_errors_free(&errors);
}

static void finish(computed *self)
{
    bg_contributions_free(&self->of);
    bg_scenario_free(self->scenario);
}

static bg_effect effect(const computed *self, size_t row, size_t unit, size_t year,
                        bg_effect_kind kind)
{
    return *bg_contributions_effect(&self->of, row, unit, year, kind);
}

static bg_effect income(const computed *self, size_t row, size_t unit, size_t year)
{
    return effect(self, row, unit, year, BG_EFFECT_INCOME);
}

static void assert_income(const computed *self, size_t row, size_t unit, size_t year,
                          bg_fen expected)
{
    const bg_effect found = income(self, row, unit, year);
    assert_int_equal(found.mean, expected);
    assert_true(found.se == 0);
}

/* ---- where it comes from ---- */

/* 600,000 of 1,200,000 yuan in the half year, three quarters of it residents'; interest on them is none of it. */
static void what_is_brought_back_is_income_without_interest(void **state)
{
    (void)state;
    computed self;
    start(&self, COUNTY POOL "measures:\n  " AUDIT);
    assert_true(self.of.income);
    static const bg_fen yuan[UNITS][YEARS + 1] = {
        {450000, 900000, 1350000}, {150000, 300000, 450000}, {600000, 1200000, 1800000}};
    for (size_t unit = 0; unit < UNITS; unit++) {
        for (size_t year = 0; year <= YEARS; year++) {
            assert_income(&self, 0, unit, year, 100 * yuan[unit][year]);
            assert_int_equal(effect(&self, 0, unit, year, BG_EFFECT_EXPENSE).mean, 0);
        }
    }
    finish(&self);
}

/* Of 100,000 people 1.21^-0.5 = 1/1.1 stay, 90,909 whole ones: each pays 484 and brings 700, where 100,000 brought
 * 1,100. */
static void who_leaves_takes_the_subsidy_along(void **state)
{
    (void)state;
    computed self;
    start(&self, COUNTY POOL "measures: {rise: {from: 2026-01, contributions: 21%}}\n");
    assert_income(&self, 0, RESIDENTS, 0, 0);
    assert_income(&self, 0, RESIDENTS, 1,
                  100 * (INT64_C(90909) * (484 + 700) - INT64_C(100000) * 1100));
    assert_income(&self, 0, EMPLOYEES, YEARS, 0);
    finish(&self);
}

/* 2 % more of 100,000 people bring 1,100 yuan each; where the pool's income is not given nobody can say. */
static void more_people_bring_more(void **state)
{
    (void)state;
    computed self;
    start(&self,
          COUNTY POOL "measures: {more: {lines: [residents.*], from: 2025-01, people: 2%}}\n");
    assert_income(&self, 0, ALL, 0, INT64_C(2000) * 110000);
    finish(&self);
    start(&self, COUNTY "measures: {more: {lines: [residents.*], from: 2025-01, people: 2%}}\n");
    assert_false(self.of.income);
    finish(&self);
}

static void without_income_there_is_no_such_kind(void **state)
{
    (void)state;
    computed self;
    start(&self, COUNTY POOL "measures: {cut: {from: 2025-01, cases: -5%}}\n");
    assert_false(self.of.income);
    assert_int_equal(bg_contributions_kinds(&self.of), BG_EFFECT_INCOME);
    assert_income(&self, 0, ALL, YEARS, 0);
    finish(&self);
}

/* ---- adding up ---- */

#define SEVERAL                                                                                    \
    COUNTY POOL                                                                                    \
        "measures:\n  " AUDIT "  b_rise: {from: 2025-01, contributions: 10%}\n"                    \
        "  c_rise: {from: 2026-01, contributions: 20%, outlay: {amount: 3, payer: pool}}\n"        \
        "  d_back: {from: 2025-01, lines: [residents.*],\n"                                        \
        "           recoveries: {p10: 1M, p90: 4M}}\n"

enum { A, B, C, D, TOGETHER, REST, ROWS };

static void rows_schemes_and_years_add_up_to_the_fen(void **state)
{
    (void)state;
    computed self;
    start(&self, SEVERAL);
    assert_int_equal(self.of.count, ROWS);
    for (size_t unit = 0; unit < UNITS; unit++) {
        for (size_t year = 0; year <= YEARS; year++) {
            bg_fen sum = -income(&self, TOGETHER, unit, year).mean;
            for (size_t row = 0; row < ROWS; row++) {
                sum += row == TOGETHER ? 0 : income(&self, row, unit, year).mean;
            }
            assert_int_equal(sum, 0);
        }
    }
    for (size_t row = 0; row < ROWS; row++) {
        for (size_t year = 0; year <= YEARS; year++) {
            assert_int_equal(income(&self, row, ALL, year).mean,
                             income(&self, row, RESIDENTS, year).mean +
                                 income(&self, row, EMPLOYEES, year).mean);
        }
        assert_int_equal(income(&self, row, ALL, YEARS).mean,
                         income(&self, row, ALL, 0).mean + income(&self, row, ALL, 1).mean);
    }
    /* 1.1 by 1.2 is not 1.1 and 1.2 by themselves. */
    assert_true(income(&self, REST, RESIDENTS, 1).mean != 0);
    finish(&self);
}

/* ln of 1M and 4M are 2 × 1.2816 deviations apart. */
static void an_uncertain_recovery_has_the_mean_of_a_lognormal(void **state)
{
    (void)state;
    computed self;
    start(&self, SEVERAL);
    const double sigma = log(4) / 2 / 1.2815515655446004;
    const double expected = 2e8 * exp(sigma * sigma / 2);
    const bg_effect found = income(&self, D, RESIDENTS, 0);
    assert_close((double)found.mean, expected, 4 * found.se);
    assert_close(found.se, expected * sqrt(expm1(sigma * sigma)) / sqrt(500), 0.3 * found.se);
    finish(&self);
}

/* ---- net of what it costs ---- */

static void the_net_counts_it_for_the_pool(void **state)
{
    (void)state;
    computed self;
    start(&self, SEVERAL);
    for (size_t row = 0; row < ROWS; row++) {
        for (size_t year = 0; year <= YEARS; year++) {
            const bg_net net = bg_net_find(&self.of, row, RESIDENTS, year);
            const bg_fen more = income(&self, row, RESIDENTS, year).mean;
            bg_fen parties = 0;
            for (bg_net_party party = 0; party < BG_NET_PARTIES; party++) {
                parties += net.party[party];
            }
            assert_int_equal(net.income, more);
            assert_int_equal(net.gain,
                             more - effect(&self, row, RESIDENTS, year, BG_EFFECT_EXPENSE).mean);
            assert_int_equal(net.net, net.gain - net.outlay);
            assert_int_equal(parties, net.net);
            assert_int_equal(net.party[BG_NET_POOL],
                             more - net.outlay -
                                 effect(&self, row, RESIDENTS, year, BG_EFFECT_POOL).mean);
        }
    }
    finish(&self);
}

/* Where expense stays, what the pool gains is as sure as what comes in, and the futures that bring 6M in two years are
 * those whose amount is above 3M. */
static void futures_are_counted_by_what_comes_in(void **state)
{
    (void)state;
    computed self;
    start(&self, COUNTY POOL "measures: {back: {from: 2025-01, recoveries: {p10: 1M, p90: 4M},\n"
                             "  outlay: {amount: {2025: 6M}, payer: pool}}}\n");
    const bg_net net = bg_net_find(&self.of, 0, ALL, 0), all = bg_net_find(&self.of, 0, ALL, YEARS);
    assert_close(net.se, income(&self, 0, ALL, 0).se, 1e-9 * net.se);
    assert_close(all.se, income(&self, 0, ALL, YEARS).se, 1e-9 * all.se);
    assert_close(all.pool_se, all.se, 1e-9 * all.se);
    const double sigma = log(4) / 2 / 1.2815515655446004;
    const double share = erfc((log(3) - log(2)) / sigma / sqrt(2)) / 2;
    assert_close((double)all.earned / 500, share, 4 * sqrt(share * (1 - share) / 500));
    finish(&self);
}

/* ---- beside another scenario ---- */

static void a_base_without_income_is_subtracted_as_none(void **state)
{
    (void)state;
    computed base, reform;
    bg_contributions difference;
    start(&base, COUNTY POOL "measures: {a: {from: 2025-01, cases: -1%}}\n");
    start(&reform, COUNTY POOL "measures: {a: {from: 2025-01, recoveries: 1M}}\n");
    assert_int_equal(bg_contributions_subtract(&reform.of, &base.of, &difference, NULL), BG_OK);
    assert_true(difference.income);
    assert_int_equal(bg_contributions_effect(&difference, 0, ALL, 1, BG_EFFECT_INCOME)->mean,
                     100000000);
    bg_contributions_free(&difference);
    assert_int_equal(bg_contributions_subtract(&base.of, &reform.of, &difference, NULL), BG_OK);
    assert_int_equal(bg_contributions_effect(&difference, 0, ALL, 1, BG_EFFECT_INCOME)->mean,
                     -100000000);
    bg_contributions_free(&difference);
    finish(&base);
    finish(&reform);
}

/* ---- of a pooling area ---- */

/* Two communities bring back a million each; interest on it is the area's, and none of it. */
static void communities_add_up_to_their_area(void **state)
{
    (void)state;
    enum { WEST, EAST, BOTH, PARTIES };
    folder_write("west.yaml", "history: {2024: 100M}\npeople: {residents: {count: 100000}}\n");
    folder_write("east.yaml", "history: {2024: 50M}\npeople: {residents: {count: 50000}}\n");
    folder_write("area.yaml", "communities: {West: west.yaml, East: east.yaml}\n"
                              "simulation: {years: 2, replications: 100}\n"
                              "pool: {residents: {income_per_head: 1000, interest: 4%}}\n"
                              "measures: {audit: {from: 2025-01, recoveries: 1M}}\n");
    const bg_scenario_source source = {.path = "area.yaml"};
    bg_area area;
    bg_area_model model;
    bg_contributions party[PARTIES];
    bg_errors errors;
    bg_errors_init(&errors);
    assert_int_equal(bg_area_load(&source, &area, &errors), BG_OK);
    assert_int_equal(bg_area_model_read(&area, &model, &errors), BG_OK);
    assert_int_equal(bg_area_contributions_compute(&model, 100, &one_thread, party, &errors),
                     BG_OK);
    static const bg_fen millions[PARTIES] = {1, 1, 2};
    for (size_t p = 0; p < PARTIES; p++) {
        for (size_t year = 0; year < YEARS; year++) {
            const bg_effect *found =
                bg_contributions_effect(&party[p], 0, 0, year, BG_EFFECT_INCOME);
            assert_int_equal(found->mean, 100000000 * millions[p]);
            assert_true(found->se == 0);
        }
        bg_contributions_free(&party[p]);
    }
    bg_area_model_free(&model);
    bg_errors_free(&errors);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_brought_back_is_income_without_interest),
        cmocka_unit_test(who_leaves_takes_the_subsidy_along),
        cmocka_unit_test(more_people_bring_more),
        cmocka_unit_test(without_income_there_is_no_such_kind),
        cmocka_unit_test(rows_schemes_and_years_add_up_to_the_fen),
        cmocka_unit_test(an_uncertain_recovery_has_the_mean_of_a_lognormal),
        cmocka_unit_test(the_net_counts_it_for_the_pool),
        cmocka_unit_test(futures_are_counted_by_what_comes_in),
        cmocka_unit_test(a_base_without_income_is_subtracted_as_none),
        cmocka_unit_test(communities_add_up_to_their_area),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
