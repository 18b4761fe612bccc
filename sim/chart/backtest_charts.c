#include "chart/backtest_charts.h"

#include "base/elementary.h"
#include "base/text.h"
#include "format/csv_writer.h"
#include "report/backtest_rows.h"

#include <stdlib.h>

#define DIGITS 8

/* Growth in one year, over the series that are forecast one year ahead and have an outcome: means but for the ends. */
typedef struct year_growth {
    size_t count;
    double outcome, outcome_low, outcome_high; /* the middle 80 % of outcomes */
    double median, low[BG_LEVEL_COUNT], high[BG_LEVEL_COUNT];
} year_growth;

static bool belongs(const bg_backtest_forecast *of, int year)
{
    return of->ahead == 1 && of->origin + 1 == year && !isnan(of->outcome);
}

static double growth(double log_growth)
{
    return bg_exp(log_growth) - 1;
}

static int compare(const void *a, const void *b)
{
    const double *left = a, *right = b;
    return (*left > *right) - (*left < *right);
}

static void add(year_growth *self, const bg_backtest_forecast *of)
{
    const bg_scored *by = &of->by[BG_BACKTEST_model];
    self->count++;
    self->outcome += growth(of->outcome);
    self->median += growth(by->median);
    for (size_t k = 0; k < BG_LEVEL_COUNT; k++) {
        self->low[k] += growth(by->low[k]);
        self->high[k] += growth(by->high[k]);
    }
}

/* `outcomes` has room for all forecasts. */
static year_growth year_of(const bg_backtest *backtest, int year, double *outcomes)
{
    year_growth self = {0};
    for (size_t i = 0; i < backtest->count; i++) {
        if (belongs(&backtest->forecast[i], year)) {
            outcomes[self.count] = growth(backtest->forecast[i].outcome);
            add(&self, &backtest->forecast[i]);
        }
    }
    if (self.count > 0) {
        qsort(outcomes, self.count, sizeof *outcomes, compare);
        self.outcome_low = outcomes[self.count / 10];
        self.outcome_high = outcomes[self.count - 1 - self.count / 10];
    }
    return self;
}

static void add_row(const year_growth *of, int year, bg_sheet *sheet)
{
    const double count = (double)of->count;
    bg_sheet_add_year(sheet, year);
    bg_sheet_add_count(sheet, of->count);
    bg_sheet_add_number(sheet, of->outcome / count);
    bg_sheet_add_number(sheet, of->outcome_low);
    bg_sheet_add_number(sheet, of->outcome_high);
    bg_sheet_add_number(sheet, of->median / count);
    for (size_t k = 0; k < BG_LEVEL_COUNT; k++) {
        bg_sheet_add_number(sheet, of->low[k] / count);
        bg_sheet_add_number(sheet, of->high[k] / count);
    }
}

static void add_columns(bg_sheet *sheet)
{
    static const char *const names[] = {"outcome", "outcome_low", "outcome_high", "median", "lo50",
                                        "hi50",    "lo80",        "hi80",         "lo95",   "hi95"};
    bg_sheet_add_column(sheet, (bg_column){.name = "year", .kind = BG_CELL_YEAR});
    bg_sheet_add_column(sheet, (bg_column){.name = "n", .kind = BG_CELL_COUNT});
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        bg_sheet_add_column(
            sheet, (bg_column){.name = names[i], .kind = BG_CELL_NUMBER, .significant = DIGITS});
    }
}

static bg_status write_years(const bg_backtest *backtest, const char *directory, bg_errors *errors)
{
    double *outcomes = calloc(backtest->count + 1, sizeof *outcomes);
    if (!outcomes) {
        return bg_no_memory(errors);
    }
    const bg_backtest_forecast *last = &backtest->forecast[backtest->count - 1];
    const int first_year = backtest->forecast[0].origin + backtest->forecast[0].ahead;
    bg_sheet sheet;
    bg_sheet_init(&sheet, "en");
    add_columns(&sheet);
    for (int year = first_year; year <= last->origin + last->ahead; year++) {
        const year_growth of = year_of(backtest, year, outcomes);
        if (of.count > 0) {
            add_row(&of, year, &sheet);
        }
    }
    free(outcomes);
    const bg_status status =
        bg_sheet_save_csv(&sheet, directory, "charts/data/backtest-all.csv", errors);
    bg_sheet_free(&sheet);
    return status;
}

static bg_status write_ranks(const bg_backtest *backtest, const char *directory, bg_errors *errors)
{
    bg_sheet sheet;
    bg_sheet_init(&sheet, "en");
    bg_status status = bg_backtest_rank_rows(backtest, &sheet, errors);
    status =
        status ? status : bg_sheet_save_csv(&sheet, directory, "charts/data/ranks-all.csv", errors);
    bg_sheet_free(&sheet);
    return status;
}

static bg_status write_title(const bg_backtest *backtest, const char *name, const char *directory,
                             bg_errors *errors)
{
    char *en = bg_text_format("%s: %zu series", name, backtest->yearly.series);
    char *zh = bg_text_format("%s：%zu个序列", name, backtest->yearly.series);
    const bg_status status =
        en && zh ? bg_chart_title_write(en, zh, directory, errors) : bg_no_memory(errors);
    free(en);
    free(zh);
    return status;
}

bg_status bg_backtest_charts(const bg_backtest *backtest, const char *name,
                             const bg_chart_options *options, bool data_alone, bg_errors *errors)
{
    bg_status status = write_title(backtest, name, options->directory, errors);
    status = status ? status : write_years(backtest, options->directory, errors);
    status = status ? status : write_ranks(backtest, options->directory, errors);
    return status || data_alone ? status : bg_chart_draw("backtest", "all", options, errors);
}
