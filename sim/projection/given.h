/* An outcome in the futures that have an event: its sums, which a mean given an event is read off. */
#ifndef BAOGAN_PROJECTION_GIVEN
#define BAOGAN_PROJECTION_GIVEN

#include "projection/frame.h"
#include "statistics/moments.h"

#include <baogan/figure.h>

typedef struct bg_given {
    bg_figure figure;   /* of the kind BG_FIGURE_MEAN_GIVEN */
    bg_moments moments; /* of the futures so far that have the event; begins as all zero */
} bg_given;

/* Whether the outcome is nothing wherever the event does not happen and more where it does, as an overspend: then the
 * moments of all futures hold those of the futures with the event. */
bool bg_given_is_zero_without(const bg_figure *figure);
/* Whether sums must be kept for the figure: a mean given an event, of an outcome that is wanted, whose moments
 * do not follow from those of all futures. */
bool bg_given_is_to_be_kept(const bg_layout *layout, const bg_figure *figure);
/* Whether the sums are those of the figure. */
bool bg_given_is_of(const bg_given *self, const bg_figure *figure);

/* Adds those of the n futures from entry `from` on that have the event. */
void bg_given_add(bg_given *self, const bg_frame *frame, size_t from, size_t n);

#endif
