#include "demand/fast_change.h"

#include "base/elementary.h"
#include "demand/fast_stream.h"

#include <string.h>

static double *doubles(const bg_block_sampler *self, bg_storage *storage)
{
    return bg_storage_column(storage, self->capacity, sizeof(double));
}

static void lay_out_sizes(bg_block_sampler *self, bg_storage *storage)
{
    for (size_t j = 0; j < self->demand->change_count; j++) {
        if (!bg_change_is_sure(&self->demand->change[j])) {
            self->sizes.log_factor[j][BG_FREQUENCY] = doubles(self, storage);
            self->sizes.log_factor[j][BG_COST] = doubles(self, storage);
            self->sizes.share[j] = doubles(self, storage);
            self->sizes.happens[j] = doubles(self, storage);
            self->sizes.normal[j] = doubles(self, storage);
        }
    }
}

static size_t most_spells(const bg_demand *demand)
{
    size_t most = 0;
    for (size_t year = 0; year < demand->years; year++) {
        const size_t count = bg_demand_spells(demand, year)->count;
        most = count > most ? count : most;
    }
    return most;
}

static void lay_out_elasticities(bg_block_sampler *self, bg_storage *storage)
{
    for (size_t i = 0; i < self->demand->line_count; i++) {
        if (bg_demand_line_responds(self->demand, i)) {
            self->sizes.elasticity[i][BG_FREQUENCY] = doubles(self, storage);
            self->sizes.elasticity[i][BG_COST] = doubles(self, storage);
        }
    }
}

static void draw_elasticities(bg_block_sampler *self)
{
    for (size_t i = 0; i < self->demand->line_count; i++) {
        for (int part = 0; part < BG_PARTS; part++) {
            const bg_elasticity *of = &self->demand->line[i].elasticity[part];
            double *drawn = self->sizes.elasticity[i][part];
            if (drawn) {
                bg_fast_normals(self, of->key, self->common);
            }
            for (size_t k = 0; drawn && k < self->n; k++) {
                drawn[k] = bg_elasticity_drawn(of, self->common[0][k]);
            }
        }
    }
}

static void lay_out_spillover(bg_block_sampler *self, bg_storage *storage)
{
    for (size_t i = 0; i < self->demand->line_count; i++) {
        if (bg_demand_substitutes(self->demand, i)) {
            self->sizes.substitution[i] = doubles(self, storage);
        }
        for (int kind = 0; kind < BG_RETURNS && bg_demand_cuts(self->demand, i); kind++) {
            self->sizes.returns[i][kind] = doubles(self, storage);
        }
    }
}

static void lay_out_levels(bg_block_sampler *self, bg_storage *storage, size_t spells, size_t line)
{
    const size_t count = bg_demand_line_mixes(self->demand, line);
    for (size_t i = 0; i < count; i++) {
        for (size_t s = 0; s < spells; s++) {
            for (int column = 0; column < BG_MIX_COLUMNS; column++) {
                self->own[s].mix[line][i][column] = doubles(self, storage);
            }
        }
        for (size_t column = 0; column < BG_LEVEL_COLUMNS; column++) {
            self->levels.column[line][i][column] = doubles(self, storage);
        }
    }
}

static void draw_returns(bg_block_sampler *self, size_t line)
{
    for (int kind = 0; kind < BG_RETURNS && self->sizes.returns[line][kind]; kind++) {
        const bg_cap_return *of = &self->demand->line[line].returns[kind];
        double *drawn = self->sizes.returns[line][kind];
        bg_fast_normals(self, of->key, self->common);
        for (size_t k = 0; k < self->n; k++) {
            drawn[k] = bg_cap_return_drawn(of, self->common[0][k]);
        }
    }
}

static void draw_spillover(bg_block_sampler *self)
{
    for (size_t i = 0; i < self->demand->line_count; i++) {
        const bg_elasticity *of = &self->demand->line[i].substitution;
        double *drawn = self->sizes.substitution[i];
        if (drawn) {
            bg_fast_normals(self, of->key, self->common);
        }
        for (size_t k = 0; drawn && k < self->n; k++) {
            drawn[k] = bg_elasticity_drawn(of, self->common[0][k]);
        }
        draw_returns(self, i);
    }
}

void bg_fast_lay_out_changes(bg_block_sampler *self, bg_storage *storage)
{
    if (self->demand->change_count == 0) {
        return;
    }
    lay_out_sizes(self, storage);
    lay_out_elasticities(self, storage);
    lay_out_spillover(self, storage);
    self->log = doubles(self, storage);
    self->scale = doubles(self, storage);
    self->zero = doubles(self, storage);
    self->disallowed = bg_storage_column(storage, self->capacity, sizeof(bg_decimal));
    self->spell_thinnest = doubles(self, storage);
    self->sums.emergency = doubles(self, storage);
    const size_t spells = most_spells(self->demand);
    for (size_t i = 0; i < self->demand->line_count; i++) {
        lay_out_levels(self, storage, spells, i);
        for (size_t s = 0; s < spells && bg_demand_line_changes(self->demand, i); s++) {
            self->own[s].cases[i] = doubles(self, storage);
            self->own[s].cost[i] = doubles(self, storage);
            self->own[s].emergency_share[i] = doubles(self, storage);
            self->own[s].variation[i] = doubles(self, storage);
            self->own[s].patients[i] = doubles(self, storage);
            self->own[s].in_force[i] = doubles(self, storage);
        }
    }
}

static void draw_happening(bg_block_sampler *self, const bg_change *change, double *happens)
{
    if (change->probability >= 1) {
        self->loops->fill(self->n, 1, happens);
        return;
    }
    double *const *u = self->pair; /* free until the factors are drawn */
    self->noise->uniforms(self->demand->seed, change->happens_key, 0, self->first, self->n, u[0],
                          u[1]);
    for (size_t i = 0; i < self->n; i++) {
        happens[i] = u[0][i] < change->probability;
    }
}

/* One draw a future: whether the change happens, and how large it is. */
static void draw_change(bg_block_sampler *self, size_t index)
{
    const bg_change *change = &self->demand->change[index];
    const double *z = self->common[0];
    double *happens = self->sizes.happens[index], *share = self->sizes.share[index];
    draw_happening(self, change, happens);
    bg_fast_normals(self, change->size_key, self->common);
    memcpy(self->sizes.normal[index], z, self->n * sizeof *z);
    for (int part = 0; part < BG_PARTS; part++) {
        const bg_change_size size = change->size[part];
        double *log_factor = self->sizes.log_factor[index][part];
        for (size_t i = 0; i < self->n; i++) {
            log_factor[i] = happens[i] > 0 ? bg_change_size_log(&size, z[i]) : 0;
        }
    }
    for (size_t i = 0; i < self->n && bg_change_has_share(change); i++) {
        share[i] = happens[i] > 0 ? bg_change_share_at(&change->share, z[i]) : 0;
    }
}

void bg_fast_draw_changes(bg_block_sampler *self)
{
    draw_elasticities(self);
    draw_spillover(self);
    for (size_t j = 0; j < self->demand->change_count; j++) {
        if (!bg_change_is_sure(&self->demand->change[j])) {
            draw_change(self, j);
        }
    }
}

static void scaled_exponential(const void *context, size_t n, const double *log,
                               const double *scale, double *value)
{
    const bg_block_sampler *self = context;
    self->loops->scaled_value(n, 0, 1, log, self->zero, scale, value);
}

void bg_fast_change_drivers(bg_block_sampler *self, size_t year)
{
    const bg_spells *spells = bg_demand_spells(self->demand, year);
    if (self->demand->change_count == 0) {
        return;
    }
    const bg_spell_work work = {.sizes = &self->sizes,
                                .levels = &self->levels,
                                .scaled_exponential = scaled_exponential,
                                .context = self,
                                .log = self->log,
                                .scale = self->scale};
    self->loops->fill(self->n, 0, self->zero);
    for (size_t s = 0; s < spells->count; s++) {
        bg_drivers_change(self->demand, year, &spells->spell[s], self->n, &work, &self->drivers,
                          &self->own[s], &self->spell[s]);
    }
}

void bg_fast_mark_incidents(const bg_block_sampler *self, size_t year, bool *begins)
{
    const bg_demand *demand = self->demand;
    for (size_t j = 0; j < demand->change_count; j++) {
        const bg_change *change = &demand->change[j];
        const double *happens = bg_change_is_sure(change) ? NULL : self->sizes.happens[j];
        if (!bg_change_begins(change, demand->first_year + (int)year)) {
            continue;
        }
        for (size_t i = 0; i < self->n; i++) {
            begins[i] = begins[i] || !happens || happens[i] > 0;
        }
    }
}
