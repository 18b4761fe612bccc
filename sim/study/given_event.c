#include "study/given_event.h"

#include "statistics/moments.h"

#include <math.h>

/* The futures with the event, or those without it. */
typedef struct group {
    bg_moments expense;
    size_t overspends;
} group;

static bg_probability overspend_of(const group *self)
{
    return bg_probability_compute(self->overspends, self->expense.n);
}

bool bg_given_event_find(const bg_projection *projection, size_t unit, size_t year, bg_event event,
                         bg_given_event *self)
{
    const uint8_t *events = bg_projection_events(projection, unit, year);
    const bg_fen *expense = bg_projection_draws(projection, unit, year, BG_OUTCOME_expense);
    if (!events || !expense) {
        return false;
    }
    group groups[2] = {0};
    for (size_t i = 0; i < bg_projection_replications(projection); i++) {
        group *of = &groups[events[i] >> event & 1];
        bg_moments_add(&of->expense, &expense[i], 1);
        of->overspends += events[i] >> BG_EVENT_overspend & 1;
    }
    const group *without = &groups[0], *with = &groups[1];
    if (with->expense.n < BG_GIVEN_EVENT_FEWEST || without->expense.n < BG_GIVEN_EVENT_FEWEST) {
        return false;
    }
    const double se[] = {bg_moments_se(&without->expense), bg_moments_se(&with->expense)};
    *self = (bg_given_event){
        .chance = bg_projection_probability(projection, unit, year, event),
        .expense = bg_moments_mean(&with->expense) - bg_moments_mean(&without->expense),
        .expense_se = sqrt(se[0] * se[0] + se[1] * se[1]),
        .overspend = overspend_of(with),
        .without_it = overspend_of(without),
    };
    return true;
}

bool bg_given_event_is_certain(const bg_projection *projection, size_t unit, size_t year,
                               bg_event event)
{
    const bg_probability chance = bg_projection_probability(projection, unit, year, event);
    return chance.hits >= BG_GIVEN_EVENT_FEWEST && chance.n - chance.hits < BG_GIVEN_EVENT_FEWEST;
}
