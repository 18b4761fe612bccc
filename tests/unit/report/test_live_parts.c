/* What a sheet divides by largest remainder is what bg_money_split divides. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "report/live_parts.h"

#include <baogan/money.h>

/* Divides by weights of 100 in the order in which they stand. */
static bool divide(bg_sheet *sheet, bg_fen total, const int64_t *weights, bg_live_part *parts)
{
    bg_live_begin(sheet, "en", (bg_money_scale){"yuan", 100, 2});
    for (size_t i = 0; i < 3; i++) {
        parts[i] = (bg_live_part){
            .name = "part", .weight = bg_live_whole(weights[i], NULL), .order = i + 1};
    }
    return bg_live_divide(sheet, total, "A1", 100, parts, 3);
}

static void parts_are_those_of_the_settlement(void **state)
{
    (void)state;
    static const int64_t weights[][3] = {{60, 30, 10}, {33, 33, 34}, {0, 50, 50}, {100, 0, 0}};
    static const bg_fen totals[] = {0, 1, -1, 2, 101, -256164722, 45000000000000};
    for (size_t w = 0; w < sizeof weights / sizeof *weights; w++) {
        for (size_t t = 0; t < sizeof totals / sizeof *totals; t++) {
            bg_sheet sheet;
            bg_live_part parts[3];
            bg_fen wanted[3];
            assert_true(divide(&sheet, totals[t], weights[w], parts));
            assert_int_equal(bg_money_split(totals[t], weights[w], 3, wanted), BG_OK);
            for (size_t i = 0; i < 3; i++) {
                assert_int_equal(parts[i].value, wanted[i]);
                assert_int_equal(bg_sheet_cell(&sheet, 1 + i, BG_LIVE_AMOUNT)->whole, wanted[i]);
            }
            bg_sheet_free(&sheet);
        }
    }
}

static void the_formulas_name_the_cells_of_the_division(void **state)
{
    (void)state;
    bg_sheet sheet;
    bg_live_part parts[3];
    assert_true(divide(&sheet, 100, (int64_t[]){60, 30, 10}, parts));
    assert_string_equal(parts[2].is, "I6");
    assert_string_equal(bg_sheet_cell(&sheet, 3, BG_LIVE_PRODUCT)->formula, "=ABS(A1)*F6");
    assert_string_equal(bg_sheet_cell(&sheet, 3, BG_LIVE_FROM)->formula,
                        "=ROUND(H6/G6,0)-IF(ROUND(H6/G6,0)*G6>H6,1,0)");
    assert_string_equal(bg_sheet_cell(&sheet, 3, BG_LIVE_TO)->formula, "=H6-C6*G6");
    assert_string_equal(
        bg_sheet_cell(&sheet, 3, BG_LIVE_AMOUNT)->formula,
        "=SIGN(A1)*(C6+IF(SUMPRODUCT((D4:D6>D6)+(D4:D6=D6)*(E4:E6<E6))<ABS(A1)-SUM(C4:C6),1,0))");
    bg_sheet_free(&sheet);
}

static void what_doubles_cannot_hold_is_refused(void **state)
{
    (void)state;
    bg_sheet sheet;
    bg_live_part parts[3];
    assert_false(divide(&sheet, BG_LIVE_MOST / 100 + 1, (int64_t[]){60, 30, 10}, parts));
    assert_int_equal(bg_sheet_row_count(&sheet), 0);
    bg_sheet_free(&sheet);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_are_those_of_the_settlement),
        cmocka_unit_test(the_formulas_name_the_cells_of_the_division),
        cmocka_unit_test(what_doubles_cannot_hold_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
