#include "report/given_rows.h"

#include <math.h>

enum { MEAN_DECIMALS = 4 };

bg_estimate bg_given_estimate(const bg_projection *projection, size_t unit, size_t year,
                              bg_outcome outcome, bg_event event)
{
    const bg_figure figure = {.kind = BG_FIGURE_MEAN_GIVEN,
                              .outcome = outcome,
                              .unit = unit,
                              .year = year,
                              .event = event,
                              .given_year = year};
    bg_estimate result;
    return bg_figure_read(&figure, projection, &result) == BG_OK
               ? result
               : (bg_estimate){NAN, NAN, NAN, NAN};
}

/* Of outcomes that are nothing without the event, so that they are known of any number of futures. */
static const struct {
    bg_outcome outcome;
    bg_event event;
} pairs[] = {{BG_OUTCOME_over_budget, BG_EVENT_over_budget},
             {BG_OUTCOME_overspend, BG_EVENT_overspend}};

static void add_columns(const char *unit, bg_sheet *sheet)
{
    static const bg_column place[] = {{.name = "unit", .kind = BG_CELL_TEXT},
                                      {.name = "year", .kind = BG_CELL_YEAR},
                                      {.name = "outcome", .kind = BG_CELL_TEXT},
                                      {.name = "event", .kind = BG_CELL_TEXT},
                                      {.name = "hits", .kind = BG_CELL_COUNT}};
    bg_sheet_add_columns(sheet, place, sizeof place / sizeof *place);
    bg_sheet_add_column(sheet, (bg_column){.name = bg_sheet_keep(sheet, "mean_%s", unit),
                                           .kind = BG_CELL_AMOUNT,
                                           .error = bg_sheet_keep(sheet, "mean_se_%s", unit),
                                           .decimals = MEAN_DECIMALS});
}

static void add_row(const bg_projection *projection, size_t unit, size_t year, size_t pair,
                    bg_sheet *sheet)
{
    const bg_event event = pairs[pair].event;
    const bg_estimate mean = bg_given_estimate(projection, unit, year, pairs[pair].outcome, event);
    bg_sheet_add_text(sheet, bg_projection_unit(projection, unit));
    bg_sheet_add_year(sheet, bg_projection_year(projection, year));
    bg_sheet_add_text(sheet, bg_projection_outcome(projection, pairs[pair].outcome));
    bg_sheet_add_text(sheet, bg_event_name(event));
    bg_sheet_add_count(sheet, bg_projection_probability(projection, unit, year, event).hits);
    bg_sheet_add_estimate(sheet, BG_CELL_AMOUNT, mean.value, mean.se);
}

void bg_given_rows(const bg_report *report, const char *unit, bg_sheet *sheet)
{
    const bg_projection *projection = report->projection;
    add_columns(unit, sheet);
    for (size_t u = 0; u < bg_projection_unit_count(projection); u++) {
        for (size_t year = 0; year < bg_projection_year_count(projection); year++) {
            for (size_t pair = 0; pair < sizeof pairs / sizeof *pairs; pair++) {
                add_row(projection, u, year, pair, sheet);
            }
        }
    }
}
