/* Figures of both sides, asked for by name. */
#include "report/comparison.h"

#include <stdlib.h>

bool bg_comparison_has_figures(const bg_comparison *self)
{
    return self->base.figure_count > 0;
}

bg_estimate bg_comparison_figure(const bg_compared *side, size_t index)
{
    bg_estimate found;
    bg_figure_read(&side->figure[index], side->projection, &found); /* NaN where it is not told */
    return found;
}

/* Of a figure that is no share: hundredths of a point are points as fen are yuan. */
static void add_side(const bg_compared *side, size_t index, bg_sheet *sheet)
{
    const bg_estimate found = bg_comparison_figure(side, index);
    const double unit = bg_figure_is_share(&side->figure[index]) ? 1 : 100;
    bg_sheet_add_number(sheet, found.value / unit);
    bg_sheet_add_number(sheet, found.se / unit);
}

void bg_comparison_figures(const bg_comparison *self, bg_sheet *sheet)
{
    static const bg_column columns[] = {
        {.name = "figure", .kind = BG_CELL_TEXT},      {.name = "base", .kind = BG_CELL_NUMBER},
        {.name = "base_se", .kind = BG_CELL_NUMBER},   {.name = "reform", .kind = BG_CELL_NUMBER},
        {.name = "reform_se", .kind = BG_CELL_NUMBER},
    };
    bg_sheet_add_columns(sheet, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < self->base.figure_count; i++) {
        char *name = bg_figure_text(&self->base.figure[i], self->base.model);
        sheet->failed = sheet->failed || !name;
        bg_sheet_add_text(sheet, name ? bg_sheet_keep(sheet, "%s", name) : "");
        free(name);
        add_side(&self->base, i, sheet);
        add_side(&self->reform, i, sheet);
    }
}
