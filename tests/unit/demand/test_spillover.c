/* What changed terms of outpatient care do to admissions, and what returns of what a lower cap cuts off. Visits cost 100
 * yuan, of which the fund pays 50; bills are exponential (cost_cv 1), so that half of a bill is above a cap C but for
 * the share 1 - exp(-2 C / 100). */
#include "../../support/close.h"
#include "../../support/demand_block.h"
#include "../../support/demand_draft.h"
#include "../../support/demand_loaded.h"
#include "../../support/demand_means.h"
#include "../../support/says.h"

#include "demand/spillover.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define HISTORY                                                                                    \
    "schema: 1\n"                                                                                  \
    "history:\n"                                                                                   \
    "  2024:\n"                                                                                    \
    "    employees.inpatient.in: {cases: 1000, cost: 8M, paid: 6M}\n"                              \
    "    residents.chronic.in: {cases: 3000, cost: 1M, paid: 0.6M}\n"                              \
    "    residents.inpatient.in: {cases: 5000, cost: 25M, paid: 15M}\n"                            \
    "    residents.inpatient.out: {cases: 1000, cost: 10M, paid: 5M}\n"                            \
    "    residents.outpatient.in: {cases: 200000, cost: 20M, paid: 10M}\n"                         \
    "    residents.outpatient.out: {cases: 20000, cost: 10M, paid: 5M}\n"                          \
    "people: {residents: {count: 50000}, employees: {count: 9000}}\n"                              \
    "simulation: {years: 2}\n"                                                                     \
    "demand:\n"                                                                                    \
    "  emergency: {probability: 0}\n"
#define UNMOVED                                                                                    \
    "cases_elasticity: 0, cases_elasticity_sd: 0, cost_elasticity: 0, cost_elasticity_sd: 0"
#define SURE                                                                                       \
    "  services:\n"                                                                                \
    "    inpatient: {outpatient_elasticity: 0.5, outpatient_elasticity_sd: 0}\n"                   \
    "    outpatient: {" UNMOVED ", cap_visits: 40%, cap_visits_sd: 0, cap_admissions: 10%,\n"      \
    "      cap_admissions_sd: 0}\n"
#define UNSUBSTITUTED                                                                              \
    "  services:\n"                                                                                \
    "    inpatient: {outpatient_elasticity: 0, outpatient_elasticity_sd: 0}\n"                     \
    "    outpatient: {" UNMOVED ", cap_visits: 40%, cap_visits_sd: 0, cap_admissions: 10%,\n"      \
    "      cap_admissions_sd: 0}\n"
#define IN_FORCE "benefits:\n  in_force: {lines: '*.outpatient.in', rate: 50%}\n"
#define CAPPED   IN_FORCE "  capped: {lines: '*.outpatient.in', from: 2026-01, cap: 40}\n"
#define DEARER   IN_FORCE "  dearer: {lines: '*.outpatient.in', from: 2026-01, rate: 25%}\n"

enum { EMPLOYEES, CHRONIC, INPATIENT, AWAY, VISITS, VISITS_AWAY, LINES, YEARS = 2, RESIDENTS = 0 };

/* Cases and fund payments of the central path. */
typedef struct path {
    double cases[YEARS][LINES], paid[YEARS][LINES];
    double patients[YEARS]; /* of residents */
} path;

static path central(const char *text)
{
    path result;
    demand_loaded self = demand_load(text);
    assert_int_equal(self.status, BG_OK);
    bg_future of = draft_path(self.demand);
    assert_int_equal(bg_demand_central(self.demand, &of), BG_OK);
    for (size_t year = 0; year < YEARS; year++) {
        result.patients[year] = (double)of.patients[BG_FUTURE_YEAR(&of, RESIDENTS, year)];
        for (size_t line = 0; line < LINES; line++) {
            result.cases[year][line] = of.line_cases[BG_FUTURE_YEAR(&of, line, year)];
            result.paid[year][line] = (double)of.line_paid[BG_FUTURE_YEAR(&of, line, year)];
        }
    }
    bg_future_free(&of);
    demand_unload(&self);
    return result;
}

/* All but the lines named, and the first year of these, are as they were. */
static void assert_the_rest_is_the_same(const path *a, const path *b, const bool changed[LINES])
{
    for (size_t line = 0; line < LINES; line++) {
        assert_true(a->paid[0][line] == b->paid[0][line]);
        assert_true(a->cases[0][line] == b->cases[0][line]);
        assert_true(changed[line] || a->paid[1][line] == b->paid[1][line]);
        assert_true(changed[line] || a->cases[1][line] == b->cases[1][line]);
    }
}

/* Of visits that the fund pays 2 B a case on average, bills B being twice that: under the cap B (1 - exp(-80 / B)) / 2. */
static void what_a_lower_cap_cuts_off_returns(void **state)
{
    (void)state;
    const path before = central(HISTORY UNSUBSTITUTED IN_FORCE);
    const path after = central(HISTORY UNSUBSTITUTED CAPPED);
    const path elsewhere =
        central(HISTORY UNSUBSTITUTED "  lines: {residents.outpatient.in: {cap_admissions_to: "
                                      "residents.inpatient.out}}\n" CAPPED);
    const bool changed[LINES] = {[VISITS] = true, [INPATIENT] = true};
    const bool away[LINES] = {[VISITS] = true, [AWAY] = true};
    assert_the_rest_is_the_same(&before, &after, changed);
    assert_the_rest_is_the_same(&before, &elsewhere, away);
    const double visits = before.cases[1][VISITS], was = before.paid[1][VISITS] / visits;
    const double bill = 2 * was, paid = bill / 2 * (1 - exp(-8000 / bill)), cut = was - paid;
    assert_true(cut > 0.3 * was);
    assert_close(after.cases[1][VISITS] / visits, 1 + 0.4 * cut / paid, 1e-4);
    assert_close(after.paid[1][VISITS] / visits, paid + 0.4 * cut, 1e-4 * was);
    const double more = 0.1 * visits * cut;
    assert_close(after.paid[1][INPATIENT] - before.paid[1][INPATIENT], more, 1e-3 * more);
    assert_close(elsewhere.paid[1][AWAY] - before.paid[1][AWAY], more, 1e-3 * more);
    /* The bills of visits stay; of an admission patients pay 10 yuan where the fund pays 15. */
    const double less = before.paid[1][VISITS] - after.paid[1][VISITS];
    assert_close(after.patients[1] - before.patients[1], less + more * 10 / 15, 1e-3 * less);
    const double each = before.paid[1][INPATIENT] / before.cases[1][INPATIENT];
    assert_close(after.cases[1][INPATIENT] - before.cases[1][INPATIENT], more / each,
                 1e-3 * more / each);
}

/* Of what is left, ten times as much is the most that counts as cut off. */
static void a_cap_cuts_off_ten_times_what_it_leaves_at_most(void **state)
{
    (void)state;
    const path before = central(HISTORY UNSUBSTITUTED IN_FORCE);
    const path after = central(HISTORY UNSUBSTITUTED IN_FORCE
                               "  capped: {lines: '*.outpatient.in', from: 2026-01, cap: 1}\n");
    assert_close(after.cases[1][VISITS] / before.cases[1][VISITS], 1 + 0.4 * 10, 1e-9);
}

/* A cap that rises, one that stays while the rate falls, and one of which nothing returns. */
static void nothing_returns_where_no_cap_cuts_off(void **state)
{
    (void)state;
    static const char *const texts[] = {
        HISTORY UNSUBSTITUTED "benefits:\n"
                              "  in_force: {lines: '*.outpatient.in', rate: 90%, cap: 200}\n"
                              "  higher: {lines: '*.outpatient.in', from: 2026-01, cap: 300}\n",
        HISTORY UNSUBSTITUTED "benefits:\n"
                              "  in_force: {lines: '*.outpatient.in', rate: 90%, cap: 200}\n"
                              "  dearer: {lines: '*.outpatient.in', from: 2026-01, rate: 80%}\n",
        HISTORY "  services:\n"
                "    inpatient: {outpatient_elasticity: 0, outpatient_elasticity_sd: 0}\n"
                "    outpatient: {" UNMOVED ", cap_visits: 0, cap_admissions: 0}\n" CAPPED,
    };
    const path before = central(HISTORY UNSUBSTITUTED);
    const bool changed[LINES] = {[VISITS] = true};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const path after = central(texts[i]);
        assert_the_rest_is_the_same(&before, &after, changed);
        assert_true(after.cases[1][VISITS] == before.cases[1][VISITS]);
        assert_true(after.paid[1][VISITS] != before.paid[1][VISITS]);
    }
}

/* Patients pay 75 yuan of a visit instead of 50; of all they pay for outpatient care these are 10 of 15 million. */
static void admissions_take_the_place_of_dearer_visits(void **state)
{
    (void)state;
    const path before = central(HISTORY SURE), after = central(HISTORY SURE DEARER);
    const bool changed[LINES] = {[VISITS] = true, [INPATIENT] = true, [AWAY] = true};
    assert_the_rest_is_the_same(&before, &after, changed);
    const double factor = pow(1.5, 0.5 * 10 / 15);
    for (size_t line = INPATIENT; line <= AWAY; line++) {
        assert_close(after.cases[1][line] / before.cases[1][line], factor, 1e-9);
        assert_close(after.paid[1][line] / before.paid[1][line], factor, 1e-7);
    }
    assert_true(after.cases[1][VISITS] == before.cases[1][VISITS]);
}

/* Patients paid 1 yuan of 101; without the fund they pay a hundred times as much, of which ten times count. */
static void a_price_rises_tenfold_at_most(void **state)
{
    (void)state;
#define NEARLY_FREE                                                                                \
    "schema: 1\n"                                                                                  \
    "history:\n"                                                                                   \
    "  2024:\n"                                                                                    \
    "    residents.inpatient.in: {cases: 5000, cost: 25M, paid: 15M}\n"                            \
    "    residents.outpatient.in: {cases: 200000, cost: 10.1M, paid: 10M}\n"                       \
    "people: {residents: {count: 50000}}\n"                                                        \
    "simulation: {years: 2}\n"                                                                     \
    "demand:\n"                                                                                    \
    "  emergency: {probability: 0}\n" SURE
    demand_loaded plain = demand_load(NEARLY_FREE);
    demand_loaded self =
        demand_load(NEARLY_FREE "benefits:\n  in_force: {lines: '*.outpatient.in', rate: 99%}\n"
                                "  gone: {lines: '*.outpatient.in', from: 2026-01, rate: 0}\n");
    bg_future a = draft_path(plain.demand), b = draft_path(self.demand);
    assert_int_equal(bg_demand_central(plain.demand, &a), BG_OK);
    assert_int_equal(bg_demand_central(self.demand, &b), BG_OK);
    const size_t at = BG_FUTURE_YEAR(&a, 0, 1);
    assert_close(b.line_cases[at] / a.line_cases[at], sqrt(10), 1e-9);
    bg_future_free(&b);
    bg_future_free(&a);
    demand_unload(&self);
    demand_unload(&plain);
}

static void a_share_has_its_median_and_percentiles(void **state)
{
    (void)state;
    const bg_cap_return wide = {.median = 0.4, .sd = 1.4}, none = {.median = 0, .sd = 1},
                        all = {.median = 1, .sd = 1}, sure = {.median = 0.3};
    assert_close(bg_cap_return_drawn(&wide, 0), 0.4, 1e-15);
    assert_close(bg_cap_return_drawn(&wide, -1.2815515655446004), 0.1, 5e-4);
    assert_close(bg_cap_return_drawn(&wide, 1.2815515655446004), 0.8, 5e-4);
    double mean = 0;
    for (int k = -8000; k <= 8000; k++) {
        const double z = k / 1000.0, share = 1 / (1 + exp(log(1.5) - 1.4 * z));
        mean += exp(-z * z / 2) / sqrt(2 * acos(-1)) / 1000 * share;
    }
    assert_close(bg_cap_return_mean(&wide), mean, 1e-9);
    assert_true(bg_cap_return_drawn(&none, 3) == 0 && bg_cap_return_drawn(&all, -3) == 1);
    assert_close(bg_cap_return_mean(&sure), 0.3, 1e-12);
}

static void simulated_means_hold(void **state)
{
    (void)state;
    demand_loaded self = demand_load(
        HISTORY
        "  services: {inpatient: {outpatient_elasticity: 0.3, outpatient_elasticity_sd: 0.2}}\n"
        "  lines: {residents.outpatient.in: {cap_admissions_to: residents.inpatient.out}}\n"
        "benefits:\n"
        "  in_force: {lines: '*.outpatient.*', rate: 50%}\n"
        "  capped: {lines: '*.outpatient.in', from: 2025-07, cap: 30}\n"
        "  dearer: {lines: '*.outpatient.*', from: 2026-04, rate: 40%}\n"
        "measures: {more: {lines: '*.outpatient.in', from: 2026-09, cases: 60%}}\n");
    assert_int_equal(self.status, BG_OK);
    assert_demand_means(self.demand, 20000);
    demand_unload(&self);
}

/* What reacts to nothing has the bits of the file without benefits. */
static void who_does_not_react_keeps_the_bits(void **state)
{
    (void)state;
    demand_loaded plain = demand_load(HISTORY), self = demand_load(HISTORY UNSUBSTITUTED DEARER);
    bg_future a = draft_path(plain.demand), b = draft_path(self.demand);
    bg_sampler *s = draft_sampler(plain.demand), *t = draft_sampler(self.demand);
    for (uint32_t f = 1; f <= 50; f++) {
        assert_int_equal(bg_demand_draw(plain.demand, s, f, &a), BG_OK);
        assert_int_equal(bg_demand_draw(self.demand, t, f, &b), BG_OK);
        for (size_t i = 0; i < LINES; i++) {
            const size_t at = BG_FUTURE_YEAR(&a, i, 1);
            assert_true((a.line_paid[at] == b.line_paid[at]) == (i != VISITS));
        }
    }
    bg_sampler_free(t);
    bg_sampler_free(s);
    bg_future_free(&b);
    bg_future_free(&a);
    demand_unload(&self);
    demand_unload(&plain);
}

static void admissions_return_to_another_line_of_the_scheme(void **state)
{
    (void)state;
    static const char *const to[] = {"residents.inpatient.away", "employees.inpatient.in",
                                     "residents.outpatient.in"};
    for (size_t i = 0; i < sizeof to / sizeof *to; i++) {
        char text[4096];
        snprintf(text, sizeof text,
                 "%s  lines: {residents.outpatient.in: {cap_admissions_to: %s}}\n%s", HISTORY,
                 to[i], CAPPED);
        demand_loaded self = demand_load(text);
        assert_int_equal(self.status, BG_INVALID);
        assert_int_equal(self.errors.error_count, 1);
        assert_string_equal(self.errors.items[0].path,
                            "demand.lines[residents.outpatient.in].cap_admissions_to");
        assert_says_among_others(self.errors.items[0].message, "residents.inpatient.out");
        demand_unload(&self);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_lower_cap_cuts_off_returns),
        cmocka_unit_test(a_cap_cuts_off_ten_times_what_it_leaves_at_most),
        cmocka_unit_test(nothing_returns_where_no_cap_cuts_off),
        cmocka_unit_test(admissions_take_the_place_of_dearer_visits),
        cmocka_unit_test(a_price_rises_tenfold_at_most),
        cmocka_unit_test(a_share_has_its_median_and_percentiles),
        cmocka_unit_test(simulated_means_hold),
        cmocka_unit_test(who_does_not_react_keeps_the_bits),
        cmocka_unit_test(admissions_return_to_another_line_of_the_scheme),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
