/* Sobol's sequence of points that fill the unit cube evenly (Sobol' 1967), in the order of Gray's code (Antonov and
 * Saleev 1979), with the polynomials and first directions of Bratley and Fox 1988, ACM TOMS 14, 88 (algorithm 659): the
 * points of gsl_qrng_sobol. */
#ifndef BAOGAN_RANDOM_SOBOL_SEQUENCE
#define BAOGAN_RANDOM_SOBOL_SEQUENCE

#include <stddef.h>
#include <stdint.h>

enum { BG_SOBOL_DIMENSIONS = 40, BG_SOBOL_BITS = 30 };

/* A place in the sequence. */
typedef struct bg_sobol_sequence {
    size_t dimensions;
    uint32_t given; /* points so far */
    uint32_t numerator[BG_SOBOL_DIMENSIONS];
    uint32_t direction[BG_SOBOL_BITS][BG_SOBOL_DIMENSIONS];
} bg_sobol_sequence;

/* 1 to BG_SOBOL_DIMENSIONS dimensions, at the start: the origin is left out. */
void bg_sobol_sequence_init(bg_sobol_sequence *self, size_t number);
/* The next of 2^BG_SOBOL_BITS - 1 points, multiples of 2^-BG_SOBOL_BITS in [0, 1). */
void bg_sobol_sequence_next(bg_sobol_sequence *self, double point[]);

#endif
