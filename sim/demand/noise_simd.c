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

typedef struct philox {
    uint64_t seed, key;
    uint32_t block, first;
} philox;

/* Philox4x32-10 (Salmon et al., SC11) for LANES replications, `step` apart, from first + offset; see
 * demand/stream.c for key and counter. Only the lower halves of lanes count. */
static inline void make_words(const philox *self, uint32_t offset, uint32_t step, lanes word[4])
{
    lanes replication;
    for (int i = 0; i < LANES; i++) {
        replication[i] = step * (uint64_t)i;
    }
    lanes c0 = (lanes){0} + self->block, c1 = replication + (self->first + offset);
    lanes c2 = (lanes){0} + (uint32_t)self->key, c3 = (lanes){0} + (self->key >> 32);
    uint32_t k0 = (uint32_t)self->seed, k1 = (uint32_t)(self->seed >> 32);
    const lanes m0 = UINT64_C(0xD2511F53) - (lanes){0}, m1 = UINT64_C(0xCD9E8D57) - (lanes){0};
#pragma GCC unroll 10
    for (int round = 0; round < 10; round++) {
        const lanes a = PRODUCT(c0, m0), b = PRODUCT(c2, m1);
        c0 = (b >> 32) ^ c1 ^ k0;
        c1 = b;
        c2 = (a >> 32) ^ c3 ^ k1;
        c3 = a;
        k0 += UINT32_C(0x9E3779B9);
        k1 += UINT32_C(0xBB67AE85);
    }
    word[0] = c0;
    word[1] = c1;
    word[2] = c2;
    word[3] = c3;
}

/* The lower halves of a, and those of b above them. */
static inline lanes join(lanes a, lanes b)
{
    return (a & UINT32_MAX) | b << 32;
}

/* Replications whose words are made at a time; their words stay in the first cache. */
enum { CHUNK = 128 };

typedef struct words_chunk {
    uint32_t word[4][CHUNK];
} words_chunk;

typedef struct pairs_chunk {
    uint64_t pair[2][CHUNK]; /* words 0 and 1, 2 and 3 */
} pairs_chunk;

static uint32_t within_chunk(size_t n)
{
    return n < CHUNK ? (uint32_t)n : CHUNK;
}

/* The next words for as many of n replications as there is room for, and that number. */
static size_t fill_words(words_chunk *self, const philox *generator, size_t n)
{
    const uint32_t count = within_chunk(n);
    for (uint32_t i = 0; i < count; i += 2 * LANES) {
        lanes even[4], odd[4];
        make_words(generator, i, 2, even);
        make_words(generator, i + 1, 2, odd);
        for (size_t j = 0; j < 4; j++) {
            const lanes both = join(even[j], odd[j]);
            memcpy(self->word[j] + i, &both, sizeof both);
        }
    }
    return count;
}

static size_t fill_pairs(pairs_chunk *self, const philox *generator, size_t n)
{
    const uint32_t count = within_chunk(n);
    for (uint32_t i = 0; i < count; i += 2 * LANES) {
        lanes low[4], high[4];
        make_words(generator, i, 1, low);
        make_words(generator, i + LANES, 1, high);
        for (size_t j = 0; j < 2; j++) {
            const lanes pair[2] = {join(low[2 * j], low[2 * j + 1]),
                                   join(high[2 * j], high[2 * j + 1])};
            memcpy(self->pair[j] + i, pair, sizeof pair);
        }
    }
    return count;
}

static void words(uint64_t seed, uint64_t key, uint32_t block, uint32_t first, size_t n,
                  uint32_t *const word[4])
{
    words_chunk now;
    for (size_t start = 0; start < n; start += CHUNK) {
        const size_t count =
            fill_words(&now, &(philox){seed, key, block, first + (uint32_t)start}, n - start);
        for (int i = 0; i < 4; i++) {
            memcpy(word[i] + start, now.word[i], count * sizeof *word[i]);
        }
    }
}

static void uniforms(uint64_t seed, uint64_t key, uint32_t block, uint32_t first, size_t n,
                     double *a, double *b)
{
    pairs_chunk now;
    for (size_t start = 0; start < n; start += CHUNK) {
        const size_t count =
            fill_pairs(&now, &(philox){seed, key, block, first + (uint32_t)start}, n - start);
        double *restrict u = a + start, *restrict v = b + start;
        for (size_t i = 0; i < count; i++) {
            u[i] = bg_uniform(now.pair[0][i]);
            v[i] = bg_uniform(now.pair[1][i]);
        }
    }
}

static void normals(uint64_t seed, uint64_t key, uint32_t block, uint32_t first, size_t n,
                    double *a, double *b)
{
    pairs_chunk now;
    for (size_t start = 0; start < n; start += CHUNK) {
        const size_t count =
            fill_pairs(&now, &(philox){seed, key, block, first + (uint32_t)start}, n - start);
        double *restrict u = a + start, *restrict v = b + start;
        for (size_t i = 0; i < count; i++) {
            const double radius = bg_radius(now.pair[0][i]);
            bg_turn(radius, now.pair[1][i], &u[i], &v[i]);
        }
    }
}

static void normals_single(uint64_t seed, uint64_t key, uint32_t block, uint32_t first, size_t n,
                           float *const z[4])
{
    words_chunk now;
    for (size_t start = 0; start < n; start += CHUNK) {
        const size_t count =
            fill_words(&now, &(philox){seed, key, block, first + (uint32_t)start}, n - start);
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
