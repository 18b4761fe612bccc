#include "report/pool_rows.h"

enum { MEAN_DECIMALS = 4 };

static const struct {
    const char *name;
    int level;
} month_columns[] = {{"months_q10", BG_Q10}, {"months_q50", BG_Q50}, {"months_q90", BG_Q90}};

enum { MONTH_COLUMNS = sizeof month_columns / sizeof *month_columns };

static void add_columns(const char *unit, bg_sheet *sheet)
{
    static const bg_column place[] = {{.name = "unit", .kind = BG_CELL_TEXT},
                                      {.name = "year", .kind = BG_CELL_YEAR}};
    static const char *const amounts[] = {"income", "spent", "surplus", "balance"};
    bg_sheet_add_columns(sheet, place, sizeof place / sizeof *place);
    for (size_t i = 0; i < sizeof amounts / sizeof *amounts; i++) {
        const char *name = bg_sheet_keep(sheet, "%s_%s", amounts[i], unit);
        const char *error = bg_sheet_keep(sheet, "%s_se_%s", amounts[i], unit);
        bg_sheet_add_column(sheet, (bg_column){.name = name,
                                               .kind = BG_CELL_AMOUNT,
                                               .error = error,
                                               .decimals = MEAN_DECIMALS});
    }
    for (size_t i = 0; i < MONTH_COLUMNS; i++) {
        bg_sheet_add_column(sheet,
                            (bg_column){.name = month_columns[i].name, .kind = BG_CELL_NUMBER});
    }
    for (bg_pool_chance chance = 0; chance < BG_POOL_CHANCE_COUNT; chance++) {
        const char *name = bg_pool_chance_name(chance);
        bg_sheet_add_column(sheet, (bg_column){.name = name,
                                               .kind = BG_CELL_SHARE,
                                               .low = bg_sheet_keep(sheet, "%s_low", name),
                                               .high = bg_sheet_keep(sheet, "%s_high", name)});
    }
}

static void add_row(const char *scheme, int calendar, const bg_pool_year *of, bg_sheet *sheet)
{
    const bg_statistics *const amounts[] = {&of->income, &of->spent, &of->surplus, &of->balance};
    bg_sheet_add_text(sheet, scheme);
    bg_sheet_add_year(sheet, calendar);
    for (size_t i = 0; i < sizeof amounts / sizeof *amounts; i++) {
        bg_sheet_add_estimate(sheet, BG_CELL_AMOUNT, amounts[i]->mean, amounts[i]->mean_se);
    }
    for (size_t i = 0; i < MONTH_COLUMNS; i++) {
        bg_sheet_add_number(sheet, of->months.quantile[month_columns[i].level].value /
                                       BG_MONTH_OF_RESERVE);
    }
    for (bg_pool_chance chance = 0; chance < BG_POOL_CHANCE_COUNT; chance++) {
        const bg_probability *p = &of->chance[chance];
        bg_sheet_add_interval(sheet, BG_CELL_SHARE, p->estimate, p->low, p->high);
    }
}

static void add_scheme(const bg_report *report, size_t scheme, bg_sheet *sheet)
{
    const bg_projection *projection = report->projection;
    for (size_t year = 0; year < bg_projection_year_count(projection); year++) {
        const bg_pool_year *of = bg_pool_years_at(report->pool, scheme, year);
        if (of->known) {
            add_row(bg_projection_unit(projection, scheme), bg_projection_year(projection, year),
                    of, sheet);
        }
    }
}

void bg_pool_rows(const bg_report *report, const char *unit, bg_sheet *sheet)
{
    add_columns(unit, sheet);
    for (size_t s = 0; s < report->model->contract.history.scheme_count; s++) {
        if (report->model->contract.pool[s].modelled) {
            add_scheme(report, s, sheet);
        }
    }
}
