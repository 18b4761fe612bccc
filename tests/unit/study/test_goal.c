/* The budget of the first year is 110 (1 + g) million and what is added to it, so that arithmetic says
 * where it reaches 120. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/close.h"
#include "../../support/folder.h"
#include "../../support/says.h"
#include "../../support/scenario_text.h"
#include "study/goal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char base[] = "history: {2022: 1亿, 2023: 1.1亿, 2024: 1.2亿}\n"
                           "budget: {adjustments: {beds: 0}}\n"
                           "simulation: {years: 1, replications: 200}\n";

typedef struct question {
    bg_scenario_source source;
    bg_scenario *scenario;
    bg_model model;
    bg_axis axis[2];
    bg_goal goal;
    bg_errors errors;
} question;

static void begin(question *self, const char *text, const char *target)
{
    folder_write("base.yaml", text);
    *self = (question){.source = {.path = "base.yaml"}};
    bg_errors_init(&self->errors);
    assert_int_equal(bg_scenario_load(&self->source, &self->scenario, &self->errors), BG_OK);
    assert_int_equal(bg_model_read(self->scenario, &self->model, &self->errors), BG_OK);
    bg_errors_free(&self->errors); /* warnings */
    assert_int_equal(bg_axis_range("budget.growth", "0%:20%", 100, &self->axis[0], NULL), BG_OK);
    assert_int_equal(
        bg_axis_range("budget.adjustments[beds].amount", "0:1000万", 100, &self->axis[1], NULL),
        BG_OK);
    self->goal = (bg_goal){.source = &self->source, .axis = &self->axis[0], .where = "the target"};
    assert_int_equal(bg_target_parse(&self->model, target, "t", &self->goal.target, NULL), BG_OK);
}

static void end(question *self)
{
    bg_goal_free(&self->goal);
    bg_model_free(&self->model);
    bg_scenario_free(self->scenario);
    bg_errors_free(&self->errors);
}

static bg_goal_answer answer_of(question *self)
{
    bg_goal_answer answer;
    assert_int_equal(bg_goal_seek(&self->goal, &answer, &self->errors), BG_OK);
    assert_int_equal(self->errors.count, 0);
    return answer;
}

static void a_budget_is_reached_where_arithmetic_says(void **state)
{
    (void)state;
    question self;
    begin(&self, base, "mean(budget.first) >= 120M");
    bg_goal_answer answer = answer_of(&self);
    assert_int_equal(answer.count, 1);
    assert_true(answer.crossing[0].upward);
    assert_close(answer.crossing[0].holds_at, 0.09091, 1e-12);
    assert_close(answer.crossing[0].low, 1.0 / 11, 2e-6); /* a budget has no error */
    assert_close(answer.crossing[0].high, 1.0 / 11, 2e-6);
    assert_close(bg_goal_rounded(&self.goal, 1.0 / 11), 0.09091, 1e-12);
    bg_goal_answer_free(&answer);
    end(&self);
}

static void the_other_way_round_the_round_value_lies_below(void **state)
{
    (void)state;
    question self;
    begin(&self, base, "mean(budget.first) <= 120M");
    bg_goal_answer answer = answer_of(&self);
    assert_int_equal(answer.count, 1);
    assert_false(answer.crossing[0].upward);
    assert_close(answer.crossing[0].holds_at, 0.0909, 1e-12);
    bg_goal_answer_free(&answer);
    end(&self);
}

static void the_question_is_put_again_with_another_value_held(void **state)
{
    (void)state;
    question self;
    begin(&self, base, "mean(budget.first) >= 120M");
    self.goal.held = &self.axis[1];
    for (int millions = 0; millions <= 10; millions += 5) {
        self.goal.held_at = 1e6 * millions;
        bg_goal_answer answer = answer_of(&self);
        assert_int_equal(answer.count, 1);
        assert_close(answer.crossing[0].low, (10.0 - millions) / 110, 2e-6);
        bg_goal_answer_free(&answer);
    }
    end(&self);
}

static void what_is_never_reached_is_met_nowhere(void **state)
{
    (void)state;
    question self;
    begin(&self, base, "mean(budget.first) >= 500M");
    bg_goal_answer answer = answer_of(&self);
    assert_int_equal(answer.count, 0);
    assert_false(answer.everywhere);
    assert_false(answer.unmoved);
    assert_int_equal(answer.solution.point_count, BG_SOLVE_GRID);
    assert_close(answer.solution.point[0].value, (110.0 - 500) * 1e8, 1);
    bg_goal_answer_free(&answer);
    end(&self);
}

static void a_figure_that_the_key_has_no_part_in_is_unmoved(void **state)
{
    (void)state;
    static const struct {
        const char *target;
        bool met;
    } rows[] = {{"mean(expense.first) >= 1M", true}, {"mean(expense.first) <= 1M", false}};
    for (size_t i = 0; i < 2; i++) {
        question self;
        begin(&self, base, rows[i].target);
        bg_goal_answer answer = answer_of(&self);
        assert_int_equal(answer.count, 0);
        assert_int_equal(answer.everywhere, rows[i].met);
        assert_true(answer.unmoved);
        bg_goal_answer_free(&answer);
        end(&self);
    }
}

/* The base is the mean of the past: 105 and 41.5 million. The total of 2025 grows by g from it, that of 2026 by g
 * again. Twenty per cent: 126 and 151.2, 49.8 and 59.76 million. */
static void a_value_is_told_in_money(void **state)
{
    (void)state;
    static const char text[] = "history:\n"
                               "  2023: {residents.total: 100M, employees.total: 40M}\n"
                               "  2024: {residents.total: 110M, employees.total: 43M}\n"
                               "simulation: {years: 2, replications: 20}\n";
    static const struct {
        const char *target;
        size_t count;
        bg_goal_total total[2];
    } rows[] = {
        {"p_overspend.any <= 1%",
         2,
         {{0, 2025, 126e8, 110e8, true}, {1, 2025, 49.8e8, 43e8, true}}},
        {"p_loss.first.all <= 1%",
         2,
         {{0, 2025, 126e8, 110e8, true}, {1, 2025, 49.8e8, 43e8, true}}},
        {"mean(result.employees) >= 0", 1, {{1, 2026, 59.76e8, 49.8e8, false}}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        question self;
        bg_goal_total total[BG_MAX_SCHEMES];
        size_t count;
        begin(&self, text, rows[i].target);
        assert_int_equal(bg_goal_totals(&self.goal, 0.2, total, &count, &self.errors), BG_OK);
        assert_int_equal(count, rows[i].count);
        for (size_t t = 0; t < count; t++) {
            const bg_goal_total *expected = &rows[i].total[t];
            assert_int_equal(total[t].scheme, expected->scheme);
            assert_int_equal(total[t].year, expected->year);
            assert_close(total[t].total, expected->total, 1);
            assert_close(total[t].before, expected->before, 1);
            assert_int_equal(total[t].before_is_paid, expected->before_is_paid);
        }
        end(&self);
    }
}

/* Nothing of the guarantee is released from 80 to 84 points: the even points 75 and 87.5 see nothing of it. */
static void a_goal_seek_looks_at_both_sides_of_each_tier(void **state)
{
    (void)state;
    static const char tiers[] =
        "money_unit: wan\n"
        "history: {2022: 49400, 2023: 55200, 2024: 56300}\n"
        "people: {residents: 500000}\n"
        "budget: {growth: 14%, adjustments: {beds: 0}}\n"
        "settlement:\n"
        "  - release: {fund: guarantee, by_score: {84: 100%, 80: 0%, 0: 100%}}\n"
        "  - share_surplus: {}\n"
        "  - share_overspend: {bands: {rest: 50%}}\n"
        "  - clear: {}\n"
        "simulation: {years: 1, replications: 2000}\n";
    question self;
    begin(&self, tiers, "mean(result) >= 1000万");
    assert_int_equal(bg_axis_range("performance.score", "0:100", 100, &self.axis[0], NULL), BG_OK);
    bg_goal_answer answer = answer_of(&self);
    assert_int_equal(answer.count, 2);
    assert_close(answer.crossing[0].holds_at, 79.99, 1e-9);
    assert_false(answer.crossing[0].upward);
    assert_close(answer.crossing[0].high, 80, 0.01);
    assert_close(answer.crossing[1].holds_at, 84, 1e-9);
    assert_true(answer.crossing[1].upward);
    assert_close(answer.crossing[1].low, 84, 0.01);
    assert_int_equal(answer.solution.looked_count, BG_SOLVE_GRID + 4);
    bg_goal_answer_free(&answer);
    end(&self);
}

/* What is released rises with the score, and from 80 points on a twentieth of the total is charged: 79 points are enough,
 * and so is all below 80, while the even points 75 and 87.5 are not. */
static void what_holds_just_below_a_tier_alone_is_found(void **state)
{
    (void)state;
    static const char tiers[] =
        "money_unit: wan\n"
        "history: {2022: 49400, 2023: 55200, 2024: 56300}\n"
        "people: {residents: 500000}\n"
        "budget: {growth: 14%, adjustments: {beds: 0}}\n"
        "settlement:\n"
        "  - release: {fund: guarantee, share: {score: {at_0: 0, at_100: 100%}}}\n"
        "  - charge: {input: budget, rate: {by_score: {80: 5%, 0: 0%}}}\n"
        "  - share_surplus: {}\n"
        "  - share_overspend: {bands: {rest: 100%}}\n"
        "  - clear: {}\n"
        "simulation: {years: 1, replications: 2000}\n";
    question self;
    begin(&self, tiers, "mean(result) >= 780万");
    assert_int_equal(bg_axis_range("performance.score", "0:100", 100, &self.axis[0], NULL), BG_OK);
    bg_goal_answer answer = answer_of(&self);
    assert_int_equal(answer.count, 2);
    assert_true(answer.crossing[0].upward);
    assert_close(answer.crossing[0].holds_at, 78.8, 0.5);
    assert_false(answer.crossing[1].upward);
    assert_close(answer.crossing[1].holds_at, 79.99, 1e-9);
    bg_goal_answer_free(&answer);
    end(&self);
}

/* 110 (1 + g) is cut to 121 million, the income of 121,000 people at 1,000 yuan: from g = 10 % up. */
static void a_limit_that_stands_in_the_way_is_found(void **state)
{
    (void)state;
    static const char limited[] = "history: {2022: 1亿, 2023: 1.1亿, 2024: 1.2亿}\n"
                                  "people: {residents: {count: 121000, growth: 0, growth_sd: 0}}\n"
                                  "pool: {residents: {income_per_head: 1000}}\n"
                                  "budget: {income_limit: 100%, adjustments: {beds: 0}}\n"
                                  "simulation: {years: 1, replications: 200}\n";
    question self;
    bg_goal_limit limits[BG_GOAL_LIMITS];
    size_t count;
    begin(&self, limited, "mean(budget.first) >= 125M");
    bg_goal_answer answer = answer_of(&self);
    assert_int_equal(answer.count, 0);
    assert_false(answer.everywhere);
    assert_close(answer.best_measured, 121e8, 1);
    assert_true(answer.best_at >= 0.1);
    assert_close(answer.still_up_from, 0.1, 2e-6);
    assert_true(isnan(answer.still_down_from));
    assert_close(answer.limited_at, 0.2, 0);
    assert_int_equal(bg_goal_limits(&self.goal, answer.limited_at, limits, &count, &self.errors),
                     BG_OK);
    assert_int_equal(count, 1);
    assert_int_equal(limits[0].kind, BG_GOAL_LIMIT_INCOME);
    assert_int_equal(limits[0].year, 2025);
    assert_int_equal(bg_goal_limits(&self.goal, 0.05, limits, &count, &self.errors), BG_OK);
    assert_int_equal(count, 0);
    bg_goal_answer_free(&answer);
    end(&self);
}

static void a_target_out_of_the_range_is_best_at_its_end(void **state)
{
    (void)state;
    question self;
    begin(&self, base, "mean(budget.first) <= 100M");
    bg_goal_answer answer = answer_of(&self);
    assert_int_equal(answer.count, 0);
    assert_close(answer.best_at, 0, 0);
    assert_close(answer.best_measured, 110e8, 1);
    assert_true(isnan(answer.still_up_from) && isnan(answer.still_down_from));
    bg_goal_answer_free(&answer);
    end(&self);
}

static void expect_failure(question *self, bg_status status, const char *message)
{
    bg_goal_answer answer;
    assert_int_equal(bg_goal_seek(&self->goal, &answer, &self->errors), status);
    assert_null(answer.solution.point);
    char *messages = messages_of(&self->errors);
    assert_reports(messages, message);
    free(messages);
}

static void too_few_replications_are_told_at_the_target(void **state)
{
    (void)state;
    question self;
    begin(&self, "history: {2024: 1亿}\nsimulation: {years: 1, replications: 2}\n",
          "se(q99(expense.first)) <= 1M");
    expect_failure(&self, BG_RANGE, "the target: the figure cannot be given");
    end(&self);
}

static void a_value_that_contradicts_another_key_ends_the_search(void **state)
{
    (void)state;
    question self;
    begin(&self,
          "history: {2024: 1亿}\n"
          "budget: {funds: {guarantee: {rate: 40%}, risk: {rate: 40%}, c: {rate: 1%}}}\n"
          "simulation: {years: 1, replications: 200}\n",
          "mean(budget.first) >= 120M");
    assert_int_equal(bg_axis_range("budget.funds[c].rate", "0%:25%", 100, &self.axis[0], NULL),
                     BG_OK);
    expect_failure(&self, BG_RANGE, "budget.funds: The funds take 10");
    end(&self);
}

/* Of a yuan that is spent 2 fen are disallowed, and beyond the first 5 % of the total, of which a surplus is more in
 * every future, the community keeps the share r: of the next yuan saved 0.98 r + 0.02, half of it where r = 0.48 / 0.98. */
static void a_goal_may_be_an_effective_share(void **state)
{
    (void)state;
    static const char text[] =
        "history: {2022: 600M, 2023: 610M, 2024: 620M}\n"
        "people: {residents: {count: 600000, growth: 0%, growth_sd: 0%}}\n"
        "demand: {trend: {prior: 3%, prior_sd: 0%}, volatility: {total: 0%}, disallowed: 2%,\n"
        "  emergency: {probability: 0%}}\n"
        "budget: {growth: 25%, funds: {none: 0%}}\n"
        "settlement: [disallow, share_surplus: {bands: {5%: 100%, rest: 20%}, apply: marginal},\n"
        "  share_overspend: {bands: {rest: 100%}}, clear]\n"
        "simulation: {first_year: 2025, years: 1, replications: 200}\n";
    question self;
    folder_write("shared.yaml", text);
    self = (question){.source = {.path = "shared.yaml"}};
    bg_errors_init(&self.errors);
    assert_int_equal(bg_scenario_load(&self.source, &self.scenario, &self.errors), BG_OK);
    assert_int_equal(bg_model_read(self.scenario, &self.model, &self.errors), BG_OK);
    bg_errors_free(&self.errors); /* warnings */
    assert_int_equal(
        bg_axis_range("settlement[share_surplus].bands[rest]", "0%:100%", 100, &self.axis[0], NULL),
        BG_OK);
    self.goal = (bg_goal){.source = &self.source, .axis = &self.axis[0], .where = "the target"};
    assert_int_equal(
        bg_target_parse(&self.model, "kept_marginal >= 50%", "t", &self.goal.target, NULL), BG_OK);
    bg_goal_answer answer = answer_of(&self);
    assert_int_equal(answer.count, 1);
    assert_true(answer.crossing[0].upward);
    assert_close(answer.crossing[0].holds_at, 0.48 / 0.98, 1e-4);
    bg_goal_answer_free(&answer);
    bg_target never;
    assert_int_equal(bg_target_parse(&self.model, "borne_average <= 50%", "t", &never, NULL),
                     BG_OK);
    self.goal.target = never; /* nobody overspends */
    assert_int_equal(bg_goal_seek(&self.goal, &answer, &self.errors), BG_RANGE);
    char *messages = messages_of(&self.errors);
    assert_reports(messages, "less than twice its error");
    free(messages);
    end(&self);
}

static void a_stop_interrupts(void **state)
{
    (void)state;
    static const volatile int stop = 1;
    question self;
    begin(&self, base, "p_overspend.first <= 50%");
    self.goal.stop = &stop;
    bg_goal_answer answer;
    assert_int_equal(bg_goal_seek(&self.goal, &answer, &self.errors), BG_INTERRUPTED);
    end(&self);
}

/* The figure where the key has the value, of a run of everything. */
static double figure_at(question *self, double growth)
{
    bg_projection *projection = NULL;
    bg_model model;
    bg_reading reading;
    const int64_t value = bg_axis_nearest(&self->axis[0], growth);
    assert_int_equal(bg_scenario_vary(self->scenario, "budget.growth", value, &self->errors),
                     BG_OK);
    assert_int_equal(bg_model_read(self->scenario, &model, &self->errors), BG_OK);
    assert_int_equal(
        bg_projection_run(&model, &(bg_projection_options){0}, &projection, &self->errors), BG_OK);
    assert_int_equal(bg_target_read(&self->goal.target, projection, &reading), BG_OK);
    bg_projection_free(projection);
    bg_model_free(&model);
    bg_errors_free(&self->errors); /* warnings */
    return reading.measured - reading.bound;
}

/* Points are run for all units at once, on kept futures, and no further than the figure's year: none of which shows. */
static void each_unit_has_what_a_run_of_everything_says(void **state)
{
    (void)state;
    static const char schemes[] =
        "history: {2022: {residents.total: 1亿, employees.total: 4000万},\n"
        "  2023: {residents.total: 1.1亿, employees.total: 4100万},\n"
        "  2024: {residents.total: 1.2亿, employees.total: 4300万}}\n"
        "simulation: {years: 3, replications: 500}\n";
    static const char *const targets[] = {"p_overspend.2026 <= 20%",
                                          "p_overspend <= 50%",
                                          "p_cash_negative.first <= 10%",

                                          "q10(reserve.last) >= 0",
                                          "mean(result.2026) >= 0",
                                          "mean(overspend.2025 | emergency.2026) <= 500万"};
    for (size_t t = 0; t < sizeof targets / sizeof *targets; t++) {
        question self;
        size_t units[BG_FIGURE_UNITS];
        begin(&self, schemes, targets[t]);
        self.goal.units = units;
        self.goal.unit_count = bg_figure_units(&self.goal.target.figure, &self.model, units);
        for (size_t u = 0; u < self.goal.unit_count; u++) {
            self.goal.target.figure.unit = units[u];
            bg_goal_answer answer = answer_of(&self);
            for (size_t p = 0; p < answer.solution.point_count; p += 3) {
                const bg_solve_point *point = &answer.solution.point[p];
                assert_close(figure_at(&self, point->x), point->value, 0);
            }
            bg_goal_answer_free(&answer);
        }
        end(&self);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_budget_is_reached_where_arithmetic_says),
        cmocka_unit_test(the_other_way_round_the_round_value_lies_below),
        cmocka_unit_test(the_question_is_put_again_with_another_value_held),
        cmocka_unit_test(what_is_never_reached_is_met_nowhere),
        cmocka_unit_test(a_figure_that_the_key_has_no_part_in_is_unmoved),
        cmocka_unit_test(a_value_is_told_in_money),
        cmocka_unit_test(a_goal_seek_looks_at_both_sides_of_each_tier),
        cmocka_unit_test(what_holds_just_below_a_tier_alone_is_found),
        cmocka_unit_test(a_limit_that_stands_in_the_way_is_found),
        cmocka_unit_test(a_target_out_of_the_range_is_best_at_its_end),
        cmocka_unit_test(too_few_replications_are_told_at_the_target),
        cmocka_unit_test(a_value_that_contradicts_another_key_ends_the_search),
        cmocka_unit_test(a_goal_may_be_an_effective_share),
        cmocka_unit_test(a_stop_interrupts),
        cmocka_unit_test(each_unit_has_what_a_run_of_everything_says),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
