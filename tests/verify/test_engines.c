/* The fast engine against the reference engine: 2,000,000 futures of each in three scenarios. Fixed
 * seeds, so the outcome never varies. */
#include "../support/engines.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum { REPLICATIONS = 2000000 };

static void lines_and_totals_are_distributed_alike(void **state)
{
    (void)state;
    compare_engines(engine_scenarios[0], REPLICATIONS);
}

static void few_cases_are_distributed_alike(void **state)
{
    (void)state;
    compare_engines(engine_scenarios[1], REPLICATIONS);
}

static void further_forms_are_distributed_alike(void **state)
{
    (void)state;
    compare_engines(engine_scenarios[2], REPLICATIONS);
}

static void with_measures_and_incidents(void **state)
{
    (void)state;
    compare_engines(engine_scenarios[3], REPLICATIONS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_and_totals_are_distributed_alike),
        cmocka_unit_test(few_cases_are_distributed_alike),
        cmocka_unit_test(further_forms_are_distributed_alike),
        cmocka_unit_test(with_measures_and_incidents),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
