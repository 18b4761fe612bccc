/* Cliffs of tiers on the whole amount, and bands that can be read in two ways, against their futures. */
#include "../../support/projected.h"
#include "study/tiers.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { FUTURES = 400 };

#define COUNTY                                                                                     \
    "history: {2022: 100M, 2023: 100M, 2024: 100M}\nbudget: {growth: 6%, funds: {}}\n"             \
    "simulation: {years: 2, replications: 400}\nsettlement:\n"

static const char whole[] =
    COUNTY "  - share_surplus: {bands: {3%: 50%, 6%: 80%, rest: 0%}, apply: whole}\n"
           "  - share_overspend: {base: payable, bands: {2%: 30%, 4%: 50%, rest: 100%},"
           " apply: whole_rest, edge: above}\n"
           "  - clear: {}\n";

static const bg_tier_edge *edge_of(const bg_tiers *tiers, size_t year, const char *step,
                                   bg_decimal limit)
{
    for (size_t i = 0; i < tiers->edge_count; i++) {
        const bg_tier_edge *edge = &tiers->edge[i];
        if (edge->year == 2025 + (int)year && strcmp(edge->sharing.step, step) == 0 &&
            edge->sharing.limit[edge->band] == limit) {
            return edge;
        }
    }
    fail_msg("no edge of %s at %lld", step, (long long)limit);
    return NULL;
}

/* The budget of 2025 is 106 million: at 3 % of it, 3.18 million, 50 % become 80 %; at 6 %, 6.36 million, 80 %
 * become nothing. At 4 % of what is payable, as much, 30 % of 2.12 and 50 % of 2.12 become 4.24. */
static void an_edge_moves_what_the_shares_on_its_sides_differ_by(void **state)
{
    (void)state;
    projected self;
    start_projection(&self, whole, NULL, 1);
    bg_tiers tiers;
    assert_int_equal(bg_tiers_find(&self.model, self.projection, 0, &tiers), BG_OK);
    assert_int_equal(tiers.edge_count, 6); /* 2 % is no cliff: bands below the last are marginal */
    assert_int_equal(tiers.reading_count, 0);
    const bg_tier_edge *edge = edge_of(&tiers, 0, "share_surplus", 3 * BG_ONE / 100);
    assert_int_equal(edge->at, 318000000);
    assert_int_equal(edge->moves, 95400000);
    edge = edge_of(&tiers, 0, "share_surplus", 6 * BG_ONE / 100);
    assert_int_equal(edge->at, 636000000);
    assert_int_equal(edge->moves, -508800000);
    edge = edge_of(&tiers, 0, "share_overspend", 4 * BG_ONE / 100);
    assert_int_equal(edge->at, 424000000);
    assert_int_equal(edge->moves, -(424000000 - 63600000 - 106000000));
    assert_true(bg_tiers_with_edges(&self.model));
    assert_false(bg_tiers_open(&self.model));
    bg_tiers_free(&tiers);
    finish_projection(&self);
}

/* With a budget of B, half a point is B / 200: counted in doubles, which hold these amounts. */
static void the_chance_beside_an_edge_is_that_of_the_balances_there(void **state)
{
    (void)state;
    projected self;
    start_projection(&self, whole, NULL, 1);
    bg_tiers tiers;
    assert_int_equal(bg_tiers_find(&self.model, self.projection, 0, &tiers), BG_OK);
    size_t met = 0;
    for (size_t i = 0; i < tiers.edge_count; i++) {
        const bg_tier_edge *edge = &tiers.edge[i];
        const size_t year = (size_t)(edge->year - 2025);
        const bg_fen *balance = projected_draws(&self, 0, year, "balance");
        const bg_fen *base = projected_draws(&self, 0, year, edge->sharing.base);
        size_t hits = 0;
        for (size_t k = 0; k < FUTURES; k++) {
            const double rate =
                (edge->sharing.overspend ? -1 : 1) * (double)balance[k] / (double)base[k];
            const double limit = (double)edge->sharing.limit[edge->band] / (double)BG_ONE;
            hits += rate >= limit - 0.005 && rate <= limit + 0.005;
        }
        assert_int_equal(edge->near.hits, hits);
        assert_int_equal(edge->near.n, FUTURES);
        met += hits;
    }
    assert_true(met > 0);
    bg_tiers_free(&tiers);
    finish_projection(&self);
}

static double mean_result(const char *scenario, size_t year)
{
    projected self;
    start_projection(&self, scenario, NULL, 1);
    const bg_fen *draws = projected_draws(&self, 0, year, "result");
    double sum = 0;
    for (size_t i = 0; i < FUTURES; i++) {
        sum += (double)draws[i];
    }
    finish_projection(&self);
    return sum / FUTURES;
}

#define OPEN     "  - share_overspend: {bands: {2%: 30%, rest: 80%}}\n"
#define MARGINAL "  - share_overspend: {bands: {2%: 30%, rest: 80%}, apply: marginal}\n"
#define WHOLE    "  - share_overspend: {bands: {2%: 30%, rest: 80%}, apply: whole}\n"
#define KEEP     "  - share_surplus: {bands: {rest: 0%}}\n"

/* The same futures settled by either reading. */
static void two_readings_give_what_their_plans_would(void **state)
{
    (void)state;
    projected self;
    start_projection(&self, COUNTY KEEP OPEN "  - clear: {}\n", NULL, 1);
    bg_tiers tiers;
    assert_int_equal(bg_tiers_find(&self.model, self.projection, 0, &tiers), BG_OK);
    assert_int_equal(tiers.edge_count, 0);
    assert_int_equal(tiers.reading_count, 2);
    assert_true(bg_tiers_open(&self.model));
    assert_false(bg_tiers_with_edges(&self.model));
    for (size_t year = 0; year < 2; year++) {
        const double by_parts = mean_result(COUNTY KEEP MARGINAL "  - clear: {}\n", year);
        const double as_whole = mean_result(COUNTY KEEP WHOLE "  - clear: {}\n", year);
        assert_true(as_whole < by_parts && by_parts < 0);
        assert_true(fabs(tiers.reading[year].by_parts - by_parts) < 1e-3);
        assert_true(fabs(tiers.reading[year].as_whole - as_whole) < 1e-3);
    }
    bg_tiers_free(&tiers);
    finish_projection(&self);
}

/* A share that an input of the unit decides, and a base that is one, say nothing of futures; a share by score is
 * that of the year's score. */
static void what_cannot_be_known_beforehand_is_left_out(void **state)
{
    (void)state;
    static const struct {
        const char *plan;
        size_t edges;
    } cases[] = {
        {"  - share_surplus: {bands: {3%: {input: mine}, rest: 0%}, apply: whole}\n", 0},
        {"  - share_surplus: {base: other, bands: {3%: 50%, rest: 0%}, apply: whole}\n", 0},
        {"  - share_surplus: {bands: {3%: {by_score: {80: 50%}}, rest: 0%}, apply: whole}\n", 2},
        {"  - share_surplus: {bands: {3%: {2025: 50%, 2026: 40%}, rest: 0%}, apply: whole}\n", 2},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[1024];
        snprintf(text, sizeof text,
                 "inputs: {mine: {kind: rate, empty: 10%%}, other: {kind: money, empty: 5}}\n"
                 "performance: {score: 85}\n%s%s  - clear: {}\n",
                 COUNTY, cases[i].plan);
        projected self;
        start_projection(&self, text, NULL, 1);
        bg_tiers tiers;
        assert_int_equal(bg_tiers_find(&self.model, self.projection, 0, &tiers), BG_OK);
        assert_int_equal(tiers.edge_count, cases[i].edges);
        for (size_t e = 0; e < tiers.edge_count; e++) {
            assert_int_equal(tiers.edge[e].sharing.share[0],
                             i == 3 && e == 1 ? 4 * BG_ONE / 10 : BG_ONE / 2);
        }
        bg_tiers_free(&tiers);
        finish_projection(&self);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_edge_moves_what_the_shares_on_its_sides_differ_by),
        cmocka_unit_test(the_chance_beside_an_edge_is_that_of_the_balances_there),
        cmocka_unit_test(two_readings_give_what_their_plans_would),
        cmocka_unit_test(what_cannot_be_known_beforehand_is_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
