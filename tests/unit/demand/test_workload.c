/* The benchmark W as a scenario against what is known of it. */
#include "../../support/close.h"
#include "../../support/projected.h"
#include "../../support/workload.h"

#include "demand/model.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

static projected run;

static int start(void **state)
{
    (void)state;
    static const char *const overrides[] = {"simulation.replications=400", NULL};
    start_projection_of(&run, "scenarios/workload_w.yaml", overrides, 0);
    return 0;
}

static int finish(void **state)
{
    (void)state;
    finish_projection(&run);
    return 0;
}

/* The closed form published with the reference values of W, in million yuan. */
static void the_mean_surplus_is_the_published_closed_form(void **state)
{
    (void)state;
    static const double published[] = {-10.8204, -9.0616, -7.6590, -6.5000, -7.0289};
    for (int y = 1; y <= WORKLOAD_YEARS; y++) {
        assert_close(workload_mean_surplus(y) / 1e6, published[y - 1], 5e-5);
    }
}

static void every_line_has_its_mean_in_every_year(void **state)
{
    (void)state;
    for (size_t i = 0; i < WORKLOAD_LINES; i++) {
        for (int y = 1; y <= WORKLOAD_YEARS; y++) {
            const double mean = bg_demand_mean(run.model.demand, workload_line[i], (size_t)y - 1);
            assert_close(mean / 100 / workload_mean(i, y), 1, 1e-11);
        }
    }
}

static void what_varies_is_what_w_says(void **state)
{
    (void)state;
    static const double shape[] = {200, 100, 400, 400, 300, 150};
    static const double cv[] = {1.1, 1.4, 0.8, 0.9, 1.2, 1.8};
    static const double sigma[] = {0.05, 0.07, 0.06, 0.06, 0.05, 0.08};
    static const double season[] = {1.08, 0.80, 1.02, 1.00, 0.99, 0.98,
                                    0.97, 0.97, 0.99, 1.03, 1.06, 1.11};
    const bg_demand *demand = run.model.demand;
    for (size_t i = 0; i < WORKLOAD_LINES; i++) {
        const bg_demand_line *line = &demand->line[workload_line[i]];
        assert_true(line->count_shape == shape[i] && line->severity.cv == cv[i]);
        assert_close(line->part[BG_FREQUENCY].volatility / 0.8, sigma[i], 1e-15);
        assert_true(line->part[BG_COST].volatility == 0);
        for (int part = 0; part < BG_PARTS; part++) {
            assert_true(line->part[part].trend.used_sd == 0);
        }
        for (size_t j = 0; j < WORKLOAD_LINES; j++) { /* root times its transpose */
            double correlation = 0;
            for (size_t k = 0; k < WORKLOAD_LINES; k++) {
                correlation += demand->shock_root[workload_line[i] * WORKLOAD_LINES + k] *
                               demand->shock_root[workload_line[j] * WORKLOAD_LINES + k];
            }
            assert_close(correlation, pow(0.6, fabs((double)i - (double)j)), 1e-12);
        }
    }
    for (size_t month = 0; month < 12; month++) {
        assert_close(demand->season[month], season[month], 1e-14);
    }
    assert_true(demand->stationary && demand->persistence == 0.6);
    assert_true(demand->scheme[0].growth == 0 && demand->scheme[0].growth_sd == 0);
}

/* The spending of each future, settled once more in plain arithmetic: the same to a few fen, each
 * rounding being half of one at most. */
static void the_plan_settles_every_future_as_w_does(void **state)
{
    (void)state;
    size_t gains = 0, losses = 0;
    for (size_t replication = 0; replication < 400; replication++) {
        workload_state settled = workload_start();
        for (size_t year = 0; year < WORKLOAD_YEARS; year++) {
            const double before = settled.balance;
            const bg_fen spent = projected_draws(&run, 0, year, "expense")[replication];
            const double payable = workload_settle(&settled, (double)spent / 100);
            assert_close((double)projected_draws(&run, 0, year, "payable")[replication],
                         100 * payable, 4);
            assert_close((double)projected_draws(&run, 0, year, "reserve")[replication],
                         100 * settled.balance, 20);
            if (year + 1 < WORKLOAD_YEARS) { /* after the last year funds return to the pool */
                assert_close((double)projected_draws(&run, 0, year, "fund.risk")[replication],
                             100 * settled.risk, 20);
                assert_close((double)projected_draws(&run, 0, year, "fund.reserve")[replication],
                             100 * settled.reserve, 20);
            }
            gains += settled.balance > before;
            losses += settled.balance < before;
        }
    }
    assert_true(gains > 400 && losses > 40);
}

static void the_simulated_mean_surplus_is_that_of_the_closed_form(void **state)
{
    (void)state;
    for (int y = 1; y <= WORKLOAD_YEARS; y++) {
        const bg_statistics *surplus = projected_statistics(&run, 0, (size_t)y - 1, "balance");
        assert_close(surplus->mean, 100 * workload_mean_surplus(y), 4 * surplus->mean_se);
    }
}

static void written_and_read_again_it_gives_the_same_futures(void **state)
{
    (void)state;
    static const char *const overrides[] = {"simulation.replications=20", NULL};
    for (int with_defaults = 0; with_defaults < 2; with_defaults++) {
        char *text = bg_scenario_yaml(run.scenario, with_defaults);
        assert_non_null(text);
        projected again;
        start_projection(&again, text, overrides, 0);
        for (size_t year = 0; year < WORKLOAD_YEARS; year++) {
            assert_memory_equal(projected_draws(&again, 0, year, "reserve"),
                                projected_draws(&run, 0, year, "reserve"), 20 * sizeof(bg_fen));
        }
        finish_projection(&again);
        free(text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_mean_surplus_is_the_published_closed_form),
        cmocka_unit_test(every_line_has_its_mean_in_every_year),
        cmocka_unit_test(what_varies_is_what_w_says),
        cmocka_unit_test(the_plan_settles_every_future_as_w_does),
        cmocka_unit_test(written_and_read_again_it_gives_the_same_futures),
        cmocka_unit_test(the_simulated_mean_surplus_is_that_of_the_closed_form),
    };
    return cmocka_run_group_tests(tests, start, finish);
}
