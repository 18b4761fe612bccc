#include "demand/limited.h"

/* ---- gamma: X = G / a for the shape a ---- */

static void gamma_init(bg_limited *self)
{
    const double shape = 1 / (self->severity.cv * self->severity.cv);
    self->gamma = bg_gamma_shape_of(shape);
    self->whole[0] = 1;
    for (int j = 1; j < BG_LIMITED_MOMENTS; j++) {
        self->whole[j] = self->whole[j - 1] * (shape + j - 1) / shape;
    }
}

static void gamma_split(const bg_limited *self, double at, int order, bg_split *split)
{
    bg_tails tails[BG_GAMMA_ORDERS];
    bg_gamma_tails(&self->gamma, at * self->gamma.shape, tails);
    for (int j = 0; j <= order; j++) {
        split->below[j] = self->whole[j] * tails[j].below;
        split->above[j] = self->whole[j] * tails[j].above;
    }
}

/* ---- lognormal: ln X = location + sigma Z ---- */

static void lognormal_init(bg_limited *self)
{
    const double location = self->severity.location, sigma = self->severity.sigma;
    for (int j = 0; j < BG_LIMITED_MOMENTS; j++) {
        self->whole[j] = bg_exp(j * location + j * j * sigma * sigma / 2);
    }
}

static double standardised(const bg_limited *self, double at)
{
    return (bg_log(at) - self->severity.location) / self->severity.sigma;
}

static void lognormal_split(const bg_limited *self, double at, int order, bg_split *split)
{
    const double z = standardised(self, at);
    for (int j = 0; j <= order; j++) {
        const bg_tails tails = bg_normal_tails(z - j * self->severity.sigma);
        split->below[j] = self->whole[j] * tails.below;
        split->above[j] = self->whole[j] * tails.above;
    }
}

/* ---- lognormal below the threshold T, beyond it P(X > x) = share (T/x)^index ---- */

static void pareto_init(bg_limited *self)
{
    const double location = self->severity.location, sigma = self->severity.sigma;
    lognormal_init(self);
    self->threshold = bg_exp(location + sigma * BG_PARETO_NORMAL);
    for (int j = 0; j < BG_LIMITED_MOMENTS; j++) {
        const double power = BG_PARETO_SHARE * bg_power(self->threshold, (unsigned)j);
        self->body[j] = self->whole[j] * bg_normal_below(BG_PARETO_NORMAL - j * sigma);
        self->tail[j] = j < BG_PARETO_INDEX ? power * BG_PARETO_INDEX / (BG_PARETO_INDEX - j)
                                            : (double)INFINITY;
    }
}

static void pareto_split_body(const bg_limited *self, double at, int order, bg_split *split)
{
    const double z = standardised(self, at);
    for (int j = 0; j <= order; j++) {
        const double shift = j * self->severity.sigma;
        const bg_tails here = bg_normal_tails(z - shift);
        const bg_tails end = bg_normal_tails(BG_PARETO_NORMAL - shift);
        /* The difference of the smaller two keeps the digits. */
        const double between =
            end.below < here.above ? end.below - here.below : here.above - end.above;
        split->below[j] = self->whole[j] * here.below;
        split->above[j] = self->whole[j] * between + self->tail[j];
    }
}

static void pareto_split_tail(const bg_limited *self, double at, int order, bg_split *split)
{
    const double ratio = self->threshold / at;
    for (int j = 0; j <= order && j < BG_PARETO_INDEX; j++) {
        const double left = bg_power(ratio, (unsigned)BG_PARETO_INDEX - (unsigned)j);
        split->below[j] = self->body[j] + self->tail[j] * (1 - left);
        split->above[j] = self->tail[j] * left;
    }
    if (order >= BG_PARETO_INDEX) { /* The integral of x^3 x^-4. */
        const int j = (int)BG_PARETO_INDEX;
        const double power = bg_power(self->threshold, (unsigned)j);
        split->below[j] = self->body[j] - BG_PARETO_SHARE * BG_PARETO_INDEX * power * bg_log(ratio);
        split->above[j] = INFINITY;
    }
}

static void pareto_split(const bg_limited *self, double at, int order, bg_split *split)
{
    if (at < self->threshold) {
        pareto_split_body(self, at, order, split);
    } else {
        pareto_split_tail(self, at, order, split);
    }
}

static const struct {
    void (*init)(bg_limited *self);
    void (*split)(const bg_limited *self, double at, int order, bg_split *split);
} kinds[] = {
    [BG_SEVERITY_GAMMA] = {gamma_init, gamma_split},
    [BG_SEVERITY_LOGNORMAL] = {lognormal_init, lognormal_split},
    [BG_SEVERITY_LOGNORMAL_PARETO] = {pareto_init, pareto_split},
};

void bg_limited_init(bg_limited *self, const bg_severity *severity, double zero)
{
    *self = (bg_limited){.severity = *severity, .zero = zero};
    kinds[severity->kind].init(self);
}

double bg_limited_variation(const bg_limited *self)
{
    const double square = self->severity.cv * self->severity.cv;
    return (square + self->zero) / (1 - self->zero);
}

/* Of Y = (1 - zero) X, the severity, with the probability 1 - zero: E X^j = (1 - zero)^(1-j) E Y^j. */
void bg_limited_split(const bg_limited *self, double at, int order, bg_split *split)
{
    const double positive = 1 - self->zero;
    kinds[self->severity.kind].split(self, at * positive, order, split);
    double scale = positive;
    for (int j = 0; j <= order; j++) {
        split->below[j] *= scale;
        split->above[j] *= scale;
        scale /= positive;
    }
    split->below[0] += self->zero;
}

double bg_split_between(const bg_split *from, const bg_split *to, int order)
{
    return to->below[order] < from->above[order] ? to->below[order] - from->below[order]
                                                 : from->above[order] - to->above[order];
}

/* A share of the bills beyond the limit, however few, counts a limit that is finite. */
static double beyond(const bg_split *split, double value)
{
    return split->above[0] > 0 ? split->above[0] * value : 0;
}

double bg_limited_moment(const bg_limited *self, double limit, int order)
{
    bg_split split;
    bg_limited_split(self, limit, order, &split);
    return split.below[order] + beyond(&split, bg_power(limit, (unsigned)order));
}

double bg_split_layer(double from, const bg_split *at_from, double to, const bg_split *at_to)
{
    const double count = bg_split_between(at_from, at_to, 0);
    const double sum = bg_split_between(at_from, at_to, 1);
    return (sum - from * count) + beyond(at_to, to - from);
}

double bg_split_layer_squared(double from, const bg_split *at_from, double to,
                              const bg_split *at_to)
{
    const double width = to - from;
    const double count = bg_split_between(at_from, at_to, 0);
    const double sum = bg_split_between(at_from, at_to, 1);
    const double squares = bg_split_between(at_from, at_to, 2);
    return (squares - 2 * from * sum + from * from * count) + beyond(at_to, width * width);
}
