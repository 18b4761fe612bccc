/* What is kept of a yuan that is saved, where the rule says it by itself. */
#include "../../support/projected.h"
#include "../../support/same_incentive.h"

#include "projection/incentive.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* Expense grows by 3 % a year, and varies only as cases do. */
#define CERTAIN                                                                                    \
    "people: {residents: {count: 600000, growth: 0%, growth_sd: 0%}}\n"                            \
    "demand: {trend: {prior: 3%, prior_sd: 0%}, volatility: {total: 0%}, disallowed: 2%, "         \
    "emergency: {probability: 0%}}\n"
#define UNCERTAIN "people: {residents: {count: 600000}}\ndemand: {disallowed: 2%}\n"
#define HISTORY                                                                                    \
    "history: {2022: 600M, 2023: 610M, 2024: 620M}\n"                                              \
    "simulation: {first_year: 2025, years: 5, seed: 5}\n"

typedef struct fixture {
    bg_scenario *scenario;
    bg_model model;
    bg_incentive incentive;
} fixture;

static void find(fixture *self, const char *text, size_t futures, int threads)
{
    bg_errors errors;
    bg_errors_init(&errors);
    self->scenario = parse_scenario(text, NULL);
    assert_int_equal(bg_model_read(self->scenario, &self->model, &errors), BG_OK);
    const bg_parties parties = {.member = &self->model, .count = 1};
    assert_int_equal(bg_incentive_find(&parties, futures,
                                       &(bg_projection_options){.threads = threads},
                                       &self->incentive, &errors),
                     BG_OK);
    bg_errors_free(&errors);
}

static void release(fixture *self)
{
    bg_incentive_free(&self->incentive);
    bg_model_free(&self->model);
    bg_scenario_free(self->scenario);
}

static const bg_incentive_row *row_of(const fixture *self, size_t year)
{
    return bg_incentive_at(&self->incentive, 0, 0, year);
}

static void assert_share(const bg_effective_share *share, double expected)
{
    assert_true(share->known);
    assert_true(fabs(share->ratio - expected) < 1e-6);
}

/* All is kept and all is borne, whatever is disallowed: a yuan is a yuan. */
static void where_all_is_kept_a_yuan_saved_is_a_yuan(void **state)
{
    (void)state;
    fixture of = {0};
    find(&of,
         HISTORY UNCERTAIN "budget: {growth: 6%, funds: {none: 0%}}\n"
                           "settlement: [disallow, clear]\n",
         600, 1);
    for (size_t year = 0; year <= 5; year++) {
        assert_share(&row_of(&of, year)->marginal, 1);
        assert_share(&row_of(&of, year)->saved, 1);
        assert_share(&row_of(&of, year)->overspent, 1);
    }
    release(&of);
}

/* What demand has as disallowed is nobody's loss where no step of the plan asks for it. */
static void a_plan_that_disallows_nothing_leaves_a_yuan_whole(void **state)
{
    (void)state;
    fixture of = {0};
    find(&of, HISTORY CERTAIN "budget: {growth: 6%, funds: {none: 0%}}\nsettlement: [clear]\n", 300,
         1);
    for (size_t year = 0; year <= 5; year++) {
        assert_share(&row_of(&of, year)->marginal, 1);
    }
    release(&of);
}

/* A surplus of more than 10 % in every year: of the first 5 % all is kept, of the rest 20 %. Of a yuan that is spent
 * 2 fen are disallowed, which the community bears: 0.2 · 0.98 + 0.02. */
static void a_margin_is_that_of_the_band_in_which_it_lies(void **state)
{
    (void)state;
    fixture of = {0};
    find(&of,
         HISTORY CERTAIN "budget: {growth: {2025: 25%, later: 3%}, funds: {none: 0%}}\n"
                         "settlement: [disallow, share_surplus: {bands: {5%: 100%, rest: 20%}}, "
                         "share_overspend: {bands: {rest: 100%}}, clear]\n",
         300, 1);
    for (size_t year = 0; year <= 5; year++) {
        assert_share(&row_of(&of, year)->marginal, 0.216);
        assert_true(row_of(&of, year)->saved.ratio > 0.2);
        assert_false(row_of(&of, year)->overspent.known);
    }
    release(&of);
}

/* The total of a year is 1.06 times the mean of the three expenses before: what is saved in a year comes off each of
 * the three totals that follow, as far as the contract has them. */
static void a_rolling_budget_takes_a_saving_back(void **state)
{
    (void)state;
    fixture of = {0};
    find(&of,
         HISTORY CERTAIN "budget: {growth: 6%, later_rule: rolling, funds: {none: 0%}}\n"
                         "settlement: [disallow, clear]\n",
         300, 2);
    for (size_t year = 0; year < 5; year++) {
        const size_t follow = 4 - year < 3 ? 4 - year : 3;
        const bg_effective_share *marginal = &row_of(&of, year)->marginal;
        assert_true(fabs(marginal->ratio - (1 - 1.06 * (double)follow / 3)) < 1e-4);
    }
    release(&of);
}

/* Errors are as large as the ratios of forty seeds differ. */
static void errors_are_those_that_seeds_show(void **state)
{
    (void)state;
    enum { SEEDS = 40 };
    static const char terms[] =
        "history: {2022: 600M, 2023: 610M, 2024: 620M}\n" UNCERTAIN "budget: {growth: 6%}\n"
        "settlement: [share_surplus: {bands: {3%: 100%, rest: 40%}}, "
        "share_overspend: {bands: {5%: 30%, rest: 90%}}, clear]\n";
    double sum = 0, squares = 0, variance = 0;
    for (int seed = 1; seed <= SEEDS; seed++) {
        char text[1024];
        snprintf(text, sizeof text, "%ssimulation: {first_year: 2025, years: 2, seed: %d}\n", terms,
                 seed);
        fixture of = {0};
        find(&of, text, 300, 1);
        const bg_effective_share *marginal = &row_of(&of, 1)->marginal;
        sum += marginal->ratio;
        squares += marginal->ratio * marginal->ratio;
        variance += marginal->se * marginal->se;
        release(&of);
    }
    const double spread = (squares - sum * sum / SEEDS) / (SEEDS - 1);
    /* of 40 the variance itself is known to 23 % */
    assert_true(spread / (variance / SEEDS) > 0.45 && spread / (variance / SEEDS) < 1.8);
}

static void threads_make_no_difference(void **state)
{
    (void)state;
    static const char text[] = HISTORY UNCERTAIN "budget: {growth: 6%}\n";
    fixture one = {0}, two = {0};
    find(&one, text, 1000, 1);
    find(&two, text, 1000, 2);
    for (size_t year = 0; year <= 5; year++) {
        assert_same_incentive(row_of(&one, year), row_of(&two, year));
    }
    release(&one);
    release(&two);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(where_all_is_kept_a_yuan_saved_is_a_yuan),
        cmocka_unit_test(a_plan_that_disallows_nothing_leaves_a_yuan_whole),
        cmocka_unit_test(a_margin_is_that_of_the_band_in_which_it_lies),
        cmocka_unit_test(a_rolling_budget_takes_a_saving_back),
        cmocka_unit_test(errors_are_those_that_seeds_show),
        cmocka_unit_test(threads_make_no_difference),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
