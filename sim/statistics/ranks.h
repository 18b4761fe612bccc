/* The ranks that the statistics of n draws need. They depend on n alone, so that many columns of
 * the same length share them. */
#ifndef BAOGAN_STATISTICS_RANKS
#define BAOGAN_STATISTICS_RANKS

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

#endif
