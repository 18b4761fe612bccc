/* Random numbers that a test can begin again: splitmix64 (Steele, Lea, Flood 2014). */
#ifndef BAOGAN_TESTS_SUPPORT_SPLITMIX
#define BAOGAN_TESTS_SUPPORT_SPLITMIX

#include <stdint.h>

/* The next 64 bits. */
uint64_t splitmix(uint64_t *state);
/* 0 … largest */
int64_t splitmix_up_to(uint64_t *state, int64_t largest);

#endif
