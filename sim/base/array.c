#include "base/array.h"

#include <stdint.h>
#include <stdlib.h>

#define FIRST 16

void *bg_array_room(void *items, size_t *capacity, size_t needed, size_t size)
{
    if (items && needed <= *capacity) {
        return items;
    }
    if (needed > SIZE_MAX / 2 / size) {
        return NULL;
    }
    const size_t doubled = *capacity > FIRST / 2 ? 2 * *capacity : FIRST;
    const size_t room = doubled > needed ? doubled : needed;
    void *longer = realloc(items, room * size);
    if (longer) {
        *capacity = room;
    }
    return longer;
}
