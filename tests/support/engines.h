/* The fast engine against the reference engine, by many futures of each. */
#ifndef BAOGAN_TESTS_SUPPORT_ENGINES
#define BAOGAN_TESTS_SUPPORT_ENGINES

#include <stddef.h>

/* Lines and totals with every default; few cases of every kind; the further forms; measures and incidents
 * among emergencies. */
enum { ENGINE_SCENARIOS = 4 };
extern const char *const engine_scenarios[ENGINE_SCENARIOS];

/* Draws `replications` futures of a scenario with each engine and compares, for every scheme and year,
 * mean and spread of every amount and the distribution of the expense at five points. Fails the test
 * where one differs by more than its joint error allows: over the seeds, a sound engine fails once in
 * 1,000, all comparisons of a scenario together (Bonferroni). */
void compare_engines(const char *scenario, size_t replications);

#endif
