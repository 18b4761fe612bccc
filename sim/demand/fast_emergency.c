#include "demand/fast_emergency.h"

#include "demand/fast_stream.h"
#include "random/samplers.h"

#include <string.h>

static bg_emergency sizes(bg_block_sampler *self, size_t future, size_t t)
{
    const bg_emergency_terms *terms = &self->demand->emergency;
    const uint64_t *const *key = self->demand->size_key;
    bg_emergency result = {.begins = true, .months = terms->dip_months};
    bg_rng *rng = bg_fast_stream(self, future, key[BG_SIZE_FIRST][t]);
    result.first = (size_t)((double)(13 - terms->dip_months) * bg_exact_uniform(rng));
    rng = bg_fast_stream(self, future, key[BG_SIZE_DIP][t]);
    result.dip = bg_exact_beta(rng, terms->dip, terms->dip_sd);
    rng = bg_fast_stream(self, future, key[BG_SIZE_DIRECT][t]);
    result.direct = bg_exact_gamma(rng, terms->direct, terms->direct_sd);
    rng = bg_fast_stream(self, future, key[BG_SIZE_REBOUND][t]);
    result.rebound = bg_exact_gamma(rng, terms->rebound, terms->rebound_sd);
    return result;
}

double bg_fast_least_share(const bg_fast_month month[12], uint16_t months)
{
    double least = 12;
    for (size_t i = 0; i < 12; i++) {
        const bool counts = bg_has_month(months, i) && month[i].share > 0;
        least = counts && month[i].share < least ? month[i].share : least;
    }
    return least;
}

static bg_fast_event *add_event(bg_block_sampler *self, size_t future)
{
    bg_fast_event *event = &self->now.event[self->now.count++];
    event->future = future;
    return event;
}

static void add_months(bg_block_sampler *self, size_t future, size_t t)
{
    bg_fast_event *event = add_event(self, future);
    double left[12];
    event->emergency = sizes(self, future, t);
    bg_emergency_months(&event->emergency, self->demand->season, left);
    for (size_t month = 0; month < 12; month++) {
        event->month[month] = bg_fast_month_of(self->month[month].share * left[month]);
    }
    self->effect.thinnest[future] = bg_fast_least_share(event->month, BG_ALL_MONTHS);
}

static void add_multiplier(bg_block_sampler *self, size_t future, double z)
{
    const bg_emergency_terms *terms = &self->demand->emergency;
    const double excess = bg_exp(terms->mu + terms->sigma * z) - 1;
    add_event(self, future)->emergency = (bg_emergency){.begins = true, .excess = excess};
    self->effect.excess[future] = excess;
}

void bg_fast_forget_emergencies(bg_block_sampler *self)
{
    self->least_share = bg_fast_least_share(self->month, BG_ALL_MONTHS);
    self->loops->fill(self->n, 1, self->effect.rise);
    self->loops->fill(self->n, 0, self->effect.excess);
    self->loops->fill(self->n, self->least_share, self->effect.thinnest);
    self->now.count = self->before.count = 0;
}

/* This year becomes the last, whose emergencies rebound, and begins without one of its own. */
static void begin_year(bg_block_sampler *self)
{
    for (size_t i = 0; i < self->before.count; i++) {
        self->effect.rise[self->before.event[i].future] = 1;
    }
    const bg_fast_events last = self->now;
    self->now = self->before;
    self->before = last;
    self->now.count = 0;
    for (size_t i = 0; i < last.count; i++) {
        const size_t future = last.event[i].future;
        self->effect.rise[future] = 1 + last.event[i].emergency.rebound;
        self->effect.excess[future] = 0;
        self->effect.thinnest[future] = self->least_share;
    }
}

void bg_fast_emergencies(bg_block_sampler *self, size_t t)
{
    const bg_demand *demand = self->demand;
    double *const *size = self->common; /* the year's factors are drawn, they are free */
    const bool multiplier = demand->emergency.form == BG_EMERGENCY_MULTIPLIER;
    begin_year(self);
    if (demand->emergency.probability <= 0) {
        return;
    }
    self->noise->uniforms(demand->seed, demand->emergency_key[t], 0, self->first, self->n,
                          self->pair[0], self->pair[1]);
    if (multiplier) {
        bg_fast_normals(self, demand->size_key[BG_SIZE_MULTIPLIER][t], size);
    }
    for (size_t i = 0; i < self->n; i++) {
        if (self->pair[0][i] >= demand->emergency.probability) {
            continue;
        }
        if (multiplier) {
            add_multiplier(self, i, size[0][i]);
        } else {
            add_months(self, i, t);
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
