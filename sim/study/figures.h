/* The figures that a study reports of each scenario: sweep.figures. */
#ifndef BAOGAN_STUDY_FIGURES_H
#define BAOGAN_STUDY_FIGURES_H

#include <baogan/projection.h>

typedef struct bg_study_figure {
    const char *name, *expression, *unit; /* borrowed */
    const bg_node *node;
} bg_study_figure;

typedef struct bg_figures {
    bg_study_figure *item;
    size_t count;
} bg_figures;

bg_status bg_figures_read(const bg_node *figures, const bg_model *model, bg_figures *self,
                          bg_errors *errors);
void bg_figures_free(bg_figures *self);

/* Projects a model with one thread and reads the figures off it; value[] and se[] hold one number a
 * figure, NaN where there is none. */
bg_status bg_figures_compute(const bg_figures *self, const bg_model *model, double value[],
                             double se[], bg_errors *errors);

#endif
