/* Mean of what a test draws, and how sure it is. */
#ifndef BAOGAN_TESTS_SUPPORT_MOMENTS
#define BAOGAN_TESTS_SUPPORT_MOMENTS

/* Zero-initialise. */
typedef struct moments {
    double n, sum, squares;
} moments;

void moments_add(moments *self, double x);
/* Fails the test where the mean is further than four standard errors, and rounding, from what it should be. */
#define assert_mean(self, expected) check_mean(self, expected, #self, __FILE__, __LINE__)
void check_mean(const moments *self, double expected, const char *what, const char *file, int line);

#endif
