#include "projection/kept.h"

#include "base/array.h"

#include <stdlib.h>
#include <string.h>

typedef struct entry {
    bg_kept_place place;
    size_t size;
    char *bytes;
} entry;

struct bg_kept {
    entry *entry;
    size_t count, capacity;
    size_t room; /* bytes that may still be kept */
};

bg_kept *bg_kept_new(size_t bytes)
{
    bg_kept *self = calloc(1, sizeof *self);
    if (self) {
        self->room = bytes;
    }
    return self;
}

void bg_kept_free(bg_kept *self)
{
    for (size_t i = 0; self && i < self->count; i++) {
        free(self->entry[i].bytes);
    }
    if (self) {
        free(self->entry);
    }
    free(self);
}

/* NULL where none is of these futures and so large. */
static const char *find(const bg_kept *self, bg_kept_place place, size_t size)
{
    for (size_t i = 0; i < self->count; i++) {
        const entry *each = &self->entry[i];
        if (each->place.community == place.community && each->place.first == place.first &&
            each->place.n == place.n && each->size == size) {
            return each->bytes;
        }
    }
    return NULL;
}

bool bg_kept_take(bg_kept *self, bg_kept_place place, size_t size, void *to)
{
    const char *bytes;
#pragma omp critical(bg_kept)
    bytes = find(self, place, size);
    if (bytes) {
        memcpy(to, bytes, size);
    }
    return bytes;
}

/* False when there is no memory for it. */
static bool add(bg_kept *self, entry made)
{
    entry *entries =
        bg_array_room(self->entry, &self->capacity, self->count + 1, sizeof *self->entry);
    if (entries) {
        self->entry = entries;
        entries[self->count++] = made;
        self->room -= made.size;
    }
    return entries;
}

void bg_kept_put(bg_kept *self, bg_kept_place place, size_t size, const void *from)
{
    const entry made = {place, size, malloc(size)};
    bool added = false;
    if (!made.bytes) {
        return;
    }
    memcpy(made.bytes, from, size);
#pragma omp critical(bg_kept)
    added = size <= self->room && !find(self, place, size) && add(self, made);
    if (!added) {
        free(made.bytes);
    }
}
