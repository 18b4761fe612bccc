/* Months of a running year as they became known, and how much of each. */
#include "../../support/close.h"
#include "../../support/projected.h"
#include "../../support/says.h"

#include "study/observed_table.h"
#include "study/year_to_date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

typedef struct fixture {
    bg_scenario *scenario;
    bg_history history;
    bg_observed data;
    bg_year_to_date year;
    bg_errors errors;
    bg_status status;
} fixture;

static fixture read_years(const char *table, bool incurred)
{
    fixture self;
    bg_errors_init(&self.errors);
    self.scenario = parse_scenario("history: {2025: 100M}\npeople: {residents: 100000}\n", NULL);
    assert_int_equal(bg_history_read(self.scenario, &self.history, &self.errors), BG_OK);
    FILE *stream = fmemopen((void *)(uintptr_t)table, strlen(table), "r");
    assert_non_null(stream);
    assert_int_equal(bg_observed_read(stream, "table", 100, &self.data, &self.errors), BG_OK);
    fclose(stream);
    self.status = bg_year_to_date_find(&self.data, &self.history, 0, incurred, "table", &self.year,
                                       &self.errors);
    return self;
}

static void finish(fixture *self)
{
    bg_observed_free(&self->data);
    bg_history_free(&self->history);
    bg_scenario_free(self->scenario);
    bg_errors_free(&self->errors);
}

static void lines_of_a_scheme_add_up_by_month(void **state)
{
    (void)state;
    fixture self =
        read_years("year,month,line,paid\n"
                   "2026,1,residents.inpatient.in,100\n2026,2,residents.inpatient.in,110\n"
                   "2026,1,residents.outpatient.in,20\n2026,2,residents.outpatient.in,21\n",
                   true);
    assert_int_equal(self.status, BG_OK);
    assert_int_equal(self.year.year, 2026);
    assert_int_equal(self.year.months, 2);
    assert_false(self.year.run_off);
    assert_close(self.year.seen[1][0], 12000, 0);
    assert_close(self.year.seen[1][1], 13100, 0);
    assert_close(self.year.seen[0][1], 0, 0);
    assert_false(self.year.has_last);
    finish(&self);
}

/* Months of care 1 and 2, booked in the month after and in the one after that. */
static const char booked[] = "year,month,booked,paid\n"
                             "2026,1,2026-02,60\n2026,1,2026-03,30\n2026,2,2026-03,66\n";

static void months_of_care_are_known_when_they_are_booked(void **state)
{
    (void)state;
    fixture self = read_years(booked, true);
    assert_int_equal(self.status, BG_OK);
    assert_true(self.year.run_off);
    assert_int_equal(self.year.delay, 1);
    assert_int_equal(self.year.months, 2);
    assert_close(self.year.seen[0][0], 6000, 0);
    assert_close(self.year.seen[1][0], 9000, 0);
    assert_close(self.year.seen[1][1], 6600, 0);
    finish(&self);
}

static void months_as_booked_are_those_of_booking(void **state)
{
    (void)state;
    fixture self = read_years("year,month,booked,paid\n"
                              "2025,12,2026-01,50\n2026,1,2026-01,10\n2026,1,2026-02,60\n",
                              false);
    assert_int_equal(self.status, BG_OK);
    assert_int_equal(self.year.months, 2);
    assert_close(self.year.seen[1][0], 6000, 0);
    assert_close(self.year.seen[1][1], 6000, 0);
    finish(&self);
}

static void the_year_before_is_known_where_all_of_its_months_are(void **state)
{
    (void)state;
    char table[1024] = "year,month,paid\n";
    for (int m = 1; m <= 12; m++) {
        snprintf(table + strlen(table), sizeof table - strlen(table), "2025,%d,%d\n", m,
                 100 + (m * 5) % 7);
    }
    strcat(table, "2026,1,130\n");
    fixture self = read_years(table, true);
    assert_true(self.year.has_last);
    assert_int_equal(self.year.past_years, 1);
    assert_close(self.year.last[1], 10300, 0);
    assert_int_equal(self.year.months, 1);
    finish(&self);
}

static void rows_of_another_scheme_are_refused(void **state)
{
    (void)state;
    fixture self = read_years("year,month,scheme,paid\n2026,1,employees,100\n", true);
    assert_int_equal(self.status, BG_INVALID);
    assert_says_among_others(self.errors.items[0].message, "which scheme");
    finish(&self);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_of_a_scheme_add_up_by_month),
        cmocka_unit_test(months_of_care_are_known_when_they_are_booked),
        cmocka_unit_test(months_as_booked_are_those_of_booking),
        cmocka_unit_test(the_year_before_is_known_where_all_of_its_months_are),
        cmocka_unit_test(rows_of_another_scheme_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
