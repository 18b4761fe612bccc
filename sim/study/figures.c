#include "study/figures.h"

#include "study/messages.h"
#include "study/project.h"

#include <baogan/figure.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A figure or target as a model has it: funds and institutions differ by policy. */
typedef struct asked {
    bg_figure figure;
    bg_target target;
} asked;

/* Of several schemes each must say which it is of: the column of a study has one number. */
static bg_status parse_text(const bg_study_figure *item, const bg_model *model, asked *result,
                            bg_errors *errors)
{
    const char *path = item->node->path;
    const bg_status status =
        item->is_target ? bg_target_parse(model, item->expression, path, &result->target, errors)
                        : bg_figure_parse(model, item->expression, path, &result->figure, errors);
    const bg_figure *figure = item->is_target ? &result->target.figure : &result->figure;
    return status ? status : bg_figure_check_unit(figure, model, item->expression, path, errors);
}

static bg_status parse(const bg_study_figure *item, const bg_model *model, asked *result,
                       bg_errors *errors)
{
    bg_errors found;
    bg_errors_init(&found);
    const bg_status status = parse_text(item, model, result, &found);
    for (size_t i = 0; i < found.count; i++) {
        bg_error error = found.items[i];
        error.status = BG_INVALID;
        bg_errors_say_again(errors, &error, item->node->mark, item->node->path);
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
        item->is_share = one == BG_OK && !of_targets && bg_figure_is_share(&read.figure);
        bg_first(&status, one);
    }
    return status;
}

/* Which way figures are better, by their names. */
static bg_status read_better(const bg_node *better, bg_figures *self, bg_errors *errors)
{
    bg_status status = BG_OK;
    for (const bg_node *node = better ? better->child : NULL; node; node = node->next) {
        size_t i = 0;
        while (i < self->count &&
               (self->item[i].is_target || strcmp(self->item[i].name, node->key) != 0)) {
            i++;
        }
        if (i == self->count) {
            status = bg_errors_say(errors, BG_INVALID, node->mark, node->path,
                                   BG_SAY(better_of_no_figure), node->key);
        } else {
            self->item[i].better = 1 + (int)node->value.integer;
        }
    }
    return status;
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
        return bg_errors_say(errors, BG_MISSING, sweep->mark, sweep->path,
                             BG_SAY(sweep_without_figures));
    }
    bg_status status = read_section(figures, false, model, self, errors);
    bg_status other = read_section(targets, true, model, self, errors);
    bg_first(&status, other);
    bg_first(&status, read_better(bg_node_child(sweep, "better"), self, errors));
    return status;
}

void bg_figures_free(bg_figures *self)
{
    free(self->item);
    *self = (bg_figures){0};
}

/* ---- computing ---- */

/* Figures and targets as a model has them. */
typedef struct asked_all {
    const bg_figures *figures;
    asked *list;
    bg_figure *named; /* the figures of the list and of its targets */
} asked_all;

static void want(const void *context, const bg_model *model, bool *outcomes)
{
    (void)model;
    const asked_all *all = context;
    for (size_t i = 0; i < all->figures->count; i++) {
        if (all->figures->item[i].is_target) {
            bg_target_want(&all->list[i].target, outcomes);
        } else {
            bg_figure_want(&all->list[i].figure, outcomes);
        }
    }
}

static bg_status read_one(const bg_study_figure *item, const asked *what,
                          const bg_projection *projection, double *value, double *se)
{
    if (item->is_target) {
        bg_reading reading;
        bg_status status = bg_target_read(&what->target, projection, &reading);
        *value = status == BG_OK && reading.met ? 1 : 0;
        *se = status == BG_OK && !reading.met ? fabs(reading.measured - reading.bound) : 0;
        return status;
    }
    bg_estimate estimate;
    bg_status status = bg_figure_read(&what->figure, projection, &estimate);
    const double unit = item->is_share ? 1 : 100;
    *value = status == BG_OK ? estimate.value / unit : NAN;
    *se = status == BG_OK ? estimate.se / unit : NAN;
    return status;
}

static bg_status project(const asked_all *all, const bg_model *model, struct bg_kept *kept,
                         double value[], double se[], bg_errors *errors)
{
    const bg_figures *figures = all->figures;
    bg_projection_options options = {
        .threads = 1, .kept = kept, .figures = all->named, .figure_count = figures->count};
    bg_projection *projection = NULL;
    bg_project_narrow(&options, model);
    bg_status status = bg_project_wanted(model, want, all, &options, &projection, errors);
    for (size_t i = 0; i < figures->count && status == BG_OK; i++) {
        status = read_one(&figures->item[i], &all->list[i], projection, &value[i], &se[i]);
        if (status != BG_OK) {
            bg_errors_say(errors, status, BG_NOWHERE, figures->item[i].node->path,
                          BG_SAY(sweep_figure_unreadable));
        }
    }
    bg_projection_free(projection);
    return status;
}

bg_status bg_figures_compute(const bg_figures *self, const bg_model *model, struct bg_kept *kept,
                             double value[], double se[], bg_errors *errors)
{
    const asked_all all = {self, calloc(self->count + 1, sizeof *all.list),
                           calloc(self->count + 1, sizeof *all.named)};
    bg_status status = all.list && all.named ? BG_OK : bg_no_memory(errors);
    for (size_t i = 0; i < self->count && status == BG_OK; i++) {
        status = parse(&self->item[i], model, &all.list[i], errors);
        all.named[i] = self->item[i].is_target ? all.list[i].target.figure : all.list[i].figure;
    }
    status = status ? status : project(&all, model, kept, value, se, errors);
    free(all.list);
    free(all.named);
    return status;
}
