/* The reference engine: replications in blocks, spread over threads. */
#ifndef BAOGAN_PROJECTION_ENGINE_H
#define BAOGAN_PROJECTION_ENGINE_H

#include "projection/draws.h"

/* Fills `draws` (n = the number of replications). The result is the same for any number of threads:
 * a block's entries depend on its replications only and have fixed places, and where blocks fail it
 * is the first of them that is reported. */
bg_status bg_engine_run(const bg_model *model, const bg_projection_options *options,
                        bg_draws *draws, bg_errors *errors);

/* Threads to use for `tasks` tasks: as asked for, else as OpenMP decides, and no more than tasks. */
int bg_engine_threads(const bg_projection_options *options, size_t tasks);

#endif
