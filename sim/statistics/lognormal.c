#include "statistics/lognormal.h"

#include "base/special.h"

bg_lognormal bg_lognormal_of(double known, double mean, double variance)
{
    const double rest = mean - known;
    if (rest <= 0) {
        return (bg_lognormal){.known = mean, .mean = mean};
    }
    const double square = bg_log1p(variance / (rest * rest));
    return (bg_lognormal){.known = known,
                          .mu = bg_log(rest) - square / 2,
                          .sigma = sqrt(square),
                          .mean = mean,
                          .sd = sqrt(variance)};
}

double bg_lognormal_above(const bg_lognormal *self, double bound)
{
    if (self->sd <= 0) {
        return self->mean > bound ? 1 : 0;
    }
    return bound <= self->known
               ? 1
               : bg_normal_below((self->mu - bg_log(bound - self->known)) / self->sigma);
}

double bg_lognormal_at(const bg_lognormal *self, double normal)
{
    return self->sd <= 0 ? self->mean : self->known + bg_exp(self->mu + normal * self->sigma);
}
