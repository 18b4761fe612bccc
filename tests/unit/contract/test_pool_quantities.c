/* What the year of the whole pool comes to, by hand, for one community and for two. */
#include "contract/chain.h"
#include "contract/pool_quantities.h"

#include "../../support/projected.h"
#include "../../support/says.h"
#include "../../support/scenario_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

/* 100,000 insured of 1,100 yuan each, 1 % interest on 20 million, 3 million spent outside the contracts. */
static const char text[] = "history: {2024: 100M}\n"
                           "people: {residents: 100000}\n"
                           "budget: {growth: 0%, funds: {}}\n"
                           "pool: {residents: {income_per_head: 1100, growth: 0%, balance: 20M,\n"
                           "                   interest: 1%, outside_spending: {2025: 3M}}}\n"
                           "inputs: {surplus: {pool: surplus}, balance: {pool: balance},\n"
                           "         surplus_rate: {pool: surplus_rate},\n"
                           "         balance_rate: {pool: balance_rate}, months: {pool: months}}\n"
                           "settlement: [{clear: {}}]\n"
                           "simulation: {years: 2}\n";

enum { MOST = 2 }; /* communities, and units of each */

typedef struct fixture {
    bg_scenario *scenario;
    bg_contract contract, whole;
    bg_chain chain;
} fixture;

static const double people[MOST] = {100000, 0};

/* One community, or two of which the area has the pool. */
static void open_fixture(fixture *self, size_t communities)
{
    bg_errors errors;
    bg_errors_init(&errors);
    self->scenario = parse_scenario(text, NULL);
    assert_int_equal(bg_contract_read(self->scenario, &self->contract, &errors), BG_OK);
    bg_errors_free(&errors);
    const bg_contract *const member[] = {&self->contract, &self->contract};
    self->whole = self->contract;
    assert_int_equal(bg_chain_init(&self->chain, member, communities,
                                   communities > 1 ? &self->whole : NULL, MOST),
                     BG_OK);
    bg_chain_open(&self->chain, MOST);
}

static void close_fixture(fixture *self)
{
    bg_chain_free(&self->chain);
    bg_contract_free(&self->contract);
    bg_scenario_free(self->scenario);
}

static const bg_fen million = 100000000;

static void begin_year(fixture *self, size_t year, const bg_fen (*expense)[MOST])
{
    bg_chain_begin(&self->chain, 0, year, NULL);
    for (size_t c = 0; c < self->chain.count && c < MOST; c++) {
        bg_years *years = bg_chain_years(&self->chain, c, 0);
        for (size_t u = 0; u < MOST; u++) {
            years->settlement.input[BG_INPUT_expense][u] = expense[c][u];
        }
        years->people = people;
    }
    assert_int_equal(bg_chain_budget(&self->chain, NULL), BG_OK);
}

static const char *const names[] = {"surplus", "balance", "surplus_rate", "balance_rate", "months"};

static bool has(const fixture *self, size_t community, size_t unit, const char *name, int64_t value)
{
    const bg_years *years = bg_chain_years(&self->chain, community, 0);
    const int input = bg_plan_input_index(self->contract.plan[0], name);
    return years->settlement.given[input][unit] && years->settlement.input[input][unit] == value;
}

static bool lacks(const fixture *self, size_t unit, const char *name)
{
    const bg_years *years = bg_chain_years(&self->chain, 0, 0);
    return !years->settlement.given[bg_plan_input_index(self->contract.plan[0], name)][unit];
}

/* Income 110 + 0.2, spending 3 + 120; and 0.2 and 3 + 0 without people. */
static void one_community_is_the_whole_pool(void **state)
{
    (void)state;
    fixture f = {0};
    open_fixture(&f, 1);
    begin_year(&f, 0, (const bg_fen[MOST][MOST]){{120 * million, 0}});
    assert_true(lacks(&f, 0, "surplus"));
    assert_int_equal(bg_chain_pool(&f.chain, NULL), BG_OK);
    assert_true(has(&f, 0, 0, "surplus", -1280000000));
    assert_true(has(&f, 0, 0, "balance", 720000000));
    /* -12.8 / 110.2 = -0.116152450090744…, 7.2 / 110.2 = 0.0653357531760435…, 12 · 7.2 / 123 = 0.702439024390243…;
     * away from zero */
    assert_true(has(&f, 0, 0, "surplus_rate", -116152450091));
    assert_true(has(&f, 0, 0, "balance_rate", 65335753177));
    assert_true(has(&f, 0, 0, "months", 702439024391));
    assert_true(has(&f, 0, 1, "surplus", -280000000));
    assert_true(has(&f, 0, 1, "surplus_rate", -14 * BG_ONE));
    close_fixture(&f);
}

/* Measures that the pool pays, and money it gets back, are of its year; next year begins from the balance. */
static void what_the_pool_pays_and_gets_beside_counts(void **state)
{
    (void)state;
    fixture f = {0};
    const bg_fen recovered[MOST] = {500000000, 0};
    open_fixture(&f, 1);
    begin_year(&f, 0, (const bg_fen[MOST][MOST]){{100 * million, 0}});
    bg_years *years = bg_chain_years(&f.chain, 0, 0);
    years->pool_outlay = 2 * million;
    years->recovered = recovered;
    assert_int_equal(bg_chain_pool(&f.chain, NULL), BG_OK);
    assert_true(has(&f, 0, 0, "surplus", 1020000000)); /* 110.2 - 3 - 100 - 2 + 5 */
    assert_int_equal(bg_chain_settle(&f.chain, NULL, NULL), BG_OK);
    assert_int_equal(bg_chain_close(&f.chain, NULL), BG_OK);
    /* The settlement lets the pool pay what was spent, 100: the same balance. In 2026 nothing is spent outside. */
    assert_true(years->pool_balance[0] == 3020000000);
    begin_year(&f, 1, (const bg_fen[MOST][MOST]){{110 * million, 0}});
    assert_int_equal(bg_chain_pool(&f.chain, NULL), BG_OK);
    assert_true(has(&f, 0, 0, "balance", 3020000000 + 30200000));
    close_fixture(&f);
}

/* Twice 110 + 0.2 of interest, spending 3 + 120 + 101: -3.8, and the same for both. */
static void communities_have_one_pool(void **state)
{
    (void)state;
    fixture f = {0};
    open_fixture(&f, 2);
    begin_year(&f, 0, (const bg_fen[MOST][MOST]){{120 * million, 0}, {101 * million, 3}});
    assert_int_equal(bg_chain_pool(&f.chain, NULL), BG_OK);
    for (size_t c = 0; c < 2; c++) {
        assert_true(has(&f, c, 0, "surplus", -380000000));
        assert_true(has(&f, c, 0, "balance", 1620000000));
        assert_true(has(&f, c, 1, "surplus", -280000003));
    }
    close_fixture(&f);
}

/* Without income there is no rate, without spending no months. */
static void what_is_divided_by_nothing_is_absent(void **state)
{
    (void)state;
    fixture f = {0};
    open_fixture(&f, 1);
    f.contract.pool[0].interest = 0;
    begin_year(&f, 1, (const bg_fen[MOST][MOST]){{0, 0}});
    assert_int_equal(bg_chain_pool(&f.chain, NULL), BG_OK);
    assert_true(has(&f, 0, 0, "surplus_rate", BG_ONE) && lacks(&f, 0, "months"));
    assert_true(lacks(&f, 1, "surplus_rate") && lacks(&f, 1, "balance_rate") &&
                lacks(&f, 1, "months"));
    assert_true(has(&f, 0, 1, "surplus", 0));
    close_fixture(&f);
}

static void amounts_beyond_64_bits_are_told(void **state)
{
    (void)state;
    fixture f = {0};
    open_fixture(&f, 1);
    begin_year(&f, 0, (const bg_fen[MOST][MOST]){{INT64_MAX - million, INT64_MAX}});
    assert_int_equal(bg_chain_pool(&f.chain, NULL), BG_OVERFLOW);
    close_fixture(&f);
}

static void a_pool_without_income_cannot_tell(void **state)
{
    (void)state;
    fixture f = {0};
    bg_errors errors;
    bg_errors_init(&errors);
    open_fixture(&f, 1);
    f.contract.pool[0].modelled = false;
    begin_year(&f, 0, (const bg_fen[MOST][MOST]){{120 * million, 0}});
    assert_int_equal(bg_chain_pool(&f.chain, NULL), BG_OK);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        assert_true(lacks(&f, 0, names[i]));
    }
    assert_int_equal(bg_pool_quantities_check(&f.contract, 0, &f.contract.pool[0], &errors),
                     BG_MISSING);
    assert_int_equal(errors.error_count, sizeof names / sizeof *names);
    char *messages = messages_of(&errors);
    assert_reports(
        messages,
        "inputs[months]: the input \"months\" is a figure of the whole pool, of which the "
        "income is not known; give it under `pool.residents`, such as `income_per_head`.");
    free(messages);
    bg_errors_free(&errors);
    close_fixture(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_community_is_the_whole_pool),
        cmocka_unit_test(what_the_pool_pays_and_gets_beside_counts),
        cmocka_unit_test(communities_have_one_pool),
        cmocka_unit_test(what_is_divided_by_nothing_is_absent),
        cmocka_unit_test(amounts_beyond_64_bits_are_told),
        cmocka_unit_test(a_pool_without_income_cannot_tell),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
