#include "statistics/normals.h"

#include <stdlib.h>
#include <string.h>

bg_status bg_normals_init(bg_normals *self, size_t n)
{
    *self = (bg_normals){.n = n,
                         .mean = calloc(n, sizeof(double)),
                         .covariance = calloc(n * n, sizeof(double)),
                         .gain = calloc(n * n, sizeof(double))};
    return self->mean && self->covariance && self->gain ? BG_OK : BG_MEMORY;
}

void bg_normals_free(bg_normals *self)
{
    free(self->mean);
    free(self->covariance);
    free(self->gain);
    *self = (bg_normals){0};
}

void bg_normals_copy(bg_normals *self, const bg_normals *from)
{
    memcpy(self->mean, from->mean, self->n * sizeof(double));
    memcpy(self->covariance, from->covariance, self->n * self->n * sizeof(double));
    memcpy(self->gain, from->gain, self->n * self->n * sizeof(double));
}

/* By `weight` of the surprise that number i was. */
static void learn(bg_normals *self, size_t other, size_t i, double weight, double surprise)
{
    const size_t n = self->n;
    self->mean[other] += weight * surprise;
    for (size_t j = 0; j < n; j++) {
        self->gain[other * n + j] -= weight * self->gain[i * n + j];
    }
    self->gain[other * n + i] += weight;
}

/* What is left of the variances is written so that it never falls below zero. */
static void narrow(bg_normals *self, size_t i, double variance)
{
    const size_t n = self->n;
    double *c = self->covariance;
    const double total = c[i * n + i] + variance;
    for (size_t a = 0; a < n; a++) {
        for (size_t b = 0; b < n && a != i; b++) {
            c[a * n + b] -= b == i ? 0 : c[a * n + i] * c[i * n + b] / total;
        }
    }
    for (size_t a = 0; a < n; a++) {
        c[a * n + i] = c[i * n + a] = c[a * n + i] * (variance / total);
    }
}

void bg_normals_observe(bg_normals *self, size_t i, double measured, double variance)
{
    const size_t n = self->n;
    const double total = self->covariance[i * n + i] + variance;
    const double surprise = measured - self->mean[i];
    if (total <= 0) {
        return;
    }
    for (size_t step = 1; step <= n; step++) { /* i itself last: the others learn from its row */
        const size_t a = (i + step) % n;
        learn(self, a, i, self->covariance[a * n + i] / total, surprise);
    }
    narrow(self, i, variance);
}
