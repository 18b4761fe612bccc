#include "report/comparison.h"

#include <stdlib.h>
#include <string.h>

const bg_chance bg_chances[BG_CHANCES] = {
    {BG_EVENT_over_budget, "over_budget", false},
    {BG_EVENT_overspend, "overspend", false},
    {BG_EVENT_loss, "result", true},
    {BG_EVENT_cash_negative, "lowest_cash", true},
    {BG_EVENT_pool_deficit, "pool_balance", true},
};

/* ---- columns of paired draws ---- */

size_t bg_comparison_years(const bg_comparison *self)
{
    return bg_projection_year_count(self->base.projection);
}

static const bg_fen *draws_of(const bg_compared *side, size_t unit, size_t year,
                              const char *outcome)
{
    const int index = bg_projection_outcome_index(side->projection, outcome);
    return index < 0 ? NULL : bg_projection_draws(side->projection, unit, year, (size_t)index);
}

/* The draws of all years added up, future by future, into `sum`. */
static bool add_years(const bg_compared *side, size_t unit, const char *outcome, bg_fen *sum)
{
    const size_t n = bg_projection_replications(side->projection);
    for (size_t year = 0; year < bg_projection_year_count(side->projection); year++) {
        const bg_fen *draws = draws_of(side, unit, year, outcome);
        for (size_t i = 0; draws && i < n; i++) {
            sum[i] += draws[i]; /* at most 20 amounts of 10^15 */
        }
        if (!draws) {
            return false;
        }
    }
    return true;
}

static bg_status contrast_sums(const bg_comparison *self, size_t unit, const char *outcome,
                               bg_contrasts *result)
{
    const size_t n = bg_projection_replications(self->base.projection);
    bg_fen *sums = calloc(2 * n, sizeof *sums);
    if (!sums) {
        return BG_MEMORY;
    }
    const bool both = add_years(&self->base, unit, outcome, sums) &&
                      add_years(&self->reform, unit, outcome, sums + n);
    bg_status status = both ? bg_contrast_draws(sums, sums + n, n, result) : BG_MISSING;
    free(sums);
    return status;
}

bg_status bg_comparison_contrast(const bg_comparison *self, size_t unit, size_t year,
                                 const char *outcome, bg_contrasts *result)
{
    const int index = bg_projection_outcome_index(self->base.projection, outcome);
    if (index < 0) {
        return BG_MISSING;
    }
    if (year == bg_comparison_years(self) &&
        !bg_projection_outcome_info(self->base.projection, (size_t)index).balance) {
        return contrast_sums(self, unit, outcome, result);
    }
    year = year == bg_comparison_years(self) ? year - 1 : year;
    const bg_fen *base = draws_of(&self->base, unit, year, outcome);
    const bg_fen *reform = draws_of(&self->reform, unit, year, outcome);
    return base && reform
               ? bg_contrast_draws(base, reform, bg_projection_replications(self->base.projection),
                                   result)
               : BG_MISSING;
}

/* A pool whose income is not given is never in deficit. */
static bool pool_is_modelled(const bg_model *model, size_t unit)
{
    bool modelled = false;
    for (size_t s = 0; s < model->contract.history.scheme_count; s++) {
        modelled = modelled || (model->contract.pool[s].modelled &&
                                (s == unit || unit + 1 > model->contract.history.scheme_count));
    }
    return modelled;
}

/* Above zero where at least one scheme has the event. */
static bool join_schemes(const bg_compared *side, size_t year, const bg_chance *chance,
                         bg_fen *joined)
{
    const size_t n = bg_projection_replications(side->projection);
    for (size_t scheme = 0; scheme < side->model->contract.history.scheme_count; scheme++) {
        const bg_fen *draws = draws_of(side, scheme, year, chance->outcome);
        for (size_t i = 0; draws && i < n; i++) {
            joined[i] |= chance->below ? draws[i] < 0 : draws[i] > 0;
        }
        if (!draws) {
            return false;
        }
    }
    return true;
}

static bg_status contrast_any(const bg_comparison *self, size_t year, const bg_chance *chance,
                              bg_contrast *result)
{
    const size_t n = bg_projection_replications(self->base.projection);
    bg_fen *joined = calloc(2 * n, sizeof *joined);
    if (!joined) {
        return BG_MEMORY;
    }
    const bool both = join_schemes(&self->base, year, chance, joined) &&
                      join_schemes(&self->reform, year, chance, joined + n);
    if (both) {
        *result = bg_contrast_above(joined, joined + n, n);
    }
    free(joined);
    return both ? BG_OK : BG_MISSING;
}

bg_status bg_comparison_chance(const bg_comparison *self, size_t unit, size_t year,
                               const bg_chance *chance, bg_contrast *result)
{
    const bool modelled =
        chance->event != BG_EVENT_pool_deficit ||
        (pool_is_modelled(self->base.model, unit) && pool_is_modelled(self->reform.model, unit));
    if (modelled && unit >= bg_projection_unit_count(self->base.projection)) {
        return contrast_any(self, year, chance, result);
    }
    const bg_fen *base = modelled ? draws_of(&self->base, unit, year, chance->outcome) : NULL;
    const bg_fen *reform = modelled ? draws_of(&self->reform, unit, year, chance->outcome) : NULL;
    if (!base || !reform) {
        return BG_MISSING;
    }
    const size_t n = bg_projection_replications(self->base.projection);
    *result =
        chance->below ? bg_contrast_below(base, reform, n) : bg_contrast_above(base, reform, n);
    return BG_OK;
}

static void add_side(bg_sheet *sheet, const bg_node *node)
{
    char *line = node ? bg_node_line(node) : NULL;
    bg_sheet_add_text(sheet, line ? bg_sheet_keep(sheet, "%s", line) : NULL);
    sheet->failed = sheet->failed || (node && !line);
    free(line);
}

void bg_comparison_changes(const bg_comparison *self, bg_sheet *sheet)
{
    static const bg_column columns[] = {{.name = "path", .kind = BG_CELL_TEXT},
                                        {.name = "base", .kind = BG_CELL_TEXT},
                                        {.name = "reform", .kind = BG_CELL_TEXT}};
    bg_sheet_add_columns(sheet, columns, sizeof columns / sizeof *columns);
    for (size_t d = 0; d < self->differences->count; d++) {
        const bg_difference *difference = &self->differences->items[d];
        bg_sheet_add_text(sheet, difference->path);
        add_side(sheet, difference->base);
        add_side(sheet, difference->reform);
    }
}

/* ---- what measures do ---- */

bool bg_comparison_has_contributions(const bg_comparison *self)
{
    return self->base.contributions->count + self->reform.contributions->count > 0;
}

bool bg_comparison_has_outlays(const bg_comparison *self)
{
    return bg_net_known(self->base.contributions) || bg_net_known(self->reform.contributions);
}

/* Both sides have the same units and years. */
void bg_comparison_contributions(const bg_comparison *self, const bg_contribution_form *form,
                                 bg_sheet *sheet)
{
    const bg_projection *projection = self->base.projection;
    bg_contribution_columns(form, sheet);
    bg_contribution_rows(self->base.contributions, projection, form, "base", sheet);
    bg_contribution_rows(self->reform.contributions, projection, form, "reform", sheet);
    bg_contribution_rows(self->contribution_difference, projection, form, "difference", sheet);
}

void bg_comparison_outlays(const bg_comparison *self, const bg_contribution_form *form,
                           bg_sheet *sheet)
{
    bg_net_columns(form, sheet);
    bg_net_rows(self->base.contributions, self->base.projection, form, "base", sheet);
    bg_net_rows(self->reform.contributions, self->base.projection, form, "reform", sheet);
    bg_net_rows(self->contribution_difference, self->base.projection, form, "difference", sheet);
}
