/* Of several schemes: how likely it is that at least one has an event. */
#include "report/text_page.h"

/* Whether the event is the same in the sums: an emergency comes to all. */
static bool is_common(bg_event event)
{
    return event == BG_EVENT_emergency;
}

static bool happens(const bg_text_page *page, bg_event event)
{
    const bg_projection *projection = page->report->projection;
    return bg_projection_probability_ever(projection, bg_projection_unit_any(projection), event)
               .hits > 0;
}

void bg_text_page_any(bg_text_page *page)
{
    const bg_projection *projection = page->report->projection;
    const size_t any = bg_projection_unit_any(projection), years = bg_text_page_years(page);
    bg_sheet sheet;
    bg_sheet_init(&sheet, page->language);
    bg_sheet_add_column(&sheet, (bg_column){.kind = BG_CELL_TEXT});
    for (size_t year = 0; year < years + (years > 1); year++) {
        const char *heading = year < years
                                  ? bg_sheet_keep(&sheet, "%d", bg_text_page_year(page, year))
                                  : bg_text_page_words(page, "ever", "至少一个年度");
        bg_sheet_add_column(&sheet, (bg_column){.kind = BG_CELL_SHARE, .heading = heading});
    }
    for (bg_event event = 0; event < BG_EVENT_COUNT; event++) {
        if (is_common(event) || !happens(page, event)) {
            continue;
        }
        bg_sheet_add_text(&sheet, bg_label_of_event(event, page->language));
        for (size_t year = 0; year < years + (years > 1); year++) {
            const bg_probability p = bg_projection_probability(projection, any, year, event);
            bg_sheet_add_interval(&sheet, BG_CELL_SHARE, p.estimate, p.low, p.high);
        }
    }
    bg_text_page_heading(page, BG_LABEL_any_heading);
    if (bg_sheet_row_count(&sheet) > 0) {
        bg_document_add_sheet(page->document, 2, &sheet);
    } else {
        bg_document_add(
            page->document, BG_PART_SENTENCE, 2, "%s",
            bg_text_page_words(page, "None in any of the futures.", "各情形均未发生。"));
    }
    bg_sheet_free(&sheet);
}
