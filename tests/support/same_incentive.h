/* Effective shares that are the same to the bit. */
#ifndef BAOGAN_TESTS_SUPPORT_SAME_INCENTIVE
#define BAOGAN_TESTS_SUPPORT_SAME_INCENTIVE

#include "projection/incentive.h"

/* Fails the test where a number differs by a bit; what lies between the members does not count. */
void assert_same_incentive(const bg_incentive_row *a, const bg_incentive_row *b);

#endif
