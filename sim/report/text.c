/* The report that a planner reads in a minute; each part has its own file, in the order of the page. */
#include "contract/money_unit.h"
#include "format/text_writer.h"
#include "report/as_read.h"
#include "report/text_bounds.h"
#include "report/text_page.h"

#include <math.h>
#include <string.h>

static void say_title(bg_text_page *page)
{
    const bg_report *report = page->report;
    const char *title =
        bg_node_in_language(bg_scenario_find(report->scenario, "title"), page->language);
    title = title[0] ? title : bg_scenario_file(report->scenario);
    bg_document_add(page->document, BG_PART_TITLE, 0, "%s", title);
    char count[BG_AMOUNT_TEXT];
    const bg_money_scale futures = {"", 1, 0};
    bg_document_add(
        page->document, BG_PART_SENTENCE, 0,
        bg_text_page_words(page,
                           "%s future%s, seed %lld. Amounts in %s%s. ± is the 95%% sampling error.",
                           "模拟%s种情形%.0s，随机种子%lld。金额单位：%s%s。±为95%%抽样误差。"),
        bg_amount_text(futures, (double)bg_projection_replications(report->projection), count),
        bg_projection_replications(report->projection) == 1 ? "" : "s",
        (long long)bg_node_integer(bg_scenario_find(report->scenario, "simulation"), "seed"),
        page->unit.name, bg_money_scale_meaning(page->unit));
}

/* "0.09%", or an amount. */
static char *measured_text(const bg_text_page *page, double measured, char buffer[BG_AMOUNT_TEXT])
{
    const bg_target *until = page->report->until;
    if (isnan(measured)) {
        snprintf(buffer, BG_AMOUNT_TEXT, "–");
    } else if (bg_figure_is_share(&until->figure) || until->kind == BG_TARGET_RELATIVE_SE) {
        snprintf(buffer, BG_AMOUNT_TEXT, "%.3g%%", 100 * measured);
    } else {
        bg_amount_text(bg_money_scale_for_error(page->unit, measured), measured, buffer);
    }
    return buffer;
}

static void say_until(bg_text_page *page)
{
    const bg_reading *reading = bg_projection_reading(page->report->projection);
    char measured[BG_AMOUNT_TEXT], bound[BG_AMOUNT_TEXT];
    bg_document_add(
        page->document, BG_PART_SENTENCE, 0,
        reading->met ? bg_text_page_words(page, "Run until %s%s: reached with %s (bound %s).",
                                          "运行至%s%s：已达到，为%s（界限%s）。")
                     : bg_text_page_words(page, "Run until %s%s: NOT reached; it is %s (bound %s).",
                                          "运行至%s%s：未达到，现为%s（界限%s）。"),
        page->report->until->text, page->report->until->unit,
        measured_text(page, reading->measured, measured),
        measured_text(page, reading->bound, bound));
}

/* Figures of the reference engine hang on the C library: what is kept says no more than whether it agrees. */
static void say_agreement(const bg_text_page *page, bool brief)
{
    const bg_check *check = page->report->check;
    char futures[BG_AMOUNT_TEXT];
    bg_amount_text((bg_money_scale){"", 1, 0}, (double)check->futures, futures);
    if (brief) {
        bg_document_add(page->document, BG_PART_SENTENCE, 0,
                        bg_text_page_words(page,
                                           "The reference engine agrees: %s futures, largest "
                                           "difference %.1f standard errors of %zu figures.",
                                           "参考引擎结果一致：%s种情形，最大差异%.1f个标准误"
                                           "（共比较%zu项指标）。"),
                        futures, check->largest, check->count);
    } else {
        bg_document_add(page->document, BG_PART_SENTENCE, 0,
                        bg_text_page_words(page,
                                           "The reference engine agrees: %s futures, see run.json.",
                                           "参考引擎结果一致：%s种情形，详见run.json。"),
                        futures);
    }
}

static bool is_compared(const bg_text_page *page)
{
    return page->report->check && page->report->check->count > 0;
}

static void say_disagreement(const bg_text_page *page)
{
    bg_document_add(page->document, BG_PART_SENTENCE, 0, "%s",
                    bg_label(BG_LABEL_engines_differ, page->language));
}

void bg_text_page_details(bg_text_page *page, bool brief)
{
    const bg_report *report = page->report;
    const bg_contract *contract = &report->model->contract;
    bg_text_page_changes(page);
    bg_text_page_score(page);
    for (size_t i = 0; i < contract->history.scheme_count; i++) {
        bg_text_page_scheme(page, i);
        bg_text_page_central(page, i);
    }
    bg_text_page_together(page);
    bg_text_page_accounts(page);
    bg_text_page_published(page);
    bg_as_read_history(contract, page->unit, page->document);
    if (brief) {
        bg_text_page_main_assumptions(page);
    } else {
        bg_text_page_assumptions(page);
    }
    bg_document_add_gap(page->document);
    bg_document_add(page->document, BG_PART_SENTENCE, 0, "%s",
                    bg_label(BG_LABEL_exact_figures, page->language));
    bg_document_add(page->document, BG_PART_SENTENCE, 0, "%s",
                    bg_label(BG_LABEL_no_profit, page->language));
    if (is_compared(page) && report->check->agrees) {
        say_agreement(page, brief);
    }
}

void bg_text_page_warnings(const bg_text_page *page)
{
    if (is_compared(page) && !page->report->check->agrees) {
        say_disagreement(page);
    }
}

void bg_report_document(const bg_report *report, bool brief, bg_document *document)
{
    bg_text_page page = {report, report->language,
                         bg_contract_money(&report->model->contract, report->language), document};
    say_title(&page);
    (brief ? bg_as_read_last_year : bg_as_read_sentences)(&report->model->contract, page.unit,
                                                          document);
    if (report->until) {
        say_until(&page);
    }
    bg_text_page_warnings(&page);
    bg_text_page_summary(&page);
    bg_text_page_details(&page, brief);
    bg_text_explain_bounds(document);
}

bg_status bg_report_text(const bg_report *report, bool brief, FILE *stream)
{
    bg_document document;
    bg_document_init(&document, report->language);
    bg_report_document(report, brief, &document);
    const bg_status status = bg_document_write_text(&document, stream);
    bg_document_free(&document);
    return status;
}
