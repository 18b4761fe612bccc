/* Whether a contract makes hospitals save, bring patients home or stint: three sentences. */
#include "../../support/reported.h"
#include "../../support/says.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* All is kept, so that 17, 42, 67 and 100 % of the response are there in 2025 to 2028. */
#define COUNTY_WITHOUT_PLAN                                                                        \
    "history: {2024: {residents.inpatient.in: {cases: 10000, paid: 60M, cost: 100M},\n"            \
    "                 residents.inpatient.out: {cases: 4000, paid: 36M, cost: 80M}}}\n"            \
    "people: {residents: {count: 100000, growth: 0%, growth_sd: 0%}}\n"                            \
    "demand: {emergency: {probability: 0%}, services: {inpatient: {frequency_trend: 0%, "          \
    "frequency_trend_sd: 0%, cost_trend: 0%, cost_trend_sd: 0%, frequency_volatility: 0%, "        \
    "cost_volatility: 0%}}}\n"                                                                     \
    "money_unit: wan\n"                                                                            \
    "budget: {growth: 0%, funds: {none: 0%}}\n"                                                    \
    "simulation: {first_year: 2025, years: 4, seed: 3, replications: 200}\n"
#define COUNTY                                                                                     \
    COUNTY_WITHOUT_PLAN "settlement: [{split: {hospital: 70%, township: 30%}}, {clear: {}}]\n"

static void assert_told(const char *scenario, const char *language, const char *const *sentences)
{
    char *text = reported_line(scenario, language, false);
    for (; *sentences; sentences++) {
        assert_says_among_others(text, *sentences);
    }
    free(text);
}

/* 6 % of 60 M are 3.6 M, and what comes home saves 400 · (9,000 - 0.94 · 6,000) = 1.344 M; patients pay 2.4 M less inside
 * and 400 · (11,000 - 0.94 · 4,000) = 2.896 M for those who come home. */
static void what_is_sure_is_told_as_it_is(void **state)
{
    (void)state;
    static const char *const en[] = {
        "ALARM: from 2027 on care shrinks by so much that too little may be done.",
        "Do they save? In 2028 a case in the county costs the fund 6.0% less by doing less, and it "
        "pays 360 wan yuan less; of a yuan saved 1.00 stay in the community.",
        "Do they bring patients home? 10.0% of the cases outside come back, some 400; for them the "
        "fund pays 134 wan yuan less.",
        "Do they stint? Cases change by +0.0% and the bill of a case of the same kind in the "
        "county by -6.0% (ALARM, from 2027 on a fall of 3.0% or more); patients pay 530 wan yuan "
        "less.",
        NULL};
    static const char *const zh[] = {
        "警示：自2027年起服务减少过多，可能服务不足。",
        "是否节约：2028年县域内次均费用因少做而下降6.0%，基金支付少360万元；每节约一元医共体"
        "留用1.00元。",
        "是否带回患者：县外就医人次的10.0%回流，约400人次，基金支付因此少134万元。",
        "是否少做服务：人次变化+0.0%，县域内同类病例次均费用变化-6.0%（警示：自2027年起下降达到3.0%"
        "）；"
        "患者负担少530万元。",
        NULL};
    assert_told(COUNTY "response: {cost: -6%, returned: 10%}\n", "en", en);
    assert_told(COUNTY "response: {cost: -6%, returned: 10%}\n", "zh", zh);
}

/* What is not sure has a range: between exp of the logarithms of 0.9 and 0.98 in 8 of 10 futures. */
static void what_is_not_sure_has_its_range(void **state)
{
    (void)state;
    static const char *const en[] = {
        "costs the fund 6.1% less (in 8 of 10 futures 2.0 to 10.0%) by doing less",
        "of the cases outside come back (in 8 of 10 futures 5.0 to 20.0%)",
        "less than the fall of 12.0% that would be an alarm", NULL};
    assert_told(COUNTY "response: {cost: {p10: -10%, p90: -2%}, returned: {p10: 5%, p90: 20%}, "
                       "alarm: 12%}\n",
                "en", en);
}

static void bills_that_nobody_knows_are_no_zero(void **state)
{
    (void)state;
    static const char *const en[] = {"what patients pay is not known.", NULL};
    assert_told("history: {2024: 100M}\nsimulation: {replications: 100, years: 1}\n"
                "response: {cost: -6%}\n",
                "en", en);
}

static void a_cost_that_rises_is_no_saving(void **state)
{
    (void)state;
    static const char *const en[] = {
        "Do they save? No: in 2028 a case in the county costs the fund 5.0% more, and it pays 300 "
        "wan yuan more; of a yuan saved 1.00 would stay in the community.",
        NULL};
    static const char *const zh[] = {
        "是否节约：否。2028年县域内次均费用上升5.0%，基金支付多300万元；"
        "若节约，每元医共体留用1.00元。",
        NULL};
    assert_told(COUNTY "response: {cost: 5%}\n", "en", en);
    assert_told(COUNTY "response: {cost: 5%}\n", "zh", zh);
}

static void what_nobody_does_is_told_as_well(void **state)
{
    (void)state;
    static const char *const home_alone[] = {
        "Do they save? None of it is assumed to act in the last year.",
        "Do they bring patients home? 10.0% of the cases outside come back", NULL};
    static const char *const saving_alone[] = {
        "Do they bring patients home? None of it is assumed to act.", NULL};
    assert_told(COUNTY "response: {returned: 10%}\n", "en", home_alone);
    assert_told(COUNTY "response: {cost: -2%}\n", "en", saving_alone);
}

#define GATE(bound)                                                                                \
    COUNTY_WITHOUT_PLAN                                                                            \
    "settlement: [{deduct: {gain: 100%, when: {score: {below: " bound                              \
    "}}}}, {split: {hospital: 70%, township: 30%}}, {clear: {}}]\n"                                \
    "performance: {indicators: {stays: {simulated: admissions, floor: 12, target: 16}}}\n"         \
    "response: {cost: -2%}\n"

/* Nothing moves: 14,000 admissions of 100,000 people are half way between 12 and 16 per 100, 50 points. */
static void a_gate_beside_which_the_score_lies_is_an_alarm(void **state)
{
    (void)state;
    static const char *const beside[] = {
        "Is a gate near? ALARM: in 2025 the score lies within 2 points of the 51 that a step asks "
        "for in >98.12% of the futures.",
        NULL};
    static const char *const zh[] = {
        "是否接近门槛：警示。2025年得分与某步骤所要求分数相差2分以内（要求51分）的概率为>98.12%",
        NULL};
    static const char *const far[] = {
        "Is a gate near? No: in 2025 the score lies within 2 points of the 60 that a step asks for "
        "in <1.9% of the futures, in no year more.",
        NULL};
    assert_told(GATE("51"), "en", beside);
    assert_told(GATE("51"), "zh", zh);
    assert_told(GATE("60"), "en", far);
}

/* The score is one for all schemes. */
static void a_gate_of_two_schemes_is_told_once(void **state)
{
    (void)state;
    char *text = reported_line(
        "history: {2024: {residents.inpatient.in: {cases: 10000, paid: 60M, cost: 100M},\n"
        "                 employees.inpatient.in: {cases: 1000, paid: 9M, cost: 12M}}}\n"
        "people: {residents: 100000, employees: 10000}\n"
        "settlement: [{deduct: {gain: 100%, when: {score: {below: 51}}}}, {split: {hospital: "
        "100%}},"
        " {clear: {}}]\n"
        "performance: {indicators: {stays: {simulated: admissions, floor: 8, target: 12}}}\n"
        "response: {cost: -2%}\n"
        "simulation: {years: 2, replications: 200}\n",
        "zh", false);
    const char *first = strstr(text, "是否接近门槛");
    assert_non_null(first);
    assert_null(strstr(first + 1, "是否接近门槛"));
    free(text);
}

/* Of bills of 100 M the hospital has 70 M, of which half goes on its cost. */
static void institutions_and_one_more_case_have_their_tables(void **state)
{
    (void)state;
    static const char *const en[] = {
        "The institutions' own account", "2025 hospital 7,000 3,500 3,500",
        "What one more case leaves who provides it, over its cost (yuan)",
        "Residents' scheme, inpatient 2025 10000 6000 5000 5000", NULL};
    static const char *const zh[] = {"各机构收支", "每多收治一例，机构扣除变动成本后的余额（元）",
                                     NULL};
    assert_told(COUNTY "accounts: {variable_cost: 50%}\n", "en", en);
    assert_told(COUNTY "accounts: {variable_cost: 50%}\n", "zh", zh);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_sure_is_told_as_it_is),
        cmocka_unit_test(what_is_not_sure_has_its_range),
        cmocka_unit_test(bills_that_nobody_knows_are_no_zero),
        cmocka_unit_test(a_cost_that_rises_is_no_saving),
        cmocka_unit_test(what_nobody_does_is_told_as_well),
        cmocka_unit_test(a_gate_beside_which_the_score_lies_is_an_alarm),
        cmocka_unit_test(a_gate_of_two_schemes_is_told_once),
        cmocka_unit_test(institutions_and_one_more_case_have_their_tables),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
