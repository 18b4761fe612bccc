/* The Philox4x32 block function with 10 rounds (Salmon et al., SC11; Random123). */
#ifndef BAOGAN_RANDOM_PHILOX
#define BAOGAN_RANDOM_PHILOX

#include <stdint.h>

void bg_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t output[4]);

#endif
