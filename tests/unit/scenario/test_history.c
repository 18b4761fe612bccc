#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/says.h"
#include "../../support/scenario_text.h"

#include <baogan/history.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A history with the scenario that it borrows from. */
typedef struct past {
    bg_scenario *scenario;
    bg_history history;
    char *messages;
    bg_status status;
} past;

static past read_past(const char *text)
{
    past self = {.scenario = scenario_of(text, NULL)};
    bg_errors errors;
    bg_errors_init(&errors);
    self.status = bg_history_read(self.scenario, &self.history, &errors);
    assert_int_equal(self.status == BG_OK, errors.error_count == 0);
    self.messages = messages_of(&errors);
    bg_errors_free(&errors);
    return self;
}

static past good_past(const char *text)
{
    past self = read_past(text);
    if (self.status != BG_OK) {
        fail_msg("%s", self.messages);
    }
    return self;
}

static void free_past(past *self)
{
    bg_history_free(&self->history);
    bg_history_free(&self->history);
    bg_scenario_free(self->scenario);
    free(self->messages);
}

static void three_totals_are_one_line_of_the_residents(void **state)
{
    (void)state;
    past all = good_past("money_unit: wan\nhistory: {2024: 56300, 2022: 49400, 2023: 55200}\n");
    const bg_history *history = &all.history;
    assert_int_equal(history->year_count, 3);
    assert_int_equal(history->year[0], 2022);
    assert_int_equal(history->year[2], 2024);
    assert_int_equal(history->line_count, 1);
    assert_int_equal(history->scheme_count, 1);
    assert_string_equal(history->line[0].name, "total");
    assert_string_equal(history->line[0].service, "total");
    assert_int_equal(history->line[0].place, BG_PLACE_IN);
    assert_int_equal(history->line[0].year[0].cases, -1);
    assert_int_equal(history->line[0].year[0].cost_fen, -1);
    assert_int_equal(history->line[0].year[0].paid_fen, INT64_C(49400000000));
    assert_string_equal(history->scheme[0].name, "residents");
    assert_int_equal(history->scheme[0].paid_fen[2], INT64_C(56300000000));
    assert_int_equal(history->completion[1], BG_ONE);
    assert_null(history->declared[1]);
    assert_reports_only(all.messages, "");
    free_past(&all);
}

/* 563,000,000 yuan / 1,125.65 yuan a head (2024) = 500,155.47 people. */
static void people_that_are_not_given_follow_from_national_spend_per_head(void **state)
{
    (void)state;
    past all = good_past("history: {2023: 552000000, 2024: 563000000}\n");
    assert_true(all.history.scheme[0].people_assumed);
    assert_true(all.history.scheme[0].people == 500155.0);
    free_past(&all);
    all = good_past("history: {2024: 563000000}\npeople: {residents: 480000}\n");
    assert_false(all.history.scheme[0].people_assumed);
    assert_true(all.history.scheme[0].people == 480000.0);
    assert_true(all.history.scheme[0].people_growth == -0.01);
    assert_true(all.history.scheme[0].people_growth_sd == 0.01);
    free_past(&all);
    all = good_past("history: {2024: 3}\n");
    assert_true(all.history.scheme[0].people == 1.0);
    free_past(&all);
}

/* 803.05 yuan a head in 2020, the first year known: 8,030,500 / 803.05 = 10,000. */
static void people_of_years_without_a_national_figure_are_guessed_with_a_warning(void **state)
{
    (void)state;
    past all = good_past("history: {2018: 8030500}\n");
    assert_true(all.history.scheme[0].people == 10000.0);
    assert_reports(all.messages, "warning: people[residents]: the number of insured people is "
                                 "guessed from the national spend per head of 2020");
    free_past(&all);
}

static void schemes_and_lines_stand_in_a_fixed_order(void **state)
{
    (void)state;
    past all = good_past("history:\n"
                         "  2023: {residents.inpatient.out: 4, employees.total: 1,\n"
                         "         residents.dental: 2, residents.inpatient.in: 3}\n"
                         "  2024: {residents.inpatient.in: 7, residents.inpatient.out: 8,\n"
                         "         residents.dental: 6, employees.total: 5}\n");
    const bg_history *history = &all.history;
    static const char *const names[] = {"employees.total", "residents.dental",
                                        "residents.inpatient.in", "residents.inpatient.out"};
    static const char *const services[] = {"total", "dental", "inpatient", "inpatient"};
    assert_int_equal(history->line_count, 4);
    assert_int_equal(history->scheme_count, 2);
    assert_string_equal(history->scheme[0].name, "residents");
    assert_string_equal(history->scheme[1].name, "employees");
    for (size_t i = 0; i < 4; i++) {
        const bg_line *line = &history->line[i];
        assert_string_equal(line->name, names[i]);
        assert_string_equal(line->service, services[i]);
        assert_int_equal(line->scheme, i == 0 ? 1 : 0);
        assert_int_equal(line->place, i == 3 ? BG_PLACE_OUT : BG_PLACE_IN);
        assert_int_equal(line->year[0].paid_fen, (int64_t)(i + 1) * 100);
        assert_int_equal(line->year[1].paid_fen, (int64_t)(i + 5) * 100);
    }
    assert_int_equal(history->scheme[0].paid_fen[0], 900);
    assert_int_equal(history->scheme[0].paid_fen[1], 2100);
    assert_int_equal(history->scheme[1].paid_fen[1], 500);
    free_past(&all);
}

static void patients_may_pay_nothing(void **state)
{
    (void)state;
    past all = good_past("history: {2024: {total: {cases: 1, cost: 5000, paid: 5000}}}");
    assert_int_equal(all.history.line[0].year[0].cases, 1);
    assert_int_equal(all.history.line[0].year[0].cost_fen, 500000);
    assert_int_equal(all.history.line[0].year[0].paid_fen, 500000);
    free_past(&all);
}

static void employees_alone_are_the_only_scheme(void **state)
{
    (void)state;
    past all = good_past("history: {2024: {employees.total: 34844}}\n");
    assert_int_equal(all.history.scheme_count, 1);
    assert_string_equal(all.history.scheme[0].name, "employees");
    assert_int_equal(all.history.line[0].scheme, 0);
    assert_true(all.history.scheme[0].people == 10.0); /* 34,844 / 3,484.40 */
    free_past(&all);
}

static void what_is_said_about_past_years_is_read(void **state)
{
    (void)state;
    past all =
        good_past("history: {2022: 1000, 2023: 1000, 2024: 1000}\n"
                  "budget: {base: {completion: {2024: 95%}}}\n"
                  "demand: {emergency: {declared: {2022: dip, 2023: rebound, 2020: dip}}}\n");
    const bg_history *history = &all.history;
    assert_string_equal(history->declared[0], "dip");
    assert_string_equal(history->declared[1], "rebound");
    assert_null(history->declared[2]);
    assert_int_equal(history->completion[0], BG_ONE);
    assert_int_equal(history->completion[2], 95 * BG_ONE / 100);
    assert_int_equal(history->scheme[0].completed_fen[0], 100000);
    assert_int_equal(history->scheme[0].completed_fen[2], 105263); /* 100,000 / 0.95 */
    assert_reports_only(all.messages,
                        "warning: t.yaml:3:65: demand.emergency.declared[2020]: 2020 is none of "
                        "the past years 2022 to 2024 and has no effect.\n");
    free_past(&all);
}

static void a_total_beside_other_lines_is_warned_of(void **state)
{
    (void)state;
    past all = good_past("history: {2024: {total: 1000, residents.inpatient.in: 1000,\n"
                         "                 employees.total: 5000}}\n");
    assert_reports_only(all.messages,
                        "warning: t.yaml:1:25: history[2024][total]: a total stands beside other "
                        "lines of residents and is added to them; it must not contain them.\n");
    assert_int_equal(all.history.scheme[0].paid_fen[0], 200000);
    free_past(&all);
}

/* Such as a year whose accounts know the total only. */
static void a_year_may_give_the_total_of_a_scheme_alone(void **state)
{
    (void)state;
    past all = good_past("history:\n"
                         "  2022: {total: 900, employees.total: 100}\n"
                         "  2023: {residents.inpatient.in: {cases: 9, paid: 600}, residents.other: "
                         "350, employees.total: 110}\n"
                         "  2024: {residents.total: 1000, employees.total: 120}\n");
    const bg_history *history = &all.history;
    assert_reports_only(all.messages, "");
    assert_int_equal(history->line_count, 3);
    assert_string_equal(history->line[0].name, "employees.total");
    assert_string_equal(history->line[1].name, "residents.inpatient.in");
    assert_string_equal(history->line[2].name, "residents.other");
    assert_true(history->line[1].has_cases && !history->line[2].has_cases);
    static const bg_fen residents[] = {90000, 95000, 100000}, inpatient[] = {-1, 60000, -1};
    for (size_t y = 0; y < 3; y++) {
        assert_int_equal(history->scheme[0].paid_fen[y], residents[y]);
        assert_int_equal(history->line[1].year[y].paid_fen, inpatient[y]);
        assert_int_equal(history->line[1].year[y].cases, y == 1 ? 9 : -1);
        assert_true(history->line[0].year[y].paid_fen > 0);
    }
    free_past(&all);
}

#define GIVEN "{cases: 10, paid_per_case: 70}"

static void lines_with_given_levels_take_the_place_of_a_total(void **state)
{
    (void)state;
    past all = good_past("history: {2023: 690, 2024: 1000}\n"
                         "demand: {lines: {residents.smallclaims.in: " GIVEN
                         ", residents.inpatient.out: {cases: 3, paid_per_case: 100}}}\n");
    const bg_history *history = &all.history;
    assert_reports_only(all.messages, "");
    assert_int_equal(history->line_count, 2);
    assert_string_equal(history->line[0].name, "residents.inpatient.out");
    assert_string_equal(history->line[0].service, "inpatient");
    assert_int_equal(history->line[0].place, BG_PLACE_OUT);
    assert_string_equal(history->line[1].service, "smallclaims");
    assert_true(history->line[1].has_cases);
    assert_int_equal(history->line[1].year[1].paid_fen, -1);
    assert_int_equal(history->scheme[0].paid_fen[0], 69000);
    free_past(&all);
}

static void completed_payments_that_do_not_fit_are_not_known(void **state)
{
    (void)state;
    past all = good_past("history: {2023: 900000000000000, 2024: 1000000000000000}\n"
                         "budget: {base: {completion: 1%}}\n");
    assert_int_equal(all.history.scheme[0].completed_fen[0], INT64_C(9000000000000000000));
    assert_int_equal(all.history.scheme[0].completed_fen[1], -1);
    free_past(&all);
}

static void lines_that_fall_short_of_the_total_they_replace_are_warned_of(void **state)
{
    (void)state;
    /* 700 of 1,000 fully settled; of 700 / 0.98 they are 98 %, of 700 / 0.995 99.5 %. */
    static const struct {
        const char *total, *completion, *share;
    } cases[] = {{"1000", "100%", "70.0 %"}, {"700", "98%", "98.0 %"}, {"700", "99.5%", ""}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[512];
        snprintf(text, sizeof text,
                 "history: {2024: %s}\nbudget: {base: {completion: %s}}\n"
                 "demand: {lines: {residents.smallclaims: " GIVEN "}}\n",
                 cases[i].total, cases[i].completion);
        past all = good_past(text);
        assert_reports(all.messages, cases[i].share);
        assert_int_equal(strlen(all.messages) > 0, strlen(cases[i].share) > 0);
        free_past(&all);
    }
}

static void lines_with_given_levels_stand_beside_those_of_the_past_years(void **state)
{
    (void)state;
    past all = good_past("history: {2024: {residents.inpatient.in: 500, employees.total: 9}}\n"
                         "demand: {lines: {residents.dental: " GIVEN "}}\n");
    assert_reports_only(all.messages, "");
    assert_int_equal(all.history.line_count, 3);
    assert_string_equal(all.history.line[1].name, "residents.dental");
    assert_int_equal(all.history.line[1].scheme, 0);
    assert_int_equal(all.history.scheme[0].paid_fen[0], 50000);
    free_past(&all);
}

static void a_history_that_cannot_be_used_is_refused_with_its_place(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bg_status status;
        const char *place, *message;
    } cases[] = {
        {"{}", BG_MISSING, "t.yaml: history: ", "no past year is given"},
        {"history: {}", BG_MISSING, "t.yaml:1:10: history: ", "no past year is given"},
        {"history: {2019: 1, 2020: 1, 2021: 1, 2022: 1, 2023: 1, 2024: 1}", BG_LIMIT,
         "t.yaml:1:10: history: ", "6 past years are given; at most 5"},
        {"history: {2022: 1, 2024: 1}", BG_INVALID,
         "t.yaml:1:26: history[2024]: ", "2024 follows 2022"},
        {"history: {2024: {}}", BG_MISSING, "t.yaml:1:17: history[2024]: ", "no line and no total"},
        {"history: {2024: {total: 1, residents.total: 1}}", BG_INVALID,
         "t.yaml:1:45: history[2024][residents.total]: ", "give one of them"},
        {"history: {2024: {residents.a: 1, residents.a.in: 1}}", BG_INVALID,
         "t.yaml:1:50: history[2024][residents.a.in]: ",
         "residents.a.in is the same line as residents.a (line 1)"},
        {"history: {2024: {residents.a: 1}}\n"
         "demand: {lines: {residents.a.in: {cases: 1, paid_per_case: 1}}}",
         BG_INVALID, "t.yaml:2:34: demand.lines[residents.a.in]: ",
         "residents.a.in is the same line as residents.a (line 1)"},
        {"history: {2023: {employees.total: 1, residents.a: 1}, 2024: {employees.total: 1}}",
         BG_INVALID, "t.yaml:1:61: history[2024]: ", "\"residents.a\" of 2023 is missing here"},
        {"history: {2023: {employees.total: 1}, 2024: {employees.total: 1, residents.a: 1}}",
         BG_INVALID, "t.yaml:1:17: history[2023]: ", "\"residents.a\" of 2024 is missing here"},
        {"history: {2023: 1, 2024: {total: 1, residents.a: 1}}", BG_INVALID,
         "t.yaml:1:17: history[2023][total]: ", "that of 2024 beside lines"},
        {"history: {2023: {residents.a: 1}, 2024: {residents.b: 1, total: 1}}", BG_INVALID,
         "t.yaml:1:17: history[2023]: ", "\"residents.b\" of 2024 is missing here"},
        {"history: {2024: 1}\ndemand: {lines: {employees.a: {cases: 1, paid_per_case: 1}}}",
         BG_INVALID, "demand.lines[employees.a]: ", "no payments of employees"},
        {"history: {2024: 1}\ndemand: {lines: {total: {cost_cv: 1}, residents.total: {cost_cv: "
         "2}}}",
         BG_INVALID, "demand.lines[residents.total]: ", "give one of them"},
        {"history: {2024: {total: {cases: 5}}}", BG_INVALID,
         "t.yaml:1:25: history[2024][total]: ", "`paid` is missing"},
        {"history: {2024: 0}", BG_INVALID,
         "t.yaml:1:17: history[2024][total].paid: ", "the fund payment is 0"},
        {"history: {2024: {total: {cases: 0, paid: 5}}}", BG_INVALID,
         "t.yaml:1:33: history[2024][total].cases: ", "there are 0 cases"},
        {"history: {2024: {total: {cost: 5, paid: 5.01}}}", BG_INVALID,
         "t.yaml:1:41: history[2024][total].paid: ", "payment 5.01 is above the cost 5"},
        {"history: {2023: {total: {cases: 5, paid: 5}}, 2024: 5}", BG_INVALID,
         "t.yaml:1:53: history[2024][total]: ", "`cases` is missing here but given in 1 of the 2"},
        {"history: {2023: 5, 2024: {total: {cost: 5, paid: 5}}}", BG_INVALID,
         "t.yaml:1:17: history[2023][total]: ", "`cost` is missing here"},
        {"history: {2024: {total: 92233720368547758.07, residents.a: 0.01}}", BG_OVERFLOW,
         "t.yaml:1:60: history[2024][residents.a]: ", "more than baogan can hold"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        past all = read_past(cases[i].text);
        if (all.status != cases[i].status) {
            fail_msg("%s: status %d", cases[i].text, all.status);
        }
        assert_reports(all.messages, cases[i].place);
        assert_reports(all.messages, cases[i].message);
        assert_int_equal(all.history.line_count, 0);
        free_past(&all);
    }
}

static void all_errors_of_the_years_are_reported_at_once(void **state)
{
    (void)state;
    past all = read_past("history: {2023: 0, 2024: {total: {cases: 0, paid: 0}}}");
    assert_reports(all.messages, "history[2023][total].paid: ");
    assert_reports(all.messages, "history[2024][total].paid: ");
    assert_reports(all.messages, "history[2024][total].cases: ");
    assert_reports(all.messages, "history[2023][total]: `cases` is missing");
    free_past(&all);
}

static past many_lines(int n)
{
    char text[8192] = "history: {2024: {";
    size_t used = strlen(text);
    for (int i = 0; i < n; i++) {
        used += (size_t)snprintf(text + used, sizeof text - used,
                                 "residents.service%02d.out: 9000, ", i);
    }
    snprintf(text + used, sizeof text - used, "}}");
    return read_past(text);
}

static void sixty_four_lines_are_allowed_and_no_more(void **state)
{
    (void)state;
    past all = many_lines(BG_MAX_LINES);
    assert_int_equal(all.status, BG_OK);
    assert_int_equal(all.history.line_count, BG_MAX_LINES);
    assert_string_equal(all.history.line[63].service, "service63");
    free_past(&all);
    all = many_lines(BG_MAX_LINES + 1);
    assert_int_equal(all.status, BG_LIMIT);
    assert_reports(all.messages, "65 lines are given; at most 64");
    free_past(&all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(three_totals_are_one_line_of_the_residents),
        cmocka_unit_test(people_that_are_not_given_follow_from_national_spend_per_head),
        cmocka_unit_test(people_of_years_without_a_national_figure_are_guessed_with_a_warning),
        cmocka_unit_test(schemes_and_lines_stand_in_a_fixed_order),
        cmocka_unit_test(patients_may_pay_nothing),
        cmocka_unit_test(employees_alone_are_the_only_scheme),
        cmocka_unit_test(what_is_said_about_past_years_is_read),
        cmocka_unit_test(a_total_beside_other_lines_is_warned_of),
        cmocka_unit_test(a_year_may_give_the_total_of_a_scheme_alone),
        cmocka_unit_test(lines_with_given_levels_take_the_place_of_a_total),
        cmocka_unit_test(completed_payments_that_do_not_fit_are_not_known),
        cmocka_unit_test(lines_that_fall_short_of_the_total_they_replace_are_warned_of),
        cmocka_unit_test(lines_with_given_levels_stand_beside_those_of_the_past_years),
        cmocka_unit_test(a_history_that_cannot_be_used_is_refused_with_its_place),
        cmocka_unit_test(all_errors_of_the_years_are_reported_at_once),
        cmocka_unit_test(sixty_four_lines_are_allowed_and_no_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
