/* Settling real years: what is given, what is carried, what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../support/projected.h"
#include "../../support/says.h"
#include "../../support/scenario_text.h"
#include "actual/actual.h"
#include "projection/budgets.h"

#define YUAN    INT64_C(100)
#define MILLION (1000000 * YUAN)

#define EXAMPLE                                                                                    \
    "history: {2022: 100M, 2023: 110M, 2024: 120M}\n"                                              \
    "budget: {growth: {2025: 5%, later: 4%}, growth_cap: 3.5%}\n"                                  \
    "simulation: {years: 3}\n"

typedef struct settling {
    bg_scenario *scenario;
    bg_model model;
    bg_settled_list list;
    bg_errors errors;
    bg_status status;
} settling;

static void settle(settling *self, const char *text, int last_year)
{
    self->scenario = parse_scenario(text, NULL);
    bg_errors_init(&self->errors);
    assert_int_equal(bg_model_read(self->scenario, &self->model, &self->errors), BG_OK);
    self->status = bg_settle_actuals(&self->model.contract, self->model.demand, last_year,
                                     &self->list, &self->errors);
}

static void finish(settling *self)
{
    bg_settled_list_free(&self->list);
    bg_settled_list_free(&self->list);
    bg_model_free(&self->model);
    bg_scenario_free(self->scenario);
    bg_errors_free(&self->errors);
}

static bg_fen input(const settling *self, size_t item, bg_settlement_input name)
{
    return self->list.items[item].block.input[name][0];
}

static bg_fen result(const settling *self, size_t item, bg_settlement_result name)
{
    return self->list.items[item].block.result[name][0];
}

static bg_fen fund(const settling *self, size_t item, const char *name, bool closing)
{
    int index = bg_budget_fund_index(self->model.contract.terms[0], name);
    assert_true(index >= 0);
    const bg_settlement_block *block = &self->list.items[item].block;
    return closing ? block->fund_closing[index][0] : block->fund_opening[index][0];
}

static void the_worked_example_settles_to_the_fen(void **state)
{
    (void)state;
    settling self;
    settle(&self,
           EXAMPLE "actual: {2025: {residents: {expense: 118M, emergency: 4M, disallowed: 500000, "
                   "score: 85}}}\n",
           0);
    assert_int_equal(self.status, BG_OK);
    assert_int_equal(self.list.count, 1);
    assert_int_equal(input(&self, 0, BG_INPUT_budget), 11550000000);
    assert_int_equal(input(&self, 0, BG_INPUT_prepaid), 10972500000);
    assert_int_equal(result(&self, 0, BG_RESULT_result), -80790000);
    assert_int_equal(result(&self, 0, BG_RESULT_clearing), 696710000);
    finish(&self);
}

/* 11,800 yuan of 115.5 million; in 万元 they are 118 million. */
static void an_expense_far_from_the_budget_is_warned_of(void **state)
{
    (void)state;
    static const struct {
        const char *expense, *en, *zh;
    } cases[] = {
        {"11800",
         "the expense of residents in 2025 is 0.01% of the year's budget (11,800 yuan beside "
         "115,500,000 yuan); usual is 60% to 150%",
         "居民医保2025年基金支出为年度总额的0.01%（支出11,800元，总额115,500,000元）"},
        {"11800", "It is read in yuan; was it in 万元? Then write money_unit: wan, or 11800万.",
         "按元读取；原为万元吗？"},
        {"1180M", "is 1,022% of the year's budget", "是否指 11800万？"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[512];
        snprintf(text, sizeof text, "%sactual: {2025: {residents: {expense: %s}}}\n", EXAMPLE,
                 cases[i].expense);
        settling self;
        settle(&self, text, 0);
        assert_int_equal(self.status, BG_OK);
        const bg_error *said = &self.errors.items[self.errors.count - 1];
        assert_true(said->warning);
        assert_string_equal(said->path, "actual[2025][residents].expense");
        assert_says_among_others(said->message, cases[i].en);
        assert_says_among_others(said->message_zh, cases[i].zh);
        finish(&self);
    }
}

/* 60 million of 115.5 are 52 %, but when half of the claims are in, 104 %. */
static void an_expense_is_completed_before_it_is_judged(void **state)
{
    (void)state;
    settling self;
    settle(&self, EXAMPLE "actual: {2025: {residents: {expense: 60M, completion: 50%}}}\n", 0);
    assert_int_equal(self.status, BG_OK);
    for (size_t i = 0; i < self.errors.count; i++) {
        assert_string_not_equal(self.errors.items[i].name, "plausible_expense");
    }
    finish(&self);
}

static void what_is_given_goes_before_what_is_computed(void **state)
{
    (void)state;
    settling self;
    settle(&self,
           EXAMPLE "performance: {score: 70}\n"
                   "actual: {2025: {residents: {expense: 100M, budget: 116M, prepaid: 105M, "
                   "opening: {risk: 7M}}}}\n",
           0);
    assert_int_equal(self.status, BG_OK);
    assert_int_equal(input(&self, 0, BG_INPUT_budget), 116 * MILLION);
    /* 116 less 3 % and 2 % */
    assert_int_equal(input(&self, 0, BG_INPUT_payable), 11020000000);
    assert_int_equal(input(&self, 0, BG_INPUT_prepaid), 105 * MILLION);
    assert_int_equal(input(&self, 0, BG_INPUT_score), 70 * BG_ONE);
    assert_int_equal(fund(&self, 0, "risk", false), 7 * MILLION);
    finish(&self);
}

static void a_contracted_total_scales_the_instalments_and_the_next_budget(void **state)
{
    (void)state;
    settling self;
    settle(&self,
           EXAMPLE "actual: {2025: {residents: {expense: 100M, budget: 116M}}, 2026: 100M}\n", 0);
    assert_int_equal(self.status, BG_OK);
    assert_int_equal(input(&self, 0, BG_INPUT_prepaid), 11020000000);
    assert_int_equal(input(&self, 1, BG_INPUT_budget), 12006000000); /* 116 x 1.035 */
    finish(&self);
}

static void a_year_with_claims_to_come_is_completed(void **state)
{
    (void)state;
    settling self;
    settle(&self,
           EXAMPLE "actual: {2025: {residents: {expense: 112.1M, outside: 19M, completion: 95%, "
                   "emergency: 4M, disallowed: 500000, score: 85}}}\n",
           0);
    assert_int_equal(self.status, BG_OK);
    assert_int_equal(input(&self, 0, BG_INPUT_expense), 118 * MILLION); /* 112.1 / 0.95 */
    assert_int_equal(input(&self, 0, BG_INPUT_outside), 20 * MILLION);
    assert_int_equal(input(&self, 0, BG_INPUT_emergency), 4 * MILLION);
    assert_int_equal(input(&self, 0, BG_INPUT_disallowed), 500000 * YUAN);
    assert_int_equal(result(&self, 0, BG_RESULT_result), -80790000);
    assert_string_equal(self.list.items[0].trace.items[0].kind, "completion");
    assert_posting_says(&self.list.items[0].trace.items[0], NULL,
                        "expense: 112,100,000.00 recorded, 95% of the year's claims settled");
    finish(&self);
}

static void later_budgets_roll_on_the_completed_expense(void **state)
{
    (void)state;
    settling self;
    settle(&self,
           "history: {2022: 100M, 2023: 110M, 2024: 120M}\n"
           "budget: {growth: 0%, later_rule: rolling}\n"
           "actual: {2025: {residents: {expense: 117M, completion: 90%}}, 2026: 100M}\n",
           0);
    assert_int_equal(self.status, BG_OK);
    assert_int_equal(input(&self, 1, BG_INPUT_budget), 120 * MILLION); /* (110 + 120 + 130) / 3 */
    finish(&self);
}

static void an_expense_that_cannot_be_completed_is_refused(void **state)
{
    (void)state;
    settling self;
    settle(&self,
           EXAMPLE "actual: {2025: {residents: {expense: 90000000000000000, completion: 50%}}}\n",
           0);
    assert_int_equal(self.status, BG_OVERFLOW);
    assert_string_equal(self.errors.items[self.errors.count - 1].path,
                        "actual[2025][residents].completion");
    finish(&self);
}

static void a_fund_that_carries_over_links_the_years(void **state)
{
    (void)state;
    settling self;
    settle(&self, EXAMPLE "actual: {2025: 100M, 2026: 100M, 2027: 100M}\n", 0);
    assert_int_equal(self.status, BG_OK);
    assert_int_equal(self.list.count, 3);
    assert_int_equal(fund(&self, 0, "risk", false), 0);
    assert_int_equal(fund(&self, 1, "risk", false), 231000000);
    assert_int_equal(fund(&self, 1, "risk", true), 231000000 + 239085000);
    assert_int_equal(fund(&self, 1, "guarantee", false), 0);
    assert_int_equal(fund(&self, 2, "risk", true), 0); /* the contract ends */
    finish(&self);
}

static void a_carried_fund_that_nobody_knows_the_opening_of_is_warned_of(void **state)
{
    (void)state;
    static const struct {
        const char *actual;
        size_t warnings;
    } cases[] = {
        {"{2026: {residents: {expense: 118M}}}", 1},
        {"{2026: {residents: {expense: 118M, opening: {risk: 2M}}}}", 0},
        {"{2025: 118M, 2026: 118M}", 0},
        {"{2025: 118M}", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[512];
        snprintf(text, sizeof text, "%sactual: %s\n", EXAMPLE, cases[i].actual);
        settling self;
        settle(&self, text, 0);
        assert_int_equal(self.status, BG_OK);
        size_t found = 0;
        for (size_t e = 0; e < self.errors.count; e++) {
            const bg_error *error = &self.errors.items[e];
            found += error->warning && strcmp(error->path, "actual[2026][residents]") == 0 &&
                     says_among_others(error->message, "fund risk starts from 0, for 2025");
        }
        assert_int_equal(found, cases[i].warnings);
        finish(&self);
    }
}

static void later_years_are_settled_only_as_far_as_asked(void **state)
{
    (void)state;
    settling self;
    settle(&self, EXAMPLE "actual: {2025: 100M, 2026: 100M}\n", 2025);
    assert_int_equal(self.status, BG_OK);
    assert_int_equal(self.list.count, 1);
    finish(&self);
}

static void a_rolling_budget_rolls_on_what_happened(void **state)
{
    (void)state;
    settling self;
    settle(&self,
           "history: {2022: 100M, 2023: 110M, 2024: 120M}\n"
           "budget: {growth: 0%, later_rule: rolling}\n"
           "simulation: {years: 2}\n"
           "actual: {2025: 160M, 2026: 100M}\n",
           0);
    assert_int_equal(self.status, BG_OK);
    assert_int_equal(input(&self, 1, BG_INPUT_budget), 130 * MILLION); /* of 110, 120, 160 */
    finish(&self);
}

static void a_rolling_budget_takes_the_mean_of_the_years_there_are(void **state)
{
    (void)state;
    settling self;
    settle(&self,
           "history: {2024: 100M}\n"
           "budget: {later_rule: rolling, growth: {2025: 0%, later: 10%}}\n"
           "simulation: {years: 2}\n"
           "actual: {2025: 120M, 2026: 120M}\n",
           0);
    assert_int_equal(self.status, BG_OK);
    assert_int_equal(input(&self, 1, BG_INPUT_budget), 121 * MILLION); /* (100 + 120) / 2 x 1.1 */
    finish(&self);
}

static void a_rolling_budget_skips_years_between_the_past_and_the_first(void **state)
{
    (void)state;
    settling self;
    settle(&self,
           "history: {2022: 90M, 2023: 100M}\n"
           "budget: {later_rule: rolling, growth: {2025: 0%, later: 10%}}\n"
           "simulation: {first_year: 2025, years: 3}\n"
           "actual: {2025: 120M, 2026: 140M, 2027: 1M}\n",
           0);
    assert_int_equal(self.status, BG_OK);
    assert_int_equal(input(&self, 1, BG_INPUT_budget), 121 * MILLION); /* (100 + 120) / 2 x 1.1 */
    assert_int_equal(input(&self, 2, BG_INPUT_budget), 143 * MILLION); /* (120 + 140) / 2 x 1.1 */
    finish(&self);
}

static void instalments_of_a_contracted_total_are_its_own(void **state)
{
    (void)state;
    settling self;
    settle(&self,
           "people: {residents: 1000}\nhistory: {2024: 0.03}\n"
           "budget: {growth: 0%, prepayment: {ratio: 90%, funds: earmarked}}\n"
           "actual: {2025: {residents: {expense: 1000, budget: 1000}}}\n",
           0);
    assert_int_equal(self.status, BG_OK);
    assert_int_equal(input(&self, 0, BG_INPUT_budget), 1000 * YUAN);
    assert_int_equal(input(&self, 0, BG_INPUT_payable), 950 * YUAN);
    assert_int_equal(input(&self, 0, BG_INPUT_prepaid), 900 * YUAN);
    finish(&self);
}

static void funds_take_no_more_than_a_contracted_total(void **state)
{
    (void)state;
    settling self;
    settle(&self,
           "people: {residents: 1000}\nhistory: {2024: 1000}\n"
           "budget: {growth: 0%, funds: {a: 50%, b: 50%}}\n"
           "settlement: [{clear: {}}]\n"
           "actual: {2025: {residents: {expense: 1000, budget: 1000.01}}}\n",
           0);
    assert_int_equal(self.status, BG_OK);
    assert_int_equal(input(&self, 0, BG_INPUT_payable), 0);
    assert_int_equal(self.list.items[0].block.fund_added[0][0], 500 * YUAN + 1);
    assert_int_equal(self.list.items[0].block.fund_added[1][0], 500 * YUAN);
    finish(&self);
}

static void what_cannot_be_settled_is_refused_with_its_place(void **state)
{
    (void)state;
    static const struct {
        const char *actual;
        bg_status status;
        int line;
        const char *sentence;
    } rows[] = {
        {"actual: {2031: 100M}\n", BG_INVALID, 4, "2031 is no budget year"},
        {"actual: {2024: 100M}\n", BG_INVALID, 4, "those of the scenario are 2025 to 2027"},
        {"actual: {2025: {employees: 100M}}\n", BG_INVALID, 4, "has no history"},
        {"actual: {2025: {residents: {score: 5}}}\n", BG_INVALID, 4, "expense is missing"},
        {"actual: {2025: {residents: {expense: 100M, disallowed_by: {hospice: 1M}}}}\n",
         BG_UNKNOWN_KEY, 4, "there is no institution \"hospice\""},
        {"actual: {2025: {residents: {expense: 100M, disallowed: 2M,\n"
         "  disallowed_by: {county_hospital: 1M}}}}\n",
         BG_RANGE, 4,
         "by institution adds up to 1,000,000.00 yuan, but disallowed is 2,000,000.00 yuan"},
        {"actual: {2025: {residents: {expense: 100M, outside: 101M}}}\n", BG_RANGE, 4,
         "outside 101,000,000.00 yuan is part of the expense 100,000,000.00 yuan"},
        {"actual: {2025: {residents: {expense: 100M, opening: {rsik: 1M}}}}\n", BG_UNKNOWN_KEY, 4,
         "there is no fund \"rsik\", so that nothing could be carried into it; budget.funds has: "},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[512];
        snprintf(text, sizeof text, "%s%s", EXAMPLE, rows[i].actual);
        settling self;
        settle(&self, text, 0);
        assert_int_equal(self.status, rows[i].status);
        const bg_error *error = &self.errors.items[self.errors.count - 1];
        assert_int_equal(error->line, rows[i].line);
        assert_says_among_others(error->message, rows[i].sentence);
        finish(&self);
    }
}

#define MOVING                                                                                     \
    "history: {2024: {residents.inpatient.in: {cases: 9000, paid: 100M}}}\n"                       \
    "people: {residents: 100000}\n"                                                                \
    "performance: {indicators: {stays: {simulated: admissions, floor: 12, target: 8}}}\n"

static void a_real_year_of_a_simulated_score_needs_its_score(void **state)
{
    (void)state;
    settling self;
    settle(&self, MOVING "actual: {2025: {residents: {expense: 90M, score: 85}}}\n", 0);
    assert_int_equal(self.status, BG_OK);
    assert_int_equal(input(&self, 0, BG_INPUT_score), 85 * BG_ONE);
    finish(&self);
    settle(&self, MOVING "actual: {2025: {residents: {expense: 90M}}}\n", 0);
    assert_int_equal(self.status, BG_MISSING);
    const bg_error *error = &self.errors.items[self.errors.count - 1];
    assert_int_equal(error->line, 4);
    assert_says_among_others(error->message, "the indicator stays of performance is simulated");
    finish(&self);
}

static void the_lag_is_that_of_a_mean_of_three_years(void **state)
{
    (void)state;
    settling self;
    settle(&self, EXAMPLE "actual: {2025: 100M}\n", 0);
    bg_budgets budget;
    assert_int_equal(bg_model_budgets(&self.model, &budget, &self.errors), BG_OK);
    assert_true(budget.lag[0].years == 2);
    assert_true(budget.lag[0].carried > 0.0499999 && budget.lag[0].carried < 0.0500001);
    /* at 5 % a year the mean of 1/1.05, 1, 1.05 two years on: the 10.2 % of the rules */
    double years, needed;
    bg_budget_lag(self.model.contract.terms[0], 0.05, &years, &needed);
    assert_true(needed > 0.1015 && needed < 0.1025);
    bg_budgets_free(&budget);
    finish(&self);
}

/* The budget year is 2025, and no employee is in the history. */
static void actuals_that_nothing_can_settle_are_warned_of(void **state)
{
    (void)state;
    static const struct {
        const char *actual, *place, *en, *zh;
    } cases[] = {
        {"2035: {residents: {expense: 118M}}", "actual[2035]",
         "this settles nothing: 2035 is no budget year", "此项无法清算：2035年不是付费年度"},
        {"2025: {employees: {expense: 118M}}", "actual[2025][employees]",
         "this settles nothing: the scheme employees has no history",
         "此项无法清算：情景中没有险种职工医保的历史数据"},
        {"2025: {residents: {score: 90}}", "actual[2025][residents]",
         "this settles nothing: the year's expense is missing",
         "此项无法清算：缺少该年度的基金支出"},
        {"2025: {residents: {expense: 118M}}", NULL, NULL, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[512];
        snprintf(text, sizeof text, "%sactual: {%s}\n", EXAMPLE, cases[i].actual);
        bg_scenario *scenario = scenario_of(text, NULL);
        bg_errors errors;
        bg_contract contract;
        bg_errors_init(&errors);
        assert_int_equal(bg_contract_read(scenario, &contract, &errors), BG_OK);
        const size_t before = errors.count;
        bg_actuals_advise(&contract, &errors);
        assert_int_equal(errors.error_count, 0);
        assert_int_equal(errors.count, before + (cases[i].place ? 1 : 0));
        if (cases[i].place) {
            const bg_error *said = &errors.items[before];
            assert_string_equal(said->path, cases[i].place);
            assert_says_among_others(said->message, cases[i].en);
            assert_says_among_others(said->message_zh, cases[i].zh);
        }
        bg_errors_free(&errors);
        bg_contract_free(&contract);
        bg_scenario_free(scenario);
    }
}

/* ---- payments by a calendar ---- */

#define DATED                                                                                      \
    "history: {2022: 100M, 2023: 110M, 2024: 120M}\n"                                              \
    "budget: {growth: {2025: 5%, later: 4%}, calendar: {settled: 2}}\n"                            \
    "simulation: {years: 3}\n"
#define CAPPED                                                                                     \
    "history: {2022: 100M, 2023: 110M, 2024: 120M}\n"                                              \
    "budget:\n"                                                                                    \
    "  growth: {2025: 5%, later: 4%}\n"                                                            \
    "  prepayment: {approved: 97%, ceiling: 50%}\n"                                                \
    "  calendar: {settled: 2}\n"                                                                   \
    "simulation: {years: 3}\n"

/* Payable are 109.725 million, of which half may be paid ahead; 97 % of twelve times 9 million would be 104.76. */
static void approved_costs_are_paid_up_to_their_ceiling(void **state)
{
    (void)state;
    settling self;
    settle(&self,
           CAPPED "actual: {2025: {residents: {expense: 118M, months: [9M, 9M, 9M, 9M, 9M, 9M, 9M, "
                  "9M, 9M, 9M, 9M, 9M]}}}\n",
           0);
    assert_int_equal(self.status, BG_OK);
    assert_int_equal(input(&self, 0, BG_INPUT_prepaid), 54862500 * YUAN);
    finish(&self);
}

static void approved_costs_are_given_by_month_or_as_what_was_paid(void **state)
{
    (void)state;
    settling self;
    settle(&self, CAPPED "actual: {2025: {residents: {expense: 118M}}}\n", 0);
    assert_int_equal(self.status, BG_MISSING);
    finish(&self);
    settle(&self, CAPPED "actual: {2025: {residents: {expense: 118M, prepaid: 90M}}}\n", 0);
    assert_int_equal(self.status, BG_OK);
    finish(&self);
}

/* Nobody knows in which months: what was prepaid stands in December. */
static void what_was_prepaid_without_its_months_is_one_payment(void **state)
{
    (void)state;
    settling self;
    settle(&self, DATED "actual: {2025: {residents: {expense: 118M, prepaid: 90M}}}\n", 0);
    assert_int_equal(self.status, BG_OK);
    const bg_payments *payments = &self.list.items[0].payments;
    assert_int_equal(payments->count, 2);
    assert_int_equal(payments->item[0].month, 12 * 2025 + 11);
    assert_int_equal(payments->item[0].amount, 90 * MILLION);
    assert_int_equal(payments->item[1].kind, BG_PAYMENT_CLEARING);
    finish(&self);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(actuals_that_nothing_can_settle_are_warned_of),
        cmocka_unit_test(the_worked_example_settles_to_the_fen),
        cmocka_unit_test(an_expense_far_from_the_budget_is_warned_of),
        cmocka_unit_test(an_expense_is_completed_before_it_is_judged),
        cmocka_unit_test(what_is_given_goes_before_what_is_computed),
        cmocka_unit_test(a_contracted_total_scales_the_instalments_and_the_next_budget),
        cmocka_unit_test(a_year_with_claims_to_come_is_completed),
        cmocka_unit_test(later_budgets_roll_on_the_completed_expense),
        cmocka_unit_test(an_expense_that_cannot_be_completed_is_refused),
        cmocka_unit_test(a_fund_that_carries_over_links_the_years),
        cmocka_unit_test(a_carried_fund_that_nobody_knows_the_opening_of_is_warned_of),
        cmocka_unit_test(later_years_are_settled_only_as_far_as_asked),
        cmocka_unit_test(a_rolling_budget_rolls_on_what_happened),
        cmocka_unit_test(a_rolling_budget_takes_the_mean_of_the_years_there_are),
        cmocka_unit_test(a_rolling_budget_skips_years_between_the_past_and_the_first),
        cmocka_unit_test(instalments_of_a_contracted_total_are_its_own),
        cmocka_unit_test(funds_take_no_more_than_a_contracted_total),
        cmocka_unit_test(what_cannot_be_settled_is_refused_with_its_place),
        cmocka_unit_test(a_real_year_of_a_simulated_score_needs_its_score),
        cmocka_unit_test(the_lag_is_that_of_a_mean_of_three_years),
        cmocka_unit_test(approved_costs_are_paid_up_to_their_ceiling),
        cmocka_unit_test(approved_costs_are_given_by_month_or_as_what_was_paid),
        cmocka_unit_test(what_was_prepaid_without_its_months_is_one_payment),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
