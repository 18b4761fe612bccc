/* Which rows of a table share their funds: those of one pool and year, which stand together. */
#ifndef BAOGAN_ACTUAL_TABLE_POOLS
#define BAOGAN_ACTUAL_TABLE_POOLS

#include "actual/table_columns.h"
#include "actual/table_seen.h"

typedef struct bg_table_pools {
    const bg_table_columns *columns; /* borrowed */
    int place;                       /* of the column that names the pool */
    bool begun;
    uint8_t key[BG_SEEN_KEY]; /* of the pool at work */
    bg_table_seen seen;       /* every pool of the table */
} bg_table_pools;

typedef enum bg_pool_place {
    BG_POOL_SAME,   /* the row belongs to the pool at work */
    BG_POOL_BEGINS, /* it is the first of another */
    BG_POOL_LOST,   /* its pool or year cannot be read */
    BG_POOL_SPLIT,  /* its pool ended before */
    BG_POOL_MEMORY
} bg_pool_place;

/* Finds the column that names the pool (`table.pool`); a plan that shares funds needs it. Free with
 * bg_table_pools_free whatever the outcome; twice is safe. */
bg_status bg_table_pools_read(bg_table_pools *self, const bg_table_columns *columns,
                              const bg_csv *header, bg_errors *errors);
void bg_table_pools_free(bg_table_pools *self);

/* Where the row belongs, with a sentence in `errors` where it has no place. */
bg_pool_place bg_table_pools_enter(bg_table_pools *self, const bg_csv *row, bg_errors *errors);

#endif
