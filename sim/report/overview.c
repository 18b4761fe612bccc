#include "report/overview.h"

#include "format/csv_writer.h"
#include "format/text_writer.h"
#include "report/label.h"
#include "statistics/uncertainty.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LISTED     10 /* scenarios named */
#define YEARS_MOST 64 /* different calendar years */

static const bg_outcome outcomes[BG_OVERVIEW_OUTCOMES] = {
    BG_OUTCOME_budget, BG_OUTCOME_expense,      BG_OUTCOME_result,
    BG_OUTCOME_shared, BG_OUTCOME_pool_balance, BG_OUTCOME_lowest_cash,
};
static const char *const names[BG_OVERVIEW_OUTCOMES] = {"budget", "expense",      "result",
                                                        "shared", "pool_balance", "lowest_cash"};
static const bg_event events[BG_OVERVIEW_EVENTS] = {
    BG_EVENT_over_budget,  BG_EVENT_overspend,     BG_EVENT_loss,
    BG_EVENT_pool_deficit, BG_EVENT_cash_negative,
};

/* ---- rows ---- */

void bg_overview_wanted(const bg_model *model, bool *wanted)
{
    memset(wanted, 0, bg_model_outcome_count(model) * sizeof *wanted);
    for (size_t o = 0; o < BG_OVERVIEW_OUTCOMES; o++) {
        wanted[outcomes[o]] = true;
    }
}

static void begin_rows(bg_sheet *sheet)
{
    static const bg_column columns[] = {
        {.name = "scenario", .kind = BG_CELL_TEXT},      {.name = "title", .kind = BG_CELL_TEXT},
        {.name = "unit", .kind = BG_CELL_TEXT},          {.name = "year", .kind = BG_CELL_YEAR},
        {.name = "replications", .kind = BG_CELL_COUNT},
    };
    bg_sheet_init(sheet, "zh");
    bg_sheet_add_columns(sheet, columns, sizeof columns / sizeof *columns);
    for (size_t o = 0; o < BG_OVERVIEW_OUTCOMES; o++) {
        bg_sheet_add_column(sheet, (bg_column){.name = bg_sheet_keep(sheet, "%s_yuan", names[o]),
                                               .kind = BG_CELL_AMOUNT,
                                               .error = bg_sheet_keep(sheet, "%s_se", names[o]),
                                               .low = bg_sheet_keep(sheet, "%s_q10", names[o]),
                                               .high = bg_sheet_keep(sheet, "%s_q90", names[o])});
    }
    for (size_t e = 0; e < BG_OVERVIEW_EVENTS; e++) {
        const char *name = bg_sheet_keep(sheet, "p_%s", bg_event_name(events[e]));
        bg_sheet_add_column(sheet, (bg_column){.name = name, .kind = BG_CELL_SHARE});
    }
}

bg_status bg_overview_heading(FILE *stream)
{
    bg_sheet sheet;
    begin_rows(&sheet);
    const bg_status status = bg_sheet_write_csv_heading(&sheet, stream);
    bg_sheet_free(&sheet);
    return status;
}

static const char *title_of(const bg_model *model)
{
    return bg_node_in_language(bg_scenario_find(model->contract.scenario, "title"), "zh");
}

static void add_row(const bg_model *model, const bg_projection *projection, size_t unit,
                    size_t year, bg_sheet *sheet)
{
    bg_sheet_add_text(sheet, bg_scenario_file(model->contract.scenario));
    bg_sheet_add_text(sheet, title_of(model));
    bg_sheet_add_text(sheet, bg_projection_unit(projection, unit));
    bg_sheet_add_year(sheet, bg_projection_year(projection, year));
    bg_sheet_add_count(sheet, bg_projection_replications(projection));
    for (size_t o = 0; o < BG_OVERVIEW_OUTCOMES; o++) {
        const bg_statistics *s = bg_projection_statistics(projection, unit, year, outcomes[o]);
        bg_sheet_add(sheet, (bg_cell){.kind = BG_CELL_AMOUNT,
                                      .value = s->mean,
                                      .error = s->mean_se,
                                      .low = s->quantile[BG_Q10].value,
                                      .high = s->quantile[BG_Q90].value});
    }
    for (size_t e = 0; e < BG_OVERVIEW_EVENTS; e++) {
        bg_sheet_add_share(sheet,
                           bg_projection_probability(projection, unit, year, events[e]).estimate);
    }
}

bg_status bg_overview_rows(const bg_model *model, const bg_projection *projection, FILE *stream)
{
    bg_sheet sheet;
    begin_rows(&sheet);
    for (size_t unit = 0; unit < bg_projection_unit_count(projection); unit++) {
        for (size_t year = 0; year < bg_projection_year_count(projection); year++) {
            add_row(model, projection, unit, year, &sheet);
        }
    }
    const bg_status status = bg_sheet_write_csv_rows(&sheet, stream);
    bg_sheet_free(&sheet);
    return status;
}

/* ---- the page ---- */

/* Means and standard errors added up. The scenarios share their random numbers, so their errors go
 * together: the error of the sum is at most the sum of the errors. */
typedef struct year_sum {
    int year;
    double mean[BG_OVERVIEW_OUTCOMES], se[BG_OVERVIEW_OUTCOMES];
    size_t scenarios, likely; /* and those that overspend more often than not */
} year_sum;

typedef struct risky {
    char *name;
    double chance, result; /* of an overspend; expected result, both of the first year */
} risky;

struct bg_overview {
    year_sum year[YEARS_MOST];
    size_t years, failed, scenarios;
    bg_fen money_shown; /* of the first scenario, as bg_scenario_money_shown */
    risky list[LISTED + 1];
    size_t listed;
};

bg_overview *bg_overview_new(void)
{
    return calloc(1, sizeof(bg_overview));
}

void bg_overview_free(bg_overview *self)
{
    for (size_t i = 0; self && i < self->listed; i++) {
        free(self->list[i].name);
    }
    free(self);
}

void bg_overview_add_failed(bg_overview *self)
{
    self->failed++;
}

/* The sum of that year, made where it is new; NULL where there is no room. Years stay in order. */
static year_sum *sum_of(bg_overview *self, int year)
{
    size_t at = 0;
    while (at < self->years && self->year[at].year < year) {
        at++;
    }
    if (at < self->years && self->year[at].year == year) {
        return &self->year[at];
    }
    if (self->years == YEARS_MOST) {
        return NULL;
    }
    memmove(&self->year[at + 1], &self->year[at], (self->years - at) * sizeof self->year[0]);
    self->years++;
    self->year[at] = (year_sum){.year = year};
    return &self->year[at];
}

static void add_year(bg_overview *self, const bg_projection *projection, size_t year)
{
    const size_t unit = bg_projection_unit_count(projection) - 1;
    year_sum *sum = sum_of(self, bg_projection_year(projection, year));
    if (!sum) {
        return;
    }
    for (size_t o = 0; o < BG_OVERVIEW_OUTCOMES; o++) {
        const bg_statistics *s = bg_projection_statistics(projection, unit, year, outcomes[o]);
        sum->mean[o] += s->mean;
        sum->se[o] += isnan(s->mean_se) ? 0 : s->mean_se;
    }
    sum->scenarios++;
    sum->likely +=
        bg_projection_probability(projection, unit, year, BG_EVENT_overspend).estimate > 0.5;
}

/* Keeps the list by falling chance, then by name. */
static bool stands_before(const risky *a, const risky *b)
{
    return a->chance > b->chance || (a->chance == b->chance && strcmp(a->name, b->name) < 0);
}

static bg_status list_risky(bg_overview *self, const bg_model *model,
                            const bg_projection *projection)
{
    const size_t unit = bg_projection_unit_count(projection) - 1;
    risky entry = {
        .name = strdup(bg_scenario_file(model->contract.scenario)),
        .chance = bg_projection_probability(projection, unit, 0, BG_EVENT_overspend).estimate,
        .result = bg_projection_statistics(projection, unit, 0, BG_OUTCOME_result)->mean};
    if (!entry.name) {
        return BG_MEMORY;
    }
    size_t at = self->listed;
    while (at > 0 && stands_before(&entry, &self->list[at - 1])) {
        at--;
    }
    memmove(&self->list[at + 1], &self->list[at], (self->listed - at) * sizeof entry);
    self->list[at] = entry;
    if (++self->listed > LISTED) {
        free(self->list[--self->listed].name);
    }
    return BG_OK;
}

bg_status bg_overview_add(bg_overview *self, const bg_model *model, const bg_projection *projection)
{
    if (self->scenarios == 0) {
        self->money_shown = bg_scenario_money_shown(model->contract.scenario);
    }
    self->scenarios++;
    for (size_t year = 0; year < bg_projection_year_count(projection); year++) {
        add_year(self, projection, year);
    }
    return list_risky(self, model, projection);
}

static bg_money_scale unit_of(const bg_overview *self, const char *language)
{
    double largest = 0;
    for (size_t i = 0; i < self->years; i++) {
        largest = fmax(largest, self->year[i].mean[1]);
    }
    return self->money_shown ? bg_money_scale_of(self->money_shown, largest, language)
                             : bg_money_scale_choose(largest, language);
}

static void say_sums(const bg_overview *self, bg_money_scale unit, bg_document *page)
{
    const char *language = page->language;
    static const bg_label_id heads[] = {BG_LABEL_budget, BG_LABEL_expense, BG_LABEL_result,
                                        BG_LABEL_pool_part};
    const char *const counts[] = {bg_in_language(language, "scenarios", "情景数"),
                                  bg_in_language(language, "likely to overspend", "较可能超支")};
    bg_sheet sheet;
    bg_sheet_init(&sheet, language);
    bg_sheet_add_column(
        &sheet, (bg_column){.kind = BG_CELL_YEAR, .heading = bg_label(BG_LABEL_year, language)});
    for (size_t o = 0; o < 4; o++) {
        bg_sheet_add_column(&sheet, (bg_column){.kind = BG_CELL_AMOUNT,
                                                .heading = bg_label(heads[o], language),
                                                .scale = unit});
    }
    for (size_t i = 0; i < 2; i++) {
        bg_sheet_add_column(&sheet, (bg_column){.kind = BG_CELL_COUNT, .heading = counts[i]});
    }
    for (size_t i = 0; i < self->years; i++) {
        const year_sum *sum = &self->year[i];
        bg_sheet_add_year(&sheet, sum->year);
        for (size_t o = 0; o < 4; o++) {
            bg_sheet_add_estimate(&sheet, BG_CELL_AMOUNT, sum->mean[o],
                                  bg_margin_of_se(sum->se[o]));
        }
        bg_sheet_add_count(&sheet, sum->scenarios);
        bg_sheet_add_count(&sheet, sum->likely);
    }
    bg_document_add_sheet(page, 2, &sheet);
}

static void say_risky(const bg_overview *self, bg_money_scale unit, bg_document *page)
{
    const char *language = page->language;
    double largest = 0;
    for (size_t i = 0; i < self->listed; i++) {
        largest = fmax(largest, fabs(self->list[i].result));
    }
    const bg_column columns[] = {
        {.kind = BG_CELL_TEXT},
        {.kind = BG_CELL_SHARE,
         .heading = bg_label(BG_LABEL_p_overspend, language),
         .form = BG_FORM_PLAIN},
        {.kind = BG_CELL_AMOUNT,
         .heading = bg_label(BG_LABEL_result, language),
         .form = BG_FORM_NAMED,
         .scale = bg_money_scale_of((bg_fen)unit.fen, largest, language)},
    };
    bg_document_add(page, BG_PART_HEADING, 0, "%s",
                    bg_in_language(language, "Most likely to overspend in their first year",
                                   "首年最可能超支的情景"));
    bg_sheet sheet;
    bg_sheet_init(&sheet, language);
    bg_sheet_add_columns(&sheet, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < self->listed; i++) {
        bg_sheet_add_text(&sheet, self->list[i].name);
        bg_sheet_add_share(&sheet, self->list[i].chance);
        bg_sheet_add_amount(&sheet, self->list[i].result);
    }
    bg_document_add_sheet(page, 2, &sheet);
}

static void say_count(const bg_overview *self, bg_document *page)
{
    const char *language = page->language;
    if (self->failed) {
        bg_document_add(page, BG_PART_LINE, 0,
                        bg_in_language(language, "%zu scenarios projected, %zu failed (failed.csv)",
                                       "已模拟%zu个情景，%zu个失败（见failed.csv）"),
                        self->scenarios, self->failed);
    } else {
        bg_document_add(page, BG_PART_LINE, 0,
                        bg_in_language(language, "%zu scenarios projected", "已模拟%zu个情景"),
                        self->scenarios);
    }
}

bg_status bg_overview_text(const bg_overview *self, const char *language, FILE *stream)
{
    const bg_money_scale unit = unit_of(self, language);
    bg_document page;
    bg_document_init(&page, language);
    say_count(self, &page);
    bg_document_add(&page, BG_PART_HEADING, 0,
                    bg_in_language(language, "Expected amounts, all added up, in %s%s",
                                   "各情景期望值合计（%s%s）"),
                    unit.name, bg_money_scale_meaning(unit));
    say_sums(self, unit, &page);
    if (self->listed > 1) {
        say_risky(self, unit, &page);
    }
    bg_document_add_gap(&page);
    bg_document_add(
        &page, BG_PART_SENTENCE, 0, "%s",
        bg_in_language(
            language,
            "± is at most the 95% sampling error of the sum: scenarios of one seed share "
            "their random numbers. overview.csv has a row for every scenario, unit and "
            "year, with quantiles and probabilities.",
            "±为合计抽样误差（95%）的上限：同一随机种子的情景共用随机数。"
            "overview.csv逐情景、逐单位、逐年列出分位数与概率。"));
    const bg_status status = bg_document_write_text(&page, stream);
    bg_document_free(&page);
    return status;
}
