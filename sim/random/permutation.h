/* A random order of 0 … n-1 without a table: entry i is computed from (key, n, i) alone.
 *
 * A Feistel network of eight rounds on the smallest even number of bits that holds n - 1, with Philox as
 * round function, walked until it falls below n (Black and Rogaway, CT-RSA 2002: cycle walking). */
#ifndef BAOGAN_RANDOM_PERMUTATION
#define BAOGAN_RANDOM_PERMUTATION

#include <stdint.h>

/* i < n <= 2^62. `key` and `seed` name the order. */
uint64_t bg_permutation_at(uint64_t seed, uint64_t key, uint64_t n, uint64_t i);

#endif
