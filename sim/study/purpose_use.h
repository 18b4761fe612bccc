/* Measures that are paid from a purpose of what is kept: whether the money is there.
 *
 *   left of year t = what the years before t have put to the purpose - what the measures cost up to t
 *
 * by future and scheme. What a year puts to a purpose is paid with its clearing, after its end, so that measures of the
 * first year are advanced by the community, and what later years put there makes that up. Below zero the community pays
 * out of its own. */
#ifndef BAOGAN_STUDY_PURPOSE_USE
#define BAOGAN_STUDY_PURPOSE_USE

#include <baogan/projection.h>

typedef struct bg_purpose_use {
    bg_fen in, left; /* means: of what the years before have put there, and of what is left */
    bg_fen cost;     /* of the measures so far, the same in all futures */
    double in_se, left_se;
    bg_probability suffices; /* what is left is not below zero */
} bg_purpose_use;

/* Whether a measure of the model is paid from the purpose, by its number in the scheme's plan. */
bool bg_purpose_pays(const bg_model *model, size_t scheme, size_t purpose);
/* Of a year. *known: false where the draws were not kept, or sums do not fit in whole fen. BG_MEMORY. */
bg_status bg_purpose_use_find(const bg_model *model, const bg_projection *projection, size_t scheme,
                              size_t purpose, size_t year, bg_purpose_use *self, bool *known);

#endif
