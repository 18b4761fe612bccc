#include "projection/engine.h"
#include "projection/result.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- running ---- */

static bg_status name_outcomes(bg_projection *self)
{
    const size_t count = bg_model_outcome_count(self->model);
    self->name = calloc(count, sizeof *self->name);
    for (size_t i = 0; self->name && i < count; i++) {
        self->name[i] = bg_model_outcome(self->model, i);
        if (!self->name[i]) {
            return BG_MEMORY;
        }
    }
    return self->name ? BG_OK : BG_MEMORY;
}

static bg_status run_central(bg_projection *self, bg_errors *errors)
{
    self->central = bg_block_new(self->model, 1);
    if (!self->central || name_outcomes(self) != BG_OK) {
        return bg_errors_add(errors, BG_MEMORY, BG_NOWHERE, NULL,
                             "Out of memory for the central path.");
    }
    return bg_block_central(self->central, errors);
}

static bg_status out_of_memory(const bg_projection *self, bg_errors *errors)
{
    return bg_errors_add(errors, BG_MEMORY, BG_NOWHERE, NULL,
                         "Out of memory for what is collected of %zu columns of draws.",
                         self->collection.layout.columns);
}

/* Up to replication `last`, a frame at a time. */
static bg_status run_to(bg_projection *self, bg_engine *engine,
                        const bg_projection_options *options, size_t last, bg_errors *errors)
{
    bg_collection *collection = &self->collection;
    const int threads = bg_engine_threads(engine);
    while (collection->n < last) {
        size_t room;
        if (bg_collection_room(collection, threads, &room) != BG_OK) {
            return out_of_memory(self, errors);
        }
        const size_t first = collection->n;
        const size_t n = last - first < room ? last - first : room;
        bg_status status =
            bg_engine_run(engine, first, n, &collection->frame, collection->held, errors);
        if (status == BG_OK && options->take) {
            status = options->take(options->take_context, self, first, n, errors);
        }
        if (status != BG_OK) {
            return status;
        }
        bg_collection_take(collection, n, threads);
    }
    return BG_OK;
}

/* Numbers of replications after which the target is looked at; the last is the most there will be. */
#define FIRST_LOOK 1000
#define MOST_LOOKS 64

static size_t plan_looks(const bg_projection_options *options, size_t most, size_t *looks)
{
    size_t count = 0;
    for (size_t look = FIRST_LOOK; options->until && look < most; look *= 2) {
        looks[count++] = look;
    }
    looks[count++] = most;
    return count;
}

/* Whether the run may end here. */
static bg_status look(bg_projection *self, const bg_projection_options *options, bool *met,
                      bg_errors *errors)
{
    bg_status status = bg_target_read(options->until, self, &self->reading);
    self->has_reading = true;
    *met = self->reading.met;
    return status == BG_OK ? status
           : status == BG_MEMORY
               ? out_of_memory(self, errors)
               : bg_errors_add(errors, BG_INTERNAL, BG_NOWHERE, NULL,
                               "The outcome of \"%s\" was not asked for.", options->until->text);
}

static bg_status run_looks(bg_projection *self, bg_engine *engine,
                           const bg_projection_options *options, const size_t *looks, size_t count,
                           bg_errors *errors)
{
    bool met = false;
    bg_status status = BG_OK;
    for (size_t i = 0; i < count && status == BG_OK && !met; i++) {
        status = run_to(self, engine, options, looks[i], errors);
        if (status == BG_OK && options->until) {
            status = look(self, options, &met, errors);
        }
    }
    return status;
}

static bg_status run_futures(bg_projection *self, const bg_projection_options *options, size_t most,
                             bg_errors *errors)
{
    size_t looks[MOST_LOOKS];
    const size_t count = plan_looks(options, most, looks);
    if (bg_collection_init(&self->collection, self->model, options, looks, count) != BG_OK) {
        return out_of_memory(self, errors);
    }
    bg_engine *engine = bg_engine_new(self->model, options, most, errors);
    if (!engine) {
        return BG_MEMORY;
    }
    bg_status status = run_looks(self, engine, options, looks, count, errors);
    if (status == BG_OK &&
        bg_collection_summarise(&self->collection, bg_engine_threads(engine)) != BG_OK) {
        status = out_of_memory(self, errors);
    }
    bg_engine_free(engine);
    return status;
}

static size_t replications(const bg_model *model, const bg_projection_options *options)
{
    const bg_node *simulation = bg_scenario_find(model->scenario, "simulation");
    return options->most ? options->most : (size_t)bg_node_integer(simulation, "replications");
}

bg_status bg_projection_run(const bg_model *model, const bg_projection_options *options,
                            bg_projection **projection, bg_errors *errors)
{
    *projection = NULL;
    bg_projection *self = calloc(1, sizeof *self);
    if (!self) {
        return bg_errors_add(errors, BG_MEMORY, BG_NOWHERE, NULL, "Out of memory.");
    }
    self->model = model;
    bg_status status = run_central(self, errors);
    if (status == BG_OK) {
        status = run_futures(self, options, replications(model, options), errors);
    }
    if (status != BG_OK) {
        bg_projection_free(self);
        return status;
    }
    *projection = self;
    return BG_OK;
}

void bg_projection_free(bg_projection *self)
{
    if (!self) {
        return;
    }
    for (size_t i = 0; self->name && i < bg_model_outcome_count(self->model); i++) {
        free(self->name[i]);
    }
    free(self->name);
    bg_block_free(self->central);
    bg_collection_free(&self->collection);
    free(self);
}

/* ---- results ---- */

size_t bg_projection_unit_count(const bg_projection *self)
{
    return self->collection.layout.units;
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
    return self->model->first_year + (int)year;
}

size_t bg_projection_replications(const bg_projection *self)
{
    return self->collection.n;
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
    return *bg_draws_outcome(bg_block_draws(self->central), unit, year, outcome);
}

bg_fen bg_projection_central_cash(const bg_projection *self, size_t unit, size_t year, size_t month)
{
    return *bg_draws_cash(bg_block_draws(self->central), unit, year, month);
}

const bg_fen *bg_projection_draws(const bg_projection *self, size_t unit, size_t year,
                                  size_t outcome)
{
    const size_t column = bg_layout_outcome(&self->collection.layout, unit, year, outcome);
    return column == BG_NO_COLUMN ? NULL : bg_collection_draws(&self->collection, column);
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
    return bg_probability_compute(bg_collection_hits(&self->collection, unit, year, event),
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
