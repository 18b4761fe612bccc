/* Keys that rows of a table have had, each with the line where it stood first. */
#ifndef BAOGAN_ACTUAL_TABLE_SEEN
#define BAOGAN_ACTUAL_TABLE_SEEN

#include <sha2.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BG_SEEN_KEY 16 /* bytes of a hash */

typedef struct bg_seen_key {
    uint8_t key[BG_SEEN_KEY];
    int line; /* 0: the place is free */
} bg_seen_key;

/* All zero: none. */
typedef struct bg_table_seen {
    bg_seen_key *place; /* owned */
    size_t count, capacity;
} bg_table_seen;

void bg_table_seen_free(bg_table_seen *self); /* twice is safe */

/* Remembers a key of that line, which is above 0. *first is the line where it stood before, 0 where it is new. False
 * when out of memory. */
bool bg_table_seen_add(bg_table_seen *self, const uint8_t key[BG_SEEN_KEY], int line, int *first);

/* Ends a hash that was begun with SHA256Init and makes a key of it. */
void bg_table_seen_key(SHA2_CTX *hash, uint8_t key[BG_SEEN_KEY]);

#endif
