/* What a projection is inside this room. */
#ifndef BAOGAN_PROJECTION_RESULT
#define BAOGAN_PROJECTION_RESULT

#include "projection/collect.h"
#include "projection/incentive.h"

#include <baogan/figure.h>

struct bg_projection {
    const bg_model *model;
    char **name;      /* of the outcomes */
    bg_draws central; /* one future: the central path */
    bg_collection collection;
    bg_response_year *response;  /* [scheme][year], or NULL; owned */
    bg_line_care *care;          /* [without, with a response][line][year], or NULL; owned */
    bg_incentive_row *incentive; /* [unit][year, all together], where a figure asks for it; owned */
    bool has_reading;
    bg_reading reading; /* of the target to be reached */
};

#endif
