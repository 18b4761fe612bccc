#include "random/noise.h"
#include "random/normal.h"

/* Vectors of 64-bit lanes and the product of their lower halves. This one instruction is named because
 * gcc 12 does not find it: it multiplies 64 by 64 bits or shuffles 32-bit lanes, which takes up to twice
 * as long. */
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

/* Blocks that are made side by side: each is a chain of products that wait for one another. */
enum { SIDE_BY_SIDE = 8 };

typedef struct blocks {
    lanes word[4]; /* only the lower halves count */
} blocks;

/* Philox4x32-10 (Salmon et al., SC11): entry i of set g belongs to the replication
 * first + offset[g] + i step; see random/stream.c for key and counter. */
static inline void make_words(const philox *self, const uint32_t offset[SIDE_BY_SIDE],
                              uint32_t step, blocks set[SIDE_BY_SIDE])
{
    lanes replication;
    for (int i = 0; i < LANES; i++) {
        replication[i] = step * (uint64_t)i;
    }
    for (int g = 0; g < SIDE_BY_SIDE; g++) {
        set[g] = (blocks){{(lanes){0} + self->block, replication + (self->first + offset[g]),
                           (lanes){0} + (uint32_t)self->key, (lanes){0} + (self->key >> 32)}};
    }
    uint32_t k0 = (uint32_t)self->seed, k1 = (uint32_t)(self->seed >> 32);
    const lanes m0 = UINT64_C(0xD2511F53) - (lanes){0}, m1 = UINT64_C(0xCD9E8D57) - (lanes){0};
#pragma GCC unroll 10
    for (int round = 0; round < 10; round++) {
#pragma GCC unroll 8
        for (int g = 0; g < SIDE_BY_SIDE; g++) {
            lanes *c = set[g].word;
            const lanes a = PRODUCT(c[0], m0), b = PRODUCT(c[2], m1);
            c[0] = (b >> 32) ^ c[1] ^ k0;
            c[1] = b;
            c[2] = (a >> 32) ^ c[3] ^ k1;
            c[3] = a;
        }
        k0 += UINT32_C(0x9E3779B9);
        k1 += UINT32_C(0xBB67AE85);
    }
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

/* The next words for as many of n replications as there is room for, and that number. Sets take turns:
 * even replications in one, odd ones in the next. */
static size_t fill_words(words_chunk *self, const philox *generator, size_t n)
{
    const uint32_t count = within_chunk(n);
    for (uint32_t i = 0; i < count; i += SIDE_BY_SIDE * LANES) {
        uint32_t offset[SIDE_BY_SIDE];
        blocks set[SIDE_BY_SIDE];
        for (uint32_t g = 0; g < SIDE_BY_SIDE; g++) {
            offset[g] = i + g / 2 * 2 * LANES + g % 2;
        }
        make_words(generator, offset, 2, set);
        for (size_t g = 0; g < SIDE_BY_SIDE; g += 2) {
            for (size_t j = 0; j < 4; j++) {
                const lanes both = join(set[g].word[j], set[g + 1].word[j]);
                memcpy(self->word[j] + i + g * LANES, &both, sizeof both);
            }
        }
    }
    return count;
}

static size_t fill_pairs(pairs_chunk *self, const philox *generator, size_t n)
{
    const uint32_t count = within_chunk(n);
    for (uint32_t i = 0; i < count; i += SIDE_BY_SIDE * LANES) {
        uint32_t offset[SIDE_BY_SIDE];
        blocks set[SIDE_BY_SIDE];
        for (uint32_t g = 0; g < SIDE_BY_SIDE; g++) {
            offset[g] = i + g * LANES;
        }
        make_words(generator, offset, 1, set);
        for (size_t g = 0; g < SIDE_BY_SIDE; g++) {
            for (size_t j = 0; j < 2; j++) {
                const lanes pair = join(set[g].word[2 * j], set[g].word[2 * j + 1]);
                memcpy(self->pair[j] + i + g * LANES, &pair, sizeof pair);
            }
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

/* The distances of bg_radius, step by step (fast_simd.c says why). */
static void radii(size_t n, const uint64_t *restrict bits, double *restrict radius)
{
    double k[CHUNK], f[CHUNK], s[CHUNK];
    for (size_t i = 0; i < n; i++) {
        const bg_log_parts parts = bg_log_reduce(bg_uniform(bits[i]));
        k[i] = parts.k;
        f[i] = parts.f;
        s[i] = parts.s;
    }
    for (size_t i = 0; i < n; i++) {
        radius[i] = bg_log_reduced(s[i]);
    }
    for (size_t i = 0; i < n; i++) {
        radius[i] = bg_radius_of_log(bg_log_join((bg_log_parts){k[i], f[i], s[i]}, radius[i]));
    }
}

static void radii_single(size_t n, const uint32_t *restrict word, float *restrict radius)
{
    float k[CHUNK], f[CHUNK];
    for (size_t i = 0; i < n; i++) {
        const bg_logf_parts parts = bg_logf_reduce(bg_uniform_single(word[i]));
        k[i] = parts.k;
        f[i] = parts.f;
    }
    for (size_t i = 0; i < n; i++) {
        radius[i] = bg_logf_reduced(f[i]);
    }
    for (size_t i = 0; i < n; i++) {
        const float log = bg_logf_join((bg_logf_parts){k[i], f[i]}, radius[i]);
        radius[i] = bg_radius_of_log_single(log);
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
        double radius[CHUNK];
        radii(count, now.pair[0], radius);
        for (size_t i = 0; i < count; i++) {
            bg_turn(radius[i], now.pair[1][i], &u[i], &v[i]);
        }
    }
}

static void normals_single(uint64_t seed, uint64_t key, uint32_t block, uint32_t first, size_t n,
                           float *const z[6])
{
    words_chunk now;
    for (size_t start = 0; start < n; start += CHUNK) {
        const size_t count =
            fill_words(&now, &(philox){seed, key, block, first + (uint32_t)start}, n - start);
        for (size_t pair = 0; pair < 3; pair++) {
            float *restrict u = z[2 * pair] + start, *restrict v = z[2 * pair + 1] + start;
            const uint32_t *word = now.word[pair], *last = now.word[3];
            float radius[CHUNK];
            radii_single(count, word, radius);
            for (size_t i = 0; i < count; i++) {
                const uint32_t direction = bg_direction_single(word[i], last[i], pair);
                bg_turn_single(radius[i], direction, &u[i], &v[i]);
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
