/* Figures reported of counties that follow from who is treated where while no price changes: no findings, but the model
 * must come to them. */
#include "../../support/close.h"
#include "../../support/demand_draft.h"
#include "../../support/demand_loaded.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

typedef struct place {
    double cases, paid;
} place;

enum { INSIDE, OUTSIDE, LINES };

/* The two lines of inpatient care in the year after the last base year, on the central path. */
static void central(const char *text, place lines[LINES])
{
    demand_loaded self = demand_load(text);
    assert_int_equal(self.status, BG_OK);
    bg_future path = draft_path(self.demand);
    assert_int_equal(bg_demand_central(self.demand, &path), BG_OK);
    for (size_t i = 0; i < LINES; i++) {
        lines[i] = (place){path.line_cases[BG_FUTURE_YEAR(&path, i, 0)],
                           (double)path.line_paid[BG_FUTURE_YEAR(&path, i, 0)]};
    }
    bg_future_free(&path);
    demand_unload(&self);
}

/* How the mean of a case has changed. */
static double mean_ratio(place before, place after)
{
    return after.paid / after.cases / (before.paid / before.cases);
}

/* Integrated township centres of Xishui: a case costs 14.3 % more (Archives of Public Health 2024, 82:136). A
 * township's 10,000 cases at 1,000 yuan; 500 of 10,000 at 4,000 come from the county: (10,000 1,000 + 500 4,000)/10,500
 * = 1,142.86 yuan, as 4.8 % of those treated there are then four times as dear. */
#define XISHUI                                                                                     \
    "schema: 1\n"                                                                                  \
    "history:\n"                                                                                   \
    "  2024:\n"                                                                                    \
    "    residents.inpatient.in: {cases: 10000, paid: 10M}\n"                                      \
    "    residents.inpatient.out: {cases: 10000, paid: 40M}\n"                                     \
    "people: {residents: {count: 100000}}\n"                                                       \
    "simulation: {years: 1}\n"                                                                     \
    "demand: {emergency: {probability: 0}}\n"

static void few_dearer_cases_make_the_mean_of_a_township_dearer(void **state)
{
    (void)state;
    place before[LINES], after[LINES];
    central(XISHUI, before);
    central(XISHUI "measures: {up: {lines: residents.inpatient.out, from: 2025-01,\n"
                   "  place: {to: residents.inpatient.in, share: 5%, relative_cost: 400%}}}\n",
            after);
    assert_close(mean_ratio(before[INSIDE], after[INSIDE]), 12.0 / 10.5, 1e-8);
    assert_close(mean_ratio(before[OUTSIDE], after[OUTSIDE]), 1, 1e-8);
    assert_close(after[INSIDE].paid + after[OUTSIDE].paid,
                 before[INSIDE].paid + before[OUTSIDE].paid, 1e-8 * before[OUTSIDE].paid);
}

/* Huangzhong (Qinghai) 2013-2014: cost outside the county -22 %, a case there +14.4 %, a case in the county +20.7 %. Of
 * 10,000 cases outside at 8,000 yuan the lighter 32 % at 5,552 come back, where 9,950 cost 3,000: the others cost 9,152
 * (+14.4 %) and together 22.2 % less; in the county it is (9,950 3,000 + 3,200 5,552)/13,150 = 3,621 (+20.7 %). Both
 * means rise, and nobody became dearer. */
#define HUANGZHONG                                                                                 \
    "schema: 1\n"                                                                                  \
    "history:\n"                                                                                   \
    "  2024:\n"                                                                                    \
    "    residents.inpatient.in: {cases: 9950, paid: 29850000}\n"                                  \
    "    residents.inpatient.out: {cases: 10000, paid: 80M}\n"                                     \
    "people: {residents: {count: 100000}}\n"                                                       \
    "simulation: {years: 1}\n"                                                                     \
    "demand:\n"                                                                                    \
    "  emergency: {probability: 0}\n"                                                              \
    "  lines:\n"                                                                                   \
    "    residents.inpatient.out:\n"                                                               \
    "      levels: {heavy: {cases: 68%, cost: 9152}, light: {cases: 32%, cost: 5552}}\n"

static void lighter_cases_that_come_back_raise_both_means(void **state)
{
    (void)state;
    place before[LINES], after[LINES];
    central(HUANGZHONG, before);
    central(HUANGZHONG
            "measures: {back: {lines: residents.inpatient.out, level: light, from: 2025-01,\n"
            "  place: {to: residents.inpatient.in, share: 100%, relative_cost: 185.0666667%}}}\n",
            after);
    assert_close(mean_ratio(before[OUTSIDE], after[OUTSIDE]), 1.144, 1e-8);
    assert_close(after[OUTSIDE].paid / before[OUTSIDE].paid, 0.77792, 1e-8);
    assert_close(mean_ratio(before[INSIDE], after[INSIDE]), 47.6164 / 13.15 / 3, 1e-8);
    assert_close(after[INSIDE].paid + after[OUTSIDE].paid,
                 before[INSIDE].paid + before[OUTSIDE].paid, 1e-7 * before[OUTSIDE].paid);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(few_dearer_cases_make_the_mean_of_a_township_dearer),
        cmocka_unit_test(lighter_cases_that_come_back_raise_both_means),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
