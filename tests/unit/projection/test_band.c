/* In which sharing band a year ends: by hand, future by future and by a closed form. */
#include "../../support/plan.h"
#include "../../support/projected.h"
#include "../../support/says.h"

#include "projection/band.h"

#include <baogan/figure.h>
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define CLEAR "  - clear: {}\n"

/* ---- the settlement ---- */

/* The bands of units with a budget of 1,000.10 yuan, which nothing is taken from, and these expenses in fen. */
static void assert_bands(const char *steps, const bg_fen *expense, const int64_t *expected,
                         size_t count)
{
    test_plan plan = test_plan_read(steps, count);
    assert_int_equal(plan.status, BG_OK);
    for (size_t u = 0; u < count; u++) {
        plan.block.input[BG_INPUT_budget][u] = plan.block.input[BG_INPUT_payable][u] = 100010;
        plan.block.input[BG_INPUT_expense][u] = expense[u];
        plan.block.input[BG_INPUT_score][u] = (int64_t)u * 10 * BG_ONE;
    }
    plan.block.bands = true;
    assert_int_equal(bg_settlement_apply(plan.plan, &plan.block, NULL, &plan.errors), BG_OK);
    for (size_t u = 0; u < count; u++) {
        assert_int_equal(plan.block.band[u], expected[u]);
    }
    test_plan_free(&plan);
}

/* 5 % of the budget are 50.005 yuan: 5,000 fen of overspend lie in the first band, 5,001 in the second; 10 % are
 * 10,001 fen, which is still in it. */
static void a_limit_belongs_to_the_band_below_it(void **state)
{
    (void)state;
    static const bg_fen expense[] = {100010, 100011, 105010, 105011, 110011, 110012,
                                     100009, 95009,  90009,  90008,  0};
    static const int64_t band[] = {0, -1, -1, -2, -2, -3, 1, 1, 1, 2, 2};
    assert_bands(
        "  - share_surplus: {base: budget, bands: {10%: 50%, rest: 0%}}\n"
        "  - share_overspend: {base: budget, bands: {5%: 30%, 10%: 50%, rest: 100%}}\n" CLEAR,
        expense, band, sizeof band / sizeof *band);
}

/* Where a rate of exactly a limit belongs to the band above. */
static void or_to_the_one_above_where_the_plan_says_so(void **state)
{
    (void)state;
    static const bg_fen expense[] = {105010, 105011, 110010, 110011, 110012};
    static const int64_t band[] = {-1, -2, -2, -3, -3};
    assert_bands("  - share_overspend: {base: budget, apply: whole, edge: above,\n"
                 "                      bands: {5%: 30%, 10%: 50%, rest: 100%}}\n" CLEAR,
                 expense, band, sizeof band / sizeof *band);
}

/* Scores are 0, 10, 20, 30; the first step is for those from 20 up. What one step has shared no other places anew. */
static void the_band_is_that_of_the_step_in_force(void **state)
{
    (void)state;
    static const bg_fen expense[] = {108010, 108010, 108010, 108010};
    static const int64_t band[] = {-1, -1, -2, -2};
    assert_bands("  - share_overspend: {base: budget, when: {score: {from: 20}},\n"
                 "                      bands: {5%: 50%, rest: 100%}}\n"
                 "  - share_overspend: {base: budget, bands: {10%: 50%, rest: 100%}}\n" CLEAR,
                 expense, band, 4);
}

/* Of a loss below 2 % nothing is shared, of a larger one all. */
static void what_a_corridor_leaves_to_nobody_is_in_no_band(void **state)
{
    (void)state;
    static const bg_fen expense[] = {102010, 102011, 100000};
    static const int64_t band[] = {0, -1, 1};
    assert_bands("  - corridor: {base: budget, minimum_saving: 0%, minimum_loss: 2%}\n"
                 "  - share_surplus: {base: budget, bands: {rest: 50%}}\n"
                 "  - share_overspend: {base: budget, bands: {5%: 50%, rest: 100%}}\n" CLEAR,
                 expense, band, 3);
}

static void the_limits_of_a_side_are_those_of_all_its_steps(void **state)
{
    (void)state;
    bg_decimal limit;
    const char *base;
    test_plan plan =
        test_plan_read("  - share_surplus: {base: payable, bands: {rest: 0%}}\n"
                       "  - share_overspend: {base: budget, when: {score: {from: 20}},\n"
                       "                      bands: {5%: 50%, rest: 100%}}\n"
                       "  - share_overspend: {base: budget,\n"
                       "                      bands: {5%: 50%, 8%: 60%, rest: 100%}}\n" CLEAR,
                       1);
    assert_int_equal(plan.status, BG_OK);
    assert_int_equal(bg_plan_band_count(plan.plan, "share_surplus"), 1);
    assert_int_equal(bg_plan_band_count(plan.plan, "share_overspend"), 3);
    assert_true(bg_plan_band_limit(plan.plan, "share_surplus", 1, &limit, &base));
    assert_true(limit == BG_DECIMAL_MAX * BG_ONE);
    assert_string_equal(base, "payable");
    assert_true(bg_plan_band_limit(plan.plan, "share_overspend", 1, &limit, &base));
    assert_true(limit == BG_ONE / 20);
    assert_string_equal(base, "budget");
    assert_false(bg_plan_band_limit(plan.plan, "share_overspend", 2, &limit, &base));
    assert_false(bg_plan_band_limit(plan.plan, "share_overspend", 3, &limit, &base));
    test_plan_free(&plan);
}

/* ---- futures ---- */

enum { YEARS = 2, FUTURES = 2000 };

/* Two schemes; bands are of the budget: of an overspend to 5 %, to 10 % and beyond. */
static const char county[] =
    "history:\n"
    "  2023: {residents.total: 100M, employees.total: 40M}\n"
    "  2024: {residents.total: 110M, employees.total: 43M}\n"
    "people: {residents: 130000, employees: 12000}\n"
    "settlement: [{share_surplus: {base: budget, bands: {10%: 60%, rest: 0%}}},\n"
    "             {share_overspend: {base: budget, bands: {5%: 30%, 10%: 50%, rest: 100%}}}, "
    "clear]\n"
    "simulation: {years: 2, replications: 2000}\n";

static double rate_of(const projected *run, size_t scheme, size_t year, size_t i)
{
    return (double)projected_draws(run, scheme, year, "balance")[i] /
           (double)projected_draws(run, scheme, year, "budget")[i];
}

/* No draw comes within a billionth of a limit. */
static int band_at(const projected *run, size_t scheme, size_t year, size_t i)
{
    const double rate = rate_of(run, scheme, year, i);
    return rate > 0 ? 1 + (rate > 0.1) : -(1 + (rate < -0.05) + (rate < -0.1));
}

static bg_figure parsed(const bg_model *model, const char *text)
{
    bg_figure figure;
    assert_int_equal(bg_figure_parse(model, text, NULL, &figure, NULL), BG_OK);
    return figure;
}

static bg_estimate read_figure(const projected *run, const char *text)
{
    const bg_figure figure = parsed(&run->model, text);
    bg_estimate result;
    assert_int_equal(bg_figure_read(&figure, run->projection, &result), BG_OK);
    return result;
}

/* Futures in which schemes first … end - 1 are in the band in years from … to - 1, at least once. */
static size_t hits(const projected *run, size_t first, size_t end, size_t from, size_t to, int band)
{
    size_t count = 0;
    for (size_t i = 0; i < FUTURES; i++) {
        bool hit = false;
        for (size_t s = first; s < end; s++) {
            for (size_t y = from; y < to; y++) {
                hit = hit || band_at(run, s, y, i) == band;
            }
        }
        count += hit;
    }
    return count;
}

static void chances_count_futures_in_a_band(void **state)
{
    (void)state;
    static const char *const engines[] = {"simulation.engine=fast", "simulation.engine=reference"};
    for (size_t e = 0; e < 2; e++) {
        projected run;
        start_projection(&run, county, (const char *const[]){engines[e], NULL}, 2);
        const bg_projection *p = run.projection;
        const size_t any = bg_projection_unit_any(p);
        for (int band = -3; band <= 2; band++) {
            if (band == 0) {
                continue;
            }
            for (size_t scheme = 0; scheme < 2; scheme++) {
                assert_int_equal(bg_projection_band(p, scheme, 1, band).hits,
                                 hits(&run, scheme, scheme + 1, 1, 2, band));
                assert_int_equal(bg_projection_band(p, scheme, YEARS, band).hits,
                                 hits(&run, scheme, scheme + 1, 0, YEARS, band));
            }
            assert_int_equal(bg_projection_band(p, any, 0, band).hits,
                             hits(&run, 0, 2, 0, 1, band));
            assert_int_equal(bg_projection_band(p, any, YEARS, band).hits,
                             hits(&run, 0, 2, 0, YEARS, band));
        }
        finish_projection(&run);
    }
}

/* Every future ends in one band or in none; those of an overspend are all that overspend. */
static void the_bands_of_a_side_add_up_to_its_chance(void **state)
{
    (void)state;
    projected run;
    start_projection(&run, county, NULL, 1);
    size_t sum = 0;
    for (int band = -3; band < 0; band++) {
        sum += bg_projection_band(run.projection, 0, 0, band).hits;
    }
    assert_int_equal(sum, bg_projection_probability(run.projection, 0, 0, BG_EVENT_overspend).hits);
    finish_projection(&run);
}

static void figures_of_bands_are_read_by_name(void **state)
{
    (void)state;
    projected run;
    start_projection(&run, county, NULL, 1);
    const bg_figure figure = parsed(&run.model, "p_overspend_band2.first.employees");
    char *full = bg_figure_text(&figure, &run.model);
    assert_string_equal(full, "p_overspend_band2.2025.employees");
    free(full);
    assert_true(read_figure(&run, "p_overspend_band2.first.employees").value ==
                (double)hits(&run, 1, 2, 0, 1, -2) / FUTURES);
    assert_true(read_figure(&run, "p_surplus_band1.any").value ==
                (double)hits(&run, 0, 2, 0, YEARS, 1) / FUTURES);
    /* A mean given a band: of residents' results in the futures whose rate lies in it. */
    double sum = 0;
    size_t count = 0;
    for (size_t i = 0; i < FUTURES; i++) {
        const bool in = band_at(&run, 0, 0, i) == -3;
        sum += in ? (double)projected_draws(&run, 0, 0, "result")[i] : 0;
        count += in;
    }
    const bg_estimate mean = read_figure(&run, "mean(result.first.residents | overspend_band3)");
    assert_true(count > 30 && fabs(mean.value - sum / (double)count) < 1e-3 && mean.se > 0);
    size_t units[BG_FIGURE_UNITS];
    const bg_figure unnamed = parsed(&run.model, "p_overspend_band1");
    assert_int_equal(bg_figure_units(&unnamed, &run.model, units), 3);
    bg_estimate none;
    assert_int_equal(bg_figure_read(&unnamed, run.projection, &none), BG_INVALID);
    finish_projection(&run);
}

static void a_band_that_is_not_there_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text, *words;
    } rows[] = {
        {"p_overspend_band4.residents", "did you mean overspend_band"},
        {"p_surplus_band3.residents", "did you mean surplus_band"},
        {"p_overspend_band0.residents", "did you mean overspend_band"},
        {"p_overspend_band1.all", "sharing band of all schemes added up"},
        {"mean(result.all | overspend_band1)", "sharing band of all schemes added up"},
    };
    projected run;
    start_projection(&run, county, (const char *const[]){"simulation.replications=10", NULL}, 1);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        figure_refused(&run.model, rows[i].text, rows[i].words);
    }
    assert_true(isnan(bg_projection_band(run.projection, 2, 0, -1).estimate));
    assert_true(isnan(bg_projection_band(run.projection, 0, 0, -4).estimate));
    run.model.of_area = true; /* which no plan settles */
    assert_int_equal(bg_model_band_count(&run.model, true), 0);
    run.model.of_area = false;
    finish_projection(&run);
}

/* Beyond what is kept they are counted as they pass, and a run stops by them. */
static void a_run_stops_by_the_chance_of_a_band(void **state)
{
    (void)state;
    projected few, run;
    start_projection(&few, county, (const char *const[]){"simulation.replications=10", NULL}, 1);
    bg_target target;
    assert_int_equal(
        bg_target_parse(&few.model, "se(p_overspend_band1.first.any) <= 1.2%", NULL, &target, NULL),
        BG_OK);
    const bool wanted[64] = {[BG_OUTCOME_balance] = true, [BG_OUTCOME_budget] = true};
    start_projection_with(&run, county,
                          (const char *const[]){"simulation.replications=150000", NULL},
                          &(bg_projection_options){.until = &target, .outcomes = wanted});
    /* √(p (1 - p) / N) <= 1.2 % needs between 1,000 and 2,000 futures for p between 17 % and 83 %. */
    assert_int_equal(bg_projection_replications(run.projection), FUTURES);
    assert_true(bg_projection_reading(run.projection)->estimate.value ==
                (double)hits(&run, 0, 2, 0, 1, -1) / FUTURES);
    finish_projection(&few);
    finish_projection(&run);
}

/* ln E ~ N(mu, s²) against a budget of 1.08e13 fen: P(B < E <= 1.05 B) and P(E > 1.05 B). Within 4 standard errors. */
static void the_chance_of_a_band_is_that_of_the_lognormal(void **state)
{
    (void)state;
    static const char lognormal[] =
        "history: {2024: 100000M}\n"
        "people: {residents: {count: 2000000000, growth: 0%, growth_sd: 0%}}\n"
        "budget: {growth: 8%, funds: {}}\n"
        "settlement: [{share_overspend: {base: budget, bands: {5%: 30%, rest: 100%}}}, clear]\n"
        "demand: {trend: {prior: 6%, prior_sd: 3%}, volatility: {total: 5.5%, persistence: 0.5},\n"
        "         emergency: {probability: 0%}}\n"
        "simulation: {years: 1, replications: 20000}\n";
    const double s = sqrt(0.03 * 0.03 + 0.055 * 0.055);
    const double mu = log(1e13) + 0.06 - s * s / 2;
    const double over = gsl_cdf_ugaussian_Q((log(1.08e13) - mu) / s);
    const double far = gsl_cdf_ugaussian_Q((log(1.05 * 1.08e13) - mu) / s);
    projected run;
    start_projection(&run, lognormal, NULL, 2);
    const bg_estimate first = read_figure(&run, "p_overspend_band1.first");
    const bg_estimate rest = read_figure(&run, "p_overspend_band2.first");
    assert_true(fabs(first.value - (over - far)) < 4 * first.se);
    assert_true(fabs(rest.value - far) < 4 * rest.se);
    assert_true(over - far > 0.1 && far > 0.05);
    finish_projection(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_limit_belongs_to_the_band_below_it),
        cmocka_unit_test(or_to_the_one_above_where_the_plan_says_so),
        cmocka_unit_test(the_band_is_that_of_the_step_in_force),
        cmocka_unit_test(what_a_corridor_leaves_to_nobody_is_in_no_band),
        cmocka_unit_test(the_limits_of_a_side_are_those_of_all_its_steps),
        cmocka_unit_test(chances_count_futures_in_a_band),
        cmocka_unit_test(the_bands_of_a_side_add_up_to_its_chance),
        cmocka_unit_test(figures_of_bands_are_read_by_name),
        cmocka_unit_test(a_band_that_is_not_there_is_refused),
        cmocka_unit_test(a_run_stops_by_the_chance_of_a_band),
        cmocka_unit_test(the_chance_of_a_band_is_that_of_the_lognormal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
