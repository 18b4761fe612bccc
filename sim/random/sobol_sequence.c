#include "random/sobol_sequence.h"

enum { LARGEST_DEGREE = 8 };

/* Of a primitive polynomial modulo 2, bit k: the coefficient of x^k, and its first directions, whose last bits the
 * next ones follow from. The first dimension has none: its directions are 1/2, 1/4, 1/8, ... */
typedef struct dimension {
    uint16_t polynomial;
    uint8_t first[LARGEST_DEGREE];
} dimension;

static const dimension dimensions[BG_SOBOL_DIMENSIONS] = {
    {1, {0}},
    {3, {1}},
    {7, {1, 1}},
    {11, {1, 3, 7}},
    {13, {1, 1, 5}},
    {19, {1, 3, 1, 1}},
    {25, {1, 1, 3, 7}},
    {37, {1, 3, 3, 9, 9}},
    {59, {1, 3, 7, 13, 3}},
    {47, {1, 1, 5, 11, 27}},
    {61, {1, 3, 5, 1, 15}},
    {55, {1, 1, 7, 3, 29}},
    {41, {1, 3, 7, 7, 21}},
    {67, {1, 1, 1, 9, 23, 37}},
    {97, {1, 3, 3, 5, 19, 33}},
    {91, {1, 1, 3, 13, 11, 7}},
    {109, {1, 1, 7, 13, 25, 5}},
    {103, {1, 3, 5, 11, 7, 11}},
    {115, {1, 1, 1, 3, 13, 39}},
    {131, {1, 3, 1, 15, 17, 63, 13}},
    {193, {1, 1, 5, 5, 1, 27, 33}},
    {137, {1, 3, 3, 3, 25, 17, 115}},
    {145, {1, 1, 3, 15, 29, 15, 41}},
    {143, {1, 3, 1, 7, 3, 23, 79}},
    {241, {1, 3, 7, 9, 31, 29, 17}},
    {157, {1, 1, 5, 13, 11, 3, 29}},
    {185, {1, 3, 1, 9, 5, 21, 119}},
    {167, {1, 1, 3, 1, 23, 13, 75}},
    {229, {1, 3, 3, 11, 27, 31, 73}},
    {171, {1, 1, 7, 7, 19, 25, 105}},
    {213, {1, 3, 5, 5, 21, 9, 7}},
    {191, {1, 1, 1, 15, 5, 49, 59}},
    {253, {1, 1, 1, 1, 1, 33, 65}},
    {203, {1, 3, 5, 15, 17, 19, 21}},
    {211, {1, 1, 7, 11, 13, 29, 3}},
    {239, {1, 3, 7, 5, 7, 11, 113}},
    {247, {1, 1, 5, 3, 15, 19, 61}},
    {285, {1, 3, 1, 1, 9, 27, 89, 7}},
    {369, {1, 1, 3, 7, 31, 15, 45, 23}},
    {299, {1, 3, 3, 9, 9, 25, 107, 39}},
};

static size_t degree_of(uint16_t polynomial)
{
    size_t degree = 0;
    while (polynomial >> (degree + 1)) {
        degree++;
    }
    return degree;
}

/* The direction of bit j as a whole number of 2^-(j + 1): of degree d, from the d before it. */
static uint32_t next_direction(const dimension *of, size_t degree, const uint32_t before[],
                               size_t j)
{
    uint32_t next = before[j - degree];
    for (size_t k = 0; k < degree; k++) {
        const uint32_t holds = of->polynomial >> k & 1U;
        next ^= holds * (before[j - (degree - k)] << (degree - k));
    }
    return next;
}

static void find_directions(bg_sobol_sequence *self, size_t i)
{
    const dimension *of = &dimensions[i];
    const size_t degree = degree_of(of->polynomial);
    uint32_t direction[BG_SOBOL_BITS];
    for (size_t j = 0; j < BG_SOBOL_BITS; j++) {
        direction[j] = degree == 0  ? 1
                       : j < degree ? of->first[j]
                                    : next_direction(of, degree, direction, j);
        self->direction[j][i] = direction[j] << (BG_SOBOL_BITS - 1 - j);
    }
}

void bg_sobol_sequence_init(bg_sobol_sequence *self, size_t number)
{
    *self = (bg_sobol_sequence){.dimensions = number};
    for (size_t i = 0; i < number; i++) {
        find_directions(self, i);
    }
}

/* Neighbours in Gray's code differ in the bit where the number of the point has its lowest 0. */
void bg_sobol_sequence_next(bg_sobol_sequence *self, double point[])
{
    size_t bit = 0;
    while (self->given >> bit & 1U) {
        bit++;
    }
    for (size_t i = 0; i < self->dimensions; i++) {
        self->numerator[i] ^= self->direction[bit][i];
        point[i] = self->numerator[i] * 0x1p-30;
    }
    self->given++;
}
