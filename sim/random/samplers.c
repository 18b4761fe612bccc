#include "random/samplers.h"

#include "random/normal.h"

#define HALF_LOG_TWO_PI 0.91893853320467274178

static uint64_t two_words(bg_rng *rng)
{
    const uint32_t low = bg_rng_word(rng);
    return (uint64_t)bg_rng_word(rng) << 32 | low;
}

double bg_exact_uniform(bg_rng *rng)
{
    return bg_uniform(two_words(rng));
}

double bg_exact_normal(bg_rng *rng)
{
    double along, across;
    const double radius = bg_radius(two_words(rng));
    bg_turn(radius, two_words(rng), &along, &across);
    return along;
}

/* ---- gamma and beta ---- */

/* Of that shape (at least 1) and scale 1: d (1 + c z)^3. */
static double large_gamma(bg_rng *rng, double shape)
{
    const double d = shape - 1.0 / 3, c = 1 / sqrt(9 * d);
    for (;;) {
        const double z = bg_exact_normal(rng), root = 1 + c * z;
        const double u = bg_exact_uniform(rng), v = root * root * root, square = z * z;
        if (root > 0 && (u < 1 - 0.0331 * square * square ||
                         bg_log(u) < 0.5 * square + d * (1 - v + bg_log(v)))) {
            return d * v;
        }
    }
}

/* Of any shape, as logarithm: one below 1 is a larger one times a power of a uniform. */
static double log_gamma_variate(bg_rng *rng, double shape)
{
    if (shape >= 1) {
        return bg_log(large_gamma(rng, shape));
    }
    const double large = bg_log(large_gamma(rng, shape + 1));
    return large + bg_log(bg_exact_uniform(rng)) / shape;
}

double bg_exact_gamma_of_shape(bg_rng *rng, double shape)
{
    return shape >= 1 ? large_gamma(rng, shape) : bg_exp(log_gamma_variate(rng, shape));
}

double bg_exact_gamma_of_one(bg_rng *rng, double cv)
{
    const double square = cv * cv;
    return bg_exact_gamma_of_shape(rng, 1 / square) * square;
}

double bg_exact_gamma(bg_rng *rng, double mean, double sd)
{
    return mean > 0 && sd > 0 ? mean * bg_exact_gamma_of_one(rng, sd / mean) : mean;
}

/* Share of one gamma in two, which may both be too small to be told from 0. */
double bg_exact_beta(bg_rng *rng, double mean, double sd)
{
    if (mean <= 0 || sd <= 0) {
        return mean;
    }
    const double size = mean * (1 - mean) / (sd * sd) - 1;
    const double a = log_gamma_variate(rng, mean * size);
    const double b = log_gamma_variate(rng, (1 - mean) * size);
    return 1 / (1 + bg_exp(b - a));
}

/* ---- counts ---- */

/* log k! - log of Stirling's formula sqrt(2 pi k) (k/e)^k, k >= 1 (Loader's delta). */
static double stirling_error(double k)
{
    static const double small[] = {
        0,
        0.081061466795327258220,
        0.041340695955409294094,
        0.027677925684998339149,
        0.020790672103765093112,
        0.016644691189821192163,
        0.013876128823070747999,
        0.011896709945891770095,
        0.010411265261972096497,
        0.0092554621827127329177,
        0.0083305634333628712565,
        0.0075736754879518407949,
        0.0069428401072095298657,
        0.0064089941880042070684,
        0.0059513701127588477356,
        0.0055547335519628013710,
    };
    const size_t known = sizeof small / sizeof *small;
    if (k < (double)known) {
        return small[(size_t)k];
    }
    const double square = 1 / (k * k);
    return (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square * (1.0 / 1680)))) / k;
}

/* k log(k/mean) + mean - k without loss of digits near k = mean (Loader's bd0). */
static double deviance(double k, double mean)
{
    const double difference = k - mean;
    if (!(fabs(difference) < 0.1 * (k + mean))) {
        return k * bg_log(k / mean) - difference;
    }
    const double v = difference / (k + mean);
    double sum = difference * v, term = 2 * k * v;
    for (int j = 3;; j += 2) {
        term *= v * v;
        const double next = sum + term / j;
        if (next == sum) {
            return next;
        }
        sum = next;
    }
}

static double log_poisson_probability(double k, double mean)
{
    return k > 0 ? -stirling_error(k) - deviance(k, mean) - HALF_LOG_TWO_PI - 0.5 * bg_log(k)
                 : -mean;
}

static uint64_t poisson_by_inversion(bg_rng *rng, double mean)
{
    double left = bg_exact_uniform(rng), probability = bg_exp(-mean);
    uint64_t k = 0;
    /* Beyond 200 the probabilities of a mean below 10 add nothing that a double could tell. */
    while (left > probability && k < 200) {
        left -= probability;
        k++;
        probability *= mean / (double)k;
    }
    return k;
}

static uint64_t poisson_by_rejection(bg_rng *rng, double mean)
{
    const double b = 0.931 + 2.53 * sqrt(mean), a = -0.059 + 0.02483 * b;
    const double scale = 1.1239 + 1.1328 / (b - 3.4), squeeze = 0.9277 - 3.6224 / (b - 2);
    for (;;) {
        const double u = bg_exact_uniform(rng) - 0.5, v = bg_exact_uniform(rng);
        const double margin = 0.5 - fabs(u);
        const double k = floor((2 * a / margin + b) * u + mean + 0.43);
        if (margin >= 0.07 && v <= squeeze) {
            return (uint64_t)k;
        }
        if (k < 0 || (margin < 0.013 && v > margin)) {
            continue;
        }
        if (bg_log(v * scale / (a / (margin * margin) + b)) <= log_poisson_probability(k, mean)) {
            return (uint64_t)k;
        }
    }
}

uint64_t bg_exact_poisson(bg_rng *rng, double mean)
{
    return mean < 10 ? poisson_by_inversion(rng, mean) : poisson_by_rejection(rng, mean);
}

bg_status bg_exact_count(bg_rng *rng, double mean, double scale, uint64_t *count)
{
    if (!(mean <= BG_COUNT_MAX)) {
        return BG_OVERFLOW;
    }
    if (mean <= 0) {
        *count = 0;
        return BG_OK;
    }
    *count = bg_exact_poisson(rng, scale > 0 ? scale * bg_exact_gamma_of_shape(rng, mean / scale)
                                             : mean);
    return BG_OK;
}
