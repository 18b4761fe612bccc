/* Columns of a block of futures, for the fast engine's tests. */
#ifndef BAOGAN_TESTS_SUPPORT_DEMAND_BLOCK
#define BAOGAN_TESTS_SUPPORT_DEMAND_BLOCK

#include "demand/model.h"

typedef struct demand_block {
    size_t schemes, years, capacity;
    bg_demand_columns *columns[BG_MAX_SCHEMES]; /* [year] */
    void *storage;
} demand_block;

/* Fails the test when out of memory. */
demand_block demand_block_new(const bg_demand *demand, size_t capacity);
void demand_block_free(demand_block *self);

/* Futures 1 … capacity, in blocks of `size`; the status of the first block that fails. */
bg_status demand_block_draw(demand_block *self, const bg_demand *demand, size_t size);

/* Of entry i: expense of the year, or of a month from 0. */
bg_fen demand_block_expense(const demand_block *self, size_t scheme, size_t year, size_t i);

/* FNV-1a hash of everything that was drawn. */
uint64_t demand_block_hash(const demand_block *self);

#endif
