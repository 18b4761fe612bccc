/* What is collected of the futures as they pass: exact sums, counts of events, and the draws themselves
 * while they are few, else their counts in bins. Memory does not depend on the number of futures. */
#ifndef BAOGAN_PROJECTION_COLLECT
#define BAOGAN_PROJECTION_COLLECT

#include "projection/band.h"
#include "projection/given.h"
#include "statistics/bins.h"
#include "statistics/moments.h"
#include "statistics/tail.h"

/* Order statistics are exact up to BG_EXACT_MOST replications if the draws take no more than
 * BG_EXACT_BYTES; the shape of bins is that of the first BG_PILOT replications. Beyond, as many pass at a
 * time as BG_PASSING_BYTES hold, and the pilot at least: threads wait for each other that often. */
#define BG_EXACT_MOST    100000
#define BG_EXACT_BYTES   (UINT64_C(1) << 29)
#define BG_PASSING_BYTES (UINT64_C(1) << 23)
#define BG_PILOT         4096

typedef struct bg_collection {
    bg_layout layout;
    size_t exact_most; /* replications */
    size_t passing;    /* replications at a time */
    bool keep;         /* all draws, however many */
    bg_frame frame;    /* all futures so far; with bins and not kept, those that pass */
    size_t held;       /* entries of the frame that have been taken */
    size_t n;          /* replications so far */
    size_t *stop;      /* numbers of replications at which the sums are kept, rising */
    size_t stop_count;
    bg_moments *moments;       /* [column] */
    bg_moments *early;         /* [column][stop]: the moments then */
    bg_bins **bins;            /* [column]; NULL while the frame holds all */
    bg_statistics *statistics; /* [column], by bg_collection_summarise */
    /* [unit + 1][year + 1][event]: the last unit is that of any scheme, the last year any year. */
    size_t *event_count;
    size_t *band_count; /* [scheme, any][year + 1][BG_BAND_COUNTERS]; NULL without bands */
    bg_given *given;    /* means given an event whose sums are kept */
    size_t given_count;
} bg_collection;

/* For what the options want of the model: looked at after each of the `count` rising numbers of
 * replications in `looks`, the last of which is the most there will be; as many collections as there are
 * `parties` share the memory for draws. Safe to free after failure and twice; the collection stays where
 * it is. */
bg_status bg_collection_init(bg_collection *self, const bg_model *model,
                             const bg_projection_options *options, const size_t *looks,
                             size_t count, size_t parties);
void bg_collection_free(bg_collection *self);

/* How many entries of the frame, from `held` on, may be filled in next: at least 1. Where the draws have
 * become too many they are counted in bins now. BG_MEMORY. */
bg_status bg_collection_room(bg_collection *self, int threads, size_t *room);
/* Takes the next `more` entries, which have been filled in. */
void bg_collection_take(bg_collection *self, size_t more, int threads);

/* Fills in the statistics of what has been taken. BG_MEMORY. */
bg_status bg_collection_summarise(bg_collection *self, int threads);

/* The unit may be that of any scheme, which is the number of units. */
size_t bg_collection_event_count(const bg_collection *self, size_t unit, size_t year,
                                 bg_event event);
/* Of a scheme or any; the band exists and bands are wanted. */
size_t bg_collection_band_count(const bg_collection *self, size_t unit, size_t year, int band);
/* The moments of a column after the first `n` replications, n one of the looks or an eighth, a quarter
 * or half of it. */
const bg_moments *bg_collection_early(const bg_collection *self, size_t column, size_t n);
/* The draws of a column, or NULL where they are not held. */
const bg_fen *bg_collection_draws(const bg_collection *self, size_t column);
/* The events of the same futures, or NULL. */
const uint8_t *bg_collection_events(const bg_collection *self, size_t unit, size_t year);
/* A quantile in per cent with its 95 % interval (NaN where there is none), and the mean of the outer
 * hundredths. BG_MEMORY. */
bg_status bg_collection_quantile(const bg_collection *self, size_t column, unsigned percent,
                                 bg_quantile *result);
bg_status bg_collection_tail(const bg_collection *self, size_t column, unsigned hundredths,
                             bool upper, bg_tail *result);
/* The moments of the outcome of a mean given an event over the futures that have the event. BG_INVALID where
 * the draws are not held and the options did not name the figure, or did not want the outcome. */
bg_status bg_collection_given(const bg_collection *self, const bg_figure *figure,
                              bg_moments *result);
/* How many draws of a column are below each of the edges, rising. BG_MEMORY. */
bg_status bg_collection_below(const bg_collection *self, size_t column, const bg_fen *edges,
                              size_t count, size_t *below);

#endif
