/* What a study reports of each scenario: figures (sweep.figures) and whether targets are met
 * (sweep.targets). */
#ifndef BAOGAN_STUDY_FIGURES
#define BAOGAN_STUDY_FIGURES

#include <baogan/projection.h>

typedef struct bg_study_figure {
    const char *name, *expression; /* borrowed from the plan */
    const bg_node *node;
    bool is_target;
    bool is_share; /* a chance or an effective share; else yuan */
    int better;    /* 1 lower, 2 higher, 0 not said */
} bg_study_figure;

typedef struct bg_figures {
    bg_study_figure *item; /* figures, then targets */
    size_t count;
} bg_figures;

/* Reads figures, targets and better of the section `sweep` against the model of the plan. Free with
 * bg_figures_free, also after failure; twice is safe. */
bg_status bg_figures_read(const bg_node *sweep, const bg_model *model, bg_figures *self,
                          bg_errors *errors);
void bg_figures_free(bg_figures *self);

/* Projects a model with one thread and reads the figures off it, each with its standard error: shares
 * and yuan, NaN where there is none. Of a target the value is 1 where it is met and 0 where it is not;
 * in place of the standard error stands how far it is missed, in the unit of its bound, money in fen. `kept` as in
 * bg_projection_options. */
bg_status bg_figures_compute(const bg_figures *self, const bg_model *model, struct bg_kept *kept,
                             double value[], double se[], bg_errors *errors);

#endif
