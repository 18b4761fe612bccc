/* The payments of a group by line: the total stays, and is divided by the law of the lines. */
#include "../../support/demand_block.h"
#include "../../support/demand_draft.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

enum { LINES = 4, FUTURES = 20000 };

static const char *const names[LINES] = {"residents.inpatient.in", "residents.outpatient.in",
                                         "residents.chronic.in", "residents.inpatient.out"};

/* Three lines in the county and one outside, of 100,000 people: without trends and shocks. */
static bg_demand still(void)
{
    bg_demand draft = {.seed = 7,
                       .line_count = LINES,
                       .scheme_count = 1,
                       .years = 2,
                       .season = {2, 0.5, 0.5, 1, 1, 1, 1, 1, 1, 1, 1, 1},
                       .scheme = {{.people = 100000}},
                       .line = {draft_line(0.1, 500000, 2), draft_line(2, 10000, 1.5),
                                draft_line(0.2, 30000, 3), draft_line(0.05, 900000, 1)}};
    draft.line[1].dispersion = 3;
    draft.line[3].outside = true;
    return draft;
}

/* Room for the payments of lines in every year. */
static bg_fen *want_lines(const bg_demand *demand, demand_block *block, bg_fen **line)
{
    const size_t n = block->capacity;
    bg_fen *room = calloc(demand->line_count * block->years * n, sizeof *room);
    assert_non_null(room);
    for (size_t y = 0; y < block->years; y++) {
        for (size_t l = 0; l < demand->line_count; l++) {
            line[y * demand->line_count + l] = room + (y * demand->line_count + l) * n;
        }
        block->columns[0][y].line = line + y * demand->line_count;
    }
    return room;
}

static bg_fen all_lines(const bg_demand *demand, const demand_block *block, size_t year, size_t i)
{
    bg_fen sum = 0;
    for (size_t l = 0; l < demand->line_count; l++) {
        assert_true(block->columns[0][year].line[l][i] >= 0);
        sum += block->columns[0][year].line[l][i];
    }
    return sum;
}

/* The same block with and without lines: nothing else differs by a bit, and lines add up to what there is in the
 * county, outside and in all. */
static void assert_total_stays(const bg_demand *draft)
{
    bg_demand *demand = draft_finished(draft, names);
    demand_block plain = demand_block_new(demand, 500), block = demand_block_new(demand, 500);
    bg_fen *line[2 * LINES];
    bg_fen *room = want_lines(demand, &block, line);
    assert_int_equal(demand_block_draw(&plain, demand, 500), BG_OK);
    assert_int_equal(demand_block_draw(&block, demand, 500), BG_OK);
    assert_true(demand_block_hash(&plain) == demand_block_hash(&block));
    for (size_t y = 0; y < 2; y++) {
        for (size_t i = 0; i < 500; i++) {
            assert_int_equal(all_lines(demand, &block, y, i),
                             demand_block_expense(&plain, 0, y, i));
            assert_int_equal(block.columns[0][y].line[3][i], plain.columns[0][y].outside[i]);
        }
    }
    free(room);
    demand_block_free(&plain);
    demand_block_free(&block);
    bg_demand_free(demand);
}

static void the_total_stays_bit_for_bit_and_lines_add_up_to_it(void **state)
{
    (void)state;
    bg_demand draft = still();
    assert_total_stays(&draft);
    for (size_t l = 0; l < LINES; l++) {
        draft.line[l].part[BG_FREQUENCY].volatility = 0.2;
        draft.line[l].part[BG_COST].trend = (bg_trend_view){.used = 0.05, .used_sd = 0.08};
    }
    draft.emergency = (bg_emergency_terms){.probability = 0.5,
                                           .dip = 0.15,
                                           .dip_sd = 0.08,
                                           .dip_months = 6,
                                           .direct = 0.01,
                                           .direct_sd = 0.02,
                                           .rebound = 0.1,
                                           .rebound_sd = 0.08};
    assert_total_stays(&draft);
    draft.emergency = (bg_emergency_terms){
        .probability = 0.5, .form = BG_EMERGENCY_MULTIPLIER, .mu = 0.12, .sigma = 0.1};
    draft.line[0].count_shape = 400;
    draft.line[2] = draft_line(0.0004, 30000, 3); /* case by case */
    assert_total_stays(&draft);
}

typedef struct moments {
    double mean[LINES], product[LINES][LINES];
} moments;

static moments moments_of(const bg_demand *demand, const demand_block *block)
{
    moments of = {{0}, {{0}}};
    bg_fen **line = block->columns[0][1].line;
    for (size_t l = 0; l < demand->line_count; l++) {
        for (size_t i = 0; i < FUTURES; i++) {
            of.mean[l] += (double)line[l][i] / FUTURES;
        }
    }
    for (size_t a = 0; a < demand->line_count; a++) {
        for (size_t b = 0; b < demand->line_count; b++) {
            for (size_t i = 0; i < FUTURES; i++) {
                of.product[a][b] +=
                    ((double)line[a][i] - of.mean[a]) * ((double)line[b][i] - of.mean[b]) / FUTURES;
            }
        }
    }
    return of;
}

/* n cases of mean payment c are compound: mean n c, variance n c^2 (dispersion + cv^2), and lines are independent. Of 20,000
 * futures the variance is known to 1 %, a correlation to 0.7 %: five errors are allowed. */
static void lines_have_their_own_mean_and_variance_and_are_independent(void **state)
{
    (void)state;
    static const double cv[LINES] = {2, 1.5, 3, 1};
    const bg_demand draft = still();
    bg_demand *demand = draft_finished(&draft, names);
    demand_block block = demand_block_new(demand, FUTURES);
    bg_fen *line[2 * LINES];
    bg_fen *room = want_lines(demand, &block, line);
    assert_int_equal(demand_block_draw(&block, demand, FUTURES), BG_OK);
    const moments of = moments_of(demand, &block);
    for (size_t a = 0; a < LINES; a++) {
        const double n = demand->line[a].part[BG_FREQUENCY].level * 100000;
        const double c = demand->line[a].part[BG_COST].level;
        const double variance = n * c * c * (demand->line[a].dispersion + cv[a] * cv[a]);
        assert_true(fabs(of.mean[a] - n * c) < 5 * sqrt(variance / FUTURES));
        assert_true(fabs(of.product[a][a] / variance - 1) < 0.05);
        for (size_t b = 0; b < a; b++) {
            assert_true(fabs(of.product[a][b]) < 0.035 * sqrt(of.product[a][a] * of.product[b][b]));
        }
    }
    free(room);
    demand_block_free(&block);
    bg_demand_free(demand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_total_stays_bit_for_bit_and_lines_add_up_to_it),
        cmocka_unit_test(lines_have_their_own_mean_and_variance_and_are_independent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
