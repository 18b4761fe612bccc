#include "statistics/ranks.h"

#include "statistics/tail.h"

#include <string.h>

const double bg_quantile_levels[BG_QUANTILE_COUNT] = {.01, .05, .10, .25, .50, .75, .90, .95, .99};

/* The same levels in ten-thousandths: n p must not stumble over the nearest double. */
static const unsigned levels[BG_QUANTILE_COUNT] = {100,  500,  1000, 2500, 5000,
                                                   7500, 9000, 9500, 9900};

size_t bg_quantile_rank(size_t n, unsigned p_ten_thousandths)
{
    size_t rank = n / 10000 * p_ten_thousandths + (n % 10000 * p_ten_thousandths + 9999) / 10000;
    return rank ? rank : 1;
}

/* Keeps `wanted` rising and without repetition. */
static void want(bg_ranks *self, size_t place)
{
    size_t at = self->wanted_count;
    while (at > 0 && self->wanted[at - 1] > place) {
        at--;
    }
    if (at > 0 && self->wanted[at - 1] == place) {
        return;
    }
    memmove(self->wanted + at + 1, self->wanted + at,
            (self->wanted_count - at) * sizeof self->wanted[0]);
    self->wanted[at] = place;
    self->wanted_count++;
}

void bg_ranks_init(bg_ranks *self, size_t n)
{
    *self = (bg_ranks){.n = n};
    for (size_t q = 0; q < BG_QUANTILE_COUNT; q++) {
        self->value[q] = bg_quantile_rank(n, levels[q]);
        want(self, self->value[q] - 1);
        self->has_interval[q] =
            bg_quantile_ranks(n, bg_quantile_levels[q], 0.95, &self->low[q], &self->high[q]);
        if (self->has_interval[q]) {
            want(self, self->low[q] - 1);
            want(self, self->high[q] - 1);
        }
    }
    for (int upper = 0; upper < 2; upper++) {
        self->tail[upper] = bg_tail_place(n, BG_TAIL, upper);
        want(self, self->tail[upper]);
    }
}
