/* The institutions' own account, by hand. */
#include "study/account.h"

#include "../../support/close.h"
#include "../../support/projected.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

enum { CHRONIC, INPATIENT, OUTSIDE, YEARS = 5, FOURTH = 3 };

/* A bill of 10,000 yuan a case inside, of which the fund pays 6,000, and of 20,000 outside, of which it pays 9,000;
 * nothing moves by itself. All of the response is there in the fourth year. */
#define COUNTY                                                                                     \
    "history: {2024: {residents.inpatient.in: {cases: 10000, paid: 60M, cost: 100M},\n"            \
    "                 residents.inpatient.out: {cases: 4000, paid: 36M, cost: 80M},\n"             \
    "                 residents.chronic.in: {cases: 50000, paid: 10M, cost: 20M}}}\n"              \
    "people: {residents: {count: 100000, growth: 0%, growth_sd: 0%}}\n"                            \
    "demand: {emergency: {probability: 0%}, disallowed: 1%, services: {inpatient: "                \
    "{frequency_trend: 0%, frequency_trend_sd: 0%, cost_trend: 0%, cost_trend_sd: 0%, "            \
    "frequency_volatility: 0%, cost_volatility: 0%}, chronic: {frequency_trend: 0%, "              \
    "frequency_trend_sd: 0%, cost_trend: 0%, cost_trend_sd: 0%, frequency_volatility: 0%, "        \
    "cost_volatility: 0%}}, lines: {residents.inpatient.in: {institution: hospital, "              \
    "variable_cost: 60%}, residents.chronic.in: {institution: township}}}\n"                       \
    "simulation: {first_year: 2025, years: 5, seed: 3, replications: 200}\n"
/* Of a surplus far beyond 10 %, 20 fen of a yuan are kept. */
#define BANDS                                                                                      \
    "budget: {growth: {2025: 40%, later: 0%}, funds: {none: 0%}}\n"                                \
    "settlement: [{disallow: {}}, {share_surplus: {bands: {5%: 100%, 10%: 60%, rest: 20%}}},\n"    \
    "  {share_overspend: {bands: {rest: 100%}}}, {split: {hospital: 70%, township: 30%}}, "        \
    "{clear: {}}]\n"
#define ALL_KEPT                                                                                   \
    "budget: {growth: 0%, funds: {none: 0%}}\n"                                                    \
    "settlement: [{disallow: {}}, {split: {hospital: 70%, township: 30%}}, {clear: {}}]\n"

/* Without contract 10,000 - 6,000; of each yuan of the 6,000 that the fund pays 20 fen less are kept: 1,200 off. Who comes
 * home saves the fund 9,000 outside, of which 1,800 are kept. */
static void one_more_case_inside_and_one_brought_home(void **state)
{
    (void)state;
    projected self;
    bg_case_margin margin;
    start_projection(&self, COUNTY BANDS, NULL, 1);
    assert_true(bg_case_margin_find(&self.model, self.projection, INPATIENT, FOURTH, 0.2, &margin));
    assert_close(margin.bill / 100, 10000, 1e-2);
    assert_close(margin.paid / 100, 6000, 1e-2);
    assert_close(margin.variable_cost / 100, 6000, 1e-2);
    assert_close(margin.before / 100, 4000, 1e-2);
    assert_close(margin.under / 100, 4000 - 0.2 * 6000, 1e-2);
    assert_close(margin.home / 100, 4000 - 0.2 * 6000 + 0.2 * 9000, 1e-2);
    assert_true(bg_case_margin_find(&self.model, self.projection, CHRONIC, 0, 1, &margin));
    assert_close(margin.before / 100, 400 - 200, 1e-3);
    assert_close(margin.under / 100, 400 - 200 - 200, 1e-3);
    assert_true(isnan(margin.home));
    assert_false(bg_case_margin_find(&self.model, self.projection, OUTSIDE, FOURTH, 0.2, &margin));
    finish_projection(&self);
}

/* The community's margin: what is left of all bills in the county, its result, less what is disallowed. */
static void margins_of_institutions_add_up_to_the_communitys(void **state)
{
    (void)state;
    static const char *const texts[] = {
        COUNTY BANDS "response: {cost: {p10: -10%, p90: -2%}, returned: {p10: 2%, p90: 20%}}\n",
        COUNTY ALL_KEPT "response: {cost: -6%, case_mix: 2%, shifted_to_patients: 40%}\n",
        COUNTY ALL_KEPT};
    for (size_t t = 0; t < sizeof texts / sizeof *texts; t++) {
        projected self;
        start_projection(&self, texts[t], NULL, 1);
        for (size_t year = 0; year < YEARS; year++) {
            const bg_line_care *beds = bg_projection_care(self.projection, true, INPATIENT, year);
            const bg_line_care *chronic = bg_projection_care(self.projection, true, CHRONIC, year);
            const double left =
                0.4 * (beds->paid + beds->patients) + 0.5 * (chronic->paid + chronic->patients);
            const double kept = projected_statistics(&self, 0, year, "result")->mean -
                                projected_statistics(&self, 0, year, "disallowed")->mean;
            double sum = 0, parts = 0;
            for (size_t i = 0; i < bg_account_institution_count(&self.model); i++) {
                const bg_account of = bg_account_under(&self.model, self.projection, 0, year, i);
                assert_close(of.revenue - of.variable_cost + of.kept, of.margin, 1e-3);
                sum += of.margin;
                parts += of.kept;
            }
            assert_close(sum, left + kept, 1e-2);
            assert_close(parts, kept, 1e-2);
        }
        finish_projection(&self);
    }
}

/* Who keeps all: of a saving of 6 % on inpatient bills of 100 M the hospital has 70 %, and 2.4 M of what was left of
 * them are gone. The township provides chronic care alone. */
static void what_is_saved_is_no_profit(void **state)
{
    (void)state;
    projected self;
    start_projection(&self, COUNTY ALL_KEPT "response: {cost: -6%}\n", NULL, 1);
    const bg_account before = bg_account_before(&self.model, self.projection, 0, FOURTH, 0);
    const bg_account under = bg_account_under(&self.model, self.projection, 0, FOURTH, 0);
    assert_close(before.revenue / 1e8, 100, 1e-5);
    assert_close(before.margin / 1e8, 40, 1e-5);
    assert_close(before.kept, 0, 1e-12);
    assert_close(under.revenue / 1e8, 94, 1e-5);
    assert_close(under.variable_cost / 1e8, 0.6 * 94, 1e-5);
    /* Of 70 M that the fund paid inside 4.2 M are saved; what is disallowed comes back as a surplus and is taken off. */
    assert_close(under.kept / 1e8, 0.7 * 4.2, 0.02);
    const bg_account township = bg_account_before(&self.model, self.projection, 0, FOURTH, 1);
    assert_close(township.revenue / 1e8, 20, 1e-5);
    finish_projection(&self);
}

/* A bill of 10,000 is 600 less for the fund, of which patients pay a half on top of their 4,000, that of chronic care likewise; that heavier cases make it dearer by a fifth hides nothing. */
static void heavier_cases_do_not_hide_that_less_is_done(void **state)
{
    (void)state;
    projected self;
    start_projection(
        &self, COUNTY ALL_KEPT "response: {cost: -10%, case_mix: 20%, shifted_to_patients: 50%}\n",
        NULL, 1);
    const bg_care_change care = bg_care_change_find(&self.model, self.projection, 0, FOURTH);
    const double bills = 100 - 6 + 0.5 * 6 + (20 - 1 + 0.5 * 1);
    assert_close(care.bill, bills / 120 - 1, 1e-6);
    finish_projection(&self);
}

/* 6 % of each bill inside; of 4,000 cases outside a tenth comes home, where one costs less, so that the mean of all bills
 * falls further: what a bill of each line does counts. Patients pay 6 % less of their 50 M inside, and of 400 cases 4,000
 * yuan less 6 % in place of 11,000. */
static void what_care_becomes_is_told_line_by_line(void **state)
{
    (void)state;
    projected self;
    start_projection(&self, COUNTY ALL_KEPT "response: {cost: -6%, returned: 10%}\n", NULL, 1);
    const bg_care_change care = bg_care_change_find(&self.model, self.projection, 0, FOURTH);
    assert_close(care.cases, 0, 1e-12);
    assert_close(care.bill, -0.06, 1e-6);
    assert_close(care.home, 400, 1e-6);
    const double patients = -0.06 * 50e6 + 400 * (0.94 * 4000 - 11000);
    assert_close(care.patients / 100 / patients, 1, 1e-5);
    finish_projection(&self);
}

static void none_is_told_where_none_is_asked_for(void **state)
{
    (void)state;
    projected self;
    start_projection(&self, "history: {2024: 100M}\nsimulation: {replications: 100, years: 1}\n",
                     NULL, 1);
    assert_false(bg_account_known(&self.model, self.projection));
    finish_projection(&self);
    start_projection(&self,
                     "history: {2024: 100M}\nsimulation: {replications: 100, years: 1}\n"
                     "accounts: {variable_cost: 40%}\nsettlement: [{clear: {}}]\n",
                     NULL, 1);
    assert_true(bg_account_known(&self.model, self.projection));
    assert_string_equal(bg_account_institution(&self.model, 0), "community");
    const bg_account of = bg_account_under(&self.model, self.projection, 0, 0, 0);
    assert_close(of.variable_cost / of.revenue, 0.4, 1e-12);
    const double result = projected_statistics(&self, 0, 0, "result")->mean -
                          projected_statistics(&self, 0, 0, "disallowed")->mean;
    assert_close(of.kept, result, 1e-6);
    finish_projection(&self);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_more_case_inside_and_one_brought_home),
        cmocka_unit_test(margins_of_institutions_add_up_to_the_communitys),
        cmocka_unit_test(what_is_saved_is_no_profit),
        cmocka_unit_test(heavier_cases_do_not_hide_that_less_is_done),
        cmocka_unit_test(what_care_becomes_is_told_line_by_line),
        cmocka_unit_test(none_is_told_where_none_is_asked_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
