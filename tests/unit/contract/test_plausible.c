/* What figures usually are. The national ones are the NHSA's, as people[].spend_per_head and county.yaml have them;
 * what the texts hold is worked out beside them. */
#include <baogan/contract.h>

#include "../../support/says.h"
#include "../../support/scenario_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* What is said of a scenario, an entry a language. */
typedef struct judged {
    char *en, *zh;
    size_t count;
} judged;

static char *all_in(const bg_errors *errors, const char *language)
{
    char *all = strdup("");
    for (size_t i = 0; i < errors->count; i++) {
        char *one = bg_error_text(&errors->items[i], language);
        char *longer = malloc(strlen(all) + strlen(one) + 2);
        assert_non_null(longer);
        sprintf(longer, "%s%s\n", all, one);
        free(all);
        free(one);
        all = longer;
    }
    return all;
}

static judged judge(const char *text)
{
    bg_errors errors, of_reading;
    bg_contract contract;
    bg_errors_init(&errors);
    bg_errors_init(&of_reading);
    bg_scenario *scenario = scenario_of(text, NULL);
    assert_int_equal(bg_contract_read(scenario, &contract, &of_reading), BG_OK);
    bg_contract_judge(&contract, &errors);
    assert_int_equal(errors.error_count, 0);
    const judged said = {all_in(&errors, NULL), all_in(&errors, "zh"), errors.count};
    bg_errors_free(&errors);
    bg_errors_free(&of_reading);
    bg_contract_free(&contract);
    bg_scenario_free(scenario);
    return said;
}

static void assert_silent(const char *text)
{
    judged said = judge(text);
    assert_string_equal(said.en, "");
    free(said.en);
    free(said.zh);
}

/* One thing is said, at this place and with these words in each language. */
static void assert_judged(const char *text, const char *place, const char *en, const char *zh)
{
    judged said = judge(text);
    assert_contains(said.en, place);
    assert_int_equal(said.count, 1);
    assert_says_among_others(said.en, en);
    assert_says_among_others(said.zh, zh);
    free(said.en);
    free(said.zh);
}

/* 1,126 yuan a head in 2024: 500,164 people. */
static void usual_figures_are_passed_over(void **state)
{
    (void)state;
    assert_silent("money_unit: wan\nhistory: {2022: 49400, 2023: 55200, 2024: 56300}\n");
    assert_silent("money_unit: wan\nhistory: {2022: 49400, 2023: 55200, 2024: 56300}\n"
                  "people: {residents: 500000}\nperformance: {score: 86}\n");
}

/* 56,300 / 1,125.65 = 50.0 people. */
static void a_forgotten_unit_is_named_with_what_to_write(void **state)
{
    (void)state;
    assert_judged("history: {2022: 49400, 2023: 55200, 2024: 56300}\n",
                  "t.yaml:1:43: history[2024][total].paid: ",
                  "be those of 50 people (56,300 yuan in all); usual is 1,000 to",
                  "只相当于50名参保人（合计56,300元）；通常为1,000至");
    assert_judged("history: {2022: 49400, 2023: 55200, 2024: 56300}\n", "t.yaml:1:43: ",
                  " It is read in yuan; was it in 万元? Then write money_unit: wan, or 56300万.",
                  "按元读取；原为万元吗？若是，请写 `money_unit: wan`，或 56300万。");
}

/* 0.1126 yuan a head beside 1,125.65. */
static void spending_a_head_stands_beside_the_national_figure(void **state)
{
    (void)state;
    static const char text[] = "history: {2022: 49400, 2023: 55200, 2024: 56300}\n"
                               "people: {residents: 500000}\n";
    assert_judged(text, "t.yaml:1:43: history[2024][total].paid: ",
                  "the fund payments of residents in 2024 are 0.11 yuan a head (nationwide 1,126); "
                  "usual is 281 to 4,503 yuan",
                  "居民医保2024年人均基金支付为0.11元（全国1,126元）；通常为281至4,503元");
    assert_judged(text, "t.yaml:1:43: ", "was it in 万元? Then write money_unit: wan, or 56300万.",
                  "原为万元吗？");
}

/* No other unit of the file would mend it. */
static void of_an_amount_with_a_unit_the_amount_itself_is_offered(void **state)
{
    (void)state;
    assert_judged("history: {2024: 5.63万}\npeople: {residents: 500000}\n",
                  "t.yaml:1:", "bulletins). Did you mean 56300万?", "是否指 56300万？");
}

static void an_amount_in_yi_that_was_in_wan_is_named(void **state)
{
    (void)state;
    assert_judged("money_unit: yi\nhistory: {2022: 49400, 2023: 55200, 2024: 56300}\n",
                  "t.yaml:2:43: ",
                  " It is read in 亿元; was it in 万元? Then write money_unit: wan, or 56300万.",
                  "按亿元读取；原为万元吗？");
}

/* What is given by lines is off as a whole: there is no one amount to write. */
static void the_unit_of_lines_is_that_of_the_file(void **state)
{
    (void)state;
    judged said = judge("people: {residents: 500000}\nhistory:\n"
                        "  2024: {residents.inpatient: 39000, residents.outpatient: 17300}\n");
    assert_int_equal(said.count, 1);
    assert_contains(said.en, "t.yaml:3:9: history[2024]: ");
    assert_says_among_others(said.en, "Then write money_unit: wan.");
    assert_says_among_others(said.zh, "请写 `money_unit: wan`。");
    free(said.en);
    free(said.zh);
}

/* 5,630 / 55,200 - 1 = -89.8 %; ten times as much is 2.0 % more. */
static void a_year_ten_times_too_small_is_named(void **state)
{
    (void)state;
    assert_judged("money_unit: wan\nhistory: {2022: 49400, 2023: 55200, 2024: 5630}\n",
                  "t.yaml:2:43: history[2024][total].paid: ",
                  "have changed by -89.8% a year (5,630 wan yuan after 55,200 wan yuan in 2023); "
                  "usual is -25% to "
                  "+50%",
                  "居民医保2024年基金支付的年变化为-89.8%（5,630万元，而2023年为55,200万元）");
    assert_judged("money_unit: wan\nhistory: {2022: 49400, 2023: 55200, 2024: 5630}\n",
                  "t.yaml:2:43: ", "Did you mean 56300万?", "是否指 56300万？");
}

static void of_years_that_do_not_fit_the_one_apart_from_the_others_is_blamed(void **state)
{
    (void)state;
    assert_judged("money_unit: wan\nhistory: {2022: 4940, 2023: 55200, 2024: 56300}\n",
                  "t.yaml:2:17: history[2022][total].paid: ", "Did you mean 49400万?",
                  "是否指 49400万？");
    assert_judged("money_unit: wan\nhistory: {2022: 49400, 2023: 552000, 2024: 56300}\n",
                  "t.yaml:2:30: history[2023][total].paid: ", "Did you mean 55200万?",
                  "是否指 55200万？");
}

/* 4.94亿, 55200万, 56300 yuan: the last year has lost its unit, and is said once. */
static void one_cause_has_one_message(void **state)
{
    (void)state;
    assert_judged("history: {2022: 4.94亿, 2023: 55200万, 2024: 56300}\n", "t.yaml:1:", "56300万.",
                  "56300万。");
}

static void cases_that_fall_to_a_handful_are_named(void **state)
{
    (void)state;
    assert_judged("money_unit: wan\nhistory: {2022: {residents.inpatient: {cases: 71062, paid: "
                  "32539}}, 2023: {residents.inpatient: {cases: 86369, paid: 34829}}, 2024: "
                  "{residents.inpatient: {cases: 8, paid: 33391}}}\n"
                  "people: {residents: 500000}\n",
                  "history[2024][residents.inpatient]: ",
                  "the cases of residents.inpatient in 2024 have changed by -100% a year (8 after "
                  "86,369 in 2023)",
                  "residents.inpatient（2024年）人次的年变化为-100%（8，而2023年为86,369）");
}

/* 33,391 wan over 87,236 cases is 3,828 yuan; a tenth of it is 383. */
static void a_payment_a_case_stands_beside_the_years_before(void **state)
{
    (void)state;
    assert_judged(
        "money_unit: wan\npeople: {residents: 500000}\nhistory:\n"
        "  2023: {residents.inpatient: {cases: 86369, paid: 34829}, residents.total: 20000}\n"
        "  2024: {residents.inpatient: {cases: 87236, paid: 3339.1}, residents.total: 50000}\n",
        "history[2024][residents.inpatient]: ",
        "the fund payment a case of residents.inpatient in 2024 has changed by -90.5% a year (383 "
        "after 4,033 in 2023)",
        "residents.inpatient（2024年）次均基金支付的年变化为-90.5%");
}

/* The residents of county.yaml in 2024: 56,581.34 wan over 1,592,072 person-times are 355 yuan. */
#define CARE(discharges, visits)                                                                   \
    "money_unit: wan\npeople: {residents: 502656}\nhistory:\n"                                     \
    "  2024: {residents.inpatient: {cases: " discharges ", cost: 80963.62, paid: 45341.53},\n"     \
    "         residents.outpatient: {cases: " visits ", cost: 25700.72, paid: 11240.12}}\n"

static void care_of_the_nation_is_usual(void **state)
{
    (void)state;
    assert_silent(CARE("109285", "1482787"));
}

/* 566 million over 12,000 and 400,000 are 1,373 yuan a person-time, and 2.4 discharges of 100: the first is
 * said. */
static void discharges_are_counted_for_100_insured(void **state)
{
    (void)state;
    assert_judged(CARE("12000", "400000"), "history[2024]: ",
                  "the discharges of residents in 2024 are 2.4 for 100 insured; usual is 5 to 40 "
                  "(nationwide 15 to 22 in 2019 to 2025",
                  "居民医保2024年每百名参保人出院2.4人次；通常为5至40人次");
}

static void visits_are_counted_a_head(void **state)
{
    (void)state;
    assert_judged(CARE("109285", "148278"), "history[2024]: ",
                  "the outpatient visits of residents in 2024 are 0.29 a head; usual is 0.5 to 12",
                  "居民医保2024年人均门诊0.29次；通常为0.5至12次");
}

/* 565.8165 million over 109,285 and 300,000 are 1,382 yuan. */
static void a_person_time_has_its_usual_price(void **state)
{
    (void)state;
    assert_judged(CARE("109285", "300000"), "history[2024]: ",
                  "a person-time of residents in 2024, a discharge or a visit, costs the fund "
                  "1,382 yuan; usual is 150 to 900 yuan (mostly 250 to 600; residents nationwide "
                  "434, 400, 355 and 332",
                  "居民医保2024年每人次（出院或就诊）基金支付1,382元；通常为150至900元");
}

/* 3,339.1 of 55,810.83. */
static void a_fund_share_of_a_few_per_cent_is_named(void **state)
{
    (void)state;
    assert_judged("money_unit: wan\nhistory:\n"
                  "  2024: {residents.inpatient: {cost: 55810.83, paid: 3339.1}}\n",
                  "history[2024][residents.inpatient]: ",
                  "of the bills of residents.inpatient in 2024 the fund pays 6%; usual is 10% to "
                  "98%",
                  "residents.inpatient（2024年）基金支付占总费用的6%；通常为10%至98%");
}

/* 34,829 + 4,773 + 4,799 = 44,401; 33,391 + 5,506 + 5,674 = 44,571. */
static void a_line_that_is_the_sum_of_others_counts_twice(void **state)
{
    (void)state;
    static const char text[] =
        "money_unit: wan\npeople: {residents: 800000}\nhistory:\n"
        "  2023: {residents.inpatient: 34829, residents.outpatient: 4773, residents.chronic: "
        "4799,\n"
        "         residents.all: 44401}\n"
        "  2024:\n    residents.inpatient: 33391\n    residents.outpatient: 5506\n"
        "    residents.chronic: 5674\n    residents.all: 44571\n";
    assert_judged(
        text, "t.yaml:10:20: history[2024][residents.all]: ",
        "residents.all pays what residents.chronic (line 9), residents.inpatient (line "
        "7), residents.outpatient (line 8) pay together: it seems to be their total",
        "residents.all的支付等于residents.chronic（第9行）、residents.inpatient（第7行）、"
        "residents.outpatient（第8行）之和");
}

/* Of two lines only, among others: 33,391 + 11,711 = 45,102. */
static void so_does_a_subtotal(void **state)
{
    (void)state;
    assert_judged("money_unit: wan\npeople: {residents: 800000}\nhistory:\n"
                  "  2024: {residents.inpatient.in: 33391, residents.inpatient.out: 11711,\n"
                  "         residents.住院小计: 45102, residents.outpatient: 5506}\n",
                  "history[2024][residents.住院小计]: ",
                  "pays what residents.inpatient.in (line 4), residents.inpatient.out (line 4) pay "
                  "together",
                  "之和：它似乎是其合计，将重复计算");
    assert_judged("money_unit: wan\npeople: {residents: 800000}\nhistory:\n"
                  "  2024: {residents.inpatient: 33391, residents.各项合计: 45000}\n",
                  "history[2024][residents.各项合计]: ",
                  "by its name residents.各项合计 is a total, but it is added to the other lines",
                  "residents.各项合计按名称为合计，却将与其他项目相加");
}

/* 10 + 20 = 30 in one year says little; in the next one 11 + 21 is not 33. */
static void lines_that_add_up_by_chance_are_no_total(void **state)
{
    (void)state;
    assert_silent("people: {residents: 50000}\n"
                  "history: {2024: {residents.a: 10M, residents.b: 20M, residents.c: 30M}}\n");
    assert_silent("people: {residents: 50000}\n"
                  "history: {2023: {residents.a: 10M, residents.b: 20M, residents.c: 30M},\n"
                  "          2024: {residents.a: 11M, residents.b: 21M, residents.c: 33M}}\n");
}

#define YEARS "money_unit: wan\nhistory: {2022: 49400, 2023: 55200, 2024: 56300}\n"

static void scores_as_shares_of_1_are_named(void **state)
{
    (void)state;
    assert_judged(
        YEARS "performance: {score: 0.86}\n", "t.yaml:3:22: performance.score: ",
        "\"0.86\" is read as a score of 0.86 points; usual is 2 to 100 (scores count from "
        "0 to 100). Did you mean 86?",
        "“0.86”按得分0.86分读取；通常为2至100分（得分按0至100计）。是否指 86？");
    assert_judged(YEARS "performance: {score: {2025: 80, 2026: 1, later: 80}}\n",
                  "performance.score[2026]: ", "Did you mean 100?", "是否指 100？");
    assert_judged(YEARS "performance: {indicators: {a: {points: 0.9}}}\n",
                  "performance.indicators[a].points: ", "Did you mean 90?", "是否指 90？");
    assert_judged(YEARS "actual: {2025: {residents: {expense: 56000, score: 0.55}}}\n",
                  "actual[2025][residents].score: ", "Did you mean 55?", "是否指 55？");
    assert_silent(YEARS "performance: {score: 0}\n");
}

static void bounds_of_tiers_and_conditions_are_scores(void **state)
{
    (void)state;
    assert_judged(YEARS "settlement:\n"
                        "  - release: {fund: guarantee, by_score: {0.9: 100%, 0.8: 50%, 0: 0%}}\n"
                        "  - clear: {}\n",
                  "settlement[release].by_score[0.9]: ", "\"0.9\" is read as a score of 0.9 points",
                  "是否指 90？");
    assert_judged(YEARS "settlement:\n"
                        "  - share_surplus: {bands: {rest: 50%}, when: {score: {from: 0.6}}}\n"
                        "  - clear: {}\n",
                  "settlement[share_surplus].when[score][from]: ", "Did you mean 60?",
                  "是否指 60？");
    assert_silent(YEARS "settlement:\n"
                        "  - release: {fund: guarantee, by_score: {90: 100%, 0.5: 50%, 0: 0%}}\n"
                        "  - clear: {}\n");
}

/* A tenth of 50 to ten times 50 is 5 to 500; of 0.9, 0.09 to 9. */
static void values_of_indicators_in_another_unit_are_named(void **state)
{
    (void)state;
    assert_judged(
        YEARS "performance: {indicators: {a: {value: 0.8, floor: 50, target: 90}}}\n",
        "performance.indicators[a].value: ",
        "the indicator a has the value 0.8 (points rise from 50 to 90); usual is 5 to 500",
        "考核指标a的值为0.8（50得零分，90得满分）；通常为5至500");
    assert_judged(YEARS "performance: {indicators: {a: {value: 0.8, floor: 50, target: 90}}}\n",
                  "t.yaml:3", "Did you mean 80?", "是否指 80？");
    assert_judged(YEARS "performance: {indicators: {a: {value: 80, floor: 0.9, target: 0.5}}}\n",
                  "performance.indicators[a].value: ", "Did you mean 0.8?", "是否指 0.8？");
    assert_judged(YEARS "performance: {indicators: {a: {value: 3, floor: 50, target: 90}}}\n",
                  "performance.indicators[a].value: ", "times the floor or target).", "十倍）。");
    assert_silent(YEARS "performance: {indicators: {a: {value: 20, floor: 50, target: 90}}}\n");
    assert_silent(YEARS "performance: {indicators: {a: {value: 0, floor: 50, target: 90}}}\n");
    assert_silent(YEARS "performance: {indicators: {a: {value: 0.8, floor: 0, target: 90}}}\n");
}

/* 563 million in the last year, of 500,000 people: 1,126 a head. */
static void amounts_that_no_key_bounds_stand_beside_the_payments(void **state)
{
    (void)state;
#define PAID                                                                                       \
    "money_unit: wan\nhistory: {2022: 49400, 2023: 55200, 2024: 56300}\n"                          \
    "people: {residents: 500000}\n"
    assert_judged(PAID "budget: {adjustments: {extra: {amount: 563000}}}\n",
                  "budget.adjustments[extra].amount: ",
                  "the amount of 563,000 wan yuan is 1,000% of what the fund paid in the last past "
                  "year (56,300 wan yuan); usual is 0% to 300%",
                  "金额563,000万元为最近历史年度基金支付的1,000%（56,300万元）；通常为0%至300%");
    assert_judged(PAID "budget: {funds: {guarantee: 3%, risk: {rate: 2%, opening: 563000}}}\n",
                  "budget.funds[risk].opening: ", "Did you mean 56300万?", "是否指 56300万？");
    assert_judged(PAID "pool: {residents: {income_per_head: 1150, balance: -563000}}\n",
                  "pool[residents].balance: ", "the amount of -563,000 wan yuan is 1,000%",
                  "金额-563,000万元");
    assert_judged(
        PAID "actual: {2025: {residents: {expense: 56000, prepaid: 563000}}}\n",
        "actual[2025][residents].prepaid: ",
        "the instalments paid, 563,000 wan yuan, are 1,000% of what the fund paid in the last "
        "past year (56,300 wan yuan); usual is 10% to 300%",
        "已预拨563,000万元，为最近历史年度基金支付的1,000%（56,300万元）");
    assert_judged(PAID "actual: {2025: {residents: {expense: 56000, prepaid: 5.63}}}\n",
                  "actual[2025][residents].prepaid: ", "was it in 亿元?", "原为亿元吗？");
    assert_judged(PAID "actual: {2025: {residents: {expense: 56000, deficit: 563000}}}\n",
                  "actual[2025][residents].deficit: ", "is 1,000%", "1,000%");
    assert_judged(PAID "actual: {2025: {residents: {expense: 56000, opening: {risk: 563000}}}}\n",
                  "actual[2025][residents].opening[risk]: ", "is 1,000%", "1,000%");
    assert_judged(PAID "pool: {residents: {income_per_head: 115}}\n",
                  "pool[residents].income_per_head: ",
                  "the income of residents is 115 yuan a head (the fund paid 1,126 yuan a head); "
                  "usual is 282 to 4,504 yuan",
                  "居民医保人均基金收入为115元（基金人均支付1,126元）；通常为282至4,504元");
    assert_silent(PAID "budget: {adjustments: {extra: {amount: -2000}}}\n"
                       "pool: {residents: {income_per_head: 1150, balance: 80000}}\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(usual_figures_are_passed_over),
        cmocka_unit_test(a_forgotten_unit_is_named_with_what_to_write),
        cmocka_unit_test(spending_a_head_stands_beside_the_national_figure),
        cmocka_unit_test(of_an_amount_with_a_unit_the_amount_itself_is_offered),
        cmocka_unit_test(an_amount_in_yi_that_was_in_wan_is_named),
        cmocka_unit_test(the_unit_of_lines_is_that_of_the_file),
        cmocka_unit_test(a_year_ten_times_too_small_is_named),
        cmocka_unit_test(of_years_that_do_not_fit_the_one_apart_from_the_others_is_blamed),
        cmocka_unit_test(one_cause_has_one_message),
        cmocka_unit_test(cases_that_fall_to_a_handful_are_named),
        cmocka_unit_test(a_payment_a_case_stands_beside_the_years_before),
        cmocka_unit_test(care_of_the_nation_is_usual),
        cmocka_unit_test(discharges_are_counted_for_100_insured),
        cmocka_unit_test(visits_are_counted_a_head),
        cmocka_unit_test(a_person_time_has_its_usual_price),
        cmocka_unit_test(a_fund_share_of_a_few_per_cent_is_named),
        cmocka_unit_test(a_line_that_is_the_sum_of_others_counts_twice),
        cmocka_unit_test(so_does_a_subtotal),
        cmocka_unit_test(lines_that_add_up_by_chance_are_no_total),
        cmocka_unit_test(scores_as_shares_of_1_are_named),
        cmocka_unit_test(bounds_of_tiers_and_conditions_are_scores),
        cmocka_unit_test(amounts_that_no_key_bounds_stand_beside_the_payments),
        cmocka_unit_test(values_of_indicators_in_another_unit_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
