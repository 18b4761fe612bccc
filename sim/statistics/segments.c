#include "statistics/segments.h"

#include <math.h>
#include <stdlib.h>

bg_status bg_segments_init(bg_segments *self, size_t capacity)
{
    *self = (bg_segments){.capacity = capacity};
    self->item = calloc(capacity ? capacity : 1, sizeof *self->item);
    return self->item ? BG_OK : BG_MEMORY;
}

void bg_segments_free(bg_segments *self)
{
    free(self->item);
    *self = (bg_segments){0};
}

void bg_segments_add(bg_segments *self, int64_t low, int64_t high, uint64_t count, double mean)
{
    if (count > 0) {
        self->item[self->count++] = (bg_segment){low, high, count, self->n, mean};
        self->n += count;
    }
}

/* The last segment with fewer than `rank` numbers before it. */
static const bg_segment *segment_of(const bg_segments *self, uint64_t rank)
{
    size_t low = 0;
    size_t high = self->count;
    while (high - low > 1) {
        const size_t middle = low + (high - low) / 2;
        if (self->item[middle].before < rank) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return &self->item[low];
}

/* The rank-th of c evenly spread numbers has (rank - 1/2) / c of the segment below it. */
double bg_segments_at(const bg_segments *self, uint64_t rank)
{
    const bg_segment *in = segment_of(self, rank);
    const double share = ((double)(rank - in->before) - 0.5) / (double)in->count;
    return (double)in->low + share * ((double)in->high - (double)in->low);
}

uint64_t bg_segments_below(const bg_segments *self, int64_t edge)
{
    size_t low = 0;
    size_t high = self->count;
    while (low < high) { /* the first segment that does not end below the edge */
        const size_t middle = low + (high - low) / 2;
        if (self->item[middle].high < edge) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low == self->count) {
        return self->n;
    }
    const bg_segment *in = &self->item[low];
    if (in->low >= edge) {
        return in->before;
    }
    const double width = (double)in->high - (double)in->low;
    const double share = ((double)edge - (double)in->low) / (width + 1);
    return in->before + (uint64_t)(share * (double)in->count + 0.5);
}

/* ---- tails ---- */

/* `count` numbers spread evenly over `width` around a mean at this distance. */
static void add_distances(double count, double distance, double width, double *sum, double *squares)
{
    *sum += count * distance;
    *squares += count * (distance * distance + width * width / 12);
}

/* The outer `count` of the numbers of a segment. */
static void add_part(const bg_segment *in, bool upper, uint64_t count, double boundary, double *sum,
                     double *squares)
{
    const double width = (double)in->high - (double)in->low;
    const double share = (double)count / (double)in->count;
    const double middle = in->mean + (upper ? 0.5 : -0.5) * (1 - share) * width;
    add_distances((double)count, upper ? middle - boundary : boundary - middle, share * width, sum,
                  squares);
}

void bg_segments_tail(const bg_segments *self, bool upper, uint64_t count, double boundary,
                      double *sum, double *squares)
{
    *sum = *squares = 0;
    for (size_t i = 0; count > 0; i++) {
        const bg_segment *in = &self->item[upper ? self->count - 1 - i : i];
        const uint64_t taken = in->count < count ? in->count : count;
        add_part(in, upper, taken, boundary, sum, squares);
        count -= taken;
    }
}
