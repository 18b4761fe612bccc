#include "format/csv_writer.h"
#include "report/comparison.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

enum { MEAN_DECIMALS = 4 };

/* Of which unit, year and outcome or event a row is. */
static void add_place(const bg_comparison *self, size_t unit, size_t year, const char *what,
                      bg_sheet *sheet)
{
    bg_sheet_add_text(sheet, bg_projection_unit(self->base.projection, unit));
    if (year < bg_comparison_years(self)) {
        bg_sheet_add_year(sheet, bg_projection_year(self->base.projection, year));
    } else {
        bg_sheet_add_text(sheet, "all");
    }
    bg_sheet_add_text(sheet, what);
}

static void add_contrast(const char *statistic, bg_cell_kind kind, const bg_contrast *contrast,
                         bg_sheet *sheet)
{
    bg_sheet_add_text(sheet, statistic);
    bg_sheet_add(sheet, (bg_cell){.kind = kind, .value = contrast->base});
    bg_sheet_add(sheet, (bg_cell){.kind = kind, .value = contrast->reform});
    bg_sheet_add_estimate(sheet, kind, contrast->difference, contrast->margin);
}

static void add_chances(const bg_comparison *self, size_t unit, size_t year, bg_sheet *sheet)
{
    for (size_t c = 0; c < BG_CHANCES && year < bg_comparison_years(self); c++) {
        bg_contrast found;
        const bg_status status = bg_comparison_chance(self, unit, year, &bg_chances[c], &found);
        sheet->failed = sheet->failed || status == BG_MEMORY;
        if (status == BG_OK) {
            add_place(self, unit, year, bg_event_name(bg_chances[c].event), sheet);
            add_contrast("probability", BG_CELL_SHARE, &found, sheet);
        }
    }
}

static void add_unit_year(const bg_comparison *self, size_t unit, size_t year, bg_sheet *sheet)
{
    const bg_projection *projection = self->base.projection;
    for (size_t o = 0; o < bg_projection_outcome_count(projection); o++) {
        const char *name = bg_projection_outcome(projection, o);
        bg_contrasts found;
        const bg_status status = bg_comparison_contrast(self, unit, year, name, &found);
        sheet->failed = sheet->failed || status == BG_MEMORY;
        if (status) {
            continue;
        }
        const struct {
            const char *statistic;
            const bg_contrast *contrast;
        } rows[] = {{"mean_yuan", &found.mean},
                    {"q10_yuan", &found.q10},
                    {"median_yuan", &found.median},
                    {"q90_yuan", &found.q90}};
        for (size_t r = 0; r < COUNT(rows); r++) {
            add_place(self, unit, year, name, sheet);
            add_contrast(rows[r].statistic, BG_CELL_AMOUNT, rows[r].contrast, sheet);
        }
    }
    add_chances(self, unit, year, sheet);
}

static void build_differences(const bg_comparison *self, bg_sheet *sheet)
{
    static const bg_column columns[] = {
        {.name = "unit", .kind = BG_CELL_TEXT},
        {.name = "year", .kind = BG_CELL_YEAR},
        {.name = "outcome", .kind = BG_CELL_TEXT},
        {.name = "statistic", .kind = BG_CELL_TEXT},
        {.name = "base", .kind = BG_CELL_AMOUNT, .decimals = MEAN_DECIMALS},
        {.name = "reform", .kind = BG_CELL_AMOUNT, .decimals = MEAN_DECIMALS},
        {.name = "difference",
         .kind = BG_CELL_AMOUNT,
         .error = "margin",
         .decimals = MEAN_DECIMALS}};
    bg_sheet_add_columns(sheet, columns, COUNT(columns));
    for (size_t unit = 0; unit < bg_projection_unit_count(self->base.projection); unit++) {
        for (size_t year = 0; year <= bg_comparison_years(self); year++) {
            add_unit_year(self, unit, year, sheet);
        }
    }
    const size_t any = bg_projection_unit_any(self->base.projection);
    for (size_t year = 0; any > 0 && year < bg_comparison_years(self); year++) {
        add_chances(self, any, year, sheet);
    }
}

/* The base or the reform. */
static void add_end(const bg_comparison *self, const char *name, bg_fen amount, bg_sheet *sheet)
{
    bg_sheet_add_text(sheet, name);
    bg_sheet_add_absent(sheet);
    bg_sheet_add_fen(sheet, amount);
    bg_sheet_add_absent(sheet);
    bg_sheet_add_text(sheet, self->outcome);
}

static void build_waterfall(const bg_comparison *self, bg_sheet *sheet)
{
    static const bg_column columns[] = {
        {.name = "bar", .kind = BG_CELL_TEXT},
        {.name = "differences", .kind = BG_CELL_COUNT},
        {.name = "amount_yuan", .kind = BG_CELL_FEN},
        {.name = "margin_yuan", .kind = BG_CELL_AMOUNT, .decimals = MEAN_DECIMALS},
        {.name = "outcome", .kind = BG_CELL_TEXT}};
    const bg_waterfall *waterfall = self->waterfall;
    bg_sheet_add_columns(sheet, columns, COUNT(columns));
    add_end(self, "base", waterfall->base, sheet);
    for (size_t g = 0; g < waterfall->count; g++) {
        const bg_waterfall_bar *bar = &waterfall->bars[g];
        bg_sheet_add_text(sheet, bar->group);
        bg_sheet_add_count(sheet, bar->differences);
        bg_sheet_add_fen(sheet, bar->amount);
        bg_sheet_add_amount(sheet, bar->margin);
        bg_sheet_add_text(sheet, self->outcome);
    }
    add_end(self, "reform", waterfall->reform, sheet);
}

static const bg_contribution_form of_sides = {.unit = "yuan", .all = "all", .lead = "side"};

static void build_contributions(const bg_comparison *self, bg_sheet *sheet)
{
    bg_comparison_contributions(self, &of_sides, sheet);
}

static void build_outlays(const bg_comparison *self, bg_sheet *sheet)
{
    bg_comparison_outlays(self, &of_sides, sheet);
}

static bool always(const bg_comparison *self)
{
    (void)self;
    return true;
}

bg_status bg_comparison_csv(const bg_comparison *self, const char *directory, bg_errors *errors)
{
    static const struct {
        const char *name;
        void (*build)(const bg_comparison *, bg_sheet *);
        bool (*wanted)(const bg_comparison *);
    } tables[] = {
        {"changes.csv", bg_comparison_changes, always},
        {"differences.csv", build_differences, always},
        {"waterfall.csv", build_waterfall, always},
        {"charts/data/waterfall-all.csv", build_waterfall, always},
        {"figures.csv", bg_comparison_figures, bg_comparison_has_figures},
        {"contributions.csv", build_contributions, bg_comparison_has_contributions},
        {"outlays.csv", build_outlays, bg_comparison_has_outlays},
    };
    bg_status status = BG_OK;
    for (size_t i = 0; i < COUNT(tables) && !status; i++) {
        if (!tables[i].wanted(self)) {
            continue;
        }
        bg_sheet sheet;
        bg_sheet_init(&sheet, self->language);
        tables[i].build(self, &sheet);
        status = bg_sheet_save_csv(&sheet, directory, tables[i].name, errors);
        bg_sheet_free(&sheet);
    }
    return status;
}
