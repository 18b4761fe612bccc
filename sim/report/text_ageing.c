/* How the mix of the people changes, and how much of the growth of care that is. */
#include "base/elementary.h"
#include "report/text_page.h"

#include <baogan/people.h>
#include <math.h>

enum { INDENT = 2 };

static bg_groups groups_of(const bg_text_page *page, size_t scheme)
{
    const bg_contract *contract = &page->report->model->contract;
    bg_groups groups;
    bg_groups_open(bg_node_child(bg_scenario_find(contract->scenario, "people"),
                                 contract->history.scheme[scheme].name),
                   &groups);
    return groups;
}

static void begin(const bg_text_page *page, const bg_groups *groups, bg_sheet *sheet)
{
    const char *const parts[] = {bg_text_page_words(page, "Care a head grows by", "人均费用增长"),
                                 bg_text_page_words(page, "of it ageing", "其中老龄化"),
                                 bg_text_page_words(page, "the rest", "其余")};
    bg_sheet_init(sheet, page->language);
    bg_sheet_add_column(sheet, (bg_column){.kind = BG_CELL_YEAR,
                                           .heading = bg_label(BG_LABEL_year, page->language)});
    for (size_t i = 0; i < groups->count; i++) {
        bg_sheet_add_column(sheet, (bg_column){.kind = BG_CELL_SHARE,
                                               .form = BG_FORM_PLAIN,
                                               .heading = groups->group[i].name});
    }
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        bg_sheet_add_column(
            sheet, (bg_column){.kind = BG_CELL_SHARE, .form = BG_FORM_PLAIN, .heading = parts[i]});
    }
}

/* The mean of a year of factors that follow one another. */
static double a_year(double factor, size_t years)
{
    return bg_exp(bg_log(factor) / (double)years) - 1;
}

/* Adds the rows; the mean of a year of growth and of ageing. False where the mix of the scheme stays. */
static bool add_years(const bg_text_page *page, size_t scheme, const bg_groups *groups,
                      bg_sheet *sheet, bg_growth_split *mean)
{
    const size_t years = bg_text_page_years(page);
    double growth = 1, ageing = 1;
    for (size_t year = 0; year < years; year++) {
        bg_growth_split split;
        if (!bg_demand_growth_split(page->report->model->demand, scheme, year, &split)) {
            return false;
        }
        growth *= 1 + split.growth;
        ageing *= 1 + split.ageing;
        bg_sheet_add_year(sheet, bg_text_page_year(page, year));
        for (size_t i = 0; i < groups->count; i++) {
            bg_sheet_add_share(sheet, bg_groups_share(groups, i, bg_text_page_year(page, year)));
        }
        bg_sheet_add_share(sheet, split.growth);
        bg_sheet_add_share(sheet, split.ageing);
        bg_sheet_add_share(sheet, split.growth - split.ageing);
    }
    *mean = (bg_growth_split){a_year(growth, years), a_year(ageing, years)};
    return true;
}

/* Per cent to one digit, so that what is shown adds up. */
static double tenths(double share)
{
    return floor(1000 * share + 0.5) / 10;
}

static void say_mean(const bg_text_page *page, const bg_growth_split *mean)
{
    const double growth = tenths(mean->growth), ageing = tenths(mean->ageing);
    const int first = bg_text_page_year(page, 0);
    const int last = bg_text_page_year(page, bg_text_page_years(page) - 1);
    bg_document_add(page->document, BG_PART_SENTENCE, INDENT,
                    bg_text_page_words(
                        page,
                        "From %d to %d care for an insured person grows by %.1f%% a year: %.1f "
                        "points are ageing, the mix of the groups, and %.1f all the rest.",
                        "%d—%d年，人均费用年均增长%.1f%%：其中老龄化（人群结构变化）%.1f个百分点，"
                        "其余%.1f个百分点。"),
                    first - 1, last, growth, ageing, growth - ageing);
}

static bool is_on_top(const bg_text_page *page, size_t scheme)
{
    const bg_contract *contract = &page->report->model->contract;
    return bg_node_integer(bg_node_child(bg_scenario_find(contract->scenario, "people"),
                                         contract->history.scheme[scheme].name),
                           "ageing") != 0;
}

void bg_text_page_ageing(bg_text_page *page, size_t scheme)
{
    const bg_groups groups = groups_of(page, scheme);
    bg_growth_split mean;
    bg_sheet sheet;
    begin(page, &groups, &sheet);
    if (!add_years(page, scheme, &groups, &sheet, &mean)) {
        bg_sheet_free(&sheet);
        return;
    }
    bg_text_page_heading(page, BG_LABEL_ageing_heading);
    bg_document_add_sheet(page->document, INDENT, &sheet);
    say_mean(page, &mean);
    bg_document_add(
        page->document, BG_PART_SENTENCE, INDENT, "%s",
        bg_label(is_on_top(page, scheme) ? BG_LABEL_ageing_on_top : BG_LABEL_ageing_in_trend,
                 page->language));
}
