/* The statistics of a column whose moments and ranks are known. */
#ifndef BAOGAN_STATISTICS_SUMMARY
#define BAOGAN_STATISTICS_SUMMARY

#include "statistics/moments.h"
#include "statistics/ranks.h"
#include "statistics/segments.h"

/* bg_statistics_compute for n = ranks->n draws with these moments. */
void bg_summary_of_draws(const bg_ranks *ranks, const bg_moments *moments, const int64_t *draws,
                         int64_t *scratch, bg_statistics *result);
/* The same of draws that were counted in segments. */
void bg_summary_of_segments(const bg_ranks *ranks, const bg_moments *moments,
                            const bg_segments *segments, bg_statistics *result);

#endif
