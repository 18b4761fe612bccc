/* Every point has the figure of a scenario loaded anew with its values, whatever it shares with others. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/close.h"
#include "../../support/folder.h"
#include "study/sample.h"

#include <math.h>

static const char base[] = "history: {2022: 1亿, 2023: 1.1亿, 2024: 1.2亿}\n"
                           "budget: {growth: 4%, growth_cap: 9%}\n"
                           "simulation: {years: 2, replications: 40}\n";

enum { ROWS = 16, INPUTS = 3 };

typedef struct sampled {
    bg_scenario_source source;
    bg_scenario *scenario;
    bg_model model;
    bg_axis input[INPUTS];
    bg_sensitivity_question question;
    bg_sensitivity shape;
    bg_sample sample;
    bg_errors errors;
} sampled;

static void begin(sampled *self, int threads)
{
    static const char *const keys[INPUTS] = {"budget.growth", "demand.trend.prior",
                                             "budget.funds[risk].rate"};
    folder_write("base.yaml", base);
    *self = (sampled){.source = {.path = "base.yaml"}};
    bg_errors_init(&self->errors);
    assert_int_equal(bg_scenario_load(&self->source, &self->scenario, &self->errors), BG_OK);
    assert_int_equal(bg_model_read(self->scenario, &self->model, &self->errors), BG_OK);
    self->question = (bg_sensitivity_question){.source = &self->source,
                                               .model = &self->model,
                                               .input = self->input,
                                               .inputs = INPUTS,
                                               .figures = 1,
                                               .rows = ROWS,
                                               .threads = threads};
    assert_int_equal(
        bg_figure_parse(&self->model, "p_overspend.last", "f", &self->question.figure[0], NULL),
        BG_OK);
    self->shape = (bg_sensitivity){.inputs = INPUTS, .groups = INPUTS, .seed = 3};
    for (size_t i = 0; i < INPUTS; i++) {
        assert_int_equal(bg_axis_range(keys[i], "0%:10%", 100, &self->input[i], NULL), BG_OK);
        self->shape.input[i] = self->input[i];
        self->shape.group[i] = (bg_sensitivity_group){.first = i, .end = i + 1};
    }
    assert_int_equal(bg_sample_init(&self->question, &self->shape, &self->errors, &self->sample),
                     BG_OK);
    for (size_t g = 0; g < INPUTS; g++) {
        self->sample.runs[g] = true;
    }
    self->sample.replications = 40;
}

static void end(sampled *self)
{
    bg_sample_free(&self->sample);
    bg_sample_free(&self->sample);
    bg_model_free(&self->model);
    bg_scenario_free(self->scenario);
    bg_errors_free(&self->errors);
}

static double value_of(const sampled *self, size_t set, size_t row)
{
    return self->sample.value[bg_sample_at(&self->sample, 0, set, row)];
}

/* The figure at the point, by nothing that others have. */
static double fresh(const sampled *self, size_t set, size_t row, const size_t *fixed)
{
    bg_setting settings[INPUTS];
    bg_variant variant = {0};
    bg_model model;
    bg_errors errors;
    bg_estimate estimate[BG_FIGURE_UNITS];
    size_t count = 0;
    bg_errors_init(&errors);
    for (size_t i = 0; i < INPUTS; i++) {
        const double *cube = set == 1 || set == 2 + i ? self->sample.b : self->sample.a;
        if (!fixed || *fixed != i) {
            settings[count++] = bg_sample_setting(&self->input[i], cube[row * INPUTS + i]);
        }
    }
    assert_int_equal(bg_variant_read(&variant, &self->source, settings, count, &model, &errors),
                     BG_OK);
    assert_int_equal(bg_sample_estimate(&self->question, &model, 40, NULL, estimate, &errors),
                     BG_OK);
    bg_errors_free(&errors);
    bg_model_free(&model);
    bg_variant_free(&variant);
    return estimate[0].value;
}

static void points_that_share_a_drawing_have_the_figures_of_their_own(void **state)
{
    (void)state;
    for (int threads = 1; threads <= 2; threads++) {
        sampled self;
        begin(&self, threads);
        assert_int_equal(bg_sample_run(&self.sample, 0, ROWS), BG_OK);
        for (size_t set = 0; set < 2 + INPUTS; set++) {
            for (size_t row = 0; row < ROWS; row++) {
                assert_close(value_of(&self, set, row), fresh(&self, set, row, NULL), 0);
            }
        }
        assert_int_equal(self.sample.done, ROWS * (2 + INPUTS));
        assert_int_equal(bg_sample_good(&self.sample, ROWS), ROWS);
        end(&self);
    }
}

static void a_fixed_input_stays_from_its_row_on_as_the_scenario_has_it(void **state)
{
    (void)state;
    const size_t growth = 0;
    sampled self;
    begin(&self, 1);
    self.sample.fixed_from[growth] = 4;
    self.sample.runs[growth] = false;
    assert_int_equal(bg_sample_run(&self.sample, 2, 6), BG_OK);
    for (size_t row = 2; row < 6; row++) {
        const size_t *fixed = row < 4 ? NULL : &growth;
        assert_close(value_of(&self, 1, row), fresh(&self, 1, row, fixed), 0);
        assert_close(value_of(&self, 2, row), 0, 0);
        assert_close(value_of(&self, 3, row), fresh(&self, 3, row, fixed), 0);
    }
    end(&self);
}

static void a_pair_takes_both_groups(void **state)
{
    (void)state;
    sampled self;
    begin(&self, 2);
    self.shape.pairs = 1;
    self.shape.pair[0] = (bg_sensitivity_pair){.first = 0, .second = 1};
    assert_int_equal(bg_sample_run_pairs(&self.sample), BG_OK);
    for (size_t row = 0; row < ROWS; row++) {
        for (size_t i = 0; i < 2; i++) {
            self.sample.a[row * INPUTS + i] = self.sample.b[row * INPUTS + i];
        }
        assert_close(value_of(&self, 2 + INPUTS, row), fresh(&self, 0, row, NULL), 0);
    }
    assert_int_equal(self.sample.done, ROWS);
    end(&self);
}

static void error_within_the_points_is_that_of_the_good_rows(void **state)
{
    (void)state;
    sampled self;
    begin(&self, 1);
    for (size_t row = 0; row < 3; row++) {
        self.sample.variance[bg_sample_at(&self.sample, 0, 0, row)] = row == 1 ? 100 : 1;
        self.sample.variance[bg_sample_at(&self.sample, 0, 1, row)] = row == 1 ? 100 : 3;
    }
    self.sample.failed[1] = true;
    assert_close(bg_sample_noise(&self.sample, 0, 3), 2, 0);
    assert_true(bg_sample_told(&self.sample, 0, 3));
    self.sample.variance[bg_sample_at(&self.sample, 0, 1, 2)] = NAN;
    assert_close(bg_sample_noise(&self.sample, 0, 3), 5.0 / 3, 1e-15);
    assert_false(bg_sample_told(&self.sample, 0, 3));
    end(&self);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(points_that_share_a_drawing_have_the_figures_of_their_own),
        cmocka_unit_test(a_fixed_input_stays_from_its_row_on_as_the_scenario_has_it),
        cmocka_unit_test(a_pair_takes_both_groups),
        cmocka_unit_test(error_within_the_points_is_that_of_the_good_rows),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
