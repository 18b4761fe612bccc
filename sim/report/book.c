#include "report/book.h"

#include "contract/money_unit.h"
#include "report/label.h"
#include "report/live_budget.h"
#include "report/live_settlement.h"
#include "study/default_keys.h"

#include <baogan/version.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(list) (sizeof(list) / sizeof *(list))

/* What all sheets of a book are made with. */
typedef struct making {
    bg_book *book;
    const bg_report *report;
    const bg_contract *contract;
    const char *language;
    bg_money_scale scale;
    bg_live_links *links; /* [scheme][year] of the budgets; NULL: no memory, and none are made */
} making;

static const char *words(const making *self, const char *en, const char *zh)
    __attribute__((format_arg(2), format_arg(3)));

static const char *words(const making *self, const char *en, const char *zh)
{
    return bg_in_language(self->language, en, zh);
}

typedef struct heading {
    bg_cell_kind kind;
    const char *en, *zh;
    const char *error_en, *error_zh; /* of an estimate: its error's */
} heading;

static void begin(const making *self, bg_sheet *sheet, const heading *headings, size_t count)
{
    bg_sheet_init(sheet, self->language);
    for (size_t j = 0; j < count; j++) {
        const heading *each = &headings[j];
        const bool money = each->kind == BG_CELL_FEN || each->kind == BG_CELL_AMOUNT;
        bg_sheet_add_column(
            sheet,
            (bg_column){.kind = each->kind,
                        .heading = bg_in_language(self->language, each->en, each->zh),
                        .error = each->error_en ? bg_in_language(self->language, each->error_en,
                                                                 each->error_zh)
                                                : NULL,
                        .scale = money ? self->scale : (bg_money_scale){0}});
    }
}

static const char *scheme_label(const making *self, size_t scheme)
{
    return bg_label_of_name(self->contract->history.scheme[scheme].name, self->language);
}

/* ---- about the book ---- */

static void add_line(bg_sheet *sheet, const char *what, const char *text)
{
    bg_sheet_add_text(sheet, what);
    bg_sheet_add_text(sheet, text);
}

static void add_run(const making *self, bg_sheet *sheet)
{
    const bg_model *model = self->report->model;
    add_line(sheet, words(self, "Futures", "模拟次数"),
             bg_sheet_keep(sheet, "%zu", bg_projection_replications(self->report->projection)));
    add_line(sheet, words(self, "Seed", "随机种子"),
             bg_sheet_keep(sheet, "%llu", (unsigned long long)model->horizon.seed));
}

static void add_about(const making *self)
{
    static const heading headings[] = {{BG_CELL_TEXT, "What", "项目", NULL, NULL},
                                       {BG_CELL_TEXT, "Says", "说明", NULL, NULL}};
    const bg_scenario *scenario = self->contract->scenario;
    const char *title = bg_node_in_language(bg_scenario_find(scenario, "title"), self->language);
    bg_sheet sheet;
    begin(self, &sheet, headings, COUNT(headings));
    add_line(&sheet, words(self, "Scenario", "情景"), title[0] ? title : NULL);
    add_line(&sheet, words(self, "File", "文件"), bg_scenario_file(scenario));
    add_line(&sheet, words(self, "Version", "版本"), "baogan " BG_VERSION);
    if (self->report) {
        add_run(self, &sheet);
    }
    add_line(
        &sheet, words(self, "Amounts", "金额"),
        words(
            self,
            "exact, in yuan, or in whole fen where formulas stand; beside them rounded for display",
            "精确到分，单位为元（含公式的工作表单位为分）；右侧列为便于阅读的单位"));
    add_line(&sheet, words(self, "Blue", "蓝色数字"),
             words(self, "given, and may be changed: formulas go on with it",
                   "已知数据或参数，可修改，公式随之重算"));
    add_line(&sheet, words(self, "Black", "黑色数字"),
             words(self, "worked out by a formula", "由公式计算"));
    add_line(&sheet, words(self, "Exactness", "精确性"),
             words(self,
                   "each step is rounded once to the fen, as the program does; years, months and "
                   "chances are "
                   "results of the program",
                   "各步骤与程序一致，仅四舍五入到分一次；年度、月度与概率各表为程序模拟结果"));
    bg_book_add(self->book, words(self, "About", "说明"),
                words(self, "About this workbook", "工作簿说明"), &sheet);
}

/* ---- data ---- */

static void add_history(const making *self)
{
    static const heading headings[] = {
        {BG_CELL_TEXT, "Scheme", "险种", NULL, NULL},
        {BG_CELL_YEAR, "Year", "年度", NULL, NULL},
        {BG_CELL_FEN, "Expense (yuan)", "基金支出（元）", NULL, NULL},
        {BG_CELL_RATE, "Share settled", "已结算比例", NULL, NULL}};
    const bg_history *history = &self->contract->history;
    bg_sheet sheet;
    begin(self, &sheet, headings, COUNT(headings));
    for (size_t i = 0; i < history->scheme_count; i++) {
        for (size_t j = 0; j < history->year_count; j++) {
            bg_sheet_add_text(&sheet, scheme_label(self, i));
            bg_sheet_add_year(&sheet, history->year[j]);
            bg_sheet_add_fen(&sheet, history->scheme[i].paid_fen[j]);
            bg_sheet_add_rate(&sheet, history->completion[j]);
        }
    }
    bg_book_add(self->book, words(self, "Data", "数据"),
                words(self, "Past years: what the fund paid", "历史年度统筹基金支出"), &sheet);
}

/* ---- budget and instalments ---- */

static void add_budgets(const making *self, const bg_budgets *budget)
{
    static const heading headings[] = {
        {BG_CELL_TEXT, "Scheme", "险种", NULL, NULL},
        {BG_CELL_YEAR, "Year", "年度", NULL, NULL},
        {BG_CELL_RATE, "Growth", "增长率", NULL, NULL},
        {BG_CELL_FEN, "Total (yuan)", "年度付费总额（元）", NULL, NULL},
        {BG_CELL_FEN, "Payable (yuan)", "可支付额（元）", NULL, NULL}};
    const bg_budget_terms *terms = self->contract->terms[0];
    const size_t funds = bg_budget_fund_count(terms);
    bg_sheet sheet;
    begin(self, &sheet, headings, COUNT(headings));
    for (size_t k = 0; k < funds; k++) {
        const char *name = bg_label_of_account(bg_budget_fund(terms, k)->name, self->language);
        bg_sheet_add_column(&sheet,
                            (bg_column){.kind = BG_CELL_FEN,
                                        .heading = bg_sheet_keep(
                                            &sheet, words(self, "%s (yuan)", "%s（元）"), name),
                                        .scale = self->scale});
    }
    for (size_t i = 0; i < budget->schemes; i++) {
        for (size_t j = 0; j < budget->years; j++) {
            const bg_budget_year *year = bg_budgets_year(budget, i, j);
            bg_sheet_add_text(&sheet, scheme_label(self, i));
            bg_sheet_add_year(&sheet, year->year);
            bg_sheet_add_rate(&sheet, year->growth);
            bg_sheet_add_fen(&sheet, year->total);
            bg_sheet_add_fen(&sheet, year->payable);
            for (size_t k = 0; k < funds; k++) {
                bg_sheet_add_fen(&sheet, year->fund[k]);
            }
        }
    }
    bg_book_add(self->book, words(self, "Budget", "预算"),
                words(self, "Annual payment totals", "年度付费总额"), &sheet);
}

static void add_instalments(const making *self, const bg_budgets *budget)
{
    static const heading headings[] = {
        {BG_CELL_TEXT, "Scheme", "险种", NULL, NULL},
        {BG_CELL_YEAR, "Year", "年度", NULL, NULL},
        {BG_CELL_COUNT, "Month", "月份", NULL, NULL},
        {BG_CELL_FEN, "Instalment (yuan)", "月度预拨（元）", NULL, NULL}};
    bg_sheet sheet;
    begin(self, &sheet, headings, COUNT(headings));
    for (size_t i = 0; i < budget->schemes; i++) {
        for (size_t j = 0; j < budget->years; j++) {
            const bg_budget_year *year = bg_budgets_year(budget, i, j);
            for (size_t month = 0; month < COUNT(year->instalment); month++) {
                bg_sheet_add_text(&sheet, scheme_label(self, i));
                bg_sheet_add_year(&sheet, year->year);
                bg_sheet_add_count(&sheet, month + 1);
                bg_sheet_add_fen(&sheet, year->instalment[month]);
            }
        }
    }
    bg_book_add(self->book, words(self, "Instalments", "月度预拨"),
                words(self, "Monthly instalments", "月度预拨"), &sheet);
}

/* As other sheets name what stands in this one. */
static void link_from_outside(bg_sheet *sheet, const char *name, bg_live_amount *amount)
{
    amount->is = amount->is ? bg_sheet_keep(sheet, "'%s'!%s", name, amount->is) : NULL;
}

static void link_year(bg_sheet *sheet, const char *name, bg_live_links *year)
{
    link_from_outside(sheet, name, &year->total);
    link_from_outside(sheet, name, &year->payable);
    link_from_outside(sheet, name, &year->prepaid);
    for (size_t f = 0; f < BG_MAX_FUNDS; f++) {
        link_from_outside(sheet, name, &year->fund[f]);
    }
}

/* How the totals of each scheme come about. */
static void add_live_budgets(making *self, const bg_budgets *budget)
{
    self->links = calloc(budget->schemes * budget->years, sizeof *self->links);
    self->book->failed = self->book->failed || !self->links;
    for (size_t scheme = 0; scheme < budget->schemes && self->links; scheme++) {
        bg_live_links *links = &self->links[scheme * budget->years];
        bg_sheet sheet;
        bg_live_begin(&sheet, self->language, self->scale);
        bg_live_budget(budget, scheme, &sheet, links);
        const char *name = bg_sheet_keep(&sheet, words(self, "Totals, %s", "总额测算（%s）"),
                                         scheme_label(self, scheme));
        for (size_t year = 0; year < budget->years; year++) {
            link_year(&sheet, name, &links[year]);
        }
        bg_book_add(self->book, name, words(self, "How totals come about", "年度付费总额测算"),
                    &sheet);
    }
}

/* The budget of a year, by its calendar year. */
static const bg_live_links *links_of(const making *self, size_t scheme, int year)
{
    const size_t place =
        scheme * self->contract->years + (size_t)(year - self->contract->first_year);
    return self->links ? &self->links[place] : NULL;
}

/* ---- settlements: one sheet a scheme, its years one behind the other ---- */

static void begin_settlements(const making *self, bg_sheet *sheet)
{
    bg_live_begin(sheet, self->language, self->scale);
}

static void add_settlement(bg_sheet *sheet, const bg_live_year *year, bg_live_carried *carried)
{
    bg_live_heading(
        sheet, bg_sheet_keep(sheet, bg_in_language(sheet->language, "%d", "%d年度"), year->year));
    bg_live_settlement(year, carried, sheet);
}

static void end_settlements(const making *self, size_t scheme, const char *title, bg_sheet *sheet)
{
    const char *name = bg_sheet_keep(sheet, words(self, "Settlement, %s", "清算（%s）"),
                                     scheme_label(self, scheme));
    bg_book_add(self->book, name, title, sheet);
}

static void add_central(const making *self, const bg_central *central)
{
    for (size_t i = 0; i < central->count; i += central->years) {
        bg_sheet sheet;
        bg_live_carried carried = {0};
        begin_settlements(self, &sheet);
        for (size_t y = 0; y < central->years; y++) {
            const bg_central_year *year = &central->items[i + y];
            add_settlement(&sheet,
                           &(bg_live_year){year->year, self->contract->plan[year->scheme],
                                           &year->block, &year->trace,
                                           links_of(self, year->scheme, year->year)},
                           &carried);
        }
        end_settlements(self, central->items[i].scheme,
                        words(self, "Settlement of the central path, step by step",
                              "中心路径年度清算（逐步计算）"),
                        &sheet);
    }
}

static void add_settled(const making *self, const bg_settled_list *list, int wanted)
{
    for (size_t scheme = 0; scheme < self->contract->history.scheme_count; scheme++) {
        bg_sheet sheet;
        bg_live_carried carried = {0};
        begin_settlements(self, &sheet);
        for (size_t i = 0; i < list->count; i++) {
            const bg_settled *year = &list->items[i];
            if (year->scheme == scheme && (wanted == 0 || wanted == year->year)) {
                add_settlement(&sheet,
                               &(bg_live_year){year->year, self->contract->plan[scheme],
                                               &year->block, &year->trace,
                                               links_of(self, scheme, year->year)},
                               &carried);
            }
        }
        if (bg_sheet_row_count(&sheet) > 0) {
            end_settlements(self, scheme,
                            words(self, "Settlement of what happened, step by step",
                                  "按实际发生数年度清算（逐步计算）"),
                            &sheet);
        }
        bg_sheet_free(&sheet);
    }
}

/* ---- years and months ---- */

#define QUANTILE_HEADINGS                                                                          \
    {BG_CELL_FEN, "5% quantile (yuan)", "5%分位数（元）", NULL, NULL},                             \
        {BG_CELL_FEN, "50% quantile (yuan)", "中位数（元）", NULL, NULL},                          \
    {                                                                                              \
        BG_CELL_FEN, "95% quantile (yuan)", "95%分位数（元）", NULL, NULL                          \
    }
#define MEAN_HEADING                                                                               \
    {                                                                                              \
        BG_CELL_AMOUNT, "Mean (yuan)", "均值（元）", "Standard error (yuan)", "标准误（元）" \
    }

static void add_statistics(bg_sheet *sheet, bg_fen central, const bg_statistics *s)
{
    static const size_t quantiles[] = {BG_Q05, BG_Q50, BG_Q95};
    bg_sheet_add_fen(sheet, central);
    bg_sheet_add_estimate(sheet, BG_CELL_AMOUNT, s->mean, s->mean_se);
    for (size_t i = 0; i < COUNT(quantiles); i++) {
        bg_sheet_add_fen(sheet, (bg_fen)s->quantile[quantiles[i]].value);
    }
}

/* Of what institutions get, or of all else. */
static void add_outcomes(const making *self, bool of_institutions, const char *name,
                         const char *title)
{
    static const heading headings[] = {
        {BG_CELL_TEXT, "Scheme", "险种", NULL, NULL},
        {BG_CELL_YEAR, "Year", "年度", NULL, NULL},
        {BG_CELL_TEXT, "What", "事项", NULL, NULL},
        {BG_CELL_FEN, "Central path (yuan)", "中心路径（元）", NULL, NULL},
        MEAN_HEADING,
        QUANTILE_HEADINGS};
    const bg_projection *p = self->report->projection;
    bg_sheet sheet;
    begin(self, &sheet, headings, COUNT(headings));
    for (size_t i = 0; i < bg_projection_unit_count(p); i++) {
        for (size_t j = 0; j < bg_projection_year_count(p); j++) {
            for (size_t k = 0; k < bg_projection_outcome_count(p); k++) {
                const bg_outcome_info info = bg_projection_outcome_info(p, k);
                const bool institution = info.kind == BG_OUTCOME_KIND_INSTITUTION;
                if (institution != of_institutions || info.kind == BG_OUTCOME_KIND_SCORE) {
                    continue;
                }
                bg_sheet_add_text(&sheet,
                                  bg_label_of_name(bg_projection_unit(p, i), self->language));
                bg_sheet_add_year(&sheet, bg_projection_year(p, j));
                bg_sheet_add_text(&sheet, bg_label_of_outcome(info, self->language));
                add_statistics(&sheet, bg_projection_central(p, i, j, k),
                               bg_projection_statistics(p, i, j, k));
            }
        }
    }
    bg_book_add(self->book, name, title, &sheet);
}

static void add_months(const making *self)
{
    static const heading headings[] = {
        {BG_CELL_TEXT, "Scheme", "险种", NULL, NULL},
        {BG_CELL_YEAR, "Year", "年度", NULL, NULL},
        {BG_CELL_COUNT, "Month", "月份", NULL, NULL},
        {BG_CELL_FEN, "Central path (yuan)", "中心路径（元）", NULL, NULL},
        MEAN_HEADING,
        QUANTILE_HEADINGS};
    const bg_projection *p = self->report->projection;
    bg_sheet sheet;
    begin(self, &sheet, headings, COUNT(headings));
    for (size_t i = 0; i < bg_projection_unit_count(p); i++) {
        for (size_t j = 0; j < 12 * bg_projection_year_count(p); j++) {
            bg_sheet_add_text(&sheet, bg_label_of_name(bg_projection_unit(p, i), self->language));
            bg_sheet_add_year(&sheet, bg_projection_year(p, j / 12));
            bg_sheet_add_count(&sheet, j % 12 + 1);
            add_statistics(&sheet, bg_projection_central_cash(p, i, j / 12, j % 12),
                           bg_projection_cash(p, i, j / 12, j % 12));
        }
    }
    bg_book_add(self->book, words(self, "Months", "月度现金"),
                words(self,
                      "Monthly cash: instalments less what the community has paid since January",
                      "月度现金：当年累计预拨减医共体支付"),
                &sheet);
}

static void add_chances(const making *self)
{
    static const heading headings[] = {
        {BG_CELL_TEXT, "Scheme", "险种", NULL, NULL},
        {BG_CELL_YEAR, "Year", "年度", NULL, NULL},
        {BG_CELL_TEXT, "What", "事项", NULL, NULL},
        {BG_CELL_SHARE, "Chance", "概率", NULL, NULL},
        {BG_CELL_SHARE, "From (95% interval)", "95%区间下限", NULL, NULL},
        {BG_CELL_SHARE, "To", "95%区间上限", NULL, NULL}};
    const bg_projection *p = self->report->projection;
    bg_sheet sheet;
    begin(self, &sheet, headings, COUNT(headings));
    for (size_t i = 0; i < bg_projection_unit_count(p); i++) {
        for (size_t j = 0; j < bg_projection_year_count(p); j++) {
            for (bg_event event = 0; event < BG_EVENT_COUNT; event++) {
                const bg_probability chance = bg_projection_probability(p, i, j, event);
                bg_sheet_add_text(&sheet,
                                  bg_label_of_name(bg_projection_unit(p, i), self->language));
                bg_sheet_add_year(&sheet, bg_projection_year(p, j));
                bg_sheet_add_text(&sheet, bg_label_of_event(event, self->language));
                bg_sheet_add_share(&sheet, chance.estimate);
                bg_sheet_add_share(&sheet, chance.low);
                bg_sheet_add_share(&sheet, chance.high);
            }
        }
    }
    bg_book_add(self->book, words(self, "Chances", "概率"),
                words(self, "What may happen in a year", "各年度事件的概率"), &sheet);
}

/* ---- assumptions and terms ---- */

static void add_assumptions(const making *self)
{
    static const heading headings[] = {
        {BG_CELL_TEXT, "Key", "参数", NULL, NULL},
        {BG_CELL_TEXT, "Value", "取值", NULL, NULL},
        {BG_CELL_TEXT, "What it is", "含义", NULL, NULL},
        {BG_CELL_TEXT, "Kind", "性质", NULL, NULL},
        {BG_CELL_TEXT, "Source", "依据", NULL, NULL},
    };
    const bg_model *model = self->report->model;
    const size_t most = bg_default_keys(model, NULL, 0);
    bg_default_key *keys = calloc(most + 1, sizeof *keys);
    bg_sheet sheet;
    begin(self, &sheet, headings, COUNT(headings));
    sheet.failed = sheet.failed || !keys;
    const size_t count = keys ? bg_default_keys(model, keys, most) : 0;
    for (size_t i = 0; i < count; i++) {
        const bg_node *node = keys[i].node;
        char *value = bg_line_in_money(node, self->scale);
        bg_sheet_add_text(&sheet, node->path);
        bg_sheet_add_text(&sheet, bg_sheet_keep(&sheet, "%s", value ? value : ""));
        bg_sheet_add_text(&sheet,
                          bg_in_language(self->language, node->parameter->en, node->parameter->zh));
        bg_sheet_add_text(&sheet, keys[i].assumption ? words(self, "assumption", "假设")
                                                     : words(self, "published", "公开数据"));
        bg_sheet_add_text(&sheet, bg_label_of_source(keys[i].source, self->language));
        sheet.failed = sheet.failed || !value;
        free(value);
    }
    free(keys);
    bg_book_add(self->book, words(self, "Assumptions", "假设"),
                words(self,
                      "Not given, so that a default holds: change any of these in the scenario",
                      "情景中未填、采用默认值的参数（可在情景文件中修改）"),
                &sheet);
}

static void add_terms(const making *self)
{
    static const struct {
        const char *en, *zh, *means_en, *means_zh;
    } terms[] = {
#define TERM(en, zh, means_en, means_zh) {en, zh, means_en, means_zh},
#include "report/terms.def"
#undef TERM
    };
    static const heading headings[] = {{BG_CELL_TEXT, "Term", "名词", NULL, NULL},
                                       {BG_CELL_TEXT, "Meaning", "含义", NULL, NULL}};
    bg_sheet sheet;
    begin(self, &sheet, headings, COUNT(headings));
    for (size_t i = 0; i < COUNT(terms); i++) {
        bg_sheet_add_text(&sheet, words(self, terms[i].en, terms[i].zh));
        bg_sheet_add_text(&sheet, words(self, terms[i].means_en, terms[i].means_zh));
    }
    bg_book_add(self->book, words(self, "Terms", "名词"), words(self, "Terms", "名词解释"), &sheet);
}

/* ---- books ---- */

static making make(bg_book *book, const bg_report *report, const bg_contract *contract)
{
    return (making){.book = book,
                    .report = report,
                    .contract = contract,
                    .language = book->language,
                    .scale = bg_contract_money(contract, book->language)};
}

void bg_report_book(const bg_report *self, const bg_central *central, bg_book *book)
{
    making all = make(book, self, &self->model->contract);
    add_about(&all);
    add_history(&all);
    add_budgets(&all, self->budget);
    add_live_budgets(&all, self->budget);
    add_instalments(&all, self->budget);
    add_central(&all, central);
    add_outcomes(&all, false, words(&all, "Years", "年度结果"),
                 words(&all, "What to expect, year by year", "逐年预测"));
    add_outcomes(&all, true, words(&all, "Institutions", "成员单位"),
                 words(&all, "What member institutions keep or bear, less what is disallowed",
                       "成员单位留用或承担（已扣除不予支付）"));
    add_months(&all);
    add_chances(&all);
    add_assumptions(&all);
    add_terms(&all);
    free(all.links);
}

void bg_settled_book(const bg_settled_list *list, const bg_contract *contract, int year,
                     bg_book *book)
{
    making all = make(book, NULL, contract);
    add_about(&all);
    add_history(&all);
    add_budgets(&all, &list->budget);
    add_live_budgets(&all, &list->budget);
    add_instalments(&all, &list->budget);
    add_settled(&all, list, year);
    add_terms(&all);
    free(all.links);
}
