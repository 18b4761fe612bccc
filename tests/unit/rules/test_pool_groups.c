/* Income by wages where groups of the people say who is in work. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/says.h"
#include "../../support/scenario_text.h"

#include <baogan/pool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FEN_OF(yuan_cent) ((bg_fen)INT64_C(yuan_cent))

static const char format[] =
    "history: {2024: {employees.total: 90M}}\n"
    "people: {employees: {groups: {in_work: {share: {2025: 75%%, 2027: 70%%}}, %s: {share: {2025: "
    "20%%, 2027: 24%%}}, away: {share: {2025: 5%%, 2027: 6%%}}}}}\n"
    "pool: {employees: {wage_base: {2025: 60000}, wage_growth: 0%%, contribution_rate: 6%%%s}}\n";

typedef struct pool_case {
    bg_errors errors;
    bg_scenario *scenario;
    bg_pool pool;
    bg_status status;
} pool_case;

static pool_case read_pool(const char *older, const char *rest)
{
    pool_case self;
    char text[1024];
    snprintf(text, sizeof text, format, older, rest);
    self.scenario = scenario_of(text, NULL);
    bg_errors_init(&self.errors);
    self.status = bg_pool_read(self.scenario, "employees", 2025, &self.pool, &self.errors);
    return self;
}

static void free_pool(pool_case *self)
{
    bg_scenario_free(self->scenario);
    bg_errors_free(&self->errors);
}

static bg_fen income_of(const pool_case *self, int year)
{
    const double people = 100000;
    bg_fen income;
    assert_int_equal(bg_pool_income(&self->pool, year, 1, &people, NULL, &income), BG_OK);
    return income;
}

/* 100,000 x 60,000 x 6 % = 360 million yuan, of which 80, 78 and 76 % pay. */
static void the_group_named_retired_pays_nothing(void **state)
{
    (void)state;
    pool_case self = read_pool("retired", "");
    assert_int_equal(self.status, BG_OK);
    assert_int_equal(income_of(&self, 2025), FEN_OF(28800000000));
    assert_int_equal(income_of(&self, 2026), FEN_OF(28080000000));
    assert_int_equal(income_of(&self, 2027), FEN_OF(27360000000));
    assert_false(bg_pool_uses(&self.pool, "retired"));
    free_pool(&self);
}

/* 75, 72.5 and 70 % pay. */
static void groups_that_are_named_pay_nothing(void **state)
{
    (void)state;
    pool_case self = read_pool("older", ", retired_groups: [older, away]");
    assert_int_equal(self.status, BG_OK);
    assert_int_equal(income_of(&self, 2025), FEN_OF(27000000000));
    assert_int_equal(income_of(&self, 2026), FEN_OF(26100000000));
    assert_int_equal(income_of(&self, 2027), FEN_OF(25200000000));
    free_pool(&self);
}

/* 73 % pay, as of any file. */
static void without_a_retired_group_the_share_of_the_retired_holds(void **state)
{
    (void)state;
    pool_case self = read_pool("older", "");
    assert_int_equal(self.status, BG_OK);
    assert_int_equal(income_of(&self, 2026), FEN_OF(26280000000));
    assert_true(bg_pool_uses(&self.pool, "retired"));
    free_pool(&self);
}

static void assert_refused(const char *rest, const char *message)
{
    pool_case self = read_pool("retired", rest);
    char *messages = messages_of(&self.errors);
    assert_int_equal(self.status, BG_INVALID);
    assert_reports_only(messages, message);
    free(messages);
    free_pool(&self);
}

static void what_the_groups_do_not_bear_out_is_refused(void **state)
{
    (void)state;
    assert_refused(", retired_groups: old",
                   "t.yaml:3:102: pool[employees].retired_groups[1]: There is no group \"old\"; "
                   "people[employees].groups names them.\n");
    assert_refused(", retired: 20%",
                   "t.yaml:3:95: pool[employees].retired: The groups of people[employees] say "
                   "already who is retired; give `retired` or the groups, not both.\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_group_named_retired_pays_nothing),
        cmocka_unit_test(groups_that_are_named_pay_nothing),
        cmocka_unit_test(without_a_retired_group_the_share_of_the_retired_holds),
        cmocka_unit_test(what_the_groups_do_not_bear_out_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
