/* What each unit of a table had in the row before, by a hash of its name; of the first so many units, so that a table of
 * millions is read as fast as without. */
#ifndef BAOGAN_ACTUAL_TABLE_UNITS
#define BAOGAN_ACTUAL_TABLE_UNITS

#include <baogan/money.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct bg_table_unit {
    uint64_t key;
    int line; /* of the row; 0: there is none */
    int year;
    bg_fen budget;
} bg_table_unit;

enum { BG_TABLE_UNITS = 4096 };

/* All zero: none. */
typedef struct bg_table_units {
    bg_table_unit *place; /* owned */
    size_t count;
} bg_table_units;

void bg_table_units_free(bg_table_units *self); /* twice is safe */

/* Keeps the row of a unit, whose line is above 0; *before is the one that it replaces. A unit beyond the first
 * BG_TABLE_UNITS is not kept. False when out of memory. */
bool bg_table_units_put(bg_table_units *self, const bg_table_unit *row, bg_table_unit *before);

/* One more part of a unit's name; the hash of none is BG_UNIT_HASH. Two names in 10^12 have the same, after which a
 * warning too many is said. */
#define BG_UNIT_HASH UINT64_C(14695981039346656037)
uint64_t bg_table_units_hash(uint64_t hash, const char *part);

#endif
