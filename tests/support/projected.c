#include "projected.h"

#include "says.h"

#include <baogan/figure.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void check(bg_status status, bg_errors *errors)
{
    for (size_t i = 0; status && i < errors->count; i++) {
        char *text = bg_error_text(&errors->items[i], NULL);
        print_error("%s\n", text ? text : "?");
        free(text);
    }
    bg_errors_free(errors);
    assert_int_equal(status, BG_OK);
}

static size_t count_of(const char *const *overrides)
{
    size_t count = 0;
    while (overrides && overrides[count]) {
        count++;
    }
    return count;
}

bg_scenario *parse_scenario(const char *text, const char *const *overrides)
{
    bg_errors errors;
    bg_errors_init(&errors);
    bg_scenario *scenario = NULL;
    check(bg_scenario_parse(text, strlen(text), "test.yaml", NULL, overrides, count_of(overrides),
                            &scenario, &errors),
          &errors);
    return scenario;
}

static void project(projected *self, const bg_projection_options *options)
{
    bg_errors errors;
    bg_errors_init(&errors);
    check(bg_model_read(self->scenario, &self->model, &errors), &errors);
    check(bg_projection_run(&self->model, options, &self->projection, &errors), &errors);
}

void start_projection(projected *self, const char *text, const char *const *overrides, int threads)
{
    start_projection_with(self, text, overrides, &(bg_projection_options){.threads = threads});
}

void start_projection_with(projected *self, const char *text, const char *const *overrides,
                           const bg_projection_options *options)
{
    self->scenario = parse_scenario(text, overrides);
    project(self, options);
}

void start_projection_of(projected *self, const char *path, const char *const *overrides,
                         int threads)
{
    const bg_scenario_source source = {
        .path = path, .overrides = overrides, .override_count = count_of(overrides)};
    bg_errors errors;
    bg_errors_init(&errors);
    check(bg_scenario_load(&source, &self->scenario, &errors), &errors);
    project(self, &(bg_projection_options){.threads = threads});
}

void finish_projection(projected *self)
{
    bg_projection_free(self->projection);
    bg_model_free(&self->model);
    bg_scenario_free(self->scenario);
}

static size_t outcome_index(const projected *self, const char *outcome)
{
    const int index = bg_projection_outcome_index(self->projection, outcome);
    assert_true(index >= 0);
    return (size_t)index;
}

const bg_fen *projected_draws(const projected *self, size_t unit, size_t year, const char *outcome)
{
    return bg_projection_draws(self->projection, unit, year, outcome_index(self, outcome));
}

bg_fen projected_central(const projected *self, size_t unit, size_t year, const char *outcome)
{
    return bg_projection_central(self->projection, unit, year, outcome_index(self, outcome));
}

const bg_statistics *projected_statistics(const projected *self, size_t unit, size_t year,
                                          const char *outcome)
{
    return bg_projection_statistics(self->projection, unit, year, outcome_index(self, outcome));
}

void figure_refused(const bg_model *model, const char *text, const char *words)
{
    bg_figure figure;
    bg_errors errors;
    bg_errors_init(&errors);
    assert_int_equal(bg_figure_parse(model, text, "--until", &figure, &errors), BG_USAGE);
    assert_says_among_others(errors.items[0].message, words);
    bg_errors_free(&errors);
}
