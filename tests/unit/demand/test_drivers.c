/* The one stage that makes cases and cost of all lines of a year. */
#include "../../support/close.h"
#include "../../support/demand_block.h"
#include "../../support/demand_draft.h"
#include "demand/drivers.h"
#include "demand/fast.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const char *const names[] = {"residents.inpatient.in", "residents.ended.in",
                                    "employees.inpatient.out"};

/* The first line is uncertain in both parts, the second has ended, the third belongs to another scheme. */
static bg_demand three_lines(void)
{
    bg_demand draft = {
        .line_count = 3,
        .scheme_count = 2,
        .years = 2,
        .gap = 1,
        .seed = 5,
        .scheme = {{.people = 1000}, {.people = 10, .growth = 0.1}},
        .line = {draft_line(0.2, 3000, 1), draft_line(0, 3000, 1), draft_line(4, 50, 1)},
    };
    bg_demand_part *part = draft.line[0].part;
    part[BG_FREQUENCY].trend = (bg_trend_view){.used = 0.1, .used_sd = 0.04};
    part[BG_FREQUENCY].volatility = 0.3;
    part[BG_COST].trend = (bg_trend_view){.used = 0.2, .used_sd = 0.05};
    part[BG_COST].volatility = 0.2;
    draft.line[0].correlation = -0.5;
    draft.line[2].scheme = 1;
    return draft;
}

/* Values that say what they were asked for. */
typedef struct asked {
    bg_part_year at[BG_MAX_LINES][BG_PARTS];
} asked;

static void ask(const void *context, const bg_part_year *at, size_t n, const double *trend,
                const double *deviation, const double *scale, double *value)
{
    asked *const *self = context;
    (*self)->at[at->line][at->part] = *at;
    for (size_t i = 0; i < n; i++) {
        value[i] = 100 * trend[i] + 10 * deviation[i] + (scale ? scale[i] : 0);
    }
}

static void each_part_of_each_line_is_computed_about_its_own_centre(void **state)
{
    (void)state;
    const bg_demand demand = three_lines();
    double trend[2] = {1, 2}, deviation[2] = {3, 4}, people[2][2] = {{5, 6}, {7, 8}};
    double cases[3][2], cost[3][2];
    bg_factors factors = {.exposure = {people[0], people[1]}, .gathered = 1.25};
    bg_drivers drivers;
    for (size_t i = 0; i < 3; i++) {
        factors.trend[i][BG_FREQUENCY] = factors.trend[i][BG_COST] = trend;
        factors.deviation[i][BG_FREQUENCY] = factors.deviation[i][BG_COST] = deviation;
        drivers.cases[i] = cases[i];
        drivers.cost[i] = cost[i];
    }
    asked all, *self = &all;
    bg_drivers_fill(&demand, &factors, 2, 2, ask, &self, &drivers);
    const bg_part_year *f = &all.at[0][BG_FREQUENCY], *c = &all.at[0][BG_COST];
    assert_true(f->t == 2 && c->t == 2);
    /* (0.04^2 2^2 + 0.3^2 1.25) / 2 and (0.05^2 2^2 + 0.2^2 1.25) / 2 */
    assert_close(f->half_variance, 0.05945, 1e-15);
    assert_close(c->half_variance, 0.03, 1e-15);
    /* -0.5 (0.04 0.05 2^2 + 0.3 0.2 1.25), once */
    assert_true(f->covariance == 0);
    assert_close(c->covariance, -0.0415, 1e-15);
    assert_true(all.at[2][BG_COST].half_variance == 0);
    assert_true(cases[0][1] == 246 && cost[0][1] == 240);
    assert_true(cases[2][0] == 137 && cost[2][0] == 130);
}

static void what_is_certain_is_the_central_path(void **state)
{
    (void)state;
    bg_demand draft = three_lines();
    draft.line[0].part[BG_FREQUENCY].trend.used_sd = draft.line[0].part[BG_COST].trend.used_sd = 0;
    draft.line[0].part[BG_FREQUENCY].volatility = draft.line[0].part[BG_COST].volatility = 0;
    bg_demand *demand = draft_finished(&draft, names);
    demand_block block = demand_block_new(demand, 2);
    bg_block_sampler *sampler = bg_block_sampler_new(demand, 2);
    assert_non_null(sampler);
    assert_int_equal(bg_demand_draw_block(demand, sampler, 1, 2, block.columns), BG_OK);
    /* The last year is the third after the last base year. */
    assert_close(sampler->drivers.cases[0][1], 1000 * 0.2 * exp(0.3), 1e-10);
    assert_close(sampler->drivers.cost[0][1], 3000 * exp(0.6), 1e-10);
    assert_close(sampler->drivers.cases[2][1], 10 * 1.331 * 4, 1e-12);
    assert_true(sampler->drivers.cases[1][1] == 0);
    assert_close(bg_demand_mean(demand, 0, 1), 1000 * 0.2 * 3000 * exp(0.9), 1e-8);
    assert_close(bg_demand_mean(demand, 2, 1), 10 * 1.331 * 4 * 50, 1e-10);
    bg_block_sampler_free(sampler);
    demand_block_free(&block);
    bg_demand_free(demand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_part_of_each_line_is_computed_about_its_own_centre),
        cmocka_unit_test(what_is_certain_is_the_central_path),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
