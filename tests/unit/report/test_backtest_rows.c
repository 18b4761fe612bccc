/* What is told of a back-test: tables for programs and a page for people. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/close.h"
#include "../../support/observed_text.h"
#include "format/text_writer.h"
#include "report/backtest_rows.h"
#include "report/backtest_text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct told {
    bg_observed data;
    bg_backtest test;
    bg_sheet sheet;
} told;

static void tell(told *self)
{
    const bg_backtest_options options = {.ahead = 1};
    self->data = observed_text("county,year,people,paid\n"
                               "A,2020,10,100\nA,2021,10,110\nA,2022,10,115\nA,2023,10,130\n"
                               "B,2020,40,200\nB,2021,40,210\nB,2022,40,240\nB,2023,40,250\n"
                               "C,2020,90,300\nC,2021,90,310\nC,2022,90,340\n");
    assert_int_equal(bg_backtest_run(&self->data, &options, &self->test, NULL), BG_OK);
    bg_sheet_init(&self->sheet, "en");
}

static void drop(told *self)
{
    bg_sheet_free(&self->sheet);
    bg_backtest_free(&self->test);
    bg_observed_free(&self->data);
}

static void forecasts_stand_in_yuan_with_what_came_of_them(void **state)
{
    (void)state;
    told self;
    tell(&self);
    bg_backtest_forecast_rows(&self.test, &self.sheet);
    /* 2022 from 2021 of all three, 2023 of the three, 2024 of two. */
    assert_int_equal(bg_sheet_row_count(&self.sheet), 8);
    assert_string_equal(bg_sheet_cell(&self.sheet, 1, 0)->text, "B");
    assert_int_equal(bg_sheet_cell(&self.sheet, 1, 2)->whole, 2022);
    assert_close(bg_sheet_cell(&self.sheet, 1, 5)->value, 21000, 1e-8);
    assert_close(bg_sheet_cell(&self.sheet, 1, 6)->value, 24000, 1e-8);
    assert_true(bg_sheet_cell(&self.sheet, 1, 12)->value <
                bg_sheet_cell(&self.sheet, 1, 10)->value);
    assert_true(bg_cell_is_absent(bg_sheet_cell(&self.sheet, 5, 6))); /* C has no 2023 */
    assert_true(bg_cell_is_absent(bg_sheet_cell(&self.sheet, 5, 14)));
    drop(&self);
}

static void scores_stand_by_method_year_size_and_years_ahead(void **state)
{
    (void)state;
    told self;
    tell(&self);
    assert_int_equal(bg_backtest_score_rows(&self.test, &self.sheet, NULL), BG_OK);
    static const struct {
        const char *by;
        size_t group, count;
    } rows[] = {{"all", 0, 5},  {"year", 2022, 3}, {"year", 2023, 2}, {"size", 1, 2},
                {"size", 2, 2}, {"size", 3, 1},    {"ahead", 1, 5}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_string_equal(bg_sheet_cell(&self.sheet, i, 0)->text, "model");
        assert_string_equal(bg_sheet_cell(&self.sheet, i, 1)->text, rows[i].by);
        assert_int_equal(bg_sheet_cell(&self.sheet, i, 3)->whole, rows[i].count);
        if (rows[i].group > 0) {
            assert_int_equal(bg_sheet_cell(&self.sheet, i, 2)->whole, rows[i].group);
        }
    }
    assert_string_equal(bg_sheet_cell(&self.sheet, 8, 0)->text, "alone");
    drop(&self);
}

static void ranks_count_every_outcome_once(void **state)
{
    (void)state;
    told self;
    tell(&self);
    assert_int_equal(bg_backtest_rank_rows(&self.test, &self.sheet, NULL), BG_OK);
    assert_int_equal(bg_sheet_row_count(&self.sheet), 2 * BG_RANKS);
    int64_t sum = 0;
    for (size_t i = 0; i < BG_RANKS; i++) {
        sum += bg_sheet_cell(&self.sheet, i, 3)->whole;
    }
    assert_int_equal(sum, 5);
    drop(&self);
}

static void people_are_told_in_both_languages(void **state)
{
    (void)state;
    static const char *const languages[] = {"en", "zh"};
    static const char *const words[] = {"model without a common factor", "不含共同因素的模型"};
    told self;
    tell(&self);
    for (size_t i = 0; i < 2; i++) {
        bg_document page;
        char *text = NULL;
        size_t size = 0;
        FILE *stream = open_memstream(&text, &size);
        bg_document_init(&page, languages[i]);
        assert_int_equal(bg_backtest_say(&self.test, &page, NULL), BG_OK);
        assert_int_equal(bg_document_write_text(&page, stream), BG_OK);
        fclose(stream);
        assert_non_null(strstr(text, words[i]));
        assert_non_null(strstr(text, "2023"));
        free(text);
        bg_document_free(&page);
    }
    drop(&self);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forecasts_stand_in_yuan_with_what_came_of_them),
        cmocka_unit_test(scores_stand_by_method_year_size_and_years_ahead),
        cmocka_unit_test(ranks_count_every_outcome_once),
        cmocka_unit_test(people_are_told_in_both_languages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
