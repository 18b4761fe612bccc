#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/close.h"

#include <baogan/solve.h>
#include <math.h>

typedef struct shape {
    double (*value)(double x);
    double se;
    size_t calls;
} shape;

static bg_status evaluate(void *context, double x, double *value, double *se)
{
    shape *self = context;
    self->calls++;
    *value = self->value(x);
    *se = self->se;
    return isnan(*value) ? BG_RANGE : BG_OK;
}

static bg_solution solution_of(shape *what, double from, double to, double target)
{
    const bg_solve_problem problem = {evaluate, what, from, to, target, 1e-6, NULL, 0};
    bg_solution solution;
    assert_int_equal(bg_solve(&problem, &solution), BG_OK);
    assert_int_equal(solution.point_count, what->calls); /* no point twice */
    for (size_t i = 1; i < solution.point_count; i++) {
        assert_true(solution.point[i - 1].x < solution.point[i].x);
    }
    return solution;
}

static double line(double x)
{
    return 3 - 2 * x;
}

/* Crosses 0.4 at 1.3; off by 1.96 x 0.05 it does at 1.3 -+ 0.049. */
static void a_line_is_crossed_where_arithmetic_says(void **state)
{
    (void)state;
    shape what = {.value = line, .se = 0.05};
    bg_solution found = solution_of(&what, 0, 2, 0.4);
    assert_int_equal(found.count, 1);
    assert_close(found.crossing[0].x, 1.3, 2e-6);
    assert_close(found.crossing[0].low, 1.3 - 1.959964 * 0.025, 3e-6);
    assert_close(found.crossing[0].high, 1.3 + 1.959964 * 0.025, 3e-6);
    assert_false(found.crossing[0].rising);
    assert_true(line(found.crossing[0].left) > 0.4 && line(found.crossing[0].right) <= 0.4);
    assert_true(found.crossing[0].right - found.crossing[0].left <= 2e-6);
    assert_false(found.crossing[0].open_low || found.crossing[0].open_high);
    assert_true(what.calls < 60);
    bg_solution_free(&found);
}

static void an_interval_may_reach_beyond_the_range(void **state)
{
    (void)state;
    shape what = {.value = line, .se = 0.5};
    bg_solution found = solution_of(&what, 0, 1.5, 0.4);
    assert_int_equal(found.count, 1);
    assert_true(found.crossing[0].open_high);
    assert_false(found.crossing[0].open_low);
    assert_close(found.crossing[0].high, 1.5, 0);
    assert_close(found.crossing[0].low, 1.3 - 1.959964 * 0.25, 3e-6);
    bg_solution_free(&found);
}

static double cubic(double x)
{
    return (x - 0.3) * (x - 1.1) * (x - 1.7);
}

static void several_crossings_are_all_found(void **state)
{
    (void)state;
    shape what = {.value = cubic};
    bg_solution found = solution_of(&what, 0, 2, 0);
    assert_int_equal(found.count, 3);
    assert_close(found.crossing[0].x, 0.3, 2e-6);
    assert_close(found.crossing[1].x, 1.1, 2e-6);
    assert_close(found.crossing[2].x, 1.7, 2e-6);
    assert_true(found.crossing[0].rising && !found.crossing[1].rising);
    assert_close(found.crossing[1].low, found.crossing[1].x, 2e-6); /* no error, no interval */
    bg_solution_free(&found);
}

static void what_is_never_reached_has_no_crossing(void **state)
{
    (void)state;
    shape what = {.value = line};
    bg_solution found = solution_of(&what, 0, 1, -5);
    assert_int_equal(found.count, 0);
    assert_int_equal(found.point_count, BG_SOLVE_GRID);
    bg_solution_free(&found);
}

/* As the probability of a few futures is. */
static double stairs(double x)
{
    return floor(x * 32) / 32;
}

static void a_step_is_located_however_flat_its_sides(void **state)
{
    (void)state;
    shape what = {.value = stairs};
    bg_solution found = solution_of(&what, 0, 1, 0.51);
    assert_int_equal(found.count, 1);
    assert_close(found.crossing[0].x, 17.0 / 32, 2e-6);
    assert_true(found.crossing[0].rising);
    bg_solution_free(&found);
}

static double broken(double x)
{
    return x > 0.4 ? NAN : x;
}

static void the_functions_own_failure_comes_through(void **state)
{
    (void)state;
    shape what = {.value = broken};
    const bg_solve_problem problem = {evaluate, &what, 0, 1, 0.2, 1e-6, NULL, 0};
    bg_solution solution;
    assert_int_equal(bg_solve(&problem, &solution), BG_RANGE);
    assert_null(solution.point);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_is_crossed_where_arithmetic_says),
        cmocka_unit_test(an_interval_may_reach_beyond_the_range),
        cmocka_unit_test(several_crossings_are_all_found),
        cmocka_unit_test(what_is_never_reached_has_no_crossing),
        cmocka_unit_test(a_step_is_located_however_flat_its_sides),
        cmocka_unit_test(the_functions_own_failure_comes_through),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
