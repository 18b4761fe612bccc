/* Random communities that share a fund: how they stand in a block does not matter, and the fund is never
 * overdrawn. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../support/plan.h"
#include "../support/splitmix.h"
#include <stdio.h>
#include <string.h>

enum { PLANS = 200, MOST = 6, FUTURES = 9 };

static uint64_t random_state;

static int64_t up_to(int64_t largest)
{
    return splitmix_up_to(&random_state, largest);
}

/* Every step that draws from the fund or fills it, some of them, in any order. */
static void say_plan(char *text, size_t size)
{
    static const char *const steps[] = {
        "cover_emergency: {fund: risk}",
        "share_overspend: {bands: {2%: 30%, rest: 70%}, payer: risk}",
        "share_surplus: {bands: {1%: 100%, rest: 40%}, payer: risk}",
        "deduct: {gain: 10%, loss: 15%, payer: risk, when_short: community}",
        "cap: {gain: 1%, loss: 2%, payer: risk}",
        "draw_reserve: {fund: risk, share: 35%}",
        "release: {fund: risk, as: buffer, rest: risk}",
        "pay_reserve: {fund: risk, share: 20%}",
        "release: {fund: guarantee, share: 60%, rest: risk}",
        "cover_emergency: {fund: risk, when: {score: {from: 50}}}",
    };
    const size_t count = sizeof steps / sizeof *steps;
    size_t length = 0, first = (size_t)up_to((int64_t)count - 1);
    for (size_t k = 0; k < count; k++) {
        if (k == 0 || up_to(2) > 0) {
            length += (size_t)snprintf(text + length, size - length, "  - %s\n",
                                       steps[(first + 3 * k) % count]);
        }
    }
    snprintf(text + length, size - length, "  - clear: {}\nsettlement_rounding: %s\n",
             up_to(1) ? "0.01" : "100");
}

typedef struct community {
    int64_t payable, added[2], opening, expense, emergency, score;
} community;

static community random_community(void)
{
    community self = {.payable = up_to(INT64_C(10000000000)), .score = up_to(100) * BG_ONE};
    self.added[0] = up_to(self.payable / 30);
    self.added[1] = up_to(self.payable / 40);
    self.expense = self.payable / 20 * 19 + up_to(self.payable / 8);
    self.emergency = up_to(self.expense / 10);
    return self;
}

static void put(const bg_settlement_block *block, size_t u, const community *from)
{
    int64_t *const *input = block->input;
    input[BG_INPUT_payable][u] = from->payable;
    input[BG_INPUT_budget][u] = from->payable + from->added[0] + from->added[1];
    input[BG_INPUT_expense][u] = from->expense;
    input[BG_INPUT_emergency][u] = from->emergency;
    input[BG_INPUT_score][u] = from->score;
    block->fund_added[0][u] = from->added[0];
    block->fund_added[1][u] = from->added[1];
    block->fund_opening[1][u] = from->opening;
}

static test_plan read_plan(const char *text, bg_sharing rule, size_t n)
{
    test_plan plan = test_plan_read_shared(text, n, rule);
    if (plan.status) {
        print_error("%s%s\n", text, plan.errors.items[plan.errors.count - 1].message);
    }
    assert_int_equal(plan.status, BG_OK);
    return plan;
}

static void settle(test_plan *plan, size_t communities)
{
    plan->block.communities = communities;
    assert_int_equal(bg_settlement_apply(plan->plan, &plan->block, NULL, &plan->errors), BG_OK);
}

/* Parts that a year before may have left: some below zero, together not. */
static void open_fund(community (*given)[FUTURES], size_t communities, size_t future)
{
    int64_t all = 0;
    for (size_t c = 1; c < communities; c++) {
        given[c][future].opening = up_to(200000000) - 100000000;
        all += given[c][future].opening;
    }
    given[0][future].opening = (all < 0 ? -all : 0) + up_to(50000000);
}

static void assert_never_overdrawn(const test_plan *plan, size_t communities)
{
    const size_t groups = plan->block.n / communities;
    for (size_t g = 0; g < groups; g++) {
        int64_t left = 0;
        for (size_t u = g; u < plan->block.n; u += groups) {
            left += plan->block.fund_closing[1][u];
        }
        assert_true(left >= 0);
    }
}

static void assert_same(const test_plan *whole, size_t u, const test_plan *group, size_t c)
{
    assert_int_equal(whole->block.fund_closing[1][u], group->block.fund_closing[1][c]);
    for (size_t r = 0; r < BG_RESULT_COUNT; r++) {
        assert_int_equal(whole->block.result[r][u], group->block.result[r][c]);
    }
    for (size_t a = 0; a < bg_plan_account_count(whole->plan); a++) {
        assert_int_equal(whole->block.account[a][u], group->block.account[a][c]);
    }
}

static void groups_of_a_block_are_settled_as_by_themselves(void **state)
{
    (void)state;
    random_state = 1;
    char text[2048];
    community given[MOST][FUTURES];
    for (int p = 0; p < PLANS; p++) {
        const size_t communities = 1 + (size_t)up_to(MOST - 1);
        const bg_sharing rule = up_to(1) ? BG_SHARED_PRO_RATA : BG_SHARED_FIRST_COME;
        say_plan(text, sizeof text);
        test_plan whole = read_plan(text, rule, communities * FUTURES);
        test_plan group = read_plan(text, rule, communities);
        for (size_t c = 0; c < communities; c++) {
            for (size_t f = 0; f < FUTURES; f++) {
                given[c][f] = random_community();
            }
        }
        for (size_t f = 0; f < FUTURES; f++) {
            open_fund(given, communities, f);
            for (size_t c = 0; c < communities; c++) {
                put(&whole.block, c * FUTURES + f, &given[c][f]);
            }
        }
        settle(&whole, communities);
        assert_never_overdrawn(&whole, communities);
        for (size_t f = 0; f < FUTURES; f++) {
            for (size_t c = 0; c < communities; c++) {
                put(&group.block, c, &given[c][f]);
            }
            settle(&group, communities);
            for (size_t c = 0; c < communities; c++) {
                assert_same(&whole, c * FUTURES + f, &group, c);
            }
        }
        test_plan_free(&whole);
        test_plan_free(&group);
    }
}

/* Explaining settles each community by itself with what it drew: the accounts are the same. */
static void explaining_a_group_changes_nothing(void **state)
{
    (void)state;
    random_state = 2;
    char text[2048];
    community given[MOST][FUTURES];
    for (int p = 0; p < PLANS; p++) {
        say_plan(text, sizeof text);
        test_plan plan = read_plan(text, BG_SHARED_PRO_RATA, MOST);
        test_plan silent = read_plan(text, BG_SHARED_PRO_RATA, MOST);
        for (size_t c = 0; c < MOST; c++) {
            given[c][0] = random_community();
        }
        open_fund(given, MOST, 0);
        for (size_t c = 0; c < MOST; c++) {
            put(&plan.block, c, &given[c][0]);
            put(&silent.block, c, &given[c][0]);
        }
        settle(&silent, MOST);
        plan.block.communities = MOST;
        bg_trace traces[MOST] = {{0}};
        assert_int_equal(bg_settlement_apply(plan.plan, &plan.block, traces, &plan.errors), BG_OK);
        for (size_t c = 0; c < MOST; c++) {
            assert_same(&plan, c, &silent, c);
            assert_int_equal(traces[c].items[traces[c].count - 1].balance_after, 0);
            bg_trace_free(&traces[c]);
        }
        test_plan_free(&plan);
        test_plan_free(&silent);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(groups_of_a_block_are_settled_as_by_themselves),
        cmocka_unit_test(explaining_a_group_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
