/* 110 (1 + g) + a million with g in 0 to 10 % and a in 0 to 10 million is a sum, so that the shares of its
 * variance are 11^2 : 10^2, total and alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/close.h"
#include "../../support/folder.h"
#include "../../support/says.h"
#include "../../support/scenario_text.h"
#include "study/sensitivity.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char base[] = "history: {2022: 1亿, 2023: 1.1亿, 2024: 1.2亿}\n"
                           "budget: {adjustments: {beds: 0}}\n"
                           "simulation: {years: 1, replications: 32}\n";
static const char three_funds[] =
    "history: {2024: 1亿}\n"
    "budget: {funds: {guarantee: {rate: 40%}, risk: {rate: 40%}, c: {rate: 1%}}}\n"
    "simulation: {years: 1, replications: 32}\n";

typedef struct asked {
    bg_scenario_source source;
    bg_scenario *scenario;
    bg_model model;
    bg_axis input[BG_SENSITIVITY_INPUTS];
    bg_sensitivity_question question;
    bg_sensitivity found;
    bg_errors errors;
} asked;

static void begin(asked *self, const char *text, const char *figure)
{
    folder_write("base.yaml", text);
    *self = (asked){.source = {.path = "base.yaml"}};
    bg_errors_init(&self->errors);
    assert_int_equal(bg_scenario_load(&self->source, &self->scenario, &self->errors), BG_OK);
    assert_int_equal(bg_model_read(self->scenario, &self->model, &self->errors), BG_OK);
    bg_errors_free(&self->errors); /* warnings */
    self->question = (bg_sensitivity_question){.source = &self->source,
                                               .model = &self->model,
                                               .input = self->input,
                                               .figures = 1,
                                               .rows = 256,
                                               .threads = 1};
    assert_int_equal(bg_figure_parse(&self->model, figure, "f", &self->question.figure[0], NULL),
                     BG_OK);
}

static void add(asked *self, const char *key, const char *range)
{
    assert_int_equal(bg_axis_range(key, range, 100, &self->input[self->question.inputs++], NULL),
                     BG_OK);
}

static void run(asked *self)
{
    assert_int_equal(bg_sensitivity_run(&self->question, &self->found, &self->errors), BG_OK);
}

static void end(asked *self)
{
    bg_sensitivity_free(&self->found);
    bg_model_free(&self->model);
    bg_scenario_free(self->scenario);
    bg_errors_free(&self->errors);
}

static void the_variance_of_a_sum_has_the_shares_that_arithmetic_says(void **state)
{
    (void)state;
    asked self;
    begin(&self, base, "mean(budget.first)");
    add(&self, "budget.adjustments[beds].amount", "0:1000万");
    add(&self, "budget.growth", "0%:10%");
    run(&self);
    const bg_sobol_indices *last = &self.found.at[BG_SENSITIVITY_SHARES - 1];
    assert_int_equal(self.found.groups, 2);
    assert_close(last->total[0].value, 100.0 / 221, 0.03);
    assert_close(last->total[1].value, 121.0 / 221, 0.03);
    assert_close(last->first[0].value, 100.0 / 221, 0.03);
    assert_true(self.found.varies);
    assert_int_equal(self.found.order[0], 1); /* growth, the larger one */
    assert_int_equal(self.found.order[1], 0);
    assert_int_equal(self.found.rows, 256);
    assert_int_equal(self.found.left_out, 0);
    assert_int_equal(self.found.rows_at[0], 32);
    assert_close(self.found.inner_noise, 0, 0); /* a budget has no error */
    end(&self);
}

/* 6 % by default. The ends of the growth are no override of the beds, nor the other way round. */
static void the_ends_turn_one_input_alone(void **state)
{
    (void)state;
    asked self;
    begin(&self, base, "mean(budget.first)");
    add(&self, "budget.growth", "0%:10%");
    add(&self, "budget.adjustments[beds].amount", "100万:1000万");
    self.question.rows = BG_SENSITIVITY_FEWEST_ROWS;
    run(&self);
    assert_close(self.found.as_given, 116.6e8, 1e-6);
    assert_close(self.found.low_end[0], 110e8, 1e-6);
    assert_close(self.found.high_end[0], 121e8, 1e-6);
    assert_close(self.found.low_end[1], 117.6e8, 1e-6);
    assert_close(self.found.high_end[1], 126.6e8, 1e-6);
    end(&self);
}

/* Each figure's numbers are those that it has alone. */
static void several_figures_are_read_off_the_same_points(void **state)
{
    (void)state;
    static const char *const figures[] = {"mean(expense.first)", "p_overspend.first"};
    asked both;
    bg_sensitivity found[2];
    begin(&both, base, figures[0]);
    add(&both, "demand.trend.prior", "2%:8%");
    add(&both, "budget.growth", "0%:10%");
    both.question.rows = 32;
    both.question.figures = 2;
    assert_int_equal(bg_figure_parse(&both.model, figures[1], "f", &both.question.figure[1], NULL),
                     BG_OK);
    assert_int_equal(bg_sensitivity_run(&both.question, found, &both.errors), BG_OK);
    for (size_t i = 0; i < 2; i++) {
        asked alone;
        begin(&alone, base, figures[i]);
        add(&alone, "demand.trend.prior", "2%:8%");
        add(&alone, "budget.growth", "0%:10%");
        alone.question.rows = 32;
        run(&alone);
        const bg_sobol_indices *a = &alone.found.at[BG_SENSITIVITY_SHARES - 1];
        const bg_sobol_indices *b = &found[i].at[BG_SENSITIVITY_SHARES - 1];
        assert_close(a->total[0].value, b->total[0].value, 0);
        assert_close(a->first[1].low, b->first[1].low, 0);
        assert_close(alone.found.high_end[1], found[i].high_end[1], 0);
        assert_close(alone.found.as_given, found[i].as_given, 0);
        assert_close(alone.found.inner_noise, found[i].inner_noise, 0);
        end(&alone);
        bg_sensitivity_free(&found[i]);
    }
    end(&both);
}

static void no_number_depends_on_the_threads(void **state)
{
    (void)state;
    double totals[2];
    for (int threads = 1; threads <= 2; threads++) {
        asked self;
        begin(&self, base, "q90(expense.first)");
        add(&self, "demand.trend.prior", "2%:8%");
        add(&self, "demand.volatility.total", "1%:5%");
        self.question.rows = 32;
        self.question.threads = threads;
        run(&self);
        totals[threads - 1] = self.found.at[BG_SENSITIVITY_SHARES - 1].total[1].value;
        end(&self);
    }
    assert_true(totals[0] > 0);
    assert_close(totals[0], totals[1], 0);
}

static void inputs_of_a_section_count_as_one(void **state)
{
    (void)state;
    asked self;
    begin(&self, three_funds, "mean(payable.first)");
    add(&self, "budget.funds[risk].rate", "0%:5%");
    add(&self, "budget.growth", "0%:10%");
    add(&self, "budget.funds[guarantee].rate", "0%:5%");
    self.question.by_section = true;
    self.question.rows = 32;
    run(&self);
    assert_int_equal(self.found.groups, 2);
    assert_string_equal(self.found.group[0].name, "budget.funds");
    assert_int_equal(self.found.group[0].end, 2);
    assert_string_equal(self.found.input[0].key, "budget.funds[guarantee].rate");
    assert_string_equal(self.found.group[1].name, "budget.growth");
    end(&self);
}

/* Together they take more than the total in a corner of 1/50: 40 % + 40 % + c > 100 %, c below 20.4 %. */
static void rows_in_which_keys_contradict_each_other_are_left_out(void **state)
{
    (void)state;
    asked self;
    begin(&self, three_funds, "mean(payable.first)");
    add(&self, "budget.funds[c].rate", "0%:20.4%");
    add(&self, "budget.growth", "0%:10%");
    run(&self);
    assert_in_range(self.found.left_out, 5, 25); /* of 256, at A or B */
    assert_int_equal(self.found.rows + self.found.left_out, 256);
    assert_int_equal(isnan(self.found.high_end[0]) != 0, 1);
    assert_int_equal(isnan(self.found.low_end[0]) != 0, 0);
    assert_int_equal(self.errors.count, 0);
    end(&self);
}

static void too_many_contradictions_are_an_error(void **state)
{
    (void)state;
    asked self;
    begin(&self, three_funds, "mean(payable.first)");
    add(&self, "budget.funds[c].rate", "10%:50%");
    self.question.rows = 32;
    assert_int_equal(bg_sensitivity_run(&self.question, &self.found, &self.errors), BG_INVALID);
    char *messages = messages_of(&self.errors);
    assert_reports(messages, "of 32 rows the keys contradict each other");
    free(messages);
    end(&self);
}

static void what_the_inputs_have_no_part_in_does_not_vary(void **state)
{
    (void)state;
    asked self;
    begin(&self, base, "mean(expense.first)");
    add(&self, "budget.growth", "0%:10%");
    add(&self, "budget.adjustments[beds].amount", "0:1000万");
    self.question.rows = 64;
    run(&self);
    const bg_sobol_indices *last = &self.found.at[BG_SENSITIVITY_SHARES - 1];
    assert_false(self.found.varies);
    assert_int_equal(self.found.points, 4 * 64); /* as far as is known: none is left out */
    assert_close(last->mean, self.found.as_given, 0);
    assert_close(last->variance, 0, 0);
    assert_close(self.found.inner_noise, 0, 0);
    for (size_t g = 0; g < self.found.groups; g++) {
        assert_close(last->total[g].high, 0, 0);
        assert_close(last->first[g].high, 0, 0);
        assert_false(last->first[g].above_zero);
    }
    end(&self);
}

/* (1 + g) (0.97 - f) with g in 0 to 10 % and f in 0 to 20 %: var(g) var(f) of the variance. The beds only add. */
static void the_largest_are_told_together(void **state)
{
    (void)state;
    asked self;
    begin(&self, base, "mean(payable.first)");
    add(&self, "budget.growth", "0%:10%");
    add(&self, "budget.funds[risk].rate", "0%:20%");
    run(&self);
    const double g = 0.01 / 12, f = 0.04 / 12;
    const double share = g * f / (g * 0.87 * 0.87 + f * 1.05 * 1.05 + g * f);
    assert_int_equal(self.found.pairs, 1);
    const bg_sensitivity_pair *pair = &self.found.pair[0];
    assert_int_equal(pair->first + pair->second, 1);
    assert_close(pair->together.value, share, 0.3 * share);
    assert_true(pair->together.low < share && share < pair->together.high);
    end(&self);
}

/* ---- how much is simulated ---- */

static void futures_are_as_few_as_error_within_points_allows(void **state)
{
    (void)state;
    static const struct {
        const char *figure, *key, *range;
        size_t asked, futures;
    } cases[] = {
        {"mean(budget.first)", "budget.growth", "0%:10%", 0, BG_SENSITIVITY_FEWEST_FUTURES},
        {"p_overspend.first", "budget.growth", "-10%:30%", 0, BG_SENSITIVITY_FEWEST_FUTURES},
        {"p_overspend.first", "budget.growth", "2%:12%", 0, 1000},
        {"mean(expense.first)", "demand.trend.prior", "0%:15%", 64, 64},
        {"mean(result.first)", "budget.growth", "4%:4.1%", 0, 1200},
        {"mean(expense.first)", "budget.growth", "0%:10%", 0, BG_SENSITIVITY_FEWEST_FUTURES},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        asked self;
        begin(&self,
              "history: {2022: 1亿, 2023: 1.1亿, 2024: 1.2亿}\n"
              "simulation: {years: 1, replications: 1200}\n",
              cases[i].figure);
        add(&self, cases[i].key, cases[i].range);
        self.question.rows = 32;
        self.question.replications = cases[i].asked;
        run(&self);
        assert_int_equal(self.found.replications, cases[i].futures);
        assert_true(self.found.inner_noise <= BG_SENSITIVITY_NOISE || cases[i].asked ||
                    cases[i].futures == 1200);
        end(&self);
    }
}

/* A bound of the pool says nothing of the budget; the growth and the beds go on. */
static void an_input_without_effect_is_screened_out(void **state)
{
    (void)state;
    asked self;
    begin(&self, base, "mean(budget.first)");
    add(&self, "budget.adjustments[beds].amount", "0:1000万");
    add(&self, "pool[residents].bounds.surplus", "0%:100%");
    add(&self, "budget.growth", "0%:10%");
    run(&self);
    const bg_sobol_indices *last = &self.found.at[BG_SENSITIVITY_SHARES - 1];
    assert_int_equal(self.found.group[0].rows, 256);
    assert_int_equal(self.found.group[1].rows, BG_SENSITIVITY_SCREENING_ROWS);
    assert_int_equal(self.found.group[2].rows, 256);
    assert_close(last->total[1].high, 0, 0);
    assert_close(last->total[0].value, 100.0 / 221, 0.06);
    assert_close(last->total[2].value, 121.0 / 221, 0.06);
    assert_int_equal(self.found.points, 4 * 256 + 32 + 256); /* and a pair */
    end(&self);
}

/* The beds, nothing in the scenario, have 1/122 of the variance. They are 500,000 on average in an eighth of the rows, which
 * leaves 110 million times 1.05 and 62,500. */
static void what_is_screened_out_stays_as_the_scenario_has_it(void **state)
{
    (void)state;
    asked self;
    begin(&self, base, "mean(budget.first)");
    add(&self, "budget.growth", "0%:10%");
    add(&self, "budget.adjustments[beds].amount", "0:100万");
    run(&self);
    assert_int_equal(self.found.group[1].rows, BG_SENSITIVITY_SCREENING_ROWS);
    assert_close(self.found.at[BG_SENSITIVITY_SHARES - 1].mean, 11556250000, 10000000);
    end(&self);
}

static void what_counts_in_one_figure_is_kept_for_all(void **state)
{
    (void)state;
    static const char *const figures[] = {"mean(budget.first)", "mean(expense.first)"};
    bg_sensitivity found[2];
    asked self;
    begin(&self, base, figures[0]);
    add(&self, "budget.growth", "0%:10%");
    add(&self, "demand.trend.prior", "0%:10%");
    self.question.figures = 2;
    assert_int_equal(bg_figure_parse(&self.model, figures[1], "f", &self.question.figure[1], NULL),
                     BG_OK);
    assert_int_equal(bg_sensitivity_run(&self.question, found, &self.errors), BG_OK);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(found[i].group[0].rows, 256);
        assert_int_equal(found[i].group[1].rows, 256);
        assert_close(found[i].at[BG_SENSITIVITY_SHARES - 1].total[i].value, 1, 0.2);
        assert_close(found[i].at[BG_SENSITIVITY_SHARES - 1].total[1 - i].value, 0, 0);
        bg_sensitivity_free(&found[i]);
    }
    end(&self);
}

static void open_inputs_are_assumptions_with_a_usual_range(void **state)
{
    (void)state;
    asked self;
    begin(&self, base, "mean(budget.first)");
    size_t count = 0;
    assert_int_equal(bg_sensitivity_open_inputs(&self.model, self.input, &count), BG_OK);
    bool prior = false;
    assert_in_range(count, 2, BG_SENSITIVITY_INPUTS);
    for (size_t i = 0; i < count; i++) {
        const bg_axis *input = &self.input[i];
        const bg_node *node = bg_scenario_find(self.scenario, input->key);
        assert_int_equal(node->origin, BG_ORIGIN_DEFAULT);
        assert_true(input->spread.low < input->spread.high);
        assert_true(input->row->assumed);
        prior = prior || strcmp(input->key, "demand.trend.prior") == 0;
    }
    assert_true(prior);
    end(&self);
}

static void the_inputs_of_a_plan_are_its_axes_that_are_spread(void **state)
{
    (void)state;
    bg_axis input[BG_SENSITIVITY_INPUTS];
    size_t count = 9;
    bg_errors errors;
    bg_errors_init(&errors);
    bg_scenario *plan =
        scenario_of("history: {2024: 1亿}\n"
                    "sweep:\n"
                    "  design: sobol\n"
                    "  points: 4\n"
                    "  axes:\n"
                    "    cap: {key: budget.growth_cap, values: [5%, 9%], role: policy}\n"
                    "    trend: {key: demand.trend.prior, distribution: normal, mean: 5%, sd: 1%}\n"
                    "    rule: {key: budget.later_rule, values: [rolling, previous_total]}\n"
                    "    seed: {key: simulation.seed, from: 1, to: 9}\n"
                    "    growth: {key: budget.growth, from: 2%, to: 8%}\n"
                    "  figures: {risk: p_overspend}\n",
                    NULL);
    assert_int_equal(bg_sensitivity_planned_inputs(plan, input, &count, &errors), BG_OK);
    assert_int_equal(count, 2);
    assert_string_equal(input[0].key, "demand.trend.prior");
    assert_close(bg_axis_end(&input[0], true), 0.05 + 0.01 * 1.2815515655446004, 1e-9);
    assert_string_equal(input[1].key, "budget.growth");
    assert_close(bg_axis_end(&input[1], false), 0.02, 0);
    bg_scenario_free(plan);
    bg_scenario *none = scenario_of("history: {2024: 1亿}\n", NULL);
    assert_int_equal(bg_sensitivity_planned_inputs(none, input, &count, &errors), BG_OK);
    assert_int_equal(count, 0);
    bg_scenario_free(none);
    bg_errors_free(&errors);
}

static void a_stop_interrupts(void **state)
{
    (void)state;
    static const volatile int stop = 1;
    asked self;
    begin(&self, base, "mean(budget.first)");
    add(&self, "budget.growth", "0%:10%");
    self.question.stop = &stop;
    assert_int_equal(bg_sensitivity_run(&self.question, &self.found, &self.errors), BG_INTERRUPTED);
    end(&self);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_variance_of_a_sum_has_the_shares_that_arithmetic_says),
        cmocka_unit_test(the_ends_turn_one_input_alone),
        cmocka_unit_test(several_figures_are_read_off_the_same_points),
        cmocka_unit_test(no_number_depends_on_the_threads),
        cmocka_unit_test(inputs_of_a_section_count_as_one),
        cmocka_unit_test(rows_in_which_keys_contradict_each_other_are_left_out),
        cmocka_unit_test(too_many_contradictions_are_an_error),
        cmocka_unit_test(what_the_inputs_have_no_part_in_does_not_vary),
        cmocka_unit_test(the_largest_are_told_together),
        cmocka_unit_test(futures_are_as_few_as_error_within_points_allows),
        cmocka_unit_test(an_input_without_effect_is_screened_out),
        cmocka_unit_test(what_is_screened_out_stays_as_the_scenario_has_it),
        cmocka_unit_test(what_counts_in_one_figure_is_kept_for_all),
        cmocka_unit_test(open_inputs_are_assumptions_with_a_usual_range),
        cmocka_unit_test(the_inputs_of_a_plan_are_its_axes_that_are_spread),
        cmocka_unit_test(a_stop_interrupts),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
