/* The CSV tables of a run; sim/report/README.md lists their columns. */
#include "format/csv_writer.h"
#include "report/account_rows.h"
#include "report/ageing_rows.h"
#include "report/contribution_rows.h"
#include "report/due_rows.h"
#include "report/fund_rows.h"
#include "report/given_rows.h"
#include "report/incentive_rows.h"
#include "report/pool_rows.h"
#include "report/purpose_rows.h"
#include "report/response_rows.h"
#include "report/score_rows.h"
#include "report/tier_rows.h"
#include "study/outturn.h"
#include "study/tiers.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

/* Means and errors of money have more digits than money itself. */
enum { MEAN_DECIMALS = 4 };

typedef void table_builder(const bg_report *report, bg_sheet *sheet);
typedef void table_in_unit(const bg_report *report, const char *unit, bg_sheet *sheet);

/* The columns of every table of units and years, then those of its own. */
static void begin(bg_sheet *sheet, const bg_column *columns, size_t count)
{
    bg_sheet_add_column(sheet, (bg_column){.name = "unit", .kind = BG_CELL_TEXT});
    bg_sheet_add_column(sheet, (bg_column){.name = "year", .kind = BG_CELL_YEAR});
    bg_sheet_add_columns(sheet, columns, count);
}

static void add_place(bg_sheet *sheet, const char *unit, int year)
{
    bg_sheet_add_text(sheet, unit);
    bg_sheet_add_year(sheet, year);
}

static void build_history(const bg_report *report, bg_sheet *sheet)
{
    static const bg_column columns[] = {{.name = "expense_yuan", .kind = BG_CELL_FEN},
                                        {.name = "completion", .kind = BG_CELL_RATE}};
    const bg_history *history = &report->model->contract.history;
    begin(sheet, columns, COUNT(columns));
    for (size_t i = 0; i < history->scheme_count; i++) {
        for (size_t j = 0; j < history->year_count; j++) {
            add_place(sheet, history->scheme[i].name, history->year[j]);
            bg_sheet_add_fen(sheet, history->scheme[i].paid_fen[j]);
            bg_sheet_add_rate(sheet, history->completion[j]);
        }
    }
}

/* The funds of all schemes have the same names. */
static void build_budget(const bg_report *report, bg_sheet *sheet)
{
    static const bg_column columns[] = {{.name = "growth", .kind = BG_CELL_RATE},
                                        {.name = "opening_total_yuan", .kind = BG_CELL_FEN},
                                        {.name = "total_yuan", .kind = BG_CELL_FEN},
                                        {.name = "payable_yuan", .kind = BG_CELL_FEN}};
    const bg_model *model = report->model;
    const size_t funds = bg_budget_fund_count(model->contract.terms[0]);
    begin(sheet, columns, COUNT(columns));
    for (size_t i = 0; i < funds; i++) {
        const char *name =
            bg_sheet_keep(sheet, "fund_%s_yuan", bg_budget_fund(model->contract.terms[0], i)->name);
        bg_sheet_add_column(sheet, (bg_column){.name = name, .kind = BG_CELL_FEN});
    }
    for (size_t i = 0; i < report->budget->schemes; i++) {
        for (size_t j = 0; j < report->budget->years; j++) {
            const bg_budget_year *year = bg_budgets_year(report->budget, i, j);
            add_place(sheet, model->contract.history.scheme[i].name, year->year);
            bg_sheet_add_rate(sheet, year->growth);
            bg_sheet_add_fen(sheet, year->opening_total);
            bg_sheet_add_fen(sheet, year->total);
            bg_sheet_add_fen(sheet, year->payable);
            for (size_t k = 0; k < funds; k++) {
                bg_sheet_add_fen(sheet, year->fund[k]);
            }
        }
    }
}

static void build_instalments(const bg_report *report, bg_sheet *sheet)
{
    static const bg_column columns[] = {{.name = "month", .kind = BG_CELL_COUNT},
                                        {.name = "instalment_yuan", .kind = BG_CELL_FEN}};
    begin(sheet, columns, COUNT(columns));
    for (size_t i = 0; i < report->budget->schemes; i++) {
        for (size_t j = 0; j < report->budget->years; j++) {
            const bg_budget_year *year = bg_budgets_year(report->budget, i, j);
            for (size_t month = 0; month < 12; month++) {
                add_place(sheet, report->model->contract.history.scheme[i].name, year->year);
                bg_sheet_add_count(sheet, month + 1);
                bg_sheet_add_fen(sheet, year->instalment[month]);
            }
        }
    }
}

/* q01 to q99, with the ends of their intervals where `ends`. */
static void add_quantile_columns(bg_sheet *sheet, size_t first, size_t last, bool ends)
{
    static const char *const parts[] = {"", "_low", "_high"};
    for (size_t i = first; i <= last; i++) {
        const int percent = (int)(100 * bg_quantile_levels[i] + 0.5);
        for (size_t part = 0; part < (ends ? COUNT(parts) : 1); part++) {
            const char *name = bg_sheet_keep(sheet, "q%02d%s", percent, parts[part]);
            bg_sheet_add_column(sheet, (bg_column){.name = name, .kind = BG_CELL_FEN});
        }
    }
}

/* To the fen: a quantile of very many futures is read off bins and need not be whole. */
static void add_quantiles(bg_sheet *sheet, const bg_statistics *s, size_t first, size_t last,
                          bool ends)
{
    for (size_t i = first; i <= last; i++) {
        const bg_quantile *q = &s->quantile[i];
        bg_sheet_add_fen(sheet, (bg_fen)q->value);
        if (ends && q->has_interval) {
            bg_sheet_add_fen(sheet, (bg_fen)q->low);
            bg_sheet_add_fen(sheet, (bg_fen)q->high);
        } else if (ends) {
            bg_sheet_add_absent(sheet);
            bg_sheet_add_absent(sheet);
        }
    }
}

static void add_statistics(bg_sheet *sheet, bg_fen central, const bg_statistics *s)
{
    bg_sheet_add_fen(sheet, central);
    bg_sheet_add_estimate(sheet, BG_CELL_AMOUNT, s->mean, s->mean_se);
    bg_sheet_add_amount(sheet, s->sd);
    add_quantiles(sheet, s, BG_Q01, BG_Q99, true);
    bg_sheet_add_estimate(sheet, BG_CELL_AMOUNT, s->tvar_lower, s->tvar_lower_se);
    bg_sheet_add_estimate(sheet, BG_CELL_AMOUNT, s->tvar_upper, s->tvar_upper_se);
    bg_sheet_add_fen(sheet, s->minimum);
    bg_sheet_add_fen(sheet, s->maximum);
}

#define MEAN                                                                                       \
    {                                                                                              \
        .name = "mean", .kind = BG_CELL_AMOUNT, .error = "mean_se", .decimals = MEAN_DECIMALS      \
    }

static void build_outcomes(const bg_report *report, bg_sheet *sheet)
{
    static const bg_column before[] = {
        {.name = "outcome", .kind = BG_CELL_TEXT},
        {.name = "central", .kind = BG_CELL_FEN},
        MEAN,
        {.name = "sd", .kind = BG_CELL_AMOUNT, .decimals = MEAN_DECIMALS}};
    static const bg_column behind[] = {{.name = "tvar_lower",
                                        .kind = BG_CELL_AMOUNT,
                                        .error = "tvar_lower_se",
                                        .decimals = MEAN_DECIMALS},
                                       {.name = "tvar_upper",
                                        .kind = BG_CELL_AMOUNT,
                                        .error = "tvar_upper_se",
                                        .decimals = MEAN_DECIMALS},
                                       {.name = "minimum", .kind = BG_CELL_FEN},
                                       {.name = "maximum", .kind = BG_CELL_FEN}};
    const bg_projection *p = report->projection;
    begin(sheet, before, COUNT(before));
    add_quantile_columns(sheet, BG_Q01, BG_Q99, true);
    bg_sheet_add_columns(sheet, behind, COUNT(behind));
    for (size_t i = 0; i < bg_projection_unit_count(p); i++) {
        for (size_t j = 0; j < bg_projection_year_count(p); j++) {
            for (size_t k = 0; k < bg_projection_outcome_count(p); k++) {
                add_place(sheet, bg_projection_unit(p, i), bg_projection_year(p, j));
                bg_sheet_add_text(sheet, bg_projection_outcome(p, k));
                add_statistics(sheet, bg_projection_central(p, i, j, k),
                               bg_projection_statistics(p, i, j, k));
            }
        }
    }
}

static void add_probability(bg_sheet *sheet, const char *event, bg_probability p)
{
    bg_sheet_add_text(sheet, event);
    bg_sheet_add_count(sheet, p.n);
    bg_sheet_add_count(sheet, p.hits);
    bg_sheet_add_interval(sheet, BG_CELL_SHARE, p.estimate, p.low, p.high);
}

static void add_probabilities(bg_sheet *sheet, const bg_projection *p, size_t unit)
{
    for (bg_event event = 0; event < BG_EVENT_COUNT; event++) {
        for (size_t year = 0; year < bg_projection_year_count(p); year++) {
            add_place(sheet, bg_projection_unit(p, unit), bg_projection_year(p, year));
            add_probability(sheet, bg_event_name(event),
                            bg_projection_probability(p, unit, year, event));
        }
        bg_sheet_add_text(sheet, bg_projection_unit(p, unit));
        bg_sheet_add_text(sheet, "ever");
        add_probability(sheet, bg_event_name(event),
                        bg_projection_probability_ever(p, unit, event));
    }
}

/* Of a side of a scheme, or of any: a band in each year, then in any. */
static void add_bands(bg_sheet *sheet, const bg_report *report, size_t unit, bool of_overspend)
{
    const bg_projection *p = report->projection;
    const size_t years = bg_projection_year_count(p);
    const int bands = (int)bg_model_band_count(report->model, of_overspend);
    char name[BG_BAND_NAME];
    for (int i = 1; i <= bands; i++) {
        const int band = of_overspend ? -i : i;
        bg_band_name(band, name);
        for (size_t year = 0; year <= years; year++) {
            bg_sheet_add_text(sheet, bg_projection_unit(p, unit));
            if (year < years) {
                bg_sheet_add_year(sheet, bg_projection_year(p, year));
            } else {
                bg_sheet_add_text(sheet, "ever");
            }
            add_probability(sheet, bg_sheet_keep(sheet, "%s", name),
                            bg_projection_band(p, unit, year, band));
        }
    }
}

static void build_probabilities(const bg_report *report, bg_sheet *sheet)
{
    static const bg_column columns[] = {
        {.name = "event", .kind = BG_CELL_TEXT},
        {.name = "n", .kind = BG_CELL_COUNT},
        {.name = "hits", .kind = BG_CELL_COUNT},
        {.name = "estimate", .kind = BG_CELL_SHARE, .low = "low", .high = "high"}};
    const bg_projection *p = report->projection;
    const size_t units = bg_projection_unit_count(p);
    begin(sheet, columns, COUNT(columns));
    for (size_t i = 0; i < units; i++) {
        add_probabilities(sheet, p, i);
    }
    if (units > 1) {
        add_probabilities(sheet, p, bg_projection_unit_any(p));
    }
    const size_t schemes = report->model->contract.history.scheme_count;
    for (size_t i = 0; i < schemes + (schemes > 1); i++) {
        const size_t unit = i < schemes ? i : bg_projection_unit_any(p);
        add_bands(sheet, report, unit, false);
        add_bands(sheet, report, unit, true);
    }
}

static void build_cash(const bg_report *report, bg_sheet *sheet)
{
    static const bg_column columns[] = {
        {.name = "month", .kind = BG_CELL_COUNT}, {.name = "central", .kind = BG_CELL_FEN}, MEAN};
    const bg_projection *p = report->projection;
    begin(sheet, columns, COUNT(columns));
    add_quantile_columns(sheet, BG_Q05, BG_Q95, false);
    for (size_t i = 0; i < bg_projection_unit_count(p); i++) {
        for (size_t j = 0; j < 12 * bg_projection_year_count(p); j++) {
            const bg_statistics *s = bg_projection_cash(p, i, j / 12, j % 12);
            add_place(sheet, bg_projection_unit(p, i), bg_projection_year(p, j / 12));
            bg_sheet_add_count(sheet, j % 12 + 1);
            bg_sheet_add_fen(sheet, bg_projection_central_cash(p, i, j / 12, j % 12));
            bg_sheet_add_estimate(sheet, BG_CELL_AMOUNT, s->mean, s->mean_se);
            add_quantiles(sheet, s, BG_Q05, BG_Q95, false);
        }
    }
}

static void build_convergence(const bg_report *report, bg_sheet *sheet)
{
    static const bg_column columns[] = {
        {.name = "outcome", .kind = BG_CELL_TEXT}, {.name = "n", .kind = BG_CELL_COUNT}, MEAN};
    const bg_projection *p = report->projection;
    begin(sheet, columns, COUNT(columns));
    for (size_t i = 0; i < bg_projection_unit_count(p); i++) {
        for (size_t j = 0; j < bg_projection_year_count(p); j++) {
            for (size_t k = 0; k < BG_OUTCOME_COUNT; k++) {
                size_t n[4];
                double mean[4], error[4];
                bg_projection_convergence(p, i, j, k, n, mean, error);
                for (size_t row = 0; row < 4; row++) {
                    add_place(sheet, bg_projection_unit(p, i), bg_projection_year(p, j));
                    bg_sheet_add_text(sheet, bg_projection_outcome(p, k));
                    bg_sheet_add_count(sheet, n[row]);
                    bg_sheet_add_estimate(sheet, BG_CELL_AMOUNT, mean[row], error[row]);
                }
            }
        }
    }
}

static void build_published(const bg_report *report, bg_sheet *sheet)
{
    static const bg_column columns[] = {
        {.name = "year", .kind = BG_CELL_YEAR},
        {.name = "method", .kind = BG_CELL_TEXT},
        {.name = "expense_yuan", .kind = BG_CELL_AMOUNT, .decimals = MEAN_DECIMALS}};
    bg_published list[20];
    size_t count = bg_published_read(report->model, report->projection, list, COUNT(list));
    bg_sheet_add_columns(sheet, columns, COUNT(columns));
    for (size_t i = 0; i < count; i++) {
        if (list[i].has_expense) {
            bg_sheet_add_year(sheet, list[i].year);
            bg_sheet_add_text(sheet, "published");
            bg_sheet_add_fen(sheet, list[i].expense.published);
        }
        for (bg_forecast j = 0; j < BG_FORECAST_COUNT; j++) {
            bg_sheet_add_year(sheet, list[i].year);
            bg_sheet_add_text(sheet, bg_forecast_name(j));
            bg_sheet_add_amount(sheet, list[i].forecast[j]);
        }
    }
}

static const bg_contribution_form of_changes = {.unit = "yuan", .all = "all"};

static void build_contributions(const bg_report *report, bg_sheet *sheet)
{
    bg_contribution_columns(&of_changes, sheet);
    bg_contribution_rows(report->contributions, report->projection, &of_changes, NULL, sheet);
}

static void build_outlays(const bg_report *report, bg_sheet *sheet)
{
    bg_net_columns(&of_changes, sheet);
    bg_net_rows(report->contributions, report->projection, &of_changes, NULL, sheet);
}

static bool always(const bg_report *report)
{
    (void)report;
    return true;
}

static bool where_something_changes(const bg_report *report)
{
    return report->contributions && report->contributions->count > 0;
}

static bool where_something_costs(const bg_report *report)
{
    return bg_net_known(report->contributions);
}

static bool where_tiers_have_edges(const bg_report *report)
{
    return bg_tiers_with_edges(report->model);
}

static bool where_bands_are_open(const bg_report *report)
{
    return bg_tiers_open(report->model);
}

static bool where_the_score_moves(const bg_report *report)
{
    return bg_model_has_score(report->model);
}

static const struct {
    const char *name;
    table_builder *build;
    table_in_unit *in_yuan; /* or that */
    bool (*wanted)(const bg_report *report);
} tables[] = {
    {"history.csv", build_history, NULL, always},
    {"budget.csv", build_budget, NULL, always},
    {"instalments.csv", build_instalments, NULL, always},
    {"outcomes.csv", build_outcomes, NULL, always},
    {"probabilities.csv", build_probabilities, NULL, always},
    {"monthly_cash.csv", build_cash, NULL, always},
    {"published.csv", build_published, NULL, always},
    {"convergence.csv", build_convergence, NULL, always},
    {"funds.csv", NULL, bg_fund_rows, always},
    {"pool.csv", NULL, bg_pool_rows, always},
    {"given.csv", NULL, bg_given_rows, always},
    {"contributions.csv", build_contributions, NULL, where_something_changes},
    {"outlays.csv", build_outlays, NULL, where_something_costs},
    {"score.csv", bg_score_rows, NULL, where_the_score_moves},
    {"tiers.csv", NULL, bg_tier_rows, where_tiers_have_edges},
    {"readings.csv", NULL, bg_reading_rows, where_bands_are_open},
    {"incentive.csv", bg_incentive_rows, NULL, bg_incentive_known},
    {"due.csv", NULL, bg_due_rows, bg_due_known},
    {"purposes.csv", NULL, bg_purpose_rows, bg_purposes_pay},
    {"response.csv", NULL, bg_response_rows, bg_response_known},
    {"accounts.csv", NULL, bg_account_rows, bg_accounts_known},
    {"case_margins.csv", NULL, bg_case_margin_rows, bg_accounts_known},
    {"ageing.csv", bg_ageing_rows, NULL, bg_ageing_known},
};

size_t bg_report_table_count(void)
{
    return COUNT(tables);
}

const char *bg_report_table_name(size_t table)
{
    return tables[table].name;
}

bool bg_report_has_table(const bg_report *self, size_t table)
{
    return tables[table].wanted(self);
}

void bg_report_table_fill(const bg_report *self, size_t table, bg_sheet *sheet)
{
    if (tables[table].build) {
        tables[table].build(self, sheet);
    } else {
        tables[table].in_yuan(self, "yuan", sheet);
    }
}

bg_status bg_report_csv(const bg_report *self, const char *directory, bg_errors *errors)
{
    bg_status status = BG_OK;
    for (size_t i = 0; i < COUNT(tables) && status == BG_OK; i++) {
        if (!tables[i].wanted(self)) {
            continue;
        }
        bg_sheet sheet;
        bg_sheet_init(&sheet, self->language);
        bg_report_table_fill(self, i, &sheet);
        status = bg_sheet_save_csv(&sheet, directory, tables[i].name, errors);
        bg_sheet_free(&sheet);
    }
    return status;
}
