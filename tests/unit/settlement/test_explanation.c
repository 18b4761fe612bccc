#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/plan.h"
#include "../../support/says.h"
#include "settlement/sentence.h"

#include <stdlib.h>
#include <string.h>

static size_t gaps(const char *sentence)
{
    size_t count = 0;
    for (const char *gap = sentence; (gap = strstr(gap, "%s")); gap++) {
        count++;
    }
    return count;
}

static void a_sentence_has_the_same_arguments_in_both_languages(void **state)
{
    (void)state;
    for (size_t i = 0; i < BG_SENTENCE_COUNT; i++) {
        assert_int_equal(gaps(bg_sentences[i].en), gaps(bg_sentences[i].zh));
        assert_in_range(gaps(bg_sentences[i].en), 0, BG_REASON_ARGUMENTS);
    }
}

static bg_posting because(const bg_reason *reason)
{
    return (bg_posting){.reason = {*reason}};
}

static bg_argument amount(bg_fen fen, int64_t beyond)
{
    return (bg_argument){BG_ARGUMENT_AMOUNT, fen, beyond};
}

static void an_amount_shows_what_lies_beyond_the_fen(void **state)
{
    (void)state;
    static const struct {
        bg_fen fen;
        int64_t beyond;
        const char *english;
    } cases[] = {
        {123456, 0, "others bear 1,234.56"},
        {-123456, 0, "others bear -1,234.56"},
        {5, INT64_C(5000000000000000), "others bear 0.055"},
        {0, INT64_C(-2500000000000000), "others bear -0.0025"},
        {0, 1, "others bear 0.000000000000000001"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const bg_posting posting =
            because(BG_REASON(others_bear, amount(cases[i].fen, cases[i].beyond)));
        assert_posting_says(&posting, NULL, cases[i].english);
    }
}

static const char *shout(const char *name, const char *language)
{
    return strcmp(language, "zh") == 0 ? "名" : strcmp(name, "risk") == 0 ? "RISK" : "BASE";
}

static void names_are_put_into_words_where_they_are_arguments_only(void **state)
{
    (void)state;
    test_plan plan = test_plan_read("  - clear: {}\n", 1);
    assert_int_equal(plan.status, BG_OK);
    const int risk = bg_plan_account_index(plan.plan, "risk");
    const bg_posting posting = {
        .reason = {*BG_REASON(fund_holds, bg_say_account(risk), bg_say_fen(100)),
                   *BG_REASON(rate_from_input, bg_say_input(BG_INPUT_budget), bg_say_rate(0)),
                   *BG_PLAIN_REASON(part_of_shared)}};
    static const struct {
        bg_posting_words words;
        const char *text;
    } cases[] = {
        {{"en", NULL, NULL, 0},
         "risk holds 1.00; rate from budget 0%; shared: what this community put in less what it "
         "drew"},
        {{"en", shout, shout, 0},
         "RISK holds 1.00; rate from BASE 0%; shared: what this community put in less what it "
         "drew"},
        {{"zh", shout, NULL, 0}, "名现有1.00；比例取自budget 0%（共用资金：本医共体缴入减使用）"},
        {{"en", NULL, NULL, 1000000},
         "risk holds 0.0001; rate from budget 0%; shared: what this community put in less what "
         "it drew"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *text = bg_posting_text(&posting, plan.plan, &cases[i].words);
        assert_says(text, cases[i].text);
        free(text);
    }
    test_plan_free(&plan);
}

static void a_line_without_a_rate_has_none(void **state)
{
    (void)state;
    const bg_posting without = {.rate = BG_ONE}, nothing = {.has_rate = true};
    assert_posting_rate(&without, "");
    assert_posting_rate(&nothing, "0%");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sentence_has_the_same_arguments_in_both_languages),
        cmocka_unit_test(an_amount_shows_what_lies_beyond_the_fen),
        cmocka_unit_test(names_are_put_into_words_where_they_are_arguments_only),
        cmocka_unit_test(a_line_without_a_rate_has_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
