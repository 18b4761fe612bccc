/* Random columns: entry i belongs to replication first + i. Each function uses one Philox block of four
 * words of the stream with that seed and key: what bg_stream_select(rng, seed, first + i, key) draws as
 * its words 4 block to 4 block + 3. What is made of them is in random/normal.h; two functions of the same
 * block are dependent, so count the blocks on. Columns may have any length and must not overlap. */
#ifndef BAOGAN_RANDOM_NOISE
#define BAOGAN_RANDOM_NOISE

#include "base/isa.h"

#include <stddef.h>
#include <stdint.h>

typedef struct bg_noise {
    void (*words)(uint64_t seed, uint64_t key, uint32_t block, uint32_t first, size_t n,
                  uint32_t *const word[4]);
    /* Two independent columns. */
    void (*uniforms)(uint64_t seed, uint64_t key, uint32_t block, uint32_t first, size_t n,
                     double *a, double *b);
    /* Two independent columns. */
    void (*normals)(uint64_t seed, uint64_t key, uint32_t block, uint32_t first, size_t n,
                    double *a, double *b);
    /* Six independent columns. */
    void (*normals_single)(uint64_t seed, uint64_t key, uint32_t block, uint32_t first, size_t n,
                           float *const z[6]);
} bg_noise;

BG_ISA_TABLES(bg_noise)

/* The functions for this machine. */
static inline const bg_noise *bg_noise_functions(void)
{
    return BG_ISA_TABLE(bg_noise);
}

#endif
