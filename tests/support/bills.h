/* Bills and their moments for the tests of benefit terms. */
#ifndef BAOGAN_TESTS_SUPPORT_BILLS
#define BAOGAN_TESTS_SUPPORT_BILLS

#include "demand/limited.h"

/* A distribution of bills: with that share of nothing and a severity that has this cv. Fails the test if there is
 * none. */
bg_limited bills_of(bg_severity_kind kind, double cv, double zero);

/* E[f(X, data); from < X <= to] for a bill X of mean 1, by GSL's adaptive quadrature to about 1e-11 of itself; f is
 * smooth, and of the order of X or less at 0. `to` may be infinite. */
double bills_integrate(const bg_limited *bills, double from, double to,
                       double (*f)(double x, const void *data), const void *data);

#endif
