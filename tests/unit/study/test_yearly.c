/* Whole years of observed data, and what of them is known when. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/close.h"
#include "../../support/observed_text.h"
#include "base/text.h"
#include "study/yearly.h"

#include <math.h>
#include <stdlib.h>

static bg_yearly add_up(const bg_observed *data, size_t warnings)
{
    bg_yearly yearly;
    bg_errors errors;
    bg_errors_init(&errors);
    assert_int_equal(bg_yearly_add_up(data, &yearly, &errors), BG_OK);
    assert_int_equal(errors.count, warnings);
    bg_errors_free(&errors);
    return yearly;
}

static void months_and_bookings_add_up_to_whole_years(void **state)
{
    (void)state;
    bg_text text = {0};
    bg_text_add(&text, "year,month,booked,paid,people\n");
    for (int month = 1; month <= 12; month++) {
        bg_text_add(&text, "2022,%d,2022-%d,10,%d\n2022,%d,2023-01,2,%d\n", month, month,
                    100 + month, month, 100 + month);
    }
    bg_text_add(&text, "2023,1,2023-1,12,200\n");
    char *csv = bg_text_take(&text);
    bg_observed data = observed_text(csv);
    bg_yearly yearly = add_up(&data, 1); /* 2023 lacks months */
    const bg_year_value *year = bg_yearly_at(&yearly, 0, 2022, 2023);
    assert_non_null(year);
    assert_close(exp(year->log_amount), 14400, 1e-8);
    assert_close(year->people, 112, 0);
    assert_null(bg_yearly_at(&yearly, 0, 2023, 2030));
    assert_null(bg_yearly_at(&yearly, 0, 2021, 2030));
    assert_null(bg_yearly_at(&yearly, 0, 2024, 2030));
    bg_yearly_free(&yearly);
    bg_observed_free(&data);
    free(csv);
}

static void what_is_not_known_yet_is_not_there(void **state)
{
    (void)state;
    bg_observed data = observed_text("county,year,known,paid,people\nA,2020,2020,100,10\n"
                                     "A,2021,2022,110,11\nA,2022,2022,121,12\n");
    bg_yearly yearly = add_up(&data, 0);
    assert_null(bg_yearly_at(&yearly, 0, 2021, 2021));
    assert_true(isnan(bg_yearly_growth(&yearly, 0, 2021, 2021)));
    assert_close(bg_yearly_people(&yearly, 0, 2021), 10, 0);
    assert_close(bg_yearly_growth(&yearly, 0, 2021, 2022), log(1.1), 1e-14);
    assert_close(bg_yearly_growth(&yearly, 0, 2022, 2022), log(1.1), 1e-14);
    assert_true(isnan(bg_yearly_growth(&yearly, 0, 2020, 2022)));
    assert_close(bg_yearly_people(&yearly, 0, 2022), 12, 0);
    assert_true(isnan(bg_yearly_people(&yearly, 0, 2019)));
    bg_yearly_free(&yearly);
    bg_observed_free(&data);
}

static void growth_into_a_break_of_scope_is_none(void **state)
{
    (void)state;
    bg_observed data = observed_text("year,cost,scope_break\n2020,100,\n2021,180,1\n2022,198,0\n");
    bg_yearly yearly = add_up(&data, 0);
    assert_int_equal(yearly.measure, BG_OBSERVED_COST);
    assert_true(isnan(bg_yearly_growth(&yearly, 0, 2021, 2022)));
    assert_close(bg_yearly_growth(&yearly, 0, 2022, 2022), log(1.1), 1e-14);
    bg_yearly_free(&yearly);
    bg_observed_free(&data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(months_and_bookings_add_up_to_whole_years),
        cmocka_unit_test(what_is_not_known_yet_is_not_there),
        cmocka_unit_test(growth_into_a_break_of_scope_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
