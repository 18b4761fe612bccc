#include "projection/worker.h"

#include "base/isa.h"
#include "contract/chain.h"
#include "projection/income.h"
#include "projection/messages.h"
#include "projection/unit.h"
#include "projection/unit_simd.h"

#include <stdlib.h>
#include <string.h>

struct bg_worker {
    bg_parties parties;
    bg_chain chain;
    bg_block **member; /* [parties.count] */
    bg_draws **draws;  /* [parties.count] */
    bg_draws whole;    /* of an area */
    size_t years;      /* that are run */
    bg_income_draws income;
    size_t eased; /* the year of which 99 % is entered; NO_YEAR: none */
    char *state; /* what each year begins with, of years that will be eased; NULL: it is not kept */
    bg_central *settled; /* what the central path is settled in, explained; NULL: it is not kept */
};

#define NO_YEAR SIZE_MAX

static bg_status init_blocks(bg_worker *self, const bg_projection_options *options, size_t capacity)
{
    const bg_parties *parties = &self->parties;
    self->member = calloc(parties->count, sizeof(bg_block *));
    self->draws = calloc(parties->count, sizeof(bg_draws *));
    if (!self->member || !self->draws) {
        return BG_MEMORY;
    }
    for (size_t c = 0; c < parties->count; c++) {
        self->member[c] = bg_block_new(&parties->member[c], options, capacity);
        if (!self->member[c]) {
            return BG_MEMORY;
        }
        if (options && options->kept && parties->drawn) {
            bg_block_keep(self->member[c], options->kept, &parties->drawn[c]);
        }
        self->draws[c] = bg_block_draws(self->member[c]);
    }
    return parties->whole ? bg_draws_init(&self->whole, parties->whole, options, capacity) : BG_OK;
}

static bg_status init_chain(bg_worker *self, size_t capacity)
{
    const bg_parties *parties = &self->parties;
    const bg_contract **contract = calloc(parties->count, sizeof(const bg_contract *));
    if (!contract) {
        return BG_MEMORY;
    }
    for (size_t c = 0; c < parties->count; c++) {
        contract[c] = &parties->member[c].contract;
    }
    const bg_status status =
        bg_chain_init(&self->chain, contract, parties->count,
                      parties->whole ? &parties->whole->contract : NULL, capacity);
    free(contract);
    for (size_t s = 0; s < self->chain.schemes && status == BG_OK; s++) {
        self->chain.whole[s].bands = self->draws[0]->band != NULL;
    }
    return status;
}

static bg_status init_income(bg_worker *self, size_t capacity)
{
    const bg_model *payer = bg_parties_model(&self->parties, bg_parties_count(&self->parties) - 1);
    return bg_income_draws_init(&self->income, &payer->contract, payer->horizon.seed, capacity);
}

bg_worker *bg_worker_new(const bg_parties *parties, const bg_projection_options *options,
                         size_t capacity)
{
    bg_worker *self = calloc(1, sizeof *self);
    if (!self) {
        return NULL;
    }
    self->parties = *parties;
    self->eased = NO_YEAR;
    self->years = options && options->years ? options->years : parties->member[0].contract.years;
    bg_status status = init_blocks(self, options, capacity);
    status = status ? status : init_chain(self, capacity);
    status = status ? status : init_income(self, capacity);
    if (status != BG_OK) {
        bg_worker_free(self);
        return NULL;
    }
    return self;
}

void bg_worker_free(bg_worker *self)
{
    if (!self) {
        return;
    }
    for (size_t c = 0; self->member && c < self->parties.count; c++) {
        bg_block_free(self->member[c]);
    }
    bg_chain_free(&self->chain);
    bg_draws_free(&self->whole);
    bg_income_draws_free(&self->income);
    free(self->member);
    free(self->draws);
    free(self->state);
    free(self);
}

const bg_draws *bg_worker_draws(const bg_worker *self, size_t party)
{
    return party < self->parties.count ? self->draws[party] : &self->whole;
}

bg_block *bg_worker_member(const bg_worker *self, size_t community)
{
    return self->member[community];
}

bg_years *bg_worker_years(const bg_worker *self, size_t community, size_t scheme)
{
    return bg_chain_years(&self->chain, community, scheme);
}

/* A settlement numbers the units of its block, which tells nobody what they are: community, scheme and
 * year do. */
static void tell(const bg_worker *self, size_t scheme, const bg_error *error, bg_errors *errors)
{
    const bg_years *first = bg_worker_years(self, 0, scheme);
    const size_t unit = error->unit;
    const bg_contract *member = &self->parties.member[unit ? (unit - 1) / first->n : 0].contract;
    const char *community = unit ? bg_scenario_community(member->scenario) : NULL;
    bg_errors_say_behind(errors, error, bg_error_mark(error), error->path, BG_WORDS(settlement_of),
                         community ? community : "", community ? BG_COMMA : "",
                         member->history.scheme[scheme].name, first->budget.year);
}

static bg_status settle(bg_worker *self, size_t scheme, bg_trace *trace, bg_errors *errors)
{
    bg_errors found;
    bg_errors_init(&found);
    const bg_status status = bg_chain_settle(&self->chain, trace, &found);
    for (size_t i = 0; i < found.count; i++) {
        tell(self, scheme, &found.items[i], errors);
    }
    bg_errors_free(&found);
    return status;
}

/* The area's own: its pool, and sums over the communities. */
static bg_status store_whole(bg_worker *self, size_t scheme, size_t year, bg_errors *errors)
{
    const size_t n = self->chain.n;
    const bg_area_pool *area = self->chain.area;
    const bg_fen *pool_balance = area->balance[scheme];
    bg_status status = bg_unit_sum(&self->whole, scheme, year, n, self->draws, self->parties.count);
    if (status == BG_OK) {
        bg_fen *balance = bg_draws_outcome(&self->whole, scheme, year, BG_OUTCOME_pool_balance);
        bg_fen *income = bg_draws_outcome(&self->whole, scheme, year, BG_OUTCOME_income);
        if (balance) {
            memcpy(balance, pool_balance, n * sizeof *balance);
        }
        if (income) {
            memcpy(income, area->income, n * sizeof *income);
        }
        if (self->parties.whole->contract.pool[scheme].modelled) {
            BG_ISA_TABLE(bg_unit_kernels)
                ->below_zero(n, pool_balance, 1 << BG_EVENT_pool_deficit,
                             bg_draws_event(&self->whole, scheme, year));
        }
        status = bg_unit_derive(&self->whole, scheme, year, n);
    }
    return bg_sums_too_large(bg_worker_years(self, 0, scheme)->budget.year, status, errors);
}

static bg_status store(bg_worker *self, size_t scheme, size_t year, bg_errors *errors)
{
    bg_status status = BG_OK;
    for (size_t c = 0; c < self->parties.count && status == BG_OK; c++) {
        status = bg_block_store(self->member[c], bg_worker_years(self, c, scheme), errors);
    }
    return status == BG_OK && self->parties.whole ? store_whole(self, scheme, year, errors)
                                                  : status;
}

/* What the year is settled in, if it is kept. */
static bg_central_year *kept_year(const bg_worker *self, size_t scheme, size_t year)
{
    if (!self->settled) {
        return NULL;
    }
    bg_central_year *kept = &self->settled->items[scheme * self->settled->years + year];
    kept->block.bands = self->chain.whole[scheme].bands;
    return kept;
}

bg_status bg_worker_year(bg_worker *self, size_t scheme, size_t year, bg_errors *errors)
{
    bg_central_year *kept = kept_year(self, scheme, year);
    bg_chain_begin(&self->chain, scheme, year, kept ? &kept->block : NULL);
    for (size_t c = 0; c < self->parties.count; c++) {
        bg_years *years = bg_worker_years(self, c, scheme);
        bg_block_enter(self->member[c], years);
        if (year == self->eased) {
            bg_block_ease(self->member[c], years);
        }
        years->income_growth = bg_income_growth(&self->income, scheme, year);
    }
    bg_status status = bg_chain_budget(&self->chain, errors);
    status = status ? status : bg_chain_pool(&self->chain, errors);
    status = status ? status : settle(self, scheme, kept ? &kept->trace : NULL, errors);
    status = status ? status : bg_chain_close(&self->chain, errors);
    return status ? status : store(self, scheme, year, errors);
}

/* All schemes together, of every party. */
static bg_status add_up(bg_worker *self, size_t year, bg_errors *errors)
{
    const bg_parties *parties = &self->parties;
    bg_status status = BG_OK;
    for (size_t p = 0; p < bg_parties_count(parties) && status == BG_OK; p++) {
        bg_draws *draws = p < parties->count ? self->draws[p] : &self->whole;
        status = bg_sums_too_large(parties->member[0].contract.first_year + (int)year,
                                   bg_unit_add_up(draws, self->chain.schemes, year, self->chain.n),
                                   errors);
    }
    return status;
}

static bg_status run_year(bg_worker *self, size_t year, bg_errors *errors)
{
    bg_status status = BG_OK;
    for (size_t s = 0; s < self->chain.schemes && status == BG_OK; s++) {
        status = bg_worker_year(self, s, year, errors);
    }
    return status == BG_OK && self->chain.schemes > 1 ? add_up(self, year, errors) : status;
}

void bg_worker_open(bg_worker *self, size_t n)
{
    bg_chain_open(&self->chain, n);
}

static char *state_of(const bg_worker *self, size_t year)
{
    return self->state + year * bg_chain_state_size(&self->chain);
}

static bg_status run_years(bg_worker *self, size_t n, bg_errors *errors)
{
    bg_status status = BG_OK;
    bg_worker_open(self, n);
    for (size_t y = 0; y < self->years && status == BG_OK; y++) {
        if (self->state) {
            bg_chain_keep(&self->chain, state_of(self, y));
        }
        status = run_year(self, y, errors);
    }
    return status;
}

bool bg_worker_will_ease(bg_worker *self)
{
    self->state = malloc(self->years * bg_chain_state_size(&self->chain));
    return self->state;
}

bg_status bg_worker_simulate(bg_worker *self, size_t first, size_t n, bg_errors *errors)
{
    bg_status status = BG_OK;
    for (size_t c = 0; c < self->parties.count && status == BG_OK; c++) {
        status = bg_block_draw(self->member[c], first, n, errors);
    }
    bg_income_draw(&self->income, first, n);
    return status ? status : run_years(self, n, errors);
}

bg_status bg_worker_ease(bg_worker *self, size_t year, bg_errors *errors)
{
    bg_status status = BG_OK;
    self->eased = year;
    bg_chain_take_up(&self->chain, state_of(self, year));
    for (size_t y = year; y < self->years && status == BG_OK; y++) {
        status = run_year(self, y, errors);
    }
    self->eased = NO_YEAR;
    return status;
}

bg_status bg_worker_central(bg_worker *self, bg_central *settled, bg_errors *errors)
{
    bg_status status = BG_OK;
    self->settled = settled;
    for (size_t c = 0; c < self->parties.count && status == BG_OK; c++) {
        status = bg_block_draw_central(self->member[c], errors);
    }
    bg_income_draw_central(&self->income);
    status = status ? status : run_years(self, 1, errors);
    self->settled = NULL;
    return status;
}

bg_status bg_worker_scaled(bg_worker *self, const bg_scaled *scaled, bg_errors *errors)
{
    bg_status status = BG_OK;
    for (size_t c = 0; c < self->parties.count && status == BG_OK; c++) {
        status = bg_block_draw_scaled(self->member[c], scaled, errors);
    }
    bg_income_draw_central(&self->income);
    return status ? status : run_years(self, scaled->n, errors);
}
