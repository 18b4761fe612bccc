/* Shares of 1 or more that lack their percent sign. */
#include "../../support/says.h"
#include "../../support/scenario_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define YEARS        "history: {2022: 49400万, 2023: 55200万, 2024: 56300万}\n"
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* The first thing that is said, in Chinese. */
static char *in_chinese(const char *text)
{
    bg_errors errors;
    bg_errors_init(&errors);
    bg_scenario *scenario = NULL;
    const bg_status status =
        bg_scenario_parse(text, strlen(text), "t.yaml", NULL, NULL, 0, &scenario, &errors);
    assert_int_equal(status, BG_RANGE);
    char *said = bg_error_text(&errors.items[0], "zh");
    bg_errors_free(&errors);
    return said;
}

static void a_share_that_seems_per_cent_is_refused_with_what_may_be_meant(void **state)
{
    (void)state;
    static const struct {
        const char *text, *place, *en, *zh;
    } rows[] = {
        {YEARS "settlement:\n  - share_surplus: {bands: {10: 100%, rest: 0%}}\n  - clear: {}\n",
         "t.yaml:3:29: settlement[share_surplus].bands: ", "10 is read as 1000%; did you mean 10%?",
         "10按1000%读取；是否指 10%？"},
        {YEARS "settlement:\n  - share_overspend: {bands: {1: 30%, rest: 100%}}\n  - clear: {}\n",
         "t.yaml:3:31: settlement[share_overspend].bands: ", "1 is read as 100%; did you mean 1%?",
         "1按100%读取；是否指 1%？"},
        {YEARS "settlement:\n  - corridor: {minimum_saving: 1}\n  - clear: {}\n",
         "t.yaml:3:32: settlement[corridor].minimum_saving: ",
         "1 is read as 100%; did you mean 1%? A share of 1 or more is written with a percent sign; "
         "allowed is a rate such as 3% or 0.03",
         "等于或大于1的比例请写百分号；允许的是比例，如 3% 或 0.03"},
        {YEARS "settlement:\n  - corridor: {minimum_loss: {2025: 2.5, later: 2%}}\n  - clear: {}\n",
         "t.yaml:3:37: settlement[corridor].minimum_loss[2025]: ",
         "2.5 is read as 250%; did you mean 2.5%?", "2.5按250%读取；是否指 2.5%？"},
        {YEARS "budget: {growth: 5}\n", "t.yaml:2:18: budget.growth: ",
         "5 is read as 500%; did you mean 5%?", "5按500%读取；是否指 5%？"},
        {YEARS "measures: {a: {cases: 8}}\n", "t.yaml:2:23: measures[a].cases.change: ",
         "8 is read as 800%; did you mean 8%?", "8按800%读取；是否指 8%？"},
        {YEARS "budget: {growth: -3}\n", "t.yaml:2:18: budget.growth: ",
         "-3 is read as -300%; did you mean -3%?", "-3按-300%读取；是否指 -3%？"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        char *en = messages_of_text(rows[i].text, NULL), *zh = in_chinese(rows[i].text);
        assert_contains(en, rows[i].place);
        assert_says_among_others(en, rows[i].en);
        assert_says_among_others(zh, rows[i].zh);
        free(en);
        free(zh);
    }
}

static void so_is_one_of_an_override(void **state)
{
    (void)state;
    char *said = messages_of_text(YEARS, "settlement[share_overspend].bands[5]=30%");
    assert_contains(said, "--set: settlement[share_overspend].bands: ");
    assert_says_among_others(said, "5 is read as 500%; did you mean 5%?");
    free(said);
}

/* With its sign, or where the catalogue has shares of that size, a share is what it says. */
static void what_can_be_meant_is_read(void **state)
{
    (void)state;
    static const char *const texts[] = {
        YEARS "settlement:\n  - share_surplus: {bands: {100%: 50%, rest: 1}}\n  - clear: {}\n",
        YEARS "settlement:\n  - share_overspend: {bands: {0.05: 30%, rest: 100%}}\n  - clear: {}\n",
        YEARS "budget: {income_limit: 1}\n",
        YEARS "budget: {growth: 0.05}\n",
    };
    for (size_t i = 0; i < COUNT(texts); i++) {
        char *said = messages_of_text(texts[i], NULL);
        assert_string_equal(said, "");
        free(said);
    }
    char *said = messages_of_text(YEARS "measures: {a: {cases: 800%}}\n", NULL);
    assert_reports_only(said, "warning: t.yaml:2:23: measures[a].cases.change: 800% is unusual; "
                              "usual is from -50% to 100%.\n");
    free(said);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_share_that_seems_per_cent_is_refused_with_what_may_be_meant),
        cmocka_unit_test(so_is_one_of_an_override),
        cmocka_unit_test(what_can_be_meant_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
