/* What indicators of performance ask of the model. */
#include "demand/messages.h"
#include "demand/reader.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Of the sum above the line, what counts of a line. */
typedef enum part { ALL, INSIDE, PRIMARY } part;

typedef struct kind {
    bg_quantity_kind of;
    part part;
    const char *service; /* alone; or NULL */
} kind;

/* In the order of the catalogue's choices. Shares are per cent, amounts yuan. */
static const kind kinds[] = {
    {{BG_SUM_CASES, BG_SUM_CASES, 100, false}, INSIDE, NULL},      /* cases_inside */
    {{BG_SUM_PAID, BG_SUM_PAID, 100, false}, INSIDE, NULL},        /* paid_inside */
    {{BG_SUM_CASES, BG_SUM_CASES, 100, false}, PRIMARY, NULL},     /* cases_primary */
    {{BG_SUM_BILLS, BG_SUM_CASES, 100, true}, ALL, NULL},          /* cost_growth */
    {{BG_SUM_PAID, BG_SUM_BILLS, 100, false}, ALL, NULL},          /* fund_share */
    {{BG_SUM_CASES, BG_SUM_PEOPLE, 100, false}, ALL, "inpatient"}, /* admissions */
    {{BG_SUM_PATIENTS, BG_SUM_PEOPLE, 0.01, false}, ALL, NULL},    /* patients_per_head */
    {{BG_SUM_PATIENTS, BG_SUM_CASES, 0.01, false}, ALL, NULL},     /* patients_per_case */
};

typedef struct asked {
    bg_demand_reader *reader;
    const bg_node *node; /* `simulated` */
    const bg_node *lines;
    const kind *kind;
    bg_quantity *quantity;
} asked;

static const bg_line *line_at(const asked *self, size_t index)
{
    return &self->reader->history->line[index];
}

/* ---- lines ---- */

static bool mark_lines(const asked *self)
{
    bool *counts = self->quantity->counts, any = false;
    if (!self->lines) {
        bg_demand_mark_lines(self->reader->history, "*", counts);
    }
    for (const bg_node *of = self->lines ? self->lines->child : NULL; of; of = of->next) {
        if (!bg_demand_mark_lines(self->reader->history, of->text, counts)) {
            bg_demand_miss_pattern(self->reader, of);
        }
    }
    for (size_t i = 0; i < self->reader->model->line_count; i++) {
        const char *service = self->kind->service;
        counts[i] = counts[i] && (!service || strcmp(line_at(self, i)->service, service) == 0);
        any = any || counts[i];
    }
    if (!any && !self->reader->status) {
        BG_DEMAND_FAIL(self->reader, BG_INVALID, self->lines ? self->lines : self->node,
                       BG_SAY(quantity_without_lines), self->node->text,
                       self->kind->service ? self->kind->service : BG_BOTH("these", "以下"));
    }
    return any;
}

/* ---- is it simulated? ---- */

static bool has_sum(const asked *self, bg_quantity_sum sum)
{
    return self->kind->of.of == sum || self->kind->of.by == sum;
}

static bool has_bills(const bg_line *line, size_t years)
{
    bool has = false;
    for (size_t i = 0; i < years; i++) {
        has = has || line->year[i].cost_fen >= 0;
    }
    return has;
}

/* Of a line that counts; what it lacks has been said. */
static bool is_simulated(const asked *self, size_t index)
{
    const bg_line *line = line_at(self, index);
    if (has_sum(self, BG_SUM_CASES) && !line->has_cases) {
        BG_DEMAND_FAIL(self->reader, BG_INVALID, self->node, BG_SAY(quantity_without_cases),
                       self->node->text, line->name);
        return false;
    }
    if ((has_sum(self, BG_SUM_BILLS) || has_sum(self, BG_SUM_PATIENTS)) &&
        !has_bills(line, self->reader->history->year_count)) {
        BG_DEMAND_FAIL(self->reader, BG_INVALID, self->node, BG_SAY(quantity_without_bills),
                       self->node->text, line->name);
        return false;
    }
    return true;
}

/* ---- the part of a line ---- */

static bool is_primary(const bg_node *level)
{
    const bg_node *said = bg_node_child(level, "primary");
    return said ? said->value.integer != 0
                : strcmp(level->key, "village") == 0 || strcmp(level->key, "township") == 0;
}

/* Finds which levels of the line are primary, and their share of its cases; negative where nothing says. */
static double primary_share(const asked *self, size_t index, uint8_t *primary)
{
    const bg_line *line = line_at(self, index);
    const bg_node *section = bg_demand_line_section(self->reader, line);
    const bg_node *levels = bg_node_child(section, "levels");
    bg_levels_read of;
    double share = 0;
    if (!levels) {
        return line->place == BG_PLACE_OUT ? 0 : -1;
    }
    if (!bg_demand_read_levels(self->reader, index, &of)) {
        return 0;
    }
    for (const bg_node *level = levels->child; level; level = level->next) {
        if (is_primary(level)) {
            *primary = (uint8_t)(*primary | bg_demand_level_bit(&of, level->key));
            share += bg_node_double(level, "cases");
        }
    }
    return share;
}

static double weight_of(const asked *self, size_t index)
{
    switch (self->kind->part) {
    case INSIDE:
        return line_at(self, index)->place == BG_PLACE_IN;
    case PRIMARY:
        return primary_share(self, index, &self->quantity->primary[index]);
    case ALL:
        break;
    }
    return 1;
}

/* A share of which every line brings as much, whatever happens, says nothing. */
static void check_weights(const asked *self)
{
    const bg_quantity *quantity = self->quantity;
    double least = INFINITY, most = -INFINITY;
    for (size_t i = 0; i < self->reader->model->line_count; i++) {
        if (quantity->counts[i] && quantity->weight[i] < 0) {
            BG_DEMAND_FAIL(self->reader, BG_MISSING, self->node, BG_SAY(quantity_without_levels),
                           self->node->text, line_at(self, i)->name);
            return;
        }
        if (quantity->counts[i]) {
            least = fmin(least, quantity->weight[i]);
            most = fmax(most, quantity->weight[i]);
        }
    }
    if (self->kind->part == INSIDE && least == most) {
        BG_DEMAND_FAIL(self->reader, BG_INVALID, self->node, BG_SAY(quantity_without_place),
                       self->node->text,
                       least > 0 ? BG_BOTH("outside", "县外") : BG_BOTH("inside", "县内"));
    } else if (self->kind->part == PRIMARY && most == 0) {
        BG_DEMAND_FAIL(self->reader, BG_INVALID, self->node, BG_SAY(quantity_without_primary),
                       self->node->text);
    }
}

/* ---- the last base year, from which the first budget year may grow ---- */

static double base_ratio(const asked *self)
{
    const bg_demand *model = self->reader->model;
    double bills = 0, cases = 0;
    for (size_t i = 0; i < model->line_count; i++) {
        const bg_demand_line *line = &model->line[i];
        if (self->quantity->counts[i]) {
            const double of_line =
                model->scheme[line->scheme].people * line->part[BG_FREQUENCY].level;
            cases += of_line;
            bills += of_line * line->part[BG_COST].level * (1 + line->patient_share);
        }
    }
    return cases > 0 ? bills / cases : NAN;
}

static void read_quantity(const asked *self)
{
    bg_quantity *quantity = self->quantity;
    *quantity = (bg_quantity){.kind = self->kind->of};
    if (!mark_lines(self)) {
        return;
    }
    for (size_t i = 0; i < self->reader->model->line_count; i++) {
        if (!quantity->counts[i]) {
            continue;
        }
        if (!is_simulated(self, i)) {
            return;
        }
        quantity->scheme[self->reader->model->line[i].scheme] = true;
        quantity->weight[i] = weight_of(self, i);
    }
    if (!self->reader->status) {
        check_weights(self);
    }
    quantity->base = self->kind->of.growth ? base_ratio(self) : 0;
}

/* Room for as many as are asked for. */
static bool make_room(bg_demand_reader *self, const bg_node *indicators)
{
    size_t count = 0;
    for (const bg_node *node = indicators ? indicators->child : NULL; node; node = node->next) {
        count += bg_node_child(node, "simulated") != NULL;
    }
    if (count > BG_MAX_QUANTITIES) {
        BG_DEMAND_FAIL(self, BG_LIMIT, indicators, BG_SAY(quantities_too_many), count,
                       BG_MAX_QUANTITIES);
        return false;
    }
    self->model->quantity = count ? calloc(count, sizeof *self->model->quantity) : NULL;
    if (count && !self->model->quantity) {
        self->status = bg_no_memory(self->errors);
    }
    return self->model->quantity != NULL;
}

static void warn_lines(bg_demand_reader *self, const bg_node *indicator)
{
    const bg_node *lines = bg_node_child(indicator, "lines");
    if (lines && !bg_node_child(indicator, "simulated")) {
        bg_errors_advise(self->errors, lines->mark, lines->path, BG_SAY(indicator_lines_unused));
    }
}

void bg_demand_read_quantities(bg_demand_reader *self)
{
    bg_demand *model = self->model;
    const bg_node *indicators = bg_scenario_find(self->scenario, "performance.indicators");
    const bool any = make_room(self, indicators);
    for (const bg_node *node = indicators ? indicators->child : NULL; node; node = node->next) {
        const bg_node *simulated = bg_node_child(node, "simulated");
        warn_lines(self, node);
        if (any && simulated) {
            read_quantity(&(asked){.reader = self,
                                   .node = simulated,
                                   .lines = bg_node_child(node, "lines"),
                                   .kind = &kinds[simulated->value.integer],
                                   .quantity = &model->quantity[model->quantity_count++]});
        }
    }
}
