/* What is asked of odd months, and how often of months that are not. */
#include "../../support/close.h"
#include "../../support/projected.h"
#include "../../support/says.h"
#include "../../support/splitmix.h"

#include "study/monitor_questions.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum { MONTHS = BG_YEAR_MONTHS };

#define COMMON 0.05
#define NOISE  0.04

/* Months of 100 yuan, of which `months` are known. */
typedef struct fixture {
    bg_scenario *scenario;
    bg_model model;
    bg_monitor monitor;
    bg_errors errors;
} fixture;

static void begin(fixture *self, size_t months)
{
    *self = (fixture){0};
    bg_errors_init(&self->errors);
    self->scenario = parse_scenario("history: {2024: 1M}\npeople: {residents: 1000}\n", NULL);
    assert_int_equal(bg_model_read(self->scenario, &self->model, &self->errors), BG_OK);
    bg_monitor *of = &self->monitor;
    *of = (bg_monitor){.model = &self->model, .to_date = {.year = 2025, .months = months}};
    of->unit[0].name = "residents";
    of->prior.schemes = 1;
    of->prior.noise = NOISE;
    assert_int_equal(bg_normals_init(&of->prior.logs, MONTHS), BG_OK);
    for (size_t i = 0; i < (size_t)MONTHS * MONTHS; i++) {
        of->prior.logs.covariance[i] =
            COMMON * COMMON + (i % MONTHS == i / MONTHS ? NOISE * NOISE : 0);
    }
    for (size_t m = 0; m < MONTHS; m++) {
        of->prior.expected[m] = 10000;
        of->prior.logs.mean[m] = log(10000) - (COMMON * COMMON + NOISE * NOISE) / 2;
    }
    const bg_run_off none = bg_run_off_none();
    assert_int_equal(bg_watch_init(&of->watch, &of->prior, &none), BG_OK);
}

static void finish(fixture *self)
{
    bg_monitor_free(&self->monitor);
    bg_model_free(&self->model);
    bg_scenario_free(self->scenario);
    bg_errors_free(&self->errors);
}

/* The logarithms of the months off what was expected; asked anew. */
static void ask(fixture *self, const double *off)
{
    bg_errors_free(&self->errors);
    bg_errors_init(&self->errors);
    self->monitor.shift[0] = (bg_level_shift){0};
    for (size_t m = 0; m < self->monitor.to_date.months; m++) {
        self->monitor.to_date.seen[self->monitor.to_date.months - 1][m] =
            exp(self->monitor.prior.logs.mean[m] + off[m]);
    }
    bg_monitor_ask(&self->monitor, "months", &self->errors);
}

static double uniform(uint64_t *random)
{
    return ((double)splitmix_up_to(random, (INT64_C(1) << 52) - 1) + 0.5) * 0x1p-52;
}

static double normal(uint64_t *random)
{
    const double u = uniform(random), v = uniform(random);
    return sqrt(-2 * log(u)) * cos(6.283185307179586 * v);
}

/* Of years with months that are as the model says; `shift` is on top of those from month `from` on. */
static size_t count_shifts(fixture *self, size_t years, double shift, size_t from)
{
    uint64_t random = 7;
    size_t asked = 0;
    for (size_t year = 0; year < years; year++) {
        const double common = COMMON * normal(&random);
        double off[MONTHS];
        for (size_t m = 0; m < MONTHS; m++) {
            off[m] = common + NOISE * normal(&random) + (m + 1 >= from ? shift : 0);
        }
        ask(self, off);
        asked += self->monitor.shift[0].from > 0;
    }
    return asked;
}

/* Bonferroni's bound is 1 % at most; neighbouring splits are alike, so it is less. Of 4,000 years that is 40 and four
 * standard errors of 6.3. */
static void at_most_one_year_in_a_hundred_is_asked_about_in_vain(void **state)
{
    (void)state;
    fixture self;
    begin(&self, 9);
    const size_t asked = count_shifts(&self, 4000, 0, 1);
    assert_in_range(asked, 8, 65);
    finish(&self);
}

/* 15 % are 0.14 / (0.04 sqrt(1 / 4 + 1 / 5)) = 5.2 standard deviations, of which the bound is 3.2: nine years in ten and
 * more. */
static void a_change_of_scope_is_asked_about(void **state)
{
    (void)state;
    fixture self;
    begin(&self, 9);
    assert_in_range(count_shifts(&self, 400, log(1.15), 5), 380, 400);
    const double off[MONTHS] = {0, 0.01, -0.01, 0, 0.2, 0.19, 0.21, 0.2, 0.2};
    ask(&self, off);
    assert_int_equal(self.monitor.shift[0].from, 5);
    assert_close(self.monitor.shift[0].size, 0.2, 1e-12);
    assert_says_among_others(self.errors.items[0].message, "2025-05");
    finish(&self);
}

static void one_month_has_no_shift(void **state)
{
    (void)state;
    fixture self;
    begin(&self, 1);
    const double off[MONTHS] = {0.05};
    ask(&self, off);
    assert_int_equal(self.monitor.shift[0].from, 0);
    assert_int_equal(self.errors.count, 0);
    finish(&self);
}

/* sqrt(0.05^2 + 0.04^2 / 4) = 0.0539: 0.21 is within four of it, 0.22 is not. */
static void months_that_the_scenario_rules_out_are_asked_about(void **state)
{
    (void)state;
    fixture self;
    begin(&self, 4);
    const double within[MONTHS] = {0.21, 0.21, 0.21, 0.21},
                 beyond[MONTHS] = {0.22, 0.22, 0.22, 0.22};
    ask(&self, within);
    assert_int_equal(self.errors.count, 0);
    ask(&self, beyond);
    assert_int_equal(self.errors.count, 1);
    assert_says_among_others(self.errors.items[0].message, "unit of money");
    finish(&self);
}

static void months_that_scatter_twice_as_much_are_asked_about(void **state)
{
    (void)state;
    fixture self;
    begin(&self, 4);
    const double off[MONTHS] = {-0.08, 0.08, -0.08, 0.08}; /* scatter 0.092 */
    ask(&self, off);
    assert_int_equal(self.errors.count, 1);
    assert_string_equal(self.errors.items[0].path, "monitor.month_noise");
    finish(&self);
}

/* Shares of earlier years with December at twice the others. */
static void another_season_is_given_back(void **state)
{
    (void)state;
    fixture self;
    begin(&self, 1);
    for (size_t m = 0; m < MONTHS; m++) {
        self.monitor.to_date.past[m] = m == 11 ? 26000 : 13000;
    }
    self.monitor.to_date.past_years = 1;
    const double off[MONTHS] = {0};
    ask(&self, off);
    assert_int_equal(self.errors.count, 1);
    assert_string_equal(self.errors.items[0].path, "demand.season");
    assert_says_among_others(self.errors.items[0].message, "0.923, 0.923");
    assert_says_among_others(self.errors.items[0].message, "1.85]");
    finish(&self);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(at_most_one_year_in_a_hundred_is_asked_about_in_vain),
        cmocka_unit_test(a_change_of_scope_is_asked_about),
        cmocka_unit_test(one_month_has_no_shift),
        cmocka_unit_test(months_that_the_scenario_rules_out_are_asked_about),
        cmocka_unit_test(months_that_scatter_twice_as_much_are_asked_about),
        cmocka_unit_test(another_season_is_given_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
