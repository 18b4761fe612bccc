/* Care by line on the central path, with and without what providers do. */
#ifndef BAOGAN_PROJECTION_CARE
#define BAOGAN_PROJECTION_CARE

#include <baogan/projection.h>

/* As the demand of the model acts now: `care` is [without, with a response][line][year]. Free with free(). */
bg_status bg_care_find(const bg_model *model, bg_line_care **care, bg_errors *errors);

#endif
