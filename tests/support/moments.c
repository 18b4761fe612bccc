#include "moments.h"

#include "close.h"
#include <math.h>

void moments_add(moments *self, double x)
{
    self->n++;
    self->sum += x;
    self->squares += x * x;
}

void check_mean(const moments *self, double expected, const char *what, const char *file, int line)
{
    const double mean = self->sum / self->n;
    const double error = sqrt(fmax(0, self->squares / self->n - mean * mean) / self->n);
    check_close(mean, expected, 4 * error + 1e-12 * fabs(mean), what, file, line);
}
