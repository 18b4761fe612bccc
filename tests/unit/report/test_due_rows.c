/* What a contract still pays after its last December. */
#include "../../support/close.h"
#include "../../support/reported.h"
#include "report/due_rows.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* Each year's clearing is paid in the next March: of the last one, after the contract. */
#define DATED                                                                                      \
    "history: {2022: 94M, 2023: 97M, 2024: 100M}\n"                                                \
    "budget: {growth: 3%, calendar: {settled: 3}}\n"                                               \
    "simulation: {years: 3, replications: 200}\n"

static void the_clearing_of_the_last_year_is_still_to_be_paid(void **state)
{
    (void)state;
    reported self;
    start_report(&self, DATED, "en");
    assert_true(bg_due_known(&self.report));
    const double last = projected_statistics(&self.projected, 0, 2, "clearing")->mean;
    assert_true(last > 1e6 || last < -1e6);
    assert_close(bg_due_after(&self.report, 0), last, 100);
    finish_report(&self);
}

static void without_a_calendar_nothing_is_dated(void **state)
{
    (void)state;
    reported self;
    start_report(&self,
                 "history: {2022: 94M, 2023: 97M, 2024: 100M}\n"
                 "simulation: {years: 2, replications: 100}\n",
                 "en");
    assert_false(bg_due_known(&self.report));
    finish_report(&self);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_clearing_of_the_last_year_is_still_to_be_paid),
        cmocka_unit_test(without_a_calendar_nothing_is_dated),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
