#include "projection/kept.h"

#include "base/array.h"
#include "base/storage.h"

#include <stdlib.h>
#include <string.h>

typedef struct entry {
    bg_kept_place place;
    size_t size;
    char *bytes;     /* NULL: it is empty */
    size_t borrowed; /* by how many */
    size_t used;     /* when last, in borrowings and puts */
} entry;

struct bg_kept {
    entry *entry;
    size_t count, capacity;
    size_t room;    /* bytes that may still be kept */
    size_t futures; /* of which alone */
    size_t clock, served;
};

bg_kept *bg_kept_new(size_t bytes, size_t futures)
{
    bg_kept *self = calloc(1, sizeof *self);
    if (self) {
        self->room = bytes;
        self->futures = futures;
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

size_t bg_kept_served(const bg_kept *self)
{
    return self->served;
}

/* NULL where none is of these futures and so large. */
static entry *find(const bg_kept *self, const bg_kept_place *place, size_t size)
{
    for (size_t i = 0; i < self->count; i++) {
        entry *each = &self->entry[i];
        if (each->bytes && each->place.first == place->first && each->place.n == place->n &&
            each->size == size && bg_drawn_same(&each->place.drawn, &place->drawn)) {
            return each;
        }
    }
    return NULL;
}

char *bg_kept_borrow(bg_kept *self, const bg_kept_place *place, size_t size)
{
    char *bytes = NULL;
#pragma omp critical(bg_kept)
    {
        entry *found = find(self, place, size);
        if (found) {
            bytes = found->bytes;
            found->borrowed++;
            found->used = ++self->clock;
            self->served++;
        }
    }
    return bytes;
}

void bg_kept_give_back(bg_kept *self, const char *bytes)
{
#pragma omp critical(bg_kept)
    for (size_t i = 0; i < self->count; i++) {
        self->entry[i].borrowed -= self->entry[i].bytes == bytes;
    }
}

/* Of what nobody has borrowed, what was not used for longest; NULL where all of it is. */
static entry *oldest(const bg_kept *self)
{
    entry *found = NULL;
    for (size_t i = 0; i < self->count; i++) {
        entry *each = &self->entry[i];
        if (each->bytes && !each->borrowed && (!found || each->used < found->used)) {
            found = each;
        }
    }
    return found;
}

/* Until so many bytes find room; false where they never will. */
static bool make_room(bg_kept *self, size_t size)
{
    for (entry *gone = oldest(self); size > self->room && gone; gone = oldest(self)) {
        self->room += gone->size;
        free(gone->bytes);
        gone->bytes = NULL;
    }
    return size <= self->room;
}

/* A place for a further one: one that is empty, or a new one; NULL when out of memory. */
static entry *place_for_one(bg_kept *self)
{
    for (size_t i = 0; i < self->count; i++) {
        if (!self->entry[i].bytes) {
            return &self->entry[i];
        }
    }
    entry *entries =
        bg_array_room(self->entry, &self->capacity, self->count + 1, sizeof *self->entry);
    if (entries) {
        self->entry = entries;
        entries[self->count] = (entry){0};
        return &entries[self->count++];
    }
    return NULL;
}

static void put(bg_kept *self, const bg_kept_place *place, size_t size, const void *from)
{
    if (place->first >= self->futures || find(self, place, size) || !make_room(self, size)) {
        return;
    }
    entry *to = place_for_one(self);
    const size_t lines = (size + BG_STORAGE_LINE - 1) / BG_STORAGE_LINE;
    char *bytes = to ? aligned_alloc(BG_STORAGE_LINE, lines * BG_STORAGE_LINE) : NULL;
    if (bytes) {
        memcpy(bytes, from, size);
        *to = (entry){.place = *place, .size = size, .bytes = bytes, .used = ++self->clock};
        self->room -= size;
    }
}

void bg_kept_put(bg_kept *self, const bg_kept_place *place, size_t size, const void *from)
{
#pragma omp critical(bg_kept)
    put(self, place, size, from);
}
