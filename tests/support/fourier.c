#include "fourier.h"

#include <math.h>
#include <stdbool.h>

#define PI 3.14159265358979323846

enum { POINTS = 1200, MOST_TERMS = 400000 };

static const double neglected = 1e-9;

/* (1 - i f v c)^(-1/v), v = cv^2 */
static double complex payment(const compound *self, double frequency)
{
    const double v = self->cv * self->cv;
    return cexp(-clog(1 - I * frequency * self->cost * v) / v);
}

double complex compound_characteristic(const compound *self, double frequency)
{
    const double complex below = payment(self, frequency) - 1;
    return self->excess > 0 ? cexp(-self->cases / self->excess * clog(1 - self->excess * below))
                            : cexp(self->cases * below);
}

double compound_bound(const compound *self, double frequency)
{
    const double below = 1 - cabs(payment(self, frequency));
    return self->excess > 0 ? exp(-self->cases / self->excess * log1p(self->excess * below))
                            : exp(-self->cases * below);
}

void compound_cumulants(const compound *self, double cumulant[4])
{
    const double v = self->cv * self->cv, e = self->excess, c = self->cost;
    const double moment[] = {c, c * c * (1 + v), c * c * c * (1 + v) * (1 + 2 * v),
                             c * c * c * c * (1 + v) * (1 + 2 * v) * (1 + 3 * v)};
    cumulant[0] = self->cases * moment[0];
    cumulant[1] = self->cases * (moment[1] + e * moment[0] * moment[0]);
    cumulant[2] = self->cases * (moment[2] + 3 * e * moment[0] * moment[1] +
                                 2 * e * e * moment[0] * moment[0] * moment[0]);
    cumulant[3] =
        self->cases *
        (moment[3] + e * (4 * moment[0] * moment[2] + 3 * moment[1] * moment[1]) +
         12 * e * e * moment[0] * moment[0] * moment[1] + 6 * e * e * e * pow(moment[0], 4));
}

/* F(x) = (x - low) / L + (2/L) sum over f = 2 pi k / L of Re(phi(f) (e^(-i f low) - e^(-i f x)) / (i f)) */
double fourier_distribution(const characteristic *of, double x, double low, double high)
{
    const double length = high - low;
    double sum = (x - low) / length, frequency = 0;
    for (int k = 1; k < MOST_TERMS && (k == 1 || of->bound(of->context, frequency) > neglected);
         k++) {
        frequency = 2 * PI * k / length;
        const double complex waves = cexp(-I * frequency * low) - cexp(-I * frequency * x);
        sum += 2 / length * creal(of->at(of->context, frequency) * waves / (I * frequency));
    }
    return sum;
}

/* The same series for the difference of two, in which the first term falls away. */
double fourier_distance(const characteristic *a, const characteristic *b, double low, double high)
{
    const double length = high - low, step = length / POINTS;
    double difference[POINTS + 1] = {0};
    bool ended = false;
    for (int k = 1; k < MOST_TERMS && !ended; k++) {
        const double frequency = 2 * PI * k / length;
        const double complex off = a->at(a->context, frequency) - b->at(b->context, frequency);
        const double complex weight = 2 / length * off / (I * frequency);
        const double complex start = cexp(-I * frequency * low), turn = cexp(-I * frequency * step);
        double complex now = start;
        for (int point = 0; point <= POINTS; point++) {
            difference[point] += creal(weight * (start - now));
            now *= turn;
        }
        ended = a->bound(a->context, frequency) < neglected &&
                b->bound(b->context, frequency) < neglected;
    }
    double largest = ended ? 0 : 1;
    for (int point = 0; point <= POINTS; point++) {
        largest = fmax(largest, fabs(difference[point]));
    }
    return largest;
}
