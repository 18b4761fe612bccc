/* What measures and incidents do to the money: sums that hold to the fen, and means in closed form. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/close.h"
#include "../../support/projected.h"
#include "study/contribution.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char county[] =
    "money_unit: wan\n"
    "history:\n"
    "  2023: {residents.inpatient.in: {cases: 90000, paid: 30000, cost: 50000},"
    " residents.inpatient.out: {cases: 2500, paid: 2000}, residents.outpatient.in: 9000, "
    "employees.inpatient.in: {cases: 9000, paid: 20000}}\n"
    "  2024: {residents.inpatient.in: {cases: 92000, paid: 31000, cost: 52000},"
    " residents.inpatient.out: {cases: 2600, paid: 2100}, residents.outpatient.in: 9500, "
    "employees.inpatient.in: {cases: 9100, paid: 21000}}\n"
    "demand: {disallowed: 1%, season: [2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 3]}\n"
    "simulation: {years: 2, replications: 2000}\n";

static const char three[] =
    "measures:\n"
    "  referral: {lines: residents.inpatient.in, from: 2025-01, cases: -10%}\n"
    "  prices:   {from: 2025-07, cost: {p10: -12%, p90: -4%}}\n"
    "incidents:\n"
    "  flu: {from: 2025-12, until: 2026-01, cases: 20%, probability: 50%}\n";

static void read_model(const bg_scenario *scenario, bg_model *model)
{
    bg_errors warnings;
    bg_errors_init(&warnings);
    assert_int_equal(bg_model_read(scenario, model, &warnings), BG_OK);
    bg_errors_free(&warnings);
}

typedef struct computed {
    bg_scenario *scenario;
    bg_contributions found;
} computed;

static const bg_projection_options one_thread = {.threads = 1};

static void start_with(computed *self, const char *changes, const char *const *overrides,
                       size_t futures)
{
    char *text = malloc(sizeof county + strlen(changes));
    assert_non_null(text);
    memcpy(text, county, sizeof county);
    strcat(text, changes);
    self->scenario = parse_scenario(text, overrides);
    free(text);
    bg_errors errors;
    bg_errors_init(&errors);
    assert_int_equal(
        bg_contributions_compute(self->scenario, futures, &one_thread, &self->found, &errors),
        BG_OK);
    bg_errors_free(&errors);
}

static void start(computed *self, const char *changes, size_t futures)
{
    start_with(self, changes, NULL, futures);
}

static void finish(computed *self)
{
    bg_contributions_free(&self->found);
    bg_contributions_free(&self->found); /* twice is safe */
    bg_scenario_free(self->scenario);
}

static bg_effect effect(const computed *self, size_t row, size_t unit, size_t year,
                        bg_effect_kind kind)
{
    return *bg_contributions_effect(&self->found, row, unit, year, kind);
}

static bg_fen mean(const computed *self, size_t row, size_t unit, size_t year, bg_effect_kind kind)
{
    return effect(self, row, unit, year, kind).mean;
}

/* ---- rows ---- */

static void rows_are_the_changes_in_order_then_together_and_rest(void **state)
{
    (void)state;
    static const char *const names[] = {"prices", "referral", "flu", "together", "rest"};
    static const char *const kinds[] = {"measure", "measure", "incident", "together", "rest"};
    computed self;
    start(&self, three, 50);
    assert_int_equal(self.found.futures, 50);
    assert_int_equal(self.found.units, 3);
    assert_int_equal(self.found.years, 2);
    assert_int_equal(self.found.changes, 3);
    assert_int_equal(self.found.count, 5);
    for (size_t row = 0; row < 5; row++) {
        assert_string_equal(self.found.row[row].name, names[row]);
        assert_string_equal(bg_contribution_kind_name(self.found.row[row].kind), kinds[row]);
    }
    assert_string_equal(bg_effect_name(BG_EFFECT_COMMUNITY), "result");
    finish(&self);
}

static void rows_add_up_to_the_fen(void **state)
{
    (void)state;
    computed self;
    start(&self, three, 700);
    size_t rests = 0;
    for (bg_effect_kind kind = 0; kind < BG_EFFECT_COUNT; kind++) {
        for (size_t unit = 0; unit < 3; unit++) {
            for (size_t year = 0; year <= 2; year++) {
                bg_fen sum = mean(&self, 4, unit, year, kind);
                rests += sum != 0;
                for (size_t row = 0; row < 3; row++) {
                    sum += mean(&self, row, unit, year, kind);
                }
                assert_true(sum == mean(&self, 3, unit, year, kind));
            }
            for (size_t row = 0; row < 5; row++) {
                assert_true(mean(&self, row, unit, 0, kind) + mean(&self, row, unit, 1, kind) ==
                            mean(&self, row, unit, 2, kind));
                assert_true(mean(&self, row, 0, unit, kind) + mean(&self, row, 1, unit, kind) ==
                            mean(&self, row, 2, unit, kind));
            }
        }
    }
    assert_true(rests > 10); /* they meet in the same months */
    finish(&self);
}

/* The same differences from two projections that know nothing of contributions. */
static void together_is_the_scenario_beside_one_without(void **state)
{
    (void)state;
    computed self;
    start(&self, three, 2000);
    projected with, without;
    start_projection(&without, county, NULL, 1);
    with.scenario = self.scenario;
    read_model(with.scenario, &with.model);
    assert_int_equal(bg_projection_run(&with.model, &one_thread, &with.projection, NULL), BG_OK);
    for (bg_effect_kind kind = 0; kind < BG_EFFECT_ELSEWHERE; kind++) {
        const char *outcome = bg_effect_name(kind);
        for (size_t at = 0; at < 4; at++) {
            const bg_fen *a = projected_draws(&without, at / 2, at % 2, outcome);
            const bg_fen *b = projected_draws(&with, at / 2, at % 2, outcome);
            double sum = 0, squares = 0;
            for (size_t i = 0; i < 2000; i++) {
                const double d = (double)(b[i] - a[i]);
                sum += d;
                squares += d * d;
            }
            const bg_effect found = effect(&self, 3, at / 2, at % 2, kind);
            assert_close((double)found.mean, sum / 2000, 0.51);
            const double variance = (squares - sum * sum / 2000) / 1999;
            assert_close(found.se, sqrt(variance / 2000), 1e-6 * found.se + 1e-6);
        }
    }
    bg_projection_free(with.projection);
    bg_model_free(&with.model);
    finish_projection(&without);
    finish(&self);
}

/* ---- nothing ---- */

static void a_measure_of_nothing_does_exactly_nothing(void **state)
{
    (void)state;
    computed self;
    start(&self,
          "measures:\n"
          "  cut:  {from: 2025-01, cost: -5%}\n"
          "  none: {from: 2025-03, cases: 0%, lines: residents.inpatient.out,"
          " place: {to: residents.inpatient.in, share: 0%}}\n",
          300);
    for (bg_effect_kind kind = 0; kind < BG_EFFECT_COUNT; kind++) {
        for (size_t at = 0; at < 9; at++) {
            const bg_effect none = effect(&self, 1, at / 3, at % 3, kind);
            assert_true(none.mean == 0 && none.se == 0);
            const bg_effect rest = effect(&self, 3, at / 3, at % 3, kind);
            assert_true(rest.mean == 0 && rest.se == 0);
            assert_true(mean(&self, 0, at / 3, at % 3, kind) ==
                        mean(&self, 2, at / 3, at % 3, kind));
        }
    }
    assert_true(mean(&self, 0, 0, 0, BG_EFFECT_EXPENSE) < 0);
    finish(&self);
}

static void without_changes_there_is_nothing_to_do(void **state)
{
    (void)state;
    computed self;
    start(&self, "", 1000);
    assert_int_equal(self.found.count, 0);
    assert_null(self.found.row);
    finish(&self);
}

static void one_alone_has_no_rows_of_several(void **state)
{
    (void)state;
    computed self;
    start(&self, "measures: {cut: {from: 2025-01, cost: -5%}}\n", 1);
    assert_int_equal(self.found.count, 1);
    assert_true(isnan(effect(&self, 0, 2, 2, BG_EFFECT_EXPENSE).se)); /* of one future */
    finish(&self);
}

/* ---- means in closed form ---- */

static double closed_form(const bg_scenario *scenario, uint64_t which, size_t line, size_t year)
{
    bg_model model;
    read_model(scenario, &model);
    bg_demand_keep_changes(model.demand, which);
    const double expected = bg_demand_mean(model.demand, line, year);
    bg_model_free(&model);
    return expected;
}

/* Who leaves costs half the mean: each measure alone takes (1 - r^-0.5) / 2 of the residents' expense, where it
 * raises the contribution to r times. */
static void contributions_cost_those_who_leave(void **state)
{
    (void)state;
    static const double rise[] = {1.5, 1.1}; /* in byte order of their names */
    computed self;
    start(&self,
          "pool: {residents: {contribution: 400, subsidy: 700,\n"
          "        enrolment: {elasticity: -0.5, elasticity_sd: 0, relative_cost: 50%}}}\n"
          "budget: {income_limit: 200%}\n"
          "measures: {more: {from: 2026-01, contributions: 50%},\n"
          "           rise: {from: 2026-01, contributions: 10%}}\n",
          2000);
    double without = 0;
    for (size_t line = 1; line < 4; line++) { /* the first is the employees' */
        without += closed_form(self.scenario, 0, line, 1);
    }
    const double all = pow(1.65, -0.5);
    without /= (1 + all) / 2; /* a model that was read has both measures' contributions */
    for (size_t row = 0; row < 2; row++) {
        const bg_effect found = effect(&self, row, 0, 1, BG_EFFECT_EXPENSE);
        const double expected = -(1 - pow(rise[row], -0.5)) / 2 * without;
        assert_close((double)found.mean, expected, 4 * found.se);
        assert_true(found.se < -expected / 20);
        assert_true(mean(&self, row, 0, 0, BG_EFFECT_EXPENSE) == 0);
    }
    finish(&self);
}

/* December and January are 3 and 2 of a year's 15 parts of care, where no emergency puts any off. */
static void a_sure_incident_adds_its_share_of_the_year(void **state)
{
    (void)state;
    static const char *const no_emergency[] = {"demand.emergency.probability=0", NULL};
    computed self;
    start_with(
        &self,
        "incidents: {flu: {lines: employees.*, from: 2025-12, until: 2026-01, cases: 20%}}\n",
        no_emergency, 2000);
    static const double parts[] = {3.0 / 15, 2.0 / 15};
    size_t line = 0;
    bg_model model;
    read_model(self.scenario, &model);
    while (model.contract.history.line[line].scheme != 1) {
        line++;
    }
    bg_model_free(&model);
    for (size_t year = 0; year < 2; year++) {
        const double none = closed_form(self.scenario, 0, line, year);
        const double more = closed_form(self.scenario, BG_ALL_CHANGES, line, year) - none;
        const bg_effect found = effect(&self, 0, 1, year, BG_EFFECT_EXPENSE);
        assert_close(more, 0.2 * parts[year] * none, 1e-9 * none);
        assert_close((double)found.mean, more, 4 * found.se);
        assert_true(found.se < 0.02 * more);
        assert_true(mean(&self, 0, 0, year, BG_EFFECT_EXPENSE) == 0);
        assert_true(mean(&self, 0, 2, year, BG_EFFECT_EXPENSE) == found.mean);
    }
    finish(&self);
}

/* 0.9 and 0.8 of the cases are 0.72 of them: two hundredths less saved than one by one. */
static void what_two_measures_both_save_is_the_rest(void **state)
{
    (void)state;
    computed self;
    start(&self,
          "measures:\n"
          "  a: {lines: employees.*, from: 2025-01, cases: -10%}\n"
          "  b: {lines: employees.*, from: 2025-01, cases: -20%}\n",
          2000);
    static const double shares[] = {-0.1, -0.2, -0.28, 0.02};
    projected without;
    start_projection(&without, county, NULL, 1);
    for (size_t year = 0; year < 2; year++) {
        const double none = projected_statistics(&without, 1, year, "expense")->mean;
        for (size_t row = 0; row < 4; row++) {
            const bg_effect found = effect(&self, row, 1, year, BG_EFFECT_EXPENSE);
            assert_close((double)found.mean, shares[row] * none, 4 * found.se);
            assert_true(found.se < 0.01 * none);
        }
    }
    finish_projection(&without);
    finish(&self);
}

/* ---- who bears it ---- */

/* result = payable - expense + disallowed + released + covered + shared, so that the rise of expense is
 * borne by the community, the pool, emergency cover, and by what else changes. */
static void what_nobody_named_bears_is_budgets_funds_and_disallowed(void **state)
{
    (void)state;
    computed self;
    start(&self, three, 2000);
    static const char *const others[] = {"payable", "disallowed", "released"};
    projected without, with;
    start_projection(&without, county, NULL, 1);
    with.scenario = self.scenario;
    read_model(with.scenario, &with.model);
    assert_int_equal(bg_projection_run(&with.model, &one_thread, &with.projection, NULL), BG_OK);
    for (size_t scheme = 0; scheme < 2; scheme++) {
        for (size_t year = 0; year < 2; year++) {
            double sum = 0;
            for (size_t i = 0; i < 3; i++) {
                sum += projected_statistics(&with, scheme, year, others[i])->mean -
                       projected_statistics(&without, scheme, year, others[i])->mean;
            }
            assert_true(fabs(sum) > 1e5);
            const bg_effect found = effect(&self, 3, scheme, year, BG_EFFECT_ELSEWHERE);
            assert_close((double)found.mean, sum, 3);
            assert_true(found.se > 0);
        }
    }
    bg_projection_free(with.projection);
    bg_model_free(&with.model);
    finish_projection(&without);
    finish(&self);
}

static void a_stop_ends_it_with_nothing_kept(void **state)
{
    (void)state;
    const volatile int stop = 1;
    const bg_projection_options options = {.threads = 1, .stop = &stop};
    computed self;
    start(&self, three, 10);
    bg_contributions found;
    bg_errors errors;
    bg_errors_init(&errors);
    assert_int_equal(bg_contributions_compute(self.scenario, 10, &options, &found, &errors),
                     BG_INTERRUPTED);
    assert_null(found.row);
    bg_errors_free(&errors);
    finish(&self);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_the_changes_in_order_then_together_and_rest),
        cmocka_unit_test(rows_add_up_to_the_fen),
        cmocka_unit_test(together_is_the_scenario_beside_one_without),
        cmocka_unit_test(a_measure_of_nothing_does_exactly_nothing),
        cmocka_unit_test(without_changes_there_is_nothing_to_do),
        cmocka_unit_test(one_alone_has_no_rows_of_several),
        cmocka_unit_test(contributions_cost_those_who_leave),
        cmocka_unit_test(a_sure_incident_adds_its_share_of_the_year),
        cmocka_unit_test(what_two_measures_both_save_is_the_rest),
        cmocka_unit_test(what_nobody_named_bears_is_budgets_funds_and_disallowed),
        cmocka_unit_test(a_stop_ends_it_with_nothing_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
