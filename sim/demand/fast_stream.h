/* Random numbers of one future, and of all futures of a block. */
#ifndef BAOGAN_DEMAND_FAST_STREAM
#define BAOGAN_DEMAND_FAST_STREAM

#include "demand/fast.h"

/* Points the generator of words at a stream of a future. */
bg_rng *bg_fast_stream(bg_block_sampler *self, size_t future, uint64_t key);
/* Two columns of standard normals from a stream. */
void bg_fast_normals(bg_block_sampler *self, uint64_t key, double *const z[BG_PARTS]);

#endif
