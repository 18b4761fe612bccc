#include "../../support/demand_block.h"
#include "../../support/demand_draft.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define PER_CENT (BG_ONE / 100)

enum { YEARS = 2, FUTURES = 50 };

/* An emergency every year, of which 1.5 % of the rest is disallowed. */
static bg_demand *shaken(bg_decimal disallowed)
{
    static const char *const names[] = {"residents.inpatient.in"};
    const bg_demand draft = {
        .line_count = 1,
        .scheme_count = 1,
        .years = YEARS,
        .seed = 3,
        .disallowed = disallowed,
        .emergency = {.probability = 1,
                      .dip = 0.1,
                      .dip_sd = 0.05,
                      .dip_months = 6,
                      .direct = 0.01,
                      .direct_sd = 0.01,
                      .rebound = 0.1,
                      .rebound_sd = 0.05},
        .scheme = {{.people = 130000}},
        .line = {draft_line(0.15, 300000, 1)},
    };
    return draft_finished(&draft, names);
}

/* The share of what is neither emergency nor rebound, to the fen. */
static bg_fen expected(bg_fen expense, bg_fen emergency, bg_fen rebound)
{
    bg_fen result;
    assert_int_equal(bg_money_times(expense - emergency - rebound, 3 * PER_CENT / 2, &result),
                     BG_OK);
    return result;
}

static void assert_disallowed(const bg_future *path)
{
    for (size_t year = 0; year < YEARS; year++) {
        assert_int_equal(path->disallowed[year],
                         expected(draft_year(path->expense, path, 0, year),
                                  draft_year(path->emergency, path, 0, year),
                                  draft_year(path->rebound, path, 0, year)));
    }
}

static void a_future_and_the_central_path_have_their_disallowed_expense(void **state)
{
    (void)state;
    bg_demand *demand = shaken(3 * PER_CENT / 2);
    bg_future path = draft_path(demand);
    bg_sampler *sampler = draft_sampler(demand);
    for (uint32_t i = 1; i <= FUTURES; i++) {
        assert_int_equal(bg_demand_draw(demand, sampler, i, &path), BG_OK);
        assert_true(draft_year(path.rebound, &path, 0, 1) > 0);
        assert_disallowed(&path);
    }
    assert_int_equal(bg_demand_central(demand, &path), BG_OK);
    assert_int_equal(path.disallowed[0], INT64_C(19500) * 300000 / 1000 * 15);
    assert_disallowed(&path);
    bg_sampler_free(sampler);
    bg_future_free(&path);
    bg_demand_free(demand);
}

static void a_block_of_futures_has_its_disallowed_expense(void **state)
{
    (void)state;
    bg_demand *demand = shaken(3 * PER_CENT / 2);
    demand_block block = demand_block_new(demand, FUTURES);
    assert_int_equal(demand_block_draw(&block, demand, FUTURES), BG_OK);
    for (size_t i = 0; i < (size_t)YEARS * FUTURES; i++) {
        const bg_demand_columns *year = &block.columns[0][i / FUTURES];
        const size_t future = i % FUTURES;
        assert_int_equal(year->disallowed[future],
                         expected(demand_block_expense(&block, 0, i / FUTURES, future),
                                  year->emergency[future], year->rebound[future]));
    }
    demand_block_free(&block);
    bg_demand_free(demand);
}

static void a_share_of_nothing_disallows_nothing(void **state)
{
    (void)state;
    bg_demand *demand = shaken(0);
    demand_block block = demand_block_new(demand, 1);
    block.columns[0][0].disallowed[0] = 7;
    assert_int_equal(demand_block_draw(&block, demand, 1), BG_OK);
    assert_int_equal(block.columns[0][0].disallowed[0], 0);
    demand_block_free(&block);
    bg_demand_free(demand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_future_and_the_central_path_have_their_disallowed_expense),
        cmocka_unit_test(a_block_of_futures_has_its_disallowed_expense),
        cmocka_unit_test(a_share_of_nothing_disallows_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
