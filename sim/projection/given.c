#include "projection/given.h"

#include "projection/band.h"
#include "statistics/event_counts_simd.h"

#include <string.h>

bool bg_given_is_zero_without(const bg_figure *figure)
{
    const bool same_place =
        bg_figure_given_unit(figure) == figure->unit && figure->given_year == figure->year;
    return same_place && !figure->band &&
           ((figure->outcome == BG_OUTCOME_overspend && figure->event == BG_EVENT_overspend) ||
            (figure->outcome == BG_OUTCOME_over_budget && figure->event == BG_EVENT_over_budget));
}

bool bg_given_is_to_be_kept(const bg_layout *layout, const bg_figure *figure)
{
    return figure->kind == BG_FIGURE_MEAN_GIVEN && !bg_given_is_zero_without(figure) &&
           (layout->bands || !figure->band) &&
           bg_layout_outcome(layout, figure->unit, figure->year, figure->outcome) != BG_NO_COLUMN;
}

bool bg_given_is_of(const bg_given *self, const bg_figure *figure)
{
    const bg_figure *own = &self->figure;
    return own->outcome == figure->outcome && own->unit == figure->unit &&
           own->year == figure->year && own->event == figure->event && own->band == figure->band &&
           bg_figure_given_unit(own) == bg_figure_given_unit(figure) &&
           own->given_year == figure->given_year;
}

/* Whether futures have the event, in its year or in any: 1, else 0. */
static void read_hits(const bg_figure *figure, const bg_frame *frame, size_t from, size_t n,
                      uint8_t *hits)
{
    const size_t unit = bg_figure_given_unit(figure);
    const size_t years = frame->layout->years;
    const bool ever = figure->given_year == years;
    const size_t end = ever ? years : figure->given_year + 1;
    memset(hits, 0, n);
    for (size_t year = ever ? 0 : figure->given_year; year < end; year++) {
        if (figure->band) {
            bg_band_join(frame, unit, year, figure->band, from, n, hits);
        } else {
            bg_frame_join_events(frame, unit, year, from, n, hits);
        }
    }
    for (size_t i = 0; i < n && !figure->band; i++) {
        hits[i] = hits[i] >> figure->event & 1;
    }
}

/* At most BG_EVENT_COUNTS_LENGTH futures. */
static void add_some(bg_given *self, const bg_frame *frame, size_t from, size_t n)
{
    const bg_figure *figure = &self->figure;
    const bg_fen *draws = bg_frame_column(
        frame, bg_layout_outcome(frame->layout, figure->unit, figure->year, figure->outcome));
    uint8_t hits[BG_EVENT_COUNTS_LENGTH];
    bg_fen taken[BG_EVENT_COUNTS_LENGTH];
    size_t count = 0;
    read_hits(figure, frame, from, n, hits);
    for (size_t i = 0; i < n; i++) {
        taken[count] = draws[from + i];
        count += hits[i];
    }
    bg_moments_add(&self->moments, taken, count);
}

void bg_given_add(bg_given *self, const bg_frame *frame, size_t from, size_t n)
{
    for (size_t done = 0; done < n; done += BG_EVENT_COUNTS_LENGTH) {
        const size_t left = n - done;
        add_some(self, frame, from + done,
                 left < BG_EVENT_COUNTS_LENGTH ? left : BG_EVENT_COUNTS_LENGTH);
    }
}
