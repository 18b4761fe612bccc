/* Running a part of a sweep into its directory, over threads. */
#ifndef BAOGAN_STORE_WORK
#define BAOGAN_STORE_WORK

#include "store/chunk.h"

typedef struct bg_work_options {
    int threads;                                   /* 0: as OpenMP decides */
    void (*progress)(void *context, double share); /* or NULL; one thread at a time */
    void *context;
    const volatile int *stop; /* non-zero: each thread finishes its scenario; may be NULL */
} bg_work_options;

/* Runs what is missing or damaged of the chunks in the range, which the caller has locked. The result
 * does not depend on the number of threads. BG_INTERRUPTED after `stop`: running again goes on. */
bg_status bg_work_run(const bg_folder *folder, const bg_sweep *sweep, bg_chunk_range range,
                      const bg_work_options *options, bg_errors *errors);

#endif
