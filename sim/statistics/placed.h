/* Values with the places that they stand at, put in order. */
#ifndef BAOGAN_STATISTICS_PLACED
#define BAOGAN_STATISTICS_PLACED

#include <stddef.h>

typedef struct bg_placed {
    double value; /* no NaN */
    size_t place;
} bg_placed;

/* By rising value; equal values in the order of their places. */
void bg_placed_sort(bg_placed *list, size_t count);

#endif
