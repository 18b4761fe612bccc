#include "report/area.h"

#include "contract/money_unit.h"
#include "format/csv_writer.h"
#include "format/text_writer.h"
#include "report/contribution_rows.h"
#include "report/label.h"
#include "report/text_page.h"
#include "statistics/uncertainty.h"
#include "study/pool_year.h"

#include <string.h>

#define COUNT(list) (sizeof(list) / sizeof *(list))

static size_t parties(const bg_area_report *self)
{
    return self->model->area.count + 1;
}

static bool is_whole(const bg_area_report *self, size_t party)
{
    return party == self->model->area.count;
}

static const char *name_of(const bg_area_report *self, size_t party)
{
    return is_whole(self, party) ? "all" : self->model->area.member[party].name;
}

/* ---- tables for programs ---- */

static void add_place(const bg_area_report *self, size_t party, size_t unit, size_t year,
                      bg_sheet *sheet)
{
    const bg_projection *of = self->projection[party];
    bg_sheet_add_text(sheet, name_of(self, party));
    bg_sheet_add_text(sheet, bg_projection_unit(of, unit));
    bg_sheet_add_year(sheet, bg_projection_year(of, year));
}

static void add_outcome(const bg_area_report *self, size_t party, size_t unit, size_t year,
                        size_t outcome, bg_sheet *sheet)
{
    const bg_projection *of = self->projection[party];
    const bg_statistics *s = bg_projection_statistics(of, unit, year, outcome);
    add_place(self, party, unit, year, sheet);
    bg_sheet_add_text(sheet, bg_projection_outcome(of, outcome));
    bg_sheet_add_fen(sheet, bg_projection_central(of, unit, year, outcome));
    bg_sheet_add_estimate(sheet, BG_CELL_AMOUNT, s->mean, s->mean_se);
    bg_sheet_add_amount(sheet, s->quantile[BG_Q10].value);
    bg_sheet_add_amount(sheet, s->quantile[BG_Q50].value);
    bg_sheet_add_amount(sheet, s->quantile[BG_Q90].value);
}

/* Writes a sheet and gives it up. */
static bg_status finish_csv(bg_sheet *sheet, FILE *stream)
{
    const bg_status status = bg_sheet_write_csv(sheet, stream);
    bg_sheet_free(sheet);
    return status;
}

bg_status bg_area_report_outcomes(const bg_area_report *self, FILE *stream)
{
    static const bg_column columns[] = {
        {.name = "community", .kind = BG_CELL_TEXT},
        {.name = "unit", .kind = BG_CELL_TEXT},
        {.name = "year", .kind = BG_CELL_YEAR},
        {.name = "outcome", .kind = BG_CELL_TEXT},
        {.name = "central", .kind = BG_CELL_FEN},
        {.name = "mean", .kind = BG_CELL_AMOUNT, .error = "mean_se"},
        {.name = "q10", .kind = BG_CELL_AMOUNT},
        {.name = "q50", .kind = BG_CELL_AMOUNT},
        {.name = "q90", .kind = BG_CELL_AMOUNT},
    };
    bg_sheet sheet;
    bg_sheet_init(&sheet, self->language);
    bg_sheet_add_columns(&sheet, columns, COUNT(columns));
    for (size_t p = 0; p < parties(self); p++) {
        const bg_projection *of = self->projection[p];
        for (size_t unit = 0; unit < bg_projection_unit_count(of); unit++) {
            for (size_t year = 0; year < bg_projection_year_count(of); year++) {
                for (size_t o = 0; o < bg_projection_outcome_count(of); o++) {
                    add_outcome(self, p, unit, year, o, &sheet);
                }
            }
        }
    }
    return finish_csv(&sheet, stream);
}

static void add_chance(bg_sheet *sheet, bg_probability p)
{
    bg_sheet_add_interval(sheet, BG_CELL_SHARE, p.estimate, p.low, p.high);
}

bg_status bg_area_report_events(const bg_area_report *self, FILE *stream)
{
    static const bg_column columns[] = {
        {.name = "community", .kind = BG_CELL_TEXT},
        {.name = "unit", .kind = BG_CELL_TEXT},
        {.name = "year", .kind = BG_CELL_YEAR},
        {.name = "event", .kind = BG_CELL_TEXT},
        {.name = "n", .kind = BG_CELL_COUNT},
        {.name = "hits", .kind = BG_CELL_COUNT},
        {.name = "estimate",
         .kind = BG_CELL_SHARE,
         .low = "low",
         .high = "high",
         .significant = 10},
    };
    bg_sheet sheet;
    bg_sheet_init(&sheet, self->language);
    bg_sheet_add_columns(&sheet, columns, COUNT(columns));
    for (size_t p = 0; p < parties(self); p++) {
        const bg_projection *of = self->projection[p];
        const size_t units = bg_projection_unit_count(of); /* and of several schemes any */
        const size_t rows = (units + (units > 1)) * bg_projection_year_count(of);
        for (size_t row = 0; row < rows * BG_EVENT_COUNT; row++) {
            const bg_event event = (bg_event)(row % BG_EVENT_COUNT);
            const size_t year = row / BG_EVENT_COUNT % bg_projection_year_count(of);
            const size_t unit = row / BG_EVENT_COUNT / bg_projection_year_count(of);
            const bg_probability p_event = bg_projection_probability(of, unit, year, event);
            add_place(self, p, unit, year, &sheet);
            bg_sheet_add_text(&sheet, bg_event_name(event));
            bg_sheet_add_count(&sheet, p_event.n);
            bg_sheet_add_count(&sheet, p_event.hits);
            add_chance(&sheet, p_event);
        }
    }
    return finish_csv(&sheet, stream);
}

/* ---- the page ---- */

static bg_money_scale unit_of(const bg_area_report *self)
{
    return bg_contract_money(&self->model->member[0].contract, self->language);
}

static void add_mean(bg_sheet *sheet, const bg_statistics *s)
{
    bg_sheet_add_estimate(sheet, BG_CELL_AMOUNT, s->mean, bg_margin_of_se(s->mean_se));
}

/* A column of the page: what it holds, under which words. */
typedef struct page_column {
    bg_cell_kind kind;
    const char *en, *zh;
} page_column;

static void begin(bg_sheet *sheet, const bg_area_report *self, bg_money_scale in,
                  const page_column *columns, size_t count)
{
    bg_sheet_init(sheet, self->language);
    for (size_t i = 0; i < count; i++) {
        bg_sheet_add_column(
            sheet,
            (bg_column){.kind = columns[i].kind,
                        .heading = bg_in_language(self->language, columns[i].en, columns[i].zh),
                        .form = columns[i].kind == BG_CELL_SHARE ? BG_FORM_BRACKETS : BG_FORM_VALUE,
                        .decimals = columns[i].kind == BG_CELL_NUMBER ? 1 : 0,
                        .scale = in});
    }
}

static void say_communities(const bg_area_report *self, size_t unit, size_t year, bg_document *page)
{
    static const page_column columns[] = {
        {BG_CELL_TEXT, "community", "医共体"},
        {BG_CELL_AMOUNT, "budget", "年度总额"},
        {BG_CELL_AMOUNT, "expense", "基金支出"},
        {BG_CELL_AMOUNT, "result", "留用（负为分担）"},
        {BG_CELL_AMOUNT, "borne by others", "其他方分担"},
        {BG_CELL_SHARE, "overspends", "超支概率"},
    };
    static const bg_outcome shown[] = {BG_OUTCOME_budget, BG_OUTCOME_expense, BG_OUTCOME_result,
                                       BG_OUTCOME_shared};
    bg_sheet sheet;
    begin(&sheet, self, unit_of(self), columns, COUNT(columns));
    for (size_t p = 0; p < parties(self); p++) {
        const bg_projection *of = self->projection[p];
        bg_sheet_add_text(&sheet, is_whole(self, p)
                                      ? bg_in_language(self->language, "all together", "合计")
                                      : self->model->area.member[p].name);
        for (size_t o = 0; o < COUNT(shown); o++) {
            add_mean(&sheet, bg_projection_statistics(of, unit, year, shown[o]));
        }
        add_chance(&sheet, bg_projection_probability(of, unit, year, BG_EVENT_overspend));
    }
    bg_document_add_sheet(page, 4, &sheet);
}

/* What is worked out of the draws; nothing where they are not kept. */
static void add_pool_year(const bg_area_report *self, size_t unit, size_t year, bg_sheet *sheet)
{
    const bg_projection *whole = self->projection[self->model->area.count];
    bg_pool_year of;
    if (bg_pool_year_find(&self->model->whole, whole, unit, year, &of)) {
        sheet->failed = true;
    }
    if (!of.known) {
        bg_sheet_add_absent(sheet);
        bg_sheet_add_absent(sheet);
        return;
    }
    bg_sheet_add_number(sheet, of.months.quantile[BG_Q50].value / BG_MONTH_OF_RESERVE);
    add_chance(sheet, of.chance[BG_POOL_DEFICIT]);
}

static void say_pool(const bg_area_report *self, size_t unit, bg_document *page)
{
    static const page_column columns[] = {{BG_CELL_YEAR, "year", "年度"},
                                          {BG_CELL_AMOUNT, "income", "基金收入"},
                                          {BG_CELL_AMOUNT, "balance", "累计结余"},
                                          {BG_CELL_NUMBER, "months of reserve", "可支付月数"},
                                          {BG_CELL_SHARE, "deficit of the year", "当年赤字概率"},
                                          {BG_CELL_SHARE, "in deficit", "累计赤字概率"}};
    const bg_projection *whole = self->projection[self->model->area.count];
    const bg_money_scale in = unit_of(self);
    if (unit >= self->model->whole.contract.history.scheme_count ||
        !self->model->whole.contract.pool[unit].modelled) {
        return;
    }
    bg_document_add(page, BG_PART_HEADING, 2,
                    bg_in_language(self->language, "The pool (%s)", "统筹基金（%s）"), in.name);
    bg_sheet sheet;
    begin(&sheet, self, in, columns, COUNT(columns));
    for (size_t year = 0; year < bg_projection_year_count(whole); year++) {
        bg_sheet_add_year(&sheet, bg_projection_year(whole, year));
        add_mean(&sheet, bg_projection_statistics(whole, unit, year, BG_OUTCOME_income));
        add_mean(&sheet, bg_projection_statistics(whole, unit, year, BG_OUTCOME_pool_balance));
        add_pool_year(self, unit, year, &sheet);
        add_chance(&sheet, bg_projection_probability(whole, unit, year, BG_EVENT_pool_deficit));
    }
    bg_document_add_sheet(page, 4, &sheet);
}

/* What all communities hold of a shared fund at the end of each year. */
static void say_fund(const bg_area_report *self, size_t unit, size_t fund, bg_document *page)
{
    static const page_column columns[] = {{BG_CELL_YEAR, "year", "年度"},
                                          {BG_CELL_AMOUNT, "held together", "合计余额"},
                                          {BG_CELL_AMOUNT, "10%", "10%分位"},
                                          {BG_CELL_AMOUNT, "90%", "90%分位"},
                                          {BG_CELL_SHARE, "runs out", "用尽概率"}};
    const bg_projection *whole = self->projection[self->model->area.count];
    const size_t outcome = BG_OUTCOME_COUNT + fund;
    const bg_money_scale in = unit_of(self);
    bg_document_add(page, BG_PART_HEADING, 2,
                    bg_in_language(self->language, "Shared by all communities: %s (%s)",
                                   "各医共体共用：%s（%s）"),
                    bg_label_of_outcome(bg_projection_outcome_info(whole, outcome), self->language),
                    in.name);
    bg_sheet sheet;
    begin(&sheet, self, in, columns, COUNT(columns));
    for (size_t year = 0; year < bg_projection_year_count(whole); year++) {
        const bg_statistics *s = bg_projection_statistics(whole, unit, year, outcome);
        bg_sheet_add_year(&sheet, bg_projection_year(whole, year));
        add_mean(&sheet, s);
        bg_sheet_add_amount(&sheet, s->quantile[BG_Q10].value);
        bg_sheet_add_amount(&sheet, s->quantile[BG_Q90].value);
        add_chance(&sheet, bg_projection_probability(whole, unit, year, BG_EVENT_risk_exhausted));
    }
    bg_document_add_sheet(page, 4, &sheet);
}

static void say_unit(const bg_area_report *self, size_t unit, bg_document *page)
{
    const bg_projection *whole = self->projection[self->model->area.count];
    const bg_plan *plan = self->model->whole.contract.plan[0];
    bg_document_add(page, BG_PART_HEADING, 0, "%s",
                    bg_label_of_scheme(bg_projection_unit(whole, unit), self->language));
    for (size_t year = 0; year < bg_projection_year_count(whole); year++) {
        bg_document_add(page, BG_PART_HEADING, 2, "%d (%s)", bg_projection_year(whole, year),
                        unit_of(self).name);
        say_communities(self, unit, year, page);
    }
    say_pool(self, unit, page);
    const size_t funds = bg_budget_fund_count(self->model->whole.contract.terms[0]);
    for (size_t fund = 0; fund < funds; fund++) {
        if (bg_plan_shares_fund(plan, fund)) {
            say_fund(self, unit, fund, page);
        }
    }
}

/* ---- what measures do ---- */

/* A row of an area is of one community, or of all. */
static const bg_contribution_form of_parties = {.unit = "yuan", .all = "all", .lead = "community"};

bg_status bg_area_report_contributions(const bg_area_report *self, FILE *stream)
{
    bg_sheet sheet;
    bg_sheet_init(&sheet, self->language);
    bg_contribution_columns(&of_parties, &sheet);
    for (size_t party = 0; party < parties(self); party++) {
        bg_contribution_rows(&self->contributions[party], self->projection[party], &of_parties,
                             name_of(self, party), &sheet);
    }
    return finish_csv(&sheet, stream);
}

bg_status bg_area_report_outlays(const bg_area_report *self, FILE *stream)
{
    bg_sheet sheet;
    bg_sheet_init(&sheet, self->language);
    bg_net_columns(&of_parties, &sheet);
    for (size_t party = 0; party < parties(self); party++) {
        bg_net_rows(&self->contributions[party], self->projection[party], &of_parties,
                    name_of(self, party), &sheet);
    }
    return finish_csv(&sheet, stream);
}

/* Of all communities together, as in the report of one. */
static void say_changes(const bg_area_report *self, bg_document *page)
{
    const size_t whole = self->model->area.count;
    const bg_report report = {.scenario = self->model->area.scenario,
                              .model = &self->model->whole,
                              .projection = self->projection[whole],
                              .contributions = &self->contributions[whole],
                              .language = self->language};
    bg_text_page of_all = {&report, self->language, unit_of(self), page};
    bg_text_page_changes(&of_all);
}

void bg_area_report_document(const bg_area_report *self, bg_document *page)
{
    const bg_projection *whole = self->projection[self->model->area.count];
    const bg_node *title = bg_scenario_find(self->model->area.scenario, "title");
    const char *name = bg_node_in_language(title, self->language);
    bg_document_add(page, BG_PART_TITLE, 0, "%s",
                    *name ? name : bg_scenario_file(self->model->area.scenario));
    bg_document_add(
        page, BG_PART_LINE, 0,
        bg_in_language(self->language,
                       "%zu communities under one pool; %zu simulated futures. Amounts are "
                       "means, ± and ranges 95%% sampling error.",
                       "%zu个医共体，同一统筹基金；模拟%zu次。金额为均值，±与区间为95%%抽样误差。"),
        self->model->area.count, bg_projection_replications(whole));
    for (size_t unit = 0; unit < bg_projection_unit_count(whole); unit++) {
        say_unit(self, unit, page);
    }
    say_changes(self, page);
}

bg_status bg_area_report_text(const bg_area_report *self, FILE *stream)
{
    bg_document page;
    bg_document_init(&page, self->language);
    bg_area_report_document(self, &page);
    if (page.count > 0) {
        page.parts[0].kind = BG_PART_LINE; /* on a screen a line is enough */
    }
    const bg_status status = bg_document_write_text(&page, stream);
    bg_document_free(&page);
    return status;
}
