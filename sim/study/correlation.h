/* Axes of a sweep that move together. */
#ifndef BAOGAN_STUDY_CORRELATION
#define BAOGAN_STUDY_CORRELATION

#include "study/axis.h"

/* A Gaussian copula (NORTA; Cario, Nelson: Modeling and generating random vectors with arbitrary marginal distributions and
 * correlation matrix, Northwestern University, 1997): the shares u of the axes' distributions become normal scores z, which are
 * mixed, L z with L L' their correlations, and shares again. Each axis keeps its distribution. What is given is the rank
 * correlation s of two axes (Spearman's); that of their scores is then 2 sin(pi s / 6) (Pearson 1907). */
typedef struct bg_correlation {
    size_t axes;
    double *factor; /* L, [axes][axes], in its lower half; owned; NULL: none is correlated */
} bg_correlation;

/* Reads sweep.correlations, texts as "growth ~ trend = 0.6", of axes of the future that are spread by a design. Refused are
 * others, 1 and -1 and what is beyond, pairs that stand twice, and correlations that no numbers can have all at once. Free with
 * bg_correlation_free, also after failure; twice is safe. */
bg_status bg_correlation_read(const bg_node *correlations, const bg_axis *axis, size_t axes,
                              bg_correlation *self, bg_errors *errors);
void bg_correlation_free(bg_correlation *self);

/* Makes independent shares, 0 < u < 1, of all axes ones that are correlated. Of an axis that follows no earlier one the share
 * stays as it is. */
void bg_correlation_apply(const bg_correlation *self, double u[]);

#endif
