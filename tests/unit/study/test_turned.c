/* One assumption at a time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../support/close.h"
#include "../../support/folder.h"
#include "study/turned.h"

#include <math.h>

typedef struct asked {
    bg_scenario_source source;
    bg_scenario *scenario;
    bg_model model;
    bg_turned_list list;
    bg_errors errors;
} asked;

static void begin(asked *self, int threads)
{
    folder_write("base.yaml", "history: {2022: 1亿, 2023: 1.1亿, 2024: 1.2亿}\n"
                              "budget: {growth: 12%}\n"
                              "simulation: {years: 3, replications: 5000}\n");
    *self = (asked){.source = {.path = "base.yaml"}};
    bg_errors_init(&self->errors);
    assert_int_equal(bg_scenario_load(&self->source, &self->scenario, &self->errors), BG_OK);
    assert_int_equal(bg_model_read(self->scenario, &self->model, &self->errors), BG_OK);
    assert_int_equal(bg_turned_find(&self->source, &self->model, threads, NULL, &self->list),
                     BG_OK);
}

static void end(asked *self)
{
    bg_model_free(&self->model);
    bg_scenario_free(self->scenario);
    bg_errors_free(&self->errors);
}

static const bg_turned *item_of(const asked *self, const char *key)
{
    const bg_turned *found = NULL;
    for (size_t i = 0; i < self->list.count; i++) {
        found = strcmp(self->list.item[i].input.key, key) == 0 ? &self->list.item[i] : found;
    }
    assert_non_null(found);
    return found;
}

/* What a run of the scenario with that value says. */
static bg_turned_figures figures_of(const char *override)
{
    const char *const overrides[] = {override, "simulation.replications=2000"};
    const bg_scenario_source source = {
        .path = "base.yaml", .overrides = overrides, .override_count = 2};
    bg_errors errors;
    bg_errors_init(&errors);
    bg_scenario *scenario = NULL;
    bg_model model;
    bg_projection *projection = NULL;
    const bg_projection_options all = {.threads = 1};
    assert_int_equal(bg_scenario_load(&source, &scenario, &errors), BG_OK);
    assert_int_equal(bg_model_read(scenario, &model, &errors), BG_OK);
    assert_int_equal(bg_projection_run(&model, &all, &projection, &errors), BG_OK);
    const bg_turned_figures figures = {
        bg_projection_probability(projection, 0, 0, BG_EVENT_overspend).estimate,
        bg_projection_statistics(projection, 0, 0, BG_OUTCOME_result)->mean};
    bg_projection_free(projection);
    bg_model_free(&model);
    bg_scenario_free(scenario);
    bg_errors_free(&errors);
    return figures;
}

static void an_end_is_what_a_run_with_that_value_says(void **state)
{
    (void)state;
    asked self;
    begin(&self, 2);
    assert_int_equal(self.list.futures, 2000);
    const bg_turned_figures given = figures_of("budget.growth=12%");
    assert_close(self.list.given.chance, given.chance, 0);
    assert_close(self.list.given.result, given.result, 0);
    /* 6 % by default; usual are -5 % to 15 %, a tenth of which are 2 points. */
    const bg_turned *trend = item_of(&self, "demand.trend.prior");
    assert_int_equal(trend->given, 6 * BG_ONE / 100);
    assert_int_equal(trend->value[0], 4 * BG_ONE / 100);
    assert_int_equal(trend->value[1], 8 * BG_ONE / 100);
    const bg_turned_figures low = figures_of("demand.trend.prior=4%");
    const bg_turned_figures high = figures_of("demand.trend.prior=8%");
    assert_close(trend->figures[0].chance, low.chance, 0);
    assert_close(trend->figures[1].chance, high.chance, 0);
    assert_close(trend->figures[1].result, high.result, 0);
    assert_true(low.chance < high.chance);
    end(&self);
}

static void what_moves_most_comes_first_and_what_moves_nothing_not_at_all(void **state)
{
    (void)state;
    asked self;
    begin(&self, 1);
    assert_true(self.list.count > 3);
    double before = 1;
    for (size_t i = 0; i < self.list.count; i++) {
        const bg_turned_figures *ends = self.list.item[i].figures;
        const double moved = fabs(ends[1].chance - ends[0].chance);
        assert_true(moved > 0 && moved <= before);
        before = moved;
        assert_null(strstr(self.list.item[i].input.key, "prepayment"));
    }
    end(&self);
}

/* Whole steps of the axis: rates in units of 10^-12. */
static void values_lie_a_tenth_of_the_usual_range_apart_and_within_it(void **state)
{
    (void)state;
    asked self;
    begin(&self, 2);
    for (size_t i = 0; i < self.list.count; i++) {
        const bg_turned *item = &self.list.item[i];
        const int64_t low = bg_axis_nearest(&item->input, bg_axis_end(&item->input, false));
        const int64_t high = bg_axis_nearest(&item->input, bg_axis_end(&item->input, true));
        const int64_t tenth = (high - low) / 10;
        assert_true(item->value[0] <= item->given && item->given <= item->value[1]);
        assert_true(item->value[0] < item->value[1]);
        assert_true(item->value[0] == item->given - tenth || item->value[0] == low);
        assert_true(item->value[1] == item->given + tenth || item->value[1] == high);
    }
    end(&self);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_end_is_what_a_run_with_that_value_says),
        cmocka_unit_test(what_moves_most_comes_first_and_what_moves_nothing_not_at_all),
        cmocka_unit_test(values_lie_a_tenth_of_the_usual_range_apart_and_within_it),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
