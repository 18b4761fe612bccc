/* The models of a pooling area: one for each community, and what they are together. */
#ifndef BAOGAN_AREA_MODEL_H
#define BAOGAN_AREA_MODEL_H

#include <baogan/area.h>
#include <baogan/projection.h>

typedef struct bg_area_model {
    bg_area area;     /* owned */
    bg_model *member; /* [area.count] */
    /* Names, years and settlement as the communities have them; the scenario and the pool are the
     * area's own. Its units are the communities' schemes added up. Freed with the first member. */
    bg_model whole;
} bg_area_model;

/* Reads the models of all communities of `area`, which it takes over, collecting the errors of all; their
 * messages begin with the community's name. Communities must have the same schemes and budget years:
 * BG_INVALID. bg_area_model_free is safe after failure and twice. */
bg_status bg_area_model_read(bg_area *area, bg_area_model *self, bg_errors *errors);
void bg_area_model_free(bg_area_model *self);

/* bg_projection_check of an area. */
bg_status bg_area_check(const bg_area_model *model, bg_errors *errors);
/* Runs all communities together: projection[community], then projection[area.count], that of the whole
 * area, each to be freed with bg_projection_free. Its figures are sums over the communities, and what
 * is over budget, surplus, overspend and lowest cash those of the sums; income and pool balance are the
 * pool's. Events are read off the sums, but a fund that runs out and an emergency happen where any
 * community has them. A community's own pool balance is what its settlements moved, from zero. All NULL
 * on failure. */
bg_status bg_area_project(const bg_area_model *model, const bg_projection_options *options,
                          bg_projection **projection, bg_errors *errors);

#endif
