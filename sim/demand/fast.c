#include "demand/fast.h"

#include "base/columns.h"

#include <stdlib.h>
#include <string.h>

/* Columns of doubles: four of each line's two parts; one a scheme; and the rest by name. */
enum {
    COLUMNS_OF_LINE = 4 * BG_PARTS,
    OTHER_COLUMNS = 3 * BG_PARTS + 4 + 8,
    SINGLE_COLUMNS = 12 + 7
};

/* The columns start a cache line apart, which vector loads like best. */
enum { ALIGNMENT = 64 };

typedef struct store {
    char *next;
    size_t row; /* entries of a column */
} store;

static void *column(store *self, size_t size)
{
    void *start = self->next;
    self->next += self->row * size;
    return start;
}

static size_t storage_size(const bg_demand *demand, size_t row)
{
    const size_t doubles =
        COLUMNS_OF_LINE * demand->line_count + demand->scheme_count + OTHER_COLUMNS;
    const size_t others =
        SINGLE_COLUMNS * sizeof(float) + sizeof(bg_fen) + 2 * sizeof(bg_fast_event);
    return row * (doubles * sizeof(double) + others);
}

static void lay_out_lines(bg_block_sampler *self, store *from)
{
    for (size_t i = 0; i < self->demand->line_count; i++) {
        for (int part = 0; part < BG_PARTS; part++) {
            self->line[i].trend[part] = column(from, sizeof(double));
            self->line[i].shock_pair[part][0] = column(from, sizeof(double));
            self->line[i].shock_pair[part][1] = column(from, sizeof(double));
            self->line[i].deviation[part] = column(from, sizeof(double));
        }
    }
    for (size_t i = 0; i < self->demand->scheme_count; i++) {
        self->people[i] = column(from, sizeof(double));
    }
}

static void lay_out(bg_block_sampler *self, store *from)
{
    lay_out_lines(self, from);
    double **const doubles[] = {
        &self->common[0],     &self->common[1],      &self->pair[0],        &self->pair[1],
        &self->value[0],      &self->value[1],       &self->cases,          &self->rise,
        &self->excess,        &self->thinnest,       &self->sums.mean,      &self->sums.plain,
        &self->sums.patients, &self->sums.second[0], &self->sums.second[1], &self->sums.third[0],
        &self->sums.third[1], &self->sums.third[2],
    };
    for (size_t i = 0; i < OTHER_COLUMNS; i++) {
        *doubles[i] = column(from, sizeof(double));
    }
    self->care = column(from, sizeof(bg_fen));
    self->now.event = column(from, sizeof(bg_fast_event));
    self->before.event = column(from, sizeof(bg_fast_event));
    bg_fast_noise *noise = &self->relative;
    float **const singles[] = {&noise->sd,        &noise->skewness, &noise->second[0],
                               &noise->second[1], &noise->third[0], &noise->third[1],
                               &noise->third[2]};
    for (size_t i = 0; i < SINGLE_COLUMNS - 12; i++) {
        *singles[i] = column(from, sizeof(float));
    }
    for (size_t month = 0; month < 12; month++) {
        self->z[month] = column(from, sizeof(float));
    }
}

static void plan_months(bg_block_sampler *self)
{
    for (size_t month = 0; month < 12; month++) {
        self->month[month] = bg_fast_month_of(self->demand->season[month] / 12);
    }
}

bg_block_sampler *bg_block_sampler_new(const bg_demand *demand, size_t capacity)
{
    bg_block_sampler *self = calloc(1, sizeof *self + bg_stream_type->size);
    if (!self) {
        return NULL;
    }
    store columns = {.row = (capacity + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT};
    self->storage = aligned_alloc(ALIGNMENT, storage_size(demand, columns.row));
    if (!self->storage) {
        free(self);
        return NULL;
    }
    memset(self->storage, 0, storage_size(demand, columns.row));
    columns.next = self->storage;
    self->demand = demand;
    self->rng = (gsl_rng){.type = bg_stream_type, .state = self->rng_state};
    lay_out(self, &columns);
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

gsl_rng *bg_fast_stream(bg_block_sampler *self, size_t future, uint64_t key)
{
    bg_stream_select(&self->rng, self->demand->seed, self->first + (uint32_t)future, key);
    return &self->rng;
}

/* ---- factors of a year ---- */

static void normals(bg_block_sampler *self, uint64_t key, double *const z[BG_PARTS])
{
    self->noise->normals(self->demand->seed, key, 0, self->first, self->n, z[0], z[1]);
}

/* What the lines of a community have in common, and a part of it with the area. */
static void common_normals(bg_block_sampler *self, uint64_t key, uint64_t area_key)
{
    normals(self, key, self->common);
    if (!self->demand->community) {
        return;
    }
    const double shared = sqrt(self->demand->area_correlation);
    const double own = sqrt(1 - self->demand->area_correlation);
    normals(self, area_key, self->pair);
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
        bg_fast_line *line = &self->line[i];
        if (has_trend_error(&self->demand->line[i])) {
            normals(self, self->demand->line[i].trends_key, line->trend);
            self->loops->correlate(self->n, &line->trends, self->common[0], self->common[1],
                                   line->trend[0], line->trend[1]);
        }
    }
}

static void start(bg_block_sampler *self)
{
    self->gathered = 0;
    bg_fast_forget_emergencies(self);
    for (size_t s = 0; s < self->demand->scheme_count; s++) {
        self->loops->fill(self->n, self->demand->scheme[s].people, self->people[s]);
    }
    for (size_t i = 0; i < self->demand->line_count; i++) {
        for (int part = 0; part < BG_PARTS; part++) {
            memset(self->line[i].deviation[part], 0, self->n * sizeof(double));
        }
    }
    draw_trends(self);
}

static void draw_people(bg_block_sampler *self, size_t t)
{
    for (size_t i = 0; i < self->demand->scheme_count; i++) {
        const bg_demand_scheme *scheme = &self->demand->scheme[i];
        if (scheme->growth_sd > 0) {
            normals(self, scheme->people_key[t], self->pair);
        }
        self->loops->people(self->n, scheme->growth, scheme->growth_sd, self->pair[0],
                            self->people[i]);
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
            normals(self, demand->line[line].shocks_key[part][year / 2], of->shock_pair[part]);
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
                                     self->line[i].deviation[part]);
            }
        }
    }
    self->gathered = settled ? 1 / (1 - square) : 1 + square * self->gathered;
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
}

static void hand_over(const bg_block_sampler *self, size_t scheme, const bg_demand_columns *columns)
{
    memcpy(columns->people, self->people[scheme], self->n * sizeof(double));
    memset(columns->shock, 0, self->n * sizeof(bool));
    for (size_t i = 0; i < self->now.count; i++) {
        columns->shock[self->now.event[i].future] = true;
    }
}

static void disallow(const bg_block_sampler *self, const bg_demand_columns *columns)
{
    if (self->demand->disallowed == 0) {
        memset(columns->disallowed, 0, self->n * sizeof(bg_fen));
        return;
    }
    bg_columns_current()->sum(self->n, 12, columns->expense, columns->disallowed);
    bg_demand_disallow(self->demand, self->n, columns->emergency, columns->rebound,
                       columns->disallowed);
}

static bg_status draw_year(bg_block_sampler *self, size_t year, bg_demand_columns *const *columns)
{
    for (size_t scheme = 0; scheme < self->demand->scheme_count; scheme++) {
        clear(self, &columns[scheme][year]);
        hand_over(self, scheme, &columns[scheme][year]);
    }
    for (size_t i = 0; i < self->group_count; i++) {
        const bg_fast_group *group = &self->group[i];
        const bg_status status =
            bg_fast_draw_group(self, group, year, &columns[group->scheme][year]);
        if (status) {
            return status;
        }
    }
    for (size_t scheme = 0; scheme < self->demand->scheme_count; scheme++) {
        disallow(self, &columns[scheme][year]);
    }
    return BG_OK;
}

bg_status bg_demand_draw_block(const bg_demand *self, bg_block_sampler *sampler,
                               uint32_t first_replication, size_t n,
                               bg_demand_columns *const *columns)
{
    sampler->loops = BG_ISA_TABLE(bg_fast_functions);
    sampler->noise = bg_noise_functions();
    sampler->first = first_replication;
    sampler->n = n;
    start(sampler);
    bg_status status = BG_OK;
    for (size_t t = 0; !status && t < self->gap + self->years; t++) {
        draw_people(sampler, t);
        draw_deviations(sampler, t);
        bg_fast_emergencies(sampler, t);
        if (t >= self->gap) {
            status = draw_year(sampler, t - self->gap, columns);
        }
    }
    return status;
}
