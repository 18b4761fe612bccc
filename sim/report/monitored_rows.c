/* A running year as tables for programs. */
#include "format/json.h"
#include "format/json_writer.h"
#include "report/monitored.h"
#include "statistics/uncertainty.h"

#include <math.h>

enum { MONTHS = BG_YEAR_MONTHS };

/* 2.5, 10, 50, 90 and 97.5 %. */
static const double levels[] = {-BG_NORMAL_975, -1.2815515655446004, 0, 1.2815515655446004,
                                BG_NORMAL_975};

enum { LEVELS = sizeof levels / sizeof *levels };

static void add_amount_column(bg_sheet *sheet, const char *name, const char *unit)
{
    bg_sheet_add_column(sheet, (bg_column){.name = bg_sheet_keep(sheet, "%s_%s", name, unit),
                                           .kind = BG_CELL_AMOUNT});
}

static void add_columns(bg_sheet *sheet, bg_cell_kind kind, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bg_sheet_add_column(sheet, (bg_column){.name = names[i], .kind = kind});
    }
}

static void add_year_columns(bg_sheet *sheet, const char *unit)
{
    static const char *const amounts[] = {"mean", "q025", "q10", "q50", "q90", "q975"};
    for (size_t i = 0; i < sizeof amounts / sizeof *amounts; i++) {
        add_amount_column(sheet, amounts[i], unit);
    }
}

static void add_year(bg_sheet *sheet, const bg_lognormal *year)
{
    bg_sheet_add_amount(sheet, year->mean);
    for (size_t i = 0; i < LEVELS; i++) {
        bg_sheet_add_amount(sheet, bg_lognormal_at(year, levels[i]));
    }
}

/* Nothing stands for what is not known. */
static void add_known(bg_sheet *sheet, double amount)
{
    bg_sheet_add_amount(sheet, amount > 0 ? amount : NAN);
}

void bg_monitored_rows(const bg_monitor *self, const char *unit, bg_sheet *sheet)
{
    static const char *const amounts[] = {
        "budget",           "payable",       "overspend_from", "known",        "to_date",
        "expected_to_date", "rest_allowed",  "rest_expected",  "rest_likely",  "to_date_last_year",
        "rest_last_year",   "result_at_q10", "result_at_q50",  "result_at_q90"};
    static const char *const shares[] = {"p_overspend", "p_over_budget", "carried"};
    bg_sheet_add_column(sheet, (bg_column){.name = "unit", .kind = BG_CELL_TEXT});
    bg_sheet_add_column(sheet, (bg_column){.name = "year", .kind = BG_CELL_YEAR});
    bg_sheet_add_column(sheet, (bg_column){.name = "months", .kind = BG_CELL_COUNT});
    bg_sheet_add_column(sheet, (bg_column){.name = "light", .kind = BG_CELL_TEXT});
    bg_sheet_add_column(sheet, (bg_column){.name = "light_since_month", .kind = BG_CELL_COUNT});
    add_columns(sheet, BG_CELL_SHARE, shares, sizeof shares / sizeof *shares);
    add_year_columns(sheet, unit);
    for (size_t i = 0; i < sizeof amounts / sizeof *amounts; i++) {
        add_amount_column(sheet, amounts[i], unit);
    }
    for (size_t u = 0; u < self->units; u++) {
        const bg_monitor_unit *of = &self->unit[u];
        const bg_monitor_end *now = &of->end[self->to_date.months];
        bg_sheet_add_text(sheet, of->name);
        bg_sheet_add_year(sheet, self->to_date.year);
        bg_sheet_add_count(sheet, self->to_date.months);
        bg_sheet_add_text(sheet, bg_light_name(now->light));
        bg_sheet_add_count(sheet, of->turned);
        bg_sheet_add_share(sheet, now->overspend);
        bg_sheet_add_share(sheet, now->over_budget);
        bg_sheet_add_share(sheet, of->carried);
        add_year(sheet, &now->year);
        bg_sheet_add_amount(sheet, (double)of->line.budget);
        bg_sheet_add_amount(sheet, (double)of->line.payable);
        bg_sheet_add_amount(sheet, (double)of->line.line);
        bg_sheet_add_amount(sheet, of->known);
        bg_sheet_add_amount(sheet, of->to_date);
        bg_sheet_add_amount(sheet, of->expected_to_date);
        bg_sheet_add_amount(sheet, of->rest_allowed);
        bg_sheet_add_amount(sheet, of->rest_expected);
        bg_sheet_add_amount(sheet, of->rest_likely);
        add_known(sheet, of->to_date_last);
        add_known(sheet, of->rest_last);
        for (size_t i = 0; i < BG_RESULTS_AT; i++) {
            bg_sheet_add_amount(sheet, u < self->prior.schemes ? (double)of->result[i] : NAN);
        }
    }
}

/* Of a unit in a month, from 1; 0 of number 0. */
static double amount_in(const bg_monitor *self, const double *amounts, size_t unit, size_t month)
{
    return month > 0 ? bg_month_prior_sum(&self->prior, unit, amounts, month - 1, month) : 0;
}

static void add_rates(bg_sheet *sheet, const bg_alarm_rates *rates)
{
    bg_sheet_add_share(sheet, rates->amber.estimate);
    bg_sheet_add_share(sheet, rates->red.estimate);
    bg_sheet_add_share(sheet, rates->red_in_vain.estimate);
    bg_sheet_add_share(sheet, rates->missed.estimate);
}

static void add_end(const bg_monitor *self, size_t unit, size_t end, bg_sheet *sheet)
{
    const bg_monitor_unit *of = &self->unit[unit];
    const bool known = end <= self->to_date.months;
    bg_sheet_add_text(sheet, of->name);
    bg_sheet_add_year(sheet, self->to_date.year);
    bg_sheet_add_count(sheet, end);
    bg_sheet_add_flag(sheet, known);
    bg_sheet_add_amount(sheet, amount_in(self, self->paid, unit, end));
    bg_sheet_add_amount(sheet, amount_in(self, self->prior.expected, unit, end));
    if (known) {
        add_year(sheet, &of->end[end].year);
        bg_sheet_add_share(sheet, of->end[end].overspend);
        bg_sheet_add_share(sheet, of->end[end].over_budget);
        bg_sheet_add_text(sheet, bg_light_name(of->end[end].light));
    } else {
        for (size_t i = 0; i < LEVELS + 1 + 3; i++) {
            bg_sheet_add_absent(sheet);
        }
    }
    if (end > 0) {
        add_rates(sheet, &of->alarm.at[end - 1]);
    }
    bg_sheet_end_row(sheet);
}

void bg_monitored_month_rows(const bg_monitor *self, const char *unit, bg_sheet *sheet)
{
    static const char *const chances[] = {"p_overspend", "p_over_budget"};
    static const char *const rates[] = {"as_expected_amber", "as_expected_red", "red_in_vain",
                                        "green_missed"};
    bg_sheet_add_column(sheet, (bg_column){.name = "unit", .kind = BG_CELL_TEXT});
    bg_sheet_add_column(sheet, (bg_column){.name = "year", .kind = BG_CELL_YEAR});
    bg_sheet_add_column(sheet, (bg_column){.name = "month", .kind = BG_CELL_COUNT});
    bg_sheet_add_column(sheet, (bg_column){.name = "known", .kind = BG_CELL_FLAG});
    add_amount_column(sheet, "paid", unit);
    add_amount_column(sheet, "expected", unit);
    add_year_columns(sheet, unit);
    add_columns(sheet, BG_CELL_SHARE, chances, sizeof chances / sizeof *chances);
    bg_sheet_add_column(sheet, (bg_column){.name = "light", .kind = BG_CELL_TEXT});
    add_columns(sheet, BG_CELL_SHARE, rates, sizeof rates / sizeof *rates);
    for (size_t u = 0; u < self->units; u++) {
        for (size_t end = 0; end <= MONTHS; end++) {
            add_end(self, u, end, sheet);
        }
    }
}

/* ---- chart ---- */

/* Amounts since January. */
static void add_point(const bg_monitor *self, size_t unit, size_t end, bg_sheet *sheet)
{
    const bg_monitor_unit *of = &self->unit[unit];
    const size_t months = self->to_date.months;
    bg_lognormal paid[BG_MONITOR_UNITS];
    bg_watch_look_until(&self->watch, months, self->to_date.seen[months - 1], end, paid);
    bg_sheet_add_count(sheet, end);
    bg_sheet_add_amount(sheet, end <= months ? paid[unit].mean : NAN);
    bg_sheet_add_amount(sheet,
                        bg_month_prior_sum(&self->prior, unit, self->prior.expected, 0, end));
    for (size_t i = 0; i < LEVELS; i++) {
        bg_sheet_add_amount(sheet, end < months ? NAN : bg_lognormal_at(&paid[unit], levels[i]));
    }
    bg_sheet_add_amount(sheet, (double)of->line.line);
    bg_sheet_add_amount(sheet, (double)of->line.budget);
}

void bg_monitored_chart_rows(const bg_monitor *self, size_t unit, bg_sheet *sheet)
{
    static const char *const amounts[] = {"paid", "expected", "q025", "q10",   "q50",
                                          "q90",  "q975",     "line", "budget"};
    bg_sheet_add_column(sheet, (bg_column){.name = "month", .kind = BG_CELL_COUNT});
    for (size_t i = 0; i < sizeof amounts / sizeof *amounts; i++) {
        add_amount_column(sheet, amounts[i], "yuan");
    }
    for (size_t end = 0; end <= MONTHS; end++) {
        add_point(self, unit, end, sheet);
    }
}

/* ---- JSON ---- */

static json_t *rows_of(const bg_monitor *self,
                       void rows(const bg_monitor *, const char *, bg_sheet *))
{
    bg_sheet sheet;
    bg_sheet_init(&sheet, "en");
    rows(self, "fen", &sheet);
    json_t *list = bg_sheet_json(&sheet);
    bg_sheet_free(&sheet);
    return list;
}

static json_t *alarms_of(const bg_monitor *self)
{
    json_t *list = json_array();
    for (size_t u = 0; u < self->units; u++) {
        const bg_alarm *alarm = &self->unit[u].alarm;
        const bg_alarm_rates *ever = &alarm->ever;
        bg_json_append(&list, json_pack("{s:s, s:I, s:b, s:o, s:o, s:o, s:o, s:o}", "unit",
                                        self->unit[u].name, "years", (json_int_t)alarm->years,
                                        "overspends_as_expected", alarm->overspends,
                                        "as_expected_amber", bg_json_number(ever->amber.estimate),
                                        "as_expected_red", bg_json_number(ever->red.estimate),
                                        "red_in_vain", bg_json_number(ever->red_in_vain.estimate),
                                        "green_missed", bg_json_number(ever->missed.estimate),
                                        "red_by_5", bg_json_number(alarm->red_by_5)));
    }
    return list;
}

static json_t *run_off_of(const bg_monitor *self)
{
    json_t *list = json_array();
    for (size_t lag = 0; lag < MONTHS; lag++) {
        const size_t later = lag + self->to_date.delay;
        bg_json_append(&list, json_pack("{s:I, s:f, s:f}", "months_later", (json_int_t)later,
                                        "share", self->watch.run_off.share[lag], "sd",
                                        sqrt(self->watch.run_off.variance[lag])));
    }
    return list;
}

json_t *bg_monitored_json(const bg_monitor *self)
{
    return json_pack(
        "{s:i, s:I, s:b, s:f, s:f, s:f, s:o, s:o, s:o, s:o}", "year", self->to_date.year, "months",
        (json_int_t)self->to_date.months, "run_off", self->to_date.run_off, "month_noise",
        self->prior.noise, "amber_from", self->bounds.amber, "red_from", self->bounds.red, "units",
        rows_of(self, bg_monitored_rows), "month_ends", rows_of(self, bg_monitored_month_rows),
        "lights_in_any_month", alarms_of(self), "completion", run_off_of(self));
}
