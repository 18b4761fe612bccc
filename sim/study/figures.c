#include "study/figures.h"

#include <baogan/figure.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A figure or target as a model has it: funds and institutions differ by policy. */
typedef struct asked {
    bg_figure figure;
    bg_target target;
} asked;

static bg_status parse(const bg_study_figure *item, const bg_model *model, asked *result,
                       bg_errors *errors)
{
    bg_errors found;
    bg_errors_init(&found);
    bg_status status =
        item->is_target
            ? bg_target_parse(model, item->expression, item->node->path, &result->target, &found)
            : bg_figure_parse(model, item->expression, item->node->path, &result->figure, &found);
    for (size_t i = 0; i < found.count; i++) {
        bg_errors_add(errors, BG_INVALID, item->node->mark, item->node->path, "%s",
                      found.items[i].message);
    }
    bg_errors_free(&found);
    return status == BG_USAGE ? BG_INVALID : status;
}

/* ---- reading ---- */

static bg_status read_section(const bg_node *section, bool of_targets, const bg_model *model,
                              bg_figures *self, bg_errors *errors)
{
    bg_status status = BG_OK;
    for (const bg_node *node = section ? section->child : NULL; node; node = node->next) {
        asked read;
        bg_study_figure *item = &self->item[self->count++];
        *item = (bg_study_figure){
            .name = node->key, .expression = node->text, .node = node, .is_target = of_targets};
        bg_status one = parse(item, model, &read, errors);
        item->is_share = one == BG_OK && !of_targets && read.figure.kind == BG_FIGURE_CHANCE;
        bg_first(&status, one);
    }
    return status;
}

/* Which way figures are better, by their names. */
static bg_status read_better(const bg_node *better, bg_figures *self, bg_errors *errors)
{
    for (const bg_node *node = better ? better->child : NULL; node; node = node->next) {
        size_t i = 0;
        while (i < self->count &&
               (self->item[i].is_target || strcmp(self->item[i].name, node->key) != 0)) {
            i++;
        }
        if (i == self->count) {
            return bg_errors_add(errors, BG_INVALID, node->mark, node->path,
                                 "there is no figure \"%s\" in sweep.figures.", node->key);
        }
        self->item[i].better = 1 + (int)node->value.integer;
    }
    return BG_OK;
}

bg_status bg_figures_read(const bg_node *sweep, const bg_model *model, bg_figures *self,
                          bg_errors *errors)
{
    const bg_node *figures = bg_node_child(sweep, "figures");
    const bg_node *targets = bg_node_child(sweep, "targets");
    const size_t count = bg_node_count(figures) + bg_node_count(targets);
    *self = (bg_figures){.item = calloc(count + 1, sizeof *self->item)};
    if (!self->item) {
        return bg_no_memory(errors);
    }
    if (count == 0) {
        return bg_errors_add(errors, BG_MISSING, sweep->mark, sweep->path,
                             "a sweep needs `figures`, which say what is reported of each "
                             "scenario, such as {risk: p_overspend}.");
    }
    bg_status status = read_section(figures, false, model, self, errors);
    bg_status other = read_section(targets, true, model, self, errors);
    bg_first(&status, other);
    other = read_better(bg_node_child(sweep, "better"), self, errors);
    return status ? status : other;
}

void bg_figures_free(bg_figures *self)
{
    free(self->item);
    *self = (bg_figures){0};
}

/* ---- computing ---- */

static bg_status parse_all(const bg_figures *self, const bg_model *model, asked *list,
                           bool *outcomes, bg_errors *errors)
{
    bg_status status = BG_OK;
    for (size_t i = 0; i < self->count && status == BG_OK; i++) {
        status = parse(&self->item[i], model, &list[i], errors);
        if (status == BG_OK && self->item[i].is_target) {
            bg_target_want(&list[i].target, outcomes);
        } else if (status == BG_OK) {
            bg_figure_want(&list[i].figure, outcomes);
        }
    }
    return status;
}

static bg_status read_one(const bg_study_figure *item, const asked *what,
                          const bg_projection *projection, double *value, double *se)
{
    if (item->is_target) {
        bg_reading reading;
        bg_status status = bg_target_read(&what->target, projection, &reading);
        *value = status == BG_OK && reading.met ? 1 : 0;
        *se = NAN;
        return status;
    }
    bg_estimate estimate;
    bg_status status = bg_figure_read(&what->figure, projection, &estimate);
    const double unit = item->is_share ? 1 : 100;
    *value = status == BG_OK ? estimate.value / unit : NAN;
    *se = status == BG_OK ? estimate.se / unit : NAN;
    return status;
}

static bg_status project(const bg_figures *self, const bg_model *model, const asked *list,
                         const bool *outcomes, double value[], double se[], bg_errors *errors)
{
    bg_projection *projection = NULL;
    const bg_projection_options options = {.threads = 1, .outcomes = outcomes, .no_cash = true};
    bg_status status = bg_projection_run(model, &options, &projection, errors);
    for (size_t i = 0; i < self->count && status == BG_OK; i++) {
        status = read_one(&self->item[i], &list[i], projection, &value[i], &se[i]);
        if (status != BG_OK) {
            bg_errors_add(errors, status, BG_NOWHERE, self->item[i].node->path,
                          "the figure cannot be read.");
        }
    }
    bg_projection_free(projection);
    return status;
}

bg_status bg_figures_compute(const bg_figures *self, const bg_model *model, double value[],
                             double se[], bg_errors *errors)
{
    asked *list = calloc(self->count + 1, sizeof *list);
    bool *outcomes = calloc(bg_model_outcome_count(model), sizeof *outcomes);
    bg_status status =
        list && outcomes ? parse_all(self, model, list, outcomes, errors) : bg_no_memory(errors);
    status = status ? status : project(self, model, list, outcomes, value, se, errors);
    free(list);
    free(outcomes);
    return status;
}
