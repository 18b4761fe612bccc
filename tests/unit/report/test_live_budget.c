/* The budget of the worked example as rows that work it out (sim/rules/README.md has its amounts). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../support/projected.h"
#include "projection/budgets.h"
#include "report/live_budget.h"

typedef struct worked {
    projected projected;
    bg_budgets budgets;
    bg_sheet sheet;
    bg_live_links links[3];
} worked;

static void work_out(worked *self, const char *text)
{
    bg_errors errors;
    bg_errors_init(&errors);
    memset(self->links, 0, sizeof self->links);
    start_projection(&self->projected, text, NULL, 1);
    assert_int_equal(bg_model_budgets(&self->projected.model, &self->budgets, &errors), BG_OK);
    assert_int_equal(self->budgets.years, 3);
    bg_live_begin(&self->sheet, "en", (bg_money_scale){"yuan", 100, 2});
    bg_live_budget(&self->budgets, 0, &self->sheet, self->links);
    assert_false(self->sheet.failed);
    bg_errors_free(&errors);
}

static void finish(worked *self)
{
    bg_sheet_free(&self->sheet);
    bg_budgets_free(&self->budgets);
    finish_projection(&self->projected);
}

/* The cell of that name in the column of amounts. */
static const bg_cell *amount_at(const worked *self, const char *place)
{
    size_t row = 0;
    char name[BG_BOOK_PLACE];
    while (row < bg_sheet_row_count(&self->sheet) &&
           strcmp(bg_book_place(&self->sheet, row, BG_LIVE_AMOUNT, name), place) != 0) {
        row++;
    }
    assert_true(row < bg_sheet_row_count(&self->sheet));
    return bg_sheet_cell(&self->sheet, row, BG_LIVE_AMOUNT);
}

/* In the first row of what that text says. */
static const bg_cell *cell_of(const worked *self, const char *what, bg_live_column column)
{
    for (size_t row = 0; row < bg_sheet_row_count(&self->sheet); row++) {
        const bg_cell *said = bg_sheet_cell(&self->sheet, row, BG_LIVE_WHAT);
        if (said->kind == BG_CELL_TEXT && strcmp(said->text, what) == 0) {
            return bg_sheet_cell(&self->sheet, row, column);
        }
    }
    fail_msg("no row of %s", what);
    return NULL;
}

#define HISTORY                                                                                    \
    "history: {2022: 100M, 2023: 110M, 2024: 120M}\n"                                              \
    "simulation: {years: 3, replications: 100}\n"

static void the_worked_example_has_a_formula_for_every_total(void **state)
{
    (void)state;
    static const bg_fen totals[] = {11550000000, 11954250000, 12372648750};
    static const bg_fen guarantee[] = {346500000, 358627500, 371179463};
    static const bg_fen payable[] = {10972500000, 11356537500, 11754016312};
    worked self;
    work_out(&self, HISTORY "budget: {growth: {2025: 5%, later: 4%}, growth_cap: 3.5%}\n");
    for (size_t y = 0; y < 3; y++) {
        const bg_live_links *year = &self.links[y];
        assert_int_equal(amount_at(&self, year->total.is)->whole, totals[y]);
        assert_int_equal(amount_at(&self, year->fund[0].is)->whole, guarantee[y]);
        assert_int_equal(amount_at(&self, year->payable.is)->whole, payable[y]);
        assert_int_equal(amount_at(&self, year->prepaid.is)->whole, payable[y]);
        assert_non_null(strstr(amount_at(&self, year->fund[0].is)->formula, "=ROUND(I"));
        assert_non_null(amount_at(&self, year->total.is)->formula);
        assert_non_null(amount_at(&self, year->prepaid.is)->formula);
    }
    const bg_cell *rate = cell_of(&self, "grown, by the lower of both", BG_LIVE_RATE);
    assert_int_equal(cell_of(&self, "growth as written", BG_LIVE_RATE)->whole, 8);
    assert_int_equal(cell_of(&self, "its cap", BG_LIVE_RATE)->whole, 7);
    assert_int_equal(rate->whole, 7);
    assert_int_equal(cell_of(&self, "its cap", BG_LIVE_RATE_OF)->whole, 200);
    assert_string_equal(rate->formula, "=MIN(F32,F33)");
    finish(&self);
}

static void totals_roll_on_weighted_expenses(void **state)
{
    (void)state;
    worked self;
    work_out(&self, HISTORY "budget: {later_rule: rolling, base: {weights: [1, 3, 6]}}\n");
    for (size_t y = 0; y < 3; y++) {
        assert_int_equal(self.links[y].total.value, bg_budgets_year(&self.budgets, 0, y)->total);
        assert_non_null(amount_at(&self, self.links[y].total.is)->formula);
    }
    finish(&self);
}

static void what_has_no_formula_is_the_amount_of_the_program(void **state)
{
    (void)state;
    worked self;
    work_out(&self, HISTORY "people: {residents: 100000}\nbudget: {later_rule: per_capita}\n");
    assert_non_null(amount_at(&self, self.links[0].total.is)->formula);
    assert_null(amount_at(&self, self.links[1].total.is)->formula);
    assert_int_equal(self.links[1].total.value, bg_budgets_year(&self.budgets, 0, 1)->total);
    finish(&self);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_worked_example_has_a_formula_for_every_total),
        cmocka_unit_test(totals_roll_on_weighted_expenses),
        cmocka_unit_test(what_has_no_formula_is_the_amount_of_the_program),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
