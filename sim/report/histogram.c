#include "report/histogram.h"

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
    double range = about->quantile[5].value - about->quantile[3].value;
    double wanted = 2 * range / cbrt((double)about->n);
    bg_fen width = 1;
    while ((double)width < wanted ||
           bins_between(about->minimum, about->maximum, width) > MOST_BINS) {
        width = next_round(width);
    }
    return width;
}

bg_status bg_histogram_compute(bg_histogram *self, const bg_fen *draws, const bg_statistics *about)
{
    bg_fen width = choose_width(about);
    *self = (bg_histogram){.width = width,
                           .first = floor_divide(about->minimum, width),
                           .bins = (size_t)bins_between(about->minimum, about->maximum, width)};
    self->count = calloc(self->bins, sizeof *self->count);
    if (!self->count) {
        return BG_MEMORY;
    }
    for (size_t i = 0; i < about->n; i++) {
        self->count[floor_divide(draws[i], width) - self->first]++;
    }
    return BG_OK;
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
