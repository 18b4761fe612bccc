/* The wanted columns of many futures, one entry a replication: a result has its fixed place whichever
 * thread computes it, and statistics read a column in one go. */
#ifndef BAOGAN_PROJECTION_FRAME
#define BAOGAN_PROJECTION_FRAME

#include "projection/draws.h"
#include "projection/layout.h"

typedef struct bg_frame {
    const bg_layout *layout; /* borrowed */
    size_t capacity;         /* replications */
    size_t stride;           /* of the columns */
    bg_fen *values;          /* [column][stride] */
    uint8_t *event;          /* [unit][year][stride]: bit e is event e */
    int8_t *band;            /* [scheme][year][stride], where the layout has bands */
} bg_frame;

/* Memory is taken as it is first written. BG_MEMORY also where the size does not fit; bg_frame_free is
 * safe then and twice. */
bg_status bg_frame_init(bg_frame *self, const bg_layout *layout, size_t capacity);
void bg_frame_free(bg_frame *self);

/* Copies the first n futures of a block to entries at … at + n - 1. */
void bg_frame_put(bg_frame *self, size_t at, size_t n, const bg_draws *block);

bg_fen *bg_frame_column(const bg_frame *self, size_t column);
uint8_t *bg_frame_event(const bg_frame *self, size_t unit, size_t year);
int8_t *bg_frame_band(const bg_frame *self, size_t scheme, size_t year);
/* Adds to events[0 … n - 1] those of the n entries from `from` on: the unit's or, of the number after the last
 * unit, those that any scheme has. */
void bg_frame_join_events(const bg_frame *self, size_t unit, size_t year, size_t from, size_t n,
                          uint8_t *events);

#endif
