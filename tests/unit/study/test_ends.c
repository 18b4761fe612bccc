/* 110 million grown by 0 % and 10 %, 6 % by default; of a fund that takes 85 % with two others none is left at 50 %. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/close.h"
#include "../../support/folder.h"
#include "study/ends.h"

#include <math.h>

typedef struct asked {
    bg_scenario_source source;
    bg_scenario *scenario;
    bg_model model;
    bg_sensitivity_question question;
    bg_sensitivity answer;
    bg_sample sample;
    bg_errors errors;
} asked;

static void begin(asked *self, const char *figure, const char *key, const char *range)
{
    folder_write("base.yaml",
                 "history: {2022: 1亿, 2023: 1.1亿, 2024: 1.2亿}\n"
                 "budget: {funds: {guarantee: {rate: 40%}, risk: {rate: 40%}, c: {rate: 1%}}}\n"
                 "simulation: {years: 1, replications: 500}\n");
    *self = (asked){.source = {.path = "base.yaml"}};
    bg_errors_init(&self->errors);
    assert_int_equal(bg_scenario_load(&self->source, &self->scenario, &self->errors), BG_OK);
    assert_int_equal(bg_model_read(self->scenario, &self->model, &self->errors), BG_OK);
    self->question = (bg_sensitivity_question){.source = &self->source,
                                               .model = &self->model,
                                               .input = self->answer.input,
                                               .inputs = 1,
                                               .figures = 1,
                                               .rows = BG_SENSITIVITY_FEWEST_ROWS,
                                               .threads = 2};
    assert_int_equal(
        bg_figure_parse(&self->model, figure, "f", &self->question.figure[0], &self->errors),
        BG_OK);
    self->answer = (bg_sensitivity){.inputs = 1, .groups = 1, .group[0] = {.end = 1}};
    assert_int_equal(bg_axis_range(key, range, 100, &self->answer.input[0], &self->errors), BG_OK);
    assert_int_equal(bg_sample_init(&self->question, &self->answer, &self->errors, &self->sample),
                     BG_OK);
}

static void end(asked *self)
{
    bg_sample_free(&self->sample);
    bg_model_free(&self->model);
    bg_scenario_free(self->scenario);
    bg_errors_free(&self->errors);
}

static void ends_turn_an_input_and_leave_the_others(void **state)
{
    (void)state;
    asked self;
    begin(&self, "mean(budget.first)", "budget.growth", "0%:10%");
    assert_int_equal(bg_ends_run(&self.sample, &self.answer), BG_OK);
    assert_close(self.answer.low_end[0], 110e8, 1e-6);
    assert_close(self.answer.high_end[0], 121e8, 1e-6);
    assert_close(self.answer.as_given, 116.6e8, 1e-6);
    end(&self);
}

static void an_end_that_contradicts_the_scenario_has_no_figure(void **state)
{
    (void)state;
    asked self;
    begin(&self, "mean(payable.first)", "budget.funds[c].rate", "0%:50%");
    assert_int_equal(bg_ends_run(&self.sample, &self.answer), BG_OK);
    assert_close(self.answer.low_end[0], 0.2 * 116.6e8, 1e-6);
    assert_int_equal(isnan(self.answer.high_end[0]) != 0, 1);
    end(&self);
}

/* Points may have fewer. */
static void ends_have_all_futures_of_the_scenario(void **state)
{
    (void)state;
    bg_estimate estimate[BG_FIGURE_UNITS];
    asked self;
    begin(&self, "mean(expense.first)", "budget.growth", "0%:10%");
    self.sample.replications = 100;
    assert_int_equal(bg_ends_run(&self.sample, &self.answer), BG_OK);
    assert_int_equal(
        bg_sample_estimate(&self.question, &self.model, 500, NULL, estimate, &self.errors), BG_OK);
    assert_close(self.answer.as_given, estimate[0].value, 0);
    assert_close(self.answer.high_end[0], estimate[0].value, 0);
    assert_int_equal(
        bg_sample_estimate(&self.question, &self.model, 100, NULL, estimate, &self.errors), BG_OK);
    assert_true(fabs(self.answer.as_given - estimate[0].value) > 0);
    end(&self);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ends_turn_an_input_and_leave_the_others),
        cmocka_unit_test(an_end_that_contradicts_the_scenario_has_no_figure),
        cmocka_unit_test(ends_have_all_futures_of_the_scenario),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
