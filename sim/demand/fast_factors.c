#include "demand/fast_factors.h"

#include "demand/ageing.h"
#include "demand/fast_stream.h"

#include <string.h>

/* What the lines of a community have in common, and a part of it with the area. */
static void common_normals(bg_block_sampler *self, uint64_t key, uint64_t area_key)
{
    bg_fast_normals(self, key, self->common);
    if (!self->demand->community) {
        return;
    }
    const double shared = sqrt(self->demand->area_correlation);
    const double own = sqrt(1 - self->demand->area_correlation);
    bg_fast_normals(self, area_key, self->pair);
    for (int part = 0; part < BG_PARTS; part++) {
        self->loops->persist(self->n, own, shared, self->pair[part], self->common[part]);
    }
}

/* Normals are drawn for what has a standard deviation; columns that take none of them hold 0 or what is
 * left of former years, and count 0 times. */
static bool has_trend_error(const bg_demand_line *line)
{
    return line->part[BG_FREQUENCY].trend.used_sd > 0 || line->part[BG_COST].trend.used_sd > 0;
}

static bool any_trend_error(const bg_demand *demand)
{
    for (size_t i = 0; i < demand->line_count; i++) {
        if (has_trend_error(&demand->line[i])) {
            return true;
        }
    }
    return false;
}

static void draw_trends(bg_block_sampler *self)
{
    if (any_trend_error(self->demand)) {
        common_normals(self, self->demand->trends_key, self->demand->area_trends_key);
    }
    for (size_t i = 0; i < self->demand->line_count; i++) {
        if (has_trend_error(&self->demand->line[i])) {
            double *const *trend = self->factors.trend[i];
            bg_fast_normals(self, self->demand->line[i].trends_key, trend);
            self->loops->correlate(self->n, &self->line[i].trends, self->common[0], self->common[1],
                                   trend[0], trend[1]);
        }
    }
}

void bg_fast_factors_start(bg_block_sampler *self)
{
    self->factors.gathered = 0;
    for (size_t s = 0; s < self->demand->scheme_count; s++) {
        self->loops->fill(self->n, self->demand->scheme[s].people, self->population[s]);
    }
    for (size_t i = 0; i < self->demand->line_count; i++) {
        for (int part = 0; part < BG_PARTS; part++) {
            memset(self->factors.deviation[i][part], 0, self->n * sizeof(double));
        }
    }
    draw_trends(self);
}

static void draw_people(bg_block_sampler *self, size_t t)
{
    for (size_t i = 0; i < self->demand->scheme_count; i++) {
        const bg_demand_scheme *scheme = &self->demand->scheme[i];
        if (scheme->growth_sd > 0) {
            bg_fast_normals(self, scheme->people_key[t], self->pair);
        }
        self->loops->people(self->n, bg_people_growth(scheme, t), scheme->growth_sd, self->pair[0],
                            self->population[i]);
    }
}

/* Correlated by the matrix of which `root` is the lower triangular root, whose first entry is 1. */
static void correlate_frequencies(bg_block_sampler *self, const double *root)
{
    const size_t lines = self->demand->line_count;
    for (size_t i = lines - 1; i > 0; i--) {
        const double *row = &root[i * lines];
        double *z = self->line[i].shock[BG_FREQUENCY];
        self->loops->persist(self->n, row[i], row[0], self->line[0].shock[BG_FREQUENCY], z);
        for (size_t j = 1; j < i; j++) {
            self->loops->combine(self->n, row[j], self->line[j].shock[BG_FREQUENCY], z);
        }
    }
}

/* Normals are made two at a time, for an even year and the next: those of the latter are kept. */
static void draw_own_shocks(bg_block_sampler *self, size_t line, size_t t)
{
    const bg_demand *demand = self->demand;
    const size_t year = t + demand->first_odd, latter = year % 2;
    bg_fast_line *of = &self->line[line];
    for (int part = 0; part < BG_PARTS; part++) {
        if (of->own_shocks[part] && (!latter || t == 0)) {
            bg_fast_normals(self, demand->line[line].shocks_key[part][year / 2],
                            of->shock_pair[part]);
        }
        of->shock[part] = of->shock_pair[part][latter];
    }
}

static void draw_shocks(bg_block_sampler *self, size_t t)
{
    const bg_demand *demand = self->demand;
    if (!demand->shock_root) {
        common_normals(self, demand->common_key[t],
                       demand->community ? demand->area_common_key[t] : 0);
    }
    for (size_t i = 0; i < demand->line_count; i++) {
        draw_own_shocks(self, i, t);
    }
    if (demand->shock_root) {
        correlate_frequencies(self, demand->shock_root);
    }
}

/* x_t = phi x_(t-1) + sigma u_t; at a stationary start x_1 = sigma u_1 / sqrt(1 - phi^2). */
static void draw_deviations(bg_block_sampler *self, size_t t)
{
    const bg_demand *demand = self->demand;
    const double square = demand->persistence * demand->persistence;
    const bool settled = demand->stationary && t == 0;
    const double scale = settled ? 1 / sqrt(1 - square) : 1;
    draw_shocks(self, t);
    for (size_t i = 0; i < demand->line_count; i++) {
        const bg_demand_line *line = &demand->line[i];
        double *const *shock = self->line[i].shock;
        /* A matrix has correlated the frequencies already. */
        if (line->part[BG_COST].volatility > 0 ||
            (line->part[BG_FREQUENCY].volatility > 0 && !demand->shock_root)) {
            self->loops->correlate(self->n, &self->line[i].shocks, self->common[0], self->common[1],
                                   shock[0], shock[1]);
        }
        for (int part = 0; part < BG_PARTS; part++) {
            if (line->part[part].volatility > 0) {
                self->loops->persist(self->n, demand->persistence,
                                     line->part[part].volatility * scale, shock[part],
                                     self->factors.deviation[i][part]);
            }
        }
    }
    self->factors.gathered = settled ? 1 / (1 - square) : 1 + square * self->factors.gathered;
}

void bg_fast_factors_advance(bg_block_sampler *self, size_t t)
{
    draw_people(self, t);
    draw_deviations(self, t);
}
