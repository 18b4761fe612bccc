/* A distribution of whole numbers as segments with counts, rising, and what can be read off it. */
#ifndef BAOGAN_STATISTICS_SEGMENTS
#define BAOGAN_STATISTICS_SEGMENTS

#include <baogan/error.h>
#include <stddef.h>
#include <stdint.h>

/* `count` numbers from low to high, both included: taken as evenly spread around their mean. */
typedef struct bg_segment {
    int64_t low, high;
    uint64_t count;
    uint64_t before; /* numbers in the segments before */
    double mean;
} bg_segment;

typedef struct bg_segments {
    size_t count, capacity;
    uint64_t n;       /* numbers in all */
    bg_segment *item; /* owned */
} bg_segments;

/* Empty, with room for `capacity` segments. Safe to free after failure and twice. */
bg_status bg_segments_init(bg_segments *self, size_t capacity);
void bg_segments_free(bg_segments *self);
/* Adds a segment behind the others; none for a count of 0. */
void bg_segments_add(bg_segments *self, int64_t low, int64_t high, uint64_t count, double mean);

/* The number of a rank, 1 … n, the smallest first. */
double bg_segments_at(const bg_segments *self, uint64_t rank);
/* How many numbers are below `edge`. */
uint64_t bg_segments_below(const bg_segments *self, int64_t edge);
/* Sums of the distances, and of their squares, of the `count` outermost numbers from `boundary`. */
void bg_segments_tail(const bg_segments *self, bool upper, uint64_t count, double boundary,
                      double *sum, double *squares);

#endif
