/* What of the growth of care is ageing, in a file and in words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../support/reported.h"
#include "../../support/says.h"
#include "../../support/scenario_text.h"
#include "format/csv_writer.h"
#include "report/ageing_rows.h"

/* The relative payments of a person go from 1.75 to 1.90 and 2.05; the trend, known for sure, is 2 % a year. */
#define SCENARIO                                                                                   \
    "history: {2024: {employees.total: 100M}}\n"                                                   \
    "people: {employees: {count: 100000, growth: 0%%, growth_sd: 0%%, ageing: %s,\n"               \
    "  groups: {in_work: {share: {2024: 75%%, 2026: 65%%}},\n"                                     \
    "           retired: {share: {2024: 25%%, 2026: 35%%}, total: 4}}}}\n"                         \
    "demand: {trend: {prior: 2%%, prior_sd: 0%%}}\n"                                               \
    "budget: {growth: 5%%}\n"                                                                      \
    "simulation: {years: 2, replications: 1000}\n"

static void start(reported *self, const char *ageing, const char *language)
{
    char text[1024];
    snprintf(text, sizeof text, SCENARIO, ageing);
    start_report(self, text, language);
}

/* exp(0.02) - 1 = 2.020134 % beside 1.90/1.75 - 1 = 8.571429 % and 2.05/1.90 - 1 = 7.894737 %: growth
 * 1.0857143 x 1.0202013 - 1 = 0.107647 and 1.0789474 x 1.0202013 - 1 = 0.100744. */
static void a_row_is_a_year_of_a_scheme(void **state)
{
    (void)state;
    reported self;
    start(&self, "on_top", "en");
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    bg_sheet sheet;
    bg_sheet_init(&sheet, "en");
    assert_true(bg_ageing_known(&self.report));
    bg_ageing_rows(&self.report, &sheet);
    assert_int_equal(bg_sheet_write_csv(&sheet, stream), BG_OK);
    fclose(stream);
    assert_string_equal(text, "unit,year,growth,ageing,rest\n"
                              "employees,2025,0.107647,0.0857143,0.0219329\n"
                              "employees,2026,0.100744,0.0789474,0.0217962\n");
    bg_sheet_free(&sheet);
    free(text);
    finish_report(&self);
}

static void assert_page_says(const char *ageing, const char *language, const char *sentence,
                             const char *note)
{
    reported self;
    start(&self, ageing, language);
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    assert_int_equal(bg_report_text(&self.report, true, stream), BG_OK);
    fclose(stream);
    assert_says_among_others(text, sentence);
    assert_says_among_others(text, note);
    free(text);
    finish_report(&self);
}

/* (1.107647 x 1.100743)^(1/2) = 1.10419, (2.05/1.75)^(1/2) = 1.08233; within the trend 1.02020. */
static void the_page_says_it_in_both_languages(void **state)
{
    (void)state;
    assert_page_says("on_top", "en",
                     "From 2024 to 2026 care for an insured person grows by 10.4% a year: 8.2 "
                     "points\n    are ageing, the mix of the groups, and 2.2 all the rest.",
                     "The scenario says\n    that ageing comes on top of its trends.");
    assert_page_says("in_trend", "en", "care for an insured person grows by 2.0% a year: 8.2",
                     "Trends hold ageing");
    assert_page_says("in_trend", "zh", "其中老龄化（人群结构变化）8.2个百分点", "趋势已含以往速度");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_row_is_a_year_of_a_scheme),
        cmocka_unit_test(the_page_says_it_in_both_languages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
