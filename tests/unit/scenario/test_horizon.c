#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/says.h"
#include <baogan/horizon.h>
#include <stdlib.h>
#include <string.h>

typedef struct span {
    bg_errors errors;
    bg_scenario *scenario;
    bg_history history;
    bg_horizon horizon;
    bg_status status; /* of its check */
} span;

static span read_span(const char *text)
{
    span self = {0};
    bg_errors_init(&self.errors);
    assert_int_equal(bg_scenario_parse(text, strlen(text), "span.yaml", NULL, NULL, 0,
                                       &self.scenario, &self.errors),
                     BG_OK);
    assert_int_equal(bg_history_read(self.scenario, &self.history, &self.errors), BG_OK);
    assert_true(bg_horizon_read(self.scenario, &self.history, &self.horizon));
    self.status = bg_horizon_check(&self.horizon, self.scenario, &self.history, &self.errors);
    return self;
}

static void free_span(span *self)
{
    bg_history_free(&self->history);
    bg_scenario_free(self->scenario);
    bg_errors_free(&self->errors);
}

#define HISTORY "schema: 1\nhistory: {2023: 1M, 2024: 1M}\n"

static void the_budget_begins_after_the_last_past_year(void **state)
{
    (void)state;
    span self = read_span(HISTORY);
    assert_int_equal(self.status, BG_OK);
    assert_int_equal(self.horizon.first_year, 2025);
    assert_int_equal(self.horizon.years, 5);
    free_span(&self);
}

static void what_is_written_holds(void **state)
{
    (void)state;
    span self = read_span(HISTORY "simulation: {first_year: 2027, years: 2, replications: 300,\n"
                                  "             seed: 7, engine: reference}\n");
    assert_int_equal(self.status, BG_OK);
    assert_int_equal(self.horizon.first_year, 2027);
    assert_int_equal(self.horizon.years, 2);
    assert_int_equal(self.horizon.replications, 300);
    assert_int_equal(self.horizon.seed, 7);
    assert_int_equal(self.horizon.engine, BG_ENGINE_REFERENCE);
    free_span(&self);
}

static void a_budget_does_not_begin_within_the_past_years(void **state)
{
    (void)state;
    span self = read_span(HISTORY "simulation: {first_year: 2024}\n");
    assert_int_equal(self.status, BG_RANGE);
    assert_int_equal(self.errors.count, 1);
    assert_string_equal(self.errors.items[0].path, "simulation.first_year");
    assert_says(self.errors.items[0].message,
                "The first budget year is 2024, but the history goes to 2024; it must come after.");
    free_span(&self);
}

static void assert_refused(const char *yaml, const char *path, const char *en, const char *zh)
{
    span self = read_span(yaml);
    assert_int_equal(self.status, BG_RANGE);
    assert_int_equal(self.errors.count, 1);
    assert_string_equal(self.errors.items[0].path, path);
    assert_says(self.errors.items[0].message, en);
    assert_says(self.errors.items[0].message_zh, zh);
    free_span(&self);
}

/* The history of these tests ends in 2024. */
static void a_budget_begins_at_most_twenty_years_behind_the_past(void **state)
{
    (void)state;
    span self = read_span(HISTORY "simulation: {first_year: 2044}\n");
    assert_int_equal(self.status, BG_OK);
    free_span(&self);
    assert_refused(
        HISTORY "simulation: {first_year: 2195}\n", "simulation.first_year",
        "The first budget year is 2195 and the last base year 2024, 171 years before; at "
        "most 20 are allowed.",
        "首个付费年度为2195年，最近基期年为2024年，相差171年；最多相差20年。");
}

static void a_budget_ends_with_the_last_year_that_keys_may_have(void **state)
{
    (void)state;
    span self = read_span("history: {2195: 1M}\n");
    assert_int_equal(self.status, BG_OK);
    free_span(&self);
    assert_refused("history: {2196: 1M}\n", "simulation.years",
                   "The budget years run to 2201; the last year allowed is 2200.",
                   "付费年度至2201年；允许的最后年度为2200年。");
}

static void without_past_years_only_a_written_year_is_known(void **state)
{
    (void)state;
    span self = read_span(HISTORY "simulation: {years: 3}\n");
    assert_false(bg_horizon_read(self.scenario, NULL, &self.horizon));
    assert_int_equal(self.horizon.years, 3);
    free_span(&self);
    self = read_span(HISTORY "simulation: {first_year: 2026}\n");
    assert_true(bg_horizon_read(self.scenario, NULL, &self.horizon));
    assert_int_equal(self.horizon.first_year, 2026);
    free_span(&self);
}

static void the_catalogue_allows_as_many_years_as_there_is_room_for(void **state)
{
    (void)state;
    const bg_parameter *years = bg_catalogue_find("simulation.years");
    assert_int_equal(atoi(years->maximum), BG_MAX_BUDGET_YEARS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_budget_begins_after_the_last_past_year),
        cmocka_unit_test(what_is_written_holds),
        cmocka_unit_test(a_budget_does_not_begin_within_the_past_years),
        cmocka_unit_test(a_budget_begins_at_most_twenty_years_behind_the_past),
        cmocka_unit_test(a_budget_ends_with_the_last_year_that_keys_may_have),
        cmocka_unit_test(without_past_years_only_a_written_year_is_known),
        cmocka_unit_test(the_catalogue_allows_as_many_years_as_there_is_room_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
