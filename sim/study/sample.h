/* Figures at the points of a study of Sobol' indices: rows of A, of B, and of A with the columns of one group of inputs taken
 * from B. */
#ifndef BAOGAN_STUDY_SAMPLE
#define BAOGAN_STUDY_SAMPLE

#include "study/sensitivity.h"
#include "study/variant.h"

typedef struct bg_sample {
    const bg_sensitivity_question *question; /* borrowed */
    const bg_sensitivity *shape;             /* its inputs and groups; borrowed */
    size_t rows, sets;   /* of the design; A and B, one of each group, and of each pair of groups */
    size_t replications; /* futures at each point */
    double *a, *b;       /* [rows][inputs] in the unit cube; owned as what follows */
    double *value;       /* [figures][sets][rows] */
    double *
        variance; /* of the figure's own error, likewise; NaN where so few futures do not tell it */
    bool *failed; /* by row: keys contradict each other at one of its points, or it has no figure */
    bool runs[BG_SENSITIVITY_INPUTS]; /* by group: whether its points are run */
    /* By group: the row from which on its inputs stay as the scenario has them, where it has them. */
    size_t fixed_from[BG_SENSITIVITY_INPUTS];
    bg_variant *variant;  /* of each thread */
    size_t done, planned; /* points, for progress */
    bg_errors *errors;    /* borrowed */
} bg_sample;

/* With points of the unit cube by the seed of the shape. Free with bg_sample_free, also after failure; twice is safe. */
bg_status bg_sample_init(const bg_sensitivity_question *question, const bg_sensitivity *shape,
                         bg_errors *errors, bg_sample *self);
void bg_sample_free(bg_sample *self);

/* Runs rows from … to - 1, by several threads; what is found does not depend on how many. Points of a row that differ in keys
 * of the contract alone share one drawing. BG_MEMORY, BG_INTERRUPTED or BG_INTERNAL; other failures are of a row. */
bg_status bg_sample_run(bg_sample *self, size_t from, size_t to);
/* Runs all rows of the pairs of the shape. */
bg_status bg_sample_run_pairs(bg_sample *self);
/* Counts one point more as done. Any thread may call. */
void bg_sample_note(bg_sample *self);

size_t bg_sample_at(const bg_sample *self, size_t figure, size_t set, size_t row);
/* Rows of the first `rows` that have not failed. */
size_t bg_sample_good(const bg_sample *self, size_t rows);
/* The values of the good ones of the first `rows` rows of a set, in order. */
void bg_sample_gather(const bg_sample *self, size_t figure, size_t set, size_t rows, double *to);
/* Mean variance of the figure's own error at A and B of the good ones of the first `rows` rows, as far as it is told; and
 * whether it, and the figure, are told in all of them. */
double bg_sample_noise(const bg_sample *self, size_t figure, size_t rows);
bool bg_sample_told(const bg_sample *self, size_t figure, size_t rows);

/* For one point: the setting of an input at a share of its distribution, whether demand reads any of the inputs from … to - 1, the
 * figures of a model by so many futures (0: its own number), and the failures that end a study. */
bg_setting bg_sample_setting(const bg_axis *input, double share);
bool bg_sample_of_demand(const bg_sensitivity *shape, size_t from, size_t to);
bg_status bg_sample_estimate(const bg_sensitivity_question *question, const bg_model *model,
                             size_t replications, struct bg_kept *kept,
                             bg_estimate estimate[BG_FIGURE_UNITS], bg_errors *errors);
bool bg_sample_end(bg_status status);

#endif
