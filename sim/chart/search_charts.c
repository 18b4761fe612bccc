#include "chart/search_charts.h"

#include "format/csv_writer.h"

enum { DIGITS = 10 };

static const bg_study_figure *figure_at(const bg_search *found, size_t i)
{
    return &found->sweep->figures.item[i];
}

/* The first two figures that are to be made better. False where there is one alone. */
static bool choose_figures(const bg_search *found, size_t chosen[2])
{
    size_t count = 0;
    for (size_t i = 0; i < found->sweep->figures.count && count < 2; i++) {
        if (!figure_at(found, i)->is_target && figure_at(found, i)->better) {
            chosen[count++] = i;
        }
    }
    return count == 2;
}

static void add_columns(bg_sheet *sheet)
{
    static const bg_column columns[] = {
        {.name = "best", .kind = BG_CELL_COUNT},
        {.name = "met", .kind = BG_CELL_FLAG},
        {.name = "x", .kind = BG_CELL_NUMBER, .significant = DIGITS},
        {.name = "x_se", .kind = BG_CELL_NUMBER, .significant = DIGITS},
        {.name = "y", .kind = BG_CELL_NUMBER, .significant = DIGITS},
        {.name = "y_se", .kind = BG_CELL_NUMBER, .significant = DIGITS},
        {.name = "x_name", .kind = BG_CELL_TEXT},
        {.name = "y_name", .kind = BG_CELL_TEXT},
        {.name = "x_unit", .kind = BG_CELL_TEXT},
        {.name = "y_unit", .kind = BG_CELL_TEXT},
        {.name = "x_lower", .kind = BG_CELL_FLAG},
        {.name = "y_lower", .kind = BG_CELL_FLAG},
    };
    bg_sheet_add_columns(sheet, columns, sizeof columns / sizeof *columns);
}

static bool meets_all(const bg_search *found, const bg_search_point *point)
{
    bool all = true;
    for (size_t i = 0; i < found->sweep->figures.count; i++) {
        all = all && (!figure_at(found, i)->is_target || point->value[i] >= 1);
    }
    return all;
}

static void add_point(const bg_search *found, const bg_search_point *point, size_t best,
                      const size_t chosen[2], bg_sheet *sheet)
{
    const size_t figures = found->sweep->figures.count;
    bg_sheet_add_count(sheet, best);
    bg_sheet_add_flag(sheet, meets_all(found, point));
    for (size_t k = 0; k < 2; k++) {
        bg_sheet_add_number(sheet, point->value[chosen[k]]);
        bg_sheet_add_number(sheet, point->value[figures + chosen[k]]);
    }
    for (size_t k = 0; k < 2; k++) {
        bg_sheet_add_text(sheet, figure_at(found, chosen[k])->expression);
    }
    for (size_t k = 0; k < 2; k++) {
        bg_sheet_add_text(sheet, figure_at(found, chosen[k])->is_share ? "1" : "yuan");
    }
    for (size_t k = 0; k < 2; k++) {
        bg_sheet_add_flag(sheet, figure_at(found, chosen[k])->better == 1);
    }
}

/* Its place in the front, from 1; 0: it is not in it. */
static size_t place_of(const bg_search *found, size_t point)
{
    size_t place = 0;
    for (size_t i = 0; i < found->best_count && !place; i++) {
        place = found->best[i] == point ? i + 1 : 0;
    }
    return place;
}

bg_status bg_search_charts(const bg_search *found, const bg_chart_options *options, bool data_alone,
                           bg_errors *errors)
{
    size_t chosen[2];
    if (!choose_figures(found, chosen) || found->best_count == 0) {
        return BG_OK;
    }
    bg_sheet sheet;
    bg_sheet_init(&sheet, "en");
    add_columns(&sheet);
    for (size_t i = 0; i < found->count; i++) {
        if (found->point[i].fits) {
            add_point(found, &found->point[i], place_of(found, i), chosen, &sheet);
        }
    }
    const bg_status status =
        bg_sheet_save_csv(&sheet, options->directory, "charts/data/front-all.csv", errors);
    bg_sheet_free(&sheet);
    return status || data_alone ? status : bg_chart_draw("front", "all", options, errors);
}
