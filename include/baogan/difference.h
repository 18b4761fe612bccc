/* What differs between two scenarios, and scenarios that lie between them.
 *
 * A difference is the smallest part that can be exchanged on its own: a value; a table by year, bands,
 * tiers or a list as a whole; an entry (fund, line, adjustment, …) that only one of the two has; the
 * whole settlement plan where the two have not the same steps in the same order. What does not bear
 * on results is left out: schema, titles, descriptions, actual, expected and published amounts. */
#ifndef BAOGAN_DIFFERENCE_H
#define BAOGAN_DIFFERENCE_H

#include <baogan/scenario.h>

typedef struct bg_difference {
    const char *path;             /* borrowed from the scenario that has the part */
    const bg_node *base, *reform; /* NULL where it has no such part; borrowed */
} bg_difference;

typedef struct bg_differences {
    bg_difference *items; /* in the order of the scenarios' keys */
    size_t count, capacity;
} bg_differences;

/* Both scenarios must outlive the list. BG_MEMORY, else BG_OK; free with bg_differences_free. */
bg_status bg_differences_find(const bg_scenario *base, const bg_scenario *reform,
                              bg_differences *self);
void bg_differences_free(bg_differences *self);

/* New scenario: `base` with those differences of `reform` for which taken[i]. It borrows from both,
 * which must outlive it; free with bg_scenario_free. `differences` are those of the two. BG_MEMORY,
 * else BG_OK. What the concept modules check between values is not checked here. */
bg_status bg_scenario_blend(const bg_scenario *base, const bg_scenario *reform,
                            const bg_differences *differences, const bool *taken,
                            bg_scenario **blend);

#endif
