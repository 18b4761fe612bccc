#include "base/storage.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

void *bg_storage_column(bg_storage *self, size_t n, size_t size)
{
    const size_t most = SIZE_MAX / 2 - BG_STORAGE_LINE;
    if (self->failed || n > most / size || n * size > most - self->used) {
        self->failed = true;
        return NULL;
    }
    void *column = self->bytes ? self->bytes + self->used : NULL;
    self->used += (n * size + BG_STORAGE_LINE - 1) / BG_STORAGE_LINE * BG_STORAGE_LINE;
    return column;
}

void *bg_storage_make(void *owner, bg_storage_layout *layout)
{
    bg_storage counted = {0};
    layout(owner, &counted);
    if (counted.failed) {
        return NULL;
    }
    const size_t size = counted.used > 0 ? counted.used : BG_STORAGE_LINE;
    bg_storage storage = {.bytes = aligned_alloc(BG_STORAGE_LINE, size)};
    if (!storage.bytes) {
        return NULL;
    }
    memset(storage.bytes, 0, size);
    layout(owner, &storage);
    return storage.bytes;
}
