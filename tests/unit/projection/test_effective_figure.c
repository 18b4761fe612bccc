/* Effective shares as figures, where the rule says by itself what they are. */
#include "../../support/projected.h"
#include "../../support/says.h"

#include <baogan/figure.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* A surplus of more than 10 % in every year, grown by 3 %: of the first 5 % all is kept, of the rest 20 %. Of a yuan that
 * is spent 2 fen are disallowed, which the community bears: of the next yuan saved it has 0.2 * 0.98 + 0.02. */
static const char rich[] =
    "history: {2022: 600M, 2023: 610M, 2024: 620M}\n"
    "people: {residents: {count: 600000, growth: 0%, growth_sd: 0%}}\n"
    "demand: {trend: {prior: 3%, prior_sd: 0%}, volatility: {total: 0%}, disallowed: 2%,\n"
    "  emergency: {probability: 0%}}\n"
    "budget: {growth: {2025: 25%, later: 3%}, funds: {none: 0%}}\n"
    "settlement: [disallow, share_surplus: {bands: {5%: 100%, rest: 20%}, apply: marginal},\n"
    "  share_overspend: {bands: {rest: 100%}}, clear]\n"
    "simulation: {first_year: 2025, years: 3, replications: 500, seed: 5}\n";
#define MARGINAL 0.216

static const char plain[] = "history: {2022: 600M, 2023: 610M, 2024: 620M}\n"
                            "people: {residents: 600000}\n"
                            "simulation: {years: 2, replications: 3000}\n";

static void read_model(const bg_scenario *scenario, bg_model *model)
{
    bg_errors errors;
    bg_errors_init(&errors);
    assert_int_equal(bg_model_read(scenario, model, &errors), BG_OK);
    bg_errors_free(&errors); /* warnings */
}

static bg_figure parsed(const bg_model *model, const char *text)
{
    bg_figure figure;
    assert_int_equal(bg_figure_parse(model, text, NULL, &figure, NULL), BG_OK);
    return figure;
}

/* Runs with the figures named. */
static void run_with(projected *self, const char *text, const char *const *names, size_t count)
{
    static const bool none[64] = {false};
    bg_figure figures[4];
    bg_scenario *scenario = parse_scenario(text, NULL);
    bg_model model;
    read_model(scenario, &model);
    for (size_t i = 0; i < count; i++) {
        figures[i] = parsed(&model, names[i]);
    }
    start_projection_with(
        self, text, NULL,
        &(bg_projection_options){
            .outcomes = none, .no_cash = true, .figures = figures, .figure_count = count});
    bg_model_free(&model);
    bg_scenario_free(scenario);
}

static bg_estimate estimate(const projected *self, const char *text)
{
    bg_estimate found;
    const bg_figure figure = parsed(&self->model, text);
    assert_int_equal(bg_figure_read(&figure, self->projection, &found), BG_OK);
    return found;
}

static void each_share_is_what_its_rule_says(void **state)
{
    (void)state;
    static const char *const names[] = {"kept_marginal.first"};
    projected run;
    run_with(&run, rich, names, 1);
    static const char *const places[] = {"", ".first", ".last", ".2026.residents"};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        char text[64];
        strcat(strcpy(text, "kept_marginal"), places[i]);
        assert_true(fabs(estimate(&run, text).value - MARGINAL) < 1e-6);
        strcat(strcpy(text, "kept_average"), places[i]);
        const bg_estimate kept = estimate(&run, text);
        assert_true(kept.value > 0.2 && kept.value < 1);
        assert_true(kept.low <= kept.value && kept.high >= kept.value && kept.se >= 0);
    }
    /* 25 % more than a mean that lies 2 % below the last year's: 5 % of T fully, the rest to a fifth. E is certain but for
     * the cases: the surplus S of the first year and its result agree with S - 0.8 (S - 0.05 T). */
    const double total = 610e8 * 1.25;
    const double saved = estimate(&run, "kept_average.first").value;
    const double surplus = 0.8 * 0.05 * total / (saved - 0.2);
    assert_true(surplus > 0.1 * total && surplus < 0.2 * total);
    finish_projection(&run);
}

/* Nobody overspends: that share is not known, and no target of it is met. */
static void what_is_too_seldom_is_not_told(void **state)
{
    (void)state;
    static const char *const names[] = {"borne_average"};
    projected run;
    run_with(&run, rich, names, 1);
    const bg_estimate borne = estimate(&run, "borne_average.first");
    assert_true(isnan(borne.value) && isnan(borne.se) && isnan(borne.low) && isnan(borne.high));
    bg_target target;
    bg_reading reading;
    assert_int_equal(bg_target_parse(&run.model, "borne_average <= 100%", NULL, &target, NULL),
                     BG_OK);
    assert_int_equal(bg_target_read(&target, run.projection, &reading), BG_OK);
    assert_false(reading.met);
    finish_projection(&run);
}

static void a_share_that_nobody_asked_for_cannot_be_read(void **state)
{
    (void)state;
    static const char *const names[] = {"p_overspend", "mean(result)"};
    projected run;
    run_with(&run, rich, names, 1);
    bg_estimate found;
    const bg_figure figure = parsed(&run.model, "kept_average");
    assert_int_equal(bg_figure_read(&figure, run.projection, &found), BG_INVALID);
    finish_projection(&run);
}

static void names_are_read_and_written_alike(void **state)
{
    (void)state;
    static const struct {
        const char *text, *whole;
    } rows[] = {
        {"kept_marginal", "kept_marginal.ever.all"},
        {"kept_average.residents", "kept_average.ever.residents"},
        {" borne_average.居民.首年 ", "borne_average.2025.residents"},
        {"kept_average.ever.all", "kept_average.ever.all"},
    };
    bg_scenario *scenario =
        parse_scenario("history: {2024: {residents.total: 110M, employees.total: 43M}}\n", NULL);
    bg_model model;
    read_model(scenario, &model);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const bg_figure figure = parsed(&model, rows[i].text);
        char *text = bg_figure_text(&figure, &model);
        assert_string_equal(text, rows[i].whole);
        free(text);
        assert_true(bg_figure_is_share(&figure) && bg_figure_is_effective(&figure));
    }
    figure_refused(&model, "kept_average.any", "a unit of events");
    figure_refused(&model, "kept_average.2041", "2025, 2026, 2027, 2028, 2029, first, last, ever");
    figure_refused(&model, "mean(kept_average)", "is no outcome");
    figure_refused(&model, "kept_average(result)", "is no figure");
    bg_model_free(&model);
    bg_scenario_free(scenario);
}

static void run_until(projected *self, const char *text, size_t most)
{
    bg_target target;
    bg_scenario *scenario = parse_scenario(plain, NULL);
    bg_model model;
    read_model(scenario, &model);
    assert_int_equal(bg_target_parse(&model, text, NULL, &target, NULL), BG_OK);
    start_projection_with(self, plain, NULL,
                          &(bg_projection_options){.threads = 2, .until = &target, .most = most});
    bg_model_free(&model);
    bg_scenario_free(scenario);
}

/* Of 1,000 futures the error is about twice that of 4,000. */
static void a_run_goes_on_until_the_error_is_small_enough(void **state)
{
    (void)state;
    projected few, more;
    run_until(&few, "se(kept_marginal) <= 100%", 100000);
    assert_int_equal(bg_projection_replications(few.projection), 1000);
    const double se = bg_projection_reading(few.projection)->measured;
    assert_true(bg_projection_reading(few.projection)->met && se > 0);
    char text[64];
    snprintf(text, sizeof text, "se(kept_marginal) <= %.6f", se * 0.8);
    run_until(&more, text, 100000);
    assert_int_equal(bg_projection_replications(more.projection), 2000);
    assert_true(bg_projection_reading(more.projection)->met);
    finish_projection(&few);
    finish_projection(&more);
}

/* Beyond 4,096 futures nothing is added to a share: the run ends at the next look. */
static void a_run_ends_where_no_future_adds_to_a_share(void **state)
{
    (void)state;
    projected run;
    run_until(&run, "se(kept_average) <= 0.0001%", 100000);
    assert_int_equal(bg_projection_replications(run.projection), 8000);
    assert_false(bg_projection_reading(run.projection)->met);
    finish_projection(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_share_is_what_its_rule_says),
        cmocka_unit_test(what_is_too_seldom_is_not_told),
        cmocka_unit_test(a_share_that_nobody_asked_for_cannot_be_read),
        cmocka_unit_test(names_are_read_and_written_alike),
        cmocka_unit_test(a_run_goes_on_until_the_error_is_small_enough),
        cmocka_unit_test(a_run_ends_where_no_future_adds_to_a_share),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
