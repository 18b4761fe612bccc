/* A pooling area (统筹区): several communities under one pooled fund.
 *
 * Its file lists them under `communities`, each with a scenario of its own. What else stands in the
 * area's file is laid over each of them, but for its title and description, and its pool, which is the
 * one that all of them share. What must be one for all (the settlement, the funds' names and rules, the
 * income limit, the simulation) is refused where a community has another. */
#ifndef BAOGAN_AREA_H
#define BAOGAN_AREA_H

#include <baogan/scenario.h>

typedef struct bg_member_community {
    const char *name;      /* borrowed from the area's scenario */
    bg_scenario *scenario; /* owned */
} bg_member_community;

typedef struct bg_area {
    bg_scenario *scenario; /* of the file itself */
    size_t count;          /* 0: the file is a scenario of its own, no area */
    bg_member_community *member;
} bg_area;

/* Loads a file that may be of an area; overrides hold for the area and for each community. On failure
 * `errors` holds every error found and *self is empty. Free with bg_area_free; twice is safe. */
bg_status bg_area_load(const bg_scenario_source *source, bg_area *self, bg_errors *errors);
void bg_area_free(bg_area *self);

#endif
