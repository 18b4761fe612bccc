/* Measures that are paid from a purpose of what is kept, against the draws added up by hand. */
#include "../../support/projected.h"
#include "../../support/says.h"
#include "../../support/scenario_text.h"
#include "study/purpose_use.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define MEASURE(outlay)                                                                            \
    "measures:\n  doctors: {from: 2025-01, lines: [residents.total], cost: {change: -2%}, "        \
    "outlay: " outlay "}\n"
#define PLAN(use)                                                                                  \
    "history: {2022: 600M, 2023: 610M, 2024: 620M}\npeople: {residents: 600000}\n"                 \
    "budget: {growth: 9%}\n"                                                                       \
    "settlement: [{share_surplus: {bands: {rest: 60%}}}, {share_overspend: {bands: {rest: "        \
    "60%}}},\n"                                                                                    \
    "  {split: {town: 60%, village: 40%}}, " use "clear]\n"                                        \
    "simulation: {years: 3, replications: 400}\n"
#define USES "{use: {purposes: {pay: 70%, teams: 30%}}}, "

static bg_purpose_use found(const projected *run, size_t purpose, size_t year)
{
    bg_purpose_use use;
    bool known = false;
    assert_int_equal(
        bg_purpose_use_find(&run->model, run->projection, 0, purpose, year, &use, &known), BG_OK);
    assert_true(known);
    return use;
}

/* Teams (the second purpose) pay 3 million a year; of what a year keeps they have 30 %, from the next year on. */
static void what_is_left_is_what_was_put_there_less_what_was_paid(void **state)
{
    (void)state;
    projected run;
    start_projection(&run, PLAN(USES) MEASURE("{amount: 3M, payer: community, purpose: teams}"),
                     NULL, 1);
    assert_false(bg_purpose_pays(&run.model, 0, 0));
    assert_true(bg_purpose_pays(&run.model, 0, 1));
    bg_fen in[400] = {0};
    for (size_t year = 0; year < 3; year++) {
        const bg_fen cost = (bg_fen)(year + 1) * 300000000;
        bg_fen sum = 0;
        size_t enough = 0;
        for (size_t i = 0; i < 400; i++) {
            sum += in[i];
            enough += in[i] >= cost;
        }
        const bg_purpose_use use = found(&run, 1, year);
        assert_int_equal(use.cost, cost);
        assert_true(llabs(400 * use.in - sum) <= 200);
        assert_int_equal(use.left, use.in - cost);
        assert_true(use.suffices.estimate * 400 > (double)enough - 0.5 &&
                    use.suffices.estimate * 400 < (double)enough + 0.5);
        const bg_fen *put = projected_draws(&run, 0, year, "purpose.teams");
        for (size_t i = 0; i < 400; i++) {
            in[i] += put[i];
        }
    }
    assert_int_equal(found(&run, 1, 0).in, 0); /* nothing is kept before the first year */
    assert_true(found(&run, 1, 2).suffices.estimate > 0.05);
    finish_projection(&run);
}

static void refused(const char *text, const char *words)
{
    bg_errors errors;
    bg_errors_init(&errors);
    bg_scenario *scenario = parse_scenario(text, NULL);
    bg_model model;
    assert_true(bg_model_read(scenario, &model, &errors) != BG_OK);
    char *messages = messages_of(&errors);
    assert_reports(messages, "measures[doctors].outlay.purpose");
    assert_reports(messages, words);
    free(messages);
    bg_errors_free(&errors);
    bg_scenario_free(scenario);
}

static void a_purpose_that_is_not_there_is_refused(void **state)
{
    (void)state;
    refused(PLAN(USES) MEASURE("{amount: 3M, payer: community, purpose: team}"),
            "is no purpose of what is kept");
    refused(PLAN("") MEASURE("{amount: 3M, payer: community, purpose: teams}"),
            "the settlement names no purposes");
    refused(PLAN(USES) MEASURE("{amount: 3M, payer: pool, purpose: teams}"),
            "only the community pays from a purpose");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_left_is_what_was_put_there_less_what_was_paid),
        cmocka_unit_test(a_purpose_that_is_not_there_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
