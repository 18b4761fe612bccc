/* The income limit, also over the communities of a pooling area. Amounts are worked by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/budget_case.h"

#include <baogan/income_limit.h>
#include <string.h>

static bg_fen limit_of(bg_decimal ratio, bg_fen income, bg_fen outside)
{
    bg_fen limit = -1;
    assert_int_equal(bg_income_limit(1, ratio, &income, outside, &limit), BG_OK);
    return limit;
}

static void the_limit_is_a_part_of_income_less_other_spending(void **state)
{
    (void)state;
    const bg_decimal ratio = BG_ONE * 98 / 100;
    assert_int_equal(limit_of(ratio, 1000, 100), 882);
    assert_int_equal(limit_of(ratio, 1000, 75), 907); /* 906.5 */
    assert_int_equal(limit_of(ratio, 100, 1000), 0);
    const bg_fen most = INT64_MAX;
    bg_fen limit;
    assert_int_equal(bg_income_limit(1, ratio, &most, -1, &limit), BG_OVERFLOW);
}

static void assert_shared(const bg_fen *wanted, size_t communities, bg_fen limit,
                          const bg_fen *expected)
{
    bg_fen totals[4], *columns[4];
    for (size_t c = 0; c < communities; c++) {
        totals[c] = wanted[c];
        columns[c] = &totals[c];
    }
    assert_int_equal(bg_income_limit_share(1, &limit, communities, columns), BG_OK);
    for (size_t c = 0; c < communities; c++) {
        assert_int_equal(totals[c], expected[c]);
    }
}

static void totals_beyond_the_limit_are_cut_in_proportion(void **state)
{
    (void)state;
    const bg_fen wanted[] = {500, 300, 200};
    assert_shared(wanted, 3, 1001, wanted);
    assert_shared(wanted, 3, 1000, wanted);
    /* 499.5, 299.7, 199.8: the two fen left over go to the larger remainders. */
    assert_shared(wanted, 3, 999, (const bg_fen[]){499, 300, 200});
    assert_shared(wanted, 3, 0, (const bg_fen[]){0, 0, 0});
    /* Equal remainders: to those listed first. */
    assert_shared((const bg_fen[]){10, 10, 10}, 3, 20, (const bg_fen[]){7, 7, 6});
    assert_shared((const bg_fen[]){0, 0}, 2, 0, (const bg_fen[]){0, 0});
    assert_shared((const bg_fen[]){0, 7}, 2, 5, (const bg_fen[]){0, 5});
}

static void each_future_has_its_own_limit(void **state)
{
    (void)state;
    bg_fen first[] = {60, 60, 60}, second[] = {40, 40, 40};
    bg_fen *const totals[] = {first, second};
    const bg_fen limit[] = {50, 100, 99};
    assert_int_equal(bg_income_limit_share(3, limit, 2, totals), BG_OK);
    assert_memory_equal(first, ((bg_fen[]){30, 60, 59}), sizeof first);
    assert_memory_equal(second, ((bg_fen[]){20, 40, 40}), sizeof second);
    bg_fen huge[] = {INT64_MAX};
    bg_fen *const sum[] = {huge, second};
    assert_int_equal(bg_income_limit_share(1, limit, 2, sum), BG_OVERFLOW);
}

/* ---- budgets under a limit over several communities ---- */

static const char county[] = "history: {2024: 1200}\n"
                             "budget: {growth: 0%, funds: {risk: {rate: 10%}},\n"
                             "  adjustments: {flood: {year: 2025, month: 7, amount: -120}}}\n"
                             "simulation: {years: 2}\n";

typedef struct year {
    bg_fen total, opening_total, payable, fund, instalment[12];
} year;

static bg_budget_block block_of(year *self)
{
    bg_budget_block block = {.n = 1, .year = 2025, .total = &self->total};
    block.opening_total = &self->opening_total;
    block.payable = &self->payable;
    block.fund[0] = &self->fund;
    for (size_t month = 0; month < 12; month++) {
        block.instalment[month] = &self->instalment[month];
    }
    return block;
}

static void a_community_says_what_it_wants_of_the_limit(void **state)
{
    (void)state;
    budget_case given;
    budget_case_read(&given, county);
    assert_int_equal(given.status, BG_OK);
    year result;
    bg_budget_block block = block_of(&result);
    const bg_fen income = 5;
    block.income = &income; /* not asked for here */
    bg_fen wanted;
    assert_int_equal(bg_budget_wanted(given.terms[0], &block, 0, &wanted, &given.errors), BG_OK);
    assert_int_equal(wanted, 120000);
    assert_int_equal(bg_budget_wanted(given.terms[0], &block, 5, &wanted, &given.errors), BG_OK);
    assert_int_equal(wanted, 120000);
    assert_int_equal(bg_budget_wanted(given.terms[0], &block, 6, &wanted, &given.errors), BG_OK);
    assert_int_equal(wanted, 108000);
    assert_false(bg_budget_changes(given.terms[0], 2025, 0));
    assert_false(bg_budget_changes(given.terms[0], 2025, 5));
    assert_true(bg_budget_changes(given.terms[0], 2025, 6));
    assert_false(bg_budget_changes(given.terms[0], 2026, 6));
    block.year = 2030;
    assert_int_equal(bg_budget_wanted(given.terms[0], &block, 0, &wanted, &given.errors),
                     BG_INTERNAL);
    budget_case_free(&given);
}

static void what_the_limit_leaves_is_the_total_from_its_month_on(void **state)
{
    (void)state;
    budget_case given;
    budget_case_read(&given, county);
    year result;
    bg_budget_block block = block_of(&result);
    /* 1,000 from January, the same in April, 880 from July: payable 900 and 792, in instalments of 75,
     * and of (792 - 450) / 6 = 57. */
    const bg_fen january = 100000, july = 88000;
    block.limited[0] = block.limited[3] = &january;
    block.limited[6] = &july;
    assert_int_equal(bg_budget_compute(given.terms[0], &block, NULL, &given.errors), BG_OK);
    assert_int_equal(result.opening_total, 100000);
    assert_int_equal(result.total, 88000);
    assert_int_equal(result.fund, 8800);
    assert_int_equal(result.payable, 79200);
    for (size_t month = 0; month < 12; month++) {
        assert_int_equal(result.instalment[month], month < 6 ? 7500 : 5700);
    }
    budget_case_free(&given);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_limit_is_a_part_of_income_less_other_spending),
        cmocka_unit_test(totals_beyond_the_limit_are_cut_in_proportion),
        cmocka_unit_test(each_future_has_its_own_limit),
        cmocka_unit_test(a_community_says_what_it_wants_of_the_limit),
        cmocka_unit_test(what_the_limit_leaves_is_the_total_from_its_month_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
