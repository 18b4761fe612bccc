/* Who gains and who pays, the worst futures, emergencies and what funds are good for. */
#include "report/brief_parts.h"
#include "statistics/uncertainty.h"
#include "study/fund_use.h"
#include "study/given_event.h"

#include <math.h>

/* ---- who gains and who pays ---- */

/* An outcome, as a gain of somebody. */
typedef struct party {
    size_t outcome;
    int sign;
    const char *name;
} party;

static void add_columns(const bg_brief *self, bg_sheet *sheet)
{
    bg_sheet_add_column(sheet, (bg_column){.kind = BG_CELL_TEXT});
    for (size_t unit = 0; unit <= self->whole; unit++) {
        const char *name = bg_projection_unit(self->page.report->projection, unit);
        bg_sheet_add_column(sheet,
                            (bg_column){.kind = BG_CELL_AMOUNT,
                                        .heading = bg_label_of_scheme(name, self->page.language),
                                        .form = BG_FORM_CHANGE,
                                        .scale = self->page.unit});
    }
    bg_sheet_add_column(sheet, (bg_column){.kind = BG_CELL_AMOUNT, .form = BG_FORM_BAR});
    bg_sheet_add_column(sheet,
                        (bg_column){.kind = BG_CELL_AMOUNT,
                                    .heading = bg_brief_words(self, "8 futures in 10", "八成情形"),
                                    .form = BG_FORM_RANGE,
                                    .scale = self->page.unit});
}

static void add_party(const bg_brief *self, party of, bg_sheet *sheet)
{
    const bg_statistics *all = bg_brief_first(self, self->whole, of.outcome);
    const double ends[] = {of.sign * all->quantile[BG_Q10].value,
                           of.sign * all->quantile[BG_Q90].value};
    bg_sheet_add_text(sheet, of.name);
    for (size_t unit = 0; unit <= self->whole; unit++) {
        bg_add_mean(sheet, bg_brief_first(self, unit, of.outcome), of.sign);
    }
    bg_sheet_add_amount(sheet, of.sign * all->mean);
    bg_sheet_add_interval(sheet, BG_CELL_AMOUNT, of.sign * all->quantile[BG_Q50].value,
                          fmin(ends[0], ends[1]), fmax(ends[0], ends[1]));
}

static void add_institutions(const bg_brief *self, bg_sheet *sheet)
{
    const bg_projection *projection = self->page.report->projection;
    for (size_t i = 0; i < bg_projection_outcome_count(projection); i++) {
        const bg_outcome_info info = bg_projection_outcome_info(projection, i);
        if (info.kind == BG_OUTCOME_KIND_INSTITUTION) {
            const char *name = bg_label_of_outcome(info, self->page.language);
            add_party(self, (party){i, 1, bg_sheet_keep(sheet, "　%s", name)}, sheet);
        }
    }
}

void bg_brief_parties(bg_brief *self)
{
    bg_brief_heading(self, true, "Who gains and who pays", "谁得谁担");
    bg_document_add(self->page.document, BG_PART_NOTE, 0,
                    bg_brief_words(self, "%d, averages of all futures: + gains, − pays. %s",
                                   "%d年，各种情形平均：＋为留用或收回，−为承担或分担。%s"),
                    self->first, bg_label(BG_LABEL_no_profit, self->page.language));
    bg_sheet sheet;
    bg_sheet_init(&sheet, self->page.language);
    add_columns(self, &sheet);
    add_party(self, (party){BG_OUTCOME_result, 1, bg_brief_words(self, "community", "医共体")},
              &sheet);
    add_institutions(self, &sheet);
    add_party(self, (party){BG_OUTCOME_shared, -1, bg_brief_words(self, "pooled fund", "统筹基金")},
              &sheet);
    bg_document_add_sheet(self->page.document, 0, &sheet);
}

/* ---- the worst futures ---- */

void bg_brief_worst(bg_brief *self)
{
    const bg_projection *projection = self->page.report->projection;
    const bg_statistics *result = bg_brief_first(self, self->whole, BG_OUTCOME_result);
    if (isnan(result->tvar_lower)) {
        return;
    }
    bg_brief_heading(self, false, "The worst 5% of the futures", "最坏的5%情形");
    bg_text text = {0};
    bg_text_add(&text, bg_brief_words(self, "On average of these ", "平均%.0s"), "");
    bg_brief_add_community(self, &text, result->tvar_lower);
    bg_text_add(&text, bg_brief_words(self, ", %.1f%% of the total", "，为总额的%.1f%%"),
                fabs(bg_percent_points(result->tvar_lower / bg_brief_total(self, self->whole))));
    for (size_t i = 0; i < bg_projection_outcome_count(projection); i++) {
        const bg_outcome_info info = bg_projection_outcome_info(projection, i);
        if (info.kind == BG_OUTCOME_KIND_INSTITUTION) {
            bg_text_add(&text, bg_brief_words(self, "; %s ", "；%s"),
                        bg_label_of_outcome(info, self->page.language));
            bg_brief_add_money(self, &text, fabs(bg_brief_first(self, self->whole, i)->tvar_lower));
        }
    }
    bg_text_add(&text, "%s",
                bg_brief_words(self, ". In none of the futures the pooled fund pays in more than ",
                               "。各种情形中，统筹基金最多分担"));
    bg_brief_add_money(
        self, &text,
        fmax(0, (double)bg_brief_first(self, self->whole, BG_OUTCOME_shared)->maximum));
    bg_text_add(&text, "%s", bg_brief_words(self, ".", "。"));
    bg_brief_say(self, BG_PART_PARAGRAPH, &text);
}

/* ---- funds ---- */

static void add_fund_columns(const bg_brief *self, bg_sheet *sheet)
{
    static const char *const headings[BG_FUND_FLOW_COUNT][2] = {
        [BG_FUND_FLOW_SET_ASIDE] = {"Set aside", "提取"},
        [BG_FUND_FLOW_RELEASED] = {"Released", "返还医共体"},
        [BG_FUND_FLOW_COVERED] = {"For emergencies", "弥补突发事件"},
        [BG_FUND_FLOW_RETURNED] = {"Shared or returned", "分担或归还统筹基金"}};
    bg_sheet_add_column(sheet, (bg_column){.kind = BG_CELL_TEXT});
    for (bg_fund_flow flow = 0; flow < BG_FUND_FLOW_COUNT; flow++) {
        bg_sheet_add_column(sheet, (bg_column){.kind = BG_CELL_AMOUNT,
                                               .heading = bg_brief_words(self, headings[flow][0],
                                                                         headings[flow][1]),
                                               .scale = self->page.unit});
    }
    bg_sheet_add_column(sheet,
                        (bg_column){.kind = BG_CELL_SHARE,
                                    .heading = bg_brief_words(self, "Ever used", "动用可能性"),
                                    .form = BG_FORM_WHOLE});
}

static void add_fund(const bg_brief *self, size_t scheme, const bg_fund_row *row, bool shares,
                     bg_sheet *sheet)
{
    const char *scheme_name = self->page.report->model->contract.history.scheme[scheme].name;
    const char *fund = row->fund ? bg_label_of_name(row->fund, self->page.language)
                                 : bg_brief_words(self, "all funds together", "各项资金合计");
    bg_sheet_add_text(
        sheet, self->schemes > 1
                   ? bg_sheet_keep(sheet, bg_brief_words(self, "%s: %s", "%s：%s"),
                                   bg_label_of_scheme(scheme_name, self->page.language), fund)
                   : fund);
    for (bg_fund_flow flow = 0; flow < BG_FUND_FLOW_COUNT; flow++) {
        const bg_flow_mean *of = &row->flow[flow];
        bg_sheet_add_estimate(sheet, BG_CELL_AMOUNT, (double)of->mean,
                              isnan(of->se) ? 0 : bg_margin_of_se(of->se));
    }
    if (shares) { /* of which that says nothing */
        bg_sheet_add_absent(sheet);
    } else {
        bg_sheet_add_interval(sheet, BG_CELL_SHARE, row->pays.estimate, row->pays.low,
                              row->pays.high);
    }
}

void bg_brief_funds(bg_brief *self)
{
    bg_sheet sheet;
    bg_sheet_init(&sheet, self->page.language);
    add_fund_columns(self, &sheet);
    for (size_t scheme = 0; scheme < self->schemes; scheme++) {
        bg_fund_use use;
        if (bg_fund_use_find(self->page.report->model, self->page.report->projection, scheme,
                             &use)) {
            self->page.document->failed = true;
        }
        for (size_t i = 0; use.known && i < use.count; i++) {
            add_fund(self, scheme, &use.row[i], use.shares, &sheet);
        }
    }
    if (bg_sheet_row_count(&sheet) > 0) {
        bg_brief_heading(self, true, "What is held back, and what it is good for",
                         "预留资金的去向与作用");
        bg_document_add(self->page.document, BG_PART_NOTE, 0, "%s",
                        bg_brief_words(self, "Over the whole contract, averages of all futures.",
                                       "整个合同期，各种情形平均。"));
        bg_document_add_sheet(self->page.document, 0, &sheet);
    }
    bg_sheet_free(&sheet);
}

/* ---- emergencies ---- */

static void add_emergency(const bg_brief *self, bg_text *text, size_t scheme,
                          const bg_given_event *given)
{
    const char *name = self->page.report->model->contract.history.scheme[scheme].name;
    bg_text_add(text,
                given->expense < 0 ? bg_brief_words(self, "; %s: expense less by ", "；%s支出少")
                                   : bg_brief_words(self, "; %s: expense more by ", "；%s支出多"),
                bg_label_of_scheme(name, self->page.language));
    bg_brief_add_money(self, text, fabs(given->expense));
    bg_text_add(text, bg_brief_words(self, ", chance of an overspend ", "，超支可能性"));
    bg_brief_add_chance(self, text, given->overspend);
    bg_text_add(text, bg_brief_words(self, ", without one ", "，无事件时"));
    bg_brief_add_chance(self, text, given->without_it);
}

void bg_brief_emergency(bg_brief *self)
{
    bg_text text = {0};
    for (size_t scheme = 0; scheme < self->schemes; scheme++) {
        bg_given_event given;
        if (!bg_given_event_find(self->page.report->projection, scheme, 0, BG_EVENT_emergency,
                                 &given)) {
            continue;
        }
        if (!text.length) {
            bg_text_add(&text,
                        bg_brief_words(
                            self, "It begins in %d in %.0f%% of the futures, and care is put off",
                            "%d年约%.0f%%的情形发生，就医推迟"),
                        self->first, 100 * given.chance.estimate);
        }
        add_emergency(self, &text, scheme, &given);
    }
    if (text.length) {
        bg_text_add(&text, "%s", bg_brief_words(self, ".", "。"));
        bg_brief_heading(self, false, "If a public-health emergency happens",
                         "发生突发公共卫生事件");
        bg_brief_say(self, BG_PART_PARAGRAPH, &text);
    }
}
