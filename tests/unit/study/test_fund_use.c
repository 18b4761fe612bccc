/* Where the money of the funds goes: by hand where it is known, else against what the funds hold. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/close.h"
#include "../../support/projected.h"
#include "study/fund_use.h"

#include <string.h>

#define MILLION INT64_C(100000000)

/* A total of 100 million yuan in each of three years; 85 points reach the tier of 80 %. */
#define CONTRACT                                                                                   \
    "history: {2024: 100M}\n"                                                                      \
    "budget: {growth: 0%, funds: {guarantee: 3%, risk: {rate: 2%,"                                 \
    " carry_over: true, opening: 1M}}}\n"                                                          \
    "performance: {score: 85}\n"                                                                   \
    "demand: {emergency: {probability: 20%}}\n"                                                    \
    "simulation: {years: 3, replications: 2000}\n"

static bg_fund_use use_of(const projected *self, size_t scheme)
{
    bg_fund_use use;
    assert_int_equal(bg_fund_use_find(&self->model, self->projection, scheme, &use), BG_OK);
    return use;
}

static void assert_adds_up(const bg_fund_row *row)
{
    const bg_flow_mean *flow = row->flow;
    assert_true(row->opening + flow[BG_FUND_FLOW_SET_ASIDE].mean ==
                flow[BG_FUND_FLOW_RELEASED].mean + flow[BG_FUND_FLOW_COVERED].mean +
                    flow[BG_FUND_FLOW_RETURNED].mean);
}

/* 3 % of 100 million in three years are 9; 80 % of them are released, 1.8 return. */
static void a_released_fund_is_worked_by_hand(void **state)
{
    (void)state;
    projected self;
    start_projection(&self, CONTRACT, NULL, 1);
    const bg_fund_use use = use_of(&self, 0);
    assert_true(use.known && !use.shares);
    assert_int_equal(use.count, 2);
    const bg_fund_row *row = &use.row[0];
    assert_string_equal(row->fund, "guarantee");
    assert_true(row->opening == 0);
    assert_true(row->flow[BG_FUND_FLOW_SET_ASIDE].mean == 9 * MILLION);
    assert_true(row->flow[BG_FUND_FLOW_RELEASED].mean == 72 * MILLION / 10);
    assert_true(row->flow[BG_FUND_FLOW_COVERED].mean == 0);
    assert_true(row->flow[BG_FUND_FLOW_RETURNED].mean == 18 * MILLION / 10);
    assert_true(row->flow[BG_FUND_FLOW_SET_ASIDE].se == 0);
    assert_int_equal(row->pays.hits, 2000);
    finish_projection(&self);
}

/* What it has paid is what it holds less than was put in; what it holds before the last year is an
 * outcome of its own. */
static void a_fund_for_emergencies_pays_what_it_then_lacks(void **state)
{
    (void)state;
    projected self;
    start_projection(&self, CONTRACT, NULL, 1);
    const bg_fund_use use = use_of(&self, 0);
    const bg_fund_row *row = &use.row[1];
    assert_string_equal(row->fund, "risk");
    assert_true(row->opening == 1 * MILLION);
    assert_true(row->flow[BG_FUND_FLOW_SET_ASIDE].mean == 6 * MILLION);
    assert_true(row->flow[BG_FUND_FLOW_RELEASED].mean == 0);
    assert_adds_up(row);
    const bg_fen *held = projected_draws(&self, 0, 1, "fund.risk");
    const bg_fen *covered = projected_draws(&self, 0, 2, "covered");
    const size_t n = bg_projection_replications(self.projection);
    double returned = 0, paid = 0;
    size_t paying = 0;
    for (size_t i = 0; i < n; i++) {
        const bg_fen back = held[i] + 2 * MILLION - covered[i];
        assert_true(back >= 0);
        returned += (double)back;
        paid += (double)(7 * MILLION - back);
        paying += back < 7 * MILLION;
    }
    assert_true(paying > 0 && paying < n);
    assert_int_equal(row->pays.hits, paying);
    assert_close((double)row->flow[BG_FUND_FLOW_RETURNED].mean, returned / (double)n, 1);
    assert_close((double)row->flow[BG_FUND_FLOW_COVERED].mean, paid / (double)n, 1);
    assert_true(row->flow[BG_FUND_FLOW_COVERED].se > 0);
    assert_true(row->flow[BG_FUND_FLOW_COVERED].se == row->flow[BG_FUND_FLOW_RETURNED].se);
    finish_projection(&self);
}

/* Of two schemes whose totals an income limit cuts, by future: what is set aside is what is not payable. */
static void the_funds_get_what_is_not_payable(void **state)
{
    (void)state;
    static const char text[] =
        "money_unit: wan\n"
        "history:\n"
        "  2023: {residents.total: 50000, employees.inpatient.in: {cases: 9000, paid: 20000}}\n"
        "  2024: {residents.total: 52000, employees.inpatient.in: {cases: 9100, paid: 21000}}\n"
        "budget: {later_rule: rolling, funds: {guarantee: 3.3%, risk: {rate: 1.7%}}}\n"
        "simulation: {years: 4, replications: 501}\n";
    projected self;
    start_projection(&self, text, NULL, 1);
    for (size_t scheme = 0; scheme < 2; scheme++) {
        const bg_fund_use use = use_of(&self, scheme);
        double expected = 0, found = 0, margin = 0;
        for (size_t year = 0; year < 4; year++) {
            expected += projected_statistics(&self, scheme, year, "budget")->mean -
                        projected_statistics(&self, scheme, year, "payable")->mean;
        }
        assert_int_equal(use.count, 2);
        for (size_t row = 0; row < 2; row++) {
            found += (double)use.row[row].flow[BG_FUND_FLOW_SET_ASIDE].mean;
            margin += use.row[row].flow[BG_FUND_FLOW_SET_ASIDE].se;
            assert_adds_up(&use.row[row]);
        }
        assert_close(found, expected, 2);
        assert_true(margin > 0);
    }
    finish_projection(&self);
}

/* Plans that do not say which fund pays what. */
static void where_the_plan_does_not_tell_all_funds_are_looked_at_together(void **state)
{
    (void)state;
    static const struct {
        const char *plan;
        bool shares;
    } cases[] = {
        {"settlement:\n- release: {fund: guarantee, share: 50%}\n"
         "- share_overspend: {bands: {rest: 50%}, payer: risk}\n- clear: {}\n",
         true},
        {"settlement:\n- release: {fund: guarantee, share: 50%, rest: risk}\n"
         "- cover_emergency: {fund: risk}\n- clear: {}\n",
         true},
        {"settlement:\n- release: {fund: guarantee, share: 50%}\n"
         "- pay_reserve: {fund: risk, share: 10%, base: budget}\n- clear: {}\n",
         true},
        {"settlement:\n- release: {fund: guarantee, share: 50%}\n"
         "- release: {fund: risk, share: 100%, as: buffer, rest: risk}\n- clear: {}\n",
         false},
        {"settlement:\n- cover_emergency: {fund: guarantee}\n"
         "- cover_emergency: {fund: risk}\n- clear: {}\n",
         false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[2048] = CONTRACT;
        strcat(text, cases[i].plan);
        projected self;
        start_projection(&self, text, NULL, 1);
        const bg_fund_use use = use_of(&self, 0);
        assert_true(use.known && use.shares == cases[i].shares);
        assert_int_equal(use.count, 1);
        assert_null(use.row[0].fund);
        assert_true(use.row[0].opening == 1 * MILLION);
        assert_true(use.row[0].flow[BG_FUND_FLOW_SET_ASIDE].mean == 15 * MILLION);
        double released = 0, covered = 0;
        for (size_t year = 0; year < 3; year++) {
            released += projected_statistics(&self, 0, year, "released")->mean;
            covered += projected_statistics(&self, 0, year, "covered")->mean;
        }
        assert_close((double)use.row[0].flow[BG_FUND_FLOW_RELEASED].mean, released, 1);
        assert_close((double)use.row[0].flow[BG_FUND_FLOW_COVERED].mean, covered, 1);
        assert_true(released + covered > 0);
        assert_adds_up(&use.row[0]);
        finish_projection(&self);
    }
}

static void a_fund_that_no_step_uses_returns_whole(void **state)
{
    (void)state;
    projected self;
    start_projection(&self,
                     CONTRACT "settlement:\n- release: {fund: guarantee, share: 50%}\n"
                              "- clear: {}\n",
                     NULL, 1);
    const bg_fund_use use = use_of(&self, 0);
    assert_int_equal(use.count, 2);
    assert_true(use.row[1].flow[BG_FUND_FLOW_RETURNED].mean == 7 * MILLION);
    assert_int_equal(use.row[1].pays.hits, 0);
    finish_projection(&self);
}

static void without_draws_nothing_is_known(void **state)
{
    (void)state;
    static const bool wanted[BG_OUTCOME_COUNT + 8] = {[BG_OUTCOME_budget] = true};
    projected self;
    start_projection_with(&self, CONTRACT, NULL,
                          &(bg_projection_options){.threads = 1, .outcomes = wanted});
    const bg_fund_use use = use_of(&self, 0);
    assert_false(use.known);
    assert_int_equal(use.count, 0);
    finish_projection(&self);
}

static void without_funds_there_are_no_rows(void **state)
{
    (void)state;
    projected self;
    start_projection(&self,
                     "history: {2024: 100M}\nbudget: {funds: {}}\n"
                     "settlement:\n- clear: {}\n"
                     "simulation: {years: 1, replications: 100}\n",
                     NULL, 1);
    const bg_fund_use use = use_of(&self, 0);
    assert_true(use.known);
    assert_int_equal(use.count, 0);
    finish_projection(&self);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_released_fund_is_worked_by_hand),
        cmocka_unit_test(a_fund_for_emergencies_pays_what_it_then_lacks),
        cmocka_unit_test(the_funds_get_what_is_not_payable),
        cmocka_unit_test(where_the_plan_does_not_tell_all_funds_are_looked_at_together),
        cmocka_unit_test(a_fund_that_no_step_uses_returns_whole),
        cmocka_unit_test(without_draws_nothing_is_known),
        cmocka_unit_test(without_funds_there_are_no_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
