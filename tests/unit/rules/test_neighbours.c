/* Communities of one pooling area: what their futures have in common, by both engines. */
#include "../../support/demand_block.h"
#include "../../support/demand_draft.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

static const char *const names[] = {"residents.total"};

/* One line of so many people that only what all lines have in common moves it. */
static bg_demand draft_of(const char *community, double correlation, bool trends)
{
    bg_demand draft = {
        .seed = 7,
        .line_count = 1,
        .scheme_count = 1,
        .years = 1,
        .shock_correlation = 1,
        .trend_correlation = 1,
        .emergency = {.probability = 0.5, .dip = 0.2, .dip_sd = 0.1, .dip_months = 3},
        .scheme = {{.people = 1e9}},
        .line = {draft_total(1000, 0.5)},
        .community = community,
        .area_correlation = correlation,
    };
    draft.line[0].part[BG_COST].volatility = trends ? 0 : 0.1;
    draft.line[0].part[BG_COST].trend.used_sd = trends ? 0.1 : 0;
    return draft;
}

enum { N = 4000 };

typedef struct futures {
    double log_expense[N];
    bool begins[N];
} futures;

static bg_demand *finished(bg_demand draft, bool emergencies)
{
    draft.emergency.probability = emergencies ? 0.5 : 0;
    return draft_finished(&draft, names);
}

static void draw_reference(const bg_demand *demand, futures *to)
{
    bg_sampler *sampler = draft_sampler(demand);
    bg_future path = draft_path(demand);
    for (uint32_t i = 0; i < N; i++) {
        assert_int_equal(bg_demand_draw(demand, sampler, i + 1, &path), BG_OK);
        to->log_expense[i] = log((double)draft_year(path.expense, &path, 0, 0));
        to->begins[i] = path.begins[0];
    }
    bg_future_free(&path);
    bg_sampler_free(sampler);
}

static void draw_fast(const bg_demand *demand, futures *to)
{
    demand_block block = demand_block_new(demand, N);
    assert_int_equal(demand_block_draw(&block, demand, 64), BG_OK);
    for (size_t i = 0; i < N; i++) {
        to->log_expense[i] = log((double)demand_block_expense(&block, 0, 0, i));
        to->begins[i] = block.columns[0][0].begins[i];
    }
    demand_block_free(&block);
}

static futures *drawn(bg_demand draft, bool fast, bool emergencies)
{
    futures *self = calloc(1, sizeof *self);
    assert_non_null(self);
    bg_demand *demand = finished(draft, emergencies);
    (fast ? draw_fast : draw_reference)(demand, self);
    bg_demand_free(demand);
    return self;
}

static double correlation_of(const futures *a, const futures *b)
{
    double mean[2] = {0}, square[2] = {0}, product = 0;
    for (size_t i = 0; i < N; i++) {
        mean[0] += a->log_expense[i] / N;
        mean[1] += b->log_expense[i] / N;
    }
    for (size_t i = 0; i < N; i++) {
        const double x = a->log_expense[i] - mean[0], y = b->log_expense[i] - mean[1];
        square[0] += x * x;
        square[1] += y * y;
        product += x * y;
    }
    return product / sqrt(square[0] * square[1]);
}

/* The standard error of a correlation r is (1 - r^2) / sqrt(N), at most 1 / 63. */
static void common_factors_correlate_as_the_area_says(void **state)
{
    (void)state;
    const double correlations[] = {0, 0.5, 0.9};
    for (int form = 0; form < 4; form++) {
        const bool fast = form & 1, trends = form & 2;
        for (size_t c = 0; c < 3; c++) {
            futures *a = drawn(draft_of("West", correlations[c], trends), fast, false);
            futures *b = drawn(draft_of("东县", correlations[c], trends), fast, false);
            const double r = correlation_of(a, b);
            if (fabs(r - correlations[c]) > 0.06) {
                fail_msg("the correlation is %g instead of %g", r, correlations[c]);
            }
            free(a);
            free(b);
        }
    }
}

static void emergencies_are_shared_and_the_common_factor_with_correlation_1(void **state)
{
    (void)state;
    for (int fast = 0; fast < 2; fast++) {
        futures *a = drawn(draft_of("West", 1, false), fast, true);
        futures *b = drawn(draft_of("East", 1, false), fast, true);
        futures *alone = drawn(draft_of(NULL, 0, false), fast, true);
        size_t hit = 0;
        for (size_t i = 0; i < N; i++) {
            assert_true(a->begins[i] == b->begins[i]);
            assert_true(a->begins[i] == alone->begins[i]);
            hit += a->begins[i];
            /* The claims of 10^9 people are their own. */
            assert_true(fabs(a->log_expense[i] - b->log_expense[i]) < 0.001);
            assert_true(a->log_expense[i] != b->log_expense[i]);
        }
        assert_true(hit > N / 3 && hit < 2 * N / 3);
        free(a);
        free(b);
        free(alone);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(common_factors_correlate_as_the_area_says),
        cmocka_unit_test(emergencies_are_shared_and_the_common_factor_with_correlation_1),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
