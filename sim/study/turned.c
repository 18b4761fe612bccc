#include "study/turned.h"

#include "study/project.h"
#include "study/sample.h"

#include <math.h>
#include <stdlib.h>

typedef struct turning {
    const bg_scenario_source *source;
    const bg_model *model;
    const volatile int *stop;
    bg_turned_list *list;
} turning;

static bool is_stopped(const turning *self)
{
    return self->stop && *self->stop;
}

static void want(const void *asked, const bg_model *model, bool *outcomes)
{
    (void)asked, (void)model;
    outcomes[BG_OUTCOME_result] = true;
}

static bg_status find_figures(const turning *self, const bg_model *model,
                              bg_turned_figures *figures, bg_errors *unused)
{
    const bg_projection_options how = {.threads = 1,
                                       .stop = self->stop,
                                       .most = self->list->futures,
                                       .years = 1,
                                       .no_cash_event = true,
                                       .no_bands = true};
    bg_projection *projection = NULL;
    const bg_status status = bg_project_wanted(model, want, NULL, &how, &projection, unused);
    *figures = (bg_turned_figures){NAN, NAN};
    if (!status) {
        const size_t any = bg_projection_unit_any(projection);
        const size_t whole = bg_projection_unit_count(projection) - 1;
        figures->chance =
            bg_projection_probability(projection, any, 0, BG_EVENT_overspend).estimate;
        figures->result = bg_projection_statistics(projection, whole, 0, BG_OUTCOME_result)->mean;
    }
    bg_projection_free(projection);
    return status;
}

/* ---- the inputs ---- */

/* A tenth of the usual range down and up, within it. */
static void place(bg_turned *self, int64_t given)
{
    const int64_t low = bg_axis_nearest(&self->input, bg_axis_end(&self->input, false));
    const int64_t high = bg_axis_nearest(&self->input, bg_axis_end(&self->input, true));
    const int64_t part = (high - low) / BG_TURNED_PART;
    const int64_t step = part > 0 ? part : 1;
    self->given = given;
    self->value[0] = given - step < low ? (low < given ? low : given) : given - step;
    self->value[1] = given + step > high ? (high > given ? high : given) : given + step;
}

static bg_status list_inputs(const turning *self)
{
    bg_axis input[BG_SENSITIVITY_INPUTS];
    size_t count = 0;
    const bg_status status = bg_sensitivity_open_inputs(self->model, input, &count);
    for (size_t i = 0; !status && i < count; i++) {
        const bg_node *node = bg_scenario_find(self->model->contract.scenario, input[i].key);
        self->list->item[i].input = input[i];
        place(&self->list->item[i], node->value.integer);
    }
    self->list->count = status ? 0 : count;
    return status;
}

/* ---- the runs ---- */

static bg_status turn(const turning *self, bg_turned *item)
{
    bg_variant variant = {0};
    bg_errors unused;
    bg_errors_init(&unused);
    bg_status status = BG_OK;
    for (int end = 0; end < 2 && !status; end++) {
        const bg_setting setting = bg_setting_of(&item->input, item->value[end]);
        bg_model model;
        status = bg_variant_read(&variant, self->source, &setting, 1, &model, &unused);
        item->figures[end] = (bg_turned_figures){NAN, NAN};
        status = status ? status : find_figures(self, &model, &item->figures[end], &unused);
        bg_model_free(&model);
        status = bg_sample_end(status) ? status : BG_OK;
    }
    bg_errors_free(&unused);
    bg_variant_free(&variant);
    return status;
}

static bg_status turn_all(const turning *self, int threads)
{
    bg_status status = BG_OK;
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
    for (size_t i = 0; i < self->list->count; i++) {
        bg_status before;
#pragma omp atomic read
        before = status;
        const bg_status found =
            before || is_stopped(self) ? BG_OK : turn(self, &self->list->item[i]);
        if (found) {
#pragma omp atomic write
            status = found;
        }
    }
    return status ? status : is_stopped(self) ? BG_INTERRUPTED : BG_OK;
}

/* ---- in order ---- */

static double difference(const bg_turned *self)
{
    const double found = fabs(self->figures[1].chance - self->figures[0].chance);
    return isnan(found) ? 0 : found;
}

static int by_difference(const void *a, const void *b)
{
    const bg_turned *x = a, *y = b;
    const double of_x = difference(x), of_y = difference(y);
    return of_x != of_y ? (of_x < of_y) - (of_x > of_y)
                        : (x->input.row > y->input.row) - (x->input.row < y->input.row);
}

static void put_in_order(bg_turned_list *self)
{
    qsort(self->item, self->count, sizeof *self->item, by_difference);
    while (self->count > 0 && difference(&self->item[self->count - 1]) == 0) {
        self->count--;
    }
}

bg_status bg_turned_find(const bg_scenario_source *source, const bg_model *model, int threads,
                         const volatile int *stop, bg_turned_list *self)
{
    const int64_t given =
        bg_node_integer(bg_scenario_find(model->contract.scenario, "simulation"), "replications");
    *self = (bg_turned_list){.futures = given < BG_TURNED_FUTURES ? (size_t)given
                                                                  : (size_t)BG_TURNED_FUTURES};
    const turning work = {source, model, stop, self};
    bg_errors unused;
    bg_errors_init(&unused);
    bg_status status = list_inputs(&work);
    status = status ? status : find_figures(&work, model, &self->given, &unused);
    status = status ? status : turn_all(&work, threads);
    put_in_order(self);
    bg_errors_free(&unused);
    return status;
}
