#include "actual/table_pools.h"
#include "actual/messages.h"

#include <sha2.h>
#include <stdlib.h>
#include <string.h>

bg_status bg_table_pools_read(bg_table_pools *self, const bg_table_columns *columns,
                              const bg_csv *header, bg_errors *errors)
{
    const char *name = bg_node_text(bg_scenario_find(columns->scenario, "table"), "pool");
    *self = (bg_table_pools){.columns = columns, .place = bg_csv_find(header, name)};
    if (self->place >= 0) {
        return bg_table_columns_check_once(header, self->place, errors);
    }
    return bg_errors_say(errors, BG_MISSING, header->cells[0].mark, NULL,
                         BG_SAY(pool_column_missing), name);
}

void bg_table_pools_free(bg_table_pools *self)
{
    free(self->seen);
    *self = (bg_table_pools){0};
}

/* ---- the pool of a row ---- */

static bool read_key(const bg_table_pools *self, const bg_csv *row, uint8_t key[BG_POOL_KEY],
                     bg_errors *errors)
{
    const bg_table_column *year = &self->columns->input[BG_INPUT_year];
    const int last = self->place > year->place ? self->place : year->place;
    if (row->count <= (size_t)last) {
        return false; /* too few cells: said elsewhere */
    }
    const bg_csv_cell *pool = &row->cells[self->place];
    if (!pool->text[0]) {
        bg_errors_say(errors, BG_MISSING, pool->mark, NULL, BG_SAY(row_without_pool));
        return false;
    }
    int64_t calendar_year = 0;
    bool given;
    if (year->place >= 0 &&
        bg_named_input_read(year->input, row->cells[year->place].text, BG_NOWHERE, NULL,
                            &calendar_year, &given, NULL) != BG_OK) {
        return false; /* said where the row is read */
    }
    uint8_t digest[SHA256_DIGEST_LENGTH];
    SHA2_CTX hash;
    SHA256Init(&hash);
    SHA256Update(&hash, (const uint8_t *)&calendar_year, sizeof calendar_year);
    SHA256Update(&hash, (const uint8_t *)pool->text, strlen(pool->text));
    SHA256Final(digest, &hash);
    memcpy(key, digest, BG_POOL_KEY);
    return true;
}

/* ---- pools seen before ---- */

/* The place of a key: where it is, or the free place where it would be. */
static bg_seen_pool *look_up(bg_seen_pool *seen, size_t capacity, const uint8_t key[BG_POOL_KEY])
{
    uint64_t place;
    memcpy(&place, key, sizeof place);
    while (seen[place % capacity].line != 0 &&
           memcmp(seen[place % capacity].key, key, BG_POOL_KEY) != 0) {
        place++;
    }
    return &seen[place % capacity];
}

static bool make_room(bg_table_pools *self)
{
    if (2 * self->count < self->capacity) {
        return true;
    }
    const size_t capacity = self->capacity ? 2 * self->capacity : 256;
    bg_seen_pool *seen = calloc(capacity, sizeof *seen);
    if (!seen) {
        return false;
    }
    for (size_t i = 0; i < self->capacity; i++) {
        if (self->seen[i].line != 0) {
            *look_up(seen, capacity, self->seen[i].key) = self->seen[i];
        }
    }
    free(self->seen);
    self->seen = seen;
    self->capacity = capacity;
    return true;
}

bg_pool_place bg_table_pools_enter(bg_table_pools *self, const bg_csv *row, bg_errors *errors)
{
    uint8_t key[BG_POOL_KEY];
    if (!read_key(self, row, key, errors)) {
        return BG_POOL_LOST;
    }
    if (self->begun && memcmp(self->key, key, BG_POOL_KEY) == 0) {
        return BG_POOL_SAME;
    }
    if (!make_room(self)) {
        return BG_POOL_MEMORY;
    }
    const bg_csv_cell *pool = &row->cells[self->place];
    bg_seen_pool *seen = look_up(self->seen, self->capacity, key);
    if (seen->line != 0) {
        bg_errors_say(errors, BG_INVALID, pool->mark, NULL, BG_SAY(pool_rows_apart), pool->text,
                      seen->line);
        return BG_POOL_SPLIT;
    }
    memcpy(seen->key, key, BG_POOL_KEY);
    memcpy(self->key, key, BG_POOL_KEY);
    seen->line = pool->mark.line;
    self->count++;
    self->begun = true;
    return BG_POOL_BEGINS;
}
