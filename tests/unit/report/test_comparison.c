/* Chances of a reform beside those of its base, as each projection counts them. */
#include "../../support/projected.h"
#include "report/comparison.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* Two schemes, of which now one and now the other overspends. */
static const char county[] = "history:\n"
                             "  2023: {residents.total: 100M, employees.total: 40M}\n"
                             "  2024: {residents.total: 110M, employees.total: 43M}\n"
                             "people: {residents: 130000, employees: 12000}\n"
                             "pool: {residents: {income_per_head: 1000}}\n"
                             "simulation: {years: 2, replications: 1000}\n";

static void assert_close(double obtained, double expected)
{
    assert_true(fabs(obtained - expected) < 1e-12);
}

static void a_chance_is_that_of_either_projection(void **state)
{
    (void)state;
    projected base, reform;
    start_projection(&base, county, NULL, 1);
    start_projection(&reform, county, (const char *const[]){"budget.growth=9%", NULL}, 1);
    const bg_comparison comparison = {
        .base = {.model = &base.model, .projection = base.projection},
        .reform = {.model = &reform.model, .projection = reform.projection}};
    const size_t any = bg_projection_unit_any(base.projection);
    assert_int_equal(any, 3);
    for (size_t unit = 0; unit <= any;
         unit += unit == 1 ? 2 : 1) { /* of the sums nothing is said here */
        for (size_t year = 0; year < 2; year++) {
            for (size_t i = 0; i < BG_CHANCES; i++) {
                const bg_event event = bg_chances[i].event;
                bg_contrast found;
                if (event == BG_EVENT_pool_deficit) {
                    continue; /* only where the pool's income is given */
                }
                assert_int_equal(
                    bg_comparison_chance(&comparison, unit, year, &bg_chances[i], &found), BG_OK);
                assert_close(
                    found.base,
                    bg_projection_probability(base.projection, unit, year, event).estimate);
                assert_close(
                    found.reform,
                    bg_projection_probability(reform.projection, unit, year, event).estimate);
                assert_close(found.difference, found.reform - found.base);
            }
        }
    }
    finish_projection(&base);
    finish_projection(&reform);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_chance_is_that_of_either_projection),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
