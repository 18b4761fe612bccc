/* Counts of whole numbers in bins, for distributions too long to be kept. */
#ifndef BAOGAN_STATISTICS_BINS
#define BAOGAN_STATISTICS_BINS

#include "statistics/segments.h"

typedef struct bg_bins bg_bins;

/* Bins shaped after n >= 1 numbers, sorted, of those to come; the bins are empty. Each bin is to hold
 * at most p (1 - p) / 512 of all numbers, p being the share below it. 0 and numbers that are
 * frequent among the n are counted each on its own. NULL when out of memory. */
bg_bins *bg_bins_new(const int64_t *sorted, size_t n);
void bg_bins_free(bg_bins *self);

/* Counts numbers, in all fewer than 2^32. Neither their order nor how they are portioned matters. */
void bg_bins_add(bg_bins *self, const int64_t *values, size_t n);

/* What has been counted; the extremes of all numbers sharpen the first and last bins. Frees nothing
 * but on failure: BG_MEMORY. */
bg_status bg_bins_segments(const bg_bins *self, int64_t minimum, int64_t maximum,
                           bg_segments *segments);

#endif
