#include "report/area.h"

#include "base/csv.h"
#include "format/amount.h"
#include "format/text_table.h"
#include "report/label.h"
#include "statistics/uncertainty.h"

#include <math.h>
#include <string.h>

static size_t parties(const bg_area_report *self)
{
    return self->model->area.count + 1;
}

static bool is_whole(const bg_area_report *self, size_t party)
{
    return party == self->model->area.count;
}

/* ---- tables for programs ---- */

static void write_name(const bg_area_report *self, size_t party, FILE *stream)
{
    bg_csv_write(stream, is_whole(self, party) ? "all" : self->model->area.member[party].name);
}

static void put_yuan(FILE *stream, double fen)
{
    if (isfinite(fen)) {
        fprintf(stream, ",%.2f", fen / 100 + 0.0);
    } else {
        fputc(',', stream);
    }
}

static void write_outcome(const bg_area_report *self, size_t party, size_t unit, size_t year,
                          size_t outcome, FILE *stream)
{
    const bg_projection *of = self->projection[party];
    const bg_statistics *s = bg_projection_statistics(of, unit, year, outcome);
    write_name(self, party, stream);
    fprintf(stream, ",%s,%d,", bg_projection_unit(of, unit), bg_projection_year(of, year));
    bg_csv_write(stream, bg_projection_outcome(of, outcome));
    put_yuan(stream, (double)bg_projection_central(of, unit, year, outcome));
    put_yuan(stream, s->mean);
    put_yuan(stream, s->mean_se);
    put_yuan(stream, (double)s->quantile[BG_Q10].value);
    put_yuan(stream, (double)s->quantile[BG_Q50].value);
    put_yuan(stream, (double)s->quantile[BG_Q90].value);
    fputc('\n', stream);
}

void bg_area_report_outcomes(const bg_area_report *self, FILE *stream)
{
    fputs("community,unit,year,outcome,central,mean,mean_se,q10,q50,q90\n", stream);
    for (size_t p = 0; p < parties(self); p++) {
        const bg_projection *of = self->projection[p];
        for (size_t unit = 0; unit < bg_projection_unit_count(of); unit++) {
            for (size_t year = 0; year < bg_projection_year_count(of); year++) {
                for (size_t o = 0; o < bg_projection_outcome_count(of); o++) {
                    write_outcome(self, p, unit, year, o, stream);
                }
            }
        }
    }
}

void bg_area_report_events(const bg_area_report *self, FILE *stream)
{
    fputs("community,unit,year,event,n,hits,estimate,low,high\n", stream);
    for (size_t p = 0; p < parties(self); p++) {
        const bg_projection *of = self->projection[p];
        const size_t rows = bg_projection_unit_count(of) * bg_projection_year_count(of);
        for (size_t row = 0; row < rows * BG_EVENT_COUNT; row++) {
            const bg_event event = (bg_event)(row % BG_EVENT_COUNT);
            const size_t year = row / BG_EVENT_COUNT % bg_projection_year_count(of);
            const size_t unit = row / BG_EVENT_COUNT / bg_projection_year_count(of);
            const bg_probability p_event = bg_projection_probability(of, unit, year, event);
            write_name(self, p, stream);
            fprintf(stream, ",%s,%d,%s,%zu,%zu,%.10g,%.10g,%.10g\n", bg_projection_unit(of, unit),
                    bg_projection_year(of, year), bg_event_name(event), p_event.n, p_event.hits,
                    p_event.estimate, p_event.low, p_event.high);
        }
    }
}

/* ---- the page ---- */

static bg_money_scale unit_for(const bg_area_report *self, size_t unit)
{
    const bg_projection *whole = self->projection[self->model->area.count];
    double largest = 0;
    for (size_t year = 0; year < bg_projection_year_count(whole); year++) {
        largest =
            fmax(largest, bg_projection_statistics(whole, unit, year, BG_OUTCOME_expense)->mean);
    }
    return bg_money_scale_choose(largest, self->language);
}

static void add_mean(bg_text_table *table, const bg_statistics *s, bg_money_scale unit)
{
    char text[BG_AMOUNT_TEXT];
    const double error = isnan(s->mean_se) ? 0 : bg_margin_of_se(s->mean_se);
    bg_text_table_add(table, "%s", bg_amount_with_error(unit, s->mean, error, text));
}

static void add_chance(bg_text_table *table, bg_probability p)
{
    bg_text_table_add(table, "%.1f%% (%.1f–%.1f)", bg_percent_points(p.estimate),
                      bg_percent_points(p.low), bg_percent_points(p.high));
}

static void add_heads(bg_text_table *table, const char *const *en, const char *const *zh,
                      size_t count, const char *language)
{
    for (size_t i = 0; i < count; i++) {
        bg_text_table_add(table, "%s", strcmp(language, "zh") == 0 ? zh[i] : en[i]);
    }
}

static bg_status print_communities(const bg_area_report *self, size_t unit, size_t year,
                                   FILE *stream)
{
    static const char *const en[] = {"community", "budget",          "expense",
                                     "result",    "borne by others", "overspends"};
    static const char *const zh[] = {"医共体",           "年度总额",   "基金支出",
                                     "留用（负为分担）", "其他方分担", "超支概率"};
    static const bg_outcome shown[] = {BG_OUTCOME_budget, BG_OUTCOME_expense, BG_OUTCOME_result,
                                       BG_OUTCOME_shared};
    const bg_money_scale in = unit_for(self, unit);
    bg_text_table table;
    bg_text_table_init(&table, "lrrrrr");
    add_heads(&table, en, zh, 6, self->language);
    for (size_t p = 0; p < parties(self); p++) {
        const bg_projection *of = self->projection[p];
        bg_text_table_add(&table, "%s",
                          is_whole(self, p) ? bg_in_language(self->language, "all together", "合计")
                                            : self->model->area.member[p].name);
        for (size_t o = 0; o < sizeof shown / sizeof *shown; o++) {
            add_mean(&table, bg_projection_statistics(of, unit, year, shown[o]), in);
        }
        add_chance(&table, bg_projection_probability(of, unit, year, BG_EVENT_overspend));
    }
    return bg_text_table_print(&table, stream, 4);
}

static bg_status print_pool(const bg_area_report *self, size_t unit, FILE *stream)
{
    static const char *const en[] = {"year", "income", "balance", "in deficit"};
    static const char *const zh[] = {"年度", "基金收入", "累计结余", "赤字概率"};
    const bg_projection *whole = self->projection[self->model->area.count];
    const bg_money_scale in = unit_for(self, unit);
    if (unit >= self->model->whole.contract.history.scheme_count ||
        !self->model->whole.contract.pool[unit].modelled) {
        return BG_OK;
    }
    fprintf(stream, bg_in_language(self->language, "\n  The pool (%s)\n", "\n  统筹基金（%s）\n"),
            in.name);
    bg_text_table table;
    bg_text_table_init(&table, "rrrr");
    add_heads(&table, en, zh, 4, self->language);
    for (size_t year = 0; year < bg_projection_year_count(whole); year++) {
        bg_text_table_add(&table, "%d", bg_projection_year(whole, year));
        add_mean(&table, bg_projection_statistics(whole, unit, year, BG_OUTCOME_income), in);
        add_mean(&table, bg_projection_statistics(whole, unit, year, BG_OUTCOME_pool_balance), in);
        add_chance(&table, bg_projection_probability(whole, unit, year, BG_EVENT_pool_deficit));
    }
    return bg_text_table_print(&table, stream, 4);
}

/* What all communities hold of a shared fund at the end of each year. */
static bg_status print_fund(const bg_area_report *self, size_t unit, size_t fund, FILE *stream)
{
    static const char *const en[] = {"year", "held together", "10%", "90%", "runs out"};
    static const char *const zh[] = {"年度", "合计余额", "10%分位", "90%分位", "用尽概率"};
    const bg_projection *whole = self->projection[self->model->area.count];
    const size_t outcome = BG_OUTCOME_COUNT + fund;
    const bg_money_scale in = unit_for(self, unit);
    fprintf(stream,
            bg_in_language(self->language, "\n  Shared by all communities: %s (%s)\n",
                           "\n  各医共体共用：%s（%s）\n"),
            bg_label_of_name(bg_projection_outcome(whole, outcome), self->language), in.name);
    bg_text_table table;
    bg_text_table_init(&table, "rrrrr");
    add_heads(&table, en, zh, 5, self->language);
    for (size_t year = 0; year < bg_projection_year_count(whole); year++) {
        const bg_statistics *s = bg_projection_statistics(whole, unit, year, outcome);
        char low[BG_AMOUNT_TEXT], high[BG_AMOUNT_TEXT];
        bg_text_table_add(&table, "%d", bg_projection_year(whole, year));
        add_mean(&table, s, in);
        bg_text_table_add(&table, "%s", bg_amount_text(in, (double)s->quantile[BG_Q10].value, low));
        bg_text_table_add(&table, "%s",
                          bg_amount_text(in, (double)s->quantile[BG_Q90].value, high));
        add_chance(&table, bg_projection_probability(whole, unit, year, BG_EVENT_risk_exhausted));
    }
    return bg_text_table_print(&table, stream, 4);
}

static bg_status print_unit(const bg_area_report *self, size_t unit, FILE *stream)
{
    const bg_projection *whole = self->projection[self->model->area.count];
    const bg_plan *plan = self->model->whole.contract.plan[0];
    bg_status status = BG_OK;
    fprintf(stream, "\n%s\n", bg_label_of_scheme(bg_projection_unit(whole, unit), self->language));
    for (size_t year = 0; year < bg_projection_year_count(whole) && status == BG_OK; year++) {
        fprintf(stream, "\n  %d (%s)\n", bg_projection_year(whole, year),
                unit_for(self, unit).name);
        status = print_communities(self, unit, year, stream);
    }
    status = status ? status : print_pool(self, unit, stream);
    const size_t funds = bg_budget_fund_count(self->model->whole.contract.terms[0]);
    for (size_t fund = 0; fund < funds && status == BG_OK; fund++) {
        if (bg_plan_shares_fund(plan, fund)) {
            status = print_fund(self, unit, fund, stream);
        }
    }
    return status;
}

bg_status bg_area_report_text(const bg_area_report *self, FILE *stream)
{
    const bg_projection *whole = self->projection[self->model->area.count];
    const bg_node *title = bg_scenario_find(self->model->area.scenario, "title");
    const char *name = bg_node_in_language(title, self->language);
    fprintf(stream, "%s\n", *name ? name : bg_scenario_file(self->model->area.scenario));
    fprintf(stream,
            bg_in_language(
                self->language,
                "%zu communities under one pool; %zu simulated futures. Amounts are "
                "means, ± and ranges 95%% sampling error.\n",
                "%zu个医共体，同一统筹基金；模拟%zu次。金额为均值，±与区间为95%%抽样误差。\n"),
            self->model->area.count, bg_projection_replications(whole));
    bg_status status = BG_OK;
    for (size_t unit = 0; unit < bg_projection_unit_count(whole) && status == BG_OK; unit++) {
        status = print_unit(self, unit, stream);
    }
    return status;
}
