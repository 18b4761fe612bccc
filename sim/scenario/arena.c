#include "scenario/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_SIZE 16384

typedef struct bg_arena_block {
    struct bg_arena_block *previous;
    size_t used, size;
    max_align_t bytes[];
} bg_arena_block;

void bg_arena_free(bg_arena *self)
{
    while (self->last) {
        bg_arena_block *previous = self->last->previous;
        free(self->last);
        self->last = previous;
    }
}

static bool add_block(bg_arena *self, size_t needed)
{
    size_t size = needed > BLOCK_SIZE ? needed : BLOCK_SIZE;
    bg_arena_block *block = size > SIZE_MAX - sizeof *block ? NULL : malloc(sizeof *block + size);
    if (!block) {
        self->exhausted = true;
        return false;
    }
    *block = (bg_arena_block){.previous = self->last, .size = size};
    self->last = block;
    return true;
}

void *bg_arena_get(bg_arena *self, size_t size)
{
    const size_t grain = sizeof(max_align_t);
    if (size > SIZE_MAX - grain) {
        self->exhausted = true;
        return NULL;
    }
    size_t needed = (size + grain - 1) / grain * grain;
    if ((!self->last || self->last->size - self->last->used < needed) && !add_block(self, needed)) {
        return NULL;
    }
    void *memory = (char *)self->last->bytes + self->last->used;
    self->last->used += needed;
    return memset(memory, 0, size);
}

char *bg_arena_copy(bg_arena *self, const char *text, size_t length)
{
    char *copy = bg_arena_get(self, length + 1);
    if (copy) {
        memcpy(copy, text, length);
    }
    return copy;
}

char *bg_arena_text(bg_arena *self, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    char *text = length < 0 ? NULL : bg_arena_get(self, (size_t)length + 1);
    if (text) {
        va_start(arguments, format);
        vsnprintf(text, (size_t)length + 1, format, arguments);
        va_end(arguments);
    }
    return text;
}
