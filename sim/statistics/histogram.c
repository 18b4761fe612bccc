#include "statistics/histogram.h"

#include <math.h>
#include <stdlib.h>

#define MOST_BINS 1000

static int64_t floor_divide(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

/* The next of 1, 2, 5, 10, 20, 50, … */
static bg_fen next_round(bg_fen width)
{
    bg_fen power = 1;
    while (width / power >= 10) {
        power *= 10;
    }
    return width / power == 2 ? width / 2 * 5 : width * 2;
}

static int64_t bins_between(bg_fen minimum, bg_fen maximum, bg_fen width)
{
    return floor_divide(maximum, width) - floor_divide(minimum, width) + 1;
}

static bg_fen choose_width(const bg_statistics *about)
{
    double range = about->quantile[BG_Q75].value - about->quantile[BG_Q25].value;
    double wanted = 2 * range / cbrt((double)about->n);
    bg_fen width = 1;
    while ((double)width < wanted ||
           bins_between(about->minimum, about->maximum, width) > MOST_BINS) {
        width = next_round(width);
    }
    return width;
}

/* From the numbers of draws below the upper edges of the bins. */
static bg_status count_between(bg_histogram *self, bg_count_below *count_below, const void *draws)
{
    bg_fen *edges = calloc(self->bins, sizeof *edges);
    if (!edges) {
        return BG_MEMORY;
    }
    for (size_t bin = 0; bin < self->bins; bin++) {
        edges[bin] = bg_histogram_edge(self, bin + 1);
    }
    bg_status status = count_below(draws, edges, self->bins, self->count);
    for (size_t bin = self->bins; bin-- > 1 && status == BG_OK;) {
        self->count[bin] -= self->count[bin - 1];
    }
    free(edges);
    return status;
}

bg_status bg_histogram_compute(bg_histogram *self, const bg_statistics *about,
                               bg_count_below *count_below, const void *draws)
{
    bg_fen width = choose_width(about);
    *self = (bg_histogram){.width = width,
                           .first = floor_divide(about->minimum, width),
                           .bins = (size_t)bins_between(about->minimum, about->maximum, width)};
    self->count = calloc(self->bins, sizeof *self->count);
    return self->count ? count_between(self, count_below, draws) : BG_MEMORY;
}

void bg_histogram_free(bg_histogram *self)
{
    free(self->count);
    self->count = NULL;
}

bg_fen bg_histogram_edge(const bg_histogram *self, size_t bin)
{
    return (self->first + (int64_t)bin) * self->width;
}
