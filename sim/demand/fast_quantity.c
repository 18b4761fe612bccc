#include "demand/fast_quantity.h"

static double *doubles(const bg_block_sampler *self, bg_storage *storage)
{
    return bg_storage_column(storage, self->capacity, sizeof(double));
}

void bg_fast_lay_out_quantities(bg_block_sampler *self, bg_storage *storage)
{
    bg_quantity_columns *columns = &self->quantities;
    if (self->demand->quantity_count == 0) {
        return;
    }
    for (size_t q = 0; q < self->demand->quantity_count; q++) {
        columns->of[q] = doubles(self, storage);
        columns->by[q] = doubles(self, storage);
        columns->before[q] = doubles(self, storage);
        for (size_t year = 0; year < self->demand->years; year++) {
            self->quantity[q][year] = doubles(self, storage);
        }
    }
    columns->cases = doubles(self, storage);
    columns->paid = doubles(self, storage);
    columns->patients = doubles(self, storage);
    columns->primary = doubles(self, storage);
    self->quantity_share = doubles(self, storage);
}

static double share_of(const bg_fast_month month[12], uint16_t months)
{
    double share = 0;
    for (size_t i = 0; i < 12; i++) {
        share += bg_has_month(months, i) ? month[i].share : 0;
    }
    return share;
}

static void add(bg_block_sampler *self, const bg_drivers *drivers, uint16_t months)
{
    const double usual = share_of(self->month, months);
    const double *restrict rise = self->effect.rise;
    double *restrict share = self->quantity_share;
    for (size_t i = 0; i < self->n; i++) {
        share[i] = usual * rise[i];
    }
    const bool put_off = self->demand->emergency.form == BG_EMERGENCY_MONTHS;
    for (size_t i = 0; put_off && i < self->now.count; i++) {
        const bg_fast_event *event = &self->now.event[i];
        share[event->future] = share_of(event->month, months) * rise[event->future];
    }
    const bg_quantity_months part = {.share = share, .excess = self->effect.excess};
    bg_quantities_add(self->demand, drivers, &part, self->n, &self->quantities);
}

void bg_fast_open_quantities(bg_block_sampler *self)
{
    bg_quantities_open(self->demand, self->n, &self->quantities);
}

void bg_fast_quantities_before(bg_block_sampler *self)
{
    bg_quantities_begin(self->demand, self->n, &self->quantities);
    add(self, &self->drivers, BG_ALL_MONTHS);
    bg_quantities_end(self->demand, self->factors.people, self->n, &self->quantities, NULL);
}

void bg_fast_quantities(bg_block_sampler *self, size_t year, bg_demand_columns *const *columns)
{
    const bg_demand *demand = self->demand;
    const bg_spells *spells = bg_demand_spells(demand, year);
    double *value[BG_MAX_QUANTITIES], *people[BG_MAX_SCHEMES] = {NULL};
    if (demand->quantity_count == 0) {
        return;
    }
    bg_quantities_begin(demand, self->n, &self->quantities);
    for (size_t s = 0; s < spells->count; s++) {
        const bool changes = demand->change_count > 0;
        add(self, changes ? &self->spell[s] : &self->drivers, spells->spell[s].months);
    }
    for (size_t q = 0; q < demand->quantity_count; q++) {
        value[q] = self->quantity[q][year];
    }
    for (size_t s = 0; s < demand->scheme_count; s++) {
        people[s] = columns[s][year].people;
    }
    bg_quantities_end(demand, people, self->n, &self->quantities, value);
}

const double *bg_block_sampler_quantity(const bg_block_sampler *self, size_t quantity, size_t year)
{
    return self->quantity[quantity][year];
}
