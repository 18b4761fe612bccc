/* Planners' cases: what can be expected is what there is. Whole cases are in tests/cases, and how they
 * fail is in tests/cli/cases.sh. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../support/projected.h"
#include "actual/case.h"
#include "actual/step_change.h"

static void every_result_can_be_expected(void **state)
{
    (void)state;
    for (size_t i = 0; i < BG_RESULT_COUNT; i++) {
        char path[128];
        snprintf(path, sizeof path, "expected[2025][residents].%s", bg_settlement_result_names[i]);
        const bg_parameter *row = bg_catalogue_find(path);
        if (!row) {
            print_error("%s has no row in the catalogue\n", path);
        }
        assert_true(row && row->type == BG_TYPE_MONEY);
    }
}

/* Runs the case and gives what was obtained for its only amount that differs, or -1. */
static bg_fen only_difference(const char *text)
{
    bg_scenario *scenario = parse_scenario(text, NULL);
    bg_errors errors;
    bg_errors_init(&errors);
    bg_model model;
    assert_int_equal(bg_model_read(scenario, &model, &errors), BG_OK);
    bg_case self;
    assert_int_equal(bg_case_run(&self, &model.contract, model.demand, &errors), BG_OK);
    bg_fen obtained = -1;
    for (size_t i = 0; i < self.count; i++) {
        if (!bg_case_check_passes(&self.checks[i])) {
            assert_int_equal(obtained, -1);
            obtained = self.checks[i].obtained;
        }
    }
    assert_int_equal(bg_case_passes(&self), obtained == -1);
    bg_case_free(&self);
    bg_case_free(&self);
    bg_model_free(&model);
    bg_scenario_free(scenario);
    bg_errors_free(&errors);
    return obtained;
}

#define PLAIN                                                                                      \
    "history: {2022: 1000, 2023: 1000, 2024: 1000}\n"                                              \
    "budget: {growth: 0%}\n"                                                                       \
    "actual: {2025: 950}\n"

static void a_fen_makes_a_case_fail(void **state)
{
    (void)state;
    assert_int_equal(only_difference(PLAIN "expected: {2025: {residents: {budget: 1000, payable: "
                                           "950, result: 30, accounts: {pool: -980}}}}\n"),
                     -100000); /* 950 + 30 released + 20 that the risk fund keeps */
    assert_int_equal(
        only_difference(PLAIN "expected: {2025: {residents: {payable: 950.01, result: 30}}}\n"),
        95000);
    assert_int_equal(only_difference(PLAIN "expected: {2025: {residents: {result: 30}}}\n"), -1);
}

static bg_posting posting(size_t step, const char *name, bg_fen balance_after)
{
    return (bg_posting){.step = step, .kind = name, .name = name, .balance_after = balance_after};
}

static void a_step_changes_the_balance_by_all_its_postings(void **state)
{
    (void)state;
    bg_posting items[] = {
        posting(0, "completion", 0), posting(0, "opening", 90),  posting(0, "opening", 90),
        posting(0, "expense", 20),   posting(0, "expense", -10), posting(0, "patients", -10),
        posting(1, "share", -10),    posting(1, "share", -7),    posting(1, "share", -4),
        posting(2, "cap", -4),       posting(3, "split", 0),
    };
    const bg_trace trace = {items, sizeof items / sizeof *items, 0};
    static const bg_step_change wanted[] = {{0, "opening", 90, 90},
                                            {0, "expense", -100, -10},
                                            {1, "share", 6, -4},
                                            {2, "cap", 0, -4},
                                            {3, "split", 4, 0}};
    size_t count = 0;
    bg_step_change *changes = bg_step_changes(&trace, &count);
    assert_non_null(changes);
    assert_int_equal(count, sizeof wanted / sizeof *wanted);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(changes[i].step, wanted[i].step);
        assert_string_equal(changes[i].name, wanted[i].name);
        assert_int_equal(changes[i].change, wanted[i].change);
        assert_int_equal(changes[i].balance_after, wanted[i].balance_after);
    }
    assert_ptr_equal(bg_step_change_find(changes, count, "cap"), &changes[3]);
    assert_null(bg_step_change_find(changes, count, "patients"));
    free(changes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_result_can_be_expected),
        cmocka_unit_test(a_fen_makes_a_case_fail),
        cmocka_unit_test(a_step_changes_the_balance_by_all_its_postings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
