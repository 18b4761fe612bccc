#include "statistics/moving_level.h"

#include "base/elementary.h"

/* ln s of the grid: from ln 0.002 to ln 0.4. */
static const double log_least = -6.214608098422191, log_most = -0.916290731874155;

static const double moves[BG_MOVES] = {0.5, 1, 2};

/* What a year of one kind makes of a level, and how likely the year is, but for a constant. */
typedef struct update {
    double weight, mean, variance;
} update;

static update update_by(const bg_level_state *state, double x, double noise, double chance)
{
    const double total = state->variance + noise, gain = state->variance / total;
    const double off = x - state->mean;
    return (update){.weight = chance * bg_exp(-off * off / total / 2) / sqrt(total),
                    .mean = state->mean + gain * off,
                    .variance = state->variance * (1 - gain)};
}

/* Takes a year in; returns ln of its likelihood, but for a constant. */
static double take_year(const bg_level_prior *prior, double x, double variance,
                        bg_level_state *state)
{
    const double swing = state->swing * state->swing, k = prior->rare_size;
    const update usual = update_by(state, x, swing + variance, 1 - prior->rare);
    const update rare = update_by(state, x, k * k * swing + variance, prior->rare);
    const double weight = usual.weight + rare.weight;
    const double share = weight > 0 ? rare.weight / weight : prior->rare > 0;
    const double between = rare.mean - usual.mean;
    state->mean = usual.mean + share * between;
    state->variance = (1 - share) * usual.variance + share * rare.variance +
                      share * (1 - share) * between * between;
    return bg_log(weight > DBL_MIN ? weight : DBL_MIN);
}

/* Filters one state through the data; returns ln of the likelihood, but for a constant. */
static double filter(const bg_level_prior *prior, const bg_level_data *data, bg_level_state *state)
{
    double log_likelihood = 0;
    for (size_t i = 0; i < data->count; i++) {
        if (i > 0) {
            state->variance += state->move * state->move * (data->year[i] - data->year[i - 1]);
        }
        log_likelihood += take_year(prior, data->x[i], data->variance[i], state);
    }
    return log_likelihood;
}

static void weigh(bg_moving_level *self)
{
    double most = -INFINITY, sum = 0;
    for (size_t i = 0; i < BG_LEVEL_STATES; i++) {
        most = fmax(most, self->state[i].weight);
    }
    for (size_t i = 0; i < BG_LEVEL_STATES; i++) {
        self->state[i].weight = bg_exp(self->state[i].weight - most);
        sum += self->state[i].weight;
    }
    for (size_t i = 0; i < BG_LEVEL_STATES; i++) {
        self->state[i].weight /= sum;
    }
}

void bg_moving_level_fit(const bg_level_prior *prior, const bg_level_data *data, int year,
                         bg_moving_level *self)
{
    self->rare = prior->rare;
    self->rare_size = prior->rare_size;
    self->year = data->count ? data->year[data->count - 1] : year;
    for (size_t s = 0; s < BG_SWINGS; s++) {
        const double log_swing =
            log_least + (log_most - log_least) * (double)s / (double)(BG_SWINGS - 1);
        const double off = (log_swing - bg_log(prior->swing)) / prior->swing_sd;
        for (size_t q = 0; q < BG_MOVES; q++) {
            bg_level_state *state = &self->state[s * BG_MOVES + q];
            const double swing = bg_exp(log_swing);
            *state = (bg_level_state){.swing = swing,
                                      .move = moves[q] * swing,
                                      .mean = prior->mean,
                                      .variance = prior->sd * prior->sd};
            state->weight = filter(prior, data, state) - off * off / 2;
        }
    }
    weigh(self);
}

/* Of the sum over the years, but for the swings: the level stands in each, its move of year i in all from i on. */
static double variance_ahead(const bg_level_state *state, int years_since, int ahead)
{
    const double move = state->move * state->move, n = ahead;
    const double level = state->variance + move * years_since;
    return n * n * level + move * n * (n + 1) * (2 * n + 1) / 6;
}

/* The states of one s brought together. */
static bg_normal_part level_ahead(const bg_level_state *state, int years_since, int ahead)
{
    double weight = 0, mean = 0, square = 0;
    for (size_t q = 0; q < BG_MOVES; q++) {
        weight += state[q].weight;
        mean += state[q].weight * ahead * state[q].mean;
    }
    mean = weight > 0 ? mean / weight : 0;
    for (size_t q = 0; q < BG_MOVES; q++) {
        const double off = ahead * state[q].mean - mean;
        square += state[q].weight * (variance_ahead(&state[q], years_since, ahead) + off * off);
    }
    return (bg_normal_part){weight, mean, weight > 0 ? sqrt(square / weight) : 1};
}

void bg_moving_level_ahead(const bg_moving_level *self, int from, int ahead,
                           bg_normal_part part[BG_LEVEL_PARTS])
{
    const double usual = bg_power(1 - self->rare, (unsigned)ahead);
    const double k = self->rare_size;
    for (size_t s = 0; s < BG_SWINGS; s++) {
        const bg_level_state *state = &self->state[s * BG_MOVES];
        const bg_normal_part level = level_ahead(state, from - self->year, ahead);
        const double square = level.sd * level.sd, swing = state->swing * state->swing;
        part[2 * s] =
            (bg_normal_part){usual * level.weight, level.mean, sqrt(square + ahead * swing)};
        part[2 * s + 1] = (bg_normal_part){(1 - usual) * level.weight, level.mean,
                                           sqrt(square + (ahead - 1 + k * k) * swing)};
    }
}

bg_level_state bg_moving_level_mean(const bg_moving_level *self)
{
    bg_level_state mean = {.weight = 1};
    for (size_t i = 0; i < BG_LEVEL_STATES; i++) {
        const bg_level_state *state = &self->state[i];
        mean.swing += state->weight * state->swing;
        mean.move += state->weight * state->move;
        mean.mean += state->weight * state->mean;
    }
    for (size_t i = 0; i < BG_LEVEL_STATES; i++) {
        const bg_level_state *state = &self->state[i];
        const double off = state->mean - mean.mean;
        mean.variance += state->weight * (state->variance + off * off);
    }
    return mean;
}
