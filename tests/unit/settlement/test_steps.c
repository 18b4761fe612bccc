/* Rules for rates, conditions and the steps beyond the Guangdong plan, by hand numbers: amounts of a
 * published shared-savings programme where they are given (42 CFR 425.605-425.610), and small amounts
 * of fen where edges show. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/plan.h"
#include "../../support/says.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define YUAN(amount) (INT64_C(amount) * 100)
#define POINTS(n)    ((int64_t)((n)*10000) * (BG_ONE / 10000))
#define CLEAR        "  - clear: {}\n"

static test_plan read_plan(const char *text)
{
    test_plan plan = test_plan_read(text, 1);
    for (size_t i = 0; i < plan.errors.count && plan.status; i++) {
        print_error("%s: %s\n", plan.errors.items[i].path, plan.errors.items[i].message);
    }
    assert_int_equal(plan.status, BG_OK);
    return plan;
}

static void set(test_plan *plan, const char *name, int64_t value)
{
    const int input = bg_plan_input_index(plan->plan, name);
    assert_true(input >= 0);
    plan->block.input[input][0] = value;
    if (plan->block.given[input]) {
        plan->block.given[input][0] = 1;
    }
}

static void fill(test_plan *plan, bg_fen budget, bg_fen expense)
{
    set(plan, "budget", budget);
    set(plan, "payable", budget - plan->block.fund_added[0][0] - plan->block.fund_added[1][0]);
    set(plan, "expense", expense);
}

static void settle(test_plan *plan)
{
    const bg_status status = bg_settlement_apply(plan->plan, &plan->block, NULL, &plan->errors);
    if (status) {
        print_error("%s\n", plan->errors.items[plan->errors.count - 1].message);
    }
    assert_int_equal(status, BG_OK);
}

static bg_fen result_of(test_plan *plan)
{
    settle(plan);
    return plan->block.result[BG_RESULT_result][0];
}

/* The result of a plan without inputs of its own. */
static bg_fen outcome(const char *text, bg_fen budget, bg_fen expense)
{
    test_plan plan = read_plan(text);
    fill(&plan, budget, expense);
    const bg_fen result = result_of(&plan);
    test_plan_free(&plan);
    return result;
}

static void assert_fails(test_plan *plan, bg_status status, const char *sentence)
{
    assert_int_equal(bg_settlement_apply(plan->plan, &plan->block, NULL, &plan->errors), status);
    const bg_error *error = &plan->errors.items[plan->errors.count - 1];
    assert_int_equal(error->unit, 1);
    assert_says(error->message, sentence);
}

/* ---- rules for rates ---- */

static const char loss_rate[] =
    "  - share_overspend: {bands: {rest: {score: {at_0: 100%, at_100: 25%}, floor: 40%, ceiling: "
    "75%}}}\n" CLEAR;

static void a_loss_rate_falls_in_a_straight_line_between_its_bounds(void **state)
{
    (void)state;
    static const struct {
        double quality;
        bg_fen expected;
    } cases[] = {{100, -4000000}, {73.85, -4461250}, {60, -5500000},
                 {40, -7000000},  {0, -7500000},     {80, -4000000}};
    test_plan plan = read_plan(loss_rate);
    fill(&plan, YUAN(1000000), YUAN(1100000));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        set(&plan, "score", POINTS(cases[i].quality));
        assert_int_equal(result_of(&plan), cases[i].expected);
    }
    test_plan_free(&plan);
}

static void a_line_is_rounded_once_to_its_last_decimal(void **state)
{
    (void)state;
    /* 10^-12 of a point moves the rate by 10^-14: less than half a step of it. */
    const char *text =
        "  - share_surplus: {bands: {rest: {score: {at_0: 0, at_100: 100%}}}}\n" CLEAR;
    test_plan plan = read_plan(text);
    fill(&plan, 1000000000000, 0);
    set(&plan, "score", 50 * BG_ONE + 49);
    assert_int_equal(result_of(&plan), 500000000000);
    set(&plan, "score", 50 * BG_ONE + 50);
    assert_int_equal(result_of(&plan), 500000000001);
    test_plan_free(&plan);
}

static void a_rate_by_year_holds_in_its_year_and_fails_where_none_does(void **state)
{
    (void)state;
    test_plan plan = read_plan("  - deduct: {gain: {2014: 2%, 2019: 0, later: 1%}}\n" CLEAR);
    fill(&plan, 10000, 0);
    set(&plan, "year", 2014 * BG_ONE);
    assert_int_equal(result_of(&plan), 9800);
    set(&plan, "year", 2019 * BG_ONE);
    assert_int_equal(result_of(&plan), 10000);
    set(&plan, "year", 2024 * BG_ONE);
    assert_int_equal(result_of(&plan), 9900);
    set(&plan, "year", 2016 * BG_ONE);
    assert_fails(&plan, BG_MISSING,
                 "no rate holds for the year 2016; add it, \"later\" or \"other\".");
    test_plan_free(&plan);
}

static void each_unit_of_a_block_has_the_rate_of_its_year(void **state)
{
    (void)state;
    test_plan plan = test_plan_read("  - deduct: {gain: {2020: 1%, 2021: 2%}}\n" CLEAR, 3);
    assert_int_equal(plan.status, BG_OK);
    for (size_t u = 0; u < 3; u++) {
        plan.block.input[BG_INPUT_budget][u] = plan.block.input[BG_INPUT_payable][u] = 1000;
        plan.block.input[BG_INPUT_year][u] = (u == 1 ? 2021 : 2020) * BG_ONE;
    }
    settle(&plan);
    assert_int_equal(plan.block.result[BG_RESULT_result][0], 990);
    assert_int_equal(plan.block.result[BG_RESULT_result][1], 980);
    assert_int_equal(plan.block.result[BG_RESULT_result][2], 990);
    test_plan_free(&plan);
}

static void a_rate_by_score_is_that_of_the_highest_tier_reached(void **state)
{
    (void)state;
    const char *text = "  - deduct: {gain: {by_score: {90: 0%, 60: 10%}}}\n" CLEAR;
    test_plan plan = read_plan(text);
    fill(&plan, 10000, 0);
    set(&plan, "score", 90 * BG_ONE);
    assert_int_equal(result_of(&plan), 10000);
    set(&plan, "score", 90 * BG_ONE - 1);
    assert_int_equal(result_of(&plan), 9000);
    set(&plan, "score", 0); /* below all tiers nothing is taken */
    assert_int_equal(result_of(&plan), 10000);
    test_plan_free(&plan);
}

static const char from_input[] =
    "  - share_surplus: {bands: {10%: 50%, rest: {input: share_rate, times: 50%}}}\n" CLEAR
    "inputs: {share_rate: {kind: rate, optional: true}}\n";

static void a_rate_may_come_from_an_input(void **state)
{
    (void)state;
    test_plan plan = read_plan(from_input);
    fill(&plan, 1000, 700);
    set(&plan, "share_rate", BG_ONE / 5 * 4);
    assert_int_equal(result_of(&plan), 50 + 80);
    set(&plan, "share_rate", 3 * BG_ONE);
    assert_fails(&plan, BG_RANGE,
                 "share_rate gives the rate 150%; it must lie between 0% and 100%.");
    plan.block.given[bg_plan_input_index(plan.plan, "share_rate")][0] = 0;
    assert_fails(&plan, BG_MISSING, "share_rate is absent, but this rate is taken from it.");
    test_plan_free(&plan);
}

/* ---- conditions ---- */

static const char conditional[] =
    "  - deduct: {name: first, gain: 10%, when: {track: [A, B], quality: {from: 0.5, below: 1}}}\n"
    "  - deduct: {name: second, gain: 1%, when: {revenue: {above: 5}}}\n" CLEAR
    "inputs: {track: text, quality: number, revenue: {kind: money, optional: true}}\n";

static bg_fen conditioned(const char *track, double quality, bg_fen revenue)
{
    test_plan plan = read_plan(conditional);
    fill(&plan, 10000, 0);
    bool given;
    int64_t word;
    const int input = bg_plan_input_index(plan.plan, "track");
    bg_named_input_read(bg_plan_input(plan.plan, (size_t)input), track, BG_NOWHERE, NULL, &word,
                        &given, NULL);
    set(&plan, "track", word);
    set(&plan, "quality", POINTS(quality));
    if (revenue >= 0) {
        set(&plan, "revenue", revenue);
    }
    const bg_fen result = result_of(&plan);
    test_plan_free(&plan);
    return result;
}

static void a_step_applies_where_all_its_conditions_hold(void **state)
{
    (void)state;
    assert_int_equal(conditioned("A", 0.5, -1), 9000);
    assert_int_equal(conditioned("B", 0.9999, -1), 9000);
    assert_int_equal(conditioned("A", 1, -1), 10000);
    assert_int_equal(conditioned("A", 0.4999, -1), 10000);
    assert_int_equal(conditioned("EN", 0.5, -1), 10000);
    assert_int_equal(conditioned("EN", 0.5, 500), 10000);
    assert_int_equal(conditioned("EN", 0.5, 501), 9900);
    assert_int_equal(conditioned("A", 0.5, 501), 8910);
}

static void units_of_a_block_meet_conditions_each_for_itself(void **state)
{
    (void)state;
    test_plan plan =
        test_plan_read("  - corridor: {minimum_saving: none, when: {year: 2020}}\n"
                       "  - share_surplus: {bands: {rest: 40%}, when: {year: 2021}}\n"
                       "  - charge: {input: prepaid, rate: 50%, when: {year: {from: 2021}}}\n"
                       "  - share_surplus: {bands: {rest: {2021: 0, 2022: 10%}}, when: {year: "
                       "{above: 2021}}}\n" CLEAR,
                       3);
    assert_int_equal(plan.status, BG_OK);
    for (size_t u = 0; u < 3; u++) {
        plan.block.input[BG_INPUT_budget][u] = plan.block.input[BG_INPUT_payable][u] = 1000;
        plan.block.input[BG_INPUT_prepaid][u] = 20;
        plan.block.input[BG_INPUT_year][u] = (2020 + (int64_t)u) * BG_ONE;
    }
    settle(&plan);
    const bg_fen *result = plan.block.result[BG_RESULT_result];
    const bg_fen *balance = plan.block.result[BG_RESULT_balance];
    assert_int_equal(result[0], 0);
    assert_int_equal(result[1], 400 - 10);
    assert_int_equal(result[2], 99);
    assert_int_equal(balance[0], 1000);
    assert_int_equal(balance[1], 1000);
    assert_int_equal(balance[2], 990);
    test_plan_free(&plan);
}

static void a_named_step_puts_out_what_it_moved_and_the_balance_after(void **state)
{
    (void)state;
    test_plan plan = read_plan(conditional);
    fill(&plan, 10000, 0);
    set(&plan, "track", 1);
    set(&plan, "quality", BG_ONE / 2);
    settle(&plan);
    assert_int_equal(bg_plan_output_count(plan.plan), 2);
    assert_string_equal(bg_plan_output(plan.plan, 0), "first");
    assert_int_equal(plan.block.output_moved[0][0], -1000);
    assert_int_equal(plan.block.output_balance[0][0], 9000);
    assert_int_equal(plan.block.output_moved[1][0], 0);
    assert_int_equal(plan.block.output_balance[1][0], 9000);
    test_plan_free(&plan);
}

/* ---- corridor ---- */

static void a_saving_counts_from_its_minimum_on_to_the_first_fen(void **state)
{
    (void)state;
    /* Axene Health Partners, "Minimum savings rates": target 500.00 and actual 495.50 for 125,000
     * member months, share 50 %: 281,250; with a minimum of 1 %, which needs 495.00, nothing. */
    const char *shared = "  - corridor: {}\n  - share_surplus: {bands: {rest: 50%}}\n" CLEAR;
    const char *minimum = "  - corridor: {minimum_saving: 1%}\n"
                          "  - share_surplus: {bands: {rest: 50%}}\n" CLEAR;
    assert_int_equal(outcome(shared, YUAN(62500000), YUAN(61937500)), YUAN(281250));
    assert_int_equal(outcome(minimum, YUAN(62500000), YUAN(61937500)), 0);
    assert_int_equal(outcome(minimum, YUAN(62500000), YUAN(61875000)), YUAN(312500));
    assert_int_equal(outcome(minimum, YUAN(62500000), YUAN(61875000) + 1), 0);
}

static void a_minimum_is_compared_without_rounding(void **state)
{
    (void)state;
    /* 1.4 % of 1.01 yuan is 1.414 fen, 1.5 % of it 1.515. */
    assert_int_equal(outcome("  - corridor: {minimum_saving: 1.4%}\n" CLEAR, 101, 100), 0);
    const char *text = "  - corridor: {minimum_saving: 1.5%, minimum_loss: 1.5%}\n" CLEAR;
    assert_int_equal(outcome(text, 101, 100), 0);
    assert_int_equal(outcome(text, 101, 99), 2);
    assert_int_equal(outcome(text, 101, 102), 0);
    assert_int_equal(outcome(text, 101, 103), -2);
}

static void only_the_excess_counts_if_the_plan_says_so(void **state)
{
    (void)state;
    const char *text =
        "  - corridor: {minimum_saving: 2%, minimum_loss: 3%, beyond: excess}\n" CLEAR;
    assert_int_equal(outcome(text, 10000, 9800), 0);
    assert_int_equal(outcome(text, 10000, 9700), 100);
    assert_int_equal(outcome(text, 10000, 10300), 0);
    assert_int_equal(outcome(text, 10000, 10500), -200);
}

static void a_side_without_a_minimum_is_never_shared(void **state)
{
    (void)state;
    const char *one_sided = "  - corridor: {minimum_loss: none}\n" CLEAR;
    assert_int_equal(outcome(one_sided, 10000, 9000), 1000);
    assert_int_equal(outcome(one_sided, 10000, 19000), 0);
    const char *other = "  - corridor: {minimum_saving: none, payer: risk}\n" CLEAR;
    test_plan plan = read_plan(other);
    fill(&plan, 10000, 9000);
    assert_int_equal(result_of(&plan), 0);
    assert_int_equal(plan.block.fund_closing[1][0], 1000);
    test_plan_free(&plan);
}

static void a_side_may_be_shared_in_some_years_only(void **state)
{
    (void)state;
    test_plan plan = read_plan(
        "  - corridor: {minimum_saving: 2%, when: {year: {to: 2026}}}\n"
        "  - corridor: {minimum_saving: none, name: later, when: {year: {from: 2027}}}\n" CLEAR);
    fill(&plan, 10000, 9000);
    set(&plan, "year", 2026 * BG_ONE);
    assert_int_equal(result_of(&plan), 1000);
    set(&plan, "year", 2027 * BG_ONE);
    assert_int_equal(result_of(&plan), 0);
    test_plan_free(&plan);
}

/* ---- inputs that move the balance ---- */

static void a_part_of_an_input_is_credited_or_charged(void **state)
{
    (void)state;
    /* Alzira: all care outside is charged, 80 % of incoming patients' cost is paid, the profit is
     * limited to 7.5 % of turnover. */
    test_plan plan = read_plan("  - charge: {input: elsewhere}\n"
                               "  - credit: {input: incoming, rate: 80%}\n"
                               "  - cap: {gain: 7.5%, base: turnover}\n" CLEAR
                               "inputs: {elsewhere: money, incoming: money, turnover: money}\n");
    fill(&plan, 10000, 9000);
    set(&plan, "elsewhere", 300);
    set(&plan, "incoming", 55);
    set(&plan, "turnover", 10000);
    assert_int_equal(result_of(&plan), 1000 - 300 + 44);
    set(&plan, "incoming", 555);
    assert_int_equal(result_of(&plan), 750);
    set(&plan, "elsewhere", 3000);
    assert_int_equal(result_of(&plan), 1000 - 3000 + 444);
    test_plan_free(&plan);
}

static void a_credit_that_a_short_fund_pays_ends_as_the_plan_says(void **state)
{
    (void)state;
    test_plan plan = read_plan("  - credit: {input: prepaid, payer: risk, when_short: community}\n"
                               "  - clear: {}\n");
    plan.block.fund_opening[1][0] = 30;
    fill(&plan, 1000, 1000);
    set(&plan, "prepaid", 100);
    assert_int_equal(result_of(&plan), 30);
    test_plan_free(&plan);
}

static void relief_takes_an_amount_off_a_loss_and_no_more(void **state)
{
    (void)state;
    test_plan plan =
        read_plan("  - relief: {input: disaster}\n" CLEAR "inputs: {disaster: money}\n");
    fill(&plan, 1000, 1300);
    set(&plan, "disaster", 100);
    assert_int_equal(result_of(&plan), -200);
    set(&plan, "disaster", 301);
    assert_int_equal(result_of(&plan), 0);
    fill(&plan, 1000, 900);
    assert_int_equal(result_of(&plan), 100);
    test_plan_free(&plan);
}

static void a_percentage_is_taken_off_gain_or_loss(void **state)
{
    (void)state;
    const char *text = "  - deduct: {gain: 2%, loss: 25%}\n" CLEAR;
    assert_int_equal(outcome(text, 10000, 9950), 49);
    assert_int_equal(outcome(text, 10000, 10200), -150);
}

/* ---- cap ---- */

static const char track_e[] =
    "  - cap: {loss_limits: {budget: 4%, revenue: {rate: 8%, optional: true}}}\n" CLEAR
    "inputs: {revenue: {kind: money, optional: true}}\n";

static void the_lower_of_several_limits_holds(void **state)
{
    (void)state;
    test_plan plan = read_plan(track_e);
    fill(&plan, 10000, 12000);
    assert_int_equal(result_of(&plan), -400);
    set(&plan, "revenue", 2500);
    assert_int_equal(result_of(&plan), -200);
    set(&plan, "revenue", 50000);
    assert_int_equal(result_of(&plan), -400);
    test_plan_free(&plan);
}

static void a_base_that_is_absent_is_an_error_unless_it_is_optional(void **state)
{
    (void)state;
    test_plan plan = read_plan("  - cap: {loss_limits: {budget: 4%, revenue: 8%}}\n" CLEAR
                               "inputs: {revenue: {kind: money, optional: true}}\n");
    fill(&plan, 10000, 12000);
    assert_fails(&plan, BG_MISSING, "revenue is absent, and this limit is not `optional`.");
    test_plan_free(&plan);
    plan = read_plan("  - share_surplus: {base: revenue, bands: {1%: 50%, rest: 0%}}\n" CLEAR
                     "inputs: {revenue: {kind: money, optional: true}}\n");
    fill(&plan, 10000, 9000);
    assert_fails(&plan, BG_MISSING, "revenue is absent, but this step needs it.");
    test_plan_free(&plan);
}

static void a_levy_before_a_cap_differs_from_one_after(void **state)
{
    (void)state;
    /* 50 % of 3,000 less 2 % is 1,470, capped at 1,000; capped first, 980 are left. */
    const char *before = "  - share_surplus: {bands: {rest: 50%}}\n  - deduct: {gain: 2%}\n"
                         "  - cap: {gain: 10%}\n" CLEAR;
    const char *after = "  - share_surplus: {bands: {rest: 50%}}\n  - cap: {gain: 10%}\n"
                        "  - deduct: {gain: 2%}\n" CLEAR;
    assert_int_equal(outcome(before, 10000, 7000), 1000);
    assert_int_equal(outcome(after, 10000, 7000), 980);
}

/* ---- funds ---- */

static void a_release_as_buffer_gives_what_the_overspend_needs(void **state)
{
    (void)state;
    test_plan plan = read_plan("  - release: {as: buffer, share: 50%, rest: pool}\n" CLEAR);
    plan.block.fund_added[0][0] = 200;
    fill(&plan, 1200, 1030);
    assert_int_equal(result_of(&plan), 0);
    assert_int_equal(plan.block.result[BG_RESULT_released][0], 30);
    fill(&plan, 1200, 1150);
    assert_int_equal(result_of(&plan), -50);
    fill(&plan, 1200, 900);
    assert_int_equal(result_of(&plan), 100);
    assert_int_equal(plan.block.result[BG_RESULT_released][0], 0);
    test_plan_free(&plan);
}

static void a_release_may_be_linear_in_the_score(void **state)
{
    (void)state;
    test_plan plan =
        read_plan("  - release: {share: {score: {at_0: 0, at_100: 100%}, floor: 60%}}\n" CLEAR);
    plan.block.fund_added[0][0] = 1000;
    fill(&plan, 2000, 1000);
    set(&plan, "score", POINTS(85.5));
    assert_int_equal(result_of(&plan), 855);
    set(&plan, "score", POINTS(20));
    assert_int_equal(result_of(&plan), 600);
    test_plan_free(&plan);
}

static void a_reserve_pays_a_loss_and_is_filled_from_a_gain(void **state)
{
    (void)state;
    test_plan plan = read_plan("  - draw_reserve: {fund: risk, share: 50%}\n"
                               "  - pay_reserve: {fund: risk, share: 40%, ceiling: 10%}\n" CLEAR);
    plan.block.fund_opening[1][0] = 70;
    fill(&plan, 1000, 1100);
    assert_int_equal(result_of(&plan), -50);
    assert_int_equal(plan.block.fund_closing[1][0], 20);
    fill(&plan, 1000, 1300);
    assert_int_equal(result_of(&plan), -230);
    assert_int_equal(plan.block.fund_closing[1][0], 0);
    fill(&plan, 1000, 950);
    assert_int_equal(result_of(&plan), 30);
    assert_int_equal(plan.block.fund_closing[1][0], 90);
    fill(&plan, 1000, 900); /* up to 10 % of the budget */
    assert_int_equal(result_of(&plan), 70);
    assert_int_equal(plan.block.fund_closing[1][0], 100);
    plan.block.fund_opening[1][0] = 130; /* above the ceiling nothing is put in or taken out */
    assert_int_equal(result_of(&plan), 100);
    assert_int_equal(plan.block.fund_closing[1][0], 130);
    test_plan_free(&plan);
}

static void a_deficit_is_carried_and_made_up_before_a_gain_is_paid(void **state)
{
    (void)state;
    test_plan plan = read_plan("  - carry_forward: {share: 60%}\n" CLEAR);
    const bg_fen *left = plan.block.result[BG_RESULT_deficit_left];
    fill(&plan, 1000, 1100);
    assert_int_equal(result_of(&plan), -40);
    assert_int_equal(left[0], 60);
    set(&plan, "deficit", 60);
    fill(&plan, 1000, 1050);
    assert_int_equal(result_of(&plan), -20);
    assert_int_equal(left[0], 90);
    set(&plan, "deficit", 90);
    fill(&plan, 1000, 980);
    assert_int_equal(result_of(&plan), 0);
    assert_int_equal(left[0], 70);
    set(&plan, "deficit", 70);
    fill(&plan, 1000, 900);
    assert_int_equal(result_of(&plan), 30);
    assert_int_equal(left[0], 0);
    test_plan_free(&plan);
}

static void at_the_end_of_the_contract_a_deficit_is_charged_or_forgiven(void **state)
{
    (void)state;
    test_plan plan = read_plan("  - carry_forward: {}\n" CLEAR);
    plan.block.contract_end = true;
    set(&plan, "deficit", 90);
    fill(&plan, 1000, 980);
    assert_int_equal(result_of(&plan), 20 - 90);
    assert_int_equal(plan.block.result[BG_RESULT_deficit_left][0], 0);
    test_plan_free(&plan);
    plan = read_plan("  - carry_forward: {at_end: forgive}\n" CLEAR);
    plan.block.contract_end = true;
    set(&plan, "deficit", 90);
    fill(&plan, 1000, 980);
    assert_int_equal(result_of(&plan), 0);
    assert_int_equal(plan.block.result[BG_RESULT_deficit_left][0], 0);
    test_plan_free(&plan);
}

/* ---- split ---- */

static void institutions_may_share_by_weights_of_their_own(void **state)
{
    (void)state;
    test_plan plan = read_plan("  - split: {name: {input: a}, town: {input: b, times: 50%}}\n" CLEAR
                               "inputs: {a: number, b: number}\n");
    fill(&plan, 1000, 899);
    set(&plan, "a", 40 * BG_ONE);
    set(&plan, "b", 120 * BG_ONE);
    settle(&plan);
    assert_string_equal(bg_plan_institution(plan.plan, 0), "name");
    assert_int_equal(plan.block.institution_result[0][0], 40); /* 101 x 40 / 100 = 40.4 */
    assert_int_equal(plan.block.institution_result[1][0], 61);
    set(&plan, "a", 0);
    set(&plan, "b", 0);
    assert_fails(&plan, BG_RANGE, "the weights are all zero, or too large to be added up.");
    test_plan_free(&plan);
}

static void disallowed_expense_is_borne_by_whom_it_is_known_of(void **state)
{
    (void)state;
    /* Balance 100 - 120 + 11 = -9; of the 11 a has 7 and b 4, c none. */
    static const char *const units[] = {"", "settlement_rounding: 1\n"};
    static const bg_fen scale[] = {1, 100};
    for (size_t i = 0; i < 2; i++) {
        char text[512];
        snprintf(text, sizeof text, "%s%s",
                 "  - disallow: {}\n  - split: {b: 30%, a: 50%, c: 20%}\n" CLEAR, units[i]);
        const bg_fen one = scale[i];
        test_plan plan = read_plan(text);
        fill(&plan, 100 * one, 120 * one);
        set(&plan, "disallowed", 11 * one);
        set(&plan, "disallowed.a", 7 * one);
        set(&plan, "disallowed.b", 4 * one);
        settle(&plan); /* nobody said that they count */
        assert_int_equal(plan.block.institution_disallowed[1][0], i ? 550 : 6);
        plan.block.by_institution = true;
        settle(&plan);
        assert_int_equal(plan.block.institution_disallowed[0][0], 4 * one);
        assert_int_equal(plan.block.institution_disallowed[1][0], 7 * one);
        assert_int_equal(plan.block.institution_disallowed[2][0], 0);
        assert_int_equal(plan.block.result[BG_RESULT_result][0], -9 * one);
        set(&plan, "disallowed.c", 1);
        assert_int_equal(bg_settlement_apply(plan.plan, &plan.block, NULL, NULL), BG_RANGE);
        test_plan_free(&plan);
    }
}

static void shares_by_year_must_add_up_in_each_year(void **state)
{
    (void)state;
    test_plan plan =
        read_plan("  - split: {a: {2025: 60%, later: 50%}, b: {2025: 40%, later: 40%}}\n" CLEAR);
    fill(&plan, 1000, 900);
    set(&plan, "year", 2025 * BG_ONE);
    settle(&plan);
    assert_int_equal(plan.block.institution_result[0][0], 60);
    set(&plan, "year", 2026 * BG_ONE);
    assert_fails(&plan, BG_RANGE, "the shares do not add up to 100%.");
    test_plan_free(&plan);
}

/* ---- rounding ---- */

static void a_coarse_unit_rounds_once_from_the_unrounded_amount(void **state)
{
    (void)state;
    /* 99.99 yuan x 0.5 x 0.99 = 49.49505: rounded to the fen first it would become 50. */
    const char *text =
        "  - share_surplus: {bands: {rest: 50%}}\n  - deduct: {name: paid, gain: 1%}\n" CLEAR
        "settlement_rounding: 1\n";
    test_plan plan = read_plan(text);
    fill(&plan, 9999, 0);
    assert_int_equal(result_of(&plan), 4900);
    assert_int_equal(plan.block.output_balance[0][0], 4950);
    const size_t accounts = bg_plan_account_count(plan.plan);
    bg_fen sum = 0;
    for (size_t a = 0; a < accounts; a++) {
        sum += plan.block.account[a][0];
    }
    assert_int_equal(sum, 0);
    assert_int_equal(plan.block.account[accounts - 1][0], 50);
    fill(&plan, 10000, 0); /* 49.50 is rounded away from zero */
    assert_int_equal(result_of(&plan), 5000);
    test_plan_free(&plan);
    const char *loss = "  - deduct: {loss: 50%}\n" CLEAR "settlement_rounding: 1\n";
    assert_int_equal(outcome(loss, 10000, 10099), 0);
    assert_int_equal(outcome(loss, 10000, 10100), -100);
}

static void assert_replays(const test_plan *plan, const bg_trace *trace)
{
    for (size_t a = 0; a < bg_plan_account_count(plan->plan); a++) {
        bg_fen sum = 0;
        for (size_t i = 0; i < trace->count; i++) {
            sum += trace->items[i].to == (int)a ? trace->items[i].amount : 0;
            sum -= trace->items[i].from == (int)a ? trace->items[i].amount : 0;
        }
        assert_int_equal(sum, plan->block.account[a][0]);
    }
}

static void what_is_explained_in_a_coarse_unit_replays_to_the_accounts(void **state)
{
    (void)state;
    test_plan plan = read_plan("  - share_surplus: {bands: {rest: 33.3%}}\n"
                               "  - split: {a: 50%, b: 50%}\n" CLEAR "settlement_rounding: 1\n");
    fill(&plan, 77777, 0);
    /* The caller's lines behind those of the settlement are not touched. */
    bg_trace trace = {.items = calloc(64, sizeof *trace.items), .capacity = 64};
    assert_non_null(trace.items);
    for (size_t i = 0; i < trace.capacity; i++) {
        trace.items[i].amount = 777777;
    }
    assert_int_equal(bg_settlement_apply(plan.plan, &plan.block, &trace, &plan.errors), BG_OK);
    assert_replays(&plan, &trace);
    assert_int_equal(trace.items[trace.count].amount, 777777);
    assert_int_equal(plan.block.result[BG_RESULT_result][0], 25900);
    assert_int_equal(plan.block.institution_result[0][0], 12950);
    assert_int_equal(plan.block.institution_result[1][0], 12950);
    bg_trace_free(&trace);
    test_plan_free(&plan);
}

static void lines_that_round_apart_from_their_sum_are_made_up_for(void **state)
{
    (void)state;
    /* 100 fen x 0.4 % three times: 0.4 fen a line, 1.2 together. */
    test_plan plan = read_plan("  - charge: {input: prepaid, rate: 0.4%}\n"
                               "  - charge: {input: prepaid, rate: 0.4%, name: second}\n"
                               "  - charge: {input: prepaid, rate: 0.4%, name: third}\n" CLEAR
                               "settlement_rounding: 1\n");
    fill(&plan, 10000, 0);
    set(&plan, "prepaid", 100);
    bg_trace trace = {0};
    assert_int_equal(bg_settlement_apply(plan.plan, &plan.block, &trace, &plan.errors), BG_OK);
    assert_int_equal(plan.block.account[0][0], 1 - 10000);
    assert_replays(&plan, &trace);
    const int rounding = (int)bg_plan_account_count(plan.plan) - 1;
    bool made_up = false;
    for (size_t i = 0; i < trace.count; i++) {
        const bg_posting *line = &trace.items[i];
        made_up |= line->to == 0 && line->from == rounding && line->amount == 1;
    }
    assert_true(made_up);
    bg_trace_free(&trace);
    test_plan_free(&plan);
}

/* ---- explanation ---- */

/* The line of step 1 that gives a rate. */
static const bg_posting *rated_line(const bg_trace *trace)
{
    for (size_t i = 0; i < trace->count; i++) {
        if (trace->items[i].step == 1 && trace->items[i].has_rate) {
            return &trace->items[i];
        }
    }
    return NULL;
}

static void a_rate_is_explained_with_the_line_it_stands_in(void **state)
{
    (void)state;
    static const struct {
        const char *text, *rate;
        int line;
    } cases[] = {
        {"  - deduct:\n      gain:\n        2024: 1%\n        2025: 2%\n        later: 3%\n" CLEAR,
         "2%", 6},
        {"  - pay_reserve:\n      fund: risk\n      ceiling:\n        by_score:\n          90: "
         "7%\n          60: 4%\n" CLEAR,
         "4%", 8},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        test_plan plan = read_plan(cases[i].text);
        fill(&plan, 10000, 0);
        set(&plan, "year", 2025 * BG_ONE);
        set(&plan, "score", 80 * BG_ONE);
        bg_trace trace = {0};
        assert_int_equal(bg_settlement_apply(plan.plan, &plan.block, &trace, &plan.errors), BG_OK);
        const bg_posting *line = rated_line(&trace);
        assert_non_null(line);
        assert_posting_rate(line, cases[i].rate);
        assert_int_equal(line->mark.line, cases[i].line);
        bg_trace_free(&trace);
        test_plan_free(&plan);
    }
}

/* ---- the largest amounts ---- */

static void the_largest_amounts_are_settled_or_refused_clearly(void **state)
{
    (void)state;
    const bg_fen largest = INT64_C(1000000000000000); /* 10^15 fen */
    const char *text = "  - share_overspend: {bands: {10%: 33.3%, rest: 66.7%}}\n" CLEAR;
    assert_int_equal(outcome(text, largest, 2 * largest),
                     -(largest / 10000 * 333 + largest / 10000 * 6003));
    char credits[4096] = "";
    for (int i = 0; i < 40; i++) {
        snprintf(credits + strlen(credits), 64, "  - credit: {input: prepaid, name: c%d}\n", i);
    }
    strcat(credits, CLEAR);
    test_plan plan = read_plan(credits);
    set(&plan, "prepaid", largest);
    assert_int_equal(result_of(&plan), 40 * largest);
    set(&plan, "prepaid", INT64_MAX / 64);
    assert_fails(&plan, BG_OVERFLOW,
                 "the amounts of the steps up to here add up to more than a settlement can "
                 "hold.");
    test_plan_free(&plan);
}

/* One step of every kind. */
static const char all_kinds[] =
    "  - disallow: {}\n"
    "  - release: {share: 50%, rest: risk}\n"
    "  - cover_emergency: {fund: risk, include_rebound: true}\n"
    "  - credit: {input: extra}\n"
    "  - charge: {input: extra, name: levy, rate: 50%}\n"
    "  - corridor: {minimum_saving: 1%, minimum_loss: 1%}\n"
    "  - share_surplus: {bands: {10%: 33.3%, rest: 66.7%}, payer: risk}\n"
    "  - share_overspend: {bands: {10%: 33.3%, rest: 66.7%}}\n"
    "  - deduct: {gain: 1.7%, loss: 1.7%}\n"
    "  - relief: {input: extra, name: help}\n"
    "  - cap: {gain: 90%, loss: 90%}\n"
    "  - carry_forward: {share: 50%}\n"
    "  - draw_reserve: {fund: risk, share: 50%}\n"
    "  - pay_reserve: {fund: risk, share: 50%, ceiling: 100%}\n"
    "  - split: {a: 33.3%, b: 66.7%}\n" CLEAR "inputs: {extra: money}\n";

/* All inputs that may be as large together; emergency, rebound and disallowed share the expense. */
static void fill_all(test_plan *plan, bg_fen amount)
{
    static const char *const names[] = {"budget",  "payable",  "expense", "prepaid",
                                        "outside", "patients", "deficit", "extra"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        set(plan, names[i], amount);
    }
    set(plan, "emergency", amount / 3);
    set(plan, "rebound", amount / 3);
    set(plan, "disallowed", amount / 3);
    plan->block.fund_opening[0][0] = plan->block.fund_opening[1][0] = amount;
}

static void every_step_takes_amounts_up_to_the_limit_and_none_beyond(void **state)
{
    (void)state;
    static const struct {
        const char *more;
        bg_fen limit;
    } plans[] = {{"", INT64_MAX / 64}, {"settlement_rounding: 1\n", INT64_MAX / 64 / 10000}};
    for (size_t p = 0; p < sizeof plans / sizeof *plans; p++) {
        char text[2048];
        snprintf(text, sizeof text, "%s%s", all_kinds, plans[p].more);
        const bg_fen limit = plans[p].limit;
        test_plan plan = read_plan(text);
        fill_all(&plan, limit);
        settle(&plan); /* checks that the accounts add up to zero */
        for (size_t i = 0; i < bg_plan_input_count(plan.plan); i++) {
            const bg_named_input *input = bg_plan_input(plan.plan, i);
            if (input->kind != BG_KIND_MONEY || input->of_institution) {
                continue;
            }
            const bg_fen kept = plan.block.input[i][0];
            plan.block.input[i][0] = limit + 1;
            char sentence[160], largest[BG_NUMBER_TEXT], number[BG_NUMBER_TEXT];
            snprintf(sentence, sizeof sentence,
                     "%s is %s yuan; a settlement can hold %s yuan at most.", input->name,
                     bg_money_grouped(limit + 1, number), bg_money_grouped(limit, largest));
            assert_fails(&plan, BG_OVERFLOW, sentence);
            plan.block.input[i][0] = kept;
        }
        plan.block.fund_opening[1][0] = limit + 1;
        assert_int_equal(bg_settlement_apply(plan.plan, &plan.block, NULL, NULL), BG_OVERFLOW);
        test_plan_free(&plan);
    }
}

/* The pool may have spent more than it got, up to as much as it may get. */
static void a_figure_of_the_pool_may_be_below_zero_and_must_be_told(void **state)
{
    (void)state;
    test_plan plan =
        read_plan("  - deduct: {name: kept, gain: 50%, when: {pool_result: {below: 0}}}\n" CLEAR
                  "inputs: {pool_result: {pool: surplus}}\n");
    fill(&plan, YUAN(100), YUAN(90));
    assert_fails(&plan, BG_MISSING,
                 "pool_result is not given; what the year of the whole pool came to stands under "
                 "`inputs` of the "
                 "actuals, or in the table.");
    static const struct {
        bg_fen pool, result;
    } cases[] = {{-1, YUAN(5)}, {0, YUAN(10)}, {1, YUAN(10)}, {-BG_SETTLEMENT_LIMIT, YUAN(5)}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        set(&plan, "pool_result", cases[i].pool);
        settle(&plan);
        assert_int_equal(plan.block.result[BG_RESULT_result][0], cases[i].result);
    }
    set(&plan, "pool_result", -BG_SETTLEMENT_LIMIT - 1);
    assert_fails(&plan, BG_OVERFLOW,
                 "pool_result is -1,441,151,880,758,558.72 yuan; a settlement can hold "
                 "1,441,151,880,758,558.71 yuan "
                 "at most.");
    test_plan_free(&plan);
}

/* ---- what is refused at load ---- */

static const struct {
    const char *text, *message;
} impossible[] = {
    {"  - cap: {gain: 5%, base: turnover}\n" CLEAR,
     "there is no input \"turnover\"; those of the kind money are \"budget\", \"payable\", "
     "\"prepaid\", \"expense\", \"emergency\", \"rebound\", \"disallowed\", \"outside\", "
     "\"patients\", \"deficit\". Further ones are named under `inputs`."},
    {"  - cap: {gain: 5%, base: score}\n" CLEAR,
     "\"score\" is of the kind number; needed is one of the kind money."},
    {"  - deduct: {gain: {input: budget}}\n" CLEAR,
     "\"budget\" is of the kind money; needed is one of the kind rate."},
    {"  - cap: {gain: 5%, base: surplus}\n" CLEAR "inputs: {surplus: {pool: surplus}}\n",
     "\"surplus\" may be below zero; it can bound a condition (`when`), and is no amount to share, "
     "charge or "
     "measure by."},
    {"  - deduct: {}\n" CLEAR,
     "a deduction needs \"gain\", \"loss\" or both, to say what it is taken off."},
    {"  - credit: {}\n" CLEAR, "the step does not say by `input` which amount it takes."},
    {"  - draw_reserve: {}\n" CLEAR, "the step does not say by `fund` which fund it means."},
    {"  - pay_reserve: {fund: guarantee}\n" CLEAR,
     "the fund \"guarantee\" does not carry over: what is put into it would be lost when the "
     "year is cleared."},
    {"  - deduct: {gain: 1%, when: {track: A}}\n" CLEAR,
     "there is no input \"track\"; name it under `inputs`."},
    {"  - deduct: {gain: 1%, when: {score: high}}\n" CLEAR,
     "score is \"high\"; allowed is a number such as 2 or 0.85, with at most 12 decimals."},
    {"  - deduct: {gain: 1%, when: {score: {from: 90, below: 90}}}\n" CLEAR,
     "nothing can lie within these bounds."},
    {"  - deduct: {gain: 1%, when: {score: []}}\n" CLEAR,
     "the list is empty, so that no unit could meet the condition."},
    {"  - deduct: {gain: 1%, when: {t: {from: A}}}\n" CLEAR "inputs: {t: text}\n",
     "\"t\" is a text: it can equal a word or one of a list, but has no bounds."},
    {"  - deduct: {gain: 1%, when: {t: C}}\n" CLEAR "inputs: {t: {kind: text, allowed: [A]}}\n",
     "t is \"C\"; allowed are \"A\"."},
    {"  - split: {a: 50%, b: {input: score}}\n" CLEAR,
     "\"a\" has a share and others weights from inputs; give all of them one or the other."},
    {"  - deduct: {name: result, gain: 1%}\n" CLEAR,
     "\"result\" is a result that every settlement has; choose another name for the step."},
    {"  - deduct: {gain: {input: a, by_score: {0: 1%}}}\n" CLEAR,
     "a rule has one of by_score, score and input, or a rate with plus."},
    {"  - deduct: {gain: {floor: 1%}}\n" CLEAR,
     "a rule has one of by_score, score and input, or a rate with plus."},
    {"  - deduct: {gain: {score: {at_0: 1%}}}\n" CLEAR,
     "a line needs two rates and no more: {at_0: …, at_100: …}."},
    {"  - deduct: {gain: {score: {at_0: 1%, at_100: 2%}, times: 1%}}\n" CLEAR,
     "`times` belongs to an `input`."},
    {"  - deduct: {gain: {by_score: {0: 1%}, floor: 1%}}\n" CLEAR,
     "tiers say every rate themselves; leave out floor and ceiling."},
    {"  - deduct: {gain: {input: a, floor: 2%, ceiling: 1%}}\n" CLEAR,
     "the floor lies above the ceiling."},
    {"  - deduct: {gain: {at: 2%}}\n" CLEAR,
     "the key \"at\" is not allowed; allowed is a rate, {2025: …, later: …}, {by_score: {90: "
     "…, 0: …}}, {score: {at_0: …, at_100: …}} or {input: NAME}, with times, floor, "
     "ceiling and plus."},
    {"  - corridor: {minimum_saving: {2025: 2%, later: none}}\n" CLEAR,
     "\"none\" cannot stand in a table of rates; write one step with it and one without, each "
     "with a condition, such as when: {year: {from: 2027}}."},
    {"  - corridor: {minimum_loss: {by_score: {90: none, 0: 2%}}}\n" CLEAR,
     "\"none\" cannot stand in a table of rates; write one step with it and one without, each "
     "with a condition, such as when: {year: {from: 2027}}."},
    {"  - deduct: {gain: 1%, when: A}\n" CLEAR,
     "conditions are written {INPUT: value, …}, with values, lists of values or bounds."},
    {"  - deduct: {gain: 1%, when: {score: {over: 1}}}\n" CLEAR,
     "a condition is a value, a list of values, or bounds: {from: …, to: …, above: …, below: "
     "…}."},
};

static void an_impossible_plan_is_refused_with_its_line(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof impossible / sizeof *impossible; i++) {
        test_plan plan = test_plan_read(impossible[i].text, 1);
        assert_int_not_equal(plan.status, BG_OK);
        assert_says(plan.errors.items[0].message, impossible[i].message);
        assert_int_equal(plan.errors.items[0].line, 3);
        test_plan_free(&plan);
    }
}

static void money_that_would_reach_nobody_is_refused_with_its_line(void **state)
{
    (void)state;
    static const char sentence[] =
        "no later step draws on the fund \"guarantee\", and it does not carry over: what goes into "
        "it here would reach nobody, but return to the pool when the year is cleared. Name the "
        "pool, or let the fund carry over (budget.funds[guarantee].carry_over).";
    static const char *const refused[] = {
        "  - release: {fund: risk,\n      rest: guarantee}\n" CLEAR,
        "  - charge: {input: prepaid,\n      payer: guarantee}\n" CLEAR,
        "  - corridor: {minimum_saving: 2%,\n      payer: guarantee}\n" CLEAR,
        "  - corridor: {minimum_saving: none,\n      payer: guarantee}\n" CLEAR,
        "  - share_surplus: {bands: {rest: 50%},\n      payer: guarantee}\n" CLEAR,
        "  - deduct: {gain: 5%,\n      payer: guarantee}\n" CLEAR,
        "  - cap: {gain: 5%, loss: 5%,\n      payer: guarantee}\n" CLEAR,
        /* What is drawn before, or for other units, is no use. */
        "  - deduct: {gain: 5%, when: {year: {to: 2025}},\n      payer: guarantee}\n"
        "  - cover_emergency: {fund: guarantee, when: {year: {above: 2025}}}\n" CLEAR,
        "  - charge: {input: prepaid,\n      payer: guarantee}\n"
        "  - corridor: {payer: guarantee}\n" CLEAR,
        "  - deduct: {gain: 5%, loss: 2%,\n      payer: guarantee}\n"
        "  - deduct: {gain: 5%, name: again}\n" CLEAR,
    };
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        test_plan plan = test_plan_read(refused[i], 1);
        assert_int_equal(plan.status, BG_INVALID);
        assert_int_equal(plan.errors.error_count, 1);
        assert_says(plan.errors.items[0].message, sentence);
        assert_int_equal(plan.errors.items[0].line, 4);
        test_plan_free(&plan);
    }
}

static void money_that_reaches_somebody_in_the_end_is_not_refused(void **state)
{
    (void)state;
    static const char *const allowed[] = {
        "  - deduct: {gain: 5%, payer: guarantee}\n  - release: {rest: guarantee}\n" CLEAR,
        "  - charge: {input: prepaid, payer: guarantee}\n"
        "  - share_overspend: {payer: guarantee}\n" CLEAR,
        "  - charge: {input: prepaid, payer: guarantee}\n  - cap: {loss: 1%, payer: "
        "guarantee}\n" CLEAR,
        "  - charge: {input: prepaid, payer: guarantee}\n  - relief: {input: prepaid, payer: "
        "guarantee}\n" CLEAR,
        "  - charge: {input: prepaid, payer: guarantee}\n  - credit: {input: prepaid, payer: "
        "guarantee}\n" CLEAR,
        "  - charge: {input: prepaid, payer: guarantee}\n  - corridor: {minimum_loss: 1%, payer: "
        "guarantee}\n" CLEAR,
        "  - charge: {input: prepaid, payer: guarantee}\n  - deduct: {loss: 1%, payer: "
        "guarantee}\n" CLEAR,
        "  - charge: {input: prepaid, payer: guarantee}\n  - draw_reserve: {fund: "
        "guarantee}\n" CLEAR,
        "  - share_surplus: {bands: {rest: 50%}, payer: risk}\n" CLEAR, /* carries over */
        "  - corridor: {minimum_loss: 2%, payer: guarantee}\n" CLEAR,   /* pays only */
        "  - cap: {loss: 2%, payer: guarantee}\n" CLEAR,
    };
    for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++) {
        test_plan plan = read_plan(allowed[i]);
        test_plan_free(&plan);
    }
}

static void a_fund_that_is_only_filled_is_pointed_out(void **state)
{
    (void)state;
    test_plan plan = read_plan("  - release: {}\n  - pay_reserve: {fund: risk}\n" CLEAR);
    assert_int_equal(plan.errors.count, 1);
    assert_true(plan.errors.items[0].warning);
    assert_says(plan.errors.items[0].message,
                "no step draws on the fund \"risk\": it is carried on until the contract "
                "ends, and then goes back to the pool.");
    test_plan_free(&plan);
}

static void a_step_that_comes_too_late_is_refused_unless_no_unit_meets_both(void **state)
{
    (void)state;
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"  - release: {}\n  - release: {}\n" CLEAR,
         "the fund \"guarantee\" is released twice: step 1 has released it, and sends what it does "
         "not release to \"pool\"."},
        {"  - cap: {gain: 5%}\n  - corridor: {}\n" CLEAR,
         "a corridor decides what is shared and cannot stand behind \"cap\" (step 1), which has "
         "shared it."},
        {"  - carry_forward: {}\n  - carry_forward: {name: again}\n" CLEAR,
         "step 1 carries the deficit forward already; it cannot be carried twice."},
        {"  - release: {when: {year: {to: 2020}}}\n  - release: {when: {year: [2020, "
         "2021]}}\n" CLEAR,
         "the fund \"guarantee\" is released twice: step 1 has released it, and sends what it does "
         "not release to \"pool\"."},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        test_plan plan = test_plan_read(cases[i].text, 1);
        assert_int_equal(plan.status, BG_INVALID);
        assert_says(plan.errors.items[0].message, cases[i].message);
        assert_int_equal(plan.errors.items[0].line, 4);
        test_plan_free(&plan);
    }
    static const char *const allowed[] = {
        "  - release: {when: {year: {to: 2020}}}\n  - release: {when: {year: {above: "
        "2020}}}\n" CLEAR,
        "  - cap: {gain: 5%, when: {t: A}}\n  - corridor: {when: {t: [B, C]}}\n" CLEAR
        "inputs: {t: text}\n",
    };
    for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++) {
        test_plan plan = read_plan(allowed[i]);
        test_plan_free(&plan);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_loss_rate_falls_in_a_straight_line_between_its_bounds),
        cmocka_unit_test(a_line_is_rounded_once_to_its_last_decimal),
        cmocka_unit_test(a_rate_by_year_holds_in_its_year_and_fails_where_none_does),
        cmocka_unit_test(each_unit_of_a_block_has_the_rate_of_its_year),
        cmocka_unit_test(a_rate_by_score_is_that_of_the_highest_tier_reached),
        cmocka_unit_test(a_rate_may_come_from_an_input),
        cmocka_unit_test(a_step_applies_where_all_its_conditions_hold),
        cmocka_unit_test(units_of_a_block_meet_conditions_each_for_itself),
        cmocka_unit_test(a_named_step_puts_out_what_it_moved_and_the_balance_after),
        cmocka_unit_test(a_saving_counts_from_its_minimum_on_to_the_first_fen),
        cmocka_unit_test(a_minimum_is_compared_without_rounding),
        cmocka_unit_test(only_the_excess_counts_if_the_plan_says_so),
        cmocka_unit_test(a_side_without_a_minimum_is_never_shared),
        cmocka_unit_test(a_side_may_be_shared_in_some_years_only),
        cmocka_unit_test(a_part_of_an_input_is_credited_or_charged),
        cmocka_unit_test(a_credit_that_a_short_fund_pays_ends_as_the_plan_says),
        cmocka_unit_test(relief_takes_an_amount_off_a_loss_and_no_more),
        cmocka_unit_test(a_percentage_is_taken_off_gain_or_loss),
        cmocka_unit_test(the_lower_of_several_limits_holds),
        cmocka_unit_test(a_base_that_is_absent_is_an_error_unless_it_is_optional),
        cmocka_unit_test(a_levy_before_a_cap_differs_from_one_after),
        cmocka_unit_test(a_release_as_buffer_gives_what_the_overspend_needs),
        cmocka_unit_test(a_release_may_be_linear_in_the_score),
        cmocka_unit_test(a_reserve_pays_a_loss_and_is_filled_from_a_gain),
        cmocka_unit_test(a_deficit_is_carried_and_made_up_before_a_gain_is_paid),
        cmocka_unit_test(at_the_end_of_the_contract_a_deficit_is_charged_or_forgiven),
        cmocka_unit_test(institutions_may_share_by_weights_of_their_own),
        cmocka_unit_test(disallowed_expense_is_borne_by_whom_it_is_known_of),
        cmocka_unit_test(shares_by_year_must_add_up_in_each_year),
        cmocka_unit_test(a_coarse_unit_rounds_once_from_the_unrounded_amount),
        cmocka_unit_test(what_is_explained_in_a_coarse_unit_replays_to_the_accounts),
        cmocka_unit_test(lines_that_round_apart_from_their_sum_are_made_up_for),
        cmocka_unit_test(a_rate_is_explained_with_the_line_it_stands_in),
        cmocka_unit_test(the_largest_amounts_are_settled_or_refused_clearly),
        cmocka_unit_test(every_step_takes_amounts_up_to_the_limit_and_none_beyond),
        cmocka_unit_test(a_figure_of_the_pool_may_be_below_zero_and_must_be_told),
        cmocka_unit_test(an_impossible_plan_is_refused_with_its_line),
        cmocka_unit_test(money_that_would_reach_nobody_is_refused_with_its_line),
        cmocka_unit_test(money_that_reaches_somebody_in_the_end_is_not_refused),
        cmocka_unit_test(a_fund_that_is_only_filled_is_pointed_out),
        cmocka_unit_test(a_step_that_comes_too_late_is_refused_unless_no_unit_meets_both),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
