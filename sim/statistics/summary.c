#include <baogan/summary.h>

#include "statistics/ranks.h"
#include "statistics/selection.h"
#include "statistics/tail.h"

#include <math.h>

_Static_assert(BG_WANTED_MAX <= BG_SELECT_MOST, "all ranks of a column are selected at once");

/* 97.5 % point of the normal distribution. */
static const double normal_975 = 1.959963984540054;

/* ---- one column ---- */

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
static int64_t found_at(const bg_ranks *self, const int64_t *found, size_t place)
{
    size_t i = 0;
    while (self->wanted[i] != place) {
        i++;
    }
    return found[i];
}

static bg_tail tail_of(const bg_ranks *self, const bg_moments *moments, const int64_t *draws,
                       const int64_t *found, bool upper)
{
    const int64_t boundary = found_at(self, found, self->tail[upper]);
    const uint64_t farthest = bg_distance(moments->minimum, moments->maximum);
    return bg_tail_of_draws(draws, self->n, boundary, farthest, BG_TAIL, upper);
}

void bg_ranks_summarise(const bg_ranks *self, const bg_moments *moments, const int64_t *draws,
                        int64_t *scratch, bg_statistics *result)
{
    int64_t found[BG_WANTED_MAX];
    bg_select_from(draws, self->n, moments->minimum, moments->maximum, self->wanted,
                   self->wanted_count, scratch, found);
    set_moments(moments, self->n, result);
    for (size_t q = 0; q < BG_QUANTILE_COUNT; q++) {
        const bool interval = self->has_interval[q];
        result->quantile[q] = (bg_quantile){
            .value = (double)found_at(self, found, self->value[q] - 1),
            .has_interval = interval,
            .low = interval ? (double)found_at(self, found, self->low[q] - 1) : NAN,
            .high = interval ? (double)found_at(self, found, self->high[q] - 1) : NAN,
        };
    }
    set_tails(tail_of(self, moments, draws, found, false),
              tail_of(self, moments, draws, found, true), result);
}

void bg_ranks_summarise_segments(const bg_ranks *self, const bg_moments *moments,
                                 const bg_segments *segments, bg_statistics *result)
{
    set_moments(moments, self->n, result);
    for (size_t q = 0; q < BG_QUANTILE_COUNT; q++) {
        result->quantile[q] = (bg_quantile){
            .value = bg_segments_at(segments, self->value[q]),
            .has_interval = self->has_interval[q],
            .low = self->has_interval[q] ? bg_segments_at(segments, self->low[q]) : NAN,
            .high = self->has_interval[q] ? bg_segments_at(segments, self->high[q]) : NAN,
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
    bg_ranks_summarise(&ranks, &moments, draws, scratch, result);
}

/* ---- probabilities ---- */

/* Wilson (1927). With no hits the lower end is 0, with nothing else the upper end is 1, exactly. */
bg_probability bg_probability_compute(size_t hits, size_t n)
{
    if (n == 0) {
        return (bg_probability){.estimate = NAN, .low = 0, .high = 1};
    }
    const double draws = (double)n;
    const double share = (double)hits / draws;
    const double z2 = normal_975 * normal_975;
    const double centre = (share + z2 / (2 * draws)) / (1 + z2 / draws);
    const double half = normal_975 * sqrt(share * (1 - share) / draws + z2 / (4 * draws * draws)) /
                        (1 + z2 / draws);
    return (bg_probability){
        .n = n,
        .hits = hits,
        .estimate = share,
        .low = hits == 0 ? 0 : centre - half,
        .high = hits == n ? 1 : centre + half,
    };
}
