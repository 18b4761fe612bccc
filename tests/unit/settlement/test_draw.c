/* Funds that communities share. Amounts are in fen and worked by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/plan.h"
#include "../../support/says.h"
#include <string.h>

#define CLEAR "  - clear: {}\n"
#define COVER "  - cover_emergency: {fund: risk}\n" CLEAR

/* One community. What it spends beyond `payable` is what the emergency cost. */
typedef struct member {
    bg_fen opening, added, wanted;
    int score;
} member;

#define PAYABLE 10000

static void fill(const bg_settlement_block *block, size_t u, const member *from)
{
    int64_t *const *input = block->input;
    input[BG_INPUT_payable][u] = PAYABLE;
    input[BG_INPUT_budget][u] = PAYABLE + from->added;
    input[BG_INPUT_expense][u] = PAYABLE + from->wanted;
    input[BG_INPUT_emergency][u] = from->wanted;
    input[BG_INPUT_score][u] = from->score * BG_ONE;
    block->fund_added[1][u] = from->added;
    block->fund_opening[1][u] = from->opening;
}

static test_plan read_shared(const char *steps, bg_sharing rule, const member *members, size_t n)
{
    test_plan plan = test_plan_read_shared(steps, n, rule);
    for (size_t i = 0; i < plan.errors.count && plan.status; i++) {
        print_error("%s\n", plan.errors.items[i].message);
    }
    assert_int_equal(plan.status, BG_OK);
    plan.block.communities = n;
    for (size_t u = 0; u < n; u++) {
        fill(&plan.block, u, &members[u]);
    }
    return plan;
}

static void apply(test_plan *plan)
{
    assert_int_equal(bg_settlement_apply(plan->plan, &plan->block, NULL, &plan->errors), BG_OK);
}

static void assert_column(const bg_fen *column, const bg_fen *expected, size_t n)
{
    for (size_t u = 0; u < n; u++) {
        assert_int_equal(column[u], expected[u]);
    }
}

/* What three communities get of the risk fund, and what it has left on the account of each. */
static void assert_shared(const char *steps, bg_sharing rule, const member members[3],
                          const bg_fen paid[3], const bg_fen closing[3])
{
    test_plan plan = read_shared(steps, rule, members, 3);
    apply(&plan);
    for (size_t u = 0; u < 3; u++) {
        const bg_fen *const *account = (const bg_fen *const *)plan.block.account;
        assert_int_equal(members[u].added - account[bg_plan_fund_account(1)][u], paid[u]);
    }
    assert_column(plan.block.fund_closing[1], closing, 3);
    test_plan_free(&plan);
}

/* ---- how a fund is divided ---- */

static void a_fund_that_is_not_shared_pays_its_own_community_only(void **state)
{
    (void)state;
    const member members[3] = {{.added = 500, .wanted = 800}, {.added = 300}, {.opening = 200}};
    assert_shared(COVER, BG_SHARED_NOT, members, (bg_fen[]){500, 0, 0}, (bg_fen[]){0, 300, 200});
}

static void a_shared_fund_that_suffices_pays_what_each_wants(void **state)
{
    (void)state;
    const member members[3] = {
        {.added = 500, .wanted = 700}, {.added = 300, .wanted = 250}, {.opening = 200}};
    assert_shared(COVER, BG_SHARED_PRO_RATA, members, (bg_fen[]){700, 250, 0},
                  (bg_fen[]){-200, 50, 200});
    assert_shared(COVER, BG_SHARED_FIRST_COME, members, (bg_fen[]){700, 250, 0},
                  (bg_fen[]){-200, 50, 200});
}

/* 1,000 for 1,400: 571.43 and 428.57; the fen left over goes to the larger remainder. */
static void a_short_fund_is_divided_by_what_each_wants(void **state)
{
    (void)state;
    const member members[3] = {
        {.added = 500, .wanted = 800}, {.added = 300, .wanted = 600}, {.opening = 200}};
    assert_shared(COVER, BG_SHARED_PRO_RATA, members, (bg_fen[]){571, 429, 0},
                  (bg_fen[]){-71, -129, 200});
}

static void equal_remainders_go_to_the_community_listed_first(void **state)
{
    (void)state;
    const member members[3] = {{.added = 11, .wanted = 9}, {.wanted = 9}, {.wanted = 9}};
    assert_shared(COVER, BG_SHARED_PRO_RATA, members, (bg_fen[]){4, 4, 3}, (bg_fen[]){7, -4, -3});
}

static void a_short_fund_may_pay_in_the_order_of_communities(void **state)
{
    (void)state;
    const member members[3] = {{.added = 500, .wanted = 800},
                               {.added = 300, .wanted = 600},
                               {.opening = 200, .wanted = 5}};
    assert_shared(COVER, BG_SHARED_FIRST_COME, members, (bg_fen[]){800, 200, 0},
                  (bg_fen[]){-300, 100, 200});
}

static void an_empty_fund_pays_nobody(void **state)
{
    (void)state;
    const member members[3] = {
        {.opening = 300, .wanted = 1}, {.opening = -200, .wanted = 6}, {.opening = -100}};
    const bg_fen left[3] = {300, -200, -100};
    assert_shared(COVER, BG_SHARED_PRO_RATA, members, (bg_fen[]){0, 0, 0}, left);
    assert_shared(COVER, BG_SHARED_FIRST_COME, members, (bg_fen[]){0, 0, 0}, left);
}

/* The second one wants 600, but the step is not for it: 1,000 are enough for the others. */
static void a_community_that_the_step_is_not_for_wants_nothing(void **state)
{
    (void)state;
    const char *steps = "  - cover_emergency: {fund: risk, when: {score: {from: 60}}}\n" CLEAR;
    const member members[3] = {{.added = 500, .wanted = 800, .score = 60},
                               {.added = 500, .wanted = 600, .score = 59},
                               {.wanted = 100, .score = 90}};
    assert_shared(steps, BG_SHARED_PRO_RATA, members, (bg_fen[]){800, 0, 100},
                  (bg_fen[]){-300, 500, -100});
}

static void each_group_shares_for_itself(void **state)
{
    (void)state;
    /* Two futures of two communities: 10 for 8 + 6, and 10 for 3 + 6. */
    test_plan plan = test_plan_read_shared(COVER, 4, BG_SHARED_FIRST_COME);
    const member members[4] = {
        {.added = 10, .wanted = 8}, {.added = 10, .wanted = 3}, {.wanted = 6}, {.wanted = 6}};
    plan.block.communities = 2;
    for (size_t u = 0; u < 4; u++) {
        fill(&plan.block, u, &members[u]);
    }
    apply(&plan);
    assert_column(plan.block.result[BG_RESULT_covered], (bg_fen[]){8, 3, 2, 6}, 4);
    assert_column(plan.block.fund_closing[1], (bg_fen[]){2, 7, -2, -6}, 4);
    plan.block.n = 3;
    assert_int_equal(bg_settlement_apply(plan.plan, &plan.block, NULL, &plan.errors), BG_USAGE);
    test_plan_free(&plan);
}

/* ---- every step that draws ---- */

static const member losers[3] = {
    {.added = 500, .wanted = 800}, {.added = 300, .wanted = 600}, {.opening = 200}};

static void a_release_as_a_buffer_is_shared(void **state)
{
    (void)state;
    const char *steps = "  - release: {fund: risk, as: buffer, rest: risk}\n" CLEAR;
    test_plan plan = read_shared(steps, BG_SHARED_PRO_RATA, losers, 3);
    apply(&plan);
    assert_column(plan.block.result[BG_RESULT_released], (bg_fen[]){571, 429, 0}, 3);
    assert_column(plan.block.fund_closing[1], (bg_fen[]){-71, -129, 200}, 3);
    test_plan_free(&plan);
}

/* Of losses of 800 and 600 others bear 75 %: 600 and 450; the fund's 1,000 are 571.43 and 428.57. */
static void what_a_shared_payer_lacks_is_borne_as_the_step_says(void **state)
{
    (void)state;
    const char *pool = "  - share_overspend: {bands: {rest: 25%}, payer: risk}\n" CLEAR;
    test_plan plan = read_shared(pool, BG_SHARED_PRO_RATA, losers, 3);
    apply(&plan);
    assert_column(plan.block.result[BG_RESULT_result], (bg_fen[]){-200, -150, 0}, 3);
    assert_column(plan.block.fund_closing[1], (bg_fen[]){-71, -129, 200}, 3);
    test_plan_free(&plan);
    const char *community =
        "  - share_overspend: {bands: {rest: 25%}, payer: risk, when_short: community}\n" CLEAR;
    plan = read_shared(community, BG_SHARED_PRO_RATA, losers, 3);
    apply(&plan);
    assert_column(plan.block.result[BG_RESULT_result], (bg_fen[]){-229, -171, 0}, 3);
    test_plan_free(&plan);
}

static void a_reserve_may_be_shared(void **state)
{
    (void)state;
    const char *steps = "  - draw_reserve: {fund: risk, share: 75%}\n" CLEAR;
    test_plan plan = read_shared(steps, BG_SHARED_FIRST_COME, losers, 3);
    apply(&plan);
    assert_column(plan.block.result[BG_RESULT_shared], (bg_fen[]){600, 400, 0}, 3);
    test_plan_free(&plan);
}

/* A community's gain goes into the fund before the others draw on it at the same step. */
static void gains_are_taken_before_losses_are_paid(void **state)
{
    (void)state;
    const member members[3] = {{.wanted = 900}, {.wanted = -700}, {.wanted = 0}};
    test_plan plan = test_plan_read_shared(
        "  - deduct: {gain: 50%, loss: 100%, payer: risk, when_short: community}\n" CLEAR, 3,
        BG_SHARED_PRO_RATA);
    plan.block.communities = 3;
    for (size_t u = 0; u < 3; u++) {
        fill(&plan.block, u, &members[u]);
        plan.block.input[BG_INPUT_emergency][u] = 0;
    }
    apply(&plan);
    assert_column(plan.block.result[BG_RESULT_result], (bg_fen[]){-550, 350, 0}, 3);
    assert_column(plan.block.fund_closing[1], (bg_fen[]){-350, 350, 0}, 3);
    test_plan_free(&plan);
}

/* ---- over the years ---- */

static void at_the_contracts_end_the_pool_evens_out_the_parts(void **state)
{
    (void)state;
    const member members[3] = {{.added = 500, .wanted = 700}, {.added = 300}, {.opening = 200}};
    test_plan plan = read_shared(COVER, BG_SHARED_PRO_RATA, members, 3);
    plan.block.contract_end = true;
    apply(&plan);
    /* The budgets of 10,500, 10,300 and 10,000, less what comes back of the fund. */
    assert_column(plan.block.account[BG_ACCOUNT_POOL], (bg_fen[]){-10700, -10000, -9800}, 3);
    assert_column(plan.block.fund_left[1], (bg_fen[]){-200, 300, 200}, 3);
    assert_column(plan.block.fund_closing[1], (bg_fen[]){0, 0, 0}, 3);
    test_plan_free(&plan);
}

static void assert_refused(const member *members, size_t communities, bg_status status, size_t unit,
                           const char *sentence)
{
    test_plan plan = read_shared(COVER, BG_SHARED_PRO_RATA, members, 3);
    plan.block.communities = communities;
    assert_int_equal(bg_settlement_apply(plan.plan, &plan.block, NULL, &plan.errors), status);
    const bg_error *error = &plan.errors.items[plan.errors.count - 1];
    assert_int_equal(error->unit, unit);
    assert_says_among_others(error->message, sentence);
    test_plan_free(&plan);
}

static void a_group_cannot_carry_in_less_than_nothing(void **state)
{
    (void)state;
    const member short_of[3] = {{.opening = 300}, {.opening = -200}, {.opening = -101}};
    assert_refused(short_of, 3, BG_RANGE, 1,
                   "what the communities of its pool carry in of risk adds up to -0.01");
    const member alone[3] = {{.opening = 300}, {.opening = -200}, {.opening = -100}};
    assert_refused(alone, 1, BG_RANGE, 2,
                   "what the communities of its pool carry in of risk adds up to -2.00");
    const bg_fen largest = BG_SETTLEMENT_LIMIT;
    const member huge[3] = {{.opening = largest}, {.opening = largest}, {.opening = 1 - largest}};
    assert_refused(huge, 3, BG_OVERFLOW, 1, "the communities of its pool carry more of risk");
    const member deep[3] = {{.opening = largest}, {.opening = -largest - 1}, {.opening = 2}};
    assert_refused(deep, 3, BG_OVERFLOW, 1, "the communities of its pool carry more of risk");
}

/* 20 fen for three who want more: 6.67 each, in parts of a fen. Rounded to the fen each, they would be
 * 21. */
static void a_coarse_unit_does_not_overdraw_a_shared_fund(void **state)
{
    (void)state;
    const member members[3] = {{.opening = 20, .wanted = 50}, {.wanted = 50}, {.wanted = 50}};
    test_plan plan = test_plan_read_shared(COVER "settlement_rounding: 1\n", 3, BG_SHARED_PRO_RATA);
    plan.block.communities = 3;
    for (size_t u = 0; u < 3; u++) {
        fill(&plan.block, u, &members[u]);
    }
    apply(&plan);
    assert_column(plan.block.fund_closing[1], (bg_fen[]){14, -6, -6}, 3);
    assert_column(plan.block.fund_left[1], (bg_fen[]){14, -6, -6}, 3);
    test_plan_free(&plan);
}

/* ---- plans that mean nothing ---- */

static void assert_plan_refused(const char *steps, int line, const char *sentence)
{
    test_plan plan = test_plan_read_shared(steps, 1, BG_SHARED_FIRST_COME);
    assert_int_equal(plan.status, BG_INVALID);
    assert_int_equal(plan.errors.items[plan.errors.count - 1].line, line);
    assert_says_among_others(plan.errors.items[plan.errors.count - 1].message, sentence);
    test_plan_free(&plan);
}

static void a_shared_fund_is_released_as_a_buffer_only(void **state)
{
    (void)state;
    const char *why = "it can be released as far as their overspends need it";
    assert_plan_refused("  - release: {fund: risk, rest: risk}\n" CLEAR, 3, why);
    assert_plan_refused("  - release: {fund: risk, as: buffer}\n" CLEAR, 3, why);
    assert_plan_refused("  - release: {fund: risk, as: buffer, share: 90%, rest: risk}\n" CLEAR, 3,
                        why);
    assert_plan_refused(
        "  - release: {fund: risk, as: buffer, by_score: {0: 100%}, rest: risk}\n" CLEAR, 3, why);
}

static void a_shared_reserve_has_no_ceiling(void **state)
{
    (void)state;
    assert_plan_refused("  - disallow: {}\n  - pay_reserve: {fund: risk, ceiling: 5%}\n" CLEAR, 4,
                        "a ceiling for what one of them holds of it means nothing");
    const member members[3] = {{.wanted = -40}, {.wanted = 30}, {.wanted = 0}};
    test_plan plan = test_plan_read_shared("  - pay_reserve: {fund: risk, share: 50%}\n" CLEAR, 3,
                                           BG_SHARED_FIRST_COME);
    assert_int_equal(plan.status, BG_OK);
    plan.block.communities = 3;
    for (size_t u = 0; u < 3; u++) {
        fill(&plan.block, u, &members[u]);
        plan.block.input[BG_INPUT_emergency][u] = 0;
    }
    apply(&plan);
    assert_column(plan.block.fund_closing[1], (bg_fen[]){20, 0, 0}, 3);
    test_plan_free(&plan);
}

/* Columns that fill their room to the last entry lie side by side: none reaches into the next. */
static void a_coarse_unit_is_rounded_to_once_in_every_place(void **state)
{
    (void)state;
    enum { N = 64 };
    static const member alike = {.added = 5000, .wanted = 8000};
    member members[N];
    for (size_t u = 0; u < N; u++) {
        members[u] = alike;
    }
    test_plan plan = test_plan_read_shared(
        "  - cover_emergency: {fund: risk}\n" CLEAR "settlement_rounding: 1\n", N, BG_SHARED_NOT);
    assert_int_equal(plan.status, BG_OK);
    for (size_t u = 0; u < N; u++) {
        fill(&plan.block, u, &members[u]);
    }
    apply(&plan);
    for (size_t c = 0; c < BG_RESULT_COUNT; c++) {
        for (size_t u = 1; u < N; u++) {
            assert_int_equal(plan.block.result[c][u], plan.block.result[c][0]);
        }
    }
    test_plan_free(&plan);
}

/* ---- the explanation ---- */

static const bg_posting *line_of(const bg_trace *trace, const char *kind)
{
    for (size_t i = 0; i < trace->count; i++) {
        if (strcmp(trace->items[i].kind, kind) == 0) {
            return &trace->items[i];
        }
    }
    fail_msg("there is no line of the kind %s", kind);
    return NULL;
}

static void assert_explained(bg_sharing rule, size_t u, bg_fen amount, const char *english,
                             const char *chinese)
{
    test_plan plan = read_shared(COVER, rule, losers, 3);
    apply(&plan);
    const bg_fen silent = plan.block.fund_closing[1][u];
    bg_trace traces[3] = {{0}};
    assert_int_equal(bg_settlement_apply(plan.plan, &plan.block, traces, &plan.errors), BG_OK);
    const bg_posting *line = line_of(&traces[u], "cover_emergency");
    assert_int_equal(line->amount, amount);
    assert_posting_says(line, plan.plan, english);
    assert_posting_says_in_chinese(line, plan.plan, chinese);
    assert_int_equal(plan.block.fund_closing[1][u], silent);
    for (size_t i = 0; i < 3; i++) {
        bg_trace_free(&traces[i]);
    }
    test_plan_free(&plan);
}

/* Each community's own overspend is said, and what the fund of all holds. */
static void a_shared_release_is_explained_to_each(void **state)
{
    (void)state;
    test_plan plan = read_shared("  - release: {fund: risk, as: buffer, rest: risk}\n" CLEAR,
                                 BG_SHARED_PRO_RATA, losers, 3);
    bg_trace traces[3] = {{0}};
    assert_int_equal(bg_settlement_apply(plan.plan, &plan.block, traces, &plan.errors), BG_OK);
    static const bg_fen overspends[2] = {800, 600};
    for (size_t u = 0; u < 2; u++) {
        const bg_posting *line = line_of(&traces[u], "release");
        assert_int_equal(line->reason[0].argument[0].value, overspends[u]);
        assert_int_equal(line->reason[0].argument[2].value, 1000);
    }
    for (size_t i = 0; i < 3; i++) {
        bg_trace_free(&traces[i]);
    }
    test_plan_free(&plan);
}

/* What the fund held before is that of the community that pays into it. */
static void what_is_paid_into_a_fund_is_explained_to_each(void **state)
{
    (void)state;
    static const member gainers[3] = {
        {.added = 500, .wanted = -800}, {.added = 300, .wanted = -600}, {.opening = 200}};
    test_plan plan =
        read_shared("  - pay_reserve: {fund: risk, share: 50%}\n" CLEAR, BG_SHARED_NOT, gainers, 3);
    for (size_t u = 0; u < 3; u++) {
        plan.block.input[BG_INPUT_emergency][u] = 0;
    }
    bg_trace traces[3] = {{0}};
    assert_int_equal(bg_settlement_apply(plan.plan, &plan.block, traces, &plan.errors), BG_OK);
    static const bg_fen gain[3] = {800, 600, 0}, held[3] = {500, 300, 200};
    for (size_t u = 0; u < 3; u++) {
        const bg_posting *line = line_of(&traces[u], "pay_reserve");
        assert_int_equal(line->reason[0].argument[0].value, gain[u]);
        assert_int_equal(line->reason[0].argument[2].value, held[u]);
        bg_trace_free(&traces[u]);
    }
    test_plan_free(&plan);
}

static void what_the_group_held_and_wanted_is_explained(void **state)
{
    (void)state;
    assert_explained(BG_SHARED_PRO_RATA, 1, 429,
                     "the least of: risk holds 10.00, emergency expense 6.00, overspend 6.00; risk "
                     "is shared: all communities together want 14.00, so it is divided in "
                     "proportion",
                     "取最小者：risk现有10.00，突发事件费用6.00，超支6.00；risk为共用资金，"
                     "各医共体合计需要14.00，按需求比例分配");
    assert_explained(BG_SHARED_FIRST_COME, 0, 800,
                     "the least of: risk holds 10.00, emergency expense 8.00, overspend 8.00; risk "
                     "is shared: all communities together want 14.00, so it is paid in their order",
                     "取最小者：risk现有10.00，突发事件费用8.00，超支8.00；risk为共用资金，"
                     "各医共体合计需要14.00，按排列顺序支付");
}

/* A plan with all the funds it may have: what lies behind the last is no fund. */
static void a_plan_shares_funds_if_any_of_its_own_is_shared(void **state)
{
    (void)state;
    static char behind[] = "behind the funds";
    static bg_plan plan = {.fund_count = BG_MAX_FUNDS, .institution = {{behind, behind, 1}}};
    assert_false(bg_plan_shares_funds(&plan));
    plan.fund[BG_MAX_FUNDS - 1].shared = BG_SHARED_PRO_RATA;
    assert_true(bg_plan_shares_funds(&plan));
    plan.fund_count--;
    assert_false(bg_plan_shares_funds(&plan));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fund_that_is_not_shared_pays_its_own_community_only),
        cmocka_unit_test(a_shared_fund_that_suffices_pays_what_each_wants),
        cmocka_unit_test(a_short_fund_is_divided_by_what_each_wants),
        cmocka_unit_test(equal_remainders_go_to_the_community_listed_first),
        cmocka_unit_test(a_short_fund_may_pay_in_the_order_of_communities),
        cmocka_unit_test(an_empty_fund_pays_nobody),
        cmocka_unit_test(a_community_that_the_step_is_not_for_wants_nothing),
        cmocka_unit_test(each_group_shares_for_itself),
        cmocka_unit_test(a_release_as_a_buffer_is_shared),
        cmocka_unit_test(what_a_shared_payer_lacks_is_borne_as_the_step_says),
        cmocka_unit_test(a_reserve_may_be_shared),
        cmocka_unit_test(gains_are_taken_before_losses_are_paid),
        cmocka_unit_test(at_the_contracts_end_the_pool_evens_out_the_parts),
        cmocka_unit_test(a_group_cannot_carry_in_less_than_nothing),
        cmocka_unit_test(a_coarse_unit_does_not_overdraw_a_shared_fund),
        cmocka_unit_test(a_shared_fund_is_released_as_a_buffer_only),
        cmocka_unit_test(a_shared_reserve_has_no_ceiling),
        cmocka_unit_test(a_coarse_unit_is_rounded_to_once_in_every_place),
        cmocka_unit_test(a_shared_release_is_explained_to_each),
        cmocka_unit_test(what_is_paid_into_a_fund_is_explained_to_each),
        cmocka_unit_test(what_the_group_held_and_wanted_is_explained),
        cmocka_unit_test(a_plan_shares_funds_if_any_of_its_own_is_shared),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
