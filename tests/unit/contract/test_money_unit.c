/* The one unit of money of all that people read. */
#include "contract/money_unit.h"

#include "../../support/scenario_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* The names of the unit in which a file is read, rounded and to the fen. */
typedef struct names {
    const char *rounded, *to_fen;
} names;

static names names_of(const char *text, bg_fen asked, const char *language)
{
    bg_scenario *scenario = scenario_of(text, NULL);
    bg_contract contract = {0};
    bg_scenario_show_money(scenario, asked);
    bg_errors errors;
    bg_errors_init(&errors);
    assert_int_equal(bg_contract_read(scenario, &contract, &errors), BG_OK);
    bg_errors_free(&errors);
    const names found = {bg_contract_money(&contract, language).name,
                         bg_contract_money_to_fen(&contract, language).name};
    bg_contract_free(&contract);
    bg_scenario_free(scenario);
    return found;
}

static void the_unit_is_asked_for_or_the_files_or_found_by_size(void **state)
{
    (void)state;
    enum { MILLION = 100000000 };
    static const char wan[] = "money_unit: 万元\nhistory: {2023: 10000, 2024: 11000}\n";
    static const char yi[] = "money_unit: yi\nhistory: {2023: 1, 2024: 1.1}\n";
    static const char written[] = "money_unit: yuan\nhistory: {2023: 100M, 2024: 110M}\n";
    static const char left[] = "history: {2023: 100M, 2024: 110M}\n";
    static const char small[] = "history: {2023: 100k, 2024: 110k}\n";
    static const struct {
        const char *text;
        bg_fen asked;
        names en, zh;
    } rows[] = {
        {wan, 0, {"wan yuan", "wan yuan"}, {"万元", "万元"}},
        {wan, MILLION, {"million yuan", "million yuan"}, {"百万元", "百万元"}},
        {wan, 100, {"yuan", "yuan"}, {"元", "元"}},
        {yi, 0, {"yi yuan", "yi yuan"}, {"亿元", "亿元"}},
        {written, 0, {"million yuan", "yuan"}, {"万元", "元"}},
        {left, 0, {"million yuan", "yuan"}, {"万元", "元"}},
        {left, 1000000, {"wan yuan", "wan yuan"}, {"万元", "万元"}},
        {small, 0, {"yuan", "yuan"}, {"元", "元"}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const names en = names_of(rows[i].text, rows[i].asked, "en");
        const names zh = names_of(rows[i].text, rows[i].asked, "zh");
        assert_string_equal(en.rounded, rows[i].en.rounded);
        assert_string_equal(en.to_fen, rows[i].en.to_fen);
        assert_string_equal(zh.rounded, rows[i].zh.rounded);
        assert_string_equal(zh.to_fen, rows[i].zh.to_fen);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_unit_is_asked_for_or_the_files_or_found_by_size),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
