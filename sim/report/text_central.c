/* The central case of the first year, settled step by step: a worked example of the contract. */
#include "report/postings.h"
#include "report/text_page.h"

void bg_text_page_central(const bg_text_page *page, size_t scheme)
{
    const bg_report *report = page->report;
    if (!report->central) {
        return;
    }
    const bg_central_year *first = &report->central->items[scheme * report->central->years];
    bg_document_add(page->document, BG_PART_HEADING, 0,
                    bg_text_page_words(page, "The central case of %d settled, step by step (yuan)",
                                       "%d年中心情形的清算，逐步计算（元）"),
                    first->year);
    bg_document_add(
        page->document, BG_PART_SENTENCE, 0, "%s",
        bg_text_page_words(
            page,
            "All that is uncertain at its mean, no emergency: how the contract counts, not a "
            "forecast.",
            "各不确定因素取均值、无突发公共卫生事件：用以说明合同如何计算，并非预测。"));
    bg_postings_say(&first->trace, report->model->contract.plan[scheme], page->document);
}
