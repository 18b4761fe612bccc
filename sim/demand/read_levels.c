/* Levels of lines, and those that a change names. */
#include "demand/messages.h"
#include "demand/reader.h"

#include <math.h>
#include <string.h>

static bool shares_add_up(bg_demand_reader *self, const bg_node *node)
{
    bg_decimal sum = 0;
    for (const bg_node *of = node->child; of; of = of->next) {
        sum += bg_node_child(of, "cases")->value.decimal;
    }
    if (sum != BG_ONE) {
        char number[BG_NUMBER_TEXT];
        BG_DEMAND_FAIL(self, BG_RANGE, node, BG_SAY(levels_not_whole),
                       bg_percent_text(sum, number));
    }
    return sum == BG_ONE;
}

static bool complete(bg_demand_reader *self, const bg_node *node)
{
    for (const bg_node *of = node->child; of; of = of->next) {
        if (!bg_node_child(of, "cases") || !bg_node_child(of, "cost")) {
            BG_DEMAND_FAIL(self, BG_MISSING, of, BG_SAY(level_incomplete));
            return false;
        }
    }
    if (bg_node_count(node) > BG_MAX_LEVELS) {
        BG_DEMAND_FAIL(self, BG_LIMIT, node, BG_SAY(levels_too_many), bg_node_count(node),
                       BG_MAX_LEVELS);
        return false;
    }
    return shares_add_up(self, node);
}

void bg_demand_check_divisions(bg_demand_reader *self)
{
    for (size_t i = 0; i < self->history->line_count && !self->status; i++) {
        const bg_node *section = bg_demand_line_section(self, &self->history->line[i]);
        const bg_node *levels = bg_node_child(section, "levels");
        if (levels) {
            complete(self, levels);
        }
    }
}

/* The line's own spread is that of its levels together. */
static void find_within(bg_demand_reader *self, const bg_node *node, double variation,
                        bg_levels_read *of)
{
    double square = 0;
    for (size_t i = 0; i < of->count; i++) {
        square += of->level[i].cases * of->level[i].cost * of->level[i].cost;
    }
    of->within = (1 + variation) / square - 1;
    if (of->within < 1e-4) {
        BG_DEMAND_FAIL(self, BG_RANGE, node, BG_SAY(levels_too_unlike), sqrt(square * 1.0001 - 1),
                       sqrt(variation));
    }
}

/* Payments of a level are of the kind of the line's. */
static bool find_severity(bg_demand_reader *self, size_t index, const bg_node *node,
                          bg_levels_read *of)
{
    const bg_severity_kind kind = self->model->line[index].severity.kind;
    if (!self->status && !bg_severity_init(&of->severity, kind, sqrt(of->within))) {
        double lowest, highest;
        bg_severity_pareto_range(&lowest, &highest);
        BG_DEMAND_FAIL(self, BG_RANGE, node, BG_SAY(levels_pareto), sqrt(of->within), lowest,
                       highest);
    }
    return !self->status;
}

bool bg_demand_read_levels(bg_demand_reader *self, size_t index, bg_levels_read *result)
{
    const bg_line *line = &self->history->line[index];
    const bg_node *node = bg_node_child(bg_demand_line_section(self, line), "levels");
    const double cv = self->model->line[index].severity.cv;
    *result = (bg_levels_read){.count = 1, .level = {{.cases = 1, .cost = 1}}, .within = cv * cv};
    if (!node) {
        result->severity = self->model->line[index].severity;
        return true;
    }
    if (!complete(self, node)) {
        return false;
    }
    double mean = 0;
    result->count = 0;
    for (const bg_node *of = node->child; of; of = of->next) {
        bg_level_read *one = &result->level[result->count++];
        *one = (bg_level_read){of->key, bg_node_double(of, "cases"), bg_node_double(of, "cost")};
        mean += one->cases * one->cost;
    }
    for (size_t i = 0; i < result->count; i++) {
        result->level[i].cost /= mean;
    }
    find_within(self, node, cv * cv, result);
    return find_severity(self, index, node, result);
}

uint8_t bg_demand_level_bit(const bg_levels_read *of, const char *name)
{
    for (size_t i = 0; i < of->count; i++) {
        if (of->level[i].name && strcmp(of->level[i].name, name) == 0) {
            return (uint8_t)(1U << i);
        }
    }
    return 0;
}

bool bg_demand_miss_level(bg_demand_reader *self, const bg_node *level, const bg_line *line)
{
    const char *community = bg_scenario_community(self->scenario);
    if (community) {
        bg_errors_advise(self->errors, level->mark, level->path, BG_SAY(level_unused), community,
                         line->name, level->text);
    } else {
        BG_DEMAND_FAIL(self, BG_INVALID, level, BG_SAY(level_unknown), line->name, level->text,
                       line->name);
    }
    return community != NULL;
}

static bool keep_levels(bg_demand_reader *self, size_t line, bg_levels_read *of)
{
    bg_line_levels *kept = &self->model->line[line].levels;
    if (!bg_demand_read_levels(self, line, of)) {
        return false;
    }
    *kept = (bg_line_levels){.count = of->count, .within = of->within, .severity = of->severity};
    for (size_t i = 0; i < of->count; i++) {
        kept->cases[i] = of->level[i].cases;
        kept->cost[i] = of->level[i].cost;
    }
    return true;
}

bool bg_demand_keep_levels(bg_demand_reader *self, size_t line)
{
    bg_levels_read of;
    return keep_levels(self, line, &of);
}

bool bg_demand_find_level(bg_demand_reader *self, const bg_node *level, size_t line, uint8_t *bits)
{
    bg_levels_read of;
    if (!keep_levels(self, line, &of)) {
        return false;
    }
    const uint8_t bit = bg_demand_level_bit(&of, level->text);
    *bits = (uint8_t)(*bits | bit);
    return bit || bg_demand_miss_level(self, level, &self->history->line[line]);
}
