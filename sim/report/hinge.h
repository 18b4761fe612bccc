/* What a conclusion hangs on, in words: the first sentences of a sensitivity study. */
#ifndef BAOGAN_REPORT_HINGE
#define BAOGAN_REPORT_HINGE

#include "format/document.h"
#include "study/sensitivity.h"

/* So many inputs are put into words, as far as their total index is told from zero and this large. */
#define BG_HINGE_MOST  12
#define BG_HINGE_SHARE 0.05

typedef struct bg_hinge {
    const bg_sensitivity *found; /* borrowed, as are: */
    const bg_model *model;
    const bg_figure *figure;
    const char *name; /* of the figure, with all its parts */
} bg_hinge;

/* Adds a sentence for each such input, by falling total index: whether the conclusion hangs mostly on the first, and what
 * one step more of an input does on average between the ends of its range: a point of a rate or score, one per cent of a number
 * of people or of money. Nothing where no index is told. */
void bg_hinge_say(const bg_hinge *self, bg_document *page);

#endif
