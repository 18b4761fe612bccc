/* What a calendar still pays after the last year. */
#include "format/amount.h"
#include "report/due_rows.h"
#include "report/text_page.h"

#include <math.h>

enum { INDENT = 2 };

void bg_text_page_due(bg_text_page *page, size_t scheme)
{
    const bg_report *report = page->report;
    if (!bg_due_known(report)) {
        return;
    }
    const double due = bg_due_after(report, scheme);
    const int last = bg_text_page_year(page, report->model->contract.years - 1);
    char amount[BG_AMOUNT_TEXT];
    bg_amount_named(page->unit, fabs(due), amount);
    bg_document_add(
        page->document, BG_PART_SENTENCE, INDENT,
        due < 0 ? bg_text_page_words(
                      page,
                      "After December %d the community still owes %s (expected): settlements that "
                      "the calendar has it repay later.",
                      "%d年12月之后，医共体尚应退还%s（期望值）：按收付日历在此之后归还的清算款。")
                : bg_text_page_words(
                      page,
                      "After December %d the community still is to be paid %s (expected): "
                      "settlements that the calendar pays later.",
                      "%d年12月之后，医共体尚应收到%s（期望值）：按收付日历在此之后支付的清算款。"),
        last, amount);
}
