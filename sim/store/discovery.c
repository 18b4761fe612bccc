#include "store/discovery.h"

#include "base/text.h"
#include "store/messages.h"

#include <stdlib.h>
#include <string.h>

/* ---- what there is ---- */

static bg_status unknown_target(const bg_store_reader *store, const char *name, bg_errors *errors)
{
    bg_text names = {0};
    for (size_t i = 0; i < store->count; i++) {
        if (bg_store_plays(&store->column[i], "target")) {
            bg_text_add(&names, " %s", store->column[i].name);
        }
    }
    char *list = bg_text_take(&names);
    const bg_mark mark = {.file = store->path};
    const bg_status status =
        !list ? bg_no_memory(errors)
        : list[0]
            ? bg_errors_say(errors, BG_USAGE, mark, NULL, BG_SAY(target_unknown), name, list + 1)
            : bg_errors_say(errors, BG_USAGE, mark, NULL, BG_SAY(target_none));
    free(list);
    return status;
}

bg_status bg_discovery_target(const bg_store_reader *store, const char *name,
                              const bg_store_column **target, bg_errors *errors)
{
    for (size_t i = 0; i < store->count; i++) {
        if (bg_store_plays(&store->column[i], "target") &&
            strcmp(store->column[i].name, name) == 0) {
            *target = &store->column[i];
            return BG_OK;
        }
    }
    return unknown_target(store, name, errors);
}

/* ---- the scenarios ---- */

#define CHOSEN " FROM scenarios WHERE status = 'ok' AND (?1 IS NULL OR policy_name = ?1)"

static sqlite3_stmt *prepare_for(const bg_store_reader *store, const char *format,
                                 const bg_store_column *const names[], const char *policy)
{
    sqlite3_stmt *statement = bg_store_prepare(store, format, names);
    if (statement && policy &&
        sqlite3_bind_text(statement, 1, policy, -1, SQLITE_STATIC) != SQLITE_OK) {
        sqlite3_finalize(statement);
        statement = NULL;
    }
    return statement;
}

/* Axes that take more than one value among them. */
static bg_status find_axes(const bg_store_reader *store, const char *policy, bg_discovery *self,
                           bg_errors *errors)
{
    for (size_t i = 0; i < store->count && self->axes < BG_MAX_AXES; i++) {
        const bg_store_column *column = &store->column[i];
        if (!bg_store_is_axis(column)) {
            continue;
        }
        sqlite3_stmt *statement = prepare_for(store, "SELECT min(%c), max(%c), count(*)" CHOSEN,
                                              (const bg_store_column *[]){column, column}, policy);
        if (!statement || sqlite3_step(statement) != SQLITE_ROW) {
            sqlite3_finalize(statement);
            return bg_store_unreadable(store, errors);
        }
        self->low[self->axes] = sqlite3_column_double(statement, 0);
        self->high[self->axes] = sqlite3_column_double(statement, 1);
        self->scenarios = (size_t)sqlite3_column_int64(statement, 2);
        if (self->low[self->axes] < self->high[self->axes]) {
            self->axis[self->axes++] = column;
        }
        sqlite3_finalize(statement);
    }
    return BG_OK;
}

/* One column of the scenarios, in their order. */
static bg_status read_column(const bg_store_reader *store, const char *policy,
                             const bg_store_column *column, double *values, size_t count,
                             bg_errors *errors)
{
    sqlite3_stmt *statement = prepare_for(store, "SELECT %c" CHOSEN " ORDER BY scenario",
                                          (const bg_store_column *[]){column}, policy);
    if (!statement) {
        return bg_store_unreadable(store, errors);
    }
    size_t i = 0;
    while (i < count && sqlite3_step(statement) == SQLITE_ROW) {
        values[i++] = sqlite3_column_double(statement, 0);
    }
    sqlite3_finalize(statement);
    return i == count ? BG_OK : bg_store_unreadable(store, errors);
}

static bg_status read_hits(const bg_store_reader *store, const bg_discovery_question *question,
                           const char *policy, bg_discovery *self, bg_errors *errors)
{
    const bg_store_column *target = NULL;
    double *holds = calloc(self->scenarios, sizeof *holds);
    bg_status status = holds ? bg_discovery_target(store, question->target, &target, errors)
                             : bg_no_memory(errors);
    status = status ? status : read_column(store, policy, target, holds, self->scenarios, errors);
    for (size_t i = 0; i < self->scenarios && status == BG_OK; i++) {
        self->hit[i] = (holds[i] != 0) == question->met;
        self->sought += self->hit[i];
    }
    free(holds);
    return status;
}

static bg_status refuse_empty(const bg_store_reader *store, const char *policy,
                              const bg_discovery *self, bg_errors *errors)
{
    const bg_mark mark = {.file = store->path};
    if (self->axes > 0) {
        return BG_OK;
    }
    return self->scenarios == 0 && policy
               ? bg_errors_say(errors, BG_USAGE, mark, NULL, BG_SAY(policy_not_stored), policy)
               : bg_errors_say(errors, BG_USAGE, mark, NULL, BG_SAY(axes_none));
}

static bg_status read_scenarios(const bg_store_reader *store, const bg_discovery_question *question,
                                const char *policy, bg_discovery *self, bg_errors *errors)
{
    bg_status status = find_axes(store, policy, self, errors);
    status = status ? status : refuse_empty(store, policy, self, errors);
    if (status == BG_OK) {
        self->value = calloc(self->axes * self->scenarios, sizeof *self->value);
        self->hit = calloc(self->scenarios, sizeof *self->hit);
        status = self->value && self->hit ? BG_OK : bg_no_memory(errors);
    }
    for (size_t axis = 0; axis < self->axes && status == BG_OK; axis++) {
        status = read_column(store, policy, self->axis[axis], self->value + axis * self->scenarios,
                             self->scenarios, errors);
    }
    return status ? status : read_hits(store, question, policy, self, errors);
}

/* ---- boxes ---- */

/* Chooses a box of the peeling, and leaves out the bounds that say nothing. */
static bg_status conclude(const bg_points *points, double density, bg_discovery_box *self)
{
    const size_t inputs = points->inputs;
    self->side = calloc(inputs, sizeof *self->side);
    self->chance = calloc(inputs, sizeof *self->chance);
    if (!self->side || !self->chance) {
        return BG_MEMORY;
    }
    self->chosen = bg_peeling_choose(&self->peeling, density);
    self->box = self->peeling.box[self->chosen];
    memcpy(self->side, self->box.side, inputs * sizeof *self->side);
    self->box.side = self->side;
    bg_box_relax(&self->box, points, BG_DISCOVERY_CHANCE);
    for (size_t input = 0; input < inputs; input++) {
        self->chance[input] = bg_box_chance(&self->box, points, input);
    }
    return BG_OK;
}

static bool bounds_any(const bg_discovery *self, const bg_box *box)
{
    bool any = false;
    for (size_t axis = 0; axis < self->axes; axis++) {
        any = any || bg_box_bounds(box, axis);
    }
    return any;
}

/* Whether it is worth telling: the first one where it bounds anything, further ones as dense as is asked for. */
static bool is_told(const bg_discovery *self, const bg_discovery_box *found, double density)
{
    return bounds_any(self, &found->box) &&
           (self->boxes == 0 ||
            (bg_box_density(&found->box) >= density &&
             bg_box_coverage(&found->box, self->sought) >= BG_DISCOVERY_COVERAGE));
}

static void free_box(bg_discovery_box *self)
{
    bg_peeling_free(&self->peeling);
    free(self->side);
    free(self->chance);
    *self = (bg_discovery_box){0};
}

static bg_status find_boxes(bg_discovery *self, double density)
{
    bool *aside = calloc(self->scenarios, sizeof *aside);
    const bg_points points = {.count = self->scenarios,
                              .inputs = self->axes,
                              .value = self->value,
                              .hit = self->hit,
                              .aside = aside};
    bg_status status = aside ? BG_OK : BG_MEMORY;
    while (status == BG_OK && self->boxes < BG_DISCOVERY_BOXES) {
        bg_discovery_box *next = &self->box[self->boxes];
        status = bg_peeling_find(&points, &next->peeling);
        status = status ? status : conclude(&points, density, next);
        if (status || !is_told(self, next, density)) {
            free_box(next);
            break;
        }
        for (size_t i = 0; i < self->scenarios; i++) {
            aside[i] = aside[i] || bg_box_holds(&next->box, &points, i);
        }
        self->boxes++;
    }
    free(aside);
    return status;
}

bg_status bg_discovery_find(const bg_store_reader *store, const bg_discovery_question *question,
                            const char *policy, bg_discovery *self, bg_errors *errors)
{
    *self = (bg_discovery){0};
    const bg_status status = read_scenarios(store, question, policy, self, errors);
    return status                                             ? status
           : find_boxes(self, question->density) == BG_MEMORY ? bg_no_memory(errors)
                                                              : BG_OK;
}

void bg_discovery_free(bg_discovery *self)
{
    for (size_t i = 0; i < self->boxes; i++) {
        free_box(&self->box[i]);
    }
    free(self->value);
    free(self->hit);
    *self = (bg_discovery){0};
}

size_t bg_discovery_bounded(const bg_discovery *self, size_t box, size_t k)
{
    const bg_discovery_box *of = &self->box[box];
    for (size_t axis = 0; axis < self->axes; axis++) {
        size_t before = 0;
        for (size_t other = 0; other < self->axes; other++) {
            const bool tied = other < axis && of->chance[other] == of->chance[axis];
            before +=
                bg_box_bounds(&of->box, other) && (of->chance[other] < of->chance[axis] || tied);
        }
        if (bg_box_bounds(&of->box, axis) && before == k) {
            return axis;
        }
    }
    return self->axes;
}
