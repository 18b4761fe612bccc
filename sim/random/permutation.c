#include "random/permutation.h"

#include "random/philox.h"

#define ROUNDS 8

static uint64_t mix(uint64_t seed, uint64_t key, uint32_t round, uint64_t half)
{
    const uint32_t counter[4] = {(uint32_t)half, round, (uint32_t)key, (uint32_t)(key >> 32)};
    const uint32_t words[2] = {(uint32_t)seed, (uint32_t)(seed >> 32)};
    uint32_t output[4];
    bg_philox(counter, words, output);
    return output[0];
}

uint64_t bg_permutation_at(uint64_t seed, uint64_t key, uint64_t n, uint64_t i)
{
    unsigned bits = 1; /* of each half */
    while (bits < 31 && (n - 1) >> (2 * bits)) {
        bits++;
    }
    const uint64_t mask = (UINT64_C(1) << bits) - 1;
    do {
        uint64_t left = i >> bits;
        uint64_t right = i & mask;
        for (uint32_t round = 0; round < ROUNDS; round++) {
            const uint64_t next = left ^ (mix(seed, key, round, right) & mask);
            left = right;
            right = next;
        }
        i = left << bits | right;
    } while (i >= n);
    return i;
}
