#include "actual/table_seen.h"

#include <stdlib.h>
#include <string.h>

void bg_table_seen_free(bg_table_seen *self)
{
    free(self->place);
    *self = (bg_table_seen){0};
}

/* The place of a key: where it is, or the free place where it would be. The capacity is a power of two. */
static bg_seen_key *look_up(bg_seen_key *seen, size_t capacity, const uint8_t key[BG_SEEN_KEY])
{
    uint64_t start;
    memcpy(&start, key, sizeof start);
    size_t place = start & (capacity - 1);
    while (seen[place].line != 0 && memcmp(seen[place].key, key, BG_SEEN_KEY) != 0) {
        place = (place + 1) & (capacity - 1);
    }
    return &seen[place];
}

static bool make_room(bg_table_seen *self)
{
    if (2 * self->count < self->capacity) {
        return true;
    }
    const size_t capacity = self->capacity ? 2 * self->capacity : 256;
    bg_seen_key *seen = calloc(capacity, sizeof *seen);
    if (!seen) {
        return false;
    }
    for (size_t i = 0; i < self->capacity; i++) {
        if (self->place[i].line != 0) {
            *look_up(seen, capacity, self->place[i].key) = self->place[i];
        }
    }
    free(self->place);
    self->place = seen;
    self->capacity = capacity;
    return true;
}

bool bg_table_seen_add(bg_table_seen *self, const uint8_t key[BG_SEEN_KEY], int line, int *first)
{
    if (!make_room(self)) {
        return false;
    }
    bg_seen_key *place = look_up(self->place, self->capacity, key);
    *first = place->line;
    if (place->line == 0) {
        memcpy(place->key, key, BG_SEEN_KEY);
        place->line = line;
        self->count++;
    }
    return true;
}

void bg_table_seen_key(SHA2_CTX *hash, uint8_t key[BG_SEEN_KEY])
{
    uint8_t digest[SHA256_DIGEST_LENGTH];
    SHA256Final(digest, hash);
    memcpy(key, digest, BG_SEEN_KEY);
}
