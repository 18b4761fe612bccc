/* What the community can expect to keep of a yuan that it saves. */
#include "report/incentive_rows.h"
#include "report/text_page.h"
#include "statistics/uncertainty.h"

enum { INDENT = 2 };

/* "0.63 ±0.02" yuan; nothing where it is not known. */
static void add_share(bg_sheet *sheet, const bg_effective_share *share)
{
    if (!share->known) {
        bg_sheet_add_absent(sheet);
        return;
    }
    const double ratio = share->ratio > -0.005 && share->ratio < 0 ? 0 : share->ratio;
    bg_sheet_add_text(sheet, bg_sheet_keep(sheet, "%.2f ±%.2f", ratio, bg_margin_of_se(share->se)));
}

static void tabulate(const bg_text_page *page, size_t unit)
{
    const bg_incentive *incentive = page->report->incentive;
    const char *const headings[] = {
        bg_text_page_words(page, "Year", "年度"),
        bg_text_page_words(page, "Next yuan saved", "再节约一元"),
        bg_text_page_words(page, "Kept of a surplus", "结余留用"),
        bg_text_page_words(page, "Borne of an overspend", "超支分担"),
    };
    bg_sheet sheet;
    bg_sheet_init(&sheet, page->language);
    for (size_t i = 0; i < sizeof headings / sizeof *headings; i++) {
        bg_sheet_add_column(&sheet, (bg_column){.kind = BG_CELL_TEXT, .heading = headings[i]});
    }
    for (size_t year = 0; year <= incentive->years; year++) {
        const bg_incentive_row *row = bg_incentive_at(incentive, page->report->party, unit, year);
        bg_sheet_add_text(&sheet, year < incentive->years
                                      ? bg_sheet_keep(&sheet, "%d", bg_text_page_year(page, year))
                                      : bg_text_page_words(page, "All", "合计"));
        add_share(&sheet, &row->marginal);
        add_share(&sheet, &row->saved);
        add_share(&sheet, &row->overspent);
    }
    bg_document_add_sheet(page->document, INDENT, &sheet);
}

void bg_text_page_incentive(bg_text_page *page, size_t unit)
{
    if (!bg_incentive_known(page->report)) {
        return;
    }
    bg_text_page_heading(page, BG_LABEL_incentive_heading);
    tabulate(page, unit);
    bg_document_add(page->document, BG_PART_SENTENCE, INDENT, "%s",
                    bg_label(BG_LABEL_incentive_words, page->language));
}
