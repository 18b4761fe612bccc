#include "demand/fast.h"

#include "base/columns.h"
#include "demand/fast_change.h"
#include "demand/fast_emergency.h"
#include "demand/fast_enrolment.h"
#include "demand/fast_factors.h"
#include "demand/fast_group.h"
#include "demand/fast_plan.h"
#include "demand/fast_quantity.h"
#include "demand/recovery.h"
#include "demand/scheme_change.h"

#include <stdlib.h>
#include <string.h>

/* ---- storage ---- */

static double *doubles(const bg_block_sampler *self, bg_storage *storage)
{
    return bg_storage_column(storage, self->capacity, sizeof(double));
}

static float *singles(const bg_block_sampler *self, bg_storage *storage)
{
    return bg_storage_column(storage, self->capacity, sizeof(float));
}

static void lay_out_lines(bg_block_sampler *self, bg_storage *storage)
{
    for (size_t i = 0; i < self->demand->line_count; i++) {
        for (int part = 0; part < BG_PARTS; part++) {
            self->factors.trend[i][part] = doubles(self, storage);
            self->line[i].shock_pair[part][0] = doubles(self, storage);
            self->line[i].shock_pair[part][1] = doubles(self, storage);
            self->factors.deviation[i][part] = doubles(self, storage);
        }
        self->drivers.cases[i] = doubles(self, storage);
        self->drivers.cost[i] = doubles(self, storage);
    }
    for (size_t i = 0; i < self->demand->scheme_count; i++) {
        self->factors.people[i] = doubles(self, storage);
    }
    bg_fast_lay_out_enrolment(self, storage);
}

static void lay_out_emergencies(bg_block_sampler *self, bg_storage *storage)
{
    self->effect.rise = doubles(self, storage);
    self->effect.excess = doubles(self, storage);
    self->effect.thinnest = doubles(self, storage);
    self->now.event = bg_storage_column(storage, self->capacity, sizeof(bg_fast_event));
    self->before.event = bg_storage_column(storage, self->capacity, sizeof(bg_fast_event));
}

static void lay_out_group(bg_block_sampler *self, bg_storage *storage)
{
    bg_fast_sums *sums = &self->sums;
    bg_fast_noise *noise = &self->relative;
    self->cases = doubles(self, storage);
    sums->mean = doubles(self, storage);
    sums->plain = doubles(self, storage);
    sums->patients = doubles(self, storage);
    noise->sd = singles(self, storage);
    noise->skewness = singles(self, storage);
    for (size_t power = 0; power < 2; power++) {
        sums->second[power] = doubles(self, storage);
        noise->second[power] = singles(self, storage);
    }
    for (size_t power = 0; power < 3; power++) {
        sums->third[power] = doubles(self, storage);
        noise->third[power] = singles(self, storage);
    }
    for (size_t month = 0; month < 12; month++) {
        self->z[month] = singles(self, storage);
    }
    self->care = bg_storage_column(storage, self->capacity, sizeof(bg_fen));
    self->left = bg_storage_column(storage, self->capacity, sizeof(bg_fen));
    self->left_mean = doubles(self, storage);
    self->left_variance = doubles(self, storage);
    self->line_mean = doubles(self, storage);
    self->line_variance = doubles(self, storage);
    self->line_z[0] = doubles(self, storage);
    self->line_z[1] = doubles(self, storage);
}

static void lay_out(void *owner, bg_storage *storage)
{
    bg_block_sampler *self = owner;
    lay_out_lines(self, storage);
    for (int part = 0; part < BG_PARTS; part++) {
        self->common[part] = doubles(self, storage);
        self->pair[part] = doubles(self, storage);
    }
    lay_out_emergencies(self, storage);
    lay_out_group(self, storage);
    bg_fast_lay_out_changes(self, storage);
    bg_fast_lay_out_quantities(self, storage);
}

static void plan_months(bg_block_sampler *self)
{
    for (size_t month = 0; month < 12; month++) {
        self->month[month] = bg_fast_month_of(self->demand->season[month] / 12);
    }
}

bg_block_sampler *bg_block_sampler_new(const bg_demand *demand, size_t capacity)
{
    bg_block_sampler *self = calloc(1, sizeof *self);
    if (!self) {
        return NULL;
    }
    self->demand = demand;
    self->capacity = capacity;
    self->storage = bg_storage_make(self, lay_out);
    if (!self->storage) {
        free(self);
        return NULL;
    }
    self->rng = bg_stream_rng(&self->stream);
    plan_months(self);
    bg_fast_plan(self);
    return self;
}

void bg_block_sampler_free(bg_block_sampler *self)
{
    if (self) {
        free(self->storage);
        free(self);
    }
}

/* ---- a year ---- */

static void clear(bg_block_sampler *self, const bg_demand_columns *columns)
{
    const size_t size = self->n * sizeof(bg_fen);
    for (size_t month = 0; month < 12; month++) {
        memset(columns->expense[month], 0, size);
    }
    memset(columns->outside, 0, size);
    memset(columns->emergency, 0, size);
    memset(columns->rebound, 0, size);
    memset(columns->patients, 0, size);
    for (size_t i = 0; columns->line && i < self->demand->line_count; i++) {
        if (columns->line[i]) {
            memset(columns->line[i], 0, size);
        }
    }
}

static void hand_over(const bg_block_sampler *self, size_t scheme, size_t year,
                      const bg_demand_columns *columns)
{
    memcpy(columns->people, self->factors.people[scheme], self->n * sizeof(double));
    bg_scheme_change_people(self->demand, scheme, year, self->n, self->sizes.normal,
                            columns->people);
    memset(columns->begins, 0, self->n * sizeof(bool));
    for (size_t i = 0; i < self->now.count; i++) {
        columns->begins[self->now.event[i].future] = true;
    }
    bg_fast_mark_incidents(self, year, columns->begins);
}

static void disallow(const bg_block_sampler *self, size_t scheme, size_t year,
                     const bg_demand_columns *columns)
{
    const bg_demand *demand = self->demand;
    bg_rates share = {.at = &demand->disallowed};
    if (bg_scheme_disallowed_changes(demand, scheme, year)) {
        bg_scheme_disallowed(demand, scheme, year, self->n, self->sizes.normal, self->disallowed);
        share = (bg_rates){.at = self->disallowed, .stride = 1};
    } else if (demand->disallowed == 0) {
        memset(columns->disallowed, 0, self->n * sizeof(bg_fen));
        return;
    }
    bg_demand_columns_expense(columns, self->n, columns->disallowed);
    bg_demand_disallow(share, self->n, columns->emergency, columns->rebound, columns->disallowed);
}

/* With the exponential of base/elementary.h, which a column takes in steps; the level is one of its terms. */
static void values(const void *context, const bg_part_year *at, size_t n, const double *trend,
                   const double *deviation, const double *scale, double *value)
{
    const bg_block_sampler *self = context;
    const bg_fast_line *line = &self->line[at->line];
    const bg_trend_view *of = &self->demand->line[at->line].part[at->part].trend;
    const double centre =
        line->log_level[at->part] + of->used * at->t + at->mix - at->half_variance - at->covariance;
    const double slope = of->used_sd * at->t;
    const bool varies = line->varies[at->part];
    if (varies && scale) {
        self->loops->scaled_value(n, centre, slope, trend, deviation, scale, value);
    } else if (varies) {
        self->loops->value(n, centre, slope, trend, deviation, value);
    } else if (scale) {
        self->loops->scale(n, bg_exp(centre), scale, value);
    } else {
        self->loops->fill(n, bg_exp(centre), value);
    }
}

static void fill_drivers(bg_block_sampler *self, size_t t)
{
    bg_drivers_fill(self->demand, &self->factors, t, self->n, values, self, &self->drivers);
}

static bg_status recover(const bg_block_sampler *self, size_t year,
                         bg_demand_columns *const *columns)
{
    const bg_demand *demand = self->demand;
    bg_status status = BG_OK;
    for (size_t s = 0; !status && s < demand->scheme_count && bg_demand_recovers(demand); s++) {
        status =
            bg_recovered(demand, s, year, self->n, self->sizes.normal, columns[s][year].recovered);
    }
    return status;
}

static bg_status draw_year(bg_block_sampler *self, size_t year, bg_demand_columns *const *columns)
{
    bg_fast_enrol(self, self->demand->gap + year + 1);
    fill_drivers(self, self->demand->gap + year + 1);
    bg_fast_change_drivers(self, year);
    for (size_t scheme = 0; scheme < self->demand->scheme_count; scheme++) {
        clear(self, &columns[scheme][year]);
        hand_over(self, scheme, year, &columns[scheme][year]);
    }
    bg_fast_quantities(self, year, columns);
    for (size_t i = 0; i < self->group_count; i++) {
        const bg_fast_group *group = &self->group[i];
        const bg_status status =
            bg_fast_draw_group(self, group, year, &columns[group->scheme][year]);
        if (status) {
            return status;
        }
    }
    for (size_t scheme = 0; scheme < self->demand->scheme_count; scheme++) {
        disallow(self, scheme, year, &columns[scheme][year]);
    }
    return recover(self, year, columns);
}

bg_status bg_demand_draw_block(const bg_demand *self, bg_block_sampler *sampler,
                               uint32_t first_replication, size_t n,
                               bg_demand_columns *const *columns)
{
    sampler->loops = BG_ISA_TABLE(bg_fast_functions);
    sampler->noise = bg_noise_functions();
    sampler->first = first_replication;
    sampler->n = n;
    bg_fast_draw_changes(sampler);
    bg_fast_draw_enrolment(sampler);
    bg_fast_factors_start(sampler);
    bg_fast_forget_emergencies(sampler);
    bg_fast_open_quantities(sampler);
    bg_status status = BG_OK;
    for (size_t t = 0; !status && t < self->gap + self->years; t++) {
        bg_fast_factors_advance(sampler, t);
        bg_fast_emergencies(sampler, t);
        if (t >= self->gap) {
            status = draw_year(sampler, t - self->gap, columns);
        } else if (t + 1 == self->gap && self->quantity_count > 0) {
            bg_fast_enrol(sampler, self->gap);
            fill_drivers(sampler, self->gap);
            bg_fast_quantities_before(sampler);
        }
    }
    return status;
}
