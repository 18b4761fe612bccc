/* The report that a planner reads in a minute; each part is a function, in the order of the page. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/amount.h"
#include "report/label.h"
#include "report/report.h"
#include "report/table.h"
#include "report/width.h"

#define Z95 1.959964 /* 97.5 % point of the normal distribution */
enum { Q10 = 2, Q90 = 6 };

/* A report being printed: one unit of money throughout. */
typedef struct page {
    const bg_report *report;
    const char *language;
    bg_unit unit;
    FILE *stream;
} page;

__attribute__((format_arg(2), format_arg(3))) static const char *
words(const page *self, const char *en, const char *zh)
{
    return bg_in_language(self->language, en, zh);
}

static void heading(const page *self, const char *text)
{
    fprintf(self->stream, "\n%s\n", text);
}

static const bg_statistics *statistics(const page *self, size_t unit, size_t year, size_t outcome)
{
    return bg_projection_statistics(self->report->projection, unit, year, outcome);
}

/* ---- cells ---- */
static void add_label(bg_table *table, const page *self, bg_label_id label)
{
    bg_table_add(table, "%s", bg_label(label, self->language));
}

/* The mean with its 95 % sampling error, or alone where all futures agree. */
static void add_mean(bg_table *table, const page *self, const bg_statistics *s, int sign)
{
    char text[BG_AMOUNT_TEXT];
    double error = s->minimum < s->maximum ? Z95 * s->mean_se : 0;
    bg_table_add(table, "%s", bg_amount_with_error(self->unit, sign * s->mean, error, text));
}

static void add_quantile(bg_table *table, const page *self, const bg_quantile *quantile)
{
    char text[BG_AMOUNT_TEXT];
    double below = quantile->value - quantile->low, above = quantile->high - quantile->value;
    double error = quantile->has_interval ? fmax(below, above) : 0;
    bg_table_add(table, "%s", bg_amount_with_error(self->unit, quantile->value, error, text));
}

static void add_interval(bg_table *table, const page *self, const bg_statistics *s)
{
    add_quantile(table, self, &s->quantile[Q10]);
    bg_table_add(table, "…");
    add_quantile(table, self, &s->quantile[Q90]);
}

static void probability_text(bg_probability p, char *buffer, size_t size)
{
    snprintf(buffer, size, "%.1f%% ±%.1f", 100 * p.estimate, 50 * (p.high - p.low));
}

static void add_probability(bg_table *table, const page *self, size_t unit, size_t year,
                            bg_event event)
{
    char text[48];
    probability_text(bg_projection_probability(self->report->projection, unit, year, event), text,
                     sizeof text);
    bg_table_add(table, "%s", text);
}

/* ---- parts ---- */
static void print_title(const page *self)
{
    const bg_report *report = self->report;
    const char *title =
        bg_node_in_language(bg_scenario_find(report->scenario, "title"), self->language);
    title = title[0] ? title : bg_scenario_file(report->scenario);
    fprintf(self->stream, "%s\n", title);
    for (size_t i = bg_text_width(title); i > 0; i--) {
        fputc('=', self->stream);
    }
    const bg_node *simulation = bg_scenario_find(report->scenario, "simulation");
    fprintf(self->stream,
            words(self, "\n%zu futures, seed %lld. Amounts in %s. ± is the 95%% sampling error.\n",
                  "\n模拟%zu次，随机种子%lld。金额单位：%s。±为95%%抽样误差。\n"),
            bg_projection_replications(report->projection),
            (long long)bg_node_integer(simulation, "seed"), self->unit.name);
}

static bg_status print_arithmetic(const page *self, size_t scheme)
{
    const bg_report *report = self->report;
    heading(self, bg_label(BG_LABEL_budget_heading, self->language));
    bg_table table;
    bg_table_init(&table, "rlrl");
    const bg_budget_lines *lines = &report->budget->lines[scheme];
    for (size_t i = 0; i < lines->count; i++) {
        const bg_budget_line *line = &lines->items[i];
        if (line->year > report->model->first_year) {
            continue;
        }
        char amount[BG_AMOUNT_TEXT];
        bg_table_add(&table, "%d", line->year);
        bg_table_add(&table, "%s", words(self, line->label_en, line->label_zh));
        bg_table_add(&table, "%s", bg_amount_text(self->unit, (double)line->amount, amount));
        bg_table_add(&table, "%s%s", line->inputs ? line->inputs : "",
                     line->assumption ? words(self, "  (assumption)", "（假设）") : "");
    }
    bg_status status = bg_table_print(&table, self->stream, 2);
    bg_lag_print(report->model, report->budget, scheme, self->language, self->stream);
    return status;
}

static bg_status print_expense(const page *self, size_t unit)
{
    static const bg_label_id heads[] = {BG_LABEL_year, BG_LABEL_budget, BG_LABEL_expense,
                                        BG_LABEL_interval};
    bg_table table;
    bg_table_init(&table, "rrrrlrrr");
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        add_label(&table, self, heads[i]);
    }
    bg_table_add(&table, "%s", "");
    bg_table_add(&table, "%s", "");
    add_label(&table, self, BG_LABEL_p_over_budget);
    add_label(&table, self, BG_LABEL_p_overspend);
    for (size_t i = 0; i < bg_projection_year_count(self->report->projection); i++) {
        const bg_statistics *expense = statistics(self, unit, i, BG_OUTCOME_expense);
        bg_table_add(&table, "%d", bg_projection_year(self->report->projection, i));
        add_mean(&table, self, statistics(self, unit, i, BG_OUTCOME_budget), 1);
        add_mean(&table, self, expense, 1);
        add_interval(&table, self, expense);
        add_probability(&table, self, unit, i, BG_EVENT_over_budget);
        add_probability(&table, self, unit, i, BG_EVENT_overspend);
    }
    return bg_table_print(&table, self->stream, 2);
}

static bg_status print_result(const page *self, size_t unit)
{
    int risk = bg_projection_outcome_index(self->report->projection, "fund.risk");
    bg_table table;
    bg_table_init(&table, risk >= 0 ? "rrrlrrr" : "rrrlrr");
    add_label(&table, self, BG_LABEL_year);
    add_label(&table, self, BG_LABEL_result);
    add_label(&table, self, BG_LABEL_interval);
    bg_table_add(&table, "%s", "");
    bg_table_add(&table, "%s", "");
    add_label(&table, self, BG_LABEL_pool_part);
    if (risk >= 0) {
        add_label(&table, self, BG_LABEL_risk_fund);
    }
    for (size_t i = 0; i < bg_projection_year_count(self->report->projection); i++) {
        const bg_statistics *result = statistics(self, unit, i, BG_OUTCOME_result);
        bg_table_add(&table, "%d", bg_projection_year(self->report->projection, i));
        add_mean(&table, self, result, 1);
        add_interval(&table, self, result);
        add_mean(&table, self, statistics(self, unit, i, BG_OUTCOME_shared), 1);
        if (risk >= 0) {
            add_mean(&table, self, statistics(self, unit, i, (size_t)risk), 1);
        }
    }
    return bg_table_print(&table, self->stream, 2);
}

/* "In at least one of the 5 years: expense over budget 45.1% ±1.0; …" */
static void print_ever(const page *self, size_t unit)
{
    static const bg_event events[] = {BG_EVENT_over_budget, BG_EVENT_overspend, BG_EVENT_loss,
                                      BG_EVENT_risk_exhausted, BG_EVENT_emergency};
    const bg_projection *projection = self->report->projection;
    fprintf(self->stream, words(self, "In at least one of the %zu years:", "%zu年中至少发生一次："),
            bg_projection_year_count(projection));
    for (size_t i = 0; i < sizeof events / sizeof *events; i++) {
        char text[48];
        probability_text(bg_projection_probability_ever(projection, unit, events[i]), text,
                         sizeof text);
        fprintf(self->stream, "%s%s %s", i ? words(self, "; ", "；") : words(self, "\n  ", ""),
                bg_label_of_event(events[i], self->language), text);
    }
    fputs(words(self, ".\n", "。\n"), self->stream);
}

/* A row of a table by year: an outcome, with its sign turned where it is someone's loss. */
typedef struct outcome_row {
    size_t outcome;
    int sign;
    const char *label; /* NULL: that of the outcome */
} outcome_row;

static bool ever_differs_from_zero(const page *self, size_t unit, size_t outcome)
{
    for (size_t i = 0; i < bg_projection_year_count(self->report->projection); i++) {
        const bg_statistics *s = statistics(self, unit, i, outcome);
        if (s->minimum != 0 || s->maximum != 0) {
            return true;
        }
    }
    return false;
}

/* Rows that are zero in every future are left out. */
static bg_status print_by_year(const page *self, size_t unit, const outcome_row *rows, size_t count)
{
    enum { MOST_YEARS = 20 };
    char alignment[MOST_YEARS + 2] = "l";
    size_t years = bg_projection_year_count(self->report->projection);
    memset(alignment + 1, 'r', years);
    bg_table table;
    bg_table_init(&table, alignment);
    add_label(&table, self, BG_LABEL_party);
    for (size_t i = 0; i < years; i++) {
        bg_table_add(&table, "%d", bg_projection_year(self->report->projection, i));
    }
    for (size_t i = 0; i < count; i++) {
        if (!ever_differs_from_zero(self, unit, rows[i].outcome)) {
            continue;
        }
        const char *name = bg_projection_outcome(self->report->projection, rows[i].outcome);
        bg_table_add(&table, "%s",
                     rows[i].label ? rows[i].label : bg_label_of_name(name, self->language));
        for (size_t j = 0; j < years; j++) {
            add_mean(&table, self, statistics(self, unit, j, rows[i].outcome), rows[i].sign);
        }
    }
    return bg_table_print(&table, self->stream, 2);
}

/* Appends the outcomes whose names begin with `prefix`. */
static size_t append_outcomes(const page *self, const char *prefix, outcome_row *rows, size_t count,
                              size_t capacity)
{
    const bg_projection *projection = self->report->projection;
    for (size_t i = 0; i < bg_projection_outcome_count(projection) && count < capacity; i++) {
        if (strncmp(bg_projection_outcome(projection, i), prefix, strlen(prefix)) == 0) {
            rows[count++] = (outcome_row){.outcome = i, .sign = 1};
        }
    }
    return count;
}

static bg_status print_parties(const page *self, size_t unit)
{
    enum { CAPACITY = BG_MAX_INSTITUTIONS + 3 };
    outcome_row rows[CAPACITY] = {
        {.outcome = BG_OUTCOME_result, .sign = 1},
        {.outcome = BG_OUTCOME_disallowed, .sign = -1},
    };
    size_t count = append_outcomes(self, "institution.", rows, 2, CAPACITY - 1);
    const char *pool = bg_label(BG_LABEL_name_pool_sharing, self->language);
    rows[count++] = (outcome_row){.outcome = BG_OUTCOME_shared, .sign = -1, .label = pool};
    heading(self, bg_label(BG_LABEL_parties_heading, self->language));
    return print_by_year(self, unit, rows, count);
}

static bg_status print_funds(const page *self, size_t unit)
{
    enum { CAPACITY = BG_MAX_FUNDS + 2 };
    outcome_row rows[CAPACITY];
    size_t count = append_outcomes(self, "fund.", rows, 0, CAPACITY - 2);
    rows[count++] = (outcome_row){.outcome = BG_OUTCOME_reserve, .sign = 1};
    rows[count++] = (outcome_row){.outcome = BG_OUTCOME_pool_balance, .sign = 1};
    heading(self, bg_label(BG_LABEL_funds_heading, self->language));
    bg_status status = print_by_year(self, unit, rows, count);
    if (!self->report->model->pool[unit].modelled) {
        fputs(words(self,
                    "  The pool's income is not given: its balance shows the contract's movements "
                    "only.\n",
                    "  未填基金收入：统筹基金结余仅反映包干合同的变动。\n"),
              self->stream);
    }
    return status;
}

static bg_status print_scheme(const page *self, size_t scheme)
{
    fprintf(self->stream, "\n## %s\n",
            bg_label_of_name(bg_projection_unit(self->report->projection, scheme), self->language));
    bg_status status = print_arithmetic(self, scheme);
    heading(self, bg_label(BG_LABEL_years_heading, self->language));
    status = status == BG_OK ? print_expense(self, scheme) : status;
    fputc('\n', self->stream);
    status = status == BG_OK ? print_result(self, scheme) : status;
    print_ever(self, scheme);
    status = status == BG_OK ? print_parties(self, scheme) : status;
    return status == BG_OK ? print_funds(self, scheme) : status;
}

/* "2025: Expense 1,067.86 was published; the 80% interval … holds it." */
static void print_interval(const page *self, int year, const char *what, const bg_outturn *outturn)
{
    char published[BG_AMOUNT_TEXT], low[BG_AMOUNT_TEXT], high[BG_AMOUNT_TEXT];
    bg_amount_text(self->unit, (double)outturn->published, published);
    bg_amount_text(self->unit, outturn->low, low);
    bg_amount_text(self->unit, outturn->high, high);
    fprintf(self->stream,
            words(self, "  %d: %s %s published; the 80%% interval %s … %s %s it.\n",
                  "  %d：%s公布值%s；80%%区间%s … %s%s该值。\n"),
            year, what, published, low, high,
            bg_outturn_inside(outturn) ? words(self, "holds", "包含")
                                       : words(self, "does not hold", "不包含"));
}

static void add_relative_error(bg_table *table, double forecast, bg_fen published)
{
    if (published != 0) {
        bg_table_add(table, "%+.1f%%", 100 * (forecast / (double)published - 1));
    } else {
        bg_table_add(table, "–");
    }
}

static bg_status print_published(const page *self)
{
    bg_published list[20];
    size_t count = bg_published_read(self->report, list, sizeof list / sizeof *list);
    if (count == 0) {
        return BG_OK;
    }
    heading(self, bg_label(BG_LABEL_published_heading, self->language));
    bg_table table;
    bg_table_init(&table, "rlrr");
    add_label(&table, self, BG_LABEL_year);
    add_label(&table, self, BG_LABEL_method);
    add_label(&table, self, BG_LABEL_forecast);
    add_label(&table, self, BG_LABEL_error);
    for (size_t i = 0; i < count; i++) {
        char text[BG_AMOUNT_TEXT];
        bg_table_add(&table, "%d", list[i].year);
        bg_table_add(&table, "%s", words(self, "published", "公布值"));
        bg_table_add(&table, "%s",
                     bg_amount_text(self->unit, (double)list[i].expense.published, text));
        bg_table_add(&table, "%s", "");
        for (size_t j = 0; j < sizeof list->forecast / sizeof *list->forecast; j++) {
            double forecast = list[i].forecast[j].expense;
            bg_table_add(&table, "%s", "");
            bg_table_add(&table, "%s", words(self, list[i].forecast[j].en, list[i].forecast[j].zh));
            bg_table_add(&table, "%s", bg_amount_text(self->unit, forecast, text));
            add_relative_error(&table, forecast, list[i].expense.published);
        }
    }
    bg_status status = bg_table_print(&table, self->stream, 2);
    for (size_t i = 0; i < count; i++) {
        print_interval(self, list[i].year, bg_label(BG_LABEL_expense, self->language),
                       &list[i].expense);
        if (list[i].has_balance) {
            print_interval(self, list[i].year, bg_label(BG_LABEL_pool_balance, self->language),
                           &list[i].balance);
        }
    }
    return status;
}

static void print_data(const page *self)
{
    const bg_history *history = &self->report->model->history;
    heading(self, bg_label(BG_LABEL_data_heading, self->language));
    for (size_t i = 0; i < history->scheme_count; i++) {
        const bg_scheme *scheme = &history->scheme[i];
        fprintf(self->stream, "  %s:", bg_label_of_name(scheme->name, self->language));
        for (size_t j = 0; j < history->year_count; j++) {
            char text[BG_AMOUNT_TEXT];
            fprintf(self->stream, "%s %d %s", j ? "," : "", history->year[j],
                    bg_amount_text(self->unit, (double)scheme->paid_fen[j], text));
        }
        fprintf(self->stream, words(self, "; %.0f insured people%s\n", "；参保%.0f人%s\n"),
                scheme->people,
                scheme->people_assumed ? words(self, " (assumed from the national spend per head)",
                                               "（按全国人均支出推算）")
                                       : "");
    }
}

static bg_status print_assumptions(const page *self)
{
    enum { CAPACITY = 512 };
    bg_default_key *keys = calloc(CAPACITY, sizeof *keys);
    if (!keys) {
        return BG_MEMORY;
    }
    size_t count = bg_default_keys(self->report->scenario, self->report->model, keys, CAPACITY);
    bg_table table;
    bg_table_init(&table, "lrl");
    for (size_t i = 0; i < count && i < CAPACITY; i++) {
        if (!keys[i].assumption) {
            continue;
        }
        char *value = bg_node_value_text(keys[i].node);
        bg_table_add(&table, "%s", keys[i].node->path);
        bg_table_add(&table, "%s", value && bg_text_width(value) <= 24 ? value : "…");
        bg_table_add(&table, "%s", keys[i].source);
        free(value);
    }
    free(keys);
    heading(self, bg_label(BG_LABEL_assumptions_heading, self->language));
    return bg_table_print(&table, self->stream, 2);
}

/* The largest budget or expense of any unit decides the unit of money. */
static bg_unit choose_unit(const bg_report *report)
{
    double largest = 0;
    for (size_t i = 0; i < report->model->history.scheme_count; i++) {
        for (size_t j = 0; j < bg_projection_year_count(report->projection); j++) {
            const bg_statistics *s =
                bg_projection_statistics(report->projection, i, j, BG_OUTCOME_expense);
            largest = fmax(largest, s->mean);
        }
    }
    return bg_unit_choose(largest, report->language);
}

bg_status bg_report_text(const bg_report *report, FILE *stream)
{
    const page self = {report, report->language, choose_unit(report), stream};
    print_title(&self);
    bg_status status = BG_OK;
    for (size_t i = 0; i < report->model->history.scheme_count && status == BG_OK; i++) {
        status = print_scheme(&self, i);
    }
    status = status == BG_OK ? print_published(&self) : status;
    print_data(&self);
    status = status == BG_OK ? print_assumptions(&self) : status;
    fprintf(stream, "\n%s\n",
            words(&self,
                  "What is saved is fund payment not spent; it is not the hospitals' profit.",
                  "结余是未支出的医保基金，并非医院利润。"));
    return status;
}
