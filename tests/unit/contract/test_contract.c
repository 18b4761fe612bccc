/* What is written for a scheme that has no past years is warned of. */
#include "../../support/scenario_text.h"

#include <baogan/contract.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static size_t warnings_named(const char *name, const char *text)
{
    bg_scenario *scenario = scenario_of(text, NULL);
    bg_contract contract;
    bg_errors errors;
    bg_errors_init(&errors);
    assert_int_equal(bg_contract_read(scenario, &contract, &errors), BG_OK);
    size_t count = 0;
    for (size_t i = 0; i < errors.count; i++) {
        count += strcmp(errors.items[i].name, name) == 0;
    }
    bg_errors_free(&errors);
    bg_contract_free(&contract);
    bg_scenario_free(scenario);
    return count;
}

static void terms_of_a_scheme_without_history_have_no_effect(void **state)
{
    (void)state;
    static const struct {
        const char *terms;
        size_t warnings;
    } rows[] = {
        {"", 0},
        {"budget: {schemes: {residents: {growth: 9%}}}\n", 0},
        {"budget: {schemes: {employees: {growth: 9%}}}\n", 1},
        {"budget: {schemes: {employees: {growth_cap: {2025: 4%, later: 3%}}}}\n", 1},
        {"budget: {schemes: {employees: {}}}\n", 0}, /* says nothing */
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[256];
        snprintf(text, sizeof text, "history: {2023: 100M, 2024: 110M}\n%s", rows[i].terms);
        assert_int_equal(warnings_named("scheme_without_history", text), rows[i].warnings);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(terms_of_a_scheme_without_history_have_no_effect),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
