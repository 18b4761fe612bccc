#include "bills.h"

#include <gsl/gsl_integration.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum { INTERVALS = 2000 };

typedef struct integrand {
    const bg_limited *bills;
    double (*f)(double x, const void *data);
    const void *data;
} integrand;

bg_limited bills_of(bg_severity_kind kind, double cv, double zero)
{
    bg_severity severity;
    bg_limited bills;
    assert_true(bg_severity_init(&severity, kind, cv));
    bg_limited_init(&bills, &severity, zero);
    return bills;
}

/* Where the tail of lognormal_pareto begins, at the 99 % quantile of its body. */
static double threshold_of(const bg_severity *severity)
{
    return exp(severity->location + severity->sigma * 2.3263478740408408);
}

static double pareto_density(const bg_severity *severity, double x)
{
    const double threshold = threshold_of(severity);
    return x < threshold ? gsl_ran_lognormal_pdf(x, severity->location, severity->sigma)
                         : 0.01 * 3 * pow(threshold / x, 3) / x;
}

static double density(const bg_severity *severity, double x)
{
    const double square = severity->cv * severity->cv;
    switch (severity->kind) {
    case BG_SEVERITY_GAMMA:
        return gsl_ran_gamma_pdf(x, 1 / square, square);
    case BG_SEVERITY_LOGNORMAL:
        return gsl_ran_lognormal_pdf(x, severity->location, severity->sigma);
    case BG_SEVERITY_LOGNORMAL_PARETO:
        return pareto_density(severity, x);
    }
    return 0;
}

/* Over the logarithm of the bill, which is kinder to small shapes and long tails. */
static double at_log(double log_bill, void *data)
{
    const integrand *of = data;
    const double x = exp(log_bill), positive = 1 - of->bills->zero, y = x * positive;
    return positive * y * density(&of->bills->severity, y) * of->f(x, of->data);
}

static double integrate(const gsl_function *function, double low, double high)
{
    enum { PIECES = 200 }; /* so that a narrow peak is seen */
    gsl_integration_workspace *space = gsl_integration_workspace_alloc(INTERVALS);
    const double width = (high - low) / PIECES;
    double sum = 0;
    for (int i = 0; i < PIECES; i++) {
        double piece, error;
        const double start = low + i * width;
        assert_int_equal(gsl_integration_qag(function, start, start + width, 1e-60, 1e-11,
                                             INTERVALS, GSL_INTEG_GAUSS31, space, &piece, &error),
                         0);
        sum += piece;
    }
    gsl_integration_workspace_free(space);
    return sum;
}

double bills_integrate(const bg_limited *bills, double from, double to,
                       double (*f)(double x, const void *data), const void *data)
{
    integrand of = {bills, f, data};
    gsl_function function;
    function.function = at_log;
    function.params = &of;
    const double low = from > 0 ? log(from) : -60, high = to < HUGE_VAL ? log(to) : 80;
    if (bills->severity.kind != BG_SEVERITY_LOGNORMAL_PARETO) {
        return integrate(&function, low, high);
    }
    /* The density jumps there. */
    const double jump = log(threshold_of(&bills->severity) / (1 - bills->zero));
    const double middle = fmin(fmax(jump, low), high);
    return integrate(&function, low, middle) + integrate(&function, middle, high);
}
