/* Entries that a study names by a slip of the pen. */
#include "../../support/projected.h"
#include "../../support/says.h"
#include "study/entry.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static const char county[] = "history: {2023: 100M, 2024: 110M}\n"
                             "budget: {adjustments: {beds: 1M}}\n";

static bg_status check(const bg_scenario *scenario, const char *key, bg_errors *errors)
{
    return bg_study_entry_check(scenario, key, strlen(key), BG_NOWHERE, "--vary", errors);
}

static void a_name_near_an_entry_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *key, *words;
    } rows[] = {
        {"budget.funds[riks].rate",
         "has an entry \"riks\" that the scenario has not; did you mean risk"},
        {"budget.funds[gurantee].rate", "did you mean guarantee"},
        {"budget.adjustments[bed].amount", "did you mean beds"},
    };
    bg_scenario *scenario = parse_scenario(county, NULL);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        bg_errors errors;
        bg_errors_init(&errors);
        assert_int_equal(check(scenario, rows[i].key, &errors), BG_INVALID);
        assert_string_equal(errors.items[0].path, "--vary");
        assert_says_among_others(errors.items[0].message, rows[i].words);
        bg_errors_free(&errors);
    }
    bg_scenario_free(scenario);
}

static void what_is_there_or_like_nothing_is_let_through(void **state)
{
    (void)state;
    static const char *const keys[] = {
        "budget.funds[risk].rate",  "budget.funds[pandemic].rate",
        "budget.growth[2027]",      "settlement[share_surplus].bands[10%]",
        "budget.adjustments[beds]", "budget.growth",
    };
    bg_scenario *scenario = parse_scenario(county, NULL);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        assert_int_equal(check(scenario, keys[i], NULL), BG_OK);
    }
    bg_scenario_free(scenario);
}

static void an_entry_that_is_new_is_named(void **state)
{
    (void)state;
    static const struct {
        const char *key;
        bool is_new;
    } rows[] = {
        {"budget.adjustments[doctors].amount", true},   {"budget.funds[pandemic].rate", true},
        {"budget.adjustments[beds].amount", false},     {"budget.funds[risk].rate", false},
        {"settlement[share_surplus].bands[7%]", false},
    };
    bg_scenario *scenario = parse_scenario(county, NULL);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        bg_errors errors;
        bg_errors_init(&errors);
        assert_int_equal(check(scenario, rows[i].key, &errors), BG_OK);
        assert_int_equal(errors.count, rows[i].is_new ? 1 : 0);
        if (i == 0) {
            assert_says(errors.items[0].message,
                        "budget.adjustments[doctors].amount: the scenario has no entry "
                        "\"doctors\"; it is added for this study.");
            assert_says(
                errors.items[0].message_zh,
                "budget.adjustments[doctors].amount：情景中没有“doctors”这一项，仅为本次研究"
                "增设。");
        }
        bg_errors_free(&errors);
    }
    bg_scenario_free(scenario);
}

/* Of "path=value", what stands before the sign. */
static void no_more_than_the_key_is_looked_at(void **state)
{
    (void)state;
    bg_scenario *scenario = parse_scenario(county, NULL);
    static const char item[] = "budget.growth=x[riks]";
    assert_int_equal(
        bg_study_entry_check(scenario, item, strlen("budget.growth"), BG_NOWHERE, NULL, NULL),
        BG_OK);
    bg_scenario_free(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_near_an_entry_is_refused),
        cmocka_unit_test(what_is_there_or_like_nothing_is_let_through),
        cmocka_unit_test(an_entry_that_is_new_is_named),
        cmocka_unit_test(no_more_than_the_key_is_looked_at),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
