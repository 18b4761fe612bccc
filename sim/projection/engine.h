/* Runs replications in blocks, spread over threads. */
#ifndef BAOGAN_PROJECTION_ENGINE
#define BAOGAN_PROJECTION_ENGINE

#include "projection/frame.h"
#include "projection/parties.h"

typedef struct bg_engine bg_engine;

/* Entries of a frame, from `at` on. */
typedef struct bg_frame_place {
    bg_frame *frame;
    size_t at;
} bg_frame_place;

/* An engine for at most `most` replications, of which progress is told the share. NULL and an error
 * when out of memory. */
bg_engine *bg_engine_new(const bg_parties *parties, const bg_projection_options *options,
                         size_t most, bg_errors *errors);
void bg_engine_free(bg_engine *self);

/* Runs replications first + 1 … first + n into n entries of a frame for each party. The result is the
 * same for any number of threads and any size of blocks: entries depend on their replication only and
 * have fixed places, and where blocks fail it is the first of them that is reported. */
bg_status bg_engine_run(bg_engine *self, size_t first, size_t n, const bg_frame_place *to,
                        bg_errors *errors);

int bg_engine_threads(const bg_engine *self);

#endif
