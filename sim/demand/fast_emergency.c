#include "demand/exact.h"
#include "demand/fast.h"

static bg_emergency sizes(bg_block_sampler *self, size_t future, size_t t)
{
    const bg_emergency_terms *terms = &self->demand->emergency;
    const uint64_t *const *key = self->demand->size_key;
    if (terms->form == BG_EMERGENCY_MULTIPLIER) {
        gsl_rng *size = bg_fast_stream(self, future, key[BG_SIZE_MULTIPLIER][t]);
        const double multiplier = bg_exp(terms->mu + terms->sigma * bg_exact_normal(size));
        return (bg_emergency){.begins = true, .excess = multiplier - 1};
    }
    bg_emergency result = {.begins = true, .months = terms->dip_months};
    gsl_rng *rng = bg_fast_stream(self, future, key[BG_SIZE_FIRST][t]);
    result.first = (size_t)((double)(13 - terms->dip_months) * bg_exact_uniform(rng));
    rng = bg_fast_stream(self, future, key[BG_SIZE_DIP][t]);
    result.dip = bg_exact_beta(rng, terms->dip, terms->dip_sd);
    rng = bg_fast_stream(self, future, key[BG_SIZE_DIRECT][t]);
    result.direct = bg_exact_gamma(rng, terms->direct, terms->direct_sd);
    rng = bg_fast_stream(self, future, key[BG_SIZE_REBOUND][t]);
    result.rebound = bg_exact_gamma(rng, terms->rebound, terms->rebound_sd);
    return result;
}

/* Least of the shares above 0. */
static double thinnest(const double share[12])
{
    double least = 12;
    for (size_t month = 0; month < 12; month++) {
        least = share[month] > 0 && share[month] < least ? share[month] : least;
    }
    return least;
}

static void add_event(bg_block_sampler *self, size_t future, size_t t)
{
    bg_fast_event *event = &self->now.event[self->now.count++];
    *event = (bg_fast_event){.future = future, .emergency = sizes(self, future, t)};
    bg_emergency_months(&event->emergency, self->demand->season, event->share);
    for (size_t month = 0; month < 12; month++) {
        event->share[month] *= self->month[month].share;
    }
    self->thinnest[future] = thinnest(event->share);
    self->excess[future] = event->emergency.excess;
}

/* Without an emergency of its own; last year's rebound. */
static void begin_year(bg_block_sampler *self)
{
    double usual[12];
    for (size_t month = 0; month < 12; month++) {
        usual[month] = self->month[month].share;
    }
    const double least = thinnest(usual);
    for (size_t i = 0; i < self->n; i++) {
        self->rise[i] = 1;
        self->excess[i] = 0;
        self->thinnest[i] = least;
    }
    const bg_fast_events last = self->now;
    self->now = self->before;
    self->before = last;
    self->now.count = 0;
    for (size_t i = 0; i < last.count; i++) {
        self->rise[last.event[i].future] = 1 + last.event[i].emergency.rebound;
    }
}

void bg_fast_emergencies(bg_block_sampler *self, size_t t)
{
    begin_year(self);
    const double probability = self->demand->emergency.probability;
    if (probability <= 0) {
        return;
    }
    self->noise->uniforms(self->demand->seed, self->demand->emergency_key[t], 0, self->first,
                          self->n, self->pair[0], self->pair[1]);
    for (size_t i = 0; i < self->n; i++) {
        if (self->pair[0][i] < probability) {
            add_event(self, i, t);
        }
    }
}

bg_fast_event *bg_fast_event_of(const bg_fast_events *events, size_t future)
{
    for (size_t i = 0; i < events->count; i++) {
        if (events->event[i].future == future) {
            return &events->event[i];
        }
    }
    return NULL;
}
