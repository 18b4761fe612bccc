/* How often lights are wrong, beside the normal distribution. */
#include "../../support/close.h"

#include "study/alarm.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum { MONTHS = BG_YEAR_MONTHS };

/* Months of 100 of one scheme with one deviation. */
static bg_month_prior prior_of(double common, double noise)
{
    bg_month_prior self = {.schemes = 1, .noise = noise};
    assert_int_equal(bg_normals_init(&self.logs, MONTHS), BG_OK);
    for (size_t i = 0; i < MONTHS; i++) {
        for (size_t j = 0; j < MONTHS; j++) {
            self.logs.covariance[i * MONTHS + j] = common * common + (i == j ? noise * noise : 0);
        }
        self.expected[i] = 100;
        self.logs.mean[i] = log(100) - (common * common + noise * noise) / 2;
    }
    return self;
}

static bg_alarm alarm_of(const bg_month_prior *prior, double line)
{
    const bg_run_off none = bg_run_off_none();
    const bg_light_bounds bounds = {.amber = 0.2, .red = 0.5};
    bg_watch watch;
    bg_alarm alarm;
    assert_int_equal(bg_watch_init(&watch, prior, &none), BG_OK);
    assert_int_equal(bg_alarm_find(&watch, &bounds, &line, 1, &alarm), BG_OK);
    bg_watch_free(&watch);
    return alarm;
}

static void lights_change_at_their_bounds(void **state)
{
    (void)state;
    const bg_light_bounds bounds = {.amber = 0.2, .red = 0.5};
    assert_int_equal(bg_light_of(&bounds, 0.19), BG_GREEN);
    assert_int_equal(bg_light_of(&bounds, 0.2), BG_AMBER);
    assert_int_equal(bg_light_of(&bounds, 0.49), BG_AMBER);
    assert_int_equal(bg_light_of(&bounds, 0.5), BG_RED);
    assert_string_equal(bg_light_name(BG_AMBER), "amber");
}

/* One month is 100 exp(0.04 z - 0.0008). At its end a year's chance of more than 1,230 is half or more where z > 0.9834, and a
 * fifth or more where z > -0.0230: found by bisection of the closed form in Python. Of the years that stay below 1,230, the
 * other eleven months being normal, that is 15.9 and 50.5 %, by integration over z. */
static void red_after_one_month_is_as_frequent_as_its_normal_deviate(void **state)
{
    (void)state;
    bg_month_prior prior = prior_of(0.05, 0.04);
    const bg_alarm alarm = alarm_of(&prior, 1230);
    assert_close(alarm.at[0].red.estimate, 0.158974,
                 4 * sqrt(0.158974 * (1 - 0.158974) / BG_ALARM_YEARS));
    assert_close(alarm.at[0].amber.estimate, 0.504891,
                 4 * sqrt(0.504891 * (1 - 0.504891) / BG_ALARM_YEARS));
    assert_false(alarm.overspends);
    assert_true(alarm.ever.red.hits >= alarm.at[0].red.hits);
    bg_normals_free(&prior.logs);
}

/* The sum of twelve months that go as expected is above 1,230 where normal noise is above 2.165 of its standard errors: 1.5 % of
 * the years, which are no false alarms. */
static void at_the_end_of_the_year_red_is_an_overspend(void **state)
{
    (void)state;
    bg_month_prior prior = prior_of(0.05, 0.04);
    const bg_alarm alarm = alarm_of(&prior, 1230);
    assert_int_equal(alarm.at[11].red.hits, 0);
    assert_close((double)alarm.at[11].red.n / BG_ALARM_YEARS, 0.985, 0.008);
    assert_int_equal(alarm.at[11].red_in_vain.hits, 0);
    assert_int_equal(alarm.at[11].missed.hits, 0);
    /* of a year that may deviate: ln(1,230 / 1,200) above the mean logarithm, in deviations of 0.0513 */
    const double overspent = (double)alarm.at[11].missed.n / BG_ALARM_YEARS;
    assert_close(overspent, 0.306, 0.03);
    assert_int_equal(alarm.at[11].missed.n + alarm.at[11].red_in_vain.n, BG_ALARM_YEARS);
    assert_true(alarm.at[8].missed.hits < alarm.at[2].missed.hits);
    bg_normals_free(&prior.logs);
}

/* With the bound that it says, it is red in vain in a twentieth of the years that go as expected. */
static void the_bound_for_five_percent_keeps_them(void **state)
{
    (void)state;
    bg_month_prior prior = prior_of(0.05, 0.04);
    const bg_run_off none = bg_run_off_none();
    const double line = 1230, bound = alarm_of(&prior, line).red_by_5;
    const bg_light_bounds bounds = {.amber = 0.2, .red = bound + 1e-12};
    bg_watch watch;
    bg_alarm alarm;
    assert_true(bound > 0.5 && bound < 1);
    assert_int_equal(bg_watch_init(&watch, &prior, &none), BG_OK);
    assert_int_equal(bg_alarm_find(&watch, &bounds, &line, 1, &alarm), BG_OK);
    assert_close(alarm.ever.red.estimate, 0.05, 0.001);
    bg_watch_free(&watch);
    bg_normals_free(&prior.logs);
}

static void a_year_that_is_expected_to_overspend_is_no_false_alarm(void **state)
{
    (void)state;
    bg_month_prior prior = prior_of(0.05, 0.04);
    const bg_alarm alarm = alarm_of(&prior, 1100);
    assert_true(alarm.overspends);
    assert_int_equal(alarm.at[5].red.n, 0);
    assert_true(isnan(alarm.red_by_5));
    bg_normals_free(&prior.logs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lights_change_at_their_bounds),
        cmocka_unit_test(red_after_one_month_is_as_frequent_as_its_normal_deviate),
        cmocka_unit_test(at_the_end_of_the_year_red_is_an_overspend),
        cmocka_unit_test(the_bound_for_five_percent_keeps_them),
        cmocka_unit_test(a_year_that_is_expected_to_overspend_is_no_false_alarm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
