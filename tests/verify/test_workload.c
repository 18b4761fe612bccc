/* The benchmark W against the figures of an independent program (plain C on GSL, exact samplers,
 * 12,000,000 replications) and against closed forms, by both engines. Bounds are four joint standard
 * errors; with eighteen figures a sound program fails at one seed in 900. */
#include "../support/projected.h"
#include "../support/workload.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define PUBLISHED_REPLICATIONS 12e6

static projected run;

static double replications(void)
{
    return (double)bg_projection_replications(run.projection);
}

static int start_reference(void **state)
{
    (void)state;
    static const char *const overrides[] = {"simulation.engine=reference",
                                            "simulation.replications=50000", NULL};
    start_projection_of(&run, "scenarios/workload_w.yaml", overrides, 0);
    return 0;
}

static int start_fast(void **state)
{
    (void)state;
    static const char *const overrides[] = {"simulation.engine=fast",
                                            "simulation.replications=1000000", NULL};
    start_projection_of(&run, "scenarios/workload_w.yaml", overrides, 0);
    return 0;
}

static int finish(void **state)
{
    (void)state;
    finish_projection(&run);
    return 0;
}

static void assert_within(double obtained, double expected, double error)
{
    print_message("  %.10g, published %.10g, error %.3g\n", obtained, expected, error);
    if (!(fabs(obtained - expected) <= 4 * error)) {
        fail_msg("obtained %.10g, expected %.10g within 4 x %.3g", obtained, expected, error);
    }
}

/* Of the difference, where ours has that standard error and the published one that of more draws. */
static double joint(double error)
{
    return error * sqrt(1 + replications() / PUBLISHED_REPLICATIONS);
}

static void mean_surpluses_are_those_of_the_closed_form(void **state)
{
    (void)state;
    for (int y = 1; y <= WORKLOAD_YEARS; y++) {
        const bg_statistics *surplus = projected_statistics(&run, 0, (size_t)y - 1, "balance");
        assert_within(surplus->mean / 1e8, workload_mean_surplus(y) / 1e6, surplus->mean_se / 1e8);
    }
}

static void the_chance_of_an_overspend_is_the_published_one(void **state)
{
    (void)state;
    const bg_probability overspend =
        bg_projection_probability(run.projection, 0, 4, BG_EVENT_overspend);
    const double p = 0.54671;
    assert_within(overspend.estimate, p, joint(sqrt(p * (1 - p) / replications())));
}

/* A quantile's standard error is read off its 95 % interval. */
static void the_tails_of_the_balance_are_the_published_ones(void **state)
{
    (void)state;
    enum { Q05 = 1, Q95 = 7 };
    const bg_statistics *balance = projected_statistics(&run, 0, 4, "reserve");
    static const double published[BG_QUANTILE_COUNT] = {[Q05] = -18.488, [Q95] = 90.942};
    for (size_t q = Q05; q <= Q95; q += Q95 - Q05) {
        const bg_quantile *quantile = &balance->quantile[q];
        assert_true(quantile->has_interval);
        assert_within(quantile->value / 1e8, published[q],
                      joint((quantile->high - quantile->low) / 2 / 1.96 / 1e8));
    }
    assert_within(balance->tvar_lower / 1e8, -52.244, joint(balance->tvar_lower_se / 1e8));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mean_surpluses_are_those_of_the_closed_form),
        cmocka_unit_test(the_chance_of_an_overspend_is_the_published_one),
        cmocka_unit_test(the_tails_of_the_balance_are_the_published_ones),
    };
    const int failed =
        cmocka_run_group_tests_name("reference engine", tests, start_reference, finish);
    return failed + cmocka_run_group_tests_name("fast engine", tests, start_fast, finish);
}
