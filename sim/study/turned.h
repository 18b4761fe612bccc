/* What the first year hangs on, at a glance: one assumption turned at a time, the others as they are.
 *
 * An input is a key that the scenario leaves to an assumption and that has a usual range; it is turned down and up by a tenth
 * of that range, within it. All runs have the same futures, so that what differs is what was turned; no Monte Carlo error of
 * its own is told. For indices with intervals over whole ranges see sensitivity.h. */
#ifndef BAOGAN_STUDY_TURNED
#define BAOGAN_STUDY_TURNED

#include "study/sensitivity.h"

#define BG_TURNED_FUTURES 2000 /* or as many as the scenario has, if that is less */
#define BG_TURNED_PART    10   /* of the usual range: one in so many */

/* The first year: the chance that at least one scheme overspends, and the community's mean result in fen, of all schemes
 * together. NaN where the value contradicts another. */
typedef struct bg_turned_figures {
    double chance, result;
} bg_turned_figures;

typedef struct bg_turned {
    bg_axis input;           /* its key is borrowed from the model */
    int64_t given, value[2]; /* in units of its row; down and up */
    bg_turned_figures figures[2];
} bg_turned;

typedef struct bg_turned_list {
    bg_turned_figures given;
    size_t futures, count;
    bg_turned
        item[BG_SENSITIVITY_INPUTS]; /* by falling difference of the chance; without effect none */
} bg_turned_list;

/* `model` is that of the source as it is, and outlives the list. Failures of a single value are NaN; BG_MEMORY,
 * BG_INTERRUPTED or BG_INTERNAL end it. Nothing is to be freed. */
bg_status bg_turned_find(const bg_scenario_source *source, const bg_model *model, int threads,
                         const volatile int *stop, bg_turned_list *self);

#endif
