#include "statistics/batches.h"

size_t bg_batch_start(size_t n, size_t batch)
{
    return n / BG_BATCHES * batch + n % BG_BATCHES * batch / BG_BATCHES;
}
