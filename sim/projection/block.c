#include "projection/block.h"

#include <stdlib.h>

struct bg_block {
    const bg_model *model;
    bg_future path;
    bg_sampler *sampler;             /* of the reference engine */
    bg_block_sampler *block_sampler; /* of the fast engine */
    bool *shock;                     /* [year][capacity] */
    bg_scheme_block scheme[BG_MAX_SCHEMES];
    bg_draws draws;
};

static bg_status init(bg_block *self, const bg_projection_options *options, size_t capacity)
{
    const bg_model *model = self->model;
    if (model->horizon.engine == BG_ENGINE_FAST) {
        self->block_sampler = bg_block_sampler_new(model->demand, capacity);
    } else {
        self->sampler = bg_sampler_new(model->demand);
    }
    self->shock = calloc(model->contract.years * capacity, sizeof *self->shock);
    bg_status status = bg_future_init(&self->path, model->demand);
    if (!(self->sampler || self->block_sampler) || !self->shock) {
        status = BG_MEMORY;
    }
    status = status ? status : bg_draws_init(&self->draws, model, options, capacity);
    for (size_t s = 0; s < model->contract.history.scheme_count && status == BG_OK; s++) {
        status = bg_scheme_block_init(&self->scheme[s], model, s, capacity, self->shock);
    }
    return status;
}

bg_block *bg_block_new(const bg_model *model, const bg_projection_options *options, size_t capacity)
{
    bg_block *self = calloc(1, sizeof *self);
    if (!self) {
        return NULL;
    }
    self->model = model;
    if (init(self, options, capacity) != BG_OK) {
        bg_block_free(self);
        return NULL;
    }
    return self;
}

void bg_block_free(bg_block *self)
{
    if (!self) {
        return;
    }
    for (size_t s = 0; s < BG_MAX_SCHEMES; s++) {
        bg_scheme_block_free(&self->scheme[s]);
    }
    bg_draws_free(&self->draws);
    bg_future_free(&self->path);
    bg_sampler_free(self->sampler);
    bg_block_sampler_free(self->block_sampler);
    free(self->shock);
    free(self);
}

bg_draws *bg_block_draws(bg_block *self)
{
    return &self->draws;
}

bg_scheme_block *bg_block_scheme(bg_block *self, size_t scheme)
{
    return &self->scheme[scheme];
}

/* ---- from a path to columns ---- */

static bg_fen sum_of_months(const bg_fen *months)
{
    bg_fen sum = 0;
    for (size_t month = 0; month < 12; month++) {
        /* Demand bounds a month so that a year's sum fits. */
        sum += months[month];
    }
    return sum;
}

/* Entry `i` of the columns from the path. */
static void lay_out(bg_block *self, size_t i)
{
    const bg_future *path = &self->path;
    for (size_t s = 0; s < path->schemes; s++) {
        for (size_t y = 0; y < path->years; y++) {
            bg_demand_columns *to = &self->scheme[s].demand[y];
            const size_t january = BG_FUTURE_MONTH(path, s, y, 0);
            for (size_t month = 0; month < 12; month++) {
                to->expense[month][i] = path->expense[january + month];
            }
            to->outside[i] = sum_of_months(path->outside + january);
            to->emergency[i] = sum_of_months(path->emergency + january);
            to->rebound[i] = sum_of_months(path->rebound + january);
            to->patients[i] = path->patients[BG_FUTURE_YEAR(path, s, y)];
            to->disallowed[i] = path->disallowed[BG_FUTURE_YEAR(path, s, y)];
            to->people[i] = path->people[BG_FUTURE_YEAR(path, s, y)];
            to->shock[i] = path->shock[y];
        }
    }
}

/* ---- drawing ---- */

static bg_status draw_one_by_one(bg_block *self, size_t first, size_t n, bg_errors *errors)
{
    for (size_t i = 0; i < n; i++) {
        const uint32_t replication = (uint32_t)(first + i + 1);
        bg_status status =
            bg_demand_draw(self->model->demand, self->sampler, replication, &self->path);
        if (status != BG_OK) {
            return bg_errors_add(errors, status, BG_NOWHERE, NULL,
                                 "The demand of replication %u could not be drawn: %s.",
                                 (unsigned)replication, bg_status_sentence(status));
        }
        lay_out(self, i);
    }
    return BG_OK;
}

static bg_status draw_block(bg_block *self, size_t first, size_t n, bg_errors *errors)
{
    bg_demand_columns *columns[BG_MAX_SCHEMES];
    for (size_t s = 0; s < BG_MAX_SCHEMES; s++) {
        columns[s] = self->scheme[s].demand;
    }
    const bg_status status = bg_demand_draw_block(self->model->demand, self->block_sampler,
                                                  (uint32_t)(first + 1), n, columns);
    return status == BG_OK
               ? BG_OK
               : bg_errors_add(errors, status, BG_NOWHERE, NULL,
                               "The demand of replications %zu to %zu could not be drawn: %s.",
                               first + 1, first + n, bg_status_sentence(status));
}

bg_status bg_block_draw(bg_block *self, size_t first, size_t n, bg_errors *errors)
{
    return self->block_sampler ? draw_block(self, first, n, errors)
                               : draw_one_by_one(self, first, n, errors);
}

bg_status bg_block_draw_central(bg_block *self, bg_errors *errors)
{
    const bg_status status = bg_demand_central(self->model->demand, &self->path);
    if (status != BG_OK) {
        return bg_errors_add(errors, status, BG_NOWHERE, NULL,
                             "The demand of the central path could not be computed: %s.",
                             bg_status_sentence(status));
    }
    lay_out(self, 0);
    return BG_OK;
}
