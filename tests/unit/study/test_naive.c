/* Forecasts without a model, worked by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/close.h"
#include "../../support/observed_text.h"
#include "study/naive.h"

#include <math.h>

static void points_follow_from_the_last_three_years(void **state)
{
    (void)state;
    bg_observed data = observed_text("county,year,paid,scope_break\n"
                                     "A,2020,100,0\nA,2021,110,0\nA,2022,121,0\nA,2023,999,0\n"
                                     "B,2020,100,0\nB,2021,90,0\nB,2022,100,0\n"
                                     "C,2021,90,0\nC,2022,100,0\n"
                                     "D,2020,90,0\nD,2021,100,1\nD,2022,100,0\n");
    bg_yearly yearly;
    bg_yearly_add_up(&data, &yearly, NULL);
    const bg_naive_origin at = bg_naive_at(&yearly, 2022);
    assert_close(bg_naive_point(&at, 0, 1, BG_NAIVE_LAST_YEAR), 0, 0);
    assert_close(bg_naive_point(&at, 0, 2, BG_NAIVE_OWN_TREND), 2 * log(1.1), 1e-13);
    assert_close(bg_naive_point(&at, 1, 2, BG_NAIVE_POOLED_TREND), log(1.1), 1e-13);
    assert_close(bg_naive_point(&at, 0, 3, BG_NAIVE_MEAN_OF_THREE), log(331.0 / 3 / 121), 1e-13);
    assert_true(isnan(bg_naive_point(&at, 2, 1, BG_NAIVE_LAST_YEAR))); /* two years alone */
    assert_true(isnan(bg_naive_point(&at, 3, 1, BG_NAIVE_OWN_TREND))); /* a break within */
    bg_yearly_free(&yearly);
    bg_observed_free(&data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(points_follow_from_the_last_three_years)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
