#include "demand/noise.h"
#include "demand/normal.h"

/* Replications whose words are made at a time; their words stay in the first cache. */
enum { CHUNK = 128 };

typedef struct chunk {
    uint32_t word[4][CHUNK];
} chunk;

/* Philox4x32-10 (Salmon et al., SC11): see demand/philox.c and demand/stream.c for key and counter. */
static void fill(chunk *self, uint64_t seed, uint64_t key, uint32_t block, uint32_t first)
{
    for (uint32_t i = 0; i < CHUNK; i++) {
        uint32_t c0 = block, c1 = first + i, c2 = (uint32_t)key, c3 = (uint32_t)(key >> 32);
        uint32_t k0 = (uint32_t)seed, k1 = (uint32_t)(seed >> 32);
#pragma GCC unroll 10
        for (int round = 0; round < 10; round++) {
            const uint64_t a = UINT64_C(0xD2511F53) * c0, b = UINT64_C(0xCD9E8D57) * c2;
            c0 = (uint32_t)(b >> 32) ^ c1 ^ k0;
            c1 = (uint32_t)b;
            c2 = (uint32_t)(a >> 32) ^ c3 ^ k1;
            c3 = (uint32_t)a;
            k0 += UINT32_C(0x9E3779B9);
            k1 += UINT32_C(0xBB67AE85);
        }
        self->word[0][i] = c0;
        self->word[1][i] = c1;
        self->word[2][i] = c2;
        self->word[3][i] = c3;
    }
}

static void words(uint64_t seed, uint64_t key, uint32_t block, uint32_t first, size_t n,
                  uint32_t *const word[4])
{
    chunk now;
    for (size_t start = 0; start < n; start += CHUNK) {
        const size_t count = n - start < CHUNK ? n - start : CHUNK;
        fill(&now, seed, key, block, first + (uint32_t)start);
        for (int i = 0; i < 4; i++) {
            memcpy(word[i] + start, now.word[i], count * sizeof *word[i]);
        }
    }
}

static void uniforms(uint64_t seed, uint64_t key, uint32_t block, uint32_t first, size_t n,
                     double *a, double *b)
{
    chunk now;
    for (size_t start = 0; start < n; start += CHUNK) {
        const size_t count = n - start < CHUNK ? n - start : CHUNK;
        fill(&now, seed, key, block, first + (uint32_t)start);
        double *restrict u = a + start, *restrict v = b + start;
        for (size_t i = 0; i < count; i++) {
            u[i] = bg_uniform(now.word[0][i], now.word[1][i]);
            v[i] = bg_uniform(now.word[2][i], now.word[3][i]);
        }
    }
}

static void normals(uint64_t seed, uint64_t key, uint32_t block, uint32_t first, size_t n,
                    double *a, double *b)
{
    chunk now;
    for (size_t start = 0; start < n; start += CHUNK) {
        const size_t count = n - start < CHUNK ? n - start : CHUNK;
        fill(&now, seed, key, block, first + (uint32_t)start);
        double *restrict u = a + start, *restrict v = b + start;
        for (size_t i = 0; i < count; i++) {
            const double radius = bg_radius(now.word[0][i], now.word[1][i]);
            bg_turn(radius, now.word[2][i], now.word[3][i], &u[i], &v[i]);
        }
    }
}

static void normals_single(uint64_t seed, uint64_t key, uint32_t block, uint32_t first, size_t n,
                           float *const z[4])
{
    chunk now;
    for (size_t start = 0; start < n; start += CHUNK) {
        const size_t count = n - start < CHUNK ? n - start : CHUNK;
        fill(&now, seed, key, block, first + (uint32_t)start);
        for (int pair = 0; pair < 4; pair += 2) {
            float *restrict u = z[pair] + start, *restrict v = z[pair + 1] + start;
            const uint32_t *distance = now.word[pair], *direction = now.word[pair + 1];
            for (size_t i = 0; i < count; i++) {
                bg_turn_single(bg_radius_single(distance[i]), direction[i], &u[i], &v[i]);
            }
        }
    }
}

const bg_noise BG_ISA_NAME(bg_noise) = {
    .words = words,
    .uniforms = uniforms,
    .normals = normals,
    .normals_single = normals_single,
};
