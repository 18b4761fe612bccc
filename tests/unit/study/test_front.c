/* Fronts that are known: two spheres, ZDT1, a front that a constraint cuts, and a single objective. */
#include "../../support/close.h"
#include "study/front.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Schaffer 1985 on [-4, 4]: x² and (x - 2)², whose front is √f1 + √f2 = 2. */
static bg_status schaffer(void *context, size_t first, size_t count, const double *u,
                          double *objective, double *violation)
{
    (void)first;
    if (context) {
        *(size_t *)context += count;
    }
    for (size_t i = 0; i < count; i++) {
        const double x = 8 * u[i] - 4;
        objective[2 * i] = x * x;
        objective[2 * i + 1] = (x - 2) * (x - 2);
        violation[i] = 0;
    }
    return BG_OK;
}

enum { ZDT_VARIABLES = 6 };

/* Zitzler, Deb, Thiele 2000, first problem: the front is f2 = 1 - √f1. */
static bg_status zdt1(void *context, size_t first, size_t count, const double *u, double *objective,
                      double *violation)
{
    (void)context;
    (void)first;
    for (size_t i = 0; i < count; i++) {
        const double *x = u + i * ZDT_VARIABLES;
        double g = 1;
        for (size_t k = 1; k < ZDT_VARIABLES; k++) {
            g += 9 * x[k] / (ZDT_VARIABLES - 1);
        }
        objective[2 * i] = x[0];
        objective[2 * i + 1] = g * (1 - sqrt(x[0] / g));
        violation[i] = 0;
    }
    return BG_OK;
}

/* Deb 2001, CONSTR: f1 = x in [0.1, 1], f2 = (1 + y) / x, y in [0, 5], y + 9x >= 6, -y + 9x >= 1. The front is y = 6 - 9x up to
 * x = 2/3, f2 = (7 - 9x) / x, then y = 0, f2 = 1 / x. */
static bg_status constr(void *context, size_t first, size_t count, const double *u,
                        double *objective, double *violation)
{
    (void)context;
    (void)first;
    for (size_t i = 0; i < count; i++) {
        const double x = 0.1 + 0.9 * u[2 * i], y = 5 * u[2 * i + 1];
        objective[2 * i] = x;
        objective[2 * i + 1] = (1 + y) / x;
        violation[i] = fmax(0, 6 - y - 9 * x) + fmax(0, 1 + y - 9 * x);
    }
    return BG_OK;
}

/* Nothing can be evaluated below one half; what is left is best at 0.7. */
static bg_status one_sided(void *context, size_t first, size_t count, const double *u,
                           double *objective, double *violation)
{
    (void)context;
    (void)first;
    for (size_t i = 0; i < count; i++) {
        objective[i] = u[i] < 0.5 ? NAN : fabs(u[i] - 0.7);
        violation[i] = u[i] < 0.5 ? INFINITY : 0;
    }
    return BG_OK;
}

static bg_front found(const bg_front_problem *problem)
{
    bg_front self;
    assert_int_equal(bg_front_search(problem, &self), BG_OK);
    assert_int_equal(self.count, problem->population * (problem->generations + 1));
    return self;
}

static const double *objectives(const bg_front *self, size_t point)
{
    return self->objective + point * self->objectives;
}

static void schaffers_front_is_found_from_end_to_end(void **state)
{
    (void)state;
    const bg_front_problem problem = {.variables = 1,
                                      .objectives = 2,
                                      .population = 40,
                                      .generations = 30,
                                      .seed = 1,
                                      .evaluate = schaffer};
    bg_front self = found(&problem);
    size_t index[40 * 31];
    const size_t count = bg_front_best(&self, index);
    assert_true(count > 100);
    for (size_t i = 0; i < count; i++) {
        const double *f = objectives(&self, index[i]);
        assert_close(sqrt(f[0]) + sqrt(f[1]), 2, 1e-9);
        assert_true(i == 0 || f[0] > objectives(&self, index[i - 1])[0]);
    }
    assert_true(objectives(&self, index[0])[0] < 0.001);
    assert_true(objectives(&self, index[count - 1])[1] < 0.001);
    bg_front_free(&self);
    bg_front_free(&self);
}

static void zdt1_is_approached_in_six_variables(void **state)
{
    (void)state;
    const bg_front_problem problem = {.variables = ZDT_VARIABLES,
                                      .objectives = 2,
                                      .population = 60,
                                      .generations = 120,
                                      .seed = 7,
                                      .evaluate = zdt1};
    bg_front self = found(&problem);
    size_t *index = calloc(self.count, sizeof *index);
    const size_t count = bg_front_best(&self, index);
    double widest = 0;
    assert_true(count > 60);
    for (size_t i = 0; i < count; i++) {
        const double *f = objectives(&self, index[i]);
        assert_close(f[1], 1 - sqrt(f[0]), 0.01);
        widest = i > 0 ? fmax(widest, f[0] - objectives(&self, index[i - 1])[0]) : widest;
    }
    assert_true(widest < 0.1);
    free(index);
    bg_front_free(&self);
}

static void a_front_that_constraints_cut_is_found_on_both_sides_of_the_corner(void **state)
{
    (void)state;
    const bg_front_problem problem = {.variables = 2,
                                      .objectives = 2,
                                      .population = 60,
                                      .generations = 100,
                                      .seed = 3,
                                      .evaluate = constr};
    bg_front self = found(&problem);
    size_t *index = calloc(self.count, sizeof *index);
    const size_t count = bg_front_best(&self, index);
    size_t below = 0;
    assert_true(count > 60);
    for (size_t i = 0; i < count; i++) {
        const double *f = objectives(&self, index[i]);
        const double least = f[0] < 2.0 / 3 ? (7 - 9 * f[0]) / f[0] : 1 / f[0];
        assert_true(self.violation[index[i]] <= 0);
        assert_close(f[1] / least, 1, 0.1);
        below += f[0] < 2.0 / 3;
    }
    assert_true(below > 10 && below < count - 10);
    free(index);
    bg_front_free(&self);
}

static void the_seed_alone_decides(void **state)
{
    (void)state;
    bg_front_problem problem = {.variables = 2,
                                .objectives = 2,
                                .population = 20,
                                .generations = 10,
                                .seed = 3,
                                .evaluate = constr};
    bg_front a = found(&problem), b = found(&problem);
    assert_memory_equal(a.u, b.u, a.count * 2 * sizeof *a.u);
    problem.seed = 4;
    bg_front c = found(&problem);
    assert_true(memcmp(a.u, c.u, a.count * 2 * sizeof *a.u) != 0);
    bg_front_free(&a);
    bg_front_free(&b);
    bg_front_free(&c);
}

/* A longer search begins with the points of a shorter one, so that it can go on where that ended. */
static void a_longer_search_begins_with_a_shorter_one(void **state)
{
    (void)state;
    size_t evaluated = 0;
    bg_front_problem problem = {.variables = 1,
                                .objectives = 2,
                                .population = 20,
                                .generations = 4,
                                .seed = 9,
                                .evaluate = schaffer,
                                .context = &evaluated};
    bg_front a = found(&problem);
    assert_int_equal(evaluated, 100);
    problem.generations = 9;
    bg_front b = found(&problem);
    assert_memory_equal(a.u, b.u, a.count * sizeof *a.u);
    bg_front_free(&a);
    bg_front_free(&b);
}

static void what_cannot_be_evaluated_is_left(void **state)
{
    (void)state;
    const bg_front_problem problem = {.variables = 1,
                                      .objectives = 1,
                                      .population = 20,
                                      .generations = 30,
                                      .seed = 5,
                                      .evaluate = one_sided};
    bg_front self = found(&problem);
    size_t index[20 * 31];
    assert_int_equal(bg_front_best(&self, index), 1);
    assert_close(self.u[index[0]], 0.7, 0.001);
    bg_front_free(&self);
}

static bg_status fails_later(void *context, size_t first, size_t count, const double *u,
                             double *objective, double *violation)
{
    return first > 0 ? BG_INTERRUPTED : schaffer(context, first, count, u, objective, violation);
}

static void a_failure_ends_the_search(void **state)
{
    (void)state;
    const bg_front_problem problem = {.variables = 1,
                                      .objectives = 2,
                                      .population = 20,
                                      .generations = 3,
                                      .seed = 5,
                                      .evaluate = fails_later};
    bg_front self;
    assert_int_equal(bg_front_search(&problem, &self), BG_INTERRUPTED);
    assert_int_equal(self.count, 20);
    bg_front_free(&self);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(schaffers_front_is_found_from_end_to_end),
        cmocka_unit_test(zdt1_is_approached_in_six_variables),
        cmocka_unit_test(a_front_that_constraints_cut_is_found_on_both_sides_of_the_corner),
        cmocka_unit_test(the_seed_alone_decides),
        cmocka_unit_test(a_longer_search_begins_with_a_shorter_one),
        cmocka_unit_test(what_cannot_be_evaluated_is_left),
        cmocka_unit_test(a_failure_ends_the_search),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
