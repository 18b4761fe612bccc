#include "format/json.h"
#include "format/json_writer.h"
#include "report/comparison.h"

static json_t *contrast_object(const bg_contrast *contrast)
{
    return json_pack("{s:o, s:o, s:o, s:o}", "base", bg_json_number(contrast->base), "reform",
                     bg_json_number(contrast->reform), "difference",
                     bg_json_number(contrast->difference), "margin",
                     bg_json_number(contrast->margin));
}

static json_t *changes_array(const bg_comparison *self)
{
    bg_sheet sheet;
    bg_sheet_init(&sheet, self->language);
    bg_comparison_changes(self, &sheet);
    json_t *array = bg_sheet_json(&sheet);
    bg_sheet_free(&sheet);
    return array;
}

static json_t *outcomes_object(const bg_comparison *self, size_t unit, size_t year)
{
    json_t *object = json_object();
    const bg_projection *projection = self->base.projection;
    for (size_t o = 0; o < bg_projection_outcome_count(projection); o++) {
        bg_contrasts found;
        const char *name = bg_projection_outcome(projection, o);
        const bg_status status = bg_comparison_contrast(self, unit, year, name, &found);
        if (status == BG_MEMORY) {
            json_decref(object);
            return NULL;
        }
        if (status == BG_OK) {
            bg_json_set(&object, name,
                        json_pack("{s:o, s:o, s:o, s:o}", "mean_fen", contrast_object(&found.mean),
                                  "q10_fen", contrast_object(&found.q10), "median_fen",
                                  contrast_object(&found.median), "q90_fen",
                                  contrast_object(&found.q90)));
        }
    }
    return object;
}

static json_t *chances_object(const bg_comparison *self, size_t unit, size_t year)
{
    json_t *object = json_object();
    for (size_t c = 0; c < BG_CHANCES && year < bg_comparison_years(self); c++) {
        bg_contrast found;
        if (bg_comparison_chance(self, unit, year, &bg_chances[c], &found) == BG_OK) {
            bg_json_set(&object, bg_event_name(bg_chances[c].event), contrast_object(&found));
        }
    }
    return object;
}

static json_t *any_object(const bg_comparison *self, size_t any, size_t year)
{
    const bg_projection *projection = self->base.projection;
    return json_pack("{s:s, s:i, s:{}, s:o}", "unit", bg_projection_unit(projection, any), "year",
                     bg_projection_year(projection, year), "outcomes", "probabilities",
                     chances_object(self, any, year));
}

static json_t *units_array(const bg_comparison *self)
{
    json_t *array = json_array();
    const bg_projection *projection = self->base.projection;
    for (size_t unit = 0; unit < bg_projection_unit_count(projection); unit++) {
        for (size_t year = 0; year <= bg_comparison_years(self); year++) {
            json_t *when = year < bg_comparison_years(self)
                               ? json_integer(bg_projection_year(projection, year))
                               : json_null();
            bg_json_append(&array, json_pack("{s:s, s:o, s:o, s:o}", "unit",
                                             bg_projection_unit(projection, unit), "year", when,
                                             "outcomes", outcomes_object(self, unit, year),
                                             "probabilities", chances_object(self, unit, year)));
        }
    }
    /* Any scheme has chances alone. */
    const size_t any = bg_projection_unit_any(projection);
    for (size_t year = 0; any > 0 && year < bg_comparison_years(self); year++) {
        bg_json_append(&array, any_object(self, any, year));
    }
    return array;
}

static json_t *bars_array(const bg_waterfall *waterfall)
{
    static const bg_column columns[] = {{.name = "group", .kind = BG_CELL_TEXT},
                                        {.name = "differences", .kind = BG_CELL_COUNT},
                                        {.name = "amount_fen", .kind = BG_CELL_FEN},
                                        {.name = "margin_fen", .kind = BG_CELL_AMOUNT}};
    bg_sheet sheet;
    bg_sheet_init(&sheet, "en");
    bg_sheet_add_columns(&sheet, columns, sizeof columns / sizeof *columns);
    for (size_t g = 0; g < waterfall->count; g++) {
        const bg_waterfall_bar *bar = &waterfall->bars[g];
        bg_sheet_add_text(&sheet, bar->group);
        bg_sheet_add_count(&sheet, bar->differences);
        bg_sheet_add_fen(&sheet, bar->amount);
        bg_sheet_add_amount(&sheet, bar->margin);
    }
    json_t *array = bg_sheet_json(&sheet);
    bg_sheet_free(&sheet);
    return array;
}

static json_t *waterfall_object(const bg_comparison *self)
{
    const bg_waterfall *waterfall = self->waterfall;
    return json_pack("{s:s, s:I, s:I, s:s, s:o}", "outcome", self->outcome, "base_fen",
                     (json_int_t)waterfall->base, "reform_fen", (json_int_t)waterfall->reform,
                     "method", waterfall->in_order ? "in_order" : "shapley", "bars",
                     bars_array(waterfall));
}

static json_t *figures_array(const bg_comparison *self)
{
    bg_sheet sheet;
    bg_sheet_init(&sheet, "en");
    bg_comparison_figures(self, &sheet);
    json_t *array = bg_sheet_json(&sheet);
    bg_sheet_free(&sheet);
    return array;
}

/* By side, as of a run. */
static json_t *sides_array(const bg_comparison *self,
                           void (*fill)(const bg_comparison *, const bg_contribution_form *,
                                        bg_sheet *))
{
    static const bg_contribution_form form = {.unit = "fen", .lead = "side"};
    bg_sheet sheet;
    bg_sheet_init(&sheet, "en");
    fill(self, &form, &sheet);
    json_t *array = bg_sheet_json(&sheet);
    bg_sheet_free(&sheet);
    return array;
}

json_t *bg_comparison_json(const bg_comparison *self)
{
    json_t *object = json_pack(
        "{s:o, s:o, s:o, s:o, s:o}", "base",
        bg_json_text(bg_scenario_file(self->base.model->contract.scenario)), "reform",
        bg_json_text(bg_scenario_file(self->reform.model->contract.scenario)), "changes",
        changes_array(self), "units", units_array(self), "waterfall", waterfall_object(self));
    if (bg_comparison_has_figures(self)) {
        bg_json_set(&object, "figures", figures_array(self));
    }
    if (bg_comparison_has_contributions(self)) {
        bg_json_set(&object, "contributions", sides_array(self, bg_comparison_contributions));
    }
    if (bg_comparison_has_outlays(self)) {
        bg_json_set(&object, "outlays", sides_array(self, bg_comparison_outlays));
    }
    return object;
}
