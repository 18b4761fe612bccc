#include "statistics/mixture.h"

#include "base/special.h"

#include <stdbool.h>

#define MAX_STEPS 200

double bg_mixture_mean(const bg_mixture *self)
{
    double sum = 0;
    for (size_t i = 0; i < self->count; i++) {
        sum += self->part[i].weight * self->part[i].mean;
    }
    return sum;
}

double bg_mixture_sd(const bg_mixture *self)
{
    const double mean = bg_mixture_mean(self);
    double sum = 0;
    for (size_t i = 0; i < self->count; i++) {
        const bg_normal_part *part = &self->part[i];
        const double off = part->mean - mean;
        sum += part->weight * (part->sd * part->sd + off * off);
    }
    return sqrt(sum);
}

double bg_mixture_below(const bg_mixture *self, double x)
{
    double sum = 0;
    for (size_t i = 0; i < self->count; i++) {
        const bg_normal_part *part = &self->part[i];
        sum += part->weight * bg_normal_below((x - part->mean) / part->sd);
    }
    return sum;
}

static double mixture_density(const bg_mixture *self, double x)
{
    double sum = 0;
    for (size_t i = 0; i < self->count; i++) {
        const bg_normal_part *part = &self->part[i];
        sum += part->weight / part->sd * bg_normal_density((x - part->mean) / part->sd);
    }
    return sum;
}

/* The quantile lies between the least and the greatest quantile of the parts: so far from each mean at most. */
static void bracket(const bg_mixture *self, double p, double *low, double *high)
{
    const double least = p < 0.5 ? p : 1 - p;
    const double off = sqrt(-2 * bg_log(least)) + 1;
    *low = INFINITY;
    *high = -INFINITY;
    for (size_t i = 0; i < self->count; i++) {
        const bg_normal_part *part = &self->part[i];
        *low = fmin(*low, part->mean - off * part->sd);
        *high = fmax(*high, part->mean + off * part->sd);
    }
}

/* Newton's steps, and halves of what is left where a step would leave it. */
double bg_mixture_quantile(const bg_mixture *self, double p)
{
    double low, high;
    bracket(self, p, &low, &high);
    double x = bg_mixture_mean(self);
    const double precise = 1e-13 * (high - low);
    for (int step = 0; step < MAX_STEPS && high - low > precise; step++) {
        const double off = bg_mixture_below(self, x) - p;
        if (off > 0) {
            high = x;
        } else {
            low = x;
        }
        const double next = x - off / mixture_density(self, x);
        const bool inside = next > low && next < high;
        const double moved = fabs(next - x);
        x = inside ? next : low + (high - low) / 2;
        if (inside && moved < precise) {
            break;
        }
    }
    return x;
}

/* E|N(mean, sd^2)|. */
static double mean_distance(double mean, double sd)
{
    const double z = mean / sd;
    return 2 * sd * bg_normal_density(z) + mean * (2 * bg_normal_below(z) - 1);
}

double bg_mixture_crps(const bg_mixture *self, double y)
{
    double to_outcome = 0, within = 0;
    for (size_t i = 0; i < self->count; i++) {
        const bg_normal_part *a = &self->part[i];
        to_outcome += a->weight * mean_distance(y - a->mean, a->sd);
        for (size_t j = 0; j <= i; j++) {
            const bg_normal_part *b = &self->part[j];
            const double twice = i == j ? 1 : 2;
            within += twice * a->weight * b->weight *
                      mean_distance(a->mean - b->mean, sqrt(a->sd * a->sd + b->sd * b->sd));
        }
    }
    return to_outcome - within / 2;
}

/* Between these the variance of a class lies; the mean square of t is freedom / chi^2. */
static const double edges[BG_T_CLASSES + 1] = {0, 0.5, 0.7, 0.95, 1.3, 1.8,     2.6,
                                               4, 6.5, 12,  25,   60,  INFINITY};

size_t bg_t_classes(double freedom, bg_t_class classes[BG_T_CLASSES])
{
    if (freedom == (double)INFINITY) {
        classes[0] = (bg_t_class){1, 1};
        return 1;
    }
    /* P(variance > v) = P(chi^2 < freedom / v) = P(freedom / 2, freedom / 2v), and the part of the mean variance
     * above v is freedom / (freedom - 2) P(freedom / 2 - 1, freedom / 2v). */
    const bg_gamma_shape shape = bg_gamma_shape_of(freedom / 2 - 1);
    const double mean = freedom / (freedom - 2);
    double above = 1, part = mean;
    size_t count = 0;
    for (size_t i = 1; i <= BG_T_CLASSES; i++) {
        bg_tails tails[BG_GAMMA_ORDERS];
        bg_gamma_tails(&shape, freedom / 2 / edges[i], tails);
        const double weight = above - tails[1].below, moment = part - mean * tails[0].below;
        above = tails[1].below;
        part = mean * tails[0].below;
        if (weight > 1e-9) {
            classes[count++] = (bg_t_class){weight, moment / weight};
        }
    }
    return count;
}
