/* Two engines side by side: they agree on a sane model, and a shifted one is found out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/close.h"
#include "../../support/projected.h"
#include "study/check.h"

#include <math.h>

#define COUNTY(residents)                                                                          \
    "money_unit: wan\n"                                                                            \
    "history:\n"                                                                                   \
    "  2023: {residents.total: 50000, employees.inpatient.in: {cases: 9000, paid: 20000}}\n"       \
    "  2024: {residents.total: " residents                                                         \
    ", employees.inpatient.in: {cases: 9100, paid: 21000}}\n"                                      \
    "simulation: {years: 2, replications: 4000}\n"

static const char county[] = COUNTY("52000");

static const bg_projection_options one_thread = {.threads = 1};

static bg_check check_of(const bg_scenario *scenario, const projected *run)
{
    bg_check check;
    bg_errors errors;
    bg_errors_init(&errors);
    assert_int_equal(bg_check_run(scenario, run->projection, &one_thread, &check, &errors), BG_OK);
    bg_errors_free(&errors);
    return check;
}

static const bg_checked *figure_of(const bg_check *check, bg_check_kind kind, size_t unit,
                                   size_t year)
{
    for (size_t i = 0; i < check->count; i++) {
        const bg_checked *figure = &check->figure[i];
        if (figure->kind == kind && figure->unit == unit && figure->year == year) {
            return figure;
        }
    }
    fail_msg("%s is not compared", bg_check_kind_name(kind));
    return NULL;
}

/* Three figures of two schemes and their sum, in two years. The point that one of 18 standard normals
 * exceeds, to either side, once in 1,000: Qinv(0.001/36) = 4.0300. */
static void the_engines_agree_on_a_sane_model(void **state)
{
    (void)state;
    projected run;
    start_projection(&run, county, NULL, 1);
    const bg_check check = check_of(run.scenario, &run);
    assert_int_equal(check.futures, 1000);
    assert_int_equal(check.count, 18);
    assert_close(erfc(check.bound / sqrt(2)) * 18, 0.001, 1e-9);
    assert_true(check.agrees);
    assert_true(check.largest > 0.5 && check.largest < check.bound);
    finish_projection(&run);
}

/* The last year of one scheme is 6 % higher; a mean has an error of a few per mille. */
static void a_shifted_mean_is_found(void **state)
{
    (void)state;
    projected run;
    start_projection(&run, county, NULL, 1);
    bg_scenario *other = parse_scenario(COUNTY("55120"), NULL);
    const bg_check check = check_of(other, &run);
    assert_false(check.agrees);
    const bg_checked *residents = figure_of(&check, BG_CHECK_MEAN_EXPENSE, 0, 1);
    assert_true(residents->errors > check.bound);
    assert_true(residents->reference > residents->value);
    const bg_checked *employees = figure_of(&check, BG_CHECK_MEAN_EXPENSE, 1, 1);
    assert_true(employees->errors < check.bound);
    bg_scenario_free(other);
    finish_projection(&run);
}

/* By the textbook, from means, errors and hits of both. */
static void differences_count_in_standard_errors(void **state)
{
    (void)state;
    static const char *const few[] = {"simulation.engine=reference", "simulation.replications=500",
                                      "simulation.seed=7", NULL};
    projected run, reference;
    start_projection(&run, county, NULL, 1);
    start_projection(&reference, county, few, 1);
    bg_check check;
    bg_check_compare(run.projection, reference.projection, &check);
    assert_int_equal(check.futures, 500);
    const bg_statistics *a = projected_statistics(&run, 0, 1, "expense");
    const bg_statistics *b = projected_statistics(&reference, 0, 1, "expense");
    const bg_checked *mean = figure_of(&check, BG_CHECK_MEAN_EXPENSE, 0, 1);
    assert_true(mean->value == a->mean && mean->reference == b->mean);
    assert_close(mean->errors,
                 fabs(a->mean - b->mean) / sqrt(a->sd * a->sd / 4000 + b->sd * b->sd / 500), 1e-9);
    const double x =
        (double)bg_projection_probability(run.projection, 1, 0, BG_EVENT_overspend).hits;
    const double y =
        (double)bg_projection_probability(reference.projection, 1, 0, BG_EVENT_overspend).hits;
    const double p = (x + y) / 4500;
    const bg_checked *chance = figure_of(&check, BG_CHECK_OVERSPEND, 1, 0);
    assert_close(chance->reference, y / 500, 1e-12);
    assert_close(chance->errors,
                 fmax(fabs(x / 4000 - y / 500) - 0.5 / 4000 - 0.5 / 500, 0) /
                     sqrt(p * (1 - p) * (1.0 / 4000 + 1.0 / 500)),
                 1e-9);
    const bg_checked *over = figure_of(&check, BG_CHECK_OVER_BUDGET, 2, 1);
    assert_close(over->value,
                 bg_projection_probability(run.projection, 2, 1, BG_EVENT_over_budget).estimate, 0);
    finish_projection(&reference);
    finish_projection(&run);
}

/* A budget three times the expense is never exceeded: the mean alone is compared. */
static void chances_that_are_hardly_chances_are_left_out(void **state)
{
    (void)state;
    static const char *const rich[] = {"budget.growth=100%", NULL};
    projected run;
    start_projection(&run, "history: {2024: 100M}\nsimulation: {years: 1, replications: 500}\n",
                     rich, 1);
    const bg_check check = check_of(run.scenario, &run);
    assert_int_equal(check.count, 1);
    assert_int_equal(check.figure[0].kind, BG_CHECK_MEAN_EXPENSE);
    finish_projection(&run);
}

static void the_reference_engine_is_not_compared_with_itself(void **state)
{
    (void)state;
    static const char *const reference[] = {"simulation.engine=reference", NULL};
    static const char *const few[] = {"simulation.replications=29", NULL};
    projected run;
    start_projection(&run, county, reference, 1);
    assert_int_equal(check_of(run.scenario, &run).count, 0);
    finish_projection(&run);
    start_projection(&run, county, few, 1);
    assert_int_equal(check_of(run.scenario, &run).count, 0);
    finish_projection(&run);
}

static void a_stop_ends_the_check(void **state)
{
    (void)state;
    const volatile int stop = 1;
    const bg_projection_options options = {.threads = 1, .stop = &stop};
    projected run;
    start_projection(&run, county, NULL, 1);
    bg_check check;
    bg_errors errors;
    bg_errors_init(&errors);
    assert_int_equal(bg_check_run(run.scenario, run.projection, &options, &check, &errors),
                     BG_INTERRUPTED);
    assert_int_equal(check.count, 0);
    bg_errors_free(&errors);
    finish_projection(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_engines_agree_on_a_sane_model),
        cmocka_unit_test(a_shifted_mean_is_found),
        cmocka_unit_test(differences_count_in_standard_errors),
        cmocka_unit_test(chances_that_are_hardly_chances_are_left_out),
        cmocka_unit_test(the_reference_engine_is_not_compared_with_itself),
        cmocka_unit_test(a_stop_ends_the_check),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
