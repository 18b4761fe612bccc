/* Two overrides of one key, in whatever words. */
#include "../../support/says.h"
#include "scenario/override_keys.h"

#include <baogan/scenario.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <string.h>

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

/* With an override that adds an entry, what is said of it in each language; NULL: nothing. */
static void an_entry_that_is_added_by_a_slip_is_named(void **state)
{
    (void)state;
    static const char text[] = "history: {2024: 100M}\nbudget: {adjustments: {extra: 1M}}\n";
    static const struct {
        const char *set, *en, *zh;
    } cases[] = {
        {"budget.funds[riks].rate=3%",
         "budget.funds has no \"riks\", which is added; did you mean \"risk\"?",
         "`budget.funds` 中没有“riks”，现予增设；是否指“risk”？"},
        {"budget.funds[riks]=3%", "did you mean \"risk\"?", "是否指“risk”？"},
        {"budget.adjustments[extr].amount=5", "did you mean \"extra\"?", "是否指“extra”？"},
        {"budget.adjustments[beds]=5", NULL, NULL},
        {"budget.funds[risk].rate=3%", NULL, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bg_scenario *scenario = NULL;
        bg_errors errors;
        bg_errors_init(&errors);
        assert_int_equal(bg_scenario_parse(text, strlen(text), "t.yaml", NULL, &cases[i].set, 1,
                                           &scenario, &errors),
                         BG_OK);
        assert_int_equal(errors.count, cases[i].en ? 1 : 0);
        if (cases[i].en) {
            assert_true(errors.items[0].warning);
            assert_says_among_others(errors.items[0].message, cases[i].en);
            assert_says_among_others(errors.items[0].message_zh, cases[i].zh);
        }
        bg_errors_free(&errors);
        bg_scenario_free(scenario);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_second_of_one_key_is_found_with_the_first),
        cmocka_unit_test(an_entry_that_is_added_by_a_slip_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
