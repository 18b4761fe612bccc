#include "actual/table_units.h"

#include <stdlib.h>

void bg_table_units_free(bg_table_units *self)
{
    free(self->place);
    *self = (bg_table_units){0};
}

/* FNV-1a, with the zero byte at the end. */
uint64_t bg_table_units_hash(uint64_t hash, const char *part)
{
    do {
        hash = (hash ^ (unsigned char)*part) * UINT64_C(1099511628211);
    } while (*part++);
    return hash;
}

enum { PLACES = 4 * BG_TABLE_UNITS };

/* The place of a key: where it is, or the free place where it would be. */
static bg_table_unit *look_up(const bg_table_units *self, uint64_t key)
{
    size_t i = key % PLACES;
    while (self->place[i].line != 0 && self->place[i].key != key) {
        i = (i + 1) % PLACES;
    }
    return &self->place[i];
}

bool bg_table_units_put(bg_table_units *self, const bg_table_unit *row, bg_table_unit *before)
{
    self->place = self->place ? self->place : calloc(PLACES, sizeof *self->place);
    if (!self->place) {
        return false;
    }
    bg_table_unit *place = look_up(self, row->key);
    *before = *place;
    if (place->line != 0 || self->count < BG_TABLE_UNITS) {
        self->count += place->line == 0;
        *place = *row;
    }
    return true;
}
