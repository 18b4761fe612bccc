/* Random words for tests. Free with rng_free. */
#ifndef BAOGAN_TESTS_SUPPORT_RNG
#define BAOGAN_TESTS_SUPPORT_RNG

#include <baogan/stream.h>
#include <stddef.h>
#include <stdint.h>

/* The word from which bg_rng_uniform gives about u, 0 <= u < 1. */
#define SCRIPT_UNIFORM(u) ((uint32_t)((u)*0x1p32))

/* Words from which gsl_ran_gaussian_ziggurat gives -9.9: the lowest layer's tail, below; a uniform
 * next to 1 (the tail's distance), a uniform of 0 (accepted). */
#define SCRIPT_FAR_BELOW_ZERO 0xffffff7f, 0xffffffff, 0
#define SCRIPT_FAR_ABOVE_ZERO 0xffffffff, 0xffffffff, 0

/* Replays words[0..n-1], which are borrowed, to reach rare branches without luck; drawing more fails the test. */
bg_rng *scripted_rng(const uint32_t *words, size_t n);
/* Words not drawn yet. */
size_t scripted_rng_left(const bg_rng *rng);

/* Words of the stream "test" of that seed. */
bg_rng *seeded_rng(uint64_t seed);
void rng_free(bg_rng *rng);

#endif
