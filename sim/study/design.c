#include "study/design.h"

#include "random/permutation.h"
#include "random/philox.h"
#include "study/design_list.h"
#include "study/messages.h"

#include <baogan/stream.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- reading ---- */

__attribute__((format(printf, 4, 6), format(printf, 5, 6))) static bg_status
refuse(bg_errors *errors, const bg_node *at, const char *name, const char *zh, const char *en, ...)
{
    va_list arguments;
    va_start(arguments, en);
    bg_errors_say_list(errors, BG_INVALID, 0, at->mark, at->path, name, zh, en, arguments);
    va_end(arguments);
    return BG_INVALID;
}

static bg_status read_axes(const bg_scenario *scenario, const bg_node *axes, bg_design *self,
                           bg_errors *errors)
{
    bg_status status = BG_OK;
    for (const bg_node *node = axes->child; node; node = node->next) {
        if (self->axis_count == BG_MAX_AXES) {
            return bg_errors_say(errors, BG_LIMIT, node->mark, node->path, BG_SAY(axes_too_many),
                                 BG_MAX_AXES);
        }
        bg_axis *axis = &self->axis[self->axis_count++];
        bg_status one = bg_axis_read(scenario, node, self->kind == BG_DESIGN_LIST, axis, errors);
        for (size_t i = 0; one == BG_OK && i + 1 < self->axis_count; i++) {
            if (strcmp(self->axis[i].key, axis->key) == 0) {
                one = refuse(errors, bg_node_child(node, "key"), BG_SAY(axes_of_one_key));
            }
        }
        bg_first(&status, one);
    }
    return status;
}

/* Multiplies a number of scenarios; false beyond what a sweep may hold. */
static bool multiply(uint64_t *count, uint64_t factor)
{
    if (factor > (uint64_t)BG_MAX_SWEEP_NUMBERS / *count) {
        return false;
    }
    *count *= factor;
    return true;
}

static bg_status count_levels(bg_design *self, const bg_node *sweep, bg_errors *errors)
{
    self->policy_levels = 1;
    self->futures = 1;
    for (size_t i = 0; i < self->axis_count; i++) {
        const bg_axis *axis = &self->axis[i];
        const bool grid = self->kind == BG_DESIGN_GRID;
        if (!axis->of_policy && grid && !axis->level) {
            return refuse(errors, axis->node, BG_SAY(grid_without_levels));
        }
        const bool counts = axis->of_policy || grid;
        if (counts &&
            !multiply(axis->of_policy ? &self->policy_levels : &self->futures, axis->level_count)) {
            return bg_errors_say(errors, BG_LIMIT, sweep->mark, sweep->path,
                                 BG_SAY(axes_span_too_many), (long long)BG_MAX_SWEEP_NUMBERS);
        }
    }
    return BG_OK;
}

static size_t future_axes(const bg_design *self)
{
    size_t count = 0;
    for (size_t i = 0; i < self->axis_count; i++) {
        count += !self->axis[i].of_policy;
    }
    return count;
}

static bg_status read_points(bg_design *self, const bg_node *sweep, bg_errors *errors)
{
    const bg_node *points = bg_node_child(sweep, "points");
    const bool spread = self->kind == BG_DESIGN_LATIN_HYPERCUBE || self->kind == BG_DESIGN_SOBOL;
    if (!spread) {
        return points ? refuse(errors, points, BG_SAY(points_of_other_design)) : BG_OK;
    }
    if (!points) {
        return refuse(errors, bg_node_child(sweep, "design"), BG_SAY(design_needs_points));
    }
    const size_t axes = future_axes(self);
    if (axes == 0) {
        return refuse(errors, points, BG_SAY(design_without_future));
    }
    if (self->kind == BG_DESIGN_SOBOL && axes > BG_SOBOL_DIMENSIONS) {
        return bg_errors_say(errors, BG_LIMIT, points->mark, points->path,
                             BG_SAY(sobol_axes_too_many), BG_SOBOL_DIMENSIONS, axes);
    }
    self->futures = (uint64_t)points->value.integer;
    return BG_OK;
}

static bg_status read_correlations(bg_design *self, const bg_node *sweep, bg_errors *errors)
{
    const bg_node *correlations = bg_node_child(sweep, "correlations");
    const bool spread = self->kind == BG_DESIGN_LATIN_HYPERCUBE || self->kind == BG_DESIGN_SOBOL;
    if (correlations && !spread) {
        return refuse(errors, correlations, BG_SAY(correlation_of_other_design));
    }
    return correlations ? bg_correlation_read(correlations, self->axis, self->axis_count,
                                              &self->correlation, errors)
                        : BG_OK;
}

bg_status bg_design_read(const bg_scenario *scenario, bg_design *self, bg_errors *errors)
{
    const bg_node *sweep = bg_scenario_find(scenario, "sweep");
    *self = (bg_design){.kind = (bg_design_kind)bg_node_integer(sweep, "design"),
                        .seed = (uint64_t)bg_node_integer(sweep, "seed")};
    bg_status status = read_axes(scenario, bg_node_child(sweep, "axes"), self, errors);
    status = status ? status : count_levels(self, sweep, errors);
    status = status ? status : read_points(self, sweep, errors);
    status = status ? status : read_correlations(self, sweep, errors);
    const bg_node *file = bg_node_child(sweep, "file");
    if (status == BG_OK && self->kind == BG_DESIGN_LIST) {
        status = file ? bg_list_read(scenario, file, self, errors)
                      : refuse(errors, bg_node_child(sweep, "design"), BG_SAY(design_needs_file));
    } else if (status == BG_OK && file) {
        status = refuse(errors, file, BG_SAY(file_of_other_design));
    }
    return status;
}

void bg_design_free(bg_design *self)
{
    for (size_t i = 0; i < self->axis_count; i++) {
        bg_axis_free(&self->axis[i]);
    }
    bg_correlation_free(&self->correlation);
    free(self->list);
    self->list = NULL;
    self->axis_count = 0;
}

/* ---- points ---- */

void bg_design_cursor_init(const bg_design *self, bg_design_cursor *cursor)
{
    cursor->next = 0;
    bg_sobol_sequence_init(&cursor->sequence,
                           self->kind == BG_DESIGN_SOBOL ? future_axes(self) : 0);
}

/* Levels by an odometer whose last axis turns fastest. */
static void turn(const bg_design *self, bool of_policy, uint64_t number, int64_t value[])
{
    for (size_t i = self->axis_count; i-- > 0;) {
        const bg_axis *axis = &self->axis[i];
        if (axis->of_policy == of_policy) {
            value[i] = axis->level[number % axis->level_count];
            number /= axis->level_count;
        }
    }
}

/* A number in (0, 1) of 52 bits, of an axis by its name in a future. */
static double uniform(uint64_t seed, uint64_t key, uint64_t future)
{
    const uint32_t counter[4] = {(uint32_t)future, (uint32_t)(future >> 32), (uint32_t)key,
                                 (uint32_t)(key >> 32)};
    const uint32_t words[2] = {(uint32_t)seed, (uint32_t)(seed >> 32)};
    uint32_t output[4];
    bg_philox(counter, words, output);
    const uint64_t bits = ((uint64_t)output[0] << 32 | output[1]) >> 12;
    return ((double)bits + 0.5) / 4503599627370496.0;
}

static uint64_t key_of(const char *purpose, const bg_axis *axis)
{
    char name[160];
    snprintf(name, sizeof name, "sweep/%s/%s", purpose, axis->name);
    return bg_stream_key(name);
}

/* The values of axes of the future at shares of their distributions, once these are correlated. */
static void take_shares(const bg_design *self, double u[BG_MAX_AXES], int64_t value[])
{
    bg_correlation_apply(&self->correlation, u);
    for (size_t i = 0; i < self->axis_count; i++) {
        if (!self->axis[i].of_policy) {
            value[i] = bg_axis_at(&self->axis[i], u[i]);
        }
    }
}

/* Each of n equal slices of each axis holds one point, anywhere in it. */
static void spread_latin(const bg_design *self, uint64_t future, int64_t value[])
{
    double u[BG_MAX_AXES] = {0};
    for (size_t i = 0; i < self->axis_count; i++) {
        const bg_axis *axis = &self->axis[i];
        if (!axis->of_policy) {
            const uint64_t slice =
                bg_permutation_at(self->seed, key_of("slice", axis), self->futures, future);
            const double within = uniform(self->seed, key_of("place", axis), future);
            u[i] = ((double)slice + within) / (double)self->futures;
        }
    }
    take_shares(self, u, value);
}

static void spread_sobol(const bg_design *self, bg_design_cursor *cursor, uint64_t future,
                         int64_t value[])
{
    double point[BG_SOBOL_DIMENSIONS] = {0}, u[BG_MAX_AXES] = {0};
    if (cursor->next > future) {
        bg_design_cursor_init(self, cursor);
    }
    for (; cursor->next <= future; cursor->next++) {
        bg_sobol_sequence_next(&cursor->sequence, point);
    }
    size_t dimension = 0;
    for (size_t i = 0; i < self->axis_count; i++) {
        if (!self->axis[i].of_policy) {
            u[i] = point[dimension++];
        }
    }
    take_shares(self, u, value);
}

void bg_design_at(const bg_design *self, bg_design_cursor *cursor, uint64_t future,
                  uint64_t policy_level, int64_t value[BG_MAX_AXES])
{
    turn(self, true, policy_level, value);
    switch (self->kind) {
    case BG_DESIGN_GRID:
        turn(self, false, future, value);
        break;
    case BG_DESIGN_LIST:
        bg_list_at(self, future, value);
        break;
    case BG_DESIGN_LATIN_HYPERCUBE:
        spread_latin(self, future, value);
        break;
    case BG_DESIGN_SOBOL:
        spread_sobol(self, cursor, future, value);
        break;
    }
}

void bg_design_settings(const bg_design *self, const int64_t value[BG_MAX_AXES],
                        bg_setting settings[BG_MAX_AXES])
{
    for (size_t i = 0; i < self->axis_count; i++) {
        settings[i] = bg_setting_of(&self->axis[i], value[i]);
    }
}
