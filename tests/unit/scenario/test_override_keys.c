/* Two overrides of one key, in whatever words. */
#include "scenario/override_keys.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void the_second_of_one_key_is_found_with_the_first(void **state)
{
    (void)state;
    static const struct {
        const char *texts[3];
        size_t second, first;
    } cases[] = {
        {{"budget.growth=5%", "budget.growth_cap=6%", "budget.growth=5%"}, 2, 0},
        {{"budget.growth=5%", "simulation.years=2", "年度总额.增长率=6%"}, 2, 0},
        {{"performance.score=80", "budget.growth[2026]=5%", "年度总额.增长率[2026年]=6%"}, 2, 1},
        /* one for all years, and another for one */
        {{"budget.growth=5%", "budget.growth[2026]=5%", "budget.growth[2027]=5%"}, 3, 0},
        {{"budget.growth", "a=budget.growth", "b==="}, 3, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t first = 0;
        assert_int_equal(bg_overrides_same(cases[i].texts, 3, &first), cases[i].second);
        assert_int_equal(first, cases[i].first);
    }
    size_t first;
    assert_int_equal(bg_overrides_same(NULL, 0, &first), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_second_of_one_key_is_found_with_the_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
