/* Several accounts that get, or pay, what the community does not. Amounts are in fen and worked by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/plan.h"
#include "../../support/says.h"

#include <stdio.h>

#define CLEAR     "  - clear: {}\n"
#define PAYERS    "settlement_payers: [finance, charity]\n"
#define OVERSPEND "  - share_overspend: {bands: {rest: 0}, "

static test_plan read(const char *steps, size_t n)
{
    test_plan plan = test_plan_read(steps, n);
    for (size_t i = 0; i < plan.errors.count && plan.status; i++) {
        print_error("%s\n", plan.errors.items[i].message);
    }
    assert_int_equal(plan.status, BG_OK);
    return plan;
}

/* A unit with that balance, whose funds hold 50 and 30. */
static void put(test_plan *plan, size_t unit, bg_fen balance)
{
    plan->block.input[BG_INPUT_budget][unit] = 10080;
    plan->block.input[BG_INPUT_payable][unit] = 10000;
    plan->block.input[BG_INPUT_expense][unit] = 10000 - balance;
    plan->block.input[BG_INPUT_year][unit] = 2025 * BG_ONE;
    plan->block.fund_added[0][unit] = 50;
    plan->block.fund_added[1][unit] = 30;
}

static void give(test_plan *plan, const char *input, size_t unit, int64_t value)
{
    const int index = bg_plan_input_index(plan->plan, input);
    plan->block.input[index][unit] = value;
    plan->block.given[index][unit] = 1;
}

static bg_status settle(test_plan *plan, bg_trace *trace)
{
    return bg_settlement_apply(plan->plan, &plan->block, trace, &plan->errors);
}

static bg_fen account(const test_plan *plan, const char *name, size_t unit)
{
    const int index = bg_plan_account_index(plan->plan, name);
    assert_true(index >= 0);
    return plan->block.account[index][unit];
}

static void assert_last_error(const test_plan *plan, const char *words)
{
    assert_says_among_others(plan->errors.items[plan->errors.count - 1].message, words);
}

/* What pool, finance and charity have moved of a unit with that balance, the budget apart. */
static void assert_moved(const char *steps, bg_fen balance, bg_fen pool, bg_fen finance,
                         bg_fen charity)
{
    test_plan plan = read(steps, 1);
    put(&plan, 0, balance);
    assert_int_equal(settle(&plan, NULL), BG_OK);
    assert_int_equal(account(&plan, "pool", 0) + 10080 - plan.block.fund_left[0][0], pool);
    assert_int_equal(account(&plan, "finance", 0), finance);
    assert_int_equal(account(&plan, "charity", 0), charity);
    test_plan_free(&plan);
}

/* ---- proportions ---- */

/* 101 as 50, 25 and 25: 50.5, 25.25 and 25.25; the fen that is left goes to the larger remainder. 102 as thirds of
 * 33.3, 33.3 and 33.4 %: 33.966, 33.966 and 34.068; two are left, of which those of finance and charity have the larger
 * remainders. */
static void parts_add_up_by_largest_remainder_and_name(void **state)
{
    (void)state;
    static const char halves[] =
        OVERSPEND "payers: {pool: 50%, finance: 25%, charity: 25%}}\n" CLEAR PAYERS;
    static const char thirds[] =
        OVERSPEND "payers: {finance: 33.3%, pool: 33.4%, charity: 33.3%}}\n" CLEAR PAYERS;
    assert_moved(halves, -101, -51, -25, -25);
    assert_moved(thirds, -102, -34, -34, -34);
    assert_moved(halves, 101, 0, 0, 0);
    /* 1 as 50, 25, 25: the pool's remainder is the largest; 2: 1, 0.5, 0.5, and "charity" comes first. */
    assert_moved(halves, -1, -1, 0, 0);
    assert_moved(halves, -2, -1, 0, -1);
}

static void every_step_with_a_payer_divides_what_it_moves(void **state)
{
    (void)state;
    static const char payers[] = "payers: {pool: 60%, finance: 40%}";
    static const struct {
        const char *step;
        bg_fen balance, pool, finance;
    } cases[] = {
        {"share_surplus: {bands: {rest: 50%}, ", 200, 60, 40},
        {"share_overspend: {bands: {rest: 50%}, ", -200, -60, -40},
        {"deduct: {gain: 10%, loss: 20%, ", 1000, 60, 40},
        {"deduct: {gain: 10%, loss: 20%, ", -1000, -120, -80},
        {"corridor: {base: payable, minimum_saving: 2%, minimum_loss: 2%, ", 150, 90, 60},
        {"corridor: {base: payable, minimum_saving: 2%, minimum_loss: 2%, ", -150, -90, -60},
        {"cap: {base: payable, gain: 1%, loss: 1%, ", 150, 30, 20},
        {"cap: {base: payable, gain: 1%, loss: 1%, ", -150, -30, -20},
        {"credit: {input: payable, rate: 1%, ", 0, -60, -40},
        {"charge: {input: payable, rate: 1%, ", 0, 60, 40},
        {"relief: {input: payable, ", -300, -180, -120},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[300];
        snprintf(text, sizeof text, "  - %s%s}\n" CLEAR PAYERS, cases[i].step, payers);
        assert_moved(text, cases[i].balance, cases[i].pool, cases[i].finance, 0);
    }
}

static void what_they_get_and_what_they_pay_may_be_divided_differently(void **state)
{
    (void)state;
    static const char steps[] =
        "  - deduct: {gain: 100%, loss: 100%, payers: {pool: {gain: 100%, loss: 30%}, "
        "finance: {gain: 0%, loss: 70%}}}\n" CLEAR PAYERS;
    assert_moved(steps, 100, 100, 0, 0);
    assert_moved(steps, -100, -30, -70, 0);
}

/* Amounts of 300 and 100 weigh 3 to 1, with half of the first 3 to 2. A unit with nothing to divide needs no weights. */
static void weights_come_from_inputs(void **state)
{
    (void)state;
    test_plan plan = read(
        OVERSPEND "payers: {pool: {input: saved, times: 50%}, finance: {input: other}}}\n" CLEAR
                  "inputs: {saved: money, other: money}\n" PAYERS,
        3);
    for (size_t u = 0; u < 3; u++) {
        put(&plan, u, u == 2 ? 0 : -100);
        give(&plan, "saved", u, u == 0 ? 300 : 0);
        give(&plan, "other", u, u == 2 ? 0 : 100);
    }
    assert_int_equal(settle(&plan, NULL), BG_OK);
    assert_int_equal(account(&plan, "finance", 0), -40);
    assert_int_equal(account(&plan, "finance", 1), -100);
    assert_int_equal(account(&plan, "finance", 2), 0);
    test_plan_free(&plan);
}

static void weights_of_nothing_divide_nothing(void **state)
{
    (void)state;
    test_plan plan =
        read(OVERSPEND "payers: {pool: {input: saved}, finance: {input: other}}}\n" CLEAR
                       "inputs: {saved: money, other: money}\n" PAYERS,
             1);
    put(&plan, 0, -100);
    give(&plan, "saved", 0, 0);
    give(&plan, "other", 0, 0);
    assert_int_equal(settle(&plan, NULL), BG_RANGE);
    assert_last_error(&plan, "1.00 are to be divided among the payers, but their weights are all "
                             "zero");
    test_plan_free(&plan);
}

static void a_weight_that_no_number_holds_is_refused(void **state)
{
    (void)state;
    test_plan plan = read(
        OVERSPEND "payers: {pool: {input: saved, times: 1000000}, finance: {input: saved}}}\n" CLEAR
                  "inputs: {saved: money}\n" PAYERS,
        1);
    put(&plan, 0, -100);
    give(&plan, "saved", 0, INT64_C(100000000000000));
    assert_int_equal(settle(&plan, NULL), BG_OVERFLOW);
    assert_last_error(&plan, "saved times 1000000 is too large for a weight");
    test_plan_free(&plan);
}

static void shares_of_a_year_must_be_whole_too(void **state)
{
    (void)state;
    test_plan plan =
        read(OVERSPEND "payers: {pool: {2024: 50%, later: 40%}, finance: 50%}}\n" CLEAR PAYERS, 1);
    put(&plan, 0, -100);
    assert_int_equal(settle(&plan, NULL), BG_RANGE);
    assert_last_error(&plan, "add up to 90% for this unit");
    plan.block.input[BG_INPUT_year][0] = 2024 * BG_ONE;
    assert_int_equal(settle(&plan, NULL), BG_OK);
    assert_int_equal(account(&plan, "finance", 0), -50);
    test_plan_free(&plan);
}

/* ---- funds among them ---- */

/* Of 200 each fund is to pay 80, and holds 50 and 30. What they lack is the pool's, or the community's. */
static void a_fund_pays_its_part_as_far_as_it_goes(void **state)
{
    (void)state;
    static const char *const lacks[] = {"", ", when_short: community"};
    static const bg_fen pool[] = {-120, -40}, left[] = {0, -80};
    for (size_t i = 0; i < 2; i++) {
        char text[300];
        snprintf(text, sizeof text,
                 OVERSPEND "payers: {risk: 40%%, guarantee: 40%%, pool: 20%%}%s}\n" CLEAR,
                 lacks[i]);
        test_plan plan = read(text, 1);
        put(&plan, 0, -200);
        assert_int_equal(settle(&plan, NULL), BG_OK);
        assert_int_equal(account(&plan, "pool", 0) + 10080, pool[i]);
        assert_int_equal(plan.block.fund_left[0][0], 0);
        assert_int_equal(plan.block.fund_left[1][0], 0);
        assert_int_equal(plan.block.result[BG_RESULT_result][0], left[i]);
        test_plan_free(&plan);
    }
}

/* Two communities want 60 and 30 of the risk fund, which holds 60 of both: 40 and 20, and 40 and 20 of finance. Told
 * unit by unit it is the same. */
static void a_shared_fund_may_be_one_of_them(void **state)
{
    (void)state;
    test_plan plan = test_plan_read_shared(
        OVERSPEND "payers: {finance: 40%, risk: 60%}, when_short: community}\n" CLEAR PAYERS, 2,
        BG_SHARED_PRO_RATA);
    assert_int_equal(plan.status, BG_OK);
    plan.block.communities = 2;
    put(&plan, 0, -100);
    put(&plan, 1, -50);
    bg_trace traces[2] = {{0}, {0}};
    assert_int_equal(settle(&plan, traces), BG_OK);
    static const bg_fen fund[] = {40, 20}, finance[] = {40, 20};
    for (size_t u = 0; u < 2; u++) {
        assert_int_equal(account(&plan, "finance", u), -finance[u]);
        assert_int_equal(account(&plan, "risk", u), 30 - fund[u]);
        assert_int_equal(plan.block.result[BG_RESULT_result][u], -(u ? 10 : 20));
        bg_trace_free(&traces[u]);
    }
    test_plan_free(&plan);
}

/* Of 180 and 90 each fund is to pay half: of the 60 that all risk funds hold 40 and 20, of the 100 that the guarantee
 * funds hold all. */
static void two_shared_funds_may_pay_at_one_step(void **state)
{
    (void)state;
    test_plan plan = test_plan_read_shared(OVERSPEND "payers: {risk: 50%, guarantee: 50%}}\n" CLEAR,
                                           2, BG_SHARED_PRO_RATA);
    assert_int_equal(plan.status, BG_OK);
    plan.plan->fund[0].shared = BG_SHARED_PRO_RATA;
    plan.block.communities = 2;
    put(&plan, 0, -180);
    put(&plan, 1, -90);
    bg_trace traces[2] = {{0}, {0}};
    assert_int_equal(settle(&plan, traces), BG_OK);
    static const bg_fen risk[] = {40, 20}, guarantee[] = {67, 33};
    for (size_t u = 0; u < 2; u++) {
        assert_int_equal(account(&plan, "risk", u), 30 - risk[u]);
        assert_int_equal(plan.block.fund_left[0][u], 50 - guarantee[u]);
        bg_fen drawn[2] = {0};
        for (size_t i = 0; i < traces[u].count; i++) {
            const bg_posting *line = &traces[u].items[i];
            for (int f = 0; f < 2; f++) {
                drawn[f] += line->from == bg_plan_fund_account((size_t)f) ? line->amount : 0;
            }
        }
        assert_int_equal(drawn[1], risk[u]);
        assert_true(drawn[0] >= guarantee[u]); /* with what goes back to the pool */
        bg_trace_free(&traces[u]);
    }
    test_plan_free(&plan);
}

/* The account of a unit that the first step with it does not apply to is zero. */
static void a_further_payer_has_paid_nothing_for_units_that_no_step_is_for(void **state)
{
    (void)state;
    test_plan plan = read(
        "  - credit: {input: payable, rate: 1%, payer: finance, when: {score: {from: 50}}}\n" CLEAR
            PAYERS,
        2);
    put(&plan, 0, 0);
    put(&plan, 1, 0);
    plan.block.input[BG_INPUT_score][1] = 60 * BG_ONE;
    assert_int_equal(settle(&plan, NULL), BG_OK);
    assert_int_equal(account(&plan, "finance", 0), 0);
    assert_int_equal(account(&plan, "finance", 1), -100);
    test_plan_free(&plan);
}

/* ---- words ---- */

/* The last of that amount: where words are numbers, others before it may have the same. */
static const bg_posting *find(const bg_trace *trace, const bg_plan *plan, const char *words,
                              bg_fen amount)
{
    for (size_t i = trace->count; i > 0; i--) {
        if (posting_says(&trace->items[i - 1], plan, words) &&
            trace->items[i - 1].amount == amount) {
            return &trace->items[i - 1];
        }
    }
    fail_msg("no line of that amount says: %s", words);
    return NULL;
}

static void each_payer_has_a_line_with_its_share(void **state)
{
    (void)state;
    test_plan plan = read(OVERSPEND "payers: {risk: 40%, pool: 60%}}\n" CLEAR, 1);
    put(&plan, 0, -101);
    bg_trace trace = {0};
    assert_int_equal(settle(&plan, &trace), BG_OK);
    const bg_posting *fund = find(&trace, plan.plan, "risk: 40% of 1.01; risk holds 0.30", 30);
    const bg_posting *pool = find(
        &trace, plan.plan,
        "pool: 60% of 1.01; rounded down, and a fen that was left over (largest remainder)", 61);
    assert_posting_rate(fund, "40%");
    assert_non_null(pool);
    assert_posting_says_in_chinese(fund, plan.plan, "risk：40%，基数1.01；risk现有0.30");
    bg_trace_free(&trace);
    test_plan_free(&plan);
}

static void a_weight_is_told_in_its_unit(void **state)
{
    (void)state;
    static const char *const inputs[] = {"inputs: {a: money, b: money}\n",
                                         "inputs: {a: number, b: number}\n"};
    static const char *const words[] = {"pool: 75% of 2.00; by the weight a 3.00",
                                        "pool: 75% of 2.00; by the weight a 3"};
    static const int64_t one[] = {100, BG_ONE};
    for (size_t i = 0; i < 2; i++) {
        char text[300];
        snprintf(text, sizeof text,
                 "  - share_surplus: {bands: {rest: 0%%}, payers: {pool: {input: a}, finance: "
                 "{input: b}}}\n" CLEAR PAYERS "%s",
                 inputs[i]);
        test_plan plan = read(text, 1);
        put(&plan, 0, 200);
        give(&plan, "a", 0, 3 * one[i]);
        give(&plan, "b", 0, one[i]);
        bg_trace trace = {0};
        assert_int_equal(settle(&plan, &trace), BG_OK);
        assert_non_null(find(&trace, plan.plan, words[i], 150));
        bg_trace_free(&trace);
        test_plan_free(&plan);
    }
}

/* ---- what is refused ---- */

static void what_cannot_be_payers_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *steps, *words;
    } cases[] = {
        {OVERSPEND "payers: {pool: 60%, finance: 30%}}\n" CLEAR PAYERS,
         "the shares of the payers add up to 90% instead of 100%"},
        {OVERSPEND
         "payers: {pool: {gain: 100%, loss: 50%}, finance: {gain: 0%, loss: 60%}}}\n" CLEAR PAYERS,
         "the shares of the payers add up to 110% instead of 100%"},
        {OVERSPEND "payer: risk, payers: {pool: 100%}}\n" CLEAR, "`payer` names \"risk\" as well"},
        {OVERSPEND "payers: {pool: 60%, finance: 40%}}\n" CLEAR,
         "\"finance\" cannot stand here; allowed are \"pool\", \"guarantee\", \"risk\"."},
        {OVERSPEND "payers: {pool: 60%, nobody: 40%}}\n" CLEAR PAYERS,
         "allowed are \"pool\", \"guarantee\", \"risk\", \"finance\", \"charity\"."},
        {OVERSPEND "payers: {pool: {input: a}, risk: 40%}}\n" CLEAR "inputs: {a: number}\n",
         "\"risk\" has a share and others weights from inputs"},
        {OVERSPEND "payers: {pool: {input: a}, risk: {input: b}}}\n" CLEAR
                   "inputs: {a: number, b: money}\n",
         "\"risk\" is weighed by an input of another kind than the first payer"},
        {OVERSPEND "payers: {pool: {input: b, ceiling: 50%}, risk: {input: b}}}\n" CLEAR
                   "inputs: {b: money}\n",
         "`ceiling` is a rate and cannot bound the amount \"b\""},
        {"  - share_surplus: {bands: {rest: 0%}, payers: {pool: 60%, guarantee: 40%}}\n" CLEAR,
         "no later step draws on the fund \"guarantee\""},
        {CLEAR "settlement_payers: [risk]\n", "\"risk\" is the name of another account"},
        {CLEAR "settlement_payers: [a, a]\n", "\"a\" is the name of another account"},
        {"  - split: {finance: 100%}\n" CLEAR PAYERS,
         "\"finance\" is the name of another account; choose another name for the institution"},
        {CLEAR "settlement_payers: [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q]\n",
         "17 payers beside pool and funds; at most 16 are possible"},
        {"  - pots: {parts: {health: {own_money: true, money: m, expense: m}, rest: {}}}\n" CLEAR
         "inputs: {m: money}\n"
         "settlement_payers: [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p]\n",
         "more than 16 accounts of money that is not the fund's"},
        {"  - pots: {parts: {health: {own_money: true, money: m, expense: m}, rest: {}}}\n"
         "  - share_surplus: {pot: health, bands: {rest: 0%}, payers: {health: 50%, pool: "
         "50%}}\n" CLEAR "inputs: {m: money}\n",
         "\"pool\""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        test_plan_refused(test_plan_read(cases[i].steps, 1), cases[i].steps, cases[i].words);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_add_up_by_largest_remainder_and_name),
        cmocka_unit_test(every_step_with_a_payer_divides_what_it_moves),
        cmocka_unit_test(what_they_get_and_what_they_pay_may_be_divided_differently),
        cmocka_unit_test(weights_come_from_inputs),
        cmocka_unit_test(weights_of_nothing_divide_nothing),
        cmocka_unit_test(a_weight_that_no_number_holds_is_refused),
        cmocka_unit_test(shares_of_a_year_must_be_whole_too),
        cmocka_unit_test(a_fund_pays_its_part_as_far_as_it_goes),
        cmocka_unit_test(a_shared_fund_may_be_one_of_them),
        cmocka_unit_test(two_shared_funds_may_pay_at_one_step),
        cmocka_unit_test(a_further_payer_has_paid_nothing_for_units_that_no_step_is_for),
        cmocka_unit_test(each_payer_has_a_line_with_its_share),
        cmocka_unit_test(a_weight_is_told_in_its_unit),
        cmocka_unit_test(what_cannot_be_payers_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
