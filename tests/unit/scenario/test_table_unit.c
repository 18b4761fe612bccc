/* Amounts without a unit beside a table of past years that names one. */
#include <baogan/scenario.h>

#include "../../support/folder.h"
#include "../../support/says.h"
#include "../../support/scenario_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define TABLE     "单位：万元\n年度,基金支出\n2023,55200\n2024,56300\n"
#define IN_YUAN   "单位：元\n年度,基金支出\n2023,552000000\n2024,563000000\n"
#define EXTRA     "budget.adjustments[extra].amount"
#define AMOUNT(x) "budget: {adjustments: {extra: {amount: " x "}}}\n"
#define CSV       "history: {csv: h.csv}\n"

/* Loads a.yaml, with c.yaml over it where `layer`; its messages are in *said, the language's. */
static bg_status load(bool layer, const char *override, const char *language, char **said,
                      bg_scenario **scenario)
{
    bg_errors errors;
    bg_errors_init(&errors);
    const char *over = "c.yaml";
    const bg_scenario_source source = {.path = "a.yaml",
                                       .layers = &over,
                                       .layer_count = layer ? 1 : 0,
                                       .overrides = &override,
                                       .override_count = override ? 1 : 0};
    const bg_status status = bg_scenario_load(&source, scenario, &errors);
    *said = strdup("");
    for (size_t i = 0; i < errors.count; i++) {
        if (!errors.items[i].warning) {
            free(*said);
            *said = bg_error_text(&errors.items[i], language);
        }
    }
    bg_errors_free(&errors);
    return status;
}

static void assert_refused(bool layer, const char *override, const char *place)
{
    bg_scenario *scenario;
    char *said;
    assert_int_equal(load(layer, override, NULL, &said, &scenario), BG_INVALID);
    assert_contains(said, place);
    assert_says_among_others(
        said, "3000 stands without a unit: 3000 yuan, or 3000 万元 as the table of past years "
              "counts?");
    free(said);
    load(layer, override, "zh", &said, &scenario);
    assert_says_among_others(said, "“3000”没有单位：是3000元，还是如历史年度表为3000万元？");
    free(said);
}

static void assert_amount(bool layer, const char *override, bg_fen fen)
{
    bg_scenario *scenario;
    char *said;
    assert_int_equal(load(layer, override, NULL, &said, &scenario), BG_OK);
    assert_int_equal(bg_scenario_find(scenario, EXTRA)->value.fen, fen);
    free(said);
    bg_scenario_free(scenario);
}

static void an_amount_with_two_readings_is_refused_with_both(void **state)
{
    (void)state;
    folder_write("h.csv", TABLE);
    folder_write("a.yaml", CSV AMOUNT("3000"));
    assert_refused(false, NULL, "a.yaml:2:40: " EXTRA ": ");
    folder_write("b.yaml", CSV); /* the table is that of a file below */
    folder_write("a.yaml", "extends: b.yaml\n" AMOUNT("3000"));
    assert_refused(false, NULL, "a.yaml:2:40: " EXTRA ": ");
    folder_write("a.yaml", CSV);
    folder_write("c.yaml", AMOUNT("3000"));
    assert_refused(true, NULL, "c.yaml:1:40: " EXTRA ": ");
    assert_refused(false, EXTRA "=3000", EXTRA ": ");
}

static void an_amount_with_one_reading_is_read(void **state)
{
    (void)state;
    folder_write("h.csv", TABLE);
    folder_write("a.yaml", CSV AMOUNT("3000元"));
    assert_amount(false, NULL, 300000);
    folder_write("a.yaml", CSV AMOUNT("0"));
    assert_amount(false, NULL, 0);
    assert_amount(false, EXTRA "=3000万元", INT64_C(3000000000));
    folder_write("a.yaml", "money_unit: yuan\n" CSV AMOUNT("3000"));
    assert_amount(false, NULL, 300000);
    assert_amount(false, EXTRA "=4000", 400000);
    folder_write("a.yaml", CSV);
    folder_write("c.yaml", "money_unit: yuan\n" AMOUNT("3000"));
    assert_amount(true, NULL, 300000);
    /* columns of the table that name no unit count as the file does */
    folder_write("h.csv",
                 "年度,基金支出（万元）,医疗费用\n2023,55200,990000000\n2024,56300,990000000\n");
    folder_write("a.yaml", CSV AMOUNT("3000元"));
    assert_amount(false, NULL, 300000);
    folder_write("h.csv", IN_YUAN);
    folder_write("a.yaml", CSV AMOUNT("3000"));
    assert_amount(false, NULL, 300000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_amount_with_two_readings_is_refused_with_both),
        cmocka_unit_test(an_amount_with_one_reading_is_read),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
