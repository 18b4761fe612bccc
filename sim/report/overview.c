#include "report/overview.h"

#include "base/csv.h"
#include "format/amount.h"
#include "format/paragraph.h"
#include "format/text_table.h"
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

void bg_overview_header(FILE *stream)
{
    fputs("scenario,title,unit,year,replications", stream);
    for (size_t o = 0; o < BG_OVERVIEW_OUTCOMES; o++) {
        fprintf(stream, ",%s_yuan,%s_se,%s_q10,%s_q90", names[o], names[o], names[o], names[o]);
    }
    for (size_t e = 0; e < BG_OVERVIEW_EVENTS; e++) {
        fprintf(stream, ",p_%s", bg_event_name(events[e]));
    }
    fputc('\n', stream);
}

static void put_yuan(FILE *stream, double fen)
{
    if (isfinite(fen)) {
        fprintf(stream, ",%.2f", fen / 100 + 0.0);
    } else {
        fputc(',', stream);
    }
}

static const char *title_of(const bg_model *model)
{
    return bg_node_in_language(bg_scenario_find(model->contract.scenario, "title"), "zh");
}

void bg_overview_rows(const bg_model *model, const bg_projection *projection, FILE *stream)
{
    for (size_t unit = 0; unit < bg_projection_unit_count(projection); unit++) {
        for (size_t year = 0; year < bg_projection_year_count(projection); year++) {
            bg_csv_write(stream, bg_scenario_file(model->contract.scenario));
            fputc(',', stream);
            bg_csv_write(stream, title_of(model));
            fprintf(stream, ",%s,%d,%zu", bg_projection_unit(projection, unit),
                    bg_projection_year(projection, year), bg_projection_replications(projection));
            for (size_t o = 0; o < BG_OVERVIEW_OUTCOMES; o++) {
                const bg_statistics *s =
                    bg_projection_statistics(projection, unit, year, outcomes[o]);
                put_yuan(stream, s->mean);
                put_yuan(stream, s->mean_se);
                put_yuan(stream, s->quantile[BG_Q10].value);
                put_yuan(stream, s->quantile[BG_Q90].value);
            }
            for (size_t e = 0; e < BG_OVERVIEW_EVENTS; e++) {
                fprintf(stream, ",%.6f",
                        bg_projection_probability(projection, unit, year, events[e]).estimate);
            }
            fputc('\n', stream);
        }
    }
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
    return bg_money_scale_choose(largest, language);
}

static bg_status print_sums(const bg_overview *self, bg_money_scale unit, const char *language,
                            FILE *stream)
{
    bg_text_table table;
    bg_text_table_init(&table, "rrrrrrr");
    static const bg_label_id heads[] = {BG_LABEL_year, BG_LABEL_budget, BG_LABEL_expense,
                                        BG_LABEL_result, BG_LABEL_pool_part};
    for (size_t h = 0; h < sizeof heads / sizeof *heads; h++) {
        bg_text_table_add(&table, "%s", bg_label(heads[h], language));
    }
    bg_text_table_add(&table, "%s", bg_in_language(language, "scenarios", "情景数"));
    bg_text_table_add(&table, "%s", bg_in_language(language, "likely to overspend", "较可能超支"));
    for (size_t i = 0; i < self->years; i++) {
        const year_sum *sum = &self->year[i];
        bg_text_table_add(&table, "%d", sum->year);
        for (size_t o = 0; o < 4; o++) {
            char text[BG_AMOUNT_TEXT];
            bg_text_table_add(
                &table, "%s",
                bg_amount_with_error(unit, sum->mean[o], bg_margin_of_se(sum->se[o]), text));
        }
        bg_text_table_add(&table, "%zu", sum->scenarios);
        bg_text_table_add(&table, "%zu", sum->likely);
    }
    const bg_status status = bg_text_table_print(&table, stream, 2);
    bg_text_table_free(&table);
    return status;
}

static bg_status print_risky(const bg_overview *self, const char *language, FILE *stream)
{
    fprintf(stream, "\n%s\n",
            bg_in_language(language, "Most likely to overspend in their first year",
                           "首年最可能超支的情景"));
    bg_text_table table;
    bg_text_table_init(&table, "lrr");
    bg_text_table_add(&table, "%s", "");
    bg_text_table_add(&table, "%s", bg_label(BG_LABEL_p_overspend, language));
    bg_text_table_add(&table, "%s", bg_label(BG_LABEL_result, language));
    double largest = 0;
    for (size_t i = 0; i < self->listed; i++) {
        largest = fmax(largest, fabs(self->list[i].result));
    }
    const bg_money_scale unit = bg_money_scale_choose(10 * largest, language);
    for (size_t i = 0; i < self->listed; i++) {
        char text[BG_AMOUNT_TEXT];
        bg_text_table_add(&table, "%s", self->list[i].name);
        bg_text_table_add(&table, "%.1f%%", 100 * self->list[i].chance);
        bg_text_table_add(&table, "%s %s", bg_amount_text(unit, self->list[i].result, text),
                          unit.name);
    }
    const bg_status status = bg_text_table_print(&table, stream, 2);
    bg_text_table_free(&table);
    return status;
}

bg_status bg_overview_text(const bg_overview *self, const char *language, FILE *stream)
{
    fprintf(stream, bg_in_language(language, "%zu scenarios projected", "已模拟%zu个情景"),
            self->scenarios);
    if (self->failed) {
        fprintf(
            stream,
            bg_in_language(language, ", %zu failed (failed.csv)", "，%zu个失败（见failed.csv）"),
            self->failed);
    }
    const bg_money_scale unit = unit_of(self, language);
    fprintf(stream,
            bg_in_language(language, "\n\nExpected amounts, all added up, in %s\n",
                           "\n\n各情景期望值合计（%s）\n"),
            unit.name);
    bg_status status = print_sums(self, unit, language, stream);
    if (!status && self->listed > 1) {
        status = print_risky(self, language, stream);
    }
    fputc('\n', stream);
    bg_paragraph_print(
        bg_in_language(
            language,
            "± is at most the 95% sampling error of the sum: scenarios of one seed share "
            "their random numbers. overview.csv has a row for every scenario, unit and "
            "year, with quantiles and probabilities.",
            "±为合计抽样误差（95%）的上限：同一随机种子的情景共用随机数。"
            "overview.csv逐情景、逐单位、逐年列出分位数与概率。"),
        (bg_margins){0, 2, 80}, stream);
    return status;
}
