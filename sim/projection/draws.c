#include "projection/draws.h"

#include "projection/layout.h"

#include <stdlib.h>
#include <string.h>

enum { LINE = 64 }; /* bytes of a cache line */

/* What a unit's other outcomes, its events and its part in sums follow from. */
static bool is_basis(size_t outcome)
{
    return outcome == BG_OUTCOME_budget || outcome == BG_OUTCOME_expense ||
           outcome == BG_OUTCOME_balance || outcome == BG_OUTCOME_result ||
           outcome == BG_OUTCOME_lowest_cash;
}

static size_t years_of(const bg_draws *self, size_t row, const bg_projection_options *options)
{
    if (row >= self->outcomes) {
        return options && options->no_cash ? 1 : self->years;
    }
    const bool wanted = !options || !options->outcomes || options->outcomes[row];
    return wanted ? self->years : is_basis(row);
}

static bool wants_cash(const bg_projection_options *options)
{
    return !options || !options->no_cash || !options->no_cash_event || !options->outcomes ||
           options->outcomes[BG_OUTCOME_lowest_cash];
}

static bg_status place_rows(bg_draws *self, const bg_projection_options *options)
{
    self->row = calloc(self->outcomes + 12, sizeof *self->row);
    if (!self->row) {
        return BG_MEMORY;
    }
    for (size_t i = 0; i < self->outcomes + 12; i++) {
        self->row[i] = (bg_draws_row){self->columns, years_of(self, i, options)};
        self->columns += self->units * self->row[i].years;
    }
    return BG_OK;
}

static bg_status allocate(bg_draws *self)
{
    const size_t fens = LINE / sizeof(bg_fen);
    if (self->n > SIZE_MAX / 2 || self->units * self->years > SIZE_MAX / self->n) {
        return BG_MEMORY;
    }
    self->stride = (self->n + fens - 1) / fens * fens;
    if (self->stride > SIZE_MAX / sizeof(bg_fen) / self->columns) {
        return BG_MEMORY;
    }
    self->values = aligned_alloc(LINE, self->columns * self->stride * sizeof *self->values);
    self->event = calloc(self->units * self->years * self->n, sizeof *self->event);
    return self->values && self->event ? BG_OK : BG_MEMORY;
}

bg_status bg_draws_init(bg_draws *self, const bg_model *model, const bg_projection_options *options,
                        size_t n)
{
    *self = (bg_draws){.n = n,
                       .units = bg_model_unit_count(model),
                       .years = model->contract.years,
                       .outcomes = bg_model_outcome_count(model),
                       .has_score = bg_model_has_score(model),
                       .cash = wants_cash(options)};
    bg_status status = place_rows(self, options);
    status = status ? status : allocate(self);
    if (status == BG_OK) {
        memset(self->values, 0, self->columns * self->stride * sizeof *self->values);
    }
    if (status == BG_OK && bg_layout_wants_bands(model, options)) {
        self->band = calloc(self->units * self->years * self->n, sizeof *self->band);
        status = self->band ? BG_OK : BG_MEMORY;
    }
    return status;
}

void bg_draws_free(bg_draws *self)
{
    free(self->row);
    free(self->values);
    free(self->event);
    free(self->band);
    *self = (bg_draws){0};
}

bg_status bg_draws_copy(bg_draws *self, const bg_draws *from)
{
    const size_t rows = from->outcomes + 12;
    *self = *from;
    self->values = NULL;
    self->event = NULL;
    self->band = NULL;
    self->row = malloc(rows * sizeof *self->row);
    const bg_status status = self->row ? allocate(self) : BG_MEMORY;
    if (status == BG_OK) {
        memcpy(self->row, from->row, rows * sizeof *self->row);
        memcpy(self->values, from->values, from->columns * from->stride * sizeof *self->values);
        memcpy(self->event, from->event, from->units * from->years * from->n);
    }
    return status;
}

static bg_fen *column(const bg_draws *self, size_t unit, size_t year, size_t row)
{
    const bg_draws_row *place = &self->row[row];
    const size_t own = place->years > 1 ? year : 0;
    return place->years == 0
               ? NULL
               : self->values + (place->first + unit * place->years + own) * self->stride;
}

bg_fen *bg_draws_outcome(const bg_draws *self, size_t unit, size_t year, size_t outcome)
{
    return column(self, unit, year, outcome);
}

bg_fen *bg_draws_cash(const bg_draws *self, size_t unit, size_t year, size_t month)
{
    return column(self, unit, year, self->outcomes + month);
}

int8_t *bg_draws_band(const bg_draws *self, size_t scheme, size_t year)
{
    return self->band ? self->band + (scheme * self->years + year) * self->n : NULL;
}

uint8_t *bg_draws_event(const bg_draws *self, size_t unit, size_t year)
{
    return self->event + (unit * self->years + year) * self->n;
}
