/* Runs the futures of one community, or of all of an area: one projection for each party. */
#include "contract/pool_quantities.h"
#include "projection/care.h"
#include "projection/engine.h"
#include "projection/messages.h"
#include "projection/pots.h"
#include "projection/response.h"
#include "projection/result.h"
#include "projection/worker.h"

#include <baogan/area_model.h>
#include <stdlib.h>
#include <string.h>

typedef struct run {
    bg_parties parties;
    size_t count; /* of parties */
    const bg_projection_options *options;
    bg_projection **projection; /* [count] */
    bg_frame_place *place;      /* [count] */
    bg_drawn *drawn;            /* [parties.count]; NULL: futures are not kept */
    bg_engine *engine;
    bg_errors *errors;
} run;

/* ---- the central path ---- */

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

static bg_status make_projections(run *self)
{
    self->place = calloc(self->count + 1, sizeof *self->place);
    bg_status status = self->place ? BG_OK : BG_MEMORY;
    for (size_t p = 0; p < self->count && status == BG_OK; p++) {
        self->projection[p] = calloc(1, sizeof(bg_projection));
        if (!self->projection[p]) {
            return BG_MEMORY;
        }
        self->projection[p]->model = bg_parties_model(&self->parties, p);
        status = name_outcomes(self->projection[p]);
    }
    return status;
}

static bg_status begin(run *self)
{
    bg_status status = make_projections(self);
    if (!status && self->options->kept) {
        self->parties.drawn = self->drawn = bg_parties_drawn(&self->parties);
        status = self->drawn ? BG_OK : BG_MEMORY;
    }
    return status ? bg_no_memory(self->errors) : BG_OK;
}

static bg_status run_central(run *self)
{
    bg_worker *central = bg_worker_new(&self->parties, NULL, 1);
    bg_status status = central ? bg_worker_central(central, NULL, self->errors)
                               : bg_errors_say(self->errors, BG_MEMORY, BG_NOWHERE, NULL,
                                               BG_SAY(central_no_memory));
    for (size_t p = 0; p < self->count && status == BG_OK; p++) {
        status = bg_draws_copy(&self->projection[p]->central, bg_worker_draws(central, p));
    }
    bg_worker_free(central);
    return status;
}

/* ---- the futures ---- */

/* How many replications may be run before any of the parties must make room. */
static bg_status find_room(const run *self, size_t *room)
{
    *room = SIZE_MAX;
    for (size_t p = 0; p < self->count; p++) {
        size_t own;
        bg_collection *collection = &self->projection[p]->collection;
        if (bg_collection_room(collection, bg_engine_threads(self->engine), &own) != BG_OK) {
            return bg_no_memory(self->errors);
        }
        *room = own < *room ? own : *room;
        self->place[p] = (bg_frame_place){&collection->frame, collection->held};
    }
    return BG_OK;
}

static bg_status take(const run *self, size_t first, size_t n)
{
    const bg_projection_options *options = self->options;
    bg_status status = BG_OK;
    for (size_t p = 0; p < self->count && status == BG_OK && options->take; p++) {
        status = options->take(options->take_context, self->projection[p], first, n, self->errors);
    }
    for (size_t p = 0; p < self->count && status == BG_OK; p++) {
        bg_collection_take(&self->projection[p]->collection, n, bg_engine_threads(self->engine));
    }
    return status;
}

/* Up to replication `last`, a frame at a time. */
static bg_status run_to(const run *self, size_t last)
{
    const bg_collection *collection = &self->projection[0]->collection;
    bg_status status = BG_OK;
    while (collection->n < last && status == BG_OK) {
        size_t room;
        const size_t first = collection->n;
        status = find_room(self, &room);
        if (status != BG_OK) {
            return status;
        }
        const size_t n = last - first < room ? last - first : room;
        status = bg_engine_run(self->engine, first, n, self->place, self->errors);
        status = status ? status : take(self, first, n);
    }
    return status;
}

/* ---- effective shares that are asked for ---- */

static bool wants_incentive(const bg_projection_options *options)
{
    bool any = options->until && bg_figure_is_effective(&options->until->figure);
    for (size_t i = 0; i < options->figure_count; i++) {
        any = any || bg_figure_is_effective(&options->figures[i]);
    }
    return any;
}

static bg_status keep_incentive(const run *self, const bg_incentive *all)
{
    const size_t cells = all->units * (all->years + 1);
    for (size_t p = 0; p < self->count; p++) {
        bg_projection *own = self->projection[p];
        free(own->incentive);
        own->incentive = calloc(cells, sizeof *own->incentive);
        if (!own->incentive) {
            return bg_no_memory(self->errors);
        }
        memcpy(own->incentive, all->row + p * cells, cells * sizeof *own->incentive);
    }
    return BG_OK;
}

/* Those of the futures so far. */
static bg_status find_incentive(const run *self)
{
    const bg_projection_options *options = self->options;
    bg_incentive found;
    bg_status status = bg_incentive_find(&self->parties, bg_incentive_pilot(self->projection[0]),
                                         options, &found, self->errors);
    status = status ? status : keep_incentive(self, &found);
    bg_incentive_free(&found);
    return status;
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

/* Whether the run may end here: the target is one of the community, or of the whole area. */
static bg_status look(const run *self, bool *met)
{
    bg_projection *last = self->projection[self->count - 1];
    const bool effective = bg_figure_is_effective(&self->options->until->figure);
    bg_status status = effective ? find_incentive(self) : BG_OK;
    if (status) {
        return status;
    }
    status = bg_target_read(self->options->until, last, &last->reading);
    last->has_reading = true;
    *met = last->reading.met;
    return status == BG_OK ? BG_OK
           : status == BG_MEMORY
               ? bg_no_memory(self->errors)
               : bg_errors_say(self->errors, BG_INTERNAL, BG_NOWHERE, NULL,
                               BG_SAY(target_outcome_missing), self->options->until->text);
}

/* Whether more futures would say nothing new of the target: effective shares are of the first ones. */
static bool is_final(const run *self)
{
    const bg_target *until = self->options->until;
    return until && bg_figure_is_effective(&until->figure) &&
           self->projection[0]->collection.n >= BG_INCENTIVE_PILOT;
}

static bg_status run_looks(const run *self, const size_t *looks, size_t count)
{
    bool met = false;
    bg_status status = BG_OK;
    for (size_t i = 0; i < count && status == BG_OK && !met && !is_final(self); i++) {
        status = run_to(self, looks[i]);
        if (status == BG_OK && self->options->until) {
            status = look(self, &met);
        }
    }
    return status;
}

static bg_status run_futures(run *self, size_t most)
{
    size_t looks[MOST_LOOKS];
    const size_t count = plan_looks(self->options, most, looks);
    for (size_t p = 0; p < self->count; p++) {
        if (bg_collection_init(&self->projection[p]->collection, self->projection[p]->model,
                               self->options, looks, count, self->count) != BG_OK) {
            return bg_no_memory(self->errors);
        }
    }
    self->engine = bg_engine_new(&self->parties, self->options, most, self->errors);
    if (!self->engine) {
        return BG_MEMORY;
    }
    bg_status status = run_looks(self, looks, count);
    const int threads = bg_engine_threads(self->engine);
    for (size_t p = 0; p < self->count && status == BG_OK; p++) {
        if (bg_collection_summarise(&self->projection[p]->collection, threads) != BG_OK) {
            status = bg_no_memory(self->errors);
        }
    }
    return status;
}

static size_t replications(const run *self)
{
    return self->options->most ? self->options->most : self->parties.member[0].horizon.replications;
}

/* ---- what providers do ---- */

/* Keeps what it came to in a community. */
static bg_status keep_response(const run *self, size_t community, const bg_response_year *years)
{
    const bg_contract *contract = &self->parties.member[0].contract;
    const size_t count = contract->history.scheme_count * contract->years;
    bg_response_year *own = calloc(count, sizeof *own);
    self->projection[community]->response = own;
    if (!own) {
        return bg_no_memory(self->errors);
    }
    memcpy(own, years + community * count, count * sizeof *own);
    return BG_OK;
}

static bg_status respond_by_pilot(const run *self)
{
    bg_response_year *years;
    bg_status status =
        bg_response_find(&self->parties, self->options, replications(self), &years, self->errors);
    for (size_t c = 0; c < self->parties.count && years && status == BG_OK; c++) {
        status = keep_response(self, c, years);
    }
    free(years);
    return status;
}

/* What they do follows the contract, and demand follows them: only pilot futures, in which they do nothing, are kept. */
static bg_status respond(run *self)
{
    const bg_parties *parties = &self->parties;
    const bg_projection *as = self->options->respond_as;
    bg_status status;
    if (!as || !as->response) {
        status = respond_by_pilot(self);
    } else {
        bg_response_repeat(&parties->member[0], as->response);
        status = keep_response(self, 0, as->response);
    }
    for (size_t c = 0; c < parties->count; c++) {
        if (bg_demand_has_providers(parties->member[c].demand)) {
            self->parties.drawn = NULL;
        }
    }
    return status;
}

static bg_status find_care(const run *self)
{
    bg_status status = BG_OK;
    for (size_t c = 0; c < self->parties.count && !status; c++) {
        const bg_model *model = &self->parties.member[c];
        if (model->contract.accounts) {
            status = bg_care_find(model, &self->projection[c]->care, self->errors);
        }
    }
    return status;
}

/* Whether all that the plan, one for all communities, asks of the pool and of pots can be told. */
static bg_status check(const bg_model *member, const bg_model *payer, bg_errors *errors)
{
    bg_status status = BG_OK;
    for (size_t s = 0; s < payer->contract.history.scheme_count; s++) {
        bg_first(&status,
                 bg_pool_quantities_check(&member->contract, s, &payer->contract.pool[s], errors));
    }
    return status ? status : bg_pots_check(member, errors);
}

/* Fills projection[0 … count - 1]; all NULL on failure. */
static bg_status run_parties(run *self)
{
    for (size_t p = 0; p < self->count; p++) {
        self->projection[p] = NULL;
    }
    bg_status status = check(bg_parties_model(&self->parties, 0),
                             bg_parties_model(&self->parties, self->count - 1), self->errors);
    status = status ? status : begin(self);
    status = status ? status : respond(self);
    status = status ? status : run_central(self);
    status = status ? status : find_care(self);
    status = status ? status : run_futures(self, replications(self));
    if (!status && !self->projection[0]->incentive && wants_incentive(self->options)) {
        status = find_incentive(self);
    }
    for (size_t p = 0; p < self->count && status != BG_OK; p++) {
        bg_projection_free(self->projection[p]);
        self->projection[p] = NULL;
    }
    bg_engine_free(self->engine);
    free(self->place);
    free(self->drawn);
    return status;
}

bg_status bg_projection_check(const bg_model *model, bg_errors *errors)
{
    return check(model, model, errors);
}

bg_status bg_area_check(const bg_area_model *model, bg_errors *errors)
{
    return check(&model->member[0], &model->whole, errors);
}

bg_status bg_projection_run(const bg_model *model, const bg_projection_options *options,
                            bg_projection **projection, bg_errors *errors)
{
    run self = {.parties = {.member = model, .count = 1},
                .count = 1,
                .options = options,
                .projection = projection,
                .errors = errors};
    return run_parties(&self);
}

bg_status bg_area_project(const bg_area_model *model, const bg_projection_options *options,
                          bg_projection **projection, bg_errors *errors)
{
    run self = {
        .parties = {.member = model->member, .count = model->area.count, .whole = &model->whole},
        .count = model->area.count + 1,
        .options = options,
        .projection = projection,
        .errors = errors};
    return run_parties(&self);
}
