/* The settlement of the central case in a full report. */
#include "../../support/reported.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Two schemes, of which the first overspends. */
#define COUNTY                                                                                     \
    "history:\n"                                                                                   \
    "  2023: {residents.total: 10M, employees.total: 4M}\n"                                        \
    "  2024: {residents.total: 12M, employees.total: 4M}\n"                                        \
    "budget: {growth: {2025: 0%, later: 0%}}\n"                                                    \
    "simulation: {first_year: 2025, years: 2, replications: 100}\n"

#define HEADING "The central case of 2025 settled, step by step (yuan)"

static char *report_with(const reported *self, const bg_central *central)
{
    bg_report report = self->report;
    report.central = central;
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    assert_non_null(stream);
    assert_int_equal(bg_report_text(&report, false, stream), BG_OK);
    assert_int_equal(fclose(stream), 0);
    return text;
}

static void assert_amount(const char *from, bg_fen amount)
{
    char shown[BG_NUMBER_TEXT];
    bg_money_in(amount, 100, shown);
    if (!strstr(from, shown)) {
        fail_msg("%s does not stand in:\n%s", shown, from);
    }
}

static void each_scheme_is_settled_to_what_the_projection_has(void **state)
{
    (void)state;
    reported self;
    bg_central central;
    bg_errors errors;
    bg_errors_init(&errors);
    start_report(&self, COUNTY, "en");
    assert_int_equal(bg_central_settle(&self.projected.model, &central, &errors), BG_OK);
    char *text = report_with(&self, &central);
    const char *at = text;
    for (size_t scheme = 0; scheme < 2; scheme++) {
        at = strstr(at, HEADING);
        assert_non_null(at);
        assert_amount(at, projected_central(&self.projected, scheme, 0, "expense"));
        assert_amount(at, llabs(projected_central(&self.projected, scheme, 0, "result")));
        at += strlen(HEADING);
    }
    assert_null(strstr(at, HEADING));
    free(text);
    text = report_with(&self, NULL);
    assert_null(strstr(text, HEADING));
    free(text);
    bg_central_free(&central);
    bg_errors_free(&errors);
    finish_report(&self);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_scheme_is_settled_to_what_the_projection_has),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
