#include "statistics/placed.h"

#include <stdlib.h>

static int by_value(const void *a, const void *b)
{
    const bg_placed *x = a;
    const bg_placed *y = b;
    if (x->value != y->value) {
        return x->value < y->value ? -1 : 1;
    }
    return x->place < y->place ? -1 : x->place > y->place;
}

void bg_placed_sort(bg_placed *list, size_t count)
{
    qsort(list, count, sizeof *list, by_value);
}
