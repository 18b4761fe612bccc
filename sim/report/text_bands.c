/* In which sharing band a scheme's years end: a chance each. */
#include "report/text_page.h"

#include <string.h>

static const struct {
    const char *kind, *en, *zh;
    bool of_overspend;
} sides[] = {{"share_surplus", "surplus", "结余", false},
             {"share_overspend", "overspend", "超支", true}};

enum { SIDES = sizeof sides / sizeof *sides };

static const bg_plan *plan_of(const bg_text_page *page, size_t scheme)
{
    return page->report->model->contract.plan[scheme];
}

/* "overspend, 5% to 10% of the budget"; where steps differ in their limits, "overspend, band 2". */
static const char *name_of(const bg_text_page *page, size_t scheme, size_t side, size_t band,
                           bg_sheet *sheet)
{
    const bg_plan *plan = plan_of(page, scheme);
    const char *word = bg_text_page_words(page, sides[side].en, sides[side].zh);
    bg_decimal limit, from = 0;
    const char *base = NULL;
    char low[BG_NUMBER_TEXT], high[BG_NUMBER_TEXT];
    if (!bg_plan_band_limit(plan, sides[side].kind, band, &limit, &base) ||
        (band > 1 && !bg_plan_band_limit(plan, sides[side].kind, band - 1, &from, &base))) {
        return bg_sheet_keep(sheet, bg_text_page_words(page, "%s, band %zu", "%s第%zu档"), word,
                             band);
    }
    bg_percent_text(from, low);
    bg_percent_text(limit, high);
    const bool last = limit >= BG_DECIMAL_MAX * BG_ONE;
    if (last && band == 1) {
        return word;
    }
    if (last) {
        return bg_sheet_keep(sheet, bg_text_page_words(page, "%s above %s", "%s超过%s"), word, low);
    }
    return band == 1 ? bg_sheet_keep(sheet, bg_text_page_words(page, "%s up to %s", "%s不超过%s"),
                                     word, high)
                     : bg_sheet_keep(sheet, bg_text_page_words(page, "%s of %s to %s", "%s%s至%s"),
                                     word, low, high);
}

static void add_band(const bg_text_page *page, size_t scheme, size_t side, size_t band,
                     bg_sheet *sheet)
{
    const int number = sides[side].of_overspend ? -(int)band : (int)band;
    bg_sheet_add_text(sheet, name_of(page, scheme, side, band, sheet));
    for (size_t year = 0; year < bg_text_page_years(page); year++) {
        const bg_probability p = bg_projection_band(page->report->projection, scheme, year, number);
        bg_sheet_add_interval(sheet, BG_CELL_SHARE, p.estimate, p.low, p.high);
    }
}

/* What the limits of a side are shares of. */
static const char *base_of(const bg_text_page *page, size_t scheme, size_t side)
{
    bg_decimal limit;
    const char *base = NULL;
    return bg_plan_band_limit(plan_of(page, scheme), sides[side].kind, 1, &limit, &base)
               ? bg_label_of_name(base, page->language)
               : NULL;
}

static void say_bases(const bg_text_page *page, size_t scheme)
{
    const char *base[SIDES];
    for (size_t side = 0; side < SIDES; side++) {
        base[side] = base_of(page, scheme, side);
    }
    const bool alike = base[0] && base[1] && strcmp(base[0], base[1]) == 0;
    if (alike) {
        bg_document_add(
            page->document, BG_PART_SENTENCE, 2,
            bg_text_page_words(page, "Per cents are of the %s.", "各档按占%s的比例划分。"),
            base[0]);
    }
    for (size_t side = 0; side < SIDES && !alike; side++) {
        if (base[side]) {
            bg_document_add(page->document, BG_PART_SENTENCE, 2,
                            bg_text_page_words(page, "Per cents of the %s are of the %s.",
                                               "%s各档按占%s的比例划分。"),
                            bg_text_page_words(page, sides[side].en, sides[side].zh), base[side]);
        }
    }
}

/* Of the surplus from the highest band down, of the overspend from the lowest up, as on a scale. */
void bg_text_page_bands(bg_text_page *page, size_t scheme)
{
    const bg_plan *plan = plan_of(page, scheme);
    const size_t surplus = bg_plan_band_count(plan, sides[0].kind);
    const size_t overspend = bg_plan_band_count(plan, sides[1].kind);
    if (page->report->model->of_area || surplus + overspend == 0 ||
        (surplus < 2 && overspend < 2)) {
        return;
    }
    bg_sheet sheet;
    bg_sheet_init(&sheet, page->language);
    bg_sheet_add_column(&sheet, (bg_column){.kind = BG_CELL_TEXT});
    for (size_t year = 0; year < bg_text_page_years(page); year++) {
        bg_sheet_add_column(&sheet, (bg_column){.kind = BG_CELL_SHARE,
                                                .heading = bg_sheet_keep(
                                                    &sheet, "%d", bg_text_page_year(page, year))});
    }
    for (size_t band = surplus; band > 0; band--) {
        add_band(page, scheme, 0, band, &sheet);
    }
    for (size_t band = 1; band <= overspend; band++) {
        add_band(page, scheme, 1, band, &sheet);
    }
    bg_text_page_heading(page, BG_LABEL_bands_heading);
    bg_document_add_sheet(page->document, 2, &sheet);
    say_bases(page, scheme);
}
