/* Budgets of many units at a time, against the formula in 128 bits one by one, in every instruction
 * set; and what is said where one of them cannot be. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/budget_case.h"
#include "base/isa.h"
#include <stdlib.h>
#include <string.h>

__extension__ typedef __int128 wide;

#define YUAN    INT64_C(100)
#define MILLION (1000000 * YUAN)

enum { UNITS = 300, COLUMNS = 3 + BG_MAX_FUNDS + 12, YEAR = 2026 };

static bg_fen inputs[4][UNITS], outputs[COLUMNS][UNITS];

static bg_budget_block new_block(size_t n)
{
    bg_budget_block self = {.n = n,
                            .year = YEAR,
                            .previous_total = inputs[0],
                            .expense = {inputs[0], inputs[1], inputs[2]},
                            .total = outputs[0],
                            .opening_total = outputs[1],
                            .payable = outputs[2]};
    for (size_t fund = 0; fund < BG_MAX_FUNDS; fund++) {
        self.fund[fund] = outputs[3 + fund];
    }
    for (size_t month = 0; month < 12; month++) {
        self.instalment[month] = outputs[3 + BG_MAX_FUNDS + month];
    }
    return self;
}

/* Half away from zero; nothing here is negative. */
static bg_fen rounded(wide numerator, wide denominator)
{
    return (bg_fen)((2 * numerator + denominator) / (2 * denominator));
}

/* The funds of 3.5 % and 2 % of the total, and the rest in twelfths that weigh so. */
static void assert_divided(const bg_budget_block *block, size_t i, const int64_t weights[12])
{
    const bg_fen total = block->total[i];
    const bg_fen guarantee = rounded((wide)total * 35, 1000), risk = rounded((wide)total * 2, 100);
    bg_fen months[12];
    assert_int_equal(block->opening_total[i], total);
    assert_int_equal(block->fund[0][i], guarantee);
    assert_int_equal(block->fund[1][i], risk);
    assert_int_equal(block->payable[i], total - guarantee - risk);
    assert_int_equal(bg_money_split(total - guarantee - risk, weights, 12, months), BG_OK);
    for (size_t month = 0; month < 12; month++) {
        assert_int_equal(block->instalment[month][i], months[month]);
    }
}

static void fill_inputs(bg_fen largest)
{
    uint64_t state = 1;
    for (size_t k = 0; k < 4; k++) {
        for (size_t i = 0; i < UNITS; i++) {
            state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
            inputs[k][i] = (bg_fen)((state >> 2) % (uint64_t)largest);
        }
    }
}

static void read_good(budget_case *self, const char *yaml)
{
    budget_case_read(self, yaml);
    assert_int_equal(self->status, BG_OK);
}

static void compute_good(budget_case *self, const bg_budget_block *block)
{
    assert_int_equal(bg_budget_compute(self->terms[0], block, NULL, &self->errors), BG_OK);
}

#define FUNDS "  funds: {guarantee: {rate: 3.5%}, risk: {rate: 2%}}\n"

static void check_previous_total(budget_case *self, const int64_t weights[12])
{
    const bg_budget_block block = new_block(UNITS);
    compute_good(self, &block);
    for (size_t i = 0; i < UNITS; i++) {
        assert_int_equal(block.total[i], rounded((wide)inputs[0][i] * 10425, 10000));
        assert_divided(&block, i, weights);
    }
}

static void check_limited(budget_case *self)
{
    bg_budget_block block = new_block(UNITS);
    block.income = inputs[3];
    compute_good(self, &block);
    for (size_t i = 0; i < UNITS; i++) {
        const bg_fen grown = rounded((wide)inputs[0][i] * 10425, 10000);
        const bg_fen left = inputs[3][i] - 20 * MILLION;
        const bg_fen limit = left < 0 ? 0 : rounded((wide)left * 98, 100);
        assert_int_equal(block.total[i], grown < limit ? grown : limit);
    }
}

static void check_rolling(budget_case *self, const int64_t weights[12])
{
    const bg_budget_block block = new_block(UNITS);
    compute_good(self, &block);
    for (size_t i = 0; i < UNITS; i++) {
        const wide sum = (wide)inputs[0][i] + (wide)3 * inputs[1][i] + (wide)6 * inputs[2][i];
        assert_int_equal(block.total[i], rounded((wide)rounded(sum, 10) * 117, 100));
        assert_divided(&block, i, weights);
    }
}

/* Runs the check in every instruction set, with budgets of some fen, of a county, of 10^15 fen, and
 * beyond what a double holds. */
static void for_all_sizes(budget_case *self, void (*check)(budget_case *self, const int64_t *),
                          const int64_t weights[12])
{
    static const bg_fen largest[] = {50, 80000 * MILLION / 100, INT64_C(1000000000000000),
                                     INT64_C(30000000000000000)};
    const bg_isa best = bg_isa_current();
    for (int isa = 0; isa < BG_ISA_COUNT; isa++) {
        for (size_t l = 0; l < 4 && bg_isa_use((bg_isa)isa); l++) {
            fill_inputs(largest[l]);
            check(self, weights);
        }
    }
    bg_isa_use(best);
}

static void last_years_totals_grow_and_are_divided(void **state)
{
    (void)state;
    static const int64_t equal[12] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    budget_case self;
    read_good(&self, "history: {2024: 1M}\nbudget:\n  growth: {2025: 0%, later: 4.25%}\n" FUNDS);
    for_all_sizes(&self, check_previous_total, equal);
    budget_case_free(&self);
}

static void months_may_weigh_differently(void **state)
{
    (void)state;
    static const int64_t season[12] = {108, 80, 102, 100, 99, 98, 97, 97, 99, 103, 106, 111};
    budget_case self;
    read_good(&self, "history: {2024: 1M}\nbudget:\n  growth: {2025: 0%, later: 4.25%}\n"
                     "  prepayment: {months: season}\n" FUNDS
                     "demand: {season: [1.08, 0.80, 1.02, 1.00, 0.99, 0.98, 0.97, 0.97, 0.99, "
                     "1.03, 1.06, 1.11]}\n");
    for_all_sizes(&self, check_previous_total, season);
    budget_case_free(&self);
}

static void rolling_means_are_rounded_before_they_grow(void **state)
{
    (void)state;
    static const int64_t equal[12] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    budget_case self;
    read_good(&self, "history: {2022: 1M, 2023: 1M, 2024: 1M}\n"
                     "budget:\n  later_rule: rolling\n  base: {weights: [1, 3, 6]}\n"
                     "  growth: {2025: 0%, later: 17%}\n" FUNDS);
    for_all_sizes(&self, check_rolling, equal);
    budget_case_free(&self);
}

static void each_total_stays_within_its_income(void **state)
{
    (void)state;
    budget_case self;
    read_good(&self, "history: {2024: 1M}\n"
                     "pool: {residents: {income_per_head: 1000, outside_spending: 20M}}\n"
                     "budget:\n  growth: {2025: 0%, later: 4.25%}\n  income_limit: 98%\n" FUNDS);
    fill_inputs(600 * MILLION);
    check_limited(&self);
    budget_case_free(&self);
}

/* In July of 2026 30 million less: too much for a total of 10 million, and beyond words for another
 * of 9 * 10^18 fen, of which the first in the order of units is told. */
static void of_several_units_that_cannot_be_the_first_says_why(void **state)
{
    (void)state;
    budget_case self;
    read_good(&self, "history: {2024: 100M}\n"
                     "budget: {growth: {2025: 0%, later: 4.25%},\n"
                     "  adjustments: {cut: {amount: -30M, month: 7, year: 2026}}}\n");
    for (size_t i = 0; i < UNITS; i++) {
        inputs[0][i] = 100 * MILLION;
    }
    const bg_budget_block block = new_block(UNITS);
    compute_good(&self, &block);
    assert_int_equal(block.opening_total[UNITS - 1], 10425 * MILLION / 100);
    assert_int_equal(block.total[UNITS - 1], 10425 * MILLION / 100 - 30 * MILLION);
    inputs[0][200] = 10 * MILLION;
    inputs[0][250] = INT64_C(9000000000000000000);
    const size_t before = self.errors.count;
    assert_int_equal(bg_budget_compute(self.terms[0], &block, NULL, &self.errors), BG_RANGE);
    assert_int_equal(self.errors.count, before + 1);
    assert_true(budget_case_says(&self, "budget.adjustments", "becomes -19,575,000.00 yuan"));
    inputs[0][200] = 100 * MILLION;
    assert_int_equal(bg_budget_compute(self.terms[0], &block, NULL, &self.errors), BG_OVERFLOW);
    assert_int_equal(self.errors.count, before + 2);
    assert_true(budget_case_says(&self, "budget", "larger than baogan can hold"));
    budget_case_free(&self);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(last_years_totals_grow_and_are_divided),
        cmocka_unit_test(months_may_weigh_differently),
        cmocka_unit_test(rolling_means_are_rounded_before_they_grow),
        cmocka_unit_test(each_total_stays_within_its_income),
        cmocka_unit_test(of_several_units_that_cannot_be_the_first_says_why),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
