/* The ranks that the statistics of n draws need. They depend on n alone, so that many columns of
 * the same length share them. */
#ifndef BAOGAN_STATISTICS_RANKS
#define BAOGAN_STATISTICS_RANKS

#include "statistics/moments.h"
#include "statistics/segments.h"

#include <baogan/summary.h>

/* A quantile, the two ends of its interval, and the boundaries of the two tails. */
#define BG_WANTED_MAX (3 * BG_QUANTILE_COUNT + 2)

/* The tails of bg_statistics hold the outer BG_TAIL hundredths. */
#define BG_TAIL 5

typedef struct bg_ranks {
    size_t n;
    size_t value[BG_QUANTILE_COUNT]; /* ranks from 1 */
    size_t low[BG_QUANTILE_COUNT], high[BG_QUANTILE_COUNT];
    bool has_interval[BG_QUANTILE_COUNT];
    size_t tail[2];               /* places of the draws that bound the lower and the upper tail */
    size_t wanted[BG_WANTED_MAX]; /* all of them: places from 0, rising, each once */
    size_t wanted_count;
} bg_ranks;

void bg_ranks_init(bg_ranks *self, size_t n);
/* bg_statistics_compute for n = ranks->n draws with these moments. */
void bg_ranks_summarise(const bg_ranks *self, const bg_moments *moments, const int64_t *draws,
                        int64_t *scratch, bg_statistics *result);
/* The same of draws that were counted in segments. */
void bg_ranks_summarise_segments(const bg_ranks *self, const bg_moments *moments,
                                 const bg_segments *segments, bg_statistics *result);

#endif
