#include "statistics/batches.h"

#include <math.h>

/* 97.5 % point of Student's t with 31 degrees of freedom. */
static const double t31_975 = 2.039513446396408;

size_t bg_batch_start(size_t n, size_t batch)
{
    return n / BG_BATCHES * batch + n % BG_BATCHES * batch / BG_BATCHES;
}

double bg_batch_margin(const double values[BG_BATCHES])
{
    double sum = 0;
    for (size_t b = 0; b < BG_BATCHES; b++) {
        sum += values[b];
    }
    const double mean = sum / BG_BATCHES;
    double squares = 0;
    for (size_t b = 0; b < BG_BATCHES; b++) {
        squares += (values[b] - mean) * (values[b] - mean);
    }
    return t31_975 * sqrt(squares / (BG_BATCHES - 1) / BG_BATCHES);
}
