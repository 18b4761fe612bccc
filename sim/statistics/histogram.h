/* Counts of amounts in bins of equal, round width. */
#ifndef BAOGAN_STATISTICS_HISTOGRAM
#define BAOGAN_STATISTICS_HISTOGRAM

#include <baogan/money.h>
#include <baogan/summary.h>

typedef struct bg_histogram {
    bg_fen width;  /* 1, 2 or 5 times a power of ten */
    int64_t first; /* the first bin begins at first * width, so zero is an edge */
    size_t bins;
    size_t *count; /* owned */
} bg_histogram;

/* Tells how many draws are below each of the edges, which rise. BG_MEMORY, or BG_OK. */
typedef bg_status bg_count_below(const void *draws, const bg_fen *edges, size_t count,
                                 size_t *below);

/* Counts the draws whose statistics are `about`. The width follows Freedman and Diaconis (1981),
 * 2 IQR n^(-1/3), rounded up to a round one, and is raised until there are at most 1000 bins. A draw
 * on an edge belongs to the bin above it. BG_MEMORY, or BG_OK. */
bg_status bg_histogram_compute(bg_histogram *self, const bg_statistics *about,
                               bg_count_below *count_below, const void *draws);
void bg_histogram_free(bg_histogram *self);

/* Lower edge of a bin, 0 <= bin <= bins. */
bg_fen bg_histogram_edge(const bg_histogram *self, size_t bin);

#endif
