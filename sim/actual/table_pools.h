/* Which rows of a table share their funds: those of one pool and year, which stand together. */
#ifndef BAOGAN_ACTUAL_TABLE_POOLS
#define BAOGAN_ACTUAL_TABLE_POOLS

#include "actual/table_columns.h"

#define BG_POOL_KEY 16 /* bytes of a hash of pool and year */

typedef struct bg_seen_pool {
    uint8_t key[BG_POOL_KEY];
    int line; /* of its first row; 0: the place is free */
} bg_seen_pool;

typedef struct bg_table_pools {
    const bg_table_columns *columns; /* borrowed */
    int place;                       /* of the column that names the pool */
    bool begun;
    uint8_t key[BG_POOL_KEY]; /* of the pool at work */
    bg_seen_pool *seen;       /* every pool of the table; owned */
    size_t count, capacity;
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
