/* The central path settled once more, with all that it moves. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/projected.h"
#include "projection/central.h"

static const char two_schemes[] =
    "history: {2023: {residents.total: 500M, employees.total: 200M},\n"
    "  2024: {residents.total: 520M, employees.total: 230M}}\n"
    "response: {cost: -6%}\n"
    "simulation: {years: 3, replications: 400}\n";

static void its_amounts_are_those_of_the_projection(void **state)
{
    (void)state;
    projected self;
    bg_central central;
    bg_errors errors;
    bg_errors_init(&errors);
    start_projection(&self, two_schemes, NULL, 1);
    assert_int_equal(bg_central_settle(&self.model, &central, &errors), BG_OK);
    assert_int_equal(central.count, 6);
    for (size_t i = 0; i < central.count; i++) {
        const bg_central_year *year = &central.items[i];
        const size_t scheme = i / 3, y = i % 3;
        assert_int_equal(year->scheme, scheme);
        assert_int_equal(year->year, 2025 + (int)y);
        assert_int_equal(year->block.input[BG_INPUT_expense][0],
                         projected_central(&self, scheme, y, "expense"));
        assert_int_equal(year->block.result[BG_RESULT_result][0],
                         projected_central(&self, scheme, y, "result"));
        assert_int_equal(year->block.result[BG_RESULT_clearing][0],
                         projected_central(&self, scheme, y, "clearing"));
        assert_true(year->trace.count > 5);
    }
    bg_central_free(&central);
    bg_central_free(&central);
    finish_projection(&self);
    bg_errors_free(&errors);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(its_amounts_are_those_of_the_projection),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
