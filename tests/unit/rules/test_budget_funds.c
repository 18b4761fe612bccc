/* Funds that are shares of other bases than the total, amounts per head, and funds that stop at a ceiling: random units
 * against the formula in 128 bits, and what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/budget_case.h"
#include "../../support/says.h"
#include "../../support/splitmix.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

__extension__ typedef __int128 wide;

enum { UNITS = 300, FUNDS = 4, YEAR = 2026 };

static bg_fen previous[UNITS], raised[UNITS], spent[UNITS], held[FUNDS][UNITS];
static double people[UNITS];
static bg_fen outputs[3 + FUNDS + 12][UNITS];

static uint64_t state_of_draw = 7;

static int64_t up_to(int64_t largest)
{
    return splitmix_up_to(&state_of_draw, largest);
}

static bg_budget_block new_block(void)
{
    bg_budget_block self = {.n = UNITS,
                            .year = YEAR,
                            .previous_total = previous,
                            .expense = {NULL, NULL, spent},
                            .people = people,
                            .raised = raised,
                            .total = outputs[0],
                            .opening_total = outputs[1],
                            .payable = outputs[2]};
    for (size_t fund = 0; fund < FUNDS; fund++) {
        self.fund[fund] = outputs[3 + fund];
        self.held[fund] = held[fund];
    }
    for (size_t month = 0; month < 12; month++) {
        self.instalment[month] = outputs[3 + FUNDS + month];
    }
    return self;
}

/* A county, or some yuan, where rounding shows. What funds hold is often about their ceiling, and may be more. */
static void draw_units(void)
{
    for (size_t u = 0; u < UNITS; u++) {
        const int64_t size = up_to(1) ? 1000 : INT64_C(20000000000);
        previous[u] = size / 2 + up_to(size / 2);
        raised[u] = up_to(3 * size);
        spent[u] = up_to(2 * size);
        people[u] = (double)up_to(size / 100) + 0.5 * (double)up_to(1);
        for (size_t f = 0; f < FUNDS; f++) {
            held[f][u] = up_to(size / 8);
        }
    }
}

static bg_fen share(bg_fen base, int hundredths)
{
    return (bg_fen)((2 * (wide)base * hundredths + 10000) / 20000);
}

static bg_fen least(bg_fen a, bg_fen b)
{
    return a < b ? a : b;
}

/* Half a person is one. */
static int64_t persons(size_t u)
{
    return (int64_t)people[u] + (people[u] - (double)(int64_t)people[u] >= 0.5 ? 1 : 0);
}

static const char rules[] =
    "history: {2024: 100}\nsimulation: {first_year: 2025, years: 3}\n"
    "budget:\n  growth: 0%\n  funds:\n"
    "    raised: {base: income, rate: 5%, carry_over: true, ceiling: 10%}\n"
    "    spent: {base: expense, rate: 1.25%}\n"
    "    heads: {per_head: {2025: 9, 2026: 0.37}, rate: 2%, carry_over: true, ceiling: 3.5%}\n"
    "    plain: {rate: 3%}\n";

static void each_fund_gets_its_part_until_it_holds_its_ceiling(void **state)
{
    (void)state;
    budget_case read;
    budget_case_read(&read, rules);
    assert_int_equal(read.status, BG_OK);
    assert_false(bg_budget_funds_are_shares(read.terms[0]));
    draw_units();
    bg_budget_block block = new_block();
    assert_int_equal(bg_budget_compute(read.terms[0], &block, NULL, &read.errors), BG_OK);
    size_t full = 0, cut = 0;
    for (size_t u = 0; u < UNITS; u++) {
        const bg_fen total = previous[u];
        const bg_fen wanted[FUNDS] = {share(raised[u], 500), share(spent[u], 125),
                                      share(total, 200) + 37 * persons(u), share(total, 300)};
        const bg_fen room[FUNDS] = {share(total, 1000) - held[0][u], INT64_MAX,
                                    share(total, 350) - held[2][u], INT64_MAX};
        bg_fen left = total;
        for (size_t f = 0; f < FUNDS; f++) {
            const bg_fen most = room[f] > 0 ? room[f] : 0;
            const bg_fen expected = least(least(wanted[f], most), left);
            assert_int_equal(block.fund[f][u], expected);
            left -= expected;
            full += most == 0;
            cut += expected == most && most > 0;
        }
        assert_int_equal(block.payable[u], left);
    }
    assert_true(full > 20 && cut > 20); /* the draw has units of each kind */
    budget_case_free(&read);
}

static void a_year_is_told_with_base_people_and_ceiling(void **state)
{
    (void)state;
    budget_case read;
    budget_case_read(&read, rules);
    assert_int_equal(read.status, BG_OK);
    draw_units();
    previous[0] = 10000000; /* 100,000 yuan */
    raised[0] = 12000000;
    people[0] = 1000;
    held[0][0] = 500000;
    held[2][0] = 349999;
    bg_budget_block block = new_block();
    block.n = 1;
    bg_budget_lines lines = {0};
    assert_int_equal(bg_budget_compute(read.terms[0], &block, &lines, &read.errors), BG_OK);
    static const char *const inputs[] = {
        "5% x 120,000.00 <= 10% x 100,000.00 - 5,000.00",
        "2% x 100,000.00 + 0.37 x 1000 <= 3.5% x 100,000.00 - 3,499.99",
        "3% x 100,000.00",
    };
    static const bg_fen amounts[] = {500000, 1, 300000};
    for (size_t i = 0; i < 3; i++) {
        bool found = false;
        for (size_t l = 0; l < lines.count; l++) {
            const bg_budget_line *line = &lines.items[l];
            found = found || (line->kind == BG_BUDGET_LINE_FUND && says(line->inputs, inputs[i]) &&
                              line->amount == amounts[i]);
        }
        assert_true(found);
    }
    bg_budget_lines_free(&lines);
    budget_case_free(&read);
}

static void assert_year_refused(const char *funds, int year, const char *words)
{
    char yaml[512];
    snprintf(yaml, sizeof yaml,
             "history: {2024: 100}\nsimulation: {first_year: 2025, years: 3}\n"
             "budget: {growth: 0%%, funds: {x: {%s}}}\n",
             funds);
    budget_case read;
    budget_case_read(&read, yaml);
    assert_int_equal(read.status, BG_OK);
    draw_units();
    bg_budget_block block = new_block();
    block.year = year;
    block.raised = NULL;
    block.expense[2] = NULL;
    assert_int_equal(bg_budget_compute(read.terms[0], &block, NULL, &read.errors), BG_MISSING);
    assert_says_among_others(read.errors.items[read.errors.count - 1].message, words);
    budget_case_free(&read);
}

static void a_base_that_is_not_known_is_said(void **state)
{
    (void)state;
    assert_year_refused("base: income, rate: 1%", YEAR,
                        "the fund \"x\" is a share of the scheme's income, which is not known");
    assert_year_refused("base: expense, rate: 1%", YEAR,
                        "a share of what the fund paid in 2025, which is not known");
    assert_year_refused("per_head: {2026: 3}", 2027, "no amount per head holds for the year 2027");
}

static void assert_refused(const char *funds, const char *path, const char *words)
{
    char yaml[512];
    snprintf(yaml, sizeof yaml, "history: {2024: 100}\nbudget: {funds: {%s}}\n", funds);
    budget_case read;
    budget_case_read(&read, yaml);
    assert_true(read.status != BG_OK);
    assert_true(budget_case_says(&read, path, words));
    budget_case_free(&read);
}

static void ceilings_that_mean_nothing_are_refused(void **state)
{
    (void)state;
    assert_refused("x: {rate: 2%, ceiling: 10%}", "budget.funds[x].ceiling", "does not carry over");
    assert_refused("x: {rate: 2%, ceiling: 10%, carry_over: true, shared: pro_rata}",
                   "budget.funds[x].ceiling", "is shared by the communities");
    assert_refused("x: {rate: 50%}, y: {rate: 50%}, z: {rate: 1%}", "budget.funds",
                   "take 101% of the total");
}

static void shares_of_another_base_do_not_count_as_parts_of_the_total(void **state)
{
    (void)state;
    budget_case read;
    budget_case_read(&read,
                     "history: {2024: 100}\nbudget: {funds: {x: {rate: 50%}, y: {rate: 50%}, "
                     "z: {base: income, rate: 1%}}}\n");
    assert_int_equal(read.status, BG_OK);
    budget_case_free(&read);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_fund_gets_its_part_until_it_holds_its_ceiling),
        cmocka_unit_test(a_year_is_told_with_base_people_and_ceiling),
        cmocka_unit_test(a_base_that_is_not_known_is_said),
        cmocka_unit_test(ceilings_that_mean_nothing_are_refused),
        cmocka_unit_test(shares_of_another_base_do_not_count_as_parts_of_the_total),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
