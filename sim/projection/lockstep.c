#include "projection/lockstep.h"

#include "contract/area.h"
#include "projection/block.h"
#include "projection/unit.h"

#include <stdlib.h>

struct bg_lockstep {
    bg_parties parties;
    size_t schemes, capacity;
    bg_block **member;                         /* [parties.count] */
    bg_scheme_block **year;                    /* [parties.count]: of the scheme at work */
    bg_draws **draws;                          /* [parties.count] */
    bg_settlement_block whole[BG_MAX_SCHEMES]; /* all members, one behind the other */
    bg_area_block *area;                       /* NULL: one community for itself */
};

static bg_status init(bg_lockstep *self, const bg_projection_options *options)
{
    const bg_parties *parties = &self->parties;
    self->member = calloc(parties->count, sizeof(bg_block *));
    self->year = calloc(parties->count, sizeof(bg_scheme_block *));
    self->draws = calloc(parties->count, sizeof(bg_draws *));
    bg_status status = self->member && self->year && self->draws ? BG_OK : BG_MEMORY;
    for (size_t c = 0; c < parties->count && status == BG_OK; c++) {
        self->member[c] = bg_block_new(&parties->member[c], options, self->capacity);
        if (!self->member[c]) {
            return BG_MEMORY;
        }
        self->draws[c] = bg_block_draws(self->member[c]);
    }
    for (size_t s = 0; s < self->schemes && status == BG_OK; s++) {
        status = bg_settlement_block_init(&self->whole[s], parties->member[0].contract.plan[s],
                                          parties->count * self->capacity);
        self->whole[s].communities = parties->count;
    }
    if (status == BG_OK && parties->whole) {
        self->area = bg_area_block_new(parties, options, self->capacity);
        status = self->area ? BG_OK : BG_MEMORY;
    }
    return status;
}

bg_lockstep *bg_lockstep_new(const bg_parties *parties, const bg_projection_options *options,
                             size_t capacity)
{
    bg_lockstep *self = calloc(1, sizeof *self);
    if (!self) {
        return NULL;
    }
    self->parties = *parties;
    self->schemes = parties->member[0].contract.history.scheme_count;
    self->capacity = capacity;
    if (init(self, options) != BG_OK) {
        bg_lockstep_free(self);
        return NULL;
    }
    return self;
}

void bg_lockstep_free(bg_lockstep *self)
{
    if (!self) {
        return;
    }
    for (size_t c = 0; self->member && c < self->parties.count; c++) {
        bg_block_free(self->member[c]);
    }
    for (size_t s = 0; s < self->schemes; s++) {
        bg_settlement_block_free(&self->whole[s]);
    }
    bg_area_block_free(self->area);
    free(self->member);
    free(self->year);
    free(self->draws);
    free(self);
}

const bg_draws *bg_lockstep_draws(const bg_lockstep *self, size_t party)
{
    return party < self->parties.count ? self->draws[party] : bg_area_block_draws(self->area);
}

bg_block *bg_lockstep_member(const bg_lockstep *self, size_t community)
{
    return self->member[community];
}

/* ---- a year of a scheme ---- */

static bg_status enter(bg_lockstep *self, size_t scheme, size_t year, bg_errors *errors)
{
    bg_status status = BG_OK;
    for (size_t c = 0; c < self->parties.count && status == BG_OK; c++) {
        bg_scheme_block *block = bg_block_scheme(self->member[c], scheme);
        const bg_model *payer = self->parties.whole ? self->parties.whole : block->model;
        self->year[c] = block;
        bg_scheme_block_enter(block, year);
        status = bg_scheme_block_income(block, &payer->contract.pool[scheme], errors);
    }
    return status;
}

static bg_status budget(bg_lockstep *self, size_t scheme, size_t year, bg_errors *errors)
{
    bg_status status = BG_OK;
    if (self->area) {
        status = bg_area_block_limit(self->area, scheme, self->year, errors);
    } else if (self->parties.member[0].contract.pool[scheme].modelled) {
        self->year[0]->budget.income = self->year[0]->income;
    }
    for (size_t c = 0; c < self->parties.count && status == BG_OK; c++) {
        status = bg_scheme_block_budget(self->year[c], year, errors);
    }
    return status;
}

/* A settlement numbers the units of its block, which tells nobody what they are: community, scheme and
 * year do. */
static void tell(const bg_lockstep *self, const bg_error *error, bg_errors *errors)
{
    const bg_scheme_block *first = self->year[0];
    const size_t unit = error->unit;
    const bg_model *member = &self->parties.member[unit ? (unit - 1) / first->n : 0];
    const char *community = unit ? bg_scenario_community(member->contract.scenario) : NULL;
    bg_errors_add(errors, error->status, bg_error_mark(error), error->path,
                  "the settlement of %s%s%s in %d: %s", community ? community : "",
                  community ? ", " : "", first->model->contract.history.scheme[first->scheme].name,
                  first->budget.year, error->message);
}

static bg_status settle(bg_lockstep *self, size_t scheme, bg_errors *errors)
{
    bg_settlement_block *whole = &self->whole[scheme];
    bg_errors found;
    bg_errors_init(&found);
    whole->contract_end = self->year[0]->settlement.contract_end;
    const bg_status status =
        bg_settlement_apply(self->parties.member[0].contract.plan[scheme], whole, NULL, &found);
    for (size_t i = 0; i < found.count; i++) {
        tell(self, &found.items[i], errors);
    }
    bg_errors_free(&found);
    return status;
}

static bg_status close_year(bg_lockstep *self, size_t scheme, size_t year, bg_errors *errors)
{
    bg_status status = BG_OK;
    for (size_t c = 0; c < self->parties.count && status == BG_OK; c++) {
        bg_scheme_block *block = self->year[c];
        status = bg_scheme_block_close(block, year, self->draws[c], errors);
        status = status ? status
                        : bg_unit_too_large(bg_unit_derive(self->draws[c], scheme, year, block->n),
                                            block->budget.year, errors);
    }
    for (size_t c = 0; c < self->parties.count && status == BG_OK; c++) {
        bg_scheme_block_carry(self->year[c]);
    }
    if (status == BG_OK && self->area) {
        status = bg_area_block_close(self->area, scheme, year, self->year, self->draws, errors);
    }
    return status;
}

/* ---- all years ---- */

/* All schemes together, of every party. */
static bg_status add_up(bg_lockstep *self, size_t year, size_t n, bg_errors *errors)
{
    bg_status status = BG_OK;
    for (size_t p = 0; p < bg_parties_count(&self->parties) && status == BG_OK; p++) {
        bg_draws *draws =
            p < self->parties.count ? self->draws[p] : bg_area_block_draws(self->area);
        status = bg_unit_too_large(bg_unit_add_up(draws, self->schemes, year, n),
                                   self->parties.member[0].contract.first_year + (int)year, errors);
    }
    return status;
}

bg_status bg_lockstep_year(bg_lockstep *self, size_t scheme, size_t year, bg_errors *errors)
{
    bg_status status = enter(self, scheme, year, errors);
    status = status ? status : budget(self, scheme, year, errors);
    status = status ? status : settle(self, scheme, errors);
    return status ? status : close_year(self, scheme, year, errors);
}

static bg_status run_year(bg_lockstep *self, size_t year, size_t n, bg_errors *errors)
{
    bg_status status = BG_OK;
    for (size_t s = 0; s < self->schemes && status == BG_OK; s++) {
        status = bg_lockstep_year(self, s, year, errors);
    }
    return status == BG_OK && self->schemes > 1 ? add_up(self, year, n, errors) : status;
}

void bg_lockstep_open(bg_lockstep *self, size_t n)
{
    for (size_t s = 0; s < self->schemes; s++) {
        self->whole[s].n = self->parties.count * n;
        for (size_t c = 0; c < self->parties.count; c++) {
            bg_scheme_block *block = bg_block_scheme(self->member[c], s);
            bg_scheme_block_open(block, &self->whole[s], c * n, n);
        }
    }
    if (self->area) {
        bg_area_block_open(self->area, n);
    }
}

static bg_status run_years(bg_lockstep *self, size_t n, bg_errors *errors)
{
    bg_status status = BG_OK;
    bg_lockstep_open(self, n);
    for (size_t y = 0; y < self->parties.member[0].contract.years && status == BG_OK; y++) {
        status = run_year(self, y, n, errors);
    }
    return status;
}

bg_status bg_lockstep_simulate(bg_lockstep *self, size_t first, size_t n, bg_errors *errors)
{
    bg_status status = BG_OK;
    for (size_t c = 0; c < self->parties.count && status == BG_OK; c++) {
        status = bg_block_draw(self->member[c], first, n, errors);
    }
    return status ? status : run_years(self, n, errors);
}

bg_status bg_lockstep_central(bg_lockstep *self, bg_errors *errors)
{
    bg_status status = BG_OK;
    for (size_t c = 0; c < self->parties.count && status == BG_OK; c++) {
        status = bg_block_draw_central(self->member[c], errors);
    }
    return status ? status : run_years(self, 1, errors);
}
