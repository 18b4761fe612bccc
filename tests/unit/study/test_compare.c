#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/close.h"
#include "../../support/says.h"
#include "../../support/scenario_text.h"

#include <baogan/compare.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define HISTORY "history: {2022: 1亿, 2023: 1.1亿, 2024: 1.2亿}\n"
#define FEW     "simulation: {years: 1, replications: 64}\n"

/* ---- statistics ---- */

static void margins_are_those_of_students_t(void **state)
{
    (void)state;
    /* Differences 0, 1, …, 31 in 32 batches of one: mean 15.5, variance 88, margin 2.0395 sqrt(88/32). */
    bg_fen base[32], reform[32];
    for (int i = 0; i < 32; i++) {
        base[i] = 1000 + 7 * i;
        reform[i] = base[i] + i;
    }
    bg_contrasts found;
    assert_int_equal(bg_contrast_draws(base, reform, 32, &found), BG_OK);
    assert_close(found.mean.difference, 15.5, 1e-12);
    assert_close(found.mean.margin, 2.039513446396408 * sqrt(88.0 / 32), 1e-12);
    assert_close(found.median.base, 1000 + 7 * 15, 0);
    assert_close(found.median.reform, 1000 + 8 * 15, 0);
    assert_close(found.q10.difference, 3, 0);  /* rank 4 */
    assert_close(found.q90.difference, 28, 0); /* rank 29 */
    /* A twentieth are 1.6 draws: 1000, and 1007 for the rest. */
    assert_close(found.lowest.base, (1000 + 0.6 * 1007) / 1.6, 1e-9);
}

static void the_lowest_twentieth_is_a_mean(void **state)
{
    (void)state;
    bg_fen base[100], reform[100];
    for (int i = 0; i < 100; i++) {
        base[i] = (bg_fen)100 * ((i * 37) % 100); /* 0, 100, …, 9900 in some order */
        reform[i] = base[i] + 7;
    }
    bg_contrasts found;
    assert_int_equal(bg_contrast_draws(base, reform, 100, &found), BG_OK);
    assert_close(found.lowest.base, 200, 1e-9);
    assert_close(found.lowest.difference, 7, 1e-9);
    assert_close(found.lowest.margin, 0, 1e-9);
}

static void shares_count_draws_above_and_below_zero(void **state)
{
    (void)state;
    bg_fen base[64], reform[64];
    for (int i = 0; i < 64; i++) {
        base[i] = i % 4 == 0 ? -1 : i % 4 == 1 ? 0 : 1; /* 1/4, 1/4, 1/2 in every batch of two… */
        reform[i] = i % 2 ? 5 : -5;
    }
    const bg_contrast above = bg_contrast_above(base, reform, 64);
    assert_close(above.base, 0.5, 0);
    assert_close(above.reform, 0.5, 0);
    const bg_contrast below = bg_contrast_below(base, reform, 64);
    assert_close(below.base, 0.25, 0);
    assert_close(below.difference, 0.25, 0);
    /* Batches alternate between 0 and 1/2. */
    assert_close(below.margin, 2.039513446396408 * 0.25 / sqrt(31), 1e-12);
}

static void fewer_draws_than_batches_have_no_margin(void **state)
{
    (void)state;
    const bg_fen base[3] = {1, 2, 3}, reform[3] = {2, 3, 4};
    bg_contrasts found;
    assert_int_equal(bg_contrast_draws(base, reform, 3, &found), BG_OK);
    assert_close(found.mean.difference, 1, 0);
    assert_true(isnan(found.mean.margin));
    assert_true(isnan(bg_contrast_above(base, reform, 3).margin));
}

/* ---- pairs of scenarios ---- */

typedef struct pair {
    bg_scenario *scenario[2];
    bg_model model[2];
    bg_differences differences;
    bg_errors errors;
} pair;

static void open_pair(pair *self, const char *base, const char *reform)
{
    const char *const text[2] = {base, reform};
    bg_errors_init(&self->errors);
    for (size_t i = 0; i < 2; i++) {
        self->scenario[i] = scenario_of(text[i], NULL);
        assert_int_equal(bg_model_read(self->scenario[i], &self->model[i], &self->errors), BG_OK);
    }
    assert_int_equal(bg_differences_find(self->scenario[0], self->scenario[1], &self->differences),
                     BG_OK);
}

static void close_pair(pair *self)
{
    bg_differences_free(&self->differences);
    for (size_t i = 0; i < 2; i++) {
        bg_model_free(&self->model[i]);
        bg_scenario_free(self->scenario[i]);
    }
    bg_errors_free(&self->errors);
}

static bg_waterfall waterfall_of(pair *self, const char *outcome)
{
    const bg_projection_options options = {.threads = 1};
    bg_waterfall result;
    assert_int_equal(bg_waterfall_compute(&self->model[0], &self->model[1], &self->differences,
                                          outcome, &options, &result, &self->errors),
                     BG_OK);
    bg_fen sum = result.base;
    for (size_t g = 0; g < result.count; g++) {
        sum += result.bars[g].amount;
    }
    assert_int_equal(sum, result.reform);
    return result;
}

static void what_cannot_be_paired_is_refused(void **state)
{
    (void)state;
    static const char *const others[] = {"simulation.years=3", "simulation.seed=2",
                                         "simulation.replications=65",
                                         "simulation.first_year=2026"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        pair two;
        open_pair(&two, HISTORY FEW, HISTORY FEW);
        bg_model_free(&two.model[1]);
        bg_scenario_free(two.scenario[1]);
        two.scenario[1] = scenario_of(HISTORY FEW, others[i]);
        assert_int_equal(bg_model_read(two.scenario[1], &two.model[1], &two.errors), BG_OK);
        assert_int_equal(bg_compare_check(&two.model[0], &two.model[1], &two.errors), BG_INVALID);
        char *messages = messages_of(&two.errors);
        assert_reports(messages, "cannot be paired");
        free(messages);
        bg_differences_free(&two.differences);
        two.differences = (bg_differences){0};
        close_pair(&two);
    }
}

static void what_changes_nothing_has_no_bars(void **state)
{
    (void)state;
    pair two;
    open_pair(&two, HISTORY FEW, HISTORY FEW "title: the same\n");
    assert_int_equal(bg_compare_check(&two.model[0], &two.model[1], &two.errors), BG_OK);
    bg_waterfall found = waterfall_of(&two, "result");
    assert_int_equal(found.count, 0);
    assert_int_equal(found.base, found.reform);
    bg_waterfall_free(&found);
    close_pair(&two);
}

/* Base 110 million. T = 110 (1 + g) + a: the growth adds 110 x 1 %, the adjustment itself, whatever the
 * order. */
static void separate_effects_are_their_own_bars(void **state)
{
    (void)state;
    pair two;
    open_pair(&two, HISTORY FEW "budget: {growth: 5%}\n",
              HISTORY FEW "budget: {growth: 6%, adjustments: {beds: 200万}}\n");
    bg_waterfall found = waterfall_of(&two, "budget");
    assert_int_equal(found.count, 2);
    assert_string_equal(found.bars[0].group, "budget.growth");
    assert_int_equal(found.bars[0].amount, 110000000);
    assert_string_equal(found.bars[1].group, "budget.adjustments[beds]");
    assert_int_equal(found.bars[1].amount, 200000000);
    assert_true(found.bars[0].margin < 1e-6);
    bg_waterfall_free(&found);
    close_pair(&two);
}

/* T = B (1 + g), B from 110 (equal weights) to 115 (weights 0, 1, 1), g from 5 % to 10 %: Shapley gives
 * half of 5 x 1.05 + 5 x 1.10 to the weights and half of 110 x 0.05 + 115 x 0.05 to the growth. */
static void joint_effects_are_shared_equally(void **state)
{
    (void)state;
    pair two;
    open_pair(&two, HISTORY FEW "budget: {growth: 5%, base: {weights: [1, 1, 1]}}\n",
              HISTORY FEW "budget: {growth: 10%, base: {weights: [0, 1, 1]}}\n");
    bg_waterfall found = waterfall_of(&two, "budget");
    assert_int_equal(found.count, 2);
    assert_string_equal(found.bars[0].group, "budget.growth");
    assert_int_equal(found.bars[0].amount, 562500000);
    assert_int_equal(found.bars[1].amount, 537500000);
    bg_waterfall_free(&found);
    close_pair(&two);
}

/* A step that uses a new fund needs the fund: neither can be changed alone. */
static void keys_that_need_each_other_are_one_bar(void **state)
{
    (void)state;
    pair two;
    open_pair(&two, HISTORY FEW "budget: {growth: 5%}\n",
              HISTORY FEW "budget: {growth: 6%, funds: {guarantee: {rate: 3%}, risk: {rate: 2%, "
                          "carry_over: true}, quality: {rate: 1%}}}\n"
                          "settlement: [{release: {fund: quality}}, {clear: {}}]\n");
    bg_waterfall found = waterfall_of(&two, "result");
    assert_int_equal(found.count, 2);
    assert_string_equal(found.bars[0].group, "budget.growth");
    assert_string_equal(found.bars[1].group, "budget.funds[quality] + settlement");
    assert_int_equal(found.bars[1].differences, 2);
    bg_waterfall_free(&found);
    close_pair(&two);
}

static void many_differences_are_grouped_by_section(void **state)
{
    (void)state;
    pair two;
    open_pair(&two, HISTORY FEW,
              HISTORY FEW "budget: {growth: 5%, prepayment: {ratio: 90%, months: season},\n"
                          "  adjustments: {a: 1万, b: 1万, c: 1万, d: 1万, e: 1万, f: 1万}}\n");
    assert_int_equal(two.differences.count, 9);
    bg_waterfall found = waterfall_of(&two, "budget");
    assert_int_equal(found.count, 3);
    assert_string_equal(found.bars[1].group, "budget.adjustments");
    assert_int_equal(found.bars[1].differences, 6);
    assert_int_equal(found.bars[1].amount, 6000000);
    assert_string_equal(found.bars[2].group, "budget.prepayment");
    assert_int_equal(found.bars[2].amount, 0);
    bg_waterfall_free(&found);
    close_pair(&two);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(margins_are_those_of_students_t),
        cmocka_unit_test(the_lowest_twentieth_is_a_mean),
        cmocka_unit_test(shares_count_draws_above_and_below_zero),
        cmocka_unit_test(fewer_draws_than_batches_have_no_margin),
        cmocka_unit_test(what_cannot_be_paired_is_refused),
        cmocka_unit_test(what_changes_nothing_has_no_bars),
        cmocka_unit_test(separate_effects_are_their_own_bars),
        cmocka_unit_test(joint_effects_are_shared_equally),
        cmocka_unit_test(keys_that_need_each_other_are_one_bar),
        cmocka_unit_test(many_differences_are_grouped_by_section),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
