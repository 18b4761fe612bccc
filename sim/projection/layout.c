#include "projection/layout.h"

#include <stdlib.h>

bool bg_layout_wants_bands(const bg_model *model, const bg_projection_options *options)
{
    return !(options && options->no_bands) &&
           bg_model_band_count(model, false) + bg_model_band_count(model, true) > 0;
}

bg_status bg_layout_init(bg_layout *self, const bg_model *model,
                         const bg_projection_options *options)
{
    *self = (bg_layout){
        .units = bg_model_unit_count(model),
        .schemes = model->contract.history.scheme_count,
        .years = options->years ? options->years : model->contract.years,
        .outcomes = bg_model_outcome_count(model),
        .months = options->no_cash ? 0 : 12,
        .bands = bg_layout_wants_bands(model, options),
    };
    self->place = calloc(self->outcomes, sizeof *self->place);
    if (!self->place) {
        return BG_MEMORY;
    }
    size_t wanted = 0;
    for (size_t i = 0; i < self->outcomes; i++) {
        const bool want = !options->outcomes || options->outcomes[i];
        self->place[i] = want ? wanted++ : BG_NO_COLUMN;
    }
    self->each_year = wanted + self->months;
    self->columns = self->units * self->years * self->each_year;
    return BG_OK;
}

void bg_layout_free(bg_layout *self)
{
    free(self->place);
    *self = (bg_layout){0};
}

static size_t column(const bg_layout *self, size_t unit, size_t year, size_t place)
{
    return (unit * self->years + year) * self->each_year + place;
}

size_t bg_layout_outcome(const bg_layout *self, size_t unit, size_t year, size_t outcome)
{
    const size_t place = self->place[outcome];
    return place == BG_NO_COLUMN ? BG_NO_COLUMN : column(self, unit, year, place);
}

size_t bg_layout_cash(const bg_layout *self, size_t unit, size_t year, size_t month)
{
    return self->months ? column(self, unit, year, self->each_year - self->months + month)
                        : BG_NO_COLUMN;
}
