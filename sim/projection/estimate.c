/* The values of figures. */
#include "projection/result.h"

#include "statistics/uncertainty.h"

#include <math.h>

static bg_estimate of_interval(double value, double low, double high)
{
    return (bg_estimate){value, bg_se_of_interval(low, high), low, high};
}

static bg_estimate of_error(double value, double se)
{
    const double margin = bg_margin_of_se(se);
    return (bg_estimate){value, se, value - margin, value + margin};
}

static bg_estimate chance(const bg_figure *self, const bg_projection *projection)
{
    const bg_probability p =
        self->band ? bg_projection_band(projection, self->unit, self->year, self->band)
                   : bg_projection_probability(projection, self->unit, self->year, self->event);
    return of_interval(p.estimate, p.low, p.high);
}

static bg_status quantile(const bg_figure *self, const bg_projection *projection, size_t column,
                          bg_estimate *result)
{
    bg_quantile q;
    bg_status status = bg_collection_quantile(&projection->collection, column, self->percent, &q);
    if (status == BG_OK) {
        *result = of_interval(q.value, q.low, q.high);
    }
    return status;
}

/* The draws above the quantile where more than half of them lie below it, else those below it. */
static bg_status tail(const bg_figure *self, const bg_projection *projection, size_t column,
                      bg_estimate *result)
{
    const bool upper = self->percent > 50;
    const unsigned hundredths = upper ? 100 - self->percent : self->percent;
    bg_tail t;
    bg_status status = bg_collection_tail(&projection->collection, column, hundredths, upper, &t);
    if (status == BG_OK) {
        *result = of_error(t.mean, t.se);
    }
    return status;
}

/* Of n futures that have the event and are alike, whatever n came to be: the error is that of their mean. */
static bg_status mean_given(const bg_figure *self, const bg_projection *projection,
                            bg_estimate *result)
{
    bg_moments moments;
    const bg_status status = bg_collection_given(&projection->collection, self, &moments);
    if (status == BG_OK && moments.n > 0) {
        *result = of_error(bg_moments_mean(&moments),
                           moments.n < BG_GIVEN_FEWEST ? NAN : bg_moments_se(&moments));
    }
    return status;
}

static bg_status effective_share(const bg_figure *self, const bg_projection *projection,
                                 bg_estimate *result)
{
    if (!projection->incentive) {
        return BG_INVALID;
    }
    const size_t years = bg_projection_year_count(projection);
    const bg_incentive_row *row = &projection->incentive[self->unit * (years + 1) + self->year];
    const bg_effective_share *share = self->kind == BG_FIGURE_KEPT_MARGINAL  ? &row->marginal
                                      : self->kind == BG_FIGURE_KEPT_AVERAGE ? &row->saved
                                                                             : &row->overspent;
    *result = of_error(share->ratio, share->se);
    return BG_OK;
}

bg_status bg_figure_read(const bg_figure *self, const bg_projection *projection,
                         bg_estimate *result)
{
    *result = (bg_estimate){NAN, NAN, NAN, NAN};
    if (self->kind == BG_FIGURE_CHANCE) {
        *result = chance(self, projection);
        return isnan(result->value) ? BG_INVALID : BG_OK;
    }
    if (bg_figure_is_effective(self)) {
        return effective_share(self, projection, result);
    }
    if (self->kind == BG_FIGURE_MEAN_GIVEN) {
        return mean_given(self, projection, result);
    }
    const bg_collection *collection = &projection->collection;
    const size_t column =
        bg_layout_outcome(&collection->layout, self->unit, self->year, self->outcome);
    if (column == BG_NO_COLUMN) {
        return BG_INVALID;
    }
    if (self->kind == BG_FIGURE_QUANTILE) {
        return quantile(self, projection, column, result);
    }
    if (self->kind == BG_FIGURE_TAIL) {
        return tail(self, projection, column, result);
    }
    const bg_moments *moments = &collection->moments[column];
    *result = of_error(bg_moments_mean(moments), bg_moments_se(moments));
    return BG_OK;
}
