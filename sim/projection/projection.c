#include <baogan/projection.h>

#include "projection/block.h"
#include "projection/engine.h"
#include "projection/ranks.h"

#include <omp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct bg_projection {
    const bg_model *model;
    char **name; /* of the outcomes */
    bg_draws draws;
    bg_draws central;          /* one entry */
    bg_statistics *statistics; /* [unit][year][outcome] */
    bg_statistics *cash;       /* [unit][year][month] */
};

static const char *const outcome_names[BG_OUTCOME_COUNT] = {
#define BG_OUTCOME_NAME(name, en, zh) #name,
    BG_OUTCOMES(BG_OUTCOME_NAME)
#undef BG_OUTCOME_NAME
};

/* ---- names ---- */

static char *joined(const char *kind, const char *name)
{
    const size_t size = strlen(kind) + strlen(name) + 1;
    char *text = malloc(size);
    if (text) {
        snprintf(text, size, "%s%s", kind, name);
    }
    return text;
}

static char *outcome_name(const bg_model *model, size_t outcome)
{
    if (outcome < BG_OUTCOME_COUNT) {
        return joined("", outcome_names[outcome]);
    }
    outcome -= BG_OUTCOME_COUNT;
    const size_t funds = bg_budget_fund_count(model->terms[0]);
    return outcome < funds
               ? joined("fund.", bg_budget_fund(model->terms[0], outcome)->name)
               : joined("institution.", bg_plan_institution(model->plan[0], outcome - funds));
}

static bg_status name_outcomes(bg_projection *self)
{
    const size_t count = self->draws.outcomes;
    self->name = calloc(count, sizeof *self->name);
    for (size_t i = 0; self->name && i < count; i++) {
        self->name[i] = outcome_name(self->model, i);
        if (!self->name[i]) {
            return BG_MEMORY;
        }
    }
    return self->name ? BG_OK : BG_MEMORY;
}

/* ---- running ---- */

static size_t replications(const bg_model *model)
{
    const bg_node *simulation = bg_scenario_find(model->scenario, "simulation");
    return (size_t)bg_node_integer(simulation, "replications");
}

static bg_status allocate(bg_projection *self)
{
    const bg_model *model = self->model;
    const size_t schemes = model->history.scheme_count;
    const size_t units = schemes > 1 ? schemes + 1 : schemes;
    const size_t outcomes = bg_block_outcomes(model);
    bg_status status =
        bg_draws_init(&self->draws, units, model->years, outcomes, replications(model));
    if (status == BG_OK) {
        status = bg_draws_init(&self->central, units, model->years, outcomes, 1);
    }
    if (status == BG_OK) {
        status = name_outcomes(self);
    }
    self->statistics = calloc(units * model->years * outcomes, sizeof *self->statistics);
    self->cash = calloc(units * model->years * 12, sizeof *self->cash);
    return self->statistics && self->cash ? status : BG_MEMORY;
}

static bg_status run_central(bg_projection *self, bg_errors *errors)
{
    bg_block *block = bg_block_new(self->model, 1);
    if (!block) {
        return bg_errors_add(errors, BG_MEMORY, BG_NOWHERE, NULL,
                             "Out of memory for the central path.");
    }
    bg_status status = bg_block_central(block, &self->central, errors);
    bg_block_free(block);
    return status;
}

/* Columns of `n` draws each into statistics, in parallel: each has its own place. */
static bg_status summarise(const bg_ranks *ranks, const bg_fen *columns, size_t count,
                           bg_statistics *statistics, int threads)
{
    const size_t n = ranks->n;
    bg_fen *scratch = malloc((size_t)threads * n * sizeof *scratch);
    if (!scratch) {
        return BG_MEMORY;
    }
    const long long last = (long long)count;
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
    for (long long i = 0; i < last; i++) {
        bg_ranks_summarise(ranks, columns + (size_t)i * n,
                           scratch + (size_t)omp_get_thread_num() * n, &statistics[i]);
    }
    free(scratch);
    return BG_OK;
}

static bg_status summarise_all(bg_projection *self, const bg_projection_options *options,
                               bg_errors *errors)
{
    const bg_draws *draws = &self->draws;
    const size_t outcomes = draws->units * draws->years * draws->outcomes;
    const size_t months = draws->units * draws->years * 12;
    const int threads = bg_engine_threads(options, outcomes);
    bg_ranks ranks;
    bg_ranks_init(&ranks, draws->n);
    bg_status status = summarise(&ranks, draws->outcome, outcomes, self->statistics, threads);
    if (status == BG_OK) {
        status = summarise(&ranks, draws->cash, months, self->cash, threads);
    }
    return status == BG_OK
               ? status
               : bg_errors_add(errors, status, BG_NOWHERE, NULL,
                               "Out of memory for the statistics of %zu replications.", draws->n);
}

bg_status bg_projection_run(const bg_model *model, const bg_projection_options *options,
                            bg_projection **projection, bg_errors *errors)
{
    *projection = NULL;
    bg_projection *self = calloc(1, sizeof *self);
    if (self) {
        self->model = model;
    }
    if (!self || allocate(self) != BG_OK) {
        bg_projection_free(self);
        return bg_errors_add(errors, BG_MEMORY, BG_NOWHERE, "simulation.replications",
                             "Out of memory for the draws of %zu replications.",
                             replications(model));
    }
    bg_status status = run_central(self, errors);
    if (status == BG_OK) {
        status = bg_engine_run(model, options, &self->draws, errors);
    }
    if (status == BG_OK) {
        status = summarise_all(self, options, errors);
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
    for (size_t i = 0; self->name && i < self->draws.outcomes; i++) {
        free(self->name[i]);
    }
    free(self->name);
    bg_draws_free(&self->draws);
    bg_draws_free(&self->central);
    free(self->statistics);
    free(self->cash);
    free(self);
}

/* ---- results ---- */

size_t bg_projection_unit_count(const bg_projection *self)
{
    return self->draws.units;
}

const char *bg_projection_unit(const bg_projection *self, size_t unit)
{
    const bg_history *history = &self->model->history;
    return unit < history->scheme_count ? history->scheme[unit].name : "all";
}

size_t bg_projection_year_count(const bg_projection *self)
{
    return self->draws.years;
}

int bg_projection_year(const bg_projection *self, size_t year)
{
    return self->model->first_year + (int)year;
}

size_t bg_projection_replications(const bg_projection *self)
{
    return self->draws.n;
}

size_t bg_projection_outcome_count(const bg_projection *self)
{
    return self->draws.outcomes;
}

const char *bg_projection_outcome(const bg_projection *self, size_t outcome)
{
    return self->name[outcome];
}

int bg_projection_outcome_index(const bg_projection *self, const char *name)
{
    for (size_t i = 0; i < self->draws.outcomes; i++) {
        if (strcmp(self->name[i], name) == 0) {
            return (int)i;
        }
    }
    return -1;
}

const bg_statistics *bg_projection_statistics(const bg_projection *self, size_t unit, size_t year,
                                              size_t outcome)
{
    return &self->statistics[bg_draws_column(&self->draws, unit, year, outcome)];
}

const bg_statistics *bg_projection_cash(const bg_projection *self, size_t unit, size_t year,
                                        size_t month)
{
    return &self->cash[(unit * self->draws.years + year) * 12 + month];
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
    return bg_draws_outcome(&self->draws, unit, year, outcome);
}

/* Replications in which the event happens in any of the years first … last - 1. */
static bg_probability probability(const bg_projection *self, size_t unit, size_t first, size_t last,
                                  bg_event event)
{
    size_t hits = 0;
    for (size_t i = 0; i < self->draws.n; i++) {
        unsigned happened = 0;
        for (size_t year = first; year < last; year++) {
            happened |= bg_draws_event(&self->draws, unit, year)[i];
        }
        hits += happened >> event & 1;
    }
    return bg_probability_compute(hits, self->draws.n);
}

bg_probability bg_projection_probability(const bg_projection *self, size_t unit, size_t year,
                                         bg_event event)
{
    return probability(self, unit, year, year + 1, event);
}

bg_probability bg_projection_probability_ever(const bg_projection *self, size_t unit,
                                              bg_event event)
{
    return probability(self, unit, 0, self->draws.years, event);
}

void bg_projection_convergence(const bg_projection *self, size_t unit, size_t year, size_t outcome,
                               size_t n[4], double mean[4], double se[4])
{
    const bg_fen *draws = bg_draws_outcome(&self->draws, unit, year, outcome);
    for (size_t row = 0; row < 4; row++) {
        const size_t part = self->draws.n >> (3 - row);
        n[row] = part ? part : 1;
        bg_mean_compute(draws, n[row], &mean[row], &se[row]);
    }
}
