/* The settlements of the central path, with all that they move. */
#ifndef BAOGAN_PROJECTION_CENTRAL
#define BAOGAN_PROJECTION_CENTRAL

#include <baogan/projection.h>

typedef struct bg_central_year {
    int year;
    size_t scheme;
    bg_settlement_block block; /* of one unit */
    bg_trace trace;
} bg_central_year;

typedef struct bg_central {
    bg_central_year *items; /* by scheme, then year */
    size_t count, years;
} bg_central;

/* Settles the central path of a model once more, explained: the amounts are the central ones of its projection. After that
 * projection, since providers respond to what it finds. Free with bg_central_free whatever the outcome; twice is safe. */
bg_status bg_central_settle(const bg_model *model, bg_central *self, bg_errors *errors);
void bg_central_free(bg_central *self);

#endif
