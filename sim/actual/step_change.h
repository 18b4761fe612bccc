/* What each step of a settlement did to the running balance, read off the trace. */
#ifndef BAOGAN_ACTUAL_STEP_CHANGE
#define BAOGAN_ACTUAL_STEP_CHANGE

#include <baogan/settlement.h>

typedef struct bg_step_change {
    size_t step;      /* 1-based place in the plan; 0 for the opening entries */
    const char *name; /* borrowed from the plan */
    bg_fen change;    /* of the running balance */
    bg_fen balance_after;
} bg_step_change;

/* One entry a step in their order, after "opening" (the payable amount) and "expense". A new array
 * that the caller frees; NULL when out of memory. */
bg_step_change *bg_step_changes(const bg_trace *trace, size_t *count);

/* The entry of that name, or NULL. */
const bg_step_change *bg_step_change_find(const bg_step_change *changes, size_t count,
                                          const char *name);

#endif
