/* The details of a scheme: how its budget comes about, and what to expect of it. */
#include "report/text_page.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_YEARS = 20, LONGEST_INPUTS = 40 };

/* ---- how the budget comes about ---- */
static void add_line(const bg_text_page *page, bg_text_table *table, const bg_budget_line *line)
{
    char amount[BG_AMOUNT_TEXT];
    const char *inputs = line->inputs;
    const char *mark =
        line->assumption ? bg_text_page_words(page, " (assumption)", "（假设）") : "";
    bool short_enough = strlen(inputs) <= LONGEST_INPUTS;
    bg_text_table_add(table, "%d", line->year);
    bg_text_table_add(table, "%s", bg_text_page_words(page, line->label_en, line->label_zh));
    bg_text_table_add(table, "%s", bg_amount_text(page->unit, (double)line->amount, amount));
    bg_text_table_add(table, "%s%s", short_enough ? inputs : "", short_enough ? mark : "");
    if (!short_enough) {
        bg_text_table_note(table, "%s%s%s", bg_budget_line_sign(line), inputs, mark);
    }
}

static void print_arithmetic(bg_text_page *page, size_t scheme)
{
    const bg_report *report = page->report;
    bg_text_table table;
    bg_text_table_init(&table, "rlrl");
    const bg_budget_lines *lines = &report->budget->lines[scheme];
    for (size_t i = 0; i < lines->count; i++) {
        if (lines->items[i].year <= report->model->contract.first_year) {
            add_line(page, &table, &lines->items[i]);
        }
    }
    bg_text_page_heading(page, BG_LABEL_budget_heading);
    bg_text_page_table(page, &table);
    char *lag = bg_lag_sentence(report->model, report->budget, scheme, page->language);
    bg_text_page_say(page, 2, "%s", lag ? lag : "");
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

static void add_label(bg_text_table *table, const bg_text_page *page, bg_label_id label)
{
    bg_text_table_add(table, "%s", bg_label(label, page->language));
}

static void add_mean(bg_text_table *table, bg_money_scale unit, const bg_statistics *s, int sign)
{
    char text[BG_TEXT_SIZE];
    bg_text_table_add(table, "%s", bg_text_page_mean(unit, s, sign, text));
}

/* The 80 % interval and the error of its ends: two cells. */
static void add_interval(bg_text_table *table, const bg_text_page *page, bg_money_scale unit,
                         const bg_statistics *s)
{
    char text[BG_TEXT_SIZE];
    bg_text_table_add(table, "%s", bg_text_page_interval(page, unit, s, text));
    bg_text_table_add(table, "%s", bg_text_page_ends(unit, s, text));
}

static void add_probability(bg_text_table *table, const bg_text_page *page, size_t unit,
                            size_t year, bg_event event)
{
    char text[BG_TEXT_SIZE];
    const bg_probability p = bg_projection_probability(page->report->projection, unit, year, event);
    bg_text_table_add(table, "%s", bg_text_page_probability(p, text));
}

static void print_expense(bg_text_page *page, size_t unit)
{
    static const bg_label_id heads[] = {
        BG_LABEL_year, BG_LABEL_budget,        BG_LABEL_expense,    BG_LABEL_interval,
        BG_LABEL_ends, BG_LABEL_p_over_budget, BG_LABEL_p_overspend};
    const bg_money_scale money = unit_of_intervals(page, unit, BG_OUTCOME_expense);
    bg_text_table table;
    bg_text_table_init(&table, "rrrrrrr");
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        add_label(&table, page, heads[i]);
    }
    bool varies = false;
    for (size_t i = 0; i < bg_text_page_years(page); i++) {
        const bg_statistics *budget = bg_text_page_statistics(page, unit, i, BG_OUTCOME_budget);
        const bg_statistics *expense = bg_text_page_statistics(page, unit, i, BG_OUTCOME_expense);
        bg_text_table_add(&table, "%d", bg_text_page_year(page, i));
        add_mean(&table, money, budget, 1);
        add_mean(&table, money, expense, 1);
        add_interval(&table, page, money, expense);
        add_probability(&table, page, unit, i, BG_EVENT_over_budget);
        add_probability(&table, page, unit, i, BG_EVENT_overspend);
        varies = varies || bg_varies(budget);
    }
    bg_text_page_table(page, &table);
    if (varies && unit < page->report->model->contract.history.scheme_count) {
        bg_text_page_say(page, 2, "%s", bg_label(BG_LABEL_budget_varies, page->language));
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

static void print_result(bg_text_page *page, size_t unit)
{
    static const bg_label_id heads[] = {BG_LABEL_year, BG_LABEL_result, BG_LABEL_interval,
                                        BG_LABEL_ends, BG_LABEL_pool_part};
    const bool patients = ever_differs_from_zero(page, unit, BG_OUTCOME_patients);
    const bg_money_scale money = unit_of_intervals(page, unit, BG_OUTCOME_result);
    bg_text_table table;
    bg_text_table_init(&table, patients ? "rrrrrr" : "rrrrr");
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        add_label(&table, page, heads[i]);
    }
    if (patients) {
        add_label(&table, page, BG_LABEL_patients_pay);
    }
    for (size_t i = 0; i < bg_text_page_years(page); i++) {
        const bg_statistics *result = bg_text_page_statistics(page, unit, i, BG_OUTCOME_result);
        bg_text_table_add(&table, "%d", bg_text_page_year(page, i));
        add_mean(&table, money, result, 1);
        add_interval(&table, page, money, result);
        add_mean(&table, money, bg_text_page_statistics(page, unit, i, BG_OUTCOME_shared), 1);
        if (patients) {
            add_mean(&table, money, bg_text_page_statistics(page, unit, i, BG_OUTCOME_patients), 1);
        }
    }
    fputc('\n', page->stream);
    bg_text_page_table(page, &table);
    if (unit == 0) { /* said once */
        bg_text_page_say(page, 2, "%s", bg_label(BG_LABEL_result_note, page->language));
    }
    if (unit == 0 && patients) {
        bg_text_page_say(page, 2, "%s", bg_label(BG_LABEL_patients_note, page->language));
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

static void add_event(bg_text_page *page, bg_text_table *table, size_t scheme, bg_event event)
{
    char text[BG_TEXT_SIZE];
    bool any;
    const char *fund = carried_fund(page, scheme, &any);
    if (event == BG_EVENT_risk_exhausted && fund) {
        bg_text_table_add(table, bg_text_page_words(page, "the %s runs out", "%s用尽"),
                          bg_label_of_name(fund, page->language));
    } else {
        bg_text_table_add(table, "%s", bg_label_of_event(event, page->language));
    }
    const bg_probability ever =
        bg_projection_probability_ever(page->report->projection, scheme, event);
    bg_text_table_add(table, "%s", bg_text_page_probability(ever, text));
}

static void print_events(bg_text_page *page, size_t scheme)
{
    const bool pool = page->report->model->contract.pool[scheme].modelled;
    bool funds;
    carried_fund(page, scheme, &funds);
    bg_text_table table;
    bg_text_table_init(&table, "lr");
    for (bg_event event = 0; event < BG_EVENT_COUNT; event++) {
        bool cannot = (event == BG_EVENT_pool_deficit && !pool) ||
                      (event == BG_EVENT_risk_exhausted && !funds);
        if (!cannot) {
            add_event(page, &table, scheme, event);
        }
    }
    if (bg_text_page_years(page) > 1) {
        fprintf(page->stream,
                bg_text_page_words(page, "\nChances that in at least one of the %zu years\n",
                                   "\n%zu年中至少发生一次的概率\n"),
                bg_text_page_years(page));
    } else {
        fputs(bg_text_page_words(page, "\nChances\n", "\n发生概率\n"), page->stream);
    }
    bg_text_page_table(page, &table);
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
static void print_by_year(bg_text_page *page, size_t unit, const outcome_row *rows, size_t count)
{
    char alignment[MOST_YEARS + 2] = "l";
    memset(alignment + 1, 'r', bg_text_page_years(page));
    const bg_money_scale money = unit_of_rows(page, unit, rows, count);
    bg_text_table table;
    bg_text_table_init(&table, alignment);
    bg_text_table_add(&table, "%s", "");
    for (size_t i = 0; i < bg_text_page_years(page); i++) {
        bg_text_table_add(&table, "%d", bg_text_page_year(page, i));
    }
    for (size_t i = 0; i < count; i++) {
        if (!ever_differs_from_zero(page, unit, rows[i].outcome)) {
            continue;
        }
        const char *name = bg_projection_outcome(page->report->projection, rows[i].outcome);
        bg_text_table_add(&table, "%s",
                          rows[i].label ? rows[i].label : bg_label_of_name(name, page->language));
        for (size_t j = 0; j < bg_text_page_years(page); j++) {
            add_mean(&table, money, bg_text_page_statistics(page, unit, j, rows[i].outcome),
                     rows[i].sign);
        }
    }
    bg_text_page_table(page, &table);
}

/* Appends the outcomes whose names begin with `prefix`. */
static size_t append_outcomes(const bg_text_page *page, const char *prefix, outcome_row *rows,
                              size_t count, size_t capacity)
{
    const bg_projection *projection = page->report->projection;
    for (size_t i = 0; i < bg_projection_outcome_count(projection) && count < capacity; i++) {
        if (strncmp(bg_projection_outcome(projection, i), prefix, strlen(prefix)) == 0) {
            rows[count++] = (outcome_row){.outcome = i, .sign = 1};
        }
    }
    return count;
}

static void print_parties(bg_text_page *page, size_t unit)
{
    enum { CAPACITY = BG_MAX_INSTITUTIONS + 4 };
    outcome_row rows[CAPACITY] = {
        {.outcome = BG_OUTCOME_result, .sign = 1},
        {.outcome = BG_OUTCOME_disallowed, .sign = -1},
    };
    size_t count = append_outcomes(page, "institution.", rows, 2, CAPACITY - 2);
    const char *pool = bg_label(BG_LABEL_name_pool_sharing, page->language);
    rows[count++] = (outcome_row){.outcome = BG_OUTCOME_shared, .sign = -1, .label = pool};
    rows[count++] = (outcome_row){.outcome = BG_OUTCOME_patients, .sign = -1};
    bg_text_page_heading(page, BG_LABEL_parties_heading);
    print_by_year(page, unit, rows, count);
}

static void print_funds(bg_text_page *page, size_t unit)
{
    enum { CAPACITY = BG_MAX_FUNDS + 2 };
    outcome_row rows[CAPACITY];
    size_t count = append_outcomes(page, "fund.", rows, 0, CAPACITY - 2);
    const char *added = bg_label(BG_LABEL_name_results_added, page->language);
    rows[count++] = (outcome_row){.outcome = BG_OUTCOME_reserve, .sign = 1, .label = added};
    rows[count++] = (outcome_row){.outcome = BG_OUTCOME_pool_balance, .sign = 1};
    bg_text_page_heading(page, BG_LABEL_funds_heading);
    print_by_year(page, unit, rows, count);
    bool carried;
    carried_fund(page, unit, &carried);
    if (carried) {
        bg_text_page_say(page, 2, "%s", bg_label(BG_LABEL_funds_return, page->language));
    }
    if (!page->report->model->contract.pool[unit].modelled) {
        bg_text_page_say(page, 2, "%s", bg_label(BG_LABEL_no_income, page->language));
    }
}

static void print_scheme_name(const bg_text_page *page, const char *name)
{
    fprintf(page->stream, "\n## %s\n", bg_label_of_scheme(name, page->language));
}

void bg_text_page_scheme(bg_text_page *page, size_t scheme)
{
    print_scheme_name(page, page->report->model->contract.history.scheme[scheme].name);
    print_arithmetic(page, scheme);
    bg_text_page_heading(page, BG_LABEL_years_heading);
    print_expense(page, scheme);
    print_result(page, scheme);
    print_events(page, scheme);
    print_parties(page, scheme);
    print_funds(page, scheme);
}

void bg_text_page_together(bg_text_page *page)
{
    size_t schemes = page->report->model->contract.history.scheme_count;
    if (bg_projection_unit_count(page->report->projection) > schemes) {
        print_scheme_name(page, bg_projection_unit(page->report->projection, schemes));
        fputc('\n', page->stream);
        print_expense(page, schemes);
        print_result(page, schemes);
    }
}
