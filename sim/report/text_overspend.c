/* How much it is once it happens: the size of an overspend, what the fund pays in all, and the worst futures. */
#include "report/given_rows.h"
#include "report/text_page.h"
#include "statistics/uncertainty.h"

#include <math.h>

static bg_estimate overspend_once(const bg_text_page *page, size_t unit, size_t year)
{
    return bg_given_estimate(page->report->projection, unit, year, BG_OUTCOME_overspend,
                             BG_EVENT_overspend);
}

/* The columns of the table: a figure of a year with its standard error. */
typedef struct measure {
    bg_label_id label;
    bg_estimate (*read)(const bg_text_page *page, size_t unit, size_t year);
} measure;

static bg_estimate paid_in_all(const bg_text_page *page, size_t unit, size_t year)
{
    const bg_statistics *s = bg_text_page_statistics(page, unit, year, BG_OUTCOME_entitlement);
    return (bg_estimate){.value = s->mean, .se = bg_varies(s) ? s->mean_se : 0};
}

static bg_estimate worst_results(const bg_text_page *page, size_t unit, size_t year)
{
    const bg_statistics *s = bg_text_page_statistics(page, unit, year, BG_OUTCOME_result);
    return (bg_estimate){.value = s->tvar_lower, .se = bg_varies(s) ? s->tvar_lower_se : 0};
}

static const measure measures[] = {{BG_LABEL_overspend_once, overspend_once},
                                   {BG_LABEL_paid_in_all, paid_in_all},
                                   {BG_LABEL_worst_results, worst_results}};

enum { MEASURES = sizeof measures / sizeof *measures };

/* Its decimals fit its largest error. */
static void add_column(const bg_text_page *page, size_t unit, const measure *of, bg_sheet *sheet)
{
    double largest = 0;
    for (size_t year = 0; year < bg_text_page_years(page); year++) {
        largest = fmax(largest, bg_margin_of_se(of->read(page, unit, year).se));
    }
    bg_sheet_add_column(sheet, (bg_column){.kind = BG_CELL_AMOUNT,
                                           .heading = bg_label(of->label, page->language),
                                           .scale = bg_money_scale_for_error(page->unit, largest)});
}

static void add_year(const bg_text_page *page, size_t unit, size_t year, bg_sheet *sheet)
{
    bg_sheet_add_year(sheet, bg_text_page_year(page, year));
    for (size_t i = 0; i < MEASURES; i++) {
        const bg_estimate found = measures[i].read(page, unit, year);
        if (isnan(found.value)) {
            bg_sheet_add_absent(sheet);
        } else {
            bg_sheet_add_estimate(sheet, BG_CELL_AMOUNT, found.value, bg_margin_of_se(found.se));
        }
    }
}

void bg_text_page_overspend(bg_text_page *page, size_t unit)
{
    bg_sheet sheet;
    bg_sheet_init(&sheet, page->language);
    bg_sheet_add_column(&sheet, (bg_column){.kind = BG_CELL_YEAR,
                                            .heading = bg_label(BG_LABEL_year, page->language)});
    for (size_t i = 0; i < MEASURES; i++) {
        add_column(page, unit, &measures[i], &sheet);
    }
    for (size_t year = 0; year < bg_text_page_years(page); year++) {
        add_year(page, unit, year, &sheet);
    }
    bg_document_add_gap(page->document);
    bg_document_add_sheet(page->document, 2, &sheet);
    if (unit == 0) { /* said once */
        bg_document_add(page->document, BG_PART_SENTENCE, 2, "%s",
                        bg_label(BG_LABEL_overspend_note, page->language));
    } else if (unit == page->report->model->contract.history.scheme_count) {
        bg_document_add(page->document, BG_PART_SENTENCE, 2, "%s",
                        bg_label(BG_LABEL_worst_of_sum_note, page->language));
    }
}
