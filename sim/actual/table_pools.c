#include "actual/table_pools.h"
#include "actual/messages.h"

#include <string.h>

bg_status bg_table_pools_read(bg_table_pools *self, const bg_table_columns *columns,
                              const bg_csv *header, bg_errors *errors)
{
    const char *name = bg_node_text(bg_scenario_find(columns->scenario, "table"), "pool");
    *self = (bg_table_pools){.columns = columns};
    const bg_status status = bg_table_columns_find(columns, header, name, &self->place, errors);
    if (status || self->place >= 0) {
        return status;
    }
    return bg_errors_say(errors, BG_MISSING, header->cells[0].mark, NULL,
                         BG_SAY(pool_column_missing), name);
}

void bg_table_pools_free(bg_table_pools *self)
{
    bg_table_seen_free(&self->seen);
    *self = (bg_table_pools){0};
}

/* ---- the pool of a row ---- */

static bool read_key(const bg_table_pools *self, const bg_csv *row, uint8_t key[BG_SEEN_KEY],
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
        bg_table_column_read(self->columns, year, row, &calendar_year, &given, NULL) != BG_OK) {
        return false; /* said where the row is read */
    }
    SHA2_CTX hash;
    SHA256Init(&hash);
    SHA256Update(&hash, (const uint8_t *)&calendar_year, sizeof calendar_year);
    SHA256Update(&hash, (const uint8_t *)pool->text, strlen(pool->text));
    bg_table_seen_key(&hash, key);
    return true;
}

bg_pool_place bg_table_pools_enter(bg_table_pools *self, const bg_csv *row, bg_errors *errors)
{
    uint8_t key[BG_SEEN_KEY];
    if (!read_key(self, row, key, errors)) {
        return BG_POOL_LOST;
    }
    if (self->begun && memcmp(self->key, key, BG_SEEN_KEY) == 0) {
        return BG_POOL_SAME;
    }
    const bg_csv_cell *pool = &row->cells[self->place];
    int first;
    if (!bg_table_seen_add(&self->seen, key, pool->mark.line, &first)) {
        return BG_POOL_MEMORY;
    }
    if (first != 0) {
        bg_errors_say(errors, BG_INVALID, pool->mark, NULL, BG_SAY(pool_rows_apart), pool->text,
                      first);
        return BG_POOL_SPLIT;
    }
    memcpy(self->key, key, BG_SEEN_KEY);
    self->begun = true;
    return BG_POOL_BEGINS;
}
