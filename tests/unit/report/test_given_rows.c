/* How much it is once it happens, as it is written: beside the same taken from the draws one by one. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../support/reported.h"
#include "format/csv_writer.h"
#include "report/given_rows.h"

enum { FUTURES = 1000, WORST = FUTURES / 20 };

/* Nothing is shared: the fund pays its budget of 100 and 10 million, the community bears and keeps the rest. */
static const char unshared[] = "history: {2024: {residents.total: 100M, employees.total: 10M}}\n"
                               "people: {residents: 100000, employees: 3000}\n"
                               "budget: {growth: 0%, funds: {}}\n"
                               "settlement: [{clear: {}}]\n"
                               "simulation: {years: 1, replications: 1000}\n";

static int rising(const void *a, const void *b)
{
    const bg_fen x = *(const bg_fen *)a, y = *(const bg_fen *)b;
    return (x > y) - (x < y);
}

static void rows_are_means_of_the_futures_with_the_event(void **state)
{
    (void)state;
    reported self;
    start_report(&self, unshared, "en");
    const bg_fen *overspend = projected_draws(&self.projected, 0, 0, "overspend");
    double sum = 0, squares = 0;
    size_t hits = 0;
    for (size_t i = 0; i < FUTURES; i++) {
        hits += overspend[i] > 0;
        sum += (double)overspend[i];
    }
    const double mean = sum / (double)hits;
    for (size_t i = 0; i < FUTURES; i++) {
        squares += overspend[i] > 0 ? pow((double)overspend[i] - mean, 2) : 0;
    }
    const double se = sqrt(squares / (double)(hits - 1) / (double)hits);
    char *text = NULL, expected[256];
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    assert_non_null(stream);
    bg_sheet sheet;
    bg_sheet_init(&sheet, "en");
    bg_given_rows(&self.report, "yuan", &sheet);
    assert_int_equal(bg_sheet_write_csv(&sheet, stream), BG_OK);
    bg_sheet_free(&sheet);
    fclose(stream);
    snprintf(expected, sizeof expected, "residents,2025,overspend,overspend,%zu,%.4f,%.4f\n", hits,
             mean / 100, se / 100);
    assert_true(hits > 100 && hits < 900);
    assert_non_null(strstr(text, "unit,year,outcome,event,hits,mean_yuan,mean_se_yuan\n"));
    assert_non_null(strstr(text, expected));
    free(text);
    finish_report(&self);
}

/* The line of the table under this heading that begins with the year. */
static const char *line_under(const char *text, const char *heading, int skip)
{
    const char *at = text;
    for (int i = 0; i <= skip; i++) {
        at = strstr(at, heading);
        assert_non_null(at);
        at++;
    }
    at = strstr(at, "2025 ");
    assert_non_null(at);
    return at;
}

/* Of all schemes the worst futures are those of the sum, and the fund pays both budgets whatever happens. */
static void the_report_tells_the_worst_of_the_sum(void **state)
{
    (void)state;
    reported self;
    start_report(&self, unshared, "en");
    bg_fen sum[FUTURES];
    double worst = 0, apart = 0;
    for (size_t i = 0; i < FUTURES; i++) {
        sum[i] = 0;
    }
    for (size_t scheme = 0; scheme < 2; scheme++) {
        bg_fen own[FUTURES];
        const bg_fen *result = projected_draws(&self.projected, scheme, 0, "result");
        memcpy(own, result, sizeof own);
        qsort(own, FUTURES, sizeof *own, rising);
        for (size_t i = 0; i < FUTURES; i++) {
            sum[i] += result[i];
            apart += i < WORST ? (double)own[i] / WORST : 0;
        }
    }
    qsort(sum, FUTURES, sizeof *sum, rising);
    for (size_t i = 0; i < WORST; i++) {
        worst += (double)sum[i] / WORST;
    }
    assert_true(apart < worst);
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    assert_non_null(stream);
    assert_int_equal(bg_report_text(&self.report, true, stream), BG_OK);
    fclose(stream);
    double once = 0, once_error = 0, paid = 0, read = 0;
    const char *line = line_under(text, "Community, worst 5%", 2);
    assert_int_equal(sscanf(line, "2025 %lf ±%lf %lf %lf", &once, &once_error, &paid, &read), 4);
    assert_true(paid == 110 && fabs(read - worst / 1e8) < 0.5);
    assert_true(fabs(apart / 1e8 - worst / 1e8) > 0.5);
    free(text);
    finish_report(&self);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_means_of_the_futures_with_the_event),
        cmocka_unit_test(the_report_tells_the_worst_of_the_sum),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
