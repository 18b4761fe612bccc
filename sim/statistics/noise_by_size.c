#include "statistics/noise_by_size.h"

#include "base/special.h"

#include <stdlib.h>

#define PRIOR_SCALE  0.03
#define PRIOR_VALUES 2
#define SHARES       11
#define ROUNDS       100 /* few are needed */
#define PRECISE      1e-9

static const double freedoms[] = {3, 4, 5, 6, 8, 12, 20, INFINITY};

typedef struct fit {
    double share;   /* of a usual value's variance that falls with size */
    double freedom; /* of t */
    double square;  /* scale^2 of a usual value */
    double log_likelihood;
} fit;

typedef struct fitting {
    const bg_sized_values *data;
    double usual_size;
    double *mean, *weight; /* of groups */
} fitting;

/* Of the scale squared, relative to that of a usual size. */
static double relative(const fitting *self, const fit *f, size_t i)
{
    const double size = self->data->size[i];
    const bool known = size > 0;
    return 1 - f->share + f->share * (known ? self->usual_size / size : 1);
}

static double trust(const fit *f, double square)
{
    return f->freedom == (double)INFINITY ? 1 : (f->freedom + 1) / (f->freedom + square);
}

static double off_square(const fitting *self, const fit *f, size_t i)
{
    const double off = self->data->value[i] - self->mean[self->data->group[i]];
    return off * off / relative(self, f, i);
}

static void find_means(const fitting *self, const fit *f, bool first)
{
    const bg_sized_values *data = self->data;
    double *sum = self->weight + data->groups; /* of groups */
    for (size_t g = 0; g < data->groups; g++) {
        self->weight[g] = sum[g] = 0;
    }
    for (size_t i = 0; i < data->count; i++) {
        const double square = first ? 0 : off_square(self, f, i) / f->square;
        const double weight = trust(f, square) / relative(self, f, i);
        self->weight[data->group[i]] += weight;
        sum[data->group[i]] += weight * data->value[i];
    }
    for (size_t g = 0; g < data->groups; g++) {
        self->mean[g] = sum[g] / self->weight[g];
    }
}

static double find_square(const fitting *self, const fit *f, bool first)
{
    double sum = PRIOR_VALUES * PRIOR_SCALE * PRIOR_SCALE;
    for (size_t i = 0; i < self->data->count; i++) {
        const double square = off_square(self, f, i);
        sum += (first ? 1 : trust(f, square / f->square)) * square;
    }
    return sum / (double)(self->data->count - self->data->groups + PRIOR_VALUES);
}

/* ln Gamma(a) for a > 1, by the term of the gamma distribution at its shape. */
static double log_gamma(double a)
{
    const bg_gamma_shape shape = bg_gamma_shape_of(a - 1);
    return (a - 1) * (bg_log(a - 1) - 1) - bg_log(bg_gamma_term(&shape, a - 1));
}

static double log_likelihood(const fitting *self, const fit *f)
{
    const double n = f->freedom;
    const bool normal = n == (double)INFINITY;
    const double half_log_tau = 0.9189385332046727; /* ln(2 pi) / 2 */
    const double half_log_pi = 0.5723649429247001;
    const double constant =
        normal ? -half_log_tau
               : log_gamma((n + 1) / 2) - log_gamma(n / 2) - bg_log(n) / 2 - half_log_pi;
    double sum = 0;
    for (size_t i = 0; i < self->data->count; i++) {
        const double square = off_square(self, f, i) / f->square;
        sum += constant - bg_log(f->square * relative(self, f, i)) / 2 -
               (normal ? square / 2 : (n + 1) / 2 * bg_log1p(square / n));
    }
    return sum;
}

static void iterate(const fitting *self, fit *f)
{
    find_means(self, f, true);
    f->square = find_square(self, f, true);
    double before = 0;
    for (int round = 0; round < ROUNDS && fabs(f->square - before) > PRECISE * f->square; round++) {
        before = f->square;
        find_means(self, f, false);
        f->square = find_square(self, f, false);
    }
    f->log_likelihood = log_likelihood(self, f);
}

/* Then nothing can be said of how the noise falls with size. */
static bool all_of_one_size(const bg_sized_values *data)
{
    double first = 0;
    for (size_t i = 0; i < data->count; i++) {
        const double size = data->size[i];
        first = size > 0 && first <= 0 ? size : first;
        if (size > 0 && (size < first || size > first)) {
            return false;
        }
    }
    return true;
}

static double harmonic_mean(const bg_sized_values *data)
{
    double sum = 0;
    size_t known = 0;
    for (size_t i = 0; i < data->count; i++) {
        sum += data->size[i] > 0 ? 1 / data->size[i] : 0;
        known += data->size[i] > 0;
    }
    return known ? (double)known / sum : 1;
}

static fit choose(const fitting *self)
{
    const size_t shares = all_of_one_size(self->data) ? 1 : SHARES;
    fit best = {.log_likelihood = -INFINITY};
    for (size_t s = 0; s < shares; s++) {
        for (size_t k = 0; k < sizeof freedoms / sizeof *freedoms; k++) {
            fit f = {.share = (double)s / (SHARES - 1), .freedom = freedoms[k]};
            iterate(self, &f);
            if (f.log_likelihood > best.log_likelihood) {
                best = f;
            }
        }
    }
    iterate(self, &best); /* the means that belong to it */
    return best;
}

double bg_sized_noise_scale(const bg_sized_noise *self, double size)
{
    return self->constant + self->by_size / (size > 0 ? size : self->usual_size);
}

double bg_sized_noise_widening(const bg_sized_noise *self)
{
    return self->freedom == (double)INFINITY ? 1 : self->freedom / (self->freedom - 2);
}

static void fill_variances(const bg_sized_values *data, const bg_sized_noise *self,
                           double *variance)
{
    for (size_t g = 0; g < data->groups; g++) {
        variance[g] = 0;
    }
    for (size_t i = 0; i < data->count; i++) {
        const double scale = bg_sized_noise_scale(self, data->size[i]);
        variance[data->group[i]] += scale > 0 ? 1 / scale : 0;
    }
    for (size_t g = 0; g < data->groups; g++) {
        variance[g] = variance[g] > 0 ? bg_sized_noise_widening(self) / variance[g] : 0;
    }
}

/* NOLINTNEXTLINE(readability-non-const-parameter): `mean` is written through `all` */
bool bg_sized_noise_fit(const bg_sized_values *data, bg_sized_noise *self, double *mean,
                        double *mean_variance)
{
    double *room = calloc(2 * data->groups + 1, sizeof *room);
    if (!room) {
        return false;
    }
    const fitting all = {
        .data = data, .usual_size = harmonic_mean(data), .mean = mean, .weight = room};
    *self = (bg_sized_noise){.freedom = INFINITY, .usual_size = all.usual_size};
    if (data->count > data->groups) {
        const fit best = choose(&all);
        self->constant = best.square * (1 - best.share);
        self->by_size = best.square * best.share * all.usual_size;
        self->freedom = best.freedom;
    } else {
        find_means(&all, &(fit){.freedom = INFINITY, .square = 1}, true);
    }
    fill_variances(data, self, mean_variance);
    free(room);
    return true;
}
