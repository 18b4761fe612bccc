/* Expected amounts are worked by hand, or come from the published series named at the test. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/budget_case.h"
#include "../../support/close.h"
#include "../../support/says.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

#define YUAN    INT64_C(100)
#define MILLION (1000000 * YUAN)
#define PERCENT (BG_ONE / 100)

static void read_good(budget_case *self, const char *yaml)
{
    budget_case_read(self, yaml);
    for (size_t i = 0; self->status && i < self->errors.count; i++) {
        print_error("%s: %s\n", self->errors.items[i].path ? self->errors.items[i].path : "",
                    self->errors.items[i].message);
    }
    assert_int_equal(self->status, BG_OK);
}

static unit_budget compute(budget_case *self, const unit_inputs *inputs)
{
    unit_budget result;
    assert_int_equal(budget_case_compute(self, 0, inputs, &result, NULL), BG_OK);
    return result;
}

/* First year of a scenario with one scheme. */
static unit_budget first_year_of(const char *yaml)
{
    budget_case self;
    read_good(&self, yaml);
    unit_budget result =
        compute(&self, &(unit_inputs){.year = bg_budget_first_year(self.terms[0])});
    budget_case_free(&self);
    return result;
}

/* ---- the worked example of the design ---- */

static const char worked_example[] = "history: {2022: 100M, 2023: 110M, 2024: 120M}\n"
                                     "budget:\n"
                                     "  growth: {2025: 5%, later: 4%}\n"
                                     "  growth_cap: 3.5%\n"
                                     "simulation: {years: 3}\n";

static void the_worked_example_comes_out_to_the_fen(void **state)
{
    (void)state;
    static const struct {
        bg_fen total, guarantee, risk, payable, high, low;
        size_t high_months;
    } expected[] = {
        {11550000000, 346500000, 231000000, 10972500000, 914375000, 0, 12},
        {11954250000, 358627500, 239085000, 11356537500, 946378125, 0, 12},
        {12372648750, 371179463, 247452975, 11754016312, 979501360, 979501359, 4},
    };
    budget_case self;
    read_good(&self, worked_example);
    assert_int_equal(bg_budget_base(self.terms[0]), 110 * MILLION);
    bg_fen previous = 0;
    for (int year = 0; year < 3; year++) {
        unit_budget result =
            compute(&self, &(unit_inputs){.year = 2025 + year, .previous_total = previous});
        assert_int_equal(result.total, expected[year].total);
        assert_int_equal(result.opening_total, expected[year].total);
        assert_int_equal(result.fund[0], expected[year].guarantee);
        assert_int_equal(result.fund[1], expected[year].risk);
        assert_int_equal(result.payable, expected[year].payable);
        for (size_t month = 0; month < 12; month++) {
            assert_int_equal(result.instalment[month], month < expected[year].high_months
                                                           ? expected[year].high
                                                           : expected[year].low);
        }
        previous = result.total;
    }
    budget_case_free(&self);
}

static void growth_above_the_cap_is_cut_with_one_warning_and_the_first_year_is_spared(void **state)
{
    (void)state;
    budget_case self;
    read_good(&self, worked_example);
    bg_decimal cut;
    assert_int_equal(bg_budget_growth(self.terms[0], 2025, &cut), 5 * PERCENT);
    assert_int_equal(cut, 0);
    assert_int_equal(bg_budget_growth(self.terms[0], 2026, &cut), 35 * BG_ONE / 1000);
    assert_int_equal(cut, 5 * BG_ONE / 1000);
    assert_int_equal(self.errors.count, 1);
    assert_true(self.errors.items[0].warning);
    assert_int_equal(self.errors.items[0].line, 3);
    assert_non_null(strstr(self.errors.items[0].path, "budget.growth"));
    assert_says_among_others(self.errors.items[0].message, "Growth of 4% in 2026 to 2027");
    assert_says_among_others(self.errors.items[0].message, "3.5% (budget.growth_cap)");
    budget_case_free(&self);
}

static void growth_equal_to_the_cap_passes_unmarked(void **state)
{
    (void)state;
    budget_case self;
    read_good(&self, "history: {2024: 100M}\nbudget: {growth: 4%, growth_cap: 4%}\n");
    assert_int_equal(self.errors.count, 0);
    budget_case_free(&self);
}

static void a_scheme_may_have_growth_and_cap_of_its_own(void **state)
{
    (void)state;
    budget_case self;
    read_good(&self, "history: {2024: {residents.total: 100M, employees.total: 100M}}\n"
                     "budget: {growth: 4%, growth_cap: 3%,\n"
                     "  schemes: {employees: {growth: 5%, growth_cap: {2026: 2%}}}}\n");
    bg_decimal cut;
    assert_int_equal(bg_budget_growth(self.terms[0], 2026, &cut), 3 * PERCENT);
    assert_int_equal(bg_budget_growth(self.terms[1], 2026, &cut), 2 * PERCENT);
    assert_int_equal(cut, 3 * PERCENT);
    /* A cap that names only 2026 leaves other years free. */
    assert_int_equal(bg_budget_growth(self.terms[1], 2027, &cut), 5 * PERCENT);
    assert_int_equal(self.errors.count, 2);
    budget_case_free(&self);
}

static void a_common_cap_is_warned_of_once_for_two_schemes(void **state)
{
    (void)state;
    budget_case self;
    read_good(&self, "history: {2024: {residents.total: 100M, employees.total: 100M}}\n"
                     "budget: {growth: 4%, growth_cap: 3%}\n");
    assert_int_equal(self.errors.count, 1);
    budget_case_free(&self);
}

static void caps_that_differ_are_warned_of_one_by_one_with_their_years(void **state)
{
    (void)state;
    budget_case self;
    read_good(&self, "history: {2024: 100M}\n"
                     "budget: {growth: 4%, growth_cap: {2026: 3%, later: 2%}}\n"
                     "simulation: {years: 5}\n");
    assert_int_equal(self.errors.count, 2);
    assert_says_among_others(self.errors.items[0].message, "Growth of 4% in 2026 is above");
    assert_says_among_others(self.errors.items[0].message, "3% (budget.growth_cap[2026])");
    assert_says_among_others(self.errors.items[1].message, "Growth of 4% in 2027 to 2029 is above");
    budget_case_free(&self);
}

/* ---- base ---- */

static bg_fen base_of(const char *yaml)
{
    budget_case self;
    read_good(&self, yaml);
    bg_fen base = bg_budget_base(self.terms[0]);
    budget_case_free(&self);
    return base;
}

/* Expenditure of the residents' fund in 100 million yuan (NHSA bulletins): 2020 8,165.1; 2021
 * 9,296.4; 2022 9,353.44; 2023 10,457.65; 2024 10,661.49; 2025 10,678.63. */
static void the_formula_on_the_national_fund_falls_short_as_published_figures_show(void **state)
{
    (void)state;
    static const struct {
        const char *yaml;
        double mean, actual, ratio; /* 100 million yuan */
    } cases[] = {
        {"history: {2020: 8165.1亿, 2021: 9296.4亿, 2022: 9353.44亿}\n", 8938.3, 10457.65, 1.170},
        {"history: {2021: 9296.4亿, 2022: 9353.44亿, 2023: 10457.65亿}\n", 9702.5, 10661.49, 1.099},
        {"history: {2022: 9353.44亿, 2023: 10457.65亿, 2024: 10661.49亿}\n", 10157.5, 10678.63,
         1.051},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        double mean = (double)base_of(cases[i].yaml) / (1e8 * 100);
        assert_close(mean, cases[i].mean, 0.05);
        assert_close(cases[i].actual / mean, cases[i].ratio, 0.0005);
    }
    unit_budget total = first_year_of("history: {2022: 9353.44亿, 2023: 10457.65亿, 2024: "
                                      "10661.49亿}\nbudget: {growth: 5%}\n");
    assert_close((double)total.total / (1e8 * 100), 10665.4, 0.05);
}

/* Total cost per insured resident in yuan (NHSA): 2019 1,405.66; 2020 1,384.83; 2021 1,497.75; 2022
 * 1,653.89; 2023 2,017.46; 2024 2,122.01. Means by hand. */
static void equal_and_rising_weights_average_the_national_cost_per_head(void **state)
{
    (void)state;
    static const struct {
        const char *history;
        bg_fen equal, rising;
    } cases[] = {
        {"{2019: 1405.66, 2020: 1384.83, 2021: 1497.75}", 142941, 145467},
        {"{2020: 1384.83, 2021: 1497.75, 2022: 1653.89}", 151216, 158014},
        {"{2021: 1497.75, 2022: 1653.89, 2023: 2017.46}", 172303, 185642},
        {"{2022: 1653.89, 2023: 2017.46, 2024: 2122.01}", 193112, 204383},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char yaml[256];
        snprintf(yaml, sizeof yaml, "people: {residents: 1000}\nhistory: %s\n", cases[i].history);
        assert_int_equal(base_of(yaml), cases[i].equal);
        strcat(yaml, "budget: {base: {weights: [10, 30, 60]}}\n");
        assert_int_equal(base_of(yaml), cases[i].rising);
    }
}

static void fewer_weights_than_years_count_from_the_last_year_backwards(void **state)
{
    (void)state;
    /* (110 + 3 x 130) / 4 = 125 */
    assert_int_equal(base_of("history: {2022: 900M, 2023: 110M, 2024: 130M}\n"
                             "budget: {base: {weights: [1, 3]}}\n"),
                     125 * MILLION);
}

static void expense_that_is_not_fully_settled_is_completed(void **state)
{
    (void)state;
    /* 95 / 95% = 100; mean of 80 and 100. */
    assert_int_equal(base_of("history: {2023: 80M, 2024: 95M}\n"
                             "budget: {base: {completion: {2024: 95%, other: 100%}}}\n"),
                     90 * MILLION);
}

static void past_years_are_trended_to_the_last_base_year_or_the_budget_year(void **state)
{
    (void)state;
    const char *history = "history: {2022: 100M, 2023: 110M, 2024: 121M}\n";
    char yaml[256];
    snprintf(yaml, sizeof yaml, "%sbudget: {base: {trend_years: last_base_year, trend: 10%%}}\n",
             history);
    assert_int_equal(base_of(yaml), 121 * MILLION);
    snprintf(yaml, sizeof yaml, "%sbudget: {base: {trend_years: budget_year, trend: 10%%}}\n",
             history);
    assert_int_equal(base_of(yaml), 13310000000); /* 133.1 million */
}

static void each_year_of_trend_is_rounded_to_the_fen(void **state)
{
    (void)state;
    /* 0.05 x 1.1 = 0.055 -> 0.06 x 1.1 = 0.066 -> 0.07; unrounded 0.0605 would be 0.06. */
    assert_int_equal(base_of("people: {residents: 1000}\nhistory: {2023: 0.05, 2024: 0.05}\n"
                             "budget: {base: {weights: [1, 0], trend_years: budget_year, "
                             "trend: 10%}}\n"),
                     7);
}

/* A base of equal weights over three years; needed growth at a trend (1 + t)^3 3 / (1 + (1 + t) +
 * (1 + t)^2) - 1, and the same with weights 10/30/60. */
static void standing_still_needs_the_growth_that_the_lag_of_the_base_costs(void **state)
{
    (void)state;
    static const struct {
        double trend, equal, rising;
    } cases[] = {
        {0.03, 0.061, 0.045}, {0.05, 0.102, 0.075}, {0.064, 0.131, 0.097},
        {0.08, 0.164, 0.121}, {0.10, 0.206, 0.151},
    };
    budget_case equal;
    budget_case rising;
    read_good(&equal, "history: {2022: 1M, 2023: 1M, 2024: 1M}\nbudget: {growth: 5%}\n");
    read_good(&rising, "history: {2022: 1M, 2023: 1M, 2024: 1M}\n"
                       "budget: {growth: 5%, base: {weights: [10, 30, 60]}}\n");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        double years;
        double needed;
        bg_budget_lag(equal.terms[0], cases[i].trend, &years, &needed);
        assert_close(years, 2, 1e-12);
        assert_close(needed, cases[i].equal, 0.0005);
        bg_budget_lag(rising.terms[0], cases[i].trend, &years, &needed);
        assert_close(years, 1.5, 1e-12);
        assert_close(needed, cases[i].rising, 0.0005);
    }
    budget_case_free(&equal);
    budget_case_free(&rising);
}

static void a_base_trended_to_the_budget_year_does_not_lag(void **state)
{
    (void)state;
    budget_case self;
    read_good(&self, "history: {2022: 1M, 2023: 1M, 2024: 1M}\n"
                     "budget: {base: {trend_years: budget_year, trend: 5%}}\n");
    double years;
    double needed;
    bg_budget_lag(self.terms[0], 0.05, &years, &needed);
    assert_close(years, 0, 1e-12);
    assert_close(needed, 0, 1e-12);
    budget_case_free(&self);
}

/* ---- later years ---- */

static void a_rolling_total_is_the_grown_mean_of_the_last_three_expenses(void **state)
{
    (void)state;
    budget_case self;
    read_good(&self, "history: {2022: 100M, 2023: 110M, 2024: 120M}\n"
                     "budget: {later_rule: rolling, growth: {2025: 0%, later: 10%}}\n");
    assert_true(bg_budget_needs_expense(self.terms[0]));
    const bg_fen e1 = 110 * MILLION;
    const bg_fen e2 = 120 * MILLION;
    const bg_fen e3 = 160 * MILLION;
    unit_budget result = compute(&self, &(unit_inputs){.year = 2026, .expense = {&e1, &e2, &e3}});
    assert_int_equal(result.total, 143 * MILLION); /* 130 x 1.1 */
    result = compute(&self, &(unit_inputs){.year = 2026, .expense = {NULL, &e2, &e3}});
    assert_int_equal(result.total, 154 * MILLION); /* 140 x 1.1 */
    budget_case_free(&self);
}

static void a_rolling_mean_uses_the_weights_of_the_last_three_years(void **state)
{
    (void)state;
    budget_case self;
    read_good(&self, "history: {2021: 1M, 2022: 1M, 2023: 1M, 2024: 1M}\n"
                     "budget: {later_rule: rolling, growth: 0%, base: {weights: [9, 1, 0, 3]}}\n");
    const bg_fen e1 = 100 * MILLION;
    const bg_fen e2 = 999 * MILLION;
    const bg_fen e3 = 120 * MILLION;
    unit_budget result = compute(&self, &(unit_inputs){.year = 2026, .expense = {&e1, &e2, &e3}});
    assert_int_equal(result.total, 115 * MILLION); /* (100 + 3 x 120) / 4 */
    budget_case_free(&self);
}

static void a_rolling_total_without_any_expense_is_an_error(void **state)
{
    (void)state;
    budget_case self;
    read_good(&self, "history: {2024: 1M}\nbudget: {later_rule: rolling}\n");
    unit_budget result;
    assert_int_equal(budget_case_compute(&self, 0, &(unit_inputs){.year = 2026}, &result, NULL),
                     BG_RANGE);
    assert_true(budget_case_says(&self, "budget", "residents in 2026 cannot be formed"));
    budget_case_free(&self);
}

static void an_amount_per_head_is_paid_for_whole_persons_and_not_grown(void **state)
{
    (void)state;
    budget_case self;
    read_good(&self, "people: {residents: 500000}\nhistory: {2024: 500M}\n"
                     "budget: {later_rule: per_capita, per_head: {2026: 1100, later: 1150.5},\n"
                     "  growth: {2025: 6%}}\n");
    unit_budget result = compute(&self, &(unit_inputs){.year = 2026, .people = 500000.4});
    assert_int_equal(result.total, 550 * MILLION);
    result = compute(&self, &(unit_inputs){.year = 2027, .people = 499999.5});
    assert_int_equal(result.total, 57525000000); /* 1,150.50 x 500,000 */
    result = compute(&self, &(unit_inputs){.year = 2025});
    assert_int_equal(result.total, 530 * MILLION);
    budget_case_free(&self);
}

static void without_an_amount_the_first_total_per_head_is_grown(void **state)
{
    (void)state;
    budget_case self;
    read_good(&self, "people: {residents: {count: 500000, growth: 0%}}\nhistory: {2024: 500M}\n"
                     "budget: {later_rule: per_capita, growth: 10%}\n");
    unit_budget result = compute(&self, &(unit_inputs){.year = 2026, .people = 505000});
    assert_int_equal(result.total, 61105000000); /* 550 x 1.1 x 505 / 500 */
    result = compute(&self, &(unit_inputs){.year = 2027, .people = 505000});
    assert_int_equal(result.total, 67215500000);
    budget_case_free(&self);
}

/* 1.01 x 1.5 x 3,000 / 1,000 = 4.545; rounding 1.515 on the way would give 4.56. */
static void a_grown_amount_for_persons_is_rounded_once(void **state)
{
    (void)state;
    budget_case self;
    read_good(&self, "people: {residents: {count: 1000, growth: 0%}}\nhistory: {2024: 1.01}\n"
                     "budget: {later_rule: per_capita, growth: {2025: 0%, later: 50%}}\n");
    unit_budget result = compute(&self, &(unit_inputs){.year = 2026, .people = 3000});
    assert_int_equal(result.total, 455);
    budget_case_free(&self);
}

static void people_that_are_no_count_are_an_error(void **state)
{
    (void)state;
    static const double wrong[] = {-1, 1e15, NAN, INFINITY};
    budget_case self;
    read_good(&self, "history: {2024: 500M}\nbudget: {later_rule: per_capita}\n");
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        unit_budget result;
        unit_inputs inputs = {.year = 2026, .people = wrong[i]};
        assert_int_equal(budget_case_compute(&self, 0, &inputs, &result, NULL), BG_RANGE);
    }
    budget_case_free(&self);
}

/* ---- adjustments: a total of 120 million without funds, 10 million a month ---- */

#define PLAIN_120 "history: {2024: 120M}\nsimulation: {years: 2}\n"
#define NO_FUNDS  "budget:\n  growth: 0%\n  funds: {none: 0%}\n"

static void assert_months(const unit_budget *self, int from, int to, bg_fen each)
{
    for (int month = from; month <= to; month++) {
        assert_int_equal(self->instalment[month - 1], each);
    }
}

static void an_adjustment_in_january_is_part_of_the_total_from_the_start(void **state)
{
    (void)state;
    unit_budget result =
        first_year_of(PLAIN_120 NO_FUNDS "  adjustments: {new_ward: {amount: 12M}}\n");
    assert_int_equal(result.total, 132 * MILLION);
    assert_int_equal(result.opening_total, 132 * MILLION);
    assert_months(&result, 1, 12, 11 * MILLION);
}

static void a_later_adjustment_changes_the_instalments_from_its_month_on(void **state)
{
    (void)state;
    unit_budget result =
        first_year_of(PLAIN_120 NO_FUNDS "  adjustments: {epidemic: {amount: 6M, month: 7}}\n");
    assert_int_equal(result.total, 126 * MILLION);
    assert_int_equal(result.opening_total, 120 * MILLION);
    assert_months(&result, 1, 6, 10 * MILLION);
    assert_months(&result, 7, 12, 11 * MILLION);
}

static void adjustments_add_up_month_by_month(void **state)
{
    (void)state;
    /* Listed out of order: -6 from July leaves 54 for six months; +2 from December on top. */
    unit_budget result =
        first_year_of(PLAIN_120 NO_FUNDS "  adjustments: {b: {amount: 2M, month: 12},\n"
                                         "    a: {amount: -4M, month: 7},\n"
                                         "    c: {amount: -2M, month: 7}}\n");
    assert_int_equal(result.total, 116 * MILLION);
    assert_months(&result, 7, 11, 9 * MILLION);
    assert_months(&result, 12, 12, 11 * MILLION);
    assert_int_equal(unit_budget_paid(&result), 116 * MILLION);
}

static void an_adjustment_counts_in_its_year_and_scheme_only(void **state)
{
    (void)state;
    budget_case self;
    read_good(&self, "history: {2024: {residents.total: 120M, employees.total: 60M}}\n" NO_FUNDS
                     "  adjustments: {x: {amount: 6M, year: 2026, scheme: employees}}\n");
    unit_budget result;
    unit_inputs inputs = {.year = 2026, .previous_total = 60 * MILLION};
    assert_int_equal(budget_case_compute(&self, 1, &inputs, &result, NULL), BG_OK);
    assert_int_equal(result.total, 66 * MILLION);
    assert_int_equal(budget_case_compute(&self, 0, &inputs, &result, NULL), BG_OK);
    assert_int_equal(result.total, 60 * MILLION);
    inputs.year = 2025;
    assert_int_equal(budget_case_compute(&self, 1, &inputs, &result, NULL), BG_OK);
    assert_int_equal(result.total, 60 * MILLION);
    budget_case_free(&self);
}

static void a_reduction_below_what_was_paid_is_an_error_at_the_adjustment(void **state)
{
    (void)state;
    budget_case self;
    read_good(&self, PLAIN_120 NO_FUNDS "  adjustments: {cut: {amount: -70M, month: 7}}\n");
    unit_budget result;
    assert_int_equal(budget_case_compute(&self, 0, &(unit_inputs){.year = 2025}, &result, NULL),
                     BG_RANGE);
    assert_true(budget_case_says(&self, "budget.adjustments[cut]", "month 7 of 2025"));
    assert_true(budget_case_says(&self, "budget.adjustments[cut]", "-10,000,000.00 yuan"));
    assert_int_equal(self.errors.items[0].line, 6);
    budget_case_free(&self);
}

static void a_reduction_one_fen_below_what_was_paid_is_an_error(void **state)
{
    (void)state;
    budget_case self;
    read_good(&self, PLAIN_120 NO_FUNDS "  adjustments: {cut: {amount: -60000000.01, month: 7}}\n");
    unit_budget result;
    assert_int_equal(budget_case_compute(&self, 0, &(unit_inputs){.year = 2025}, &result, NULL),
                     BG_RANGE);
    assert_true(budget_case_says(&self, "budget.adjustments[cut]", "-0.01 yuan"));
    budget_case_free(&self);
}

static void a_reduction_to_exactly_what_was_paid_stops_the_instalments(void **state)
{
    (void)state;
    unit_budget result =
        first_year_of(PLAIN_120 NO_FUNDS "  adjustments: {cut: {amount: -60M, month: 7}}\n");
    assert_int_equal(result.total, 60 * MILLION);
    assert_months(&result, 7, 12, 0);
}

static void a_total_below_zero_is_an_error(void **state)
{
    (void)state;
    budget_case self;
    budget_case_read(&self, PLAIN_120 NO_FUNDS "  adjustments: {cut: {amount: -121M}}\n");
    assert_int_equal(self.status, BG_RANGE);
    assert_true(budget_case_says(&self, "budget.adjustments", "-1,000,000.00 yuan, below zero"));
    budget_case_free(&self);
    read_good(&self, PLAIN_120 NO_FUNDS "  adjustments: {cut: {amount: -121M, year: 2026}}\n");
    unit_inputs inputs = {.year = 2026, .previous_total = 120 * MILLION};
    unit_budget result;
    assert_int_equal(budget_case_compute(&self, 0, &inputs, &result, NULL), BG_RANGE);
    assert_true(budget_case_says(&self, "budget.adjustments", "may not be negative"));
    budget_case_free(&self);
}

/* ---- income limit ---- */

#define POOL "pool: {residents: {income_per_head: 1000, outside_spending: 20M}}\n"

static void the_total_stays_within_income_less_other_spending(void **state)
{
    (void)state;
    budget_case self;
    read_good(&self, PLAIN_120 POOL NO_FUNDS "  income_limit: 98%\n");
    bg_fen income = 130 * MILLION;
    unit_budget result = compute(&self, &(unit_inputs){.year = 2025, .income = &income});
    assert_int_equal(result.total, 10780000000); /* 98% x (130 - 20) = 107.8 million */
    assert_int_equal(result.opening_total, result.total);
    assert_int_equal(unit_budget_paid(&result), result.total);
    income = 200 * MILLION;
    assert_int_equal(compute(&self, &(unit_inputs){.year = 2025, .income = &income}).total,
                     120 * MILLION);
    income = 10 * MILLION;
    assert_int_equal(compute(&self, &(unit_inputs){.year = 2025, .income = &income}).total, 0);
    assert_int_equal(compute(&self, &(unit_inputs){.year = 2025}).total, 120 * MILLION);
    budget_case_free(&self);
}

static void the_limit_also_holds_back_a_mid_year_increase(void **state)
{
    (void)state;
    budget_case self;
    read_good(&self, PLAIN_120 NO_FUNDS "  adjustments: {more: {amount: 12M, month: 7}}\n");
    const bg_fen income = 123 * MILLION;
    unit_budget result = compute(&self, &(unit_inputs){.year = 2025, .income = &income});
    assert_int_equal(result.opening_total, 120 * MILLION);
    assert_int_equal(result.total, 123 * MILLION);
    assert_months(&result, 1, 6, 10 * MILLION);
    assert_months(&result, 7, 12, 1050 * MILLION / 100);
    budget_case_free(&self);
}

/* ---- funds and instalments ---- */

static void a_part_of_the_payable_amount_is_left_for_the_year_end(void **state)
{
    (void)state;
    unit_budget result = first_year_of(
        PLAIN_120 "budget: {growth: 0%, funds: {risk: 5%}, prepayment: {ratio: 90%}}\n");
    assert_int_equal(result.payable, 114 * MILLION);
    assert_int_equal(unit_budget_paid(&result), 10260 * MILLION / 100);
    assert_months(&result, 1, 12, 855 * MILLION / 100);
}

static void earmarked_funds_stay_within_the_instalments(void **state)
{
    (void)state;
    unit_budget result = first_year_of(
        PLAIN_120 "budget: {growth: 0%, funds: {risk: 5%}, prepayment: {funds: earmarked}}\n");
    assert_int_equal(result.payable, 114 * MILLION);
    assert_int_equal(result.fund[0], 6 * MILLION);
    assert_months(&result, 1, 12, 10 * MILLION);
}

/* ---- care outside ---- */

/* Of 2024 a quarter was paid outside: 30 of 120 million. The total alone is known of 2025. */
#define QUARTER_OUTSIDE                                                                            \
    "people: {residents: 100000}\n"                                                                \
    "history: {2023: {residents.inpatient.in: 60M, residents.inpatient.out: 60M},\n"               \
    "  2024: {residents.inpatient.in: 90M, residents.inpatient.out: 30M},\n"                       \
    "  2025: 120M}\n"                                                                              \
    "simulation: {first_year: 2026, years: 2}\n"                                                   \
    "budget: {growth: 0%, funds: {risk: 5%, guarantee: 0%}, "

/* Payable are 114 million: 85.5 without the quarter, of which 90 % are paid in instalments. */
static void instalments_leave_out_what_the_pool_is_expected_to_pay_outside(void **state)
{
    (void)state;
    budget_case self;
    read_good(&self, QUARTER_OUTSIDE "prepayment: {ratio: 90%}}\n");
    unit_budget result = compute(&self, &(unit_inputs){.year = 2026});
    assert_int_equal(result.payable, 114 * MILLION);
    assert_int_equal(unit_budget_paid(&result), 7695 * MILLION / 100);
    budget_case_free(&self);
    read_good(&self, QUARTER_OUTSIDE "prepayment: {funds: earmarked}}\n");
    result = compute(&self, &(unit_inputs){.year = 2026});
    assert_int_equal(unit_budget_paid(&result), 90 * MILLION);
    budget_case_free(&self);
}

static void a_community_that_pays_outside_gets_it_in_the_instalments(void **state)
{
    (void)state;
    budget_case self;
    read_good(&self, QUARTER_OUTSIDE "prepayment: {outside: community}}\n");
    assert_true(bg_budget_community_pays_outside(self.scenario));
    unit_budget result = compute(&self, &(unit_inputs){.year = 2026});
    assert_int_equal(unit_budget_paid(&result), 114 * MILLION);
    budget_case_free(&self);
}

static void a_share_outside_that_is_written_counts_before_that_of_the_past(void **state)
{
    (void)state;
    budget_case self;
    read_good(&self, QUARTER_OUTSIDE "prepayment: {outside_share: {2026: 10%, later: 20%}}}\n");
    unit_budget result = compute(&self, &(unit_inputs){.year = 2026});
    assert_int_equal(unit_budget_paid(&result), 10260 * MILLION / 100);
    result = compute(&self, &(unit_inputs){.year = 2027, .previous_total = 120 * MILLION});
    assert_int_equal(unit_budget_paid(&result), 9120 * MILLION / 100);
    budget_case_free(&self);
    read_good(&self, QUARTER_OUTSIDE "prepayment: {outside_share: 10%},\n"
                                     "  schemes: {residents: {outside_share: 100%}}}\n");
    result = compute(&self, &(unit_inputs){.year = 2026});
    assert_int_equal(unit_budget_paid(&result), 0);
    budget_case_free(&self);
}

/* 3,000 cases of 10,000 yuan and 90,000 of 1,000: a quarter again. */
static void the_share_outside_of_lines_without_a_past_is_that_of_their_levels(void **state)
{
    (void)state;
    unit_budget result = first_year_of(
        "people: {residents: 100000}\nhistory: {2023: 110M, 2024: 120M}\n"
        "simulation: {first_year: 2025}\n"
        "budget: {base: {weights: [0, 1]}, growth: 0%, funds: {risk: 0%, guarantee: 0%}}\n"
        "demand: {lines: {residents.inpatient.out: {cases: 3000, paid_per_case: 10000},\n"
        "                 residents.outpatient.in: {cases: 90000, paid_per_case: 1000}}}\n");
    assert_int_equal(unit_budget_paid(&result), 90 * MILLION);
}

static void a_share_outside_that_is_missing_or_idle_is_told(void **state)
{
    (void)state;
    budget_case self;
    budget_case_read(&self, QUARTER_OUTSIDE "prepayment: {outside_share: {2026: 10%}}}\n");
    assert_int_equal(self.status, BG_MISSING);
    assert_true(budget_case_says(&self, "budget.prepayment.outside_share",
                                 "There is no share for 2027; add the year or later."));
    budget_case_free(&self);
    read_good(&self, QUARTER_OUTSIDE "prepayment: {outside: community, outside_share: 10%}}\n");
    assert_true(budget_case_says(&self, "budget.prepayment.outside_share",
                                 "This has no effect where the community pays care outside the "
                                 "county (budget.prepayment.outside)."));
    budget_case_free(&self);
}

static void instalments_may_follow_the_season(void **state)
{
    (void)state;
    unit_budget result =
        first_year_of("history: {2024: 130M}\n" NO_FUNDS "  prepayment: {months: season}\n"
                      "demand: {season: [2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]}\n");
    assert_months(&result, 1, 1, 20 * MILLION);
    assert_months(&result, 2, 12, 10 * MILLION);
}

/* 120 million, of which 90 % is paid: 30, 20, 20 and 30 % of 108 million. */
static void instalments_may_have_shares_by_quarter(void **state)
{
    (void)state;
    static const bg_fen due[4] = {3240 * MILLION / 100, 2160 * MILLION / 100, 2160 * MILLION / 100,
                                  3240 * MILLION / 100};
    static const char *const later[] = {"", ", quarter_month: 3"};
    for (int month = 1; month <= 3; month += 2) {
        char text[256];
        snprintf(text, sizeof text, "%s%s%s}\n", PLAIN_120 NO_FUNDS,
                 "  prepayment: {ratio: 90%, shares: [30%, 20%, 20%, 30%]", later[month / 3]);
        const unit_budget result = first_year_of(text);
        for (int m = 0; m < 12; m++) {
            assert_int_equal(result.instalment[m], m % 3 == month - 1 ? due[m / 3] : 0);
        }
    }
}

/* 100 fen by 11 x 7 % and 23 %; of 101 fen the remainders are 0.07 and 0.23, and the fen goes to the larger one. */
static void instalments_may_have_shares_by_month(void **state)
{
    (void)state;
    static const char shares[] =
        "  prepayment: {shares: [7%, 7%, 7%, 7%, 7%, 7%, 7%, 7%, 7%, 7%, 7%, 23%]}\n";
    static const char *const totals[] = {"1.00", "1.01"};
    for (int i = 0; i < 2; i++) {
        char yaml[512];
        snprintf(yaml, sizeof yaml, "people: {residents: 1000}\nhistory: {2024: %s}\n%s%s",
                 totals[i], NO_FUNDS, shares);
        const unit_budget result = first_year_of(yaml);
        assert_months(&result, 1, 11, 7);
        assert_int_equal(result.instalment[11], 23 + i);
    }
}

/* 120 million in quarters, 12 million more from July: what is left to pay is spread by the shares of the third and the
 * fourth quarter, 20 and 30 of 50. */
static void a_change_is_spread_over_the_quarters_that_are_left(void **state)
{
    (void)state;
    const unit_budget result =
        first_year_of(PLAIN_120 NO_FUNDS "  prepayment: {shares: [30%, 20%, 20%, 30%]}\n"
                                         "  adjustments: {more: {amount: 12M, month: 7}}\n");
    assert_int_equal(result.instalment[0], 36 * MILLION);
    assert_int_equal(result.instalment[3], 24 * MILLION);
    assert_int_equal(result.instalment[6], 2880 * MILLION / 100);
    assert_int_equal(result.instalment[9], 4320 * MILLION / 100);
}

static void a_month_of_the_quarter_without_quarters_has_no_effect(void **state)
{
    (void)state;
    budget_case self;
    read_good(&self, PLAIN_120 NO_FUNDS "  prepayment: {quarter_month: 2}\n");
    assert_true(budget_case_says(&self, "budget.prepayment.quarter_month",
                                 "no effect without four shares of quarters"));
    budget_case_free(&self);
}

static void an_increase_that_no_month_is_left_to_pay_is_an_error(void **state)
{
    (void)state;
    budget_case self;
    read_good(&self, PLAIN_120 NO_FUNDS "  prepayment: {months: season}\n"
                                        "  adjustments: {more: {amount: 1M, month: 12}}\n"
                                        "demand: {season: [2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0]}\n");
    unit_budget result;
    assert_int_equal(budget_case_compute(&self, 0, &(unit_inputs){.year = 2025}, &result, NULL),
                     BG_RANGE);
    assert_true(budget_case_says(&self, "budget.adjustments[more]", "factors are all zero"));
    budget_case_free(&self);
}

static void where_nothing_is_prepaid_no_month_has_to_take_a_change(void **state)
{
    (void)state;
    unit_budget result = first_year_of(PLAIN_120 NO_FUNDS
                                       "  prepayment: {months: season, ratio: 0%}\n"
                                       "  adjustments: {more: {amount: 1M, month: 12}}\n"
                                       "demand: {season: [2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0]}\n");
    assert_int_equal(result.total, 121 * MILLION);
    assert_months(&result, 1, 12, 0);
}

static void funds_never_take_more_than_the_total(void **state)
{
    (void)state;
    /* Half of one fen rounds to one fen, twice. */
    unit_budget result = first_year_of("people: {residents: 1000}\nhistory: {2024: 0.01}\n"
                                       "budget: {growth: 0%, funds: {a: 50%, b: 50%}}\n");
    assert_int_equal(result.fund[0], 1);
    assert_int_equal(result.fund[1], 0);
    assert_int_equal(result.payable, 0);
}

static void opening_balances_follow_the_size_of_the_first_totals(void **state)
{
    (void)state;
    budget_case self;
    read_good(&self, "history: {2024: {residents.total: 300M, employees.total: 100M}}\n"
                     "budget: {funds: {risk: {rate: 2%, carry_over: true, opening: 100.01},\n"
                     "  other: {rate: 1%, opening: 0.02}}}\n");
    assert_int_equal(bg_budget_fund_count(self.terms[0]), 2);
    const bg_fund_terms *risk = bg_budget_fund(self.terms[0], 0);
    assert_string_equal(risk->name, "risk");
    assert_true(risk->carry_over);
    assert_int_equal(risk->rate, 2 * PERCENT);
    assert_int_equal(risk->opening, 7501); /* 75.0075 */
    assert_int_equal(bg_budget_fund(self.terms[1], 0)->opening, 2500);
    /* 1.5 and 0.5 fen: an equal remainder goes to the name first in byte order. */
    assert_int_equal(bg_budget_fund(self.terms[0], 1)->opening, 1);
    assert_int_equal(bg_budget_fund(self.terms[1], 1)->opening, 1);
    assert_int_equal(bg_budget_fund_index(self.terms[1], "other"), 1);
    assert_int_equal(bg_budget_fund_index(self.terms[1], "none"), -1);
    budget_case_free(&self);
}

static void the_default_funds_are_three_and_two_per_cent(void **state)
{
    (void)state;
    budget_case self;
    read_good(&self, "history: {2024: 100M}\n");
    assert_int_equal(bg_budget_first_year(self.terms[0]), 2025);
    assert_int_equal(bg_budget_years(self.terms[0]), 5);
    assert_int_equal(bg_budget_fund_count(self.terms[0]), 2);
    assert_int_equal(bg_budget_fund(self.terms[0], 0)->rate, 3 * PERCENT);
    assert_false(bg_budget_fund(self.terms[0], 0)->carry_over);
    assert_int_equal(bg_budget_fund(self.terms[0], 1)->rate, 2 * PERCENT);
    assert_true(bg_budget_fund(self.terms[0], 1)->carry_over);
    assert_false(bg_budget_needs_expense(self.terms[0]));
    budget_case_free(&self);
}

/* ---- blocks ---- */

static void a_block_gives_each_unit_what_it_gets_alone(void **state)
{
    (void)state;
    enum { N = 3 };
    budget_case self;
    read_good(&self, worked_example);
    const bg_fen previous[N] = {100 * MILLION, 12345678901, 1};
    const bg_fen income[N] = {1000 * MILLION, 110 * MILLION, 0};
    bg_fen columns[5 + 12][N];
    bg_budget_block block = {.n = N, .year = 2026, .previous_total = previous, .income = income};
    block.total = columns[0];
    block.opening_total = columns[1];
    block.payable = columns[2];
    block.fund[0] = columns[3];
    block.fund[1] = columns[4];
    for (size_t month = 0; month < 12; month++) {
        block.instalment[month] = columns[5 + month];
    }
    assert_int_equal(bg_budget_compute(self.terms[0], &block, NULL, &self.errors), BG_OK);
    for (size_t i = 0; i < N; i++) {
        unit_budget alone = compute(
            &self,
            &(unit_inputs){.year = 2026, .previous_total = previous[i], .income = &income[i]});
        assert_int_equal(columns[0][i], alone.total);
        assert_int_equal(columns[1][i], alone.opening_total);
        assert_int_equal(columns[2][i], alone.payable);
        assert_int_equal(columns[3][i], alone.fund[0]);
        assert_int_equal(columns[4][i], alone.fund[1]);
        for (size_t month = 0; month < 12; month++) {
            assert_int_equal(columns[5 + month][i], alone.instalment[month]);
        }
    }
    budget_case_free(&self);
}

static void an_amount_that_does_not_fit_is_an_error(void **state)
{
    (void)state;
    budget_case self;
    read_good(&self, worked_example);
    unit_inputs inputs = {.year = 2026, .previous_total = INT64_MAX};
    unit_budget result;
    assert_int_equal(budget_case_compute(&self, 0, &inputs, &result, NULL), BG_OVERFLOW);
    assert_true(budget_case_says(&self, "budget", "residents in 2026 is larger"));
    budget_case_free(&self);
}

static void a_year_beyond_the_contract_is_refused(void **state)
{
    (void)state;
    budget_case self;
    read_good(&self, worked_example);
    unit_budget result;
    static const int years[] = {2024, 2028};
    for (size_t i = 0; i < 2; i++) {
        unit_inputs inputs = {.year = years[i]};
        assert_int_equal(budget_case_compute(&self, 0, &inputs, &result, NULL), BG_INTERNAL);
        bg_decimal cut = 1;
        assert_int_equal(bg_budget_growth(self.terms[0], years[i], &cut), 0);
        assert_int_equal(cut, 0);
    }
    budget_case_free(&self);
}

/* ---- what cannot be a budget ---- */

static void terms_that_contradict_each_other_are_refused_with_their_key(void **state)
{
    (void)state;
    static const struct {
        const char *yaml;
        bg_status status;
        const char *path, *words;
    } cases[] = {
        {"history: {2023: 1M, 2024: 1M}\nbudget: {base: {weights: [1, 1, 1]}}\n", BG_INVALID,
         "budget.base.weights", "3 weights for 2 past years"},
        {"history: {2023: 1M, 2024: 1M}\nbudget: {base: {weights: [0, 0]}}\n", BG_RANGE,
         "budget.base.weights", "All weights are zero"},
        {"history: {2021: 1M, 2022: 1M, 2023: 1M, 2024: 1M}\n"
         "budget: {later_rule: rolling, base: {weights: [1, 0, 0, 0]}}\n",
         BG_RANGE, "budget.base.weights", "last three weights"},
        {"history: {2024: 1M}\nbudget: {growth: {2025: 5%}}\n", BG_MISSING, "budget.growth",
         "no growth for 2026"},
        {"history: {2024: 1M}\nsimulation: {first_year: 2024}\n", BG_RANGE, "simulation.first_year",
         "history goes to 2024"},
        {"history: {2024: 1M}\nbudget: {later_rule: per_capita, per_head: {2026: 1}}\n", BG_MISSING,
         "budget.per_head", "no amount per head for 2027"},
        {"history: {2024: 1M}\nbudget: {adjustments: {x: {month: 3}}}\n", BG_MISSING,
         "budget.adjustments[x]", "no amount"},
        {"history: {2024: 1M}\nbudget: {adjustments: {x: {amount: 1, year: 2031}}}\n", BG_RANGE,
         "budget.adjustments[x].year", "from 2025 to 2029"},
        {"history: {2024: 1M}\nbudget: {adjustments: {x: {amount: 1, scheme: employees}}}\n",
         BG_INVALID, "budget.adjustments[x]", "employees, a scheme that has no history"},
        {"history: {2024: 1M}\nbudget: {funds: {a: 50%, b: 50%, c: 0.1%}}\n", BG_RANGE,
         "budget.funds", "100.1%"},
        {"history: {2024: 1M}\nbudget: {funds: {a: 0, b: 0, c: 0, d: 0, e: 0, f: 0, g: 0, h: 0, "
         "i: 0}}\n",
         BG_LIMIT, "budget.funds", "9 funds; at most 8"},
        {"history: {2024: 1M}\nbudget: {prepayment: {months: season}}\n"
         "demand: {season: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]}\n",
         BG_INVALID, "demand.season", "11 monthly factors"},
        {"history: {2024: 1M}\nbudget: {prepayment: {months: season}}\n"
         "demand: {season: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]}\n",
         BG_RANGE, "demand.season", "All monthly factors are zero"},
        {"history: {2024: 1M}\nbudget: {prepayment: {shares: [30%, 20%, 20%, 20%]}}\n", BG_RANGE,
         "budget.prepayment.shares", "add up to 90%; they must add up to 100%"},
        {"history: {2024: 1M}\nbudget: {prepayment: {shares: [50%, 50%]}}\n", BG_INVALID,
         "budget.prepayment.shares", "2 shares of the instalments; four"},
        {"history: {2024: 1M}\nbudget: {prepayment: {months: equal, shares: [1, 0, 0, 0]}}\n",
         BG_INVALID, "budget.prepayment.months", "leave one of the two out"},
        {"people: {residents: 1000}\nhistory: {2024: 10000000亿}\n"
         "budget: {base: {completion: 1%}}\n",
         BG_OVERFLOW, "budget", "base of the budget is larger"},
        {"people: {residents: 1000}\nhistory: {2024: 900000000亿}\nbudget: {growth: 50%}\n",
         BG_OVERFLOW, "budget", "first total is larger"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        budget_case self;
        budget_case_read(&self, cases[i].yaml);
        if (self.status != cases[i].status ||
            !budget_case_says(&self, cases[i].path, cases[i].words)) {
            for (size_t e = 0; e < self.errors.count; e++) {
                print_error("%s: %s\n", self.errors.items[e].path, self.errors.items[e].message);
            }
            fail_msg("case %zu: status %d", i, (int)self.status);
        }
        assert_null(self.terms[0]);
        budget_case_free(&self);
    }
}

static void all_that_is_wrong_is_reported_at_once(void **state)
{
    (void)state;
    budget_case self;
    budget_case_read(&self, "history: {2024: 1M}\n"
                            "budget: {base: {weights: [0]}, funds: {a: 50%, b: 50%, c: 50%},\n"
                            "  adjustments: {x: {month: 3}, y: {month: 4}}}\n");
    assert_int_equal(self.status, BG_RANGE);
    assert_int_equal(self.errors.error_count, 4);
    budget_case_free(&self);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_worked_example_comes_out_to_the_fen),
        cmocka_unit_test(growth_above_the_cap_is_cut_with_one_warning_and_the_first_year_is_spared),
        cmocka_unit_test(growth_equal_to_the_cap_passes_unmarked),
        cmocka_unit_test(a_scheme_may_have_growth_and_cap_of_its_own),
        cmocka_unit_test(a_common_cap_is_warned_of_once_for_two_schemes),
        cmocka_unit_test(caps_that_differ_are_warned_of_one_by_one_with_their_years),
        cmocka_unit_test(the_formula_on_the_national_fund_falls_short_as_published_figures_show),
        cmocka_unit_test(equal_and_rising_weights_average_the_national_cost_per_head),
        cmocka_unit_test(fewer_weights_than_years_count_from_the_last_year_backwards),
        cmocka_unit_test(expense_that_is_not_fully_settled_is_completed),
        cmocka_unit_test(past_years_are_trended_to_the_last_base_year_or_the_budget_year),
        cmocka_unit_test(each_year_of_trend_is_rounded_to_the_fen),
        cmocka_unit_test(standing_still_needs_the_growth_that_the_lag_of_the_base_costs),
        cmocka_unit_test(a_base_trended_to_the_budget_year_does_not_lag),
        cmocka_unit_test(a_rolling_total_is_the_grown_mean_of_the_last_three_expenses),
        cmocka_unit_test(a_rolling_mean_uses_the_weights_of_the_last_three_years),
        cmocka_unit_test(a_rolling_total_without_any_expense_is_an_error),
        cmocka_unit_test(an_amount_per_head_is_paid_for_whole_persons_and_not_grown),
        cmocka_unit_test(without_an_amount_the_first_total_per_head_is_grown),
        cmocka_unit_test(a_grown_amount_for_persons_is_rounded_once),
        cmocka_unit_test(people_that_are_no_count_are_an_error),
        cmocka_unit_test(an_adjustment_in_january_is_part_of_the_total_from_the_start),
        cmocka_unit_test(a_later_adjustment_changes_the_instalments_from_its_month_on),
        cmocka_unit_test(adjustments_add_up_month_by_month),
        cmocka_unit_test(an_adjustment_counts_in_its_year_and_scheme_only),
        cmocka_unit_test(a_reduction_below_what_was_paid_is_an_error_at_the_adjustment),
        cmocka_unit_test(a_reduction_one_fen_below_what_was_paid_is_an_error),
        cmocka_unit_test(a_reduction_to_exactly_what_was_paid_stops_the_instalments),
        cmocka_unit_test(a_total_below_zero_is_an_error),
        cmocka_unit_test(the_total_stays_within_income_less_other_spending),
        cmocka_unit_test(the_limit_also_holds_back_a_mid_year_increase),
        cmocka_unit_test(a_part_of_the_payable_amount_is_left_for_the_year_end),
        cmocka_unit_test(earmarked_funds_stay_within_the_instalments),
        cmocka_unit_test(instalments_may_follow_the_season),
        cmocka_unit_test(instalments_may_have_shares_by_quarter),
        cmocka_unit_test(instalments_may_have_shares_by_month),
        cmocka_unit_test(a_change_is_spread_over_the_quarters_that_are_left),
        cmocka_unit_test(a_month_of_the_quarter_without_quarters_has_no_effect),
        cmocka_unit_test(an_increase_that_no_month_is_left_to_pay_is_an_error),
        cmocka_unit_test(instalments_leave_out_what_the_pool_is_expected_to_pay_outside),
        cmocka_unit_test(a_community_that_pays_outside_gets_it_in_the_instalments),
        cmocka_unit_test(a_share_outside_that_is_written_counts_before_that_of_the_past),
        cmocka_unit_test(the_share_outside_of_lines_without_a_past_is_that_of_their_levels),
        cmocka_unit_test(a_share_outside_that_is_missing_or_idle_is_told),
        cmocka_unit_test(where_nothing_is_prepaid_no_month_has_to_take_a_change),
        cmocka_unit_test(funds_never_take_more_than_the_total),
        cmocka_unit_test(opening_balances_follow_the_size_of_the_first_totals),
        cmocka_unit_test(the_default_funds_are_three_and_two_per_cent),
        cmocka_unit_test(a_block_gives_each_unit_what_it_gets_alone),
        cmocka_unit_test(an_amount_that_does_not_fit_is_an_error),
        cmocka_unit_test(a_year_beyond_the_contract_is_refused),
        cmocka_unit_test(terms_that_contradict_each_other_are_refused_with_their_key),
        cmocka_unit_test(all_that_is_wrong_is_reported_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
