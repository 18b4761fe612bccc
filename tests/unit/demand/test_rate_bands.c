/* Rates by bands of the eligible bill, from the file to a line's payments. */
#include "../../support/close.h"
#include "../../support/demand_loaded.h"
#include "../../support/says.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* 10,000 admissions with exponential bills, of which the fund pays 3,000 yuan on average. */
#define HISTORY                                                                                    \
    "schema: 1\n"                                                                                  \
    "history: {2024: {residents.inpatient.in: {cases: 10000, paid: 30M}}}\n"                       \
    "people: {residents: {count: 50000}}\n"                                                        \
    "simulation: {years: 2}\n"                                                                     \
    "demand: {services: {inpatient: {cost_cv: 1}}}\n"                                              \
    "benefits:\n"
#define FLAT HISTORY "  now: {rate: 60%}\n"

/* Of 5,000 yuan a bill 60 % is paid; 70 % of what is above X is 0.1 5,000 e^(-X / 5,000) more. */
static void bands_pay_what_lies_in_them(void **state)
{
    (void)state;
    static const struct {
        const char *change;
        double ratio;
    } cases[] = {
        {"{10000: 60%, rest: 70%}", 1 + 0.1353352832366127 / 6},            /* e^-2 */
        {"{5000: 60%, 10000: 70%, rest: 60%}", 1 + 0.2325441579348296 / 6}, /* e^-1 - e^-2 */
        {"{rest: 75%}", 1.25},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[1024];
        snprintf(text, sizeof text, "%s  then: {from: 2025-07, bands: %s}\n", FLAT,
                 cases[i].change);
        demand_loaded self = demand_load(text);
        assert_int_equal(self.status, BG_OK);
        const bg_line_benefit *benefit = bg_demand_benefit(self.demand, 0, 1);
        assert_non_null(benefit);
        assert_close(bg_line_benefit_at(benefit, 300000).ratio, cases[i].ratio, 1e-5);
        demand_unload(&self);
    }
}

static void a_rate_replaces_bands_and_equal_bands_change_nothing(void **state)
{
    (void)state;
    demand_loaded self = demand_load(
        HISTORY "  now: {bands: {10000: 60%, rest: 70%}}\n  then: {from: 2025-07, rate: 60%}\n");
    assert_int_equal(self.status, BG_OK);
    const bg_line_benefit *benefit = bg_demand_benefit(self.demand, 0, 1);
    assert_non_null(benefit);
    assert_true(bg_line_benefit_at(benefit, 300000).ratio < 0.999);
    demand_unload(&self);
    self = demand_load(HISTORY "  now: {bands: {10000: 60%, rest: 70%}}\n"
                               "  same: {from: 2025-07, bands: {10000: 60%, rest: 70%}}\n");
    assert_int_equal(self.status, BG_OK);
    assert_null(bg_demand_benefit(self.demand, 0, 1));
    demand_unload(&self);
    self = demand_load(HISTORY "  now: {bands: {10000: 60%, rest: 70%}}\n"
                               "  higher: {from: 2025-07, bands: {12000: 60%, rest: 70%}}\n");
    assert_int_equal(self.status, BG_OK);
    assert_non_null(bg_demand_benefit(self.demand, 0, 1));
    demand_unload(&self);
}

static void what_no_bands_can_be_is_an_error_at_its_place(void **state)
{
    (void)state;
    static const struct {
        const char *entry, *path;
        bg_status status;
        const char *words;
    } cases[] = {
        {"{rate: 60%, bands: {1000: 60%, rest: 70%}}", "benefits[a].bands", BG_INVALID, "not both"},
        {"{bands: {1000: 60%}}", "benefits[a].bands", BG_MISSING, "\"rest\""},
        {"{bands: {1: 1%, 2: 2%, 3: 3%, 4: 4%, 5: 5%, 6: 6%, rest: 7%}}", "benefits[a].bands",
         BG_LIMIT, "7 bands"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[1024];
        snprintf(text, sizeof text, "%s  a: %s\n", HISTORY, cases[i].entry);
        demand_loaded self = demand_load(text);
        size_t error = 0; /* warnings of rates that are low may stand before it */
        while (error < self.errors.count && self.errors.items[error].warning) {
            error++;
        }
        assert_int_equal(self.status, cases[i].status);
        assert_int_equal(self.errors.error_count, 1);
        assert_string_equal(self.errors.items[error].path, cases[i].path);
        assert_says_among_others(self.errors.items[error].message, cases[i].words);
        demand_unload(&self);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bands_pay_what_lies_in_them),
        cmocka_unit_test(a_rate_replaces_bands_and_equal_bands_change_nothing),
        cmocka_unit_test(what_no_bands_can_be_is_an_error_at_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
