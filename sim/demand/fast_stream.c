#include "demand/fast_stream.h"

bg_rng *bg_fast_stream(bg_block_sampler *self, size_t future, uint64_t key)
{
    bg_stream_select(&self->stream, self->demand->seed, self->first + (uint32_t)future, key);
    return &self->rng;
}

void bg_fast_normals(bg_block_sampler *self, uint64_t key, double *const z[BG_PARTS])
{
    self->noise->normals(self->demand->seed, key, 0, self->first, self->n, z[0], z[1]);
}
