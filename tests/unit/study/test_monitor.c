/* A running year as a whole, beside its contract worked by hand. */
#include "../../support/close.h"
#include "../../support/projected.h"
#include "../../support/says.h"

#include "study/monitor.h"
#include "study/observed_table.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

typedef struct fixture {
    bg_scenario *scenario;
    bg_model model;
    bg_observed data;
    bg_monitor monitor;
    bg_errors errors;
    bg_status status;
} fixture;

/* The budget of 2025 is 100 million, of which 98 are what 95 payable and 3 released come to. Every month costs 8. */
static const char scenario[] =
    "history: {2024: 96M}\npeople: {residents: {count: 2000000000, growth: 0%, growth_sd: 0%}}\n"
    "budget: {growth: {2025: 4.1666666667%, later: 4%}}\n"
    "demand: {trend: {prior: 0%, prior_sd: 0%, as_of: 2024}, volatility: {total: 5%},\n"
    "         season: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]}\n"
    "simulation: {years: 2, replications: 10000}\n";

static void watch(fixture *self, const char *months)
{
    char table[1024];
    bg_errors_init(&self->errors);
    self->scenario = parse_scenario(scenario, NULL);
    assert_int_equal(bg_model_read(self->scenario, &self->model, &self->errors), BG_OK);
    snprintf(table, sizeof table, "year,month,paid_in_month\n%s", months);
    FILE *stream = fmemopen(table, strlen(table), "r");
    assert_non_null(stream);
    assert_int_equal(bg_observed_read(stream, "table", 100, &self->data, &self->errors), BG_OK);
    fclose(stream);
    self->status =
        bg_monitor_run(&self->model, &self->data, 0, "table", &self->monitor, &self->errors);
}

static void finish(fixture *self)
{
    bg_monitor_free(&self->monitor);
    bg_observed_free(&self->data);
    bg_model_free(&self->model);
    bg_scenario_free(self->scenario);
    bg_errors_free(&self->errors);
}

/* Three months of 8, then two of 9: of 98 million 56 are left for seven months. */
static void what_must_happen_is_what_the_line_leaves(void **state)
{
    (void)state;
    fixture self;
    watch(&self,
          "2025,1,8000000\n2025,2,8000001\n2025,3,7999999\n2025,4,9000000\n2025,5,9000000\n");
    assert_int_equal(self.status, BG_OK);
    assert_int_equal(self.monitor.units, 1);
    const bg_monitor_unit *unit = &self.monitor.unit[0];
    assert_close((double)unit->line.line, 9.8e9, 200);
    assert_close(unit->known, 4.2e9, 1);
    assert_close(unit->to_date, unit->known, 1);
    assert_close(unit->rest_allowed, 5.6e9, 300);
    assert_close(unit->expected_to_date, 4e9, 0.003 * 4e9);
    /* last year by the same season: 96 million, 40 to the end of May */
    assert_close(unit->to_date_last, 4e9, 0.003 * 4e9);
    assert_close(unit->rest_last, 5.6e9, 0.003 * 5.6e9);
    const bg_lognormal *year = &unit->end[5].year;
    assert_close(unit->end[5].overspend, bg_lognormal_above(year, (double)unit->line.line), 1e-15);
    assert_close(unit->rest_likely + unit->to_date, year->mean, 1e-3);
    finish(&self);
}

static void the_month_that_turned_the_light_is_named(void **state)
{
    (void)state;
    fixture self;
    watch(&self,
          "2025,1,7600000\n2025,2,7600001\n2025,3,7599999\n2025,4,10000000\n2025,5,9900000\n");
    const bg_monitor_unit *unit = &self.monitor.unit[0];
    assert_int_equal(unit->end[0].light, BG_AMBER); /* 96 expected of 98, +-5 % */
    assert_int_equal(unit->end[3].light, BG_GREEN);
    assert_int_equal(unit->end[5].light, BG_RED);
    assert_true(unit->turned == 4 || unit->turned == 5);
    assert_int_equal(unit->end[unit->turned].light, BG_RED);
    assert_int_not_equal(unit->end[unit->turned - 1].light, BG_RED);
    assert_close(unit->end[4].deviation, log(10.0 / 8), 0.003);
    finish(&self);
}

static void a_year_that_stays_what_it_was_has_no_turn(void **state)
{
    (void)state;
    fixture self;
    watch(&self, "2025,1,8050000\n2025,2,8050001\n");
    assert_int_equal(self.monitor.unit[0].end[2].light, BG_AMBER);
    assert_int_equal(self.monitor.unit[0].turned, 0);
    finish(&self);
}

/* 2025 at 10 % above leaves half of that (phi = 0.5), and 2026 is the second budget year. */
static void the_second_year_knows_the_first(void **state)
{
    (void)state;
    char months[512] = "";
    for (int m = 1; m <= 12; m++) {
        snprintf(months + strlen(months), sizeof months - strlen(months), "2025,%d,%d\n", m,
                 8800000 + m % 2);
    }
    strcat(months, "2026,1,8400000\n");
    fixture self;
    watch(&self, months);
    assert_int_equal(self.status, BG_OK);
    assert_int_equal(self.monitor.year, 1);
    assert_close(self.monitor.known.paid[0][0], 1.056e10, 1000);
    assert_close(
        log(bg_month_prior_sum(&self.monitor.prior, 0, self.monitor.prior.expected, 0, 12) / 9.6e9),
        0.5 * log(1.1), 0.005);
    assert_close(self.monitor.unit[0].to_date_last, 8.8e8, 1000);
    finish(&self);
}

static void a_year_beyond_the_contract_is_refused(void **state)
{
    (void)state;
    fixture self;
    watch(&self, "2028,1,8000000\n");
    assert_int_equal(self.status, BG_RANGE);
    assert_says_among_others(self.errors.items[self.errors.count - 1].message, "2025 to 2026");
    finish(&self);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_must_happen_is_what_the_line_leaves),
        cmocka_unit_test(the_month_that_turned_the_light_is_named),
        cmocka_unit_test(a_year_that_stays_what_it_was_has_no_turn),
        cmocka_unit_test(the_second_year_knows_the_first),
        cmocka_unit_test(a_year_beyond_the_contract_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
