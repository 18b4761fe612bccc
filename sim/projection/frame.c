#include "projection/frame.h"

#include "base/memory.h"
#include "statistics/event_counts_simd.h"

#include <stdlib.h>
#include <string.h>

/* An odd number of cache lines, so that the same entry of different columns does not compete for the
 * same places of a cache. */
static size_t stride_for(size_t capacity)
{
    const size_t line = 64 / sizeof(bg_fen);
    return ((capacity + line - 1) / line | 1) * line;
}

bg_status bg_frame_init(bg_frame *self, const bg_layout *layout, size_t capacity)
{
    *self = (bg_frame){.layout = layout, .capacity = capacity};
    if (capacity > SIZE_MAX / 16) {
        return BG_MEMORY;
    }
    self->stride = stride_for(capacity);
    const size_t rows = layout->columns + layout->units * layout->years;
    if (rows > SIZE_MAX / sizeof(bg_fen) / self->stride) {
        return BG_MEMORY;
    }
    self->values = bg_memory_large((layout->columns * self->stride + 1) * sizeof *self->values);
    self->event = calloc(layout->units * layout->years * self->stride, sizeof *self->event);
    if (layout->bands) {
        self->band = calloc(layout->schemes * layout->years * self->stride, sizeof *self->band);
    }
    return self->values && self->event && (self->band || !layout->bands) ? BG_OK : BG_MEMORY;
}

void bg_frame_free(bg_frame *self)
{
    free(self->values);
    free(self->event);
    free(self->band);
    *self = (bg_frame){0};
}

bg_fen *bg_frame_column(const bg_frame *self, size_t column)
{
    return self->values + column * self->stride;
}

uint8_t *bg_frame_event(const bg_frame *self, size_t unit, size_t year)
{
    return self->event + (unit * self->layout->years + year) * self->stride;
}

int8_t *bg_frame_band(const bg_frame *self, size_t scheme, size_t year)
{
    return self->band + (scheme * self->layout->years + year) * self->stride;
}

void bg_frame_join_events(const bg_frame *self, size_t unit, size_t year, size_t from, size_t n,
                          uint8_t *events)
{
    const bool any = unit == self->layout->units;
    const size_t end = any ? self->layout->schemes : unit + 1;
    for (size_t u = any ? 0 : unit; u < end; u++) {
        BG_ISA_TABLE(bg_event_counts_kernels)
            ->join(n, bg_frame_event(self, u, year) + from, events);
    }
}

/* A unit's year. */
static void put_year(bg_frame *self, size_t at, size_t n, const bg_draws *block, size_t unit,
                     size_t year)
{
    const bg_layout *layout = self->layout;
    const size_t size = n * sizeof(bg_fen);
    for (size_t o = 0; o < layout->outcomes; o++) {
        const size_t column = bg_layout_outcome(layout, unit, year, o);
        if (column != BG_NO_COLUMN) {
            memcpy(bg_frame_column(self, column) + at, bg_draws_outcome(block, unit, year, o),
                   size);
        }
    }
    for (size_t month = 0; month < layout->months; month++) {
        const size_t column = bg_layout_cash(layout, unit, year, month);
        memcpy(bg_frame_column(self, column) + at, bg_draws_cash(block, unit, year, month), size);
    }
    memcpy(bg_frame_event(self, unit, year) + at, bg_draws_event(block, unit, year), n);
    if (layout->bands && unit < layout->schemes) {
        memcpy(bg_frame_band(self, unit, year) + at, bg_draws_band(block, unit, year), n);
    }
}

void bg_frame_put(bg_frame *self, size_t at, size_t n, const bg_draws *block)
{
    for (size_t unit = 0; unit < self->layout->units; unit++) {
        for (size_t year = 0; year < self->layout->years; year++) {
            put_year(self, at, n, block, unit, year);
        }
    }
}
