/* A year of the futures in which an event happens beside that of the others. */
#ifndef BAOGAN_STUDY_GIVEN_EVENT
#define BAOGAN_STUDY_GIVEN_EVENT

#include <baogan/projection.h>

/* Fewer futures of either kind say too little. */
#define BG_GIVEN_EVENT_FEWEST 30

typedef struct bg_given_event {
    bg_probability chance;                /* of the event */
    double expense, expense_se;           /* mean with it less mean without, fen; Welch */
    bg_probability overspend, without_it; /* chances of an overspend with it and without it */
} bg_given_event;

/* False where the draws were not kept, or too few futures have the event or are without it. */
bool bg_given_event_find(const bg_projection *projection, size_t unit, size_t year, bg_event event,
                         bg_given_event *self);

/* Whether it happens in nearly all futures, so that too few are left to stand beside them. */
bool bg_given_event_is_certain(const bg_projection *projection, size_t unit, size_t year,
                               bg_event event);

#endif
