#include "report/backtest_rows.h"

#include "base/elementary.h"

#define DIGITS 8

/* ---- forecasts ---- */

static double amount_of(const bg_backtest_forecast *of, double log_growth)
{
    return of->last * bg_exp(log_growth);
}

static void add_forecast(const bg_backtest *self, const bg_backtest_forecast *of, bg_sheet *sheet)
{
    const bg_scored *by = &of->by[BG_BACKTEST_model];
    const bg_observed_series *series = &self->yearly.data->series[of->series];
    bg_sheet_add_text(sheet, series->county);
    bg_sheet_add_text(sheet, series->line);
    bg_sheet_add_year(sheet, of->origin + of->ahead);
    bg_sheet_add_count(sheet, (size_t)of->ahead);
    bg_sheet_add_number(sheet, of->people);
    bg_sheet_add_amount(sheet, of->last);
    bg_sheet_add_amount(sheet, amount_of(of, of->outcome));
    bg_sheet_add_amount(sheet, amount_of(of, by->median));
    for (size_t k = 0; k < BG_LEVEL_COUNT; k++) {
        bg_sheet_add_amount(sheet, amount_of(of, by->low[k]));
        bg_sheet_add_amount(sheet, amount_of(of, by->high[k]));
    }
    bg_sheet_add_number(sheet, isnan(of->outcome) ? (double)NAN : by->rank);
}

void bg_backtest_forecast_rows(const bg_backtest *self, bg_sheet *sheet)
{
    static const bg_column columns[] = {
        {.name = "county", .kind = BG_CELL_TEXT},
        {.name = "line", .kind = BG_CELL_TEXT},
        {.name = "year", .kind = BG_CELL_YEAR},
        {.name = "ahead", .kind = BG_CELL_COUNT},
        {.name = "people", .kind = BG_CELL_NUMBER, .significant = DIGITS},
        {.name = "last_yuan", .kind = BG_CELL_AMOUNT},
        {.name = "outcome_yuan", .kind = BG_CELL_AMOUNT},
        {.name = "median_yuan", .kind = BG_CELL_AMOUNT},
        {.name = "lo50_yuan", .kind = BG_CELL_AMOUNT},
        {.name = "hi50_yuan", .kind = BG_CELL_AMOUNT},
        {.name = "lo80_yuan", .kind = BG_CELL_AMOUNT},
        {.name = "hi80_yuan", .kind = BG_CELL_AMOUNT},
        {.name = "lo95_yuan", .kind = BG_CELL_AMOUNT},
        {.name = "hi95_yuan", .kind = BG_CELL_AMOUNT},
        {.name = "rank", .kind = BG_CELL_NUMBER, .significant = DIGITS},
    };
    bg_sheet_add_columns(sheet, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < self->count; i++) {
        add_forecast(self, &self->forecast[i], sheet);
    }
}

/* ---- scores ---- */

static void add_score(const bg_backtest_group *group, const char *by, int number,
                      const bg_score *score, bg_sheet *sheet)
{
    bg_sheet_add_text(sheet, bg_backtest_method_name(group->method));
    bg_sheet_add_text(sheet, by);
    if (number) {
        bg_sheet_add_count(sheet, (size_t)number);
    } else {
        bg_sheet_add_absent(sheet);
    }
    bg_sheet_add_count(sheet, score->count);
    for (size_t k = 0; k < BG_LEVEL_COUNT; k++) {
        bg_sheet_add_estimate(sheet, BG_CELL_SHARE, score->covered[k], score->covered_error[k]);
    }
    for (size_t k = 0; k < BG_LEVEL_COUNT; k++) {
        bg_sheet_add_share(sheet, score->interval_score[k]);
    }
    bg_sheet_add_number(sheet, score->bias);
    bg_sheet_add_number(sheet, score->crps);
    bg_sheet_add_number(sheet, score->width);
}

static bg_status add_group(const bg_backtest *self, const bg_backtest_group *group, const char *by,
                           int number, bg_sheet *sheet, bg_errors *errors)
{
    bg_score score;
    const bg_status status = bg_backtest_score(self, group, &score, errors);
    if (!status && score.count > 0) {
        add_score(group, by, number, &score, sheet);
    }
    return status;
}

static bg_status add_method(const bg_backtest *self, bg_backtest_method method, bg_sheet *sheet,
                            bg_errors *errors)
{
    const int first = self->forecast[0].origin + self->forecast[0].ahead;
    const int last = self->forecast[self->count - 1].origin + self->forecast[self->count - 1].ahead;
    bg_backtest_group group = {.method = method};
    bg_status status = add_group(self, &group, "all", 0, sheet, errors);
    group.shared = true;
    status = status ? status : add_group(self, &group, "shared", 0, sheet, errors);
    group.shared = false;
    for (group.year = first; !status && group.year <= last; group.year++) {
        status = add_group(self, &group, "year", group.year, sheet, errors);
    }
    group.year = 0;
    for (group.third = 1; !status && group.third <= 3; group.third++) {
        status = add_group(self, &group, "size", group.third, sheet, errors);
    }
    group.third = 0;
    for (group.ahead = 1; !status && group.ahead <= self->options.ahead; group.ahead++) {
        status = add_group(self, &group, "ahead", group.ahead, sheet, errors);
    }
    return status;
}

bg_status bg_backtest_score_rows(const bg_backtest *self, bg_sheet *sheet, bg_errors *errors)
{
    static const bg_column columns[] = {
        {.name = "method", .kind = BG_CELL_TEXT},
        {.name = "by", .kind = BG_CELL_TEXT},
        {.name = "group", .kind = BG_CELL_COUNT},
        {.name = "n", .kind = BG_CELL_COUNT},
        {.name = "covered50", .kind = BG_CELL_SHARE, .error = "covered50_se"},
        {.name = "covered80", .kind = BG_CELL_SHARE, .error = "covered80_se"},
        {.name = "covered95", .kind = BG_CELL_SHARE, .error = "covered95_se"},
        {.name = "interval_score50", .kind = BG_CELL_SHARE},
        {.name = "interval_score80", .kind = BG_CELL_SHARE},
        {.name = "interval_score95", .kind = BG_CELL_SHARE},
        {.name = "bias", .kind = BG_CELL_NUMBER, .significant = DIGITS},
        {.name = "crps", .kind = BG_CELL_NUMBER, .significant = DIGITS},
        {.name = "median_width95", .kind = BG_CELL_NUMBER, .significant = DIGITS},
    };
    bg_sheet_add_columns(sheet, columns, sizeof columns / sizeof *columns);
    bg_status status = BG_OK;
    for (bg_backtest_method m = 0; !status && m < BG_BACKTEST_METHOD_COUNT; m++) {
        status = add_method(self, m, sheet, errors);
    }
    return status;
}

bg_status bg_backtest_rank_rows(const bg_backtest *self, bg_sheet *sheet, bg_errors *errors)
{
    static const bg_column columns[] = {
        {.name = "method", .kind = BG_CELL_TEXT},     {.name = "low", .kind = BG_CELL_NUMBER},
        {.name = "high", .kind = BG_CELL_NUMBER},     {.name = "n", .kind = BG_CELL_COUNT},
        {.name = "expected", .kind = BG_CELL_NUMBER},
    };
    bg_status status = BG_OK;
    bg_sheet_add_columns(sheet, columns, sizeof columns / sizeof *columns);
    for (bg_backtest_method m = BG_BACKTEST_model; !status && m <= BG_BACKTEST_alone; m++) {
        const bg_backtest_group group = {.method = m};
        bg_score score;
        status = bg_backtest_score(self, &group, &score, errors);
        for (size_t i = 0; !status && i < BG_RANKS; i++) {
            bg_sheet_add_text(sheet, bg_backtest_method_name(m));
            bg_sheet_add_number(sheet, (double)i / BG_RANKS);
            bg_sheet_add_number(sheet, (double)(i + 1) / BG_RANKS);
            bg_sheet_add_count(sheet, score.rank[i]);
            bg_sheet_add_number(sheet, (double)score.count / BG_RANKS);
        }
    }
    return status;
}
