/* Where in a sweep a target is missed, or met: boxes of its axes, found by peeling (statistics/peeling.h). */
#ifndef BAOGAN_STORE_DISCOVERY
#define BAOGAN_STORE_DISCOVERY

#include "statistics/peeling.h"
#include "store/reader.h"

#define BG_DISCOVERY_BOXES    3
#define BG_DISCOVERY_DENSITY  0.8  /* of the scenarios of a box, unless asked otherwise */
#define BG_DISCOVERY_CHANCE   0.05 /* above it a bound says nothing and is left out */
#define BG_DISCOVERY_COVERAGE 0.05 /* a further box has at least so many of those that are sought */

typedef struct bg_discovery_question {
    const char *target;
    bool met;       /* where it is met, in place of where it is missed */
    double density; /* that a box is to have: share of its scenarios that are sought */
} bg_discovery_question;

typedef struct bg_discovery_box {
    bg_peeling peeling;
    size_t chosen;     /* of the peeling */
    bg_box box;        /* that one without bounds that say nothing */
    bg_box_side *side; /* private */
    double *chance;    /* [axis]: bg_box_chance; of scenarios outside the boxes before */
} bg_discovery_box;

/* Of the scenarios of one policy, or of all. */
typedef struct bg_discovery {
    size_t axes, scenarios, sought;
    const bg_store_column *axis[BG_MAX_AXES];   /* borrowed from the store */
    double *value;                              /* [axis][scenario] */
    bool *hit;                                  /* [scenario]: is sought */
    double low[BG_MAX_AXES], high[BG_MAX_AXES]; /* tried */
    size_t boxes;
    bg_discovery_box box[BG_DISCOVERY_BOXES];
} bg_discovery;

/* The column of a target. BG_USAGE, with those that there are, where there is none of that name. */
bg_status bg_discovery_target(const bg_store_reader *store, const char *name,
                              const bg_store_column **target, bg_errors *errors);

/* Scenarios that ran, of the policy of that name, or of all where it is NULL; their axes that are numbers and take more
 * than one value. BG_USAGE where there is no such policy, no scenario or no axis. Free with bg_discovery_free whatever
 * the outcome; twice is safe. */
bg_status bg_discovery_find(const bg_store_reader *store, const bg_discovery_question *question,
                            const char *policy, bg_discovery *self, bg_errors *errors);
void bg_discovery_free(bg_discovery *self);

/* The axis of a box with the k-th smallest chance among those that it bounds; `axes` where there are fewer. */
size_t bg_discovery_bounded(const bg_discovery *self, size_t box, size_t k);

#endif
