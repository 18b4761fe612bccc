/* A settled year as rows that work it out, or as the program found it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../support/projected.h"
#include "projection/central.h"
#include "report/live_settlement.h"

#define HISTORY                                                                                    \
    "history: {2022: 100M, 2023: 110M, 2024: 120M}\n"                                              \
    "simulation: {years: 1, replications: 100}\n"

typedef struct worked {
    projected projected;
    bg_central central;
    bg_sheet sheet;
} worked;

static void work_out(worked *self, const char *plan)
{
    char *text = malloc(strlen(plan) + sizeof HISTORY);
    bg_errors errors;
    bg_errors_init(&errors);
    strcpy(text, HISTORY);
    strcat(text, plan);
    start_projection(&self->projected, text, NULL, 1);
    assert_int_equal(bg_central_settle(&self->projected.model, &self->central, &errors), BG_OK);
    const bg_central_year *year = &self->central.items[0];
    bg_live_begin(&self->sheet, "en", (bg_money_scale){"yuan", 100, 2});
    bg_live_settlement(&(bg_live_year){year->year, self->projected.model.contract.plan[0],
                                       &year->block, &year->trace, NULL},
                       &(bg_live_carried){0}, &self->sheet);
    assert_false(self->sheet.failed);
    free(text);
    bg_errors_free(&errors);
}

static void finish(worked *self)
{
    bg_sheet_free(&self->sheet);
    bg_central_free(&self->central);
    finish_projection(&self->projected);
}

/* The first row at or behind one with that text in a column; it must be there. */
static size_t find_row(const worked *self, size_t from, bg_live_column column, const char *text)
{
    for (size_t row = from; row < bg_sheet_row_count(&self->sheet); row++) {
        const bg_cell *cell = bg_sheet_cell(&self->sheet, row, column);
        if (cell->kind == BG_CELL_TEXT && strcmp(cell->text, text) == 0) {
            return row;
        }
    }
    fail_msg("no row of %s", text);
    return 0;
}

static bool has_values(const worked *self)
{
    bool any = false;
    for (size_t row = 0; row < bg_sheet_row_count(&self->sheet); row++) {
        const bg_cell *cell = bg_sheet_cell(&self->sheet, row, BG_LIVE_WHY);
        any = any || (cell->kind == BG_CELL_TEXT && strstr(cell->text, "without formulas"));
    }
    return any;
}

static const bg_cell *cell_at(const worked *self, size_t row, bg_live_column column)
{
    return bg_sheet_cell(&self->sheet, row, column);
}

static void the_default_plan_is_worked_out_and_ends_as_the_program(void **state)
{
    (void)state;
    worked self;
    work_out(&self, "performance: {score: 85}\n");
    assert_false(has_values(&self));
    const bg_settlement_block *block = &self.central.items[0].block;
    const size_t last = bg_sheet_row_count(&self.sheet) - 1;
    assert_int_equal(cell_at(&self, last, BG_LIVE_AMOUNT)->whole,
                     block->result[BG_RESULT_clearing][0]);
    const size_t release = find_row(&self, 0, BG_LIVE_WHAT, "rate of release");
    const bg_cell *rate = cell_at(&self, release, BG_LIVE_RATE);
    assert_int_equal(rate->whole, 80);
    assert_non_null(strstr(rate->formula, "{0,60,80,90},{0,50,80,100}"));
    char numerator[BG_BOOK_PLACE], of[BG_BOOK_PLACE], formula[3 * BG_BOOK_PLACE + 32];
    snprintf(formula, sizeof formula, ")*%s/%s,0)",
             bg_book_place(&self.sheet, release, BG_LIVE_RATE, numerator),
             bg_book_place(&self.sheet, release, BG_LIVE_RATE_OF, of));
    assert_non_null(strstr(cell_at(&self, release + 1, BG_LIVE_AMOUNT)->formula, formula));
    finish(&self);
}

static void bands_are_rows_and_their_sum_is_rounded_once(void **state)
{
    (void)state;
    worked self;
    work_out(&self,
             "settlement: [{share_surplus: {bands: {rest: 0%}}},\n"
             "  {share_overspend: {bands: {1%: 12.5%, 3.5%: 50%, rest: 100%}}}, {clear: {}}]\n");
    assert_false(has_values(&self));
    const size_t step = find_row(&self, 0, BG_LIVE_STEP, "2 share_overspend");
    const size_t band = find_row(&self, step, BG_LIVE_WHAT, "band 2");
    assert_int_equal(cell_at(&self, band, BG_LIVE_FROM)->whole, 2);
    assert_int_equal(cell_at(&self, band, BG_LIVE_TO)->whole, 7);
    assert_int_equal(cell_at(&self, band, BG_LIVE_OF)->whole, 200);
    assert_int_equal(cell_at(&self, band, BG_LIVE_RATE)->whole, 100);
    assert_int_equal(cell_at(&self, band, BG_LIVE_RATE_OF)->whole, 200);
    assert_non_null(strstr(cell_at(&self, band + 2, BG_LIVE_AMOUNT)->formula, "=ROUND(SUM(H"));
    finish(&self);
}

static void whole_amounts_are_shared_by_the_band_they_fall_into(void **state)
{
    (void)state;
    worked self;
    work_out(&self, "settlement: [{share_surplus: {bands: {rest: 0%}}},\n"
                    "  {share_overspend: {apply: whole, edge: above,\n"
                    "    bands: {1%: 10%, 20%: 50%, rest: 100%}}}, {clear: {}}]\n");
    assert_false(has_values(&self));
    const size_t band = find_row(&self, find_row(&self, 0, BG_LIVE_STEP, "2 share_overspend"),
                                 BG_LIVE_WHAT, "band 2");
    const bg_fen overspend = cell_at(&self, band - 2, BG_LIVE_AMOUNT)->whole;
    assert_true(overspend > 0);
    assert_int_equal(cell_at(&self, band, BG_LIVE_PRODUCT)->whole, overspend * 100 * 50);
    assert_int_equal(cell_at(&self, band - 1, BG_LIVE_PRODUCT)->whole, 0);
    assert_non_null(strstr(cell_at(&self, band, BG_LIVE_PRODUCT)->formula, ">="));
    finish(&self);
}

static void a_step_that_does_not_apply_has_a_condition_that_is_zero(void **state)
{
    (void)state;
    worked self;
    work_out(
        &self,
        "performance: {score: 50}\n"
        "settlement: [{share_surplus: {bands: {rest: 50%}}},\n"
        "  {share_overspend: {bands: {rest: 40%}, when: {score: {from: 60}}}}, {clear: {}}]\n");
    assert_false(has_values(&self));
    const size_t row = find_row(&self, 0, BG_LIVE_WHAT, "applies: 1, else 0");
    const bg_cell *applies = cell_at(&self, row, BG_LIVE_RATE);
    assert_int_equal(applies->whole, 0);
    assert_non_null(strstr(applies->formula, ">=60"));
    assert_non_null(strstr(cell_at(&self, row + 1, BG_LIVE_AMOUNT)->formula, "=IF(F"));
    assert_int_equal(cell_at(&self, row + 1, BG_LIVE_AMOUNT)->whole, 0);
    finish(&self);
}

static void a_rate_may_come_from_an_input(void **state)
{
    (void)state;
    worked self;
    work_out(&self,
             "inputs: {rate: {kind: rate, empty: 44.6%}}\n"
             "settlement: [{charge: {input: budget, rate: {input: rate, ceiling: 50%}}},\n"
             "  {share_surplus: {bands: {rest: 50%}}}, {draw_reserve: {fund: risk, share: 30%}},\n"
             "  {share_overspend: {bands: {rest: 40%}}}, {clear: {}}]\n");
    assert_false(has_values(&self));
    const bg_fen budget = self.central.items[0].block.input[BG_INPUT_budget][0];
    const size_t row = find_row(&self, 0, BG_LIVE_STEP, "1 charge");
    assert_int_equal(cell_at(&self, row, BG_LIVE_RATE)->whole, 223);
    assert_int_equal(cell_at(&self, row, BG_LIVE_RATE_OF)->whole, 500);
    assert_non_null(strstr(cell_at(&self, row, BG_LIVE_RATE)->formula, "=MIN(250,ROUND(I"));
    assert_int_equal(cell_at(&self, row + 1, BG_LIVE_AMOUNT)->whole, (budget * 446 + 500) / 1000);
    finish(&self);
}

static void what_has_no_formula_is_shown_as_the_program_found_it(void **state)
{
    (void)state;
    worked self;
    work_out(&self,
             "settlement: [{charge: {input: budget, rate: 1%, payers: {pool: 50%, risk: 50%}}},\n"
             "  {share_surplus: {bands: {rest: 50%}}},\n"
             "  {share_overspend: {bands: {rest: 40%}}}, {clear: {}}]\n");
    assert_true(has_values(&self));
    const bg_settlement_block *block = &self.central.items[0].block;
    const size_t row = find_row(&self, 0, BG_LIVE_STEP, "1 charge");
    const size_t after = find_row(&self, row, BG_LIVE_WHAT, "balance");
    const bg_fen by = cell_at(&self, after, BG_LIVE_AMOUNT)->whole;
    assert_null(cell_at(&self, after, BG_LIVE_AMOUNT)->formula);
    assert_int_equal(by, -(block->input[BG_INPUT_budget][0] + 50) / 100);
    assert_int_equal(cell_at(&self, after, BG_LIVE_BALANCE)->whole,
                     block->input[BG_INPUT_payable][0] - block->input[BG_INPUT_expense][0] + by);
    find_row(&self, row, BG_LIVE_STEP, "3 share_overspend");
    finish(&self);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_default_plan_is_worked_out_and_ends_as_the_program),
        cmocka_unit_test(bands_are_rows_and_their_sum_is_rounded_once),
        cmocka_unit_test(whole_amounts_are_shared_by_the_band_they_fall_into),
        cmocka_unit_test(a_step_that_does_not_apply_has_a_condition_that_is_zero),
        cmocka_unit_test(a_rate_may_come_from_an_input),
        cmocka_unit_test(what_has_no_formula_is_shown_as_the_program_found_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
