#include "projection/result.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void bg_projection_free(bg_projection *self)
{
    if (!self) {
        return;
    }
    for (size_t i = 0; self->name && i < bg_model_outcome_count(self->model); i++) {
        free(self->name[i]);
    }
    free(self->name);
    free(self->response);
    free(self->care);
    free(self->incentive);
    bg_draws_free(&self->central);
    bg_collection_free(&self->collection);
    free(self);
}

size_t bg_projection_unit_count(const bg_projection *self)
{
    return self->collection.layout.units;
}

size_t bg_projection_unit_any(const bg_projection *self)
{
    return bg_model_unit_any(self->model);
}

const char *bg_projection_unit(const bg_projection *self, size_t unit)
{
    return bg_model_unit(self->model, unit);
}

size_t bg_projection_year_count(const bg_projection *self)
{
    return self->collection.layout.years;
}

int bg_projection_year(const bg_projection *self, size_t year)
{
    return self->model->contract.first_year + (int)year;
}

size_t bg_projection_replications(const bg_projection *self)
{
    return self->collection.n;
}

const bg_response_year *bg_projection_response(const bg_projection *self, size_t scheme,
                                               size_t year)
{
    return self->response ? &self->response[scheme * bg_projection_year_count(self) + year] : NULL;
}

const bg_line_care *bg_projection_care(const bg_projection *self, bool response, size_t line,
                                       size_t year)
{
    const size_t lines = self->model->contract.history.line_count;
    const size_t at = ((response ? lines : 0) + line) * bg_projection_year_count(self) + year;
    return self->care ? &self->care[at] : NULL;
}

const bg_reading *bg_projection_reading(const bg_projection *self)
{
    return self->has_reading ? &self->reading : NULL;
}

size_t bg_projection_outcome_count(const bg_projection *self)
{
    return self->collection.layout.outcomes;
}

const char *bg_projection_outcome(const bg_projection *self, size_t outcome)
{
    return self->name[outcome];
}

bg_outcome_info bg_projection_outcome_info(const bg_projection *self, size_t outcome)
{
    return bg_model_outcome_info(self->model, outcome);
}

int bg_projection_outcome_index(const bg_projection *self, const char *name)
{
    for (size_t i = 0; i < bg_projection_outcome_count(self); i++) {
        if (strcmp(self->name[i], name) == 0) {
            return (int)i;
        }
    }
    return -1;
}

static const bg_statistics *statistics(const bg_projection *self, size_t column)
{
    return column == BG_NO_COLUMN ? NULL : &self->collection.statistics[column];
}

const bg_statistics *bg_projection_statistics(const bg_projection *self, size_t unit, size_t year,
                                              size_t outcome)
{
    return statistics(self, bg_layout_outcome(&self->collection.layout, unit, year, outcome));
}

const bg_statistics *bg_projection_cash(const bg_projection *self, size_t unit, size_t year,
                                        size_t month)
{
    return statistics(self, bg_layout_cash(&self->collection.layout, unit, year, month));
}

bg_fen bg_projection_central(const bg_projection *self, size_t unit, size_t year, size_t outcome)
{
    return *bg_draws_outcome(&self->central, unit, year, outcome);
}

bg_fen bg_projection_central_cash(const bg_projection *self, size_t unit, size_t year, size_t month)
{
    return *bg_draws_cash(&self->central, unit, year, month);
}

const bg_fen *bg_projection_draws(const bg_projection *self, size_t unit, size_t year,
                                  size_t outcome)
{
    const size_t column = bg_layout_outcome(&self->collection.layout, unit, year, outcome);
    return column == BG_NO_COLUMN ? NULL : bg_collection_draws(&self->collection, column);
}

const uint8_t *bg_projection_events(const bg_projection *self, size_t unit, size_t year)
{
    return bg_collection_events(&self->collection, unit, year);
}

bg_status bg_projection_below(const bg_projection *self, size_t unit, size_t year, size_t outcome,
                              const bg_fen *edges, size_t count, size_t *below)
{
    const size_t column = bg_layout_outcome(&self->collection.layout, unit, year, outcome);
    return bg_collection_below(&self->collection, column, edges, count, below);
}

static const bg_fen *passing(const bg_projection *self, size_t column)
{
    const bg_collection *collection = &self->collection;
    return column == BG_NO_COLUMN ? NULL
                                  : bg_frame_column(&collection->frame, column) + collection->held;
}

const bg_fen *bg_projection_passing(const bg_projection *self, size_t unit, size_t year,
                                    size_t outcome)
{
    return passing(self, bg_layout_outcome(&self->collection.layout, unit, year, outcome));
}

const bg_fen *bg_projection_passing_cash(const bg_projection *self, size_t unit, size_t year,
                                         size_t month)
{
    return passing(self, bg_layout_cash(&self->collection.layout, unit, year, month));
}

const uint8_t *bg_projection_passing_events(const bg_projection *self, size_t unit, size_t year)
{
    return bg_frame_event(&self->collection.frame, unit, year) + self->collection.held;
}

bg_probability bg_projection_probability(const bg_projection *self, size_t unit, size_t year,
                                         bg_event event)
{
    return bg_probability_compute(bg_collection_event_count(&self->collection, unit, year, event),
                                  self->collection.n);
}

bg_probability bg_projection_band(const bg_projection *self, size_t unit, size_t year, int band)
{
    const bg_layout *layout = &self->collection.layout;
    const bool has = unit < layout->schemes || unit == bg_projection_unit_any(self);
    if (!has || !layout->bands || !bg_band_exists(self->model, band)) {
        return (bg_probability){.estimate = NAN, .low = NAN, .high = NAN};
    }
    return bg_probability_compute(bg_collection_band_count(&self->collection, unit, year, band),
                                  self->collection.n);
}

bg_probability bg_projection_probability_ever(const bg_projection *self, size_t unit,
                                              bg_event event)
{
    return bg_projection_probability(self, unit, self->collection.layout.years, event);
}

void bg_projection_convergence(const bg_projection *self, size_t unit, size_t year, size_t outcome,
                               size_t n[4], double mean[4], double se[4])
{
    const bg_collection *collection = &self->collection;
    const size_t column = bg_layout_outcome(&collection->layout, unit, year, outcome);
    for (size_t row = 0; row < 4; row++) {
        const size_t part = collection->n >> (3 - row);
        n[row] = part ? part : 1;
        mean[row] = se[row] = NAN;
        if (column != BG_NO_COLUMN) {
            const bg_moments *moments = bg_collection_early(collection, column, n[row]);
            mean[row] = bg_moments_mean(moments);
            se[row] = bg_moments_se(moments);
        }
    }
}
