/* Expected amounts are worked by hand: the example of a county with 115.5 million yuan, and small
 * amounts of fen where rounding and edges show. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/plan.h"
#include "../../support/says.h"
#include "settlement/plan.h"
#include <stdio.h>
#include <string.h>

#define YUAN(amount) (INT64_C(amount) * 100)
#define POINTS(n)    ((n)*BG_ONE)

/* One unit. What is left out is zero; the budget is payable plus what the funds get. */
typedef struct unit {
    bg_fen payable, guarantee, risk;
    bg_fen guarantee_opening, risk_opening;
    bg_fen prepaid, expense, emergency, rebound, disallowed, outside, patients;
    bg_decimal score;
    bool contract_end;
} unit;

static void fill(bg_settlement_block *block, const unit *given)
{
    block->contract_end = given->contract_end;
    block->fund_added[0][0] = given->guarantee;
    block->fund_added[1][0] = given->risk;
    block->fund_opening[0][0] = given->guarantee_opening;
    block->fund_opening[1][0] = given->risk_opening;
    const int64_t inputs[BG_INPUT_COUNT] = {
        [BG_INPUT_budget] = given->payable + given->guarantee + given->risk,
        [BG_INPUT_payable] = given->payable,
        [BG_INPUT_prepaid] = given->prepaid,
        [BG_INPUT_expense] = given->expense,
        [BG_INPUT_emergency] = given->emergency,
        [BG_INPUT_rebound] = given->rebound,
        [BG_INPUT_disallowed] = given->disallowed,
        [BG_INPUT_outside] = given->outside,
        [BG_INPUT_patients] = given->patients,
        [BG_INPUT_score] = given->score,
    };
    for (size_t c = 0; c < BG_INPUT_COUNT; c++) {
        block->input[c][0] = inputs[c];
    }
}

static test_plan read_plan(const char *steps)
{
    test_plan plan = test_plan_read(steps, 1);
    for (size_t i = 0; i < plan.errors.count && plan.status; i++) {
        print_error("%s\n", plan.errors.items[i].message);
    }
    assert_int_equal(plan.status, BG_OK);
    return plan;
}

static void settle(test_plan *plan, unit given)
{
    fill(&plan->block, &given);
    assert_int_equal(bg_settlement_apply(plan->plan, &plan->block, NULL, &plan->errors), BG_OK);
}

static bg_fen result(const test_plan *plan, bg_settlement_result column)
{
    return plan->block.result[column][0];
}

static bg_fen account(const test_plan *plan, const char *name)
{
    const int index = bg_plan_account_index(plan->plan, name);
    assert_true(index >= 0);
    return plan->block.account[index][0];
}

/* Result of one unit under a plan that is used once. */
static bg_fen outcome(const char *steps, bg_settlement_result column, unit given)
{
    test_plan plan = read_plan(steps);
    settle(&plan, given);
    const bg_fen amount = result(&plan, column);
    test_plan_free(&plan);
    return amount;
}

static bg_fen moved(const char *steps, const char *name, unit given)
{
    test_plan plan = read_plan(steps);
    settle(&plan, given);
    const bg_fen amount = account(&plan, name);
    test_plan_free(&plan);
    return amount;
}

/* ---- the worked example ---- */

static const char guangdong[] =
    "  - disallow: {}\n"                  /* line 3 */
    "  - release:\n"                      /* 4 */
    "      fund: guarantee\n"             /* 5 */
    "      by_score:\n"                   /* 6 */
    "        90: 100%\n"                  /* 7 */
    "        80: 80%\n"                   /* 8 */
    "        60: 50%\n"                   /* 9 */
    "        0: 0%\n"                     /* 10 */
    "  - cover_emergency: {fund: risk}\n" /* 11 */
    "  - share_surplus: {base: budget, bands: {10%: 100%, rest: 0%}, apply: marginal}\n" /* 12 */
    "  - share_overspend:\n"                                                             /* 13 */
    "      apply: marginal\n"                                                            /* 14 */
    "      bands:\n"                                                                     /* 15 */
    "        5%: 30%\n"                                                                  /* 16 */
    "        10%: 50%\n"                                                                 /* 17 */
    "        rest: 100%\n"                                                               /* 18 */
    "      payer: pool\n"                                                                /* 19 */
    "  - split:\n"                                                                       /* 20 */
    "      county_hospital: 60%\n"                                                       /* 21 */
    "      township_centres: 30%\n"                                                      /* 22 */
    "      village_clinics: 10%\n"                                                       /* 23 */
    "  - clear: {}\n";                                                                   /* 24 */

static const unit example = {
    .payable = YUAN(109725000),
    .guarantee = YUAN(3465000),
    .risk = YUAN(2310000),
    .prepaid = YUAN(109725000),
    .expense = YUAN(118000000),
    .emergency = YUAN(4000000),
    .disallowed = YUAN(500000),
    .score = POINTS(85),
};

static void assert_example(const test_plan *plan)
{
    assert_int_equal(result(plan, BG_RESULT_balance), YUAN(-2693000));
    assert_int_equal(result(plan, BG_RESULT_released), YUAN(2772000));
    assert_int_equal(result(plan, BG_RESULT_covered), YUAN(2310000));
    assert_int_equal(result(plan, BG_RESULT_shared), YUAN(1885100));
    assert_int_equal(result(plan, BG_RESULT_result), YUAN(-807900));
    assert_int_equal(result(plan, BG_RESULT_entitlement), YUAN(116692100));
    assert_int_equal(result(plan, BG_RESULT_clearing), YUAN(6967100));
    const bg_fen results[] = {YUAN(-484740), YUAN(-242370), YUAN(-80790)};
    const bg_fen disallowed[] = {YUAN(300000), YUAN(150000), YUAN(50000)};
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(plan->block.institution_result[i][0], results[i]);
        assert_int_equal(plan->block.institution_disallowed[i][0], disallowed[i]);
        assert_int_equal(account(plan, bg_plan_institution(plan->plan, i)),
                         results[i] - disallowed[i]);
    }
    /* -115.5 + 0.693 - 1.8851 */
    assert_int_equal(account(plan, "pool"), YUAN(-116692100));
    assert_int_equal(account(plan, "guarantee"), 0);
    assert_int_equal(account(plan, "risk"), 0);
    assert_int_equal(account(plan, "community"), YUAN(118000000));
    assert_int_equal(account(plan, "outside"), 0);
    assert_int_equal(account(plan, "patients"), 0);
    assert_int_equal(account(plan, "rounding"), 0);
}

static void the_worked_example_settles_to_the_fen(void **state)
{
    (void)state;
    test_plan plan = read_plan(guangdong);
    settle(&plan, example);
    assert_example(&plan);
    assert_int_equal(plan.errors.count, 0);
    test_plan_free(&plan);
}

/* ---- the same through history, budget and the default plan ---- */

typedef struct chain {
    bg_errors errors;
    bg_scenario *scenario;
    bg_history history;
    bg_budget_terms *terms[BG_MAX_SCHEMES];
    bg_plan *plan;
    bg_status status;
} chain;

static chain read_chain(const char *text)
{
    chain self = {.plan = NULL};
    bg_errors_init(&self.errors);
    assert_int_equal(bg_scenario_parse(text, strlen(text), "plan.yaml", NULL, NULL, 0,
                                       &self.scenario, &self.errors),
                     BG_OK);
    assert_int_equal(bg_history_read(self.scenario, &self.history, &self.errors), BG_OK);
    bg_horizon horizon;
    assert_true(bg_horizon_read(self.scenario, &self.history, &horizon));
    const bg_pool no_pools[BG_MAX_SCHEMES] = {0};
    assert_int_equal(
        bg_budget_read(self.scenario, &self.history, &horizon, no_pools, self.terms, &self.errors),
        BG_OK);
    self.status = bg_plan_read(self.scenario, &self.plan, &self.errors);
    return self;
}

static void free_chain(chain *self)
{
    bg_plan_free(self->plan);
    bg_budget_terms_free(self->terms[0]);
    bg_history_free(&self->history);
    bg_scenario_free(self->scenario);
    bg_errors_free(&self->errors);
}

static void three_totals_and_the_default_plan_give_the_worked_example(void **state)
{
    (void)state;
    chain read = read_chain("money_unit: wan\n"
                            "history: {2022: 10000, 2023: 11000, 2024: 12000}\n"
                            "budget: {growth: 5%}\n");
    assert_int_equal(read.status, BG_OK);
    test_plan plan = {.plan = read.plan};
    assert_int_equal(bg_settlement_block_init(&plan.block, read.plan, 1), BG_OK);
    unit actual = example;
    actual.payable = actual.guarantee = actual.risk = actual.prepaid = 0;
    fill(&plan.block, &actual);
    bg_fen opening_total, months[12];
    bg_budget_block budget = {
        .n = 1,
        .year = 2025,
        .total = plan.block.input[BG_INPUT_budget],
        .opening_total = &opening_total,
        .fund = {plan.block.fund_added[0], plan.block.fund_added[1]},
        .payable = plan.block.input[BG_INPUT_payable],
    };
    for (size_t m = 0; m < 12; m++) {
        budget.instalment[m] = &months[m];
    }
    assert_int_equal(bg_budget_compute(read.terms[0], &budget, NULL, &read.errors), BG_OK);
    for (size_t m = 0; m < 12; m++) {
        plan.block.input[BG_INPUT_prepaid][0] += months[m];
    }
    assert_int_equal(bg_settlement_apply(read.plan, &plan.block, NULL, &read.errors), BG_OK);
    assert_example(&plan);
    bg_settlement_block_free(&plan.block);
    free_chain(&read);
}

static void a_fund_cannot_bear_the_name_of_an_account(void **state)
{
    (void)state;
    chain read = read_chain("history: {2024: 100}\n"
                            "budget:\n"
                            "  funds:\n"
                            "    patients: {rate: 3%, carry_over: true}\n"
                            "settlement: [{clear: {}}]\n");
    assert_int_equal(read.status, BG_INVALID);
    assert_null(read.plan);
    assert_int_equal(read.errors.items[0].line, 4);
    assert_says_among_others(read.errors.items[0].message,
                             "\"patients\" is the name of another account");
    free_chain(&read);
}

static void a_plan_cannot_use_a_fund_that_the_budget_does_not_hold(void **state)
{
    (void)state;
    chain read = read_chain("history: {2024: 100}\nbudget: {funds: {}}\n");
    assert_int_equal(read.status, BG_INVALID);
    assert_says_among_others(read.errors.items[0].message,
                             "no fund \"guarantee\"; budget.funds holds none.");
    assert_null(read.errors.items[0].file);
    free_chain(&read);
}

static void the_accounts_stand_in_a_fixed_order(void **state)
{
    (void)state;
    const char *const names[] = {"pool",
                                 "guarantee",
                                 "risk",
                                 "community",
                                 "county_hospital",
                                 "township_centres",
                                 "village_clinics",
                                 "outside",
                                 "patients",
                                 "rounding"};
    test_plan plan = read_plan(guangdong);
    assert_int_equal(bg_plan_account_count(plan.plan), 10);
    assert_int_equal(bg_plan_institution_count(plan.plan), 3);
    for (size_t a = 0; a < 10; a++) {
        assert_string_equal(bg_plan_account(plan.plan, a), names[a]);
        assert_int_equal(bg_plan_account_index(plan.plan, names[a]), a);
    }
    assert_int_equal(bg_plan_account_index(plan.plan, "treasury"), -1);
    test_plan_free(&plan);
}

/* ---- the explanation ---- */

typedef struct line {
    const char *kind;
    bg_fen amount;
    bg_fen balance_after;
    const char *rate;
    int mark;              /* line of the file, 0 for none */
    const char *from, *to; /* NULL for none */
    const char *inputs;
} line;

static const line explanation[] = {
    {"opening", YUAN(109725000), YUAN(109725000), "", 0, "pool", "community",
     "budget 115,500,000.00 less its funds"},
    {"opening", YUAN(3465000), YUAN(109725000), "", 0, "pool", "guarantee",
     "guarantee: part of the budget; carried in 0.00"},
    {"opening", YUAN(2310000), YUAN(109725000), "", 0, "pool", "risk",
     "risk: part of the budget; carried in 0.00"},
    {"expense", YUAN(118000000), YUAN(-8275000), "", 0, NULL, NULL,
     "expense 118,000,000.00 less 0.00 outside: services of the community"},
    {"expense", 0, YUAN(-8275000), "", 0, "community", "outside", "services of providers outside"},
    {"disallow", YUAN(500000), YUAN(-7775000), "", 3, NULL, NULL,
     "disallowed 500,000.00: not paid to the community, and no part of the overspend"},
    {"release", YUAN(2772000), YUAN(-5003000), "80%", 8, "guarantee", "community",
     "85 points reach the tier from 80; guarantee holds 3,465,000.00"},
    {"release", YUAN(693000), YUAN(-5003000), "", 5, "guarantee", "pool",
     "not released: 693,000.00, goes to pool"},
    {"cover_emergency", YUAN(2310000), YUAN(-2693000), "", 11, "risk", "community",
     "the least of: risk holds 2,310,000.00, emergency expense 4,000,000.00, overspend "
     "5,003,000.00"},
    {"share_surplus", 0, YUAN(-2693000), "", 12, "community", "pool",
     "surplus 0.00, of which the community keeps 0.00"},
    {"share_overspend", YUAN(807900), YUAN(-2693000), "30%", 16, NULL, NULL,
     "band 0% to 5% of budget 115,500,000.00 = 0.00 to 5,775,000.00: part 2,693,000.00"},
    {"share_overspend", YUAN(807900), YUAN(-2693000), "", 14, NULL, NULL,
     "overspend 2,693,000.00, of which the community bears this, others 1,885,100.00"},
    {"share_overspend", YUAN(1885100), YUAN(-807900), "", 14, "pool", "community",
     "others bear 1,885,100.00"},
    {"split", YUAN(484740), YUAN(-323160), "60%", 21, "county_hospital", "community",
     "county_hospital: 60% of the result -807,900.00"},
    {"split", YUAN(242370), YUAN(-80790), "30%", 22, "township_centres", "community",
     "township_centres: 30% of the result -807,900.00"},
    {"split", YUAN(80790), 0, "10%", 23, "village_clinics", "community",
     "village_clinics: 10% of the result -807,900.00"},
    {"split", YUAN(300000), 0, "60%", 21, "county_hospital", "community",
     "county_hospital: 60% of disallowed expense 500,000.00"},
    {"split", YUAN(150000), 0, "30%", 22, "township_centres", "community",
     "township_centres: 30% of disallowed expense 500,000.00"},
    {"split", YUAN(50000), 0, "10%", 23, "village_clinics", "community",
     "village_clinics: 10% of disallowed expense 500,000.00"},
    {"clear", 0, 0, "", 24, "guarantee", "pool",
     "guarantee does not carry over: returned to the pool"},
    {"clear", 0, 0, "", 24, NULL, NULL, "risk is carried into the next year"},
    {"clear", YUAN(116692100), 0, "", 24, NULL, NULL,
     "entitlement: expense 118,000,000.00 less disallowed 500,000.00, plus result -807,900.00"},
    {"clear", YUAN(6967100), 0, "", 24, NULL, NULL,
     "clearing: entitlement 116,692,100.00 less 0.00 paid outside, less 109,725,000.00 prepaid; "
     "positive is paid to the community"},
};

static void assert_account(const bg_plan *plan, int actual, const char *expected)
{
    if (expected) {
        assert_true(actual >= 0);
        assert_string_equal(bg_plan_account(plan, (size_t)actual), expected);
    } else {
        assert_int_equal(actual, -1);
    }
}

static void assert_line(const bg_plan *plan, const bg_posting *actual, const line *expected)
{
    assert_posting_says(actual, plan, expected->inputs);
    assert_string_equal(actual->kind, expected->kind);
    assert_string_equal(actual->name, expected->kind);
    assert_int_equal(actual->amount, expected->amount);
    assert_int_equal(actual->balance_after, expected->balance_after);
    assert_posting_rate(actual, expected->rate);
    assert_int_equal(actual->mark.line, expected->mark);
    assert_account(plan, actual->from, expected->from);
    assert_account(plan, actual->to, expected->to);
}

static void the_worked_example_is_explained_line_by_line(void **state)
{
    (void)state;
    test_plan plan = read_plan(guangdong);
    fill(&plan.block, &example);
    bg_trace trace = {0};
    assert_int_equal(bg_settlement_apply(plan.plan, &plan.block, &trace, &plan.errors), BG_OK);
    assert_example(&plan);
    assert_int_equal(trace.count, sizeof explanation / sizeof *explanation);
    for (size_t i = 0; i < trace.count; i++) {
        assert_line(plan.plan, &trace.items[i], &explanation[i]);
    }
    bg_trace_free(&trace);
    bg_trace_free(&trace);
    test_plan_free(&plan);
}

static void replay(const bg_trace *trace, bg_fen accounts[16])
{
    for (size_t i = 0; i < trace->count; i++) {
        const bg_posting *posting = &trace->items[i];
        if (posting->from >= 0) {
            accounts[posting->from] -= posting->amount;
            accounts[posting->to] += posting->amount;
        }
    }
}

static void replaying_the_explanation_gives_the_accounts(void **state)
{
    (void)state;
    test_plan plan = read_plan(
        "  - disallow: {}\n"
        "  - release: {fund: guarantee, share: 33.3%, rest: risk}\n"
        "  - cover_emergency: {fund: risk, include_rebound: true}\n"
        "  - share_overspend: {bands: {1%: 90%, rest: 0.1%}, apply: marginal, payer: risk}\n"
        "  - cap: {gain: 1%, loss: 0.01%, payer: risk}\n"
        "  - split: {west: 12.5%, east: 87.5%}\n"
        "  - clear: {}\n");
    fill(&plan.block, &(unit){.payable = 700000,
                              .guarantee = 10001,
                              .risk = 5,
                              .risk_opening = 70,
                              .expense = 900000,
                              .disallowed = 999,
                              .rebound = 50,
                              .outside = 1234,
                              .patients = 321});
    bg_trace trace = {0};
    assert_int_equal(bg_settlement_apply(plan.plan, &plan.block, &trace, &plan.errors), BG_OK);
    bg_fen accounts[16] = {0};
    replay(&trace, accounts);
    for (size_t a = 0; a < bg_plan_account_count(plan.plan); a++) {
        assert_int_equal(accounts[a], plan.block.account[a][0]);
    }
    bg_trace_free(&trace);
    test_plan_free(&plan);
}

static bool is_rate(const bg_posting *posting, const char *rate)
{
    char text[BG_NUMBER_TEXT];
    return strcmp(bg_posting_rate(posting, text), rate) == 0;
}

/* One line of the explanation has this text, amount and rate. */
static void assert_explained(const char *steps, unit given, const char *inputs, bg_fen amount,
                             const char *rate)
{
    test_plan plan = read_plan(steps);
    fill(&plan.block, &given);
    bg_trace trace = {0};
    assert_int_equal(bg_settlement_apply(plan.plan, &plan.block, &trace, &plan.errors), BG_OK);
    size_t i = 0;
    while (i < trace.count && !(trace.items[i].amount == amount && is_rate(&trace.items[i], rate) &&
                                posting_says(&trace.items[i], plan.plan, inputs))) {
        i++;
    }
    if (i == trace.count) {
        fail_msg("no line of %lld fen at the rate \"%s\" says: %s", (long long)amount, rate,
                 inputs);
    }
    bg_trace_free(&trace);
    test_plan_free(&plan);
}

static void a_release_is_explained_with_its_tier_or_share(void **state)
{
    (void)state;
    const unit given = {.guarantee = 1000, .score = POINTS(55)};
    assert_explained("  - release: {by_score: {90: 1, 60: 50%}}\n  - clear: {}\n", given,
                     "55 points reach no tier, the lowest begins at 60; guarantee holds 10.00", 0,
                     "0%");
    assert_explained("  - release: {share: 70%}\n  - clear: {}\n", given, "guarantee holds 10.00",
                     700, "70%");
}

/* The line of the file that the first posting of the step names as the place of its rate. */
static int line_of_rate(const char *steps, bg_decimal score, size_t step)
{
    test_plan plan = read_plan(steps);
    unit given = example;
    given.score = score;
    fill(&plan.block, &given);
    bg_trace trace = {0};
    assert_int_equal(bg_settlement_apply(plan.plan, &plan.block, &trace, &plan.errors), BG_OK);
    size_t i = 0;
    while (i < trace.count && trace.items[i].step != step) {
        i++;
    }
    assert_true(i < trace.count);
    const int found = trace.items[i].mark.line;
    bg_trace_free(&trace);
    test_plan_free(&plan);
    return found;
}

static void a_rate_is_explained_with_the_line_of_the_tier_reached(void **state)
{
    (void)state;
    assert_int_equal(line_of_rate(guangdong, POINTS(90), 2), 7);
    assert_int_equal(line_of_rate(guangdong, POINTS(90) - 1, 2), 8);
    assert_int_equal(line_of_rate(guangdong, POINTS(80), 2), 8);
    assert_int_equal(line_of_rate(guangdong, POINTS(0), 2), 10);
}

static void bands_are_explained_with_exact_limits_and_parts(void **state)
{
    (void)state;
    const char *steps =
        "  - share_surplus: {bands: {10%: 50%, 20%: 25%, rest: 90%}, apply: marginal}\n"
        "  - clear: {}\n";
    const unit given = {.payable = 33, .expense = 24};
    assert_explained(steps, given, "band 0% to 10% of budget 0.33 = 0.00 to 0.033: part 0.033", 2,
                     "50%");
    assert_explained(steps, given, "band 10% to 20% of budget 0.33 = 0.033 to 0.066: part 0.033", 1,
                     "25%");
    assert_explained(steps, given, "band above 20% of budget 0.33 = 0.066: part 0.024", 2, "90%");
    /* 1.65 + 0.825 + 2.16 = 4.635: 5 of 9 are kept */
    assert_explained(steps, given, "surplus 0.09, of which the community keeps 0.05", 4, "");
    assert_explained("  - share_surplus: {bands: {rest: 90%}}\n  - clear: {}\n", given,
                     "the whole of 0.09", 8, "90%");
}

static void a_payer_is_explained_with_what_it_holds(void **state)
{
    (void)state;
    const char *steps = "  - share_overspend: {bands: {rest: 40%}, payer: risk}\n  - clear: {}\n";
    const unit given = {.payable = 1000, .risk = 20, .expense = 1100};
    assert_explained(steps, given, "others bear 0.60; risk holds 0.20", 20, "");
    assert_explained(steps, given, "others bear 0.60 less what the fund paid", 40, "");
}

static void a_cap_is_explained_with_its_limit(void **state)
{
    (void)state;
    const char *steps = "  - cap: {base: payable, gain: 10%, loss: 5%}\n  - clear: {}\n";
    const unit gain = {.payable = 1000, .expense = 850};
    assert_explained(steps, gain, "highest gain: 10% of payable 10.00", 100, "10%");
    assert_explained(steps, gain, "gain beyond the limit: 0.50", 50, "");
    const unit loss = {.payable = 1000, .expense = 1080};
    assert_explained(steps, loss, "highest loss: 5% of payable 10.00", 50, "5%");
    assert_explained(steps, loss, "others bear 0.30", 30, "");
}

static void the_end_of_a_year_is_explained(void **state)
{
    (void)state;
    const unit given = {.payable = 1000,
                        .risk = 7,
                        .risk_opening = 4,
                        .expense = 900,
                        .outside = 300,
                        .patients = 50,
                        .prepaid = 800};
    const char *steps = "  - clear: {}\n";
    assert_explained(steps, given, "risk: part of the budget; carried in 0.04", 7, "");
    assert_explained(steps, given, "expense 9.00 less 3.00 outside: services of the community", 600,
                     "");
    assert_explained(steps, given, "services of providers outside", 300, "");
    assert_explained(steps, given, "patients' own payments", 50, "");
    assert_explained(steps, given, "the result stays with the community", 100, "");
    assert_explained(steps, given, "risk is carried into the next year", 11, "");
    assert_explained(steps, given,
                     "clearing: entitlement 10.00 less 3.00 paid outside, less 8.00 prepaid; "
                     "positive is paid to the community",
                     -100, "");
    unit last = given;
    last.contract_end = true;
    assert_explained(steps, last, "risk at the end of the contract: returned to the pool", 11, "");
}

static void several_units_are_explained_one_by_one(void **state)
{
    (void)state;
    test_plan plan = test_plan_read(guangdong, 2);
    bg_settlement_block second = bg_settlement_block_part(&plan.block, 1, 1);
    fill(&plan.block, &(unit){.payable = 100, .expense = 90});
    fill(&second, &example);
    bg_trace traces[2] = {{0}};
    assert_int_equal(bg_settlement_apply(plan.plan, &plan.block, traces, &plan.errors), BG_OK);
    assert_int_equal(plan.block.result[BG_RESULT_result][0], 10);
    assert_int_equal(plan.block.result[BG_RESULT_result][1], YUAN(-807900));
    assert_int_equal(traces[1].count, sizeof explanation / sizeof *explanation);
    for (size_t i = 0; i < traces[1].count; i++) {
        assert_line(plan.plan, &traces[1].items[i], &explanation[i]);
    }
    bg_trace_free(&traces[0]);
    bg_trace_free(&traces[1]);
    test_plan_free(&plan);
}

/* ---- disallow ---- */

static void disallowed_expense_is_borne_in_full_and_not_shared(void **state)
{
    (void)state;
    const char *steps = "  - disallow: {}\n  - share_overspend: {bands: {rest: 50%}}\n"
                        "  - clear: {}\n";
    const unit given = {.payable = 1000, .expense = 1100, .disallowed = 60, .prepaid = 900};
    /* overspend 100 - 60 = 40, of which half; entitlement 1100 - 60 - 20 */
    assert_int_equal(outcome(steps, BG_RESULT_result, given), -20);
    assert_int_equal(outcome(steps, BG_RESULT_entitlement, given), 1020);
    assert_int_equal(outcome(steps, BG_RESULT_clearing, given), 120);
    assert_int_equal(moved(steps, "community", given), 1020);
}

static void without_a_disallow_step_all_expense_is_shared(void **state)
{
    (void)state;
    const char *steps = "  - share_overspend: {bands: {rest: 50%}}\n  - clear: {}\n";
    const unit given = {.payable = 1000, .expense = 1100, .disallowed = 60};
    assert_int_equal(outcome(steps, BG_RESULT_result, given), -50);
    assert_int_equal(outcome(steps, BG_RESULT_entitlement, given), 1050);
}

/* ---- release ---- */

static const char tiers[] = "  - release: {by_score: {90: 100%, 59.5: 50%, 10: 1%}}\n"
                            "  - clear: {}\n";

static bg_fen released(const char *steps, bg_decimal score)
{
    return outcome(steps, BG_RESULT_released, (unit){.guarantee = 1000, .score = score});
}

static void a_score_exactly_at_a_bound_reaches_its_tier(void **state)
{
    (void)state;
    assert_int_equal(released(tiers, POINTS(100)), 1000);
    assert_int_equal(released(tiers, POINTS(90)), 1000);
    assert_int_equal(released(tiers, POINTS(90) - 1), 500);
    assert_int_equal(released(tiers, POINTS(119) / 2), 500);
    assert_int_equal(released(tiers, POINTS(119) / 2 - 1), 10);
    assert_int_equal(released(tiers, POINTS(10)), 10);
}

static void a_score_below_all_bounds_releases_nothing(void **state)
{
    (void)state;
    assert_int_equal(released(tiers, POINTS(10) - 1), 0);
    assert_int_equal(released(tiers, 0), 0);
}

static void a_share_is_rounded_half_a_fen_upwards(void **state)
{
    (void)state;
    const unit given = {.guarantee = 5};
    assert_int_equal(
        outcome("  - release: {share: 50%}\n  - clear: {}\n", BG_RESULT_released, given), 3);
    assert_int_equal(
        outcome("  - release: {share: 49.9%}\n  - clear: {}\n", BG_RESULT_released, given), 2);
}

static void a_release_without_terms_is_in_full(void **state)
{
    (void)state;
    assert_int_equal(released("  - release: {}\n  - clear: {}\n", 0), 1000);
}

static void what_is_not_released_goes_where_the_plan_says(void **state)
{
    (void)state;
    const unit given = {.guarantee = 1000, .guarantee_opening = 500, .risk = 70};
    const char *to_pool = "  - release: {share: 60%}\n  - clear: {}\n";
    assert_int_equal(moved(to_pool, "pool", given), -1070 + 600);
    assert_int_equal(moved(to_pool, "guarantee", given), -500);
    assert_int_equal(moved(to_pool, "community", given), 900);
    const char *to_risk = "  - release: {share: 60%, rest: risk}\n  - clear: {}\n";
    assert_int_equal(moved(to_risk, "pool", given), -1070);
    assert_int_equal(moved(to_risk, "risk", given), 670);
    const char *stays = "  - release: {fund: risk, share: 60%, rest: risk}\n  - clear: {}\n";
    assert_int_equal(moved(stays, "risk", given), 28);
}

static void a_second_release_finds_what_the_first_left_in_the_fund(void **state)
{
    (void)state;
    assert_int_equal(released("  - release: {share: 10%, rest: guarantee}\n  - release: {share: "
                              "50%}\n  - clear: {}\n",
                              0),
                     100 + 450);
}

/* ---- cover_emergency ---- */

static const char cover[] = "  - cover_emergency: {fund: risk}\n  - clear: {}\n";

static void an_emergency_is_covered_up_to_the_least_of_fund_expense_and_overspend(void **state)
{
    (void)state;
    const unit fund = {
        .payable = 500, .risk = 20, .risk_opening = 9, .expense = 600, .emergency = 80};
    assert_int_equal(outcome(cover, BG_RESULT_covered, fund), 29);
    const unit part = {.payable = 500, .risk = 200, .expense = 600, .emergency = 80};
    assert_int_equal(outcome(cover, BG_RESULT_covered, part), 80);
    const unit overspend = {.payable = 570, .risk = 200, .expense = 600, .emergency = 80};
    assert_int_equal(outcome(cover, BG_RESULT_covered, overspend), 30);
    const unit surplus = {.payable = 601, .risk = 200, .expense = 600, .emergency = 80};
    assert_int_equal(outcome(cover, BG_RESULT_covered, surplus), 0);
}

static void a_rebound_is_covered_only_if_the_plan_says_so(void **state)
{
    (void)state;
    const unit given = {
        .payable = 500, .risk = 200, .expense = 600, .emergency = 10, .rebound = 25};
    assert_int_equal(outcome(cover, BG_RESULT_covered, given), 10);
    assert_int_equal(outcome("  - cover_emergency: {include_rebound: true}\n  - clear: {}\n",
                             BG_RESULT_covered, given),
                     35);
}

static void a_second_fund_covers_only_what_the_first_left(void **state)
{
    (void)state;
    const char *steps = "  - cover_emergency: {fund: risk}\n"
                        "  - cover_emergency: {fund: guarantee}\n  - clear: {}\n";
    const unit given = {
        .payable = 500, .risk = 30, .guarantee = 90, .expense = 600, .emergency = 50};
    assert_int_equal(outcome(steps, BG_RESULT_covered, given), 50);
    assert_int_equal(moved(steps, "risk", given), 0);
    assert_int_equal(moved(steps, "guarantee", given), 0); /* 90 - 20, and 70 returned */
    assert_int_equal(moved(steps, "pool", given), -620 + 70);
}

/* ---- share_surplus ---- */

static bg_fen kept(const char *bands, bg_fen payable, bg_fen surplus)
{
    char steps[256];
    snprintf(steps, sizeof steps, "  - share_surplus: {bands: {%s}}\n  - clear: {}\n", bands);
    return outcome(steps, BG_RESULT_result,
                   (unit){.payable = payable, .expense = payable - surplus});
}

static void a_surplus_is_kept_in_full_up_to_the_edge_of_the_first_band(void **state)
{
    (void)state;
    const char *bands = "10%: 100%, rest: 0%";
    assert_int_equal(kept(bands, 1000, 0), 0);
    assert_int_equal(kept(bands, 1000, 99), 99);
    assert_int_equal(kept(bands, 1000, 100), 100);
    assert_int_equal(kept(bands, 1000, 101), 100);
    assert_int_equal(kept(bands, 1000, 1000), 100);
}

static void each_band_takes_its_share_of_its_own_part(void **state)
{
    (void)state;
    const char *bands = "5%: 80%, 10%: 50%, rest: 20%";
    assert_int_equal(kept(bands, 10000, 500), 400);
    assert_int_equal(kept(bands, 10000, 501), 401); /* 400.5 */
    assert_int_equal(kept(bands, 10000, 1000), 650);
    assert_int_equal(kept(bands, 10000, 1010), 652);
    assert_int_equal(kept(bands, 10000, 10000), 2450);
}

static void bands_are_summed_before_the_one_rounding(void **state)
{
    (void)state;
    /* 1 x 50 % + 1 x 50 % = 1, not 1 + 1 */
    assert_int_equal(kept("1%: 50%, rest: 50%", 100, 2), 1);
}

static void the_limit_of_a_band_is_not_rounded(void **state)
{
    (void)state;
    /* The limit is 3.3 fen: 3.3 x 50 % + 0.7 = 2.35. A limit of 3 would give 2.5, hence 3. */
    assert_int_equal(kept("10%: 50%, rest: 100%", 33, 4), 2);
    /* 12 decimals: 999,999,999,999 x 0.000000000001 = 0.999999999999 fen lie below the limit. */
    assert_int_equal(kept("0.000000000001: 0, rest: 50%", 999999999999, 2), 1);
    /* 2 - 1.000000000001 = 0.999999999999, of which half is less than half a fen */
    assert_int_equal(kept("0.000000000001: 0, rest: 50%", 1000000000001, 2), 0);
}

static void the_largest_amounts_are_shared_exactly(void **state)
{
    (void)state;
    const bg_fen large = BG_SETTLEMENT_LIMIT; /* 144,115,188,075,855,871 */
    assert_int_equal(kept("50%: 100%, rest: 99.9999999999%", large, large),
                     144115188075783813); /* less 72,057,594,037,927,935.5 x 10^-12 = 72,057.594 */
}

static void a_share_may_be_of_the_payable_amount(void **state)
{
    (void)state;
    const char *steps =
        "  - share_surplus: {base: payable, bands: {10%: 100%, rest: 0}, apply: marginal}\n"
        "  - clear: {}\n";
    const unit given = {.payable = 500, .risk = 500};
    assert_int_equal(outcome(steps, BG_RESULT_result, given), 50);
    assert_int_equal(moved(steps, "pool", given), -1000 + 450);
}

static void the_rest_of_a_surplus_may_go_to_a_fund(void **state)
{
    (void)state;
    const char *steps = "  - share_surplus: {bands: {rest: 25%}, payer: risk}\n  - clear: {}\n";
    assert_int_equal(moved(steps, "risk", (unit){.payable = 400, .risk = 7}), 307);
}

static void an_overspend_passes_share_surplus_untouched(void **state)
{
    (void)state;
    assert_int_equal(kept("rest: 10%", 400, -50), -50);
}

/* ---- share_overspend ---- */

static bg_fen borne(const char *terms, unit given)
{
    char steps[256];
    snprintf(steps, sizeof steps, "  - share_overspend: {%s}\n  - clear: {}\n", terms);
    return outcome(steps, BG_RESULT_result, given);
}

static void overspend_beyond_the_last_band_stays_with_the_community(void **state)
{
    (void)state;
    const char *terms = "bands: {5%: 30%, 10%: 50%, rest: 100%}, apply: marginal";
    assert_int_equal(borne(terms, (unit){.payable = 10000, .expense = 10500}), -150);
    assert_int_equal(borne(terms, (unit){.payable = 10000, .expense = 10501}), -151); /* 150.5 */
    assert_int_equal(borne(terms, (unit){.payable = 10000, .expense = 11000}), -400);
    assert_int_equal(borne(terms, (unit){.payable = 10000, .expense = 11001}), -401);
    assert_int_equal(borne(terms, (unit){.payable = 10000, .expense = 20000}), -9400);
    assert_int_equal(borne(terms, (unit){.payable = 10000, .expense = 10000}), 0);
    assert_int_equal(borne(terms, (unit){.payable = 10000, .expense = 9000}), 1000);
}

static void the_pool_makes_up_what_a_short_fund_lacks(void **state)
{
    (void)state;
    const char *steps = "  - share_overspend: {bands: {rest: 40%}, payer: risk}\n  - clear: {}\n";
    const unit given = {.payable = 1000, .risk = 20, .risk_opening = 3, .expense = 1100};
    assert_int_equal(outcome(steps, BG_RESULT_result, given), -40);
    assert_int_equal(outcome(steps, BG_RESULT_shared, given), 60);
    assert_int_equal(moved(steps, "risk", given), -3);
    assert_int_equal(moved(steps, "pool", given), -1020 - 37);
}

static void the_community_bears_what_a_short_fund_lacks_if_the_plan_says_so(void **state)
{
    (void)state;
    const char *terms = "bands: {rest: 40%}, payer: risk, when_short: community";
    const unit short_fund = {.payable = 1000, .risk = 20, .risk_opening = 3, .expense = 1100};
    assert_int_equal(borne(terms, short_fund), -77);
    const unit full_fund = {.payable = 1000, .risk = 61, .expense = 1100};
    assert_int_equal(borne(terms, full_fund), -40);
}

/* ---- cap ---- */

static void a_gain_beyond_the_cap_goes_to_the_payer(void **state)
{
    (void)state;
    const char *steps = "  - cap: {gain: 10%, payer: risk}\n  - clear: {}\n";
    assert_int_equal(outcome(steps, BG_RESULT_result, (unit){.payable = 1000, .expense = 900}),
                     100);
    const unit beyond = {.payable = 1000, .expense = 899};
    assert_int_equal(outcome(steps, BG_RESULT_result, beyond), 100);
    assert_int_equal(outcome(steps, BG_RESULT_shared, beyond), -1);
    assert_int_equal(moved(steps, "risk", beyond), 1);
    assert_int_equal(outcome(steps, BG_RESULT_result, (unit){.payable = 1000, .expense = 5000}),
                     -4000);
}

static void a_loss_beyond_the_cap_is_paid_by_the_payer(void **state)
{
    (void)state;
    const char *steps = "  - cap: {loss: 10%}\n  - clear: {}\n";
    assert_int_equal(outcome(steps, BG_RESULT_result, (unit){.payable = 1000, .expense = 1100}),
                     -100);
    const unit beyond = {.payable = 1000, .expense = 1101};
    assert_int_equal(outcome(steps, BG_RESULT_result, beyond), -100);
    assert_int_equal(moved(steps, "pool", beyond), -1001);
    assert_int_equal(outcome(steps, BG_RESULT_result, (unit){.payable = 1000}), 1000);
}

static void a_cap_on_losses_may_end_with_the_fund(void **state)
{
    (void)state;
    const char *steps = "  - cap: {loss: 0, payer: risk, when_short: community}\n  - clear: {}\n";
    const unit given = {.payable = 1000, .risk = 30, .expense = 1100};
    assert_int_equal(outcome(steps, BG_RESULT_result, given), -70);
    assert_int_equal(moved(steps, "risk", given), 0);
}

/* ---- split ---- */

static void equal_remainders_go_to_the_name_first_in_byte_order(void **state)
{
    (void)state;
    test_plan plan = read_plan("  - split: {zhen: 25%, cun: 25%, xian: 50%}\n  - clear: {}\n");
    assert_string_equal(bg_plan_institution(plan.plan, 0), "zhen");
    settle(&plan, (unit){.payable = 1}); /* 0.25, 0.25, 0.5 */
    assert_int_equal(account(&plan, "xian"), 1);
    settle(&plan, (unit){.payable = 2}); /* 0.5, 0.5, 1 */
    assert_int_equal(account(&plan, "cun"), 1);
    assert_int_equal(account(&plan, "zhen"), 0);
    assert_int_equal(account(&plan, "xian"), 1);
    settle(&plan, (unit){.expense = 2});
    assert_int_equal(account(&plan, "cun"), -1);
    assert_int_equal(account(&plan, "zhen"), 0);
    assert_int_equal(account(&plan, "xian"), -1);
    test_plan_free(&plan);
}

static void without_a_split_the_result_stays_with_the_community(void **state)
{
    (void)state;
    const char *steps = "  - clear: {}\n";
    assert_int_equal(moved(steps, "community", (unit){.payable = 1000, .expense = 900}), 1000);
    assert_int_equal(outcome(steps, BG_RESULT_balance, (unit){.payable = 1000, .expense = 900}),
                     100);
}

static void without_a_share_step_the_balance_is_the_result(void **state)
{
    (void)state;
    assert_int_equal(outcome("  - split: {a: 100%}\n  - clear: {}\n", BG_RESULT_balance,
                             (unit){.payable = 5, .expense = 12}),
                     -7);
}

/* ---- clear ---- */

static void care_outside_and_instalments_come_off_the_entitlement(void **state)
{
    (void)state;
    const unit given = {
        .payable = 1000, .expense = 900, .outside = 250, .prepaid = 800, .patients = 77};
    assert_int_equal(outcome("  - clear: {}\n", BG_RESULT_entitlement, given), 1000);
    assert_int_equal(outcome("  - clear: {}\n", BG_RESULT_clearing, given), -50);
    assert_int_equal(moved("  - clear: {}\n", "outside", given), 250);
    assert_int_equal(moved("  - clear: {}\n", "patients", given), -77);
    assert_int_equal(moved("  - clear: {}\n", "community", given), 750 + 77);
}

#define PAYS_OUTSIDE "  - clear: {}\nbudget: {prepayment: {outside: community}}\n"

static void what_the_community_paid_outside_does_not_come_off(void **state)
{
    (void)state;
    const unit given = {.payable = 1000, .expense = 900, .outside = 250, .prepaid = 800};
    assert_int_equal(outcome(PAYS_OUTSIDE, BG_RESULT_entitlement, given), 1000);
    assert_int_equal(outcome(PAYS_OUTSIDE, BG_RESULT_clearing, given), 200);
    assert_int_equal(moved(PAYS_OUTSIDE, "outside", given), 250);
    assert_int_equal(moved(PAYS_OUTSIDE, "community", given), 750);
    assert_explained(PAYS_OUTSIDE, given,
                     "clearing: entitlement 10.00 less 8.00 prepaid, out of which the community "
                     "pays 2.50 outside; positive is paid to the community",
                     200, "");
}

static void a_fund_is_carried_on_until_the_contract_ends(void **state)
{
    (void)state;
    test_plan plan = read_plan("  - clear: {}\n");
    unit given = {.guarantee = 30, .risk = 20, .guarantee_opening = 1, .risk_opening = 4};
    settle(&plan, given);
    assert_int_equal(plan.block.fund_left[0][0], 31);
    assert_int_equal(plan.block.fund_closing[0][0], 0);
    assert_int_equal(plan.block.fund_left[1][0], 24);
    assert_int_equal(plan.block.fund_closing[1][0], 24);
    assert_int_equal(account(&plan, "guarantee"), -1);
    assert_int_equal(account(&plan, "risk"), 20);
    assert_int_equal(account(&plan, "pool"), -50 + 31);
    given.contract_end = true;
    settle(&plan, given);
    assert_int_equal(plan.block.fund_left[1][0], 24);
    assert_int_equal(plan.block.fund_closing[1][0], 0);
    assert_int_equal(account(&plan, "risk"), -4);
    assert_int_equal(account(&plan, "pool"), -50 + 31 + 24);
    test_plan_free(&plan);
}

/* ---- what may enter ---- */

static void assert_refused(unit given, bg_status status, const char *part)
{
    test_plan plan = read_plan("  - clear: {}\n");
    const size_t before = plan.errors.count;
    fill(&plan.block, &given);
    assert_int_equal(bg_settlement_apply(plan.plan, &plan.block, NULL, &plan.errors), status);
    assert_true(plan.errors.count > before);
    assert_int_equal(plan.errors.items[before].unit, 1);
    assert_says_among_others(plan.errors.items[before].message, part);
    test_plan_free(&plan);
}

static void inputs_that_cannot_be_are_refused(void **state)
{
    (void)state;
    assert_refused((unit){.expense = -1}, BG_RANGE, "expense is -0.01 yuan");
    assert_refused((unit){.prepaid = -1}, BG_RANGE, "prepaid");
    assert_refused((unit){.risk_opening = -5}, BG_RANGE, "risk");
    assert_refused((unit){.score = -1}, BG_RANGE, "the score is");
    assert_refused((unit){.score = POINTS(100) + 1}, BG_RANGE, "100.000000000001 points");
    assert_refused((unit){.expense = 10, .outside = 11}, BG_RANGE,
                   "outside 0.11 yuan is part of the expense 0.10 yuan");
    assert_refused((unit){.expense = 10, .disallowed = 4, .emergency = 4, .rebound = 3}, BG_RANGE,
                   "disallowed 0.04 yuan, emergency 0.04 yuan and rebound 0.03 yuan never overlap");
    assert_refused((unit){.expense = BG_SETTLEMENT_LIMIT + 1}, BG_OVERFLOW,
                   "expense is 1,441,151,880,758,558.72 yuan; a settlement can hold "
                   "1,441,151,880,758,558.71 yuan at most.");
}

static void no_amount_may_be_negative(void **state)
{
    (void)state;
    static const char *const names[] = {
#define NAME(name) #name,
        BG_SETTLEMENT_INPUTS(NAME)
#undef NAME
    };
    test_plan plan = read_plan(guangdong);
    for (size_t c = 0; c < BG_INPUT_COUNT; c++) {
        bg_errors errors;
        bg_errors_init(&errors);
        plan.block.input[c][0] = -1;
        assert_int_equal(bg_settlement_apply(plan.plan, &plan.block, NULL, &errors), BG_RANGE);
        assert_int_equal(errors.count, 1);
        assert_says_among_others(errors.items[0].message, names[c]);
        plan.block.input[c][0] = 0;
        bg_errors_free(&errors);
    }
    test_plan_free(&plan);
}

static void every_unit_of_a_block_is_examined(void **state)
{
    (void)state;
    static const struct {
        size_t unit;
        const char *sentence;
    } refusals[] = {{3, "the score is -"},
                    {2, "the year is -"},
                    {2, "expense is -"},
                    {3, "revenue is not given"}};
    test_plan plan = test_plan_read("  - clear: {}\ninputs:\n  revenue: money\n", 3);
    assert_int_equal(plan.status, BG_OK);
    const size_t before = plan.errors.count;
    plan.block.input[BG_INPUT_score][2] = -1;
    plan.block.input[BG_INPUT_year][1] = -1;
    plan.block.input[BG_INPUT_expense][1] = -1;
    plan.block.given[BG_INPUT_COUNT][0] = true;
    plan.block.given[BG_INPUT_COUNT][1] = true;
    assert_int_equal(bg_settlement_apply(plan.plan, &plan.block, NULL, &plan.errors), BG_RANGE);
    assert_int_equal(plan.errors.count, before + 4);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(plan.errors.items[before + i].unit, refusals[i].unit);
        assert_says_among_others(plan.errors.items[before + i].message, refusals[i].sentence);
    }
    test_plan_free(&plan);
}

static void parts_may_be_the_whole(void **state)
{
    (void)state;
    const unit given = {.expense = 10,
                        .disallowed = 3,
                        .emergency = 4,
                        .rebound = 3,
                        .outside = 10,
                        .score = POINTS(100)};
    assert_int_equal(outcome("  - clear: {}\n", BG_RESULT_result, given), -10);
}

static void a_budget_that_is_not_its_parts_is_refused(void **state)
{
    (void)state;
    test_plan plan = test_plan_read(guangdong, 3);
    plan.block.input[BG_INPUT_budget][2] = 1;
    assert_int_equal(bg_settlement_apply(plan.plan, &plan.block, NULL, &plan.errors), BG_RANGE);
    assert_int_equal(plan.errors.items[0].unit, 3);
    assert_says_among_others(plan.errors.items[0].message, "payable 0.00");
    test_plan_free(&plan);
}

static void a_wrong_sum_is_reported_as_a_fault_of_the_program(void **state)
{
    (void)state;
    test_plan plan = read_plan(guangdong);
    settle(&plan, example);
    assert_int_equal(
        bg_settlement_verify(&plan.block, plan.block.input[BG_INPUT_payable], &plan.errors), BG_OK);
    plan.block.account[BG_ACCOUNT_POOL][0] += 1;
    assert_int_equal(
        bg_settlement_verify(&plan.block, plan.block.input[BG_INPUT_payable], &plan.errors),
        BG_INTERNAL);
    assert_says_among_others(plan.errors.items[0].message, "add up to 0.01 yuan");
    plan.block.account[BG_ACCOUNT_POOL][0] -= 1;
    plan.block.result[BG_RESULT_shared][0] += 1;
    assert_int_equal(
        bg_settlement_verify(&plan.block, plan.block.input[BG_INPUT_payable], &plan.errors),
        BG_INTERNAL);
    assert_int_equal(plan.errors.items[1].unit, 1);
    assert_says_among_others(plan.errors.items[1].message,
                             "the entitlement is 116,692,100.00 yuan by the expense but "
                             "116,692,100.01 by the payments");
    test_plan_free(&plan);
}

static void a_block_too_large_for_memory_is_refused(void **state)
{
    (void)state;
    test_plan plan = read_plan("  - clear: {}\n");
    bg_settlement_block block;
    assert_int_equal(bg_settlement_block_init(&block, plan.plan, SIZE_MAX / 16), BG_MEMORY);
    bg_settlement_block_free(&block);
    bg_settlement_block_free(&block);
    test_plan_free(&plan);
    bg_plan_free(NULL);
}

/* ---- reading ---- */

static void assert_unreadable(const char *steps, bg_status status, int line_number,
                              const char *part)
{
    test_plan plan = test_plan_read(steps, 1);
    assert_int_equal(plan.status, status);
    assert_null(plan.plan);
    assert_int_equal(plan.errors.error_count, 1);
    assert_says_among_others(plan.errors.items[0].message, part);
    assert_int_equal(plan.errors.items[0].line, line_number);
    assert_string_equal(plan.errors.items[0].file, "plan.yaml");
    test_plan_free(&plan);
}

static void a_name_that_is_no_fund_or_account_is_refused(void **state)
{
    (void)state;
    assert_unreadable("  - release: {fund: garantee}\n  - clear: {}\n", BG_INVALID, 3,
                      "no fund \"garantee\"; budget.funds holds \"guarantee\", \"risk\".");
    assert_unreadable("  - release:\n      rest: bank\n  - clear: {}\n", BG_INVALID, 4,
                      "\"bank\" cannot stand here; allowed are \"pool\", \"guarantee\", \"risk\".");
    assert_unreadable("  - share_overspend: {payer: community}\n  - clear: {}\n", BG_INVALID, 3,
                      "\"community\" cannot stand here");
}

static void bands_must_rise_and_end_with_rest(void **state)
{
    (void)state;
    const char *falling = "  - share_surplus:\n      bands:\n        10%: 1\n        5%: 0\n"
                          "        rest: 0\n  - clear: {}\n";
    assert_unreadable(falling, BG_RANGE, 6, "must rise");
    assert_unreadable("  - share_surplus: {bands: {5%: 1}}\n  - clear: {}\n", BG_MISSING, 3,
                      "add \"rest\"");
    assert_unreadable("  - share_surplus: {bands: {rest: 1, 5%: 1}}\n  - clear: {}\n", BG_RANGE, 3,
                      "comes last");
}

static void tiers_must_fall(void **state)
{
    (void)state;
    assert_unreadable("  - release: {by_score: {60: 50%, 80: 90%}}\n  - clear: {}\n", BG_RANGE, 3,
                      "must fall");
}

static void a_release_has_a_share_or_tiers_but_not_both(void **state)
{
    (void)state;
    assert_unreadable("  - release: {share: 40%, by_score: {60: 50%}}\n  - clear: {}\n", BG_INVALID,
                      3, "keep one of them.");
}

static void a_cap_must_limit_something(void **state)
{
    (void)state;
    assert_unreadable("  - cap: {}\n  - clear: {}\n", BG_MISSING, 3, "\"gain\", \"loss\" or both");
}

static void shares_of_a_split_must_add_up_to_one(void **state)
{
    (void)state;
    assert_unreadable("  - split: {a: 33.3%, b: 33.3%, c: 33.3%}\n  - clear: {}\n", BG_RANGE, 3,
                      "add up to 99.9% instead of 100%");
    assert_unreadable("  - split:\n      a: 60%\n      b: 60%\n  - clear: {}\n", BG_RANGE, 4,
                      "add up to 120% instead of 100%");
}

static void no_share_may_exceed_the_whole(void **state)
{
    (void)state;
    assert_unreadable("  - share_surplus:\n      bands: {rest: 120%}\n  - clear: {}\n", BG_RANGE, 4,
                      "120%");
    assert_unreadable("  - release:\n      share: 100.1%\n  - clear: {}\n", BG_RANGE, 4, "100.1%");
}

static void an_institution_cannot_bear_the_name_of_an_account(void **state)
{
    (void)state;
    assert_unreadable("  - split: {risk: 50%, b: 50%}\n  - clear: {}\n", BG_INVALID, 3,
                      "\"risk\" is the name of another account");
    assert_unreadable("  - split: {outside: 100%}\n  - clear: {}\n", BG_INVALID, 3,
                      "\"outside\" is the name of another account");
}

static void steps_must_stand_in_an_order_that_makes_sense(void **state)
{
    (void)state;
    assert_unreadable("  - disallow: {}\n", BG_MISSING, 3, "does not end with \"clear\"");
    assert_unreadable("  - clear: {}\n  - disallow: {}\n", BG_INVALID, 4,
                      "\"disallow\" stands after \"clear\" (step 1)");
    assert_unreadable("  - split: {a: 1}\n  - share_surplus: {}\n  - clear: {}\n", BG_INVALID, 4,
                      "\"share_surplus\" stands after \"split\" (step 1)");
    assert_unreadable("  - split: {a: 1}\n  - split: {b: 1}\n  - clear: {}\n", BG_INVALID, 4,
                      "\"split\" stands after \"split\"");
    assert_unreadable("  - disallow: {}\n  - disallow: {}\n  - clear: {}\n", BG_INVALID, 4,
                      "step 1 is a \"disallow\" already");
}

static void all_faults_of_a_plan_are_reported_at_once(void **state)
{
    (void)state;
    test_plan plan = test_plan_read("  - release: {fund: a, rest: b}\n"
                                    "  - share_surplus: {bands: {5%: 1}}\n"
                                    "  - split: {c: 99%}\n",
                                    1);
    assert_int_equal(plan.errors.error_count, 5);
    test_plan_free(&plan);
}

#define STEPS_TEXT 4096

__attribute__((format(printf, 2, 3))) static void append(char steps[STEPS_TEXT], const char *format,
                                                         ...)
{
    const size_t length = strlen(steps);
    va_list arguments;
    va_start(arguments, format);
    const int added = vsnprintf(steps + length, STEPS_TEXT - length, format, arguments);
    va_end(arguments);
    assert_true(added >= 0 && length + (size_t)added < STEPS_TEXT);
}

static void a_plan_may_have_64_steps_and_no_more(void **state)
{
    (void)state;
    char steps[STEPS_TEXT] = "";
    for (size_t i = 0; i < BG_MAX_STEPS; i++) {
        append(steps, "  - cap: {gain: 10%%}\n");
    }
    append(steps, "  - clear: {}\n");
    assert_unreadable(steps, BG_LIMIT, 3, "the plan has 65 steps; 64 are allowed");
    test_plan plan = read_plan(strchr(steps, '\n') + 1);
    test_plan_free(&plan);
}

static void write_tiers(char steps[STEPS_TEXT], int count)
{
    steps[0] = '\0';
    append(steps, "  - release:\n      by_score: {");
    for (int i = count; i > 0; i--) {
        append(steps, "%d: 0%s", i, i > 1 ? ", " : "}\n  - clear: {}\n");
    }
}

static void write_bands(char steps[STEPS_TEXT], int count)
{
    steps[0] = '\0';
    append(steps, "  - share_surplus:\n      bands: {");
    for (int i = 1; i < count; i++) {
        append(steps, "%d%%: 0, ", i);
    }
    append(steps, "rest: 0}\n  - clear: {}\n");
}

static void write_institutions(char steps[STEPS_TEXT], int count)
{
    steps[0] = '\0';
    append(steps, "  - split: {i0: 100%%");
    for (int i = 1; i < count; i++) {
        append(steps, ", i%d: 0", i);
    }
    append(steps, "}\n  - clear: {}\n");
}

static void tables_may_be_as_long_as_they_may_and_no_longer(void **state)
{
    (void)state;
    static const struct {
        void (*write)(char steps[STEPS_TEXT], int count);
        int most, line;
        const char *refusal;
    } tables[] = {
        {write_tiers, 32, 4, "there are 33 tiers; 32 are allowed."},
        {write_bands, 32, 4, "there are 33 bands; 32 are allowed."},
        {write_institutions, 64, 3, "more than 64 institutions."},
    };
    char steps[STEPS_TEXT];
    for (size_t t = 0; t < sizeof tables / sizeof tables[0]; t++) {
        tables[t].write(steps, tables[t].most);
        test_plan plan = read_plan(steps);
        settle(&plan, (unit){.payable = 100});
        test_plan_free(&plan);
        tables[t].write(steps, tables[t].most + 1);
        assert_unreadable(steps, BG_LIMIT, tables[t].line, tables[t].refusal);
    }
}

static void a_kind_without_a_program_is_reported(void **state)
{
    (void)state;
    bg_node step = {.key = "levitate", .text = "levitate", .kind = BG_NODE_MAP};
    const bg_node steps = {.kind = BG_NODE_LIST, .child = &step};
    bg_errors errors;
    bg_errors_init(&errors);
    bg_plan *plan;
    assert_int_equal(bg_plan_build(&(bg_plan_source){.steps = &steps}, &plan, &errors),
                     BG_INTERNAL);
    assert_null(plan);
    assert_says_among_others(errors.items[0].message, "\"levitate\"");
    bg_errors_free(&errors);
}

static void a_fund_that_nothing_uses_is_pointed_out(void **state)
{
    (void)state;
    test_plan plan = read_plan("  - cover_emergency: {fund: risk}\n  - clear: {}\n");
    assert_int_equal(plan.errors.count, 1);
    assert_true(plan.errors.items[0].warning);
    assert_says_among_others(plan.errors.items[0].message,
                             "no step uses the fund \"guarantee\" and it does not carry over");
    test_plan_free(&plan);
}

static void charts_can_ask_for_the_bands(void **state)
{
    (void)state;
    test_plan plan = read_plan(guangdong);
    bg_decimal limits[4], shares[4];
    assert_int_equal(bg_plan_bands(plan.plan, "share_overspend", 4, limits, shares), 3);
    assert_int_equal(limits[0], BG_ONE / 20);
    assert_int_equal(limits[1], BG_ONE / 10);
    assert_int_equal(limits[2], BG_DECIMAL_MAX * BG_ONE);
    assert_int_equal(shares[0], 3 * BG_ONE / 10);
    assert_int_equal(shares[2], BG_ONE);
    assert_int_equal(bg_plan_bands(plan.plan, "share_surplus", 1, limits, shares), 1);
    assert_int_equal(bg_plan_bands(plan.plan, "cap", 4, limits, shares), 0);
    test_plan_free(&plan);
    plan = read_plan("  - share_surplus: {bands: {rest: 7%}}\n  - clear: {}\n");
    assert_int_equal(bg_plan_bands(plan.plan, "share_surplus", 4, limits, shares), 1);
    assert_int_equal(shares[0], 7 * BG_ONE / 100);
    assert_int_equal(bg_plan_bands(plan.plan, "share_overspend", 4, limits, shares), 0);
    test_plan_free(&plan);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(the_worked_example_settles_to_the_fen),
    cmocka_unit_test(three_totals_and_the_default_plan_give_the_worked_example),
    cmocka_unit_test(a_fund_cannot_bear_the_name_of_an_account),
    cmocka_unit_test(a_plan_cannot_use_a_fund_that_the_budget_does_not_hold),
    cmocka_unit_test(the_accounts_stand_in_a_fixed_order),
    cmocka_unit_test(the_worked_example_is_explained_line_by_line),
    cmocka_unit_test(replaying_the_explanation_gives_the_accounts),
    cmocka_unit_test(a_release_is_explained_with_its_tier_or_share),
    cmocka_unit_test(a_rate_is_explained_with_the_line_of_the_tier_reached),
    cmocka_unit_test(bands_are_explained_with_exact_limits_and_parts),
    cmocka_unit_test(a_payer_is_explained_with_what_it_holds),
    cmocka_unit_test(a_cap_is_explained_with_its_limit),
    cmocka_unit_test(the_end_of_a_year_is_explained),
    cmocka_unit_test(several_units_are_explained_one_by_one),
    cmocka_unit_test(disallowed_expense_is_borne_in_full_and_not_shared),
    cmocka_unit_test(without_a_disallow_step_all_expense_is_shared),
    cmocka_unit_test(a_score_exactly_at_a_bound_reaches_its_tier),
    cmocka_unit_test(a_score_below_all_bounds_releases_nothing),
    cmocka_unit_test(a_share_is_rounded_half_a_fen_upwards),
    cmocka_unit_test(a_release_without_terms_is_in_full),
    cmocka_unit_test(what_is_not_released_goes_where_the_plan_says),
    cmocka_unit_test(a_second_release_finds_what_the_first_left_in_the_fund),
    cmocka_unit_test(an_emergency_is_covered_up_to_the_least_of_fund_expense_and_overspend),
    cmocka_unit_test(a_rebound_is_covered_only_if_the_plan_says_so),
    cmocka_unit_test(a_second_fund_covers_only_what_the_first_left),
    cmocka_unit_test(a_surplus_is_kept_in_full_up_to_the_edge_of_the_first_band),
    cmocka_unit_test(each_band_takes_its_share_of_its_own_part),
    cmocka_unit_test(bands_are_summed_before_the_one_rounding),
    cmocka_unit_test(the_limit_of_a_band_is_not_rounded),
    cmocka_unit_test(the_largest_amounts_are_shared_exactly),
    cmocka_unit_test(a_share_may_be_of_the_payable_amount),
    cmocka_unit_test(the_rest_of_a_surplus_may_go_to_a_fund),
    cmocka_unit_test(an_overspend_passes_share_surplus_untouched),
    cmocka_unit_test(overspend_beyond_the_last_band_stays_with_the_community),
    cmocka_unit_test(the_pool_makes_up_what_a_short_fund_lacks),
    cmocka_unit_test(the_community_bears_what_a_short_fund_lacks_if_the_plan_says_so),
    cmocka_unit_test(a_gain_beyond_the_cap_goes_to_the_payer),
    cmocka_unit_test(a_loss_beyond_the_cap_is_paid_by_the_payer),
    cmocka_unit_test(a_cap_on_losses_may_end_with_the_fund),
    cmocka_unit_test(equal_remainders_go_to_the_name_first_in_byte_order),
    cmocka_unit_test(without_a_split_the_result_stays_with_the_community),
    cmocka_unit_test(without_a_share_step_the_balance_is_the_result),
    cmocka_unit_test(care_outside_and_instalments_come_off_the_entitlement),
    cmocka_unit_test(what_the_community_paid_outside_does_not_come_off),
    cmocka_unit_test(a_fund_is_carried_on_until_the_contract_ends),
    cmocka_unit_test(inputs_that_cannot_be_are_refused),
    cmocka_unit_test(no_amount_may_be_negative),
    cmocka_unit_test(every_unit_of_a_block_is_examined),
    cmocka_unit_test(parts_may_be_the_whole),
    cmocka_unit_test(a_budget_that_is_not_its_parts_is_refused),
    cmocka_unit_test(a_wrong_sum_is_reported_as_a_fault_of_the_program),
    cmocka_unit_test(a_block_too_large_for_memory_is_refused),
    cmocka_unit_test(a_name_that_is_no_fund_or_account_is_refused),
    cmocka_unit_test(bands_must_rise_and_end_with_rest),
    cmocka_unit_test(tiers_must_fall),
    cmocka_unit_test(a_release_has_a_share_or_tiers_but_not_both),
    cmocka_unit_test(a_cap_must_limit_something),
    cmocka_unit_test(shares_of_a_split_must_add_up_to_one),
    cmocka_unit_test(no_share_may_exceed_the_whole),
    cmocka_unit_test(an_institution_cannot_bear_the_name_of_an_account),
    cmocka_unit_test(steps_must_stand_in_an_order_that_makes_sense),
    cmocka_unit_test(all_faults_of_a_plan_are_reported_at_once),
    cmocka_unit_test(a_plan_may_have_64_steps_and_no_more),
    cmocka_unit_test(tables_may_be_as_long_as_they_may_and_no_longer),
    cmocka_unit_test(a_kind_without_a_program_is_reported),
    cmocka_unit_test(a_fund_that_nothing_uses_is_pointed_out),
    cmocka_unit_test(charts_can_ask_for_the_bands),
};

int main(void)
{
    return cmocka_run_group_tests(tests, NULL, NULL);
}
