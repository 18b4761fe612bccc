/* Observed data: what is read, what is warned of, what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/says.h"
#include "base/text.h"
#include "study/observed_table.h"
#include <stdlib.h>
#include <string.h>

typedef struct reading {
    bg_observed data;
    bg_errors errors;
    bg_status status;
} reading;

static reading read_as(const char *text, bg_fen unit)
{
    reading self = {.status = BG_OK};
    char *copy = strdup(text);
    FILE *stream = fmemopen(copy, strlen(copy), "r");
    bg_errors_init(&self.errors);
    self.status = bg_observed_read(stream, "d.csv", unit, &self.data, &self.errors);
    fclose(stream);
    free(copy);
    return self;
}

static void drop(reading *self)
{
    bg_observed_free(&self->data);
    bg_errors_free(&self->errors);
}

static void assert_paid(const reading *self, size_t row, int year, int month, bg_fen paid)
{
    assert_int_equal(self->data.row[row].year, year);
    assert_int_equal(self->data.row[row].month, month);
    assert_int_equal(self->data.row[row].value[BG_OBSERVED_PAID], paid);
}

/* There is one entry, by that name, at that line. */
static void assert_said(const char *text, bg_status status, const char *name, int line)
{
    reading self = read_as(text, 100);
    assert_int_equal(self.status, status);
    assert_int_equal(self.errors.count, 1);
    assert_string_equal(self.errors.items[0].name, name);
    assert_int_equal(self.errors.items[0].line, line);
    drop(&self);
}

static void years_of_counties_are_read_in_order(void **state)
{
    (void)state;
    reading self = read_as("county,year,people,paid,scope_break\n"
                           "A,2021,1200.5,1.2亿,\nB,2021,900,500,0\nA,2022,1300,130000000,1\n",
                           100);
    assert_int_equal(self.status, BG_OK);
    assert_int_equal(self.errors.count, 0);
    assert_int_equal(self.data.series_count, 2);
    assert_int_equal(self.data.series[0].count, 2);
    assert_paid(&self, 0, 2021, 0, INT64_C(12000000000));
    assert_paid(&self, 1, 2022, 0, INT64_C(13000000000));
    assert_paid(&self, 2, 2021, 0, 50000);
    assert_true(self.data.row[1].scope_break);
    assert_int_equal(self.data.row[0].value[BG_OBSERVED_PEOPLE], 120050);
    assert_int_equal(self.data.row[0].value[BG_OBSERVED_COST], BG_NOT_OBSERVED);
    assert_int_equal(self.data.row[1].known, 2022);
    assert_false(self.data.monthly);
    drop(&self);
}

static void chinese_headings_units_and_words_are_known(void **state)
{
    (void)state;
    reading self = read_as("某市医保统计,,,,\n区县,年度,险种,医疗类别,基金支出（万元）\n"
                           "甲县,2023年,城乡居民,住院,120.5\n合计,,,,120.5\n",
                           100);
    char name[BG_OBSERVED_NAME];
    assert_int_equal(self.status, BG_OK);
    assert_int_equal(self.data.count, 1);
    assert_paid(&self, 0, 2023, 0, 120500000);
    assert_string_equal(bg_observed_name(self.data.series, name), "甲县 residents.inpatient");
    assert_int_equal(self.errors.count, 1);
    assert_string_equal(self.errors.items[0].name, "observed_total_left_out");
    drop(&self);
}

static void months_booked_later_stand_beside_one_another(void **state)
{
    (void)state;
    reading self = read_as("year,month,booked,paid\n2024,1,2024-01,60\n2024,1,2024年2月,30\n"
                           "2024,1,202403,-5\n2024,2,2024/2,70\n",
                           100);
    assert_int_equal(self.status, BG_OK);
    assert_int_equal(self.data.count, 4);
    assert_int_equal(self.data.row[1].booked, 12 * 2024 + 1);
    assert_paid(&self, 2, 2024, 1, -500);
    drop(&self);
    assert_said("year,month,booked,paid\n2024,3,2024-02,60\n", BG_INVALID, "observed_cell", 2);
}

static void what_becomes_known_later_says_so(void **state)
{
    (void)state;
    reading self = read_as("year,known,paid\n2024,2025,60\n", 100);
    assert_int_equal(self.data.row[0].known, 2025);
    drop(&self);
    assert_said("year,known,paid\n2024,2023,60\n", BG_INVALID, "observed_cell", 2);
}

static void bad_cells_are_named_by_row_and_column(void **state)
{
    (void)state;
    reading self = read_as("year,month,people,paid,scope_break\n"
                           "20x4,13,-3,abc,yes\n2024,1,5,,\n2024,2,5,0,\n",
                           100);
    static const int places[][2] = {{2, 1}, {2, 6}, {2, 12}, {2, 9}, {2, 16}, {3, 10}, {4, 10}};
    assert_int_equal(self.status, BG_INVALID);
    assert_int_equal(self.errors.error_count, 7);
    for (size_t i = 0; i < 7; i++) {
        assert_string_equal(self.errors.items[i].name, "observed_cell");
        assert_int_equal(self.errors.items[i].line, places[i][0]);
        assert_int_equal(self.errors.items[i].column, places[i][1]);
    }
    assert_says(self.errors.items[6].message,
                "column paid: \"0\" cannot be read; allowed is a number above zero.");
    drop(&self);
}

static void columns_are_refused_that_say_too_little_or_the_same_twice(void **state)
{
    (void)state;
    assert_said("year,people\n2024,3\n", BG_MISSING, "observed_column_missing", 1);
    assert_said("year,paid,基金支出\n2024,3,3\n", BG_DUPLICATE_KEY, "observed_column_twice", 1);
    assert_said("year,paid,paid_in_month\n2024,3,3\n", BG_INVALID, "observed_paid_twice", 1);
    assert_said("year,booked,paid_to_date\n2024,2024-01,3\n", BG_INVALID, "observed_booked_to_date",
                1);
    assert_said("year,coumty,paid\n2024,A,3\n", BG_UNKNOWN_KEY, "observed_column_near", 1);
    assert_said("year,颜色,paid\n2024,A,3\n", BG_OK, "observed_columns_not_read", 1);
    assert_said("hello\n", BG_MISSING, "observed_without_headings", 1);
    assert_said("year,paid\n", BG_MISSING, "observed_empty", 1);
    assert_said("year;paid\n2024;1,234\n", BG_INVALID, "observed_two_readings", 2);
}

static void rows_that_do_not_fit_together_are_refused_or_told(void **state)
{
    (void)state;
    assert_said("year,paid\n2023,2\n2022,1\n", BG_OK, "observed_unsorted", 3);
    assert_said("year,paid\n2023,2\n2023,1\n", BG_INVALID, "observed_twice", 3);
    assert_said("year,month,paid\n2023,,2\n2023,1,1\n", BG_INVALID, "observed_year_and_months", 3);
    assert_said("year,month,paid\n2023,11,2\n2024,1,2.1\n", BG_INVALID, "observed_gap", 3);
    assert_said("year,paid\n2020,2\n2023,1\n", BG_OK, "observed_years_missing", 3);
    assert_said("year,paid\n2020,2\n2021,2\n2022,2\n", BG_OK, "observed_constant", 2);
}

/* A year of twelve months, each `from` January or alone, in a table with that heading. */
static char *months(const char *heading, bool to_date_first, bool to_date_then)
{
    bg_text text = {0};
    bg_text_add(&text, "year,month,%s\n", heading);
    for (int i = 0; i < 24; i++) {
        const bool to_date = i < 12 ? to_date_first : to_date_then;
        const int month = i % 12 + 1, amount = 100 + i % 5;
        int sum = 0;
        for (int k = i - month + 1; k <= i; k++) {
            sum += 100 + k % 5;
        }
        bg_text_add(&text, "%d,%d,%d\n", 2022 + i / 12, month, to_date ? sum : amount);
    }
    return bg_text_take(&text);
}

static void the_year_to_date_is_recognised_and_taken_apart(void **state)
{
    (void)state;
    char *single = months("paid", false, false), *to_date = months("paid", true, true);
    reading one = read_as(single, 100), other = read_as(to_date, 100);
    assert_int_equal(one.status, BG_OK);
    assert_int_equal(one.errors.count, 0);
    assert_int_equal(other.status, BG_OK);
    assert_true(other.data.to_date && !one.data.to_date);
    assert_string_equal(other.errors.items[0].name, "observed_read_to_date");
    for (size_t i = 0; i < 24; i++) {
        assert_int_equal(one.data.row[i].value[BG_OBSERVED_PAID],
                         other.data.row[i].value[BG_OBSERVED_PAID]);
    }
    drop(&one);
    drop(&other);
    free(single);
    free(to_date);
}

static void both_forms_in_one_table_are_refused_with_both_readings(void **state)
{
    (void)state;
    char *mixed = months("paid", false, true);
    assert_said(mixed, BG_INVALID, "observed_two_forms", 14);
    free(mixed);
    assert_said("year,month,paid\n2024,1,100\n2024,2,205\n2024,3,300\n2024,4,110\n2024,5,90\n",
                BG_INVALID, "observed_two_forms", 2);
    assert_said("year,month,paid\n2024,1,100\n2024,2,95\n2024,3,103\n2024,4,410\n2024,5,510\n",
                BG_INVALID, "observed_two_forms", 2);
    reading self = read_as("year,month,paid\n2024,1,100\n2024,2,205\n2024,3,300\n", 100);
    assert_int_equal(self.status, BG_INVALID);
    assert_says(self.errors.items[0].message,
                "the table: the months of 2024 may count from January (year to date: 300.00 in "
                "all) or stand "
                "for themselves (605.00 in all), or the table has both; head the column "
                "paid_to_date (累计支付) or paid_in_month (当月支付), and give all months in one "
                "form.");
    drop(&self);
}

static void a_heading_says_which_form_is_meant(void **state)
{
    (void)state;
    reading self = read_as("year,month,paid_to_date\n2024,1,100\n2024,2,205\n2024,3,300\n", 100);
    assert_int_equal(self.status, BG_OK);
    assert_paid(&self, 2, 2024, 3, 9500);
    drop(&self);
    self = read_as("year,month,paid_in_month\n2024,1,100\n2024,2,205\n2024,3,300\n", 100);
    assert_paid(&self, 2, 2024, 3, 30000);
    drop(&self);
    assert_said("year,month,paid_to_date\n2024,2,205\n", BG_MISSING, "observed_to_date_begins", 2);
    assert_said("year,month,paid_to_date\n2024,1,205\n2024,2,205\n", BG_INVALID,
                "observed_to_date_falls", 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(years_of_counties_are_read_in_order),
        cmocka_unit_test(chinese_headings_units_and_words_are_known),
        cmocka_unit_test(months_booked_later_stand_beside_one_another),
        cmocka_unit_test(what_becomes_known_later_says_so),
        cmocka_unit_test(bad_cells_are_named_by_row_and_column),
        cmocka_unit_test(columns_are_refused_that_say_too_little_or_the_same_twice),
        cmocka_unit_test(rows_that_do_not_fit_together_are_refused_or_told),
        cmocka_unit_test(the_year_to_date_is_recognised_and_taken_apart),
        cmocka_unit_test(both_forms_in_one_table_are_refused_with_both_readings),
        cmocka_unit_test(a_heading_says_which_form_is_meant),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
