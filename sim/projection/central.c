#include "projection/central.h"

#include "projection/worker.h"

#include <stdlib.h>

void bg_central_free(bg_central *self)
{
    for (size_t i = 0; i < self->count; i++) {
        bg_settlement_block_free(&self->items[i].block);
        bg_trace_free(&self->items[i].trace);
    }
    free(self->items);
    *self = (bg_central){0};
}

static bg_status make_years(const bg_contract *contract, bg_central *self)
{
    const size_t count = contract->history.scheme_count * contract->years;
    self->years = contract->years;
    self->items = calloc(count, sizeof *self->items);
    bg_status status = self->items ? BG_OK : BG_MEMORY;
    while (!status && self->count < count) {
        const size_t i = self->count++;
        self->items[i].scheme = i / self->years;
        self->items[i].year = contract->first_year + (int)(i % self->years);
        status = bg_settlement_block_init(&self->items[i].block,
                                          contract->plan[self->items[i].scheme], 1);
    }
    return status;
}

bg_status bg_central_settle(const bg_model *model, bg_central *self, bg_errors *errors)
{
    const bg_parties parties = {.member = model, .count = 1};
    *self = (bg_central){0};
    bg_worker *worker =
        make_years(&model->contract, self) ? NULL : bg_worker_new(&parties, NULL, 1);
    const bg_status status =
        worker ? bg_worker_central(worker, self, errors) : bg_no_memory(errors);
    bg_worker_free(worker);
    return status;
}
