/* Which inputs a figure hangs on: Sobol' indices of keys that vary along ranges, and the figure with one
 * of them turned at a time. Every point has the seed of the scenario. */
#ifndef BAOGAN_STUDY_SENSITIVITY
#define BAOGAN_STUDY_SENSITIVITY

#include "study/axis.h"

#include <baogan/figure.h>
#include <baogan/sobol.h>

#define BG_SENSITIVITY_INPUTS      64
#define BG_SENSITIVITY_FEWEST_ROWS 16
/* A larger share of noise within points blurs what the indices say. */
#define BG_SENSITIVITY_NOISE 0.1
/* and from which on they are mostly that error */
#define BG_SENSITIVITY_DROWNED 0.5
#define BG_SENSITIVITY_SHARES  4 /* convergence is shown at n/8, n/4, n/2 and n rows */

/* Futures at a point are the fewest doubled until, at the A and B of so many rows, the error within the points is at most half
 * of BG_SENSITIVITY_NOISE of their variance: half, since a variance of so few points is itself uncertain. */
#define BG_SENSITIVITY_FEWEST_FUTURES 250
#define BG_SENSITIVITY_PILOT_ROWS     32
/* Screening: inputs of which, by at least so many rows, the total index lies below this with its interval have no further ones, and stay as
 * the scenario has them. */
#define BG_SENSITIVITY_SCREENING_ROWS 32
#define BG_SENSITIVITY_SMALL          0.02

/* All is borrowed. */
typedef struct bg_sensitivity_question {
    const bg_scenario_source *source;
    const bg_model *model; /* of the source as it is */
    const bg_axis *input;  /* read by bg_axis_range or bg_axis_usual */
    size_t inputs;         /* 1 … BG_SENSITIVITY_INPUTS */
    bool by_section;       /* inputs of one section of the scenario count as one */
    bg_figure figure[BG_FIGURE_UNITS];
    size_t figures; /* read off the same points: 1 … BG_FIGURE_UNITS */
    size_t rows;    /* of the design, at least BG_SENSITIVITY_FEWEST_ROWS */
    size_t
        replications; /* at every point; 0: as many as it takes, and no more than the scenario has */
    int threads;      /* at least 1 */
    const volatile int *stop; /* as in bg_projection_options; may be NULL */
    void (*progress)(void *context, double share);
    void *context;
} bg_sensitivity_question;

/* An input, or several that belong to one section: inputs first … end - 1. */
typedef struct bg_sensitivity_group {
    char *name; /* owned */
    size_t first, end;
    size_t rows; /* from which its indices are: fewer than others have where it was screened out */
} bg_sensitivity_group;

/* What two groups do together; of the groups with the largest total indices, all figures counted. */
#define BG_SENSITIVITY_PAIRED 3
#define BG_SENSITIVITY_PAIRS  (BG_SENSITIVITY_PAIRED * (BG_SENSITIVITY_PAIRED - 1) / 2)

typedef struct bg_sensitivity_pair {
    size_t first, second; /* groups */
    bg_sobol_index together;
} bg_sensitivity_pair;

/* Of one figure. */
typedef struct bg_sensitivity {
    bg_axis input[BG_SENSITIVITY_INPUTS]; /* as asked; by section in the order of their keys */
    size_t inputs;
    bg_sensitivity_group group[BG_SENSITIVITY_INPUTS];
    size_t groups;
    size_t order[BG_SENSITIVITY_INPUTS];        /* groups by falling total index */
    bg_sobol_indices at[BG_SENSITIVITY_SHARES]; /* by group, from so many rows: */
    size_t rows_at[BG_SENSITIVITY_SHARES];
    bg_sensitivity_pair pair[BG_SENSITIVITY_PAIRS];
    size_t pairs;
    size_t rows;         /* that count */
    size_t left_out;     /* further ones, in which keys contradict each other at some point */
    size_t points;       /* that were run for the indices */
    size_t replications; /* at each of them */
    uint64_t seed;
    bool varies; /* false: the figure is the same at all points, and all indices are 0 */
    /* Share of the variance that is the figures' own Monte Carlo error. As all points share their random
     * numbers most of it is common to them and does not blur the indices: an upper bound. */
    double inner_noise;
    /* The figure with one input at an end of its range and the others as the scenario has them, NaN where
     * that is no valid scenario; and with all as they are. By all replications of the scenario. */
    double low_end[BG_SENSITIVITY_INPUTS], high_end[BG_SENSITIVITY_INPUTS], as_given;
} bg_sensitivity;

/* The inputs that a scenario leaves open: keys left to an assumption that have a usual range, over which
 * they vary, at most BG_SENSITIVITY_INPUTS. BG_MEMORY, else BG_OK. */
bg_status bg_sensitivity_open_inputs(const bg_model *model, bg_axis input[BG_SENSITIVITY_INPUTS],
                                     size_t *count);

/* The inputs of a plan, with what is believed of them: the axes of the future of its section `sweep` that are spread along a range
 * or distribution; none where there is no such section. Their keys are borrowed from the scenario. */
bg_status bg_sensitivity_planned_inputs(const bg_scenario *scenario,
                                        bg_axis input[BG_SENSITIVITY_INPUTS], size_t *count,
                                        bg_errors *errors);

/* Fills one answer for each figure. Too many rows that have to be left out are an error; other failures,
 * BG_INTERRUPTED among them, may come without one. Free each with bg_sensitivity_free, also after failure; twice
 * is safe. */
bg_status bg_sensitivity_run(const bg_sensitivity_question *question, bg_sensitivity answers[],
                             bg_errors *errors);
void bg_sensitivity_free(bg_sensitivity *self);

#endif
