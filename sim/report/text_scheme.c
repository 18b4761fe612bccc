/* The details of a scheme: how its budget comes about, and what to expect of it. */
#include "report/text_page.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_INPUTS = 40 };

/* ---- how the budget comes about ---- */
static void add_line(const bg_text_page *page, bg_sheet *sheet, const bg_budget_line *line)
{
    char *inputs = bg_budget_line_inputs(line, (bg_fen)page->unit.fen);
    const char *mark =
        line->assumption ? bg_text_page_words(page, " (assumption)", "（假设）") : "";
    const char *text = inputs ? inputs : "";
    bool short_enough = strlen(text) <= LONGEST_INPUTS;
    bg_sheet_add_year(sheet, line->year);
    bg_sheet_add_text(sheet, bg_text_page_words(page, line->label_en, line->label_zh));
    bg_sheet_add_fen(sheet, line->amount);
    if (short_enough) {
        bg_sheet_add_text(sheet, bg_sheet_keep(sheet, "%s%s", text, mark));
    } else {
        bg_sheet_add_absent(sheet);
        bg_sheet_note(sheet, bg_sheet_keep(sheet, "%s%s%s", bg_budget_line_sign(line), text, mark));
    }
    sheet->failed = sheet->failed || !inputs;
    free(inputs);
}

static void say_arithmetic(bg_text_page *page, size_t scheme)
{
    const bg_report *report = page->report;
    const bg_column columns[] = {{.kind = BG_CELL_YEAR},
                                 {.kind = BG_CELL_TEXT},
                                 {.kind = BG_CELL_FEN, .scale = page->unit},
                                 {.kind = BG_CELL_TEXT}};
    bg_sheet sheet;
    bg_sheet_init(&sheet, page->language);
    bg_sheet_add_columns(&sheet, columns, sizeof columns / sizeof *columns);
    const bg_budget_lines *lines = &report->budget->lines[scheme];
    for (size_t i = 0; i < lines->count; i++) {
        if (lines->items[i].year <= report->model->contract.first_year) {
            add_line(page, &sheet, &lines->items[i]);
        }
    }
    bg_text_page_heading(page, BG_LABEL_budget_heading);
    bg_document_add_sheet(page->document, 2, &sheet);
    char *lag = bg_lag_sentence(report->model, report->budget, scheme, page->language);
    bg_document_add(page->document, BG_PART_SENTENCE, 2, "%s", lag ? lag : "");
    page->document->failed = page->document->failed || !lag;
    free(lag);
}

/* ---- tables of mean and interval by year ---- */
static double largest_mean_error(const bg_text_page *page, size_t unit, size_t outcome)
{
    double largest = 0;
    for (size_t i = 0; i < bg_text_page_years(page); i++) {
        largest = fmax(largest, bg_mean_error(bg_text_page_statistics(page, unit, i, outcome)));
    }
    return largest;
}

/* The unit with decimals for the means and intervals of an outcome in all years. */
static bg_money_scale unit_of_intervals(const bg_text_page *page, size_t unit, size_t outcome)
{
    double largest = largest_mean_error(page, unit, outcome);
    for (size_t i = 0; i < bg_text_page_years(page); i++) {
        largest = fmax(largest, bg_interval_error(bg_text_page_statistics(page, unit, i, outcome)));
    }
    return bg_money_scale_for_error(page->unit, largest);
}

static void add_column(bg_sheet *sheet, bg_cell_kind kind, const char *heading, bg_form form,
                       bg_money_scale money)
{
    bg_sheet_add_column(
        sheet, (bg_column){.kind = kind, .heading = heading, .form = form, .scale = money});
}

static void add_mean_column(bg_sheet *sheet, const bg_text_page *page, bg_label_id label,
                            bg_money_scale money)
{
    add_column(sheet, BG_CELL_AMOUNT, bg_label(label, page->language), BG_FORM_VALUE, money);
}

/* The 80 % interval and the error of its ends. */
static void add_interval_columns(bg_sheet *sheet, const bg_text_page *page, bg_money_scale money)
{
    add_column(sheet, BG_CELL_AMOUNT, bg_label(BG_LABEL_interval, page->language), BG_FORM_RANGE,
               money);
    add_column(sheet, BG_CELL_AMOUNT, bg_label(BG_LABEL_ends, page->language), BG_FORM_ERROR,
               money);
}

static void add_interval(bg_sheet *sheet, const bg_statistics *s)
{
    bg_sheet_add_interval(sheet, BG_CELL_AMOUNT, s->quantile[BG_Q50].value,
                          s->quantile[BG_Q10].value, s->quantile[BG_Q90].value);
    bg_sheet_add_amount(sheet, bg_interval_error(s));
}

static void add_probability(bg_sheet *sheet, bg_probability p)
{
    bg_sheet_add_interval(sheet, BG_CELL_SHARE, p.estimate, p.low, p.high);
}

static void begin_by_year(bg_sheet *sheet, const bg_text_page *page)
{
    bg_sheet_init(sheet, page->language);
    bg_sheet_add_column(sheet, (bg_column){.kind = BG_CELL_YEAR,
                                           .heading = bg_label(BG_LABEL_year, page->language)});
}

static void say_expense(bg_text_page *page, size_t unit)
{
    static const struct {
        bg_label_id label;
        bg_event event;
    } chances[] = {{BG_LABEL_p_over_budget, BG_EVENT_over_budget},
                   {BG_LABEL_p_overspend, BG_EVENT_overspend}};
    const bg_money_scale money = unit_of_intervals(page, unit, BG_OUTCOME_expense);
    bg_sheet sheet;
    begin_by_year(&sheet, page);
    add_mean_column(&sheet, page, BG_LABEL_budget, money);
    add_mean_column(&sheet, page, BG_LABEL_expense, money);
    add_interval_columns(&sheet, page, money);
    for (size_t i = 0; i < sizeof chances / sizeof *chances; i++) {
        add_column(&sheet, BG_CELL_SHARE, bg_label(chances[i].label, page->language), BG_FORM_VALUE,
                   money);
    }
    bool varies = false;
    for (size_t i = 0; i < bg_text_page_years(page); i++) {
        const bg_statistics *budget = bg_text_page_statistics(page, unit, i, BG_OUTCOME_budget);
        const bg_statistics *expense = bg_text_page_statistics(page, unit, i, BG_OUTCOME_expense);
        bg_sheet_add_year(&sheet, bg_text_page_year(page, i));
        bg_add_mean(&sheet, budget, 1);
        bg_add_mean(&sheet, expense, 1);
        add_interval(&sheet, expense);
        for (size_t j = 0; j < sizeof chances / sizeof *chances; j++) {
            add_probability(&sheet, bg_projection_probability(page->report->projection, unit, i,
                                                              chances[j].event));
        }
        varies = varies || bg_varies(budget);
    }
    bg_document_add_sheet(page->document, 2, &sheet);
    if (varies && unit < page->report->model->contract.history.scheme_count) {
        bg_document_add(page->document, BG_PART_SENTENCE, 2, "%s",
                        bg_label(BG_LABEL_budget_varies, page->language));
    }
}

static bool ever_differs_from_zero(const bg_text_page *page, size_t unit, size_t outcome)
{
    for (size_t i = 0; i < bg_text_page_years(page); i++) {
        const bg_statistics *s = bg_text_page_statistics(page, unit, i, outcome);
        if (s->minimum != 0 || s->maximum != 0) {
            return true;
        }
    }
    return false;
}

static void say_result(bg_text_page *page, size_t unit)
{
    const bool patients = ever_differs_from_zero(page, unit, BG_OUTCOME_patients);
    const bg_money_scale money = unit_of_intervals(page, unit, BG_OUTCOME_result);
    bg_sheet sheet;
    begin_by_year(&sheet, page);
    add_mean_column(&sheet, page, BG_LABEL_result, money);
    add_interval_columns(&sheet, page, money);
    add_mean_column(&sheet, page, BG_LABEL_pool_part, money);
    if (patients) {
        add_mean_column(&sheet, page, BG_LABEL_patients_pay, money);
    }
    for (size_t i = 0; i < bg_text_page_years(page); i++) {
        const bg_statistics *result = bg_text_page_statistics(page, unit, i, BG_OUTCOME_result);
        bg_sheet_add_year(&sheet, bg_text_page_year(page, i));
        bg_add_mean(&sheet, result, 1);
        add_interval(&sheet, result);
        bg_add_mean(&sheet, bg_text_page_statistics(page, unit, i, BG_OUTCOME_shared), 1);
        if (patients) {
            bg_add_mean(&sheet, bg_text_page_statistics(page, unit, i, BG_OUTCOME_patients), 1);
        }
    }
    bg_document_add_gap(page->document);
    bg_document_add_sheet(page->document, 2, &sheet);
    if (unit == 0) { /* said once */
        bg_document_add(page->document, BG_PART_SENTENCE, 2, "%s",
                        bg_label(BG_LABEL_result_note, page->language));
    }
    if (unit == 0 && patients) {
        bg_document_add(page->document, BG_PART_SENTENCE, 2, "%s",
                        bg_label(BG_LABEL_patients_note, page->language));
    }
}

/* ---- events ---- */
/* The name of the one fund that is carried over, or NULL. */
static const char *carried_fund(const bg_text_page *page, size_t scheme, bool *any)
{
    const bg_budget_terms *terms = page->report->model->contract.terms[scheme];
    const char *name = NULL;
    size_t count = 0;
    for (size_t i = 0; i < bg_budget_fund_count(terms); i++) {
        if (bg_budget_fund(terms, i)->carry_over) {
            name = bg_budget_fund(terms, i)->name;
            count++;
        }
    }
    *any = count > 0;
    return count == 1 ? name : NULL;
}

static void add_event(bg_text_page *page, bg_sheet *sheet, size_t scheme, bg_event event)
{
    bool any;
    const char *fund = carried_fund(page, scheme, &any);
    if (event == BG_EVENT_risk_exhausted && fund) {
        bg_sheet_add_text(
            sheet, bg_sheet_keep(sheet, bg_text_page_words(page, "the %s runs out", "%s用尽"),
                                 bg_label_of_name(fund, page->language)));
    } else {
        bg_sheet_add_text(sheet, bg_label_of_event(event, page->language));
    }
    add_probability(sheet, bg_projection_probability_ever(page->report->projection, scheme, event));
}

static void say_events(bg_text_page *page, size_t scheme)
{
    static const bg_column columns[] = {{.kind = BG_CELL_TEXT}, {.kind = BG_CELL_SHARE}};
    const bool pool = page->report->model->contract.pool[scheme].modelled;
    bool funds;
    carried_fund(page, scheme, &funds);
    bg_sheet sheet;
    bg_sheet_init(&sheet, page->language);
    bg_sheet_add_columns(&sheet, columns, sizeof columns / sizeof *columns);
    for (bg_event event = 0; event < BG_EVENT_COUNT; event++) {
        bool cannot = (event == BG_EVENT_pool_deficit && !pool) ||
                      (event == BG_EVENT_risk_exhausted && !funds);
        if (!cannot) {
            add_event(page, &sheet, scheme, event);
        }
    }
    if (bg_text_page_years(page) > 1) {
        bg_document_add(page->document, BG_PART_HEADING, 0,
                        bg_text_page_words(page, "Chances that in at least one of the %zu years",
                                           "%zu年中至少发生一次的概率"),
                        bg_text_page_years(page));
    } else {
        bg_document_add(page->document, BG_PART_HEADING, 0, "%s",
                        bg_text_page_words(page, "Chances", "发生概率"));
    }
    bg_document_add_sheet(page->document, 2, &sheet);
}

/* ---- parties and funds by year ---- */
/* A row of a table by year: an outcome, with its sign turned where it is someone's loss. */
typedef struct outcome_row {
    size_t outcome;
    int sign;
    const char *label; /* NULL: that of the outcome */
} outcome_row;

static bg_money_scale unit_of_rows(const bg_text_page *page, size_t unit, const outcome_row *rows,
                                   size_t count)
{
    double largest = 0;
    for (size_t i = 0; i < count; i++) {
        largest = fmax(largest, largest_mean_error(page, unit, rows[i].outcome));
    }
    return bg_money_scale_for_error(page->unit, largest);
}

/* Rows that are zero in every future are left out. */
static void say_by_year(bg_text_page *page, size_t unit, const outcome_row *rows, size_t count)
{
    const bg_money_scale money = unit_of_rows(page, unit, rows, count);
    bg_sheet sheet;
    bg_sheet_init(&sheet, page->language);
    add_column(&sheet, BG_CELL_TEXT, "", BG_FORM_VALUE, money);
    for (size_t i = 0; i < bg_text_page_years(page); i++) {
        add_column(&sheet, BG_CELL_AMOUNT, bg_sheet_keep(&sheet, "%d", bg_text_page_year(page, i)),
                   BG_FORM_VALUE, money);
    }
    for (size_t i = 0; i < count; i++) {
        if (!ever_differs_from_zero(page, unit, rows[i].outcome)) {
            continue;
        }
        const bg_outcome_info info =
            bg_projection_outcome_info(page->report->projection, rows[i].outcome);
        bg_sheet_add_text(&sheet, rows[i].label ? rows[i].label
                                                : bg_label_of_outcome(info, page->language));
        for (size_t j = 0; j < bg_text_page_years(page); j++) {
            bg_add_mean(&sheet, bg_text_page_statistics(page, unit, j, rows[i].outcome),
                        rows[i].sign);
        }
    }
    bg_document_add_sheet(page->document, 2, &sheet);
}

/* Appends the outcomes of a kind. */
static size_t append_outcomes(const bg_text_page *page, bg_outcome_kind kind, outcome_row *rows,
                              size_t count, size_t capacity)
{
    const bg_projection *projection = page->report->projection;
    for (size_t i = 0; i < bg_projection_outcome_count(projection) && count < capacity; i++) {
        if (bg_projection_outcome_info(projection, i).kind == kind) {
            rows[count++] = (outcome_row){.outcome = i, .sign = 1};
        }
    }
    return count;
}

static void say_parties(bg_text_page *page, size_t unit)
{
    enum { CAPACITY = BG_MAX_INSTITUTIONS + BG_MAX_PURPOSES + 4 };
    outcome_row rows[CAPACITY] = {
        {.outcome = BG_OUTCOME_result, .sign = 1},
        {.outcome = BG_OUTCOME_disallowed, .sign = -1},
    };
    size_t count = append_outcomes(page, BG_OUTCOME_KIND_INSTITUTION, rows, 2, CAPACITY - 2);
    count = append_outcomes(page, BG_OUTCOME_KIND_PURPOSE, rows, count, CAPACITY - 2);
    const char *pool = bg_label(BG_LABEL_name_pool_sharing, page->language);
    rows[count++] = (outcome_row){.outcome = BG_OUTCOME_shared, .sign = -1, .label = pool};
    rows[count++] = (outcome_row){.outcome = BG_OUTCOME_patients, .sign = -1};
    bg_text_page_heading(page, BG_LABEL_parties_heading);
    say_by_year(page, unit, rows, count);
}

static void say_funds(bg_text_page *page, size_t unit)
{
    enum { CAPACITY = BG_MAX_FUNDS + 2 };
    outcome_row rows[CAPACITY];
    size_t count = append_outcomes(page, BG_OUTCOME_KIND_FUND, rows, 0, CAPACITY - 2);
    const char *added = bg_label(BG_LABEL_name_results_added, page->language);
    rows[count++] = (outcome_row){.outcome = BG_OUTCOME_reserve, .sign = 1, .label = added};
    const bool pool = page->report->model->contract.pool[unit].modelled;
    if (pool) {
        rows[count++] = (outcome_row){.outcome = BG_OUTCOME_pool_balance, .sign = 1};
    }
    bg_text_page_heading(page, BG_LABEL_funds_heading);
    say_by_year(page, unit, rows, count);
    bool carried;
    carried_fund(page, unit, &carried);
    if (carried) {
        bg_document_add(page->document, BG_PART_SENTENCE, 2, "%s",
                        bg_label(BG_LABEL_funds_return, page->language));
    }
    if (!pool) {
        bg_document_add(page->document, BG_PART_SENTENCE, 2, "%s",
                        bg_label(BG_LABEL_no_income, page->language));
    }
}

static void say_scheme_name(const bg_text_page *page, const char *name)
{
    bg_document_add(page->document, BG_PART_CHAPTER, 0, "%s",
                    bg_label_of_scheme(name, page->language));
}

void bg_text_page_scheme(bg_text_page *page, size_t scheme)
{
    say_scheme_name(page, page->report->model->contract.history.scheme[scheme].name);
    say_arithmetic(page, scheme);
    bg_text_page_heading(page, BG_LABEL_years_heading);
    say_expense(page, scheme);
    bg_text_page_chart(page, "expense", scheme);
    bg_text_page_ageing(page, scheme);
    say_result(page, scheme);
    bg_text_page_overspend(page, scheme);
    bg_text_page_bands(page, scheme);
    bg_text_page_chart(page, "surplus", scheme);
    bg_text_page_tiers(page, scheme);
    say_events(page, scheme);
    bg_text_page_incentive(page, scheme);
    bg_text_page_response(page, scheme);
    bg_text_page_purposes(page, scheme);
    bg_text_page_due(page, scheme);
    bg_text_page_chart(page, "cash", scheme);
    say_parties(page, scheme);
    bg_text_page_chart(page, "parties", scheme);
    bg_text_page_funds(page, scheme);
    say_funds(page, scheme);
    bg_text_page_chart(page, "funds", scheme);
    bg_text_page_pool(page, scheme);
}

void bg_text_page_together(bg_text_page *page)
{
    size_t schemes = page->report->model->contract.history.scheme_count;
    if (bg_projection_unit_count(page->report->projection) > schemes) {
        say_scheme_name(page, bg_projection_unit(page->report->projection, schemes));
        bg_document_add_gap(page->document);
        say_expense(page, schemes);
        bg_text_page_chart(page, "expense", schemes);
        say_result(page, schemes);
        bg_text_page_overspend(page, schemes);
        bg_text_page_any(page);
        bg_text_page_chart(page, "surplus", schemes);
        bg_text_page_incentive(page, schemes);
    }
}
