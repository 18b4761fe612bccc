/* The fixed batches of paired replications. */
#ifndef BAOGAN_STATISTICS_BATCHES
#define BAOGAN_STATISTICS_BATCHES

#include <stddef.h>

#define BG_BATCHES 32

/* Place (from 0) at which a batch begins among n draws; `batch` up to BG_BATCHES, the end of the last. */
size_t bg_batch_start(size_t n, size_t batch);

#endif
