/* Providers who do what the contract rewards: by plans whose reward is known. */
#include "../../support/close.h"
#include "../../support/folder.h"
#include "../../support/projected.h"
#include "../../support/scenario_text.h"

#include <baogan/area_model.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { YEARS = 5, N = 400 };

#define COUNTY                                                                                     \
    "history: {2022: 600M, 2023: 610M, 2024: 620M}\n"                                              \
    "people: {residents: {count: 600000, growth: 0%, growth_sd: 0%}}\n"                            \
    "demand: {trend: {prior: 3%, prior_sd: 0%}, volatility: {total: 0%}, emergency: "              \
    "{probability: 0%}}\n"                                                                         \
    "simulation: {first_year: 2025, years: 5, seed: 5, replications: 400}\n"
#define NOTHING_KEPT                                                                               \
    "settlement: [share_surplus: {bands: {rest: 0%}}, share_overspend: {bands: {rest: 0%}}, "      \
    "clear]\n"
#define RESPONSE "response: {cost: {p10: -12%, p90: -4%}}\n"

static const double build_up[YEARS] = {0.17, 0.42, 0.67, 1, 1};

static bool same_expense(const projected *a, const projected *b)
{
    bool same = true;
    for (size_t year = 0; year < YEARS; year++) {
        same = same && memcmp(projected_draws(a, 0, year, "expense"),
                              projected_draws(b, 0, year, "expense"), N * sizeof(bg_fen)) == 0;
    }
    return same;
}

/* The pool takes all and pays all: nobody does anything, and the bits are those of a scenario without. */
static void a_contract_that_leaves_nothing_moves_nobody(void **state)
{
    (void)state;
    projected a, b;
    start_projection(&a, COUNTY NOTHING_KEPT, NULL, 1);
    start_projection(&b, COUNTY RESPONSE NOTHING_KEPT, NULL, 2);
    assert_true(same_expense(&a, &b));
    assert_null(bg_projection_response(a.projection, 0, 0));
    for (size_t year = 0; year < YEARS; year++) {
        const bg_response_year *of = bg_projection_response(b.projection, 0, year);
        assert_true(of->known && of->kept == 0 && of->strength == 0 && of->with == of->without);
    }
    finish_projection(&a);
    finish_projection(&b);
}

/* All is kept and borne: all of the response there is in each contract year. Expected is what the mean of the lognormal
 * factor makes of it: mu and sigma of ln 0.88 and ln 0.96 at the tenths. */
static void one_that_leaves_all_has_all_of_the_response(void **state)
{
    (void)state;
    projected self;
    start_projection(&self, COUNTY RESPONSE "budget: {growth: 6%}\nsettlement: [clear]\n", NULL, 2);
    const double mu = (log(0.88) + log(0.96)) / 2;
    const double sigma = (log(0.96) - log(0.88)) / (2 * 1.2815515655446004);
    for (size_t year = 0; year < YEARS; year++) {
        const bg_response_year *of = bg_projection_response(self.projection, 0, year);
        const double w = build_up[year];
        assert_close(of->kept, 1, 1e-6);
        assert_close(of->strength, w, 1e-6);
        assert_close(of->with / of->without, exp(w * mu + w * w * sigma * sigma / 2), 1e-6);
        const bg_statistics *expense = projected_statistics(&self, 0, year, "expense");
        assert_true(fabs(expense->mean - of->with) < 4 * expense->mean_se);
    }
    finish_projection(&self);
}

/* A surplus beyond 10 % every year: of a yuan less 20 fen are kept. In the band below, 60; the marginal share counts. */
static void the_band_of_the_margin_decides(void **state)
{
    (void)state;
    projected self;
    start_projection(&self,
                     COUNTY RESPONSE "budget: {growth: {2025: 30%, later: 3%}, funds: {none: 0%}}\n"
                                     "settlement: [share_surplus: {bands: {5%: 100%, 10%: 60%, "
                                     "rest: 20%}}, share_overspend: {bands: "
                                     "{rest: 100%}}, clear]\n",
                     NULL, 1);
    for (size_t year = 0; year < YEARS; year++) {
        const bg_response_year *of = bg_projection_response(self.projection, 0, year);
        assert_close(of->kept, 0.2, 1e-6);
        assert_close(of->strength, 0.2 * build_up[year], 1e-6);
    }
    finish_projection(&self);
}

/* The raw share is told: a rolling total takes a saving back, and what lies below nothing moves nobody. */
static void what_a_later_total_takes_back_counts(void **state)
{
    (void)state;
    projected self;
    start_projection(&self,
                     COUNTY RESPONSE
                     "budget: {growth: 6%, later_rule: rolling, funds: {none: 0%}}\n"
                     "settlement: [clear]\n",
                     NULL, 2);
    for (size_t year = 0; year < YEARS; year++) {
        const size_t follow = YEARS - 1 - year < 3 ? YEARS - 1 - year : 3;
        const bg_response_year *of = bg_projection_response(self.projection, 0, year);
        const double kept = 1 - 1.06 * (double)follow / 3;
        assert_close(of->kept, kept, 1e-4);
        assert_close(of->strength, fmax(0, kept) * build_up[year], 1e-4);
    }
    finish_projection(&self);
}

/* Of 100 of expense 60 are inside, where a case costs half of what it does outside. All of -10 % of it, of +5 % and of
 * 20 % of the cases outside by the fourth year:
 *   -0.1 · 60 = -6     0.9 · 0.05 · 60 = 2.7     -0.2 · 40 + 0.2 · 40 · 0.5 · 0.945 = -4.22 */
static void what_each_action_saves_is_told_apart(void **state)
{
    (void)state;
    static const double no_spread[] = {-6, 2.7, -4.22};
    projected self;
    start_projection(&self,
                     "history: {2024: {residents.inpatient.in: {cases: 12000, paid: 60M},\n"
                     "                 residents.inpatient.out: {cases: 4000, paid: 40M}}}\n"
                     "people: {residents: {count: 100000, growth_sd: 0%}}\n"
                     "demand: {emergency: {probability: 0%}, services: {inpatient: "
                     "{frequency_trend_sd: 0%, cost_trend_sd: 0%, frequency_volatility: 0%, "
                     "cost_volatility: 0%}}}\n"
                     "budget: {growth: 6%}\n"
                     "response: {cost: -10%, case_mix: 5%, returned: 20%}\n"
                     "settlement: [clear]\n"
                     "simulation: {first_year: 2025, years: 5, seed: 5, replications: 400}\n",
                     NULL, 1);
    const bg_response_year *of = bg_projection_response(self.projection, 0, 3);
    const double told[] = {of->by_spending_less, of->by_heavier, of->by_home};
    for (size_t i = 0; i < 3; i++) {
        assert_close(100 * told[i] / of->without, no_spread[i], 1e-6);
    }
    assert_close(of->without + told[0] + told[1] + told[2], of->with, 1e-3);
    finish_projection(&self);
}

/* A run that checks another has its providers do the same, whatever its own contract would have them do. */
static void a_run_can_repeat_what_providers_did_in_another(void **state)
{
    (void)state;
    projected all, repeated;
    start_projection(&all, COUNTY RESPONSE "budget: {growth: 6%}\nsettlement: [clear]\n", NULL, 1);
    start_projection_with(&repeated, COUNTY RESPONSE NOTHING_KEPT, NULL,
                          &(bg_projection_options){.threads = 1, .respond_as = all.projection});
    assert_true(same_expense(&all, &repeated));
    assert_true(bg_projection_response(repeated.projection, 0, 3)->strength == 1);
    finish_projection(&all);
    finish_projection(&repeated);
}

/* Community by community: the first keeps nothing since its score is low, the second all. */
static void each_community_of_an_area_answers_for_itself(void **state)
{
    (void)state;
    folder_write("low.yaml",
                 "history: {2022: 90M, 2023: 95M, 2024: 100M}\npeople: {residents: 100000}\n"
                 "performance: {score: 50}\n");
    folder_write("high.yaml",
                 "history: {2022: 45M, 2023: 47M, 2024: 50M}\npeople: {residents: 50000}\n"
                 "performance: {score: 95}\n");
    folder_write("area.yaml", "communities: {West: low.yaml, East: high.yaml}\nsimulation: {years: "
                              "2, replications: 300}\n"
                              "budget: {growth: 20%, funds: {none: 0%}}\n" RESPONSE
                              "settlement: [share_surplus: {bands: {rest: {by_score: {90: "
                              "100%}}}}, share_overspend: {bands: {rest: "
                              "{by_score: {90: 100%}}}}, clear]\n");
    bg_area area;
    bg_area_model model;
    bg_errors errors;
    bg_errors_init(&errors);
    bg_projection *projection[3];
    const bg_scenario_source source = {.path = "area.yaml"};
    assert_int_equal(bg_area_load(&source, &area, &errors), BG_OK);
    assert_int_equal(bg_area_model_read(&area, &model, &errors), BG_OK);
    assert_int_equal(
        bg_area_project(&model, &(bg_projection_options){.threads = 2}, projection, &errors),
        BG_OK);
    for (size_t year = 0; year < 2; year++) {
        assert_true(bg_projection_response(projection[0], 0, year)->strength == 0);
        assert_close(bg_projection_response(projection[1], 0, year)->strength, build_up[year],
                     1e-6);
    }
    assert_null(bg_projection_response(projection[2], 0, 0));
    for (size_t p = 0; p < 3; p++) {
        bg_projection_free(projection[p]);
    }
    bg_area_model_free(&model);
    bg_errors_free(&errors);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_contract_that_leaves_nothing_moves_nobody),
        cmocka_unit_test(one_that_leaves_all_has_all_of_the_response),
        cmocka_unit_test(the_band_of_the_margin_decides),
        cmocka_unit_test(what_a_later_total_takes_back_counts),
        cmocka_unit_test(what_each_action_saves_is_told_apart),
        cmocka_unit_test(a_run_can_repeat_what_providers_did_in_another),
        cmocka_unit_test(each_community_of_an_area_answers_for_itself),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
