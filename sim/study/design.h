/* The design of a sweep: which values the axes of the future have in future i, and those of policy in
 * policy j. */
#ifndef BAOGAN_STUDY_DESIGN
#define BAOGAN_STUDY_DESIGN

#include "random/sobol_sequence.h"
#include "study/correlation.h"
#include "study/variant.h"

#include <baogan/sweep.h>

/* In the order of the choices of sweep.design. */
typedef enum bg_design_kind {
    BG_DESIGN_GRID,
    BG_DESIGN_LIST,
    BG_DESIGN_LATIN_HYPERCUBE,
    BG_DESIGN_SOBOL
} bg_design_kind;

typedef struct bg_design {
    bg_design_kind kind;
    bg_axis axis[BG_MAX_AXES];
    size_t axis_count;
    uint64_t futures;
    uint64_t policy_levels; /* combinations of the axes of policy */
    uint64_t seed;
    bg_correlation correlation;
    int64_t *list; /* [future][axis] of the design list */
} bg_design;

/* Reads axes and design. Free with bg_design_free, also after failure; twice is safe. */
bg_status bg_design_read(const bg_scenario *scenario, bg_design *self, bg_errors *errors);
void bg_design_free(bg_design *self);

/* The place of one thread in a Sobol' sequence, which is generated in order. */
typedef struct bg_design_cursor {
    bg_sobol_sequence sequence;
    uint64_t next; /* point that the sequence gives next */
} bg_design_cursor;

void bg_design_cursor_init(const bg_design *self, bg_design_cursor *cursor);

/* The values of all axes in a future and at a combination of policy levels. */
void bg_design_at(const bg_design *self, bg_design_cursor *cursor, uint64_t future,
                  uint64_t policy_level, int64_t value[BG_MAX_AXES]);
/* The values as settings, one of each axis. */
void bg_design_settings(const bg_design *self, const int64_t value[BG_MAX_AXES],
                        bg_setting settings[BG_MAX_AXES]);

#endif
