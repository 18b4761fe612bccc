/* What is collected of the futures as they pass: sums, counts of events and, where they are few enough,
 * the draws themselves. */
#ifndef BAOGAN_PROJECTION_COLLECT_H
#define BAOGAN_PROJECTION_COLLECT_H

#include "projection/frame.h"
#include "projection/moments.h"

/* Numbers of replications after which the sums so far are kept, rising. */
#define BG_STOPS_MAX 4

typedef struct bg_collection {
    bg_layout layout;
    bg_frame frame; /* all futures so far */
    size_t n;       /* replications so far */
    size_t stop[BG_STOPS_MAX];
    size_t stop_count;
    bg_moments *moments;       /* [column] */
    bg_moments *early;         /* [column][stop]: the moments then */
    bg_statistics *statistics; /* [column], by bg_collection_summarise */
    size_t *hits;              /* [unit][year + 1][event]; the last year is "in any year" */
} bg_collection;

/* Room for n replications of what the options want. Safe to free after failure and twice; the
 * collection stays where it is. */
bg_status bg_collection_init(bg_collection *self, const bg_model *model,
                             const bg_projection_options *options, size_t n);
void bg_collection_free(bg_collection *self);

/* Takes entries n … n + more - 1 of the frame, which have been filled in. */
void bg_collection_take(bg_collection *self, size_t more, int threads);
/* Fills in the statistics of what has been taken. BG_MEMORY. */
bg_status bg_collection_summarise(bg_collection *self, int threads);

size_t bg_collection_hits(const bg_collection *self, size_t unit, size_t year, bg_event event);
/* The moments of a column after the first `n` replications, n one of the stops. */
const bg_moments *bg_collection_early(const bg_collection *self, size_t column, size_t n);

#endif
