#include "demand/fast_enrolment.h"

#include "base/elementary.h"
#include "demand/fast_stream.h"

#include <string.h>

void bg_fast_lay_out_enrolment(bg_block_sampler *self, bg_storage *storage)
{
    for (size_t i = 0; i < self->demand->scheme_count; i++) {
        self->population[i] = self->factors.exposure[i] = self->factors.people[i];
        if (self->demand->scheme[i].enrolment.moves) {
            self->population[i] = bg_storage_column(storage, self->capacity, sizeof(double));
            self->factors.exposure[i] = bg_storage_column(storage, self->capacity, sizeof(double));
            self->enrolment[i] = bg_storage_column(storage, self->capacity, sizeof(double));
        }
    }
}

void bg_fast_draw_enrolment(bg_block_sampler *self)
{
    for (size_t i = 0; i < self->demand->scheme_count; i++) {
        const bg_elasticity *elasticity = &self->demand->scheme[i].enrolment.elasticity;
        if (!self->enrolment[i]) {
            continue;
        }
        bg_fast_normals(self, elasticity->key, self->pair); /* free until the factors are drawn */
        for (size_t k = 0; k < self->n; k++) {
            self->enrolment[i][k] = bg_elasticity_drawn(elasticity, self->pair[0][k]);
        }
    }
}

static void enrol(bg_block_sampler *self, size_t scheme, size_t year)
{
    const bg_enrolment *enrolment = &self->demand->scheme[scheme].enrolment;
    const double *population = self->population[scheme];
    double *people = self->factors.people[scheme], *exposure = self->factors.exposure[scheme];
    for (size_t k = 0; k < self->n; k++) {
        const double log_share =
            bg_enrolment_log_share(enrolment, year, self->enrolment[scheme][k]);
        people[k] = population[k] * bg_exp(log_share);
        exposure[k] = bg_enrolment_exposure(enrolment, population[k], people[k]);
    }
}

void bg_fast_enrol(bg_block_sampler *self, size_t year)
{
    for (size_t i = 0; i < self->demand->scheme_count; i++) {
        if (self->enrolment[i]) {
            enrol(self, i, year);
        }
    }
}

void bg_fast_enrol_all(bg_block_sampler *self)
{
    for (size_t i = 0; i < self->demand->scheme_count; i++) {
        if (self->enrolment[i]) {
            memcpy(self->factors.people[i], self->population[i], self->n * sizeof(double));
            memcpy(self->factors.exposure[i], self->population[i], self->n * sizeof(double));
        }
    }
}
