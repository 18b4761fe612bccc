#include "contract/chain.h"

#include "contract/pool_quantities.h"

#include <stdlib.h>
#include <string.h>

static bg_status init_communities(bg_chain *self, const bg_contract *const *member, size_t capacity)
{
    self->years = calloc(self->count * self->schemes, sizeof *self->years);
    self->at_work = calloc(self->count, sizeof(bg_years *));
    bg_status status = self->years && self->at_work ? BG_OK : BG_MEMORY;
    for (size_t i = 0; i < self->count * self->schemes && status == BG_OK; i++) {
        status =
            bg_years_init(&self->years[i], member[i / self->schemes], i % self->schemes, capacity);
    }
    for (size_t s = 0; s < self->schemes && status == BG_OK; s++) {
        status =
            bg_settlement_block_init(&self->whole[s], member[0]->plan[s], self->count * capacity);
        self->whole[s].communities = self->count;
    }
    return status;
}

bg_status bg_chain_init(bg_chain *self, const bg_contract *const *member, size_t count,
                        const bg_contract *area, size_t capacity)
{
    *self = (bg_chain){.count = count, .schemes = member[0]->history.scheme_count};
    const bg_status status = init_communities(self, member, capacity);
    if (status != BG_OK || !area) {
        return status;
    }
    self->area = calloc(1, sizeof *self->area);
    return self->area ? bg_area_pool_init(self->area, area, count, capacity) : BG_MEMORY;
}

void bg_chain_free(bg_chain *self)
{
    for (size_t i = 0; self->years && i < self->count * self->schemes; i++) {
        bg_years_free(&self->years[i]);
    }
    for (size_t s = 0; s < self->schemes; s++) {
        bg_settlement_block_free(&self->whole[s]);
    }
    if (self->area) {
        bg_area_pool_free(self->area);
    }
    free(self->area);
    free(self->years);
    free(self->at_work);
    *self = (bg_chain){0};
}

bg_years *bg_chain_years(const bg_chain *self, size_t community, size_t scheme)
{
    return &self->years[community * self->schemes + scheme];
}

void bg_chain_open(bg_chain *self, size_t n)
{
    self->n = n;
    for (size_t i = 0; i < self->count * self->schemes; i++) {
        bg_years_open(&self->years[i], n);
    }
    for (size_t s = 0; s < self->schemes; s++) {
        self->whole[s].n = self->count * n;
    }
    if (self->area) {
        bg_area_pool_open(self->area, n);
    }
}

size_t bg_chain_state_size(const bg_chain *self)
{
    size_t size = self->area ? self->area->size : 0;
    for (size_t i = 0; i < self->count * self->schemes; i++) {
        size += self->years[i].size;
    }
    return size;
}

void bg_chain_keep(const bg_chain *self, char *state)
{
    for (size_t i = 0; i < self->count * self->schemes; i++) {
        bg_years_keep(&self->years[i], state);
        state += self->years[i].size;
    }
    if (self->area) {
        memcpy(state, self->area->storage, self->area->size);
    }
}

void bg_chain_take_up(bg_chain *self, const char *state)
{
    for (size_t i = 0; i < self->count * self->schemes; i++) {
        bg_years_take_up(&self->years[i], state);
        state += self->years[i].size;
    }
    if (self->area) {
        memcpy(self->area->storage, state, self->area->size);
    }
}

void bg_chain_begin(bg_chain *self, size_t scheme, size_t year, bg_settlement_block *into)
{
    self->into = into ? into : &self->whole[scheme];
    for (size_t c = 0; c < self->count; c++) {
        self->at_work[c] = bg_chain_years(self, c, scheme);
        bg_years_begin(self->at_work[c], year, self->into, c * self->n);
    }
    self->into->contract_end = self->at_work[0]->settlement.contract_end;
}

static const bg_pool *pool_at_work(const bg_chain *self)
{
    const bg_years *years = self->at_work[0];
    const bg_contract *payer = self->area ? self->area->contract : years->contract;
    return &payer->pool[years->scheme];
}

bg_status bg_chain_budget(bg_chain *self, bg_errors *errors)
{
    const bg_pool *pool = pool_at_work(self);
    bg_status status = BG_OK;
    for (size_t c = 0; c < self->count && status == BG_OK; c++) {
        status = bg_years_income(self->at_work[c], pool, errors);
    }
    for (size_t c = 0; c < self->count; c++) {
        self->at_work[c]->budget.raised = pool->modelled ? self->at_work[c]->income : NULL;
    }
    if (self->area) {
        status = status ? status : bg_area_pool_limit(self->area, self->at_work, errors);
    } else if (pool->modelled) {
        self->at_work[0]->budget.income = self->at_work[0]->income;
        self->at_work[0]->budget.pool_balance = self->at_work[0]->pool_balance;
        status = status ? status : bg_years_interest(self->at_work[0], pool, errors);
    }
    for (size_t c = 0; c < self->count && status == BG_OK; c++) {
        status = bg_years_budget(self->at_work[c], errors);
    }
    return status;
}

bg_status bg_chain_pool(bg_chain *self, bg_errors *errors)
{
    const bg_years *any = self->at_work[0];
    const bg_pool_at_work pool = {
        .pool = pool_at_work(self),
        .income = self->area ? self->area->income : any->income,
        .balance = self->area ? self->area->balance[any->scheme] : any->pool_balance,
    };
    return bg_sums_too_large(any->budget.year,
                             bg_pool_quantities_enter(&pool, self->at_work, self->count), errors);
}

bg_status bg_chain_settle(bg_chain *self, bg_trace *trace, bg_errors *errors)
{
    const bg_years *any = self->at_work[0];
    const bg_status status =
        bg_settlement_apply(any->contract->plan[any->scheme], self->into, trace, errors);
    for (size_t c = 0; c < self->count; c++) {
        self->at_work[c]->settled = status == BG_OK;
    }
    return status;
}

bg_status bg_chain_close(bg_chain *self, bg_errors *errors)
{
    bg_status status = BG_OK;
    for (size_t c = 0; c < self->count && status == BG_OK; c++) {
        status = bg_years_close(self->at_work[c], errors);
    }
    if (status == BG_OK && self->area && self->at_work[0]->settled) {
        status = bg_area_pool_close(self->area, self->at_work, errors);
    }
    for (size_t c = 0; c < self->count && status == BG_OK; c++) {
        bg_years *years = self->at_work[c];
        status = bg_years_too_large(years, bg_years_recover(years, years->income), errors);
    }
    return status;
}
