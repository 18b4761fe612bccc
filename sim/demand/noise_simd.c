#include "demand/noise.h"
#include "demand/normal.h"

/* Vectors of 64-bit lanes and the product of their lower halves. This one instruction is named because
 * gcc 12 does not find it: it multiplies 64 by 64 bits (AVX-512: 0.70 ns a word, not 0.42) or shuffles
 * 32-bit lanes (AVX2: 1.5 ns, not 0.68). */
#if defined __AVX512F__
#include <immintrin.h>
enum { LANES = 8 };
typedef uint64_t lanes __attribute__((vector_size(64)));
#define PRODUCT(a, b) ((lanes)_mm512_mul_epu32((__m512i)(a), (__m512i)(b)))
#elif defined __AVX2__
#include <immintrin.h>
enum { LANES = 4 };
typedef uint64_t lanes __attribute__((vector_size(32)));
#define PRODUCT(a, b) ((lanes)_mm256_mul_epu32((__m256i)(a), (__m256i)(b)))
#elif defined __SSE2__
#include <emmintrin.h>
enum { LANES = 2 };
typedef uint64_t lanes __attribute__((vector_size(16)));
#define PRODUCT(a, b) ((lanes)_mm_mul_epu32((__m128i)(a), (__m128i)(b)))
#else
enum { LANES = 2 };
typedef uint64_t lanes __attribute__((vector_size(16)));
#define PRODUCT(a, b) (((a)&UINT32_MAX) * ((b)&UINT32_MAX))
#endif

/* Replications whose words are made at a time; their words stay in the first cache. */
enum { CHUNK = 128 };

typedef struct chunk {
    uint32_t word[4][CHUNK];
} chunk;

typedef struct philox {
    uint64_t seed, key;
    uint32_t block, first;
} philox;

/* Philox4x32-10 (Salmon et al., SC11) of the counters of LANES replications; see demand/stream.c for key
 * and counter. Only the lower halves of lanes count. */
static inline void philox_rounds(const philox *self, lanes c[4])
{
    uint32_t k0 = (uint32_t)self->seed, k1 = (uint32_t)(self->seed >> 32);
    const lanes m0 = UINT64_C(0xD2511F53) - (lanes){0}, m1 = UINT64_C(0xCD9E8D57) - (lanes){0};
#pragma GCC unroll 10
    for (int round = 0; round < 10; round++) {
        const lanes a = PRODUCT(c[0], m0), b = PRODUCT(c[2], m1);
        c[0] = (b >> 32) ^ c[1] ^ k0;
        c[1] = b;
        c[2] = (a >> 32) ^ c[3] ^ k1;
        c[3] = a;
        k0 += UINT32_C(0x9E3779B9);
        k1 += UINT32_C(0xBB67AE85);
    }
}

/* Of every second replication from the given one. */
static inline void words_of(const philox *self, uint32_t offset, lanes word[4])
{
    lanes replication;
    for (int i = 0; i < LANES; i++) {
        replication[i] = 2 * (uint64_t)i;
    }
    word[0] = (lanes){0} + self->block;
    word[1] = replication + (self->first + offset);
    word[2] = (lanes){0} + (uint32_t)self->key;
    word[3] = (lanes){0} + (self->key >> 32);
    philox_rounds(self, word);
}

/* The next words, and how many of n replications they serve. */
static size_t fill(chunk *self, const philox *generator, size_t n)
{
    for (uint32_t i = 0; i < CHUNK; i += 2 * LANES) {
        lanes even[4], odd[4];
        words_of(generator, i, even);
        words_of(generator, i + 1, odd);
        for (int j = 0; j < 4; j++) {
            const lanes both = (even[j] & UINT32_MAX) | odd[j] << 32;
            memcpy(self->word[j] + i, &both, sizeof both);
        }
    }
    return n < CHUNK ? n : CHUNK;
}

static void words(uint64_t seed, uint64_t key, uint32_t block, uint32_t first, size_t n,
                  uint32_t *const word[4])
{
    chunk now;
    for (size_t start = 0; start < n; start += CHUNK) {
        const size_t count =
            fill(&now, &(philox){seed, key, block, first + (uint32_t)start}, n - start);
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
        const size_t count =
            fill(&now, &(philox){seed, key, block, first + (uint32_t)start}, n - start);
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
        const size_t count =
            fill(&now, &(philox){seed, key, block, first + (uint32_t)start}, n - start);
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
        const size_t count =
            fill(&now, &(philox){seed, key, block, first + (uint32_t)start}, n - start);
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
