/* --strict, where a verb reads: warnings end it before it writes. tests/cli/strict.sh has every verb from outside. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include <cmocka.h>

#include "../../support/folder.h"
#include "command/verb.h"

/* Amounts that look as if they were in another unit. */
#define UNUSUAL "history: {2022: 49400, 2023: 55200, 2024: 56300}\n"
#define USUAL   "history: {2022: 494000000, 2023: 552000000, 2024: 563000000}\n"

static bg_status call(bg_verb_function *verb, bg_options options, const char *operand)
{
    const char *operands[] = {operand};
    bg_errors errors;
    bg_errors_init(&errors);
    options.operands = operands;
    options.operand_count = 1;
    options.lang = "en";
    options.quiet = options.strict = true;
    const bg_status status = verb(&options, &errors);
    bg_errors_free(&errors);
    return status;
}

static void a_sweep_of_an_unusual_scenario_does_not_begin(void **state)
{
    (void)state;
    folder_write("plan.yaml", UNUSUAL "sweep:\n"
                                      "  axes: {g: {key: budget.growth, values: [3%, 5%]}}\n"
                                      "  figures: {p: p_overspend}\n");
    const bg_options options = {.out = "swept"};
    assert_int_equal(call(bg_verb_sweep, options, "plan.yaml"), BG_USAGE);
    assert_int_equal(access("swept", F_OK), -1);
}

static void actuals_that_are_far_from_what_was_expected_are_not_settled(void **state)
{
    (void)state;
    folder_write("good.yaml", USUAL);
    folder_write("low.yaml", "actual: {2025: {residents: {expense: 56000000}}}\n");
    const bg_options options = {.actual = "low.yaml", .journal = "ledger"};
    assert_int_equal(call(bg_verb_settle, options, "good.yaml"), BG_USAGE);
    assert_int_equal(access("ledger", F_OK), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sweep_of_an_unusual_scenario_does_not_begin),
        cmocka_unit_test(actuals_that_are_far_from_what_was_expected_are_not_settled),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
