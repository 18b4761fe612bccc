#include "statistics/summary.h"

#include "statistics/selection.h"
#include "statistics/tail.h"

#include <math.h>

_Static_assert(BG_WANTED_MAX <= BG_SELECT_MOST, "all ranks of a column are selected at once");

static void set_moments(const bg_moments *moments, size_t n, bg_statistics *result)
{
    *result = (bg_statistics){
        .n = n,
        .mean = bg_moments_mean(moments),
        .mean_se = bg_moments_se(moments),
        .sd = bg_moments_sd(moments),
        .minimum = moments->minimum,
        .maximum = moments->maximum,
    };
}

static void set_tails(bg_tail lower, bg_tail upper, bg_statistics *result)
{
    result->tvar_lower = lower.mean;
    result->tvar_lower_se = lower.se;
    result->tvar_upper = upper.mean;
    result->tvar_upper_se = upper.se;
}

/* The order statistic at a place that was wanted. */
static int64_t found_at(const bg_ranks *ranks, const int64_t *found, size_t place)
{
    size_t i = 0;
    while (ranks->wanted[i] != place) {
        i++;
    }
    return found[i];
}

static bg_tail tail_of(const bg_ranks *ranks, const bg_moments *moments, const int64_t *draws,
                       const int64_t *found, bool upper)
{
    const int64_t boundary = found_at(ranks, found, ranks->tail[upper]);
    const uint64_t farthest = bg_distance(moments->minimum, moments->maximum);
    return bg_tail_of_draws(draws, ranks->n, boundary, farthest, BG_TAIL, upper);
}

void bg_summary_of_draws(const bg_ranks *ranks, const bg_moments *moments, const int64_t *draws,
                         int64_t *scratch, bg_statistics *result)
{
    int64_t found[BG_WANTED_MAX];
    bg_select_from(draws, ranks->n, moments->minimum, moments->maximum, ranks->wanted,
                   ranks->wanted_count, scratch, found);
    set_moments(moments, ranks->n, result);
    for (size_t q = 0; q < BG_QUANTILE_COUNT; q++) {
        const bool interval = ranks->has_interval[q];
        result->quantile[q] = (bg_quantile){
            .value = (double)found_at(ranks, found, ranks->value[q] - 1),
            .has_interval = interval,
            .low = interval ? (double)found_at(ranks, found, ranks->low[q] - 1) : NAN,
            .high = interval ? (double)found_at(ranks, found, ranks->high[q] - 1) : NAN,
        };
    }
    set_tails(tail_of(ranks, moments, draws, found, false),
              tail_of(ranks, moments, draws, found, true), result);
}

void bg_summary_of_segments(const bg_ranks *ranks, const bg_moments *moments,
                            const bg_segments *segments, bg_statistics *result)
{
    set_moments(moments, ranks->n, result);
    for (size_t q = 0; q < BG_QUANTILE_COUNT; q++) {
        result->quantile[q] = (bg_quantile){
            .value = bg_segments_at(segments, ranks->value[q]),
            .has_interval = ranks->has_interval[q],
            .low = ranks->has_interval[q] ? bg_segments_at(segments, ranks->low[q]) : NAN,
            .high = ranks->has_interval[q] ? bg_segments_at(segments, ranks->high[q]) : NAN,
        };
    }
    set_tails(bg_tail_of_segments(segments, BG_TAIL, false),
              bg_tail_of_segments(segments, BG_TAIL, true), result);
}

void bg_statistics_compute(const int64_t *draws, size_t n, int64_t *scratch, bg_statistics *result)
{
    bg_ranks ranks;
    bg_ranks_init(&ranks, n);
    bg_moments moments = {0};
    bg_moments_add(&moments, draws, n);
    bg_summary_of_draws(&ranks, &moments, draws, scratch, result);
}
