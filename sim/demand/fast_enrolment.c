#include "demand/fast_enrolment.h"

#include "base/elementary.h"
#include "demand/fast_stream.h"

void bg_fast_lay_out_enrolment(bg_block_sampler *self, bg_storage *storage)
{
    for (size_t i = 0; i < self->demand->scheme_count; i++) {
        const bg_enrolment *enrolment = &self->demand->scheme[i].enrolment;
        self->population[i] = self->factors.exposure[i] = self->factors.people[i];
        if (bg_enrolment_acts(enrolment)) {
            self->population[i] = bg_storage_column(storage, self->capacity, sizeof(double));
            self->factors.exposure[i] = bg_storage_column(storage, self->capacity, sizeof(double));
        }
        if (enrolment->moves) {
            self->enrolment[i] = bg_storage_column(storage, self->capacity, sizeof(double));
            self->leaver_cost[i] = bg_storage_column(storage, self->capacity, sizeof(double));
        }
    }
}

static void draw_cost(bg_block_sampler *self, size_t scheme)
{
    const bg_enrolment *enrolment = &self->demand->scheme[scheme].enrolment;
    if (enrolment->relative_cost_sd > 0) {
        bg_fast_normals(self, enrolment->cost_key, self->pair);
    }
    for (size_t k = 0; k < self->n; k++) {
        self->leaver_cost[scheme][k] = bg_enrolment_cost(enrolment, self->pair[0][k]);
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
        draw_cost(self, i);
    }
}

static void enrol(bg_block_sampler *self, size_t scheme, size_t t)
{
    const bg_enrolment *enrolment = &self->demand->scheme[scheme].enrolment;
    const bool leave = enrolment->moves && t > self->demand->gap;
    const double *population = self->population[scheme];
    double *people = self->factors.people[scheme], *exposure = self->factors.exposure[scheme];
    for (size_t k = 0; k < self->n; k++) {
        double enrolled = population[k], cost = 1;
        if (leave) {
            enrolled *= bg_exp(bg_enrolment_log_share(enrolment, t - self->demand->gap - 1,
                                                      self->enrolment[scheme][k]));
            cost = self->leaver_cost[scheme][k];
        }
        people[k] = bg_enrolment_insured(enrolment, t, enrolled);
        exposure[k] = bg_enrolment_exposure(enrolment, t, population[k], enrolled, cost);
    }
}

void bg_fast_enrol(bg_block_sampler *self, size_t t)
{
    for (size_t i = 0; i < self->demand->scheme_count; i++) {
        if (bg_enrolment_acts(&self->demand->scheme[i].enrolment)) {
            enrol(self, i, t);
        }
    }
}
