/* Pots of a settlement in a projection: what is spent of each in a simulated year. */
#ifndef BAOGAN_PROJECTION_POTS
#define BAOGAN_PROJECTION_POTS

#include <baogan/projection.h>

/* A pot whose expense only real years have, as an input, cannot be simulated: an error of its place. */
bg_status bg_pots_check(const bg_model *model, bg_errors *errors);

#endif
