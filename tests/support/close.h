/* Comparison of doubles within an absolute tolerance. */
#ifndef BAOGAN_TESTS_SUPPORT_CLOSE
#define BAOGAN_TESTS_SUPPORT_CLOSE

#define assert_close(obtained, expected, tolerance)                                                \
    check_close(obtained, expected, tolerance, #obtained, __FILE__, __LINE__)

/* Fails the test, naming the expression, where |obtained - expected| > tolerance or is no number.
 */
void check_close(double obtained, double expected, double tolerance, const char *what,
                 const char *file, int line);

#endif
