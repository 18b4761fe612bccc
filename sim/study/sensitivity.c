#include "study/sensitivity.h"

#include "base/text.h"
#include "study/default_keys.h"
#include "study/messages.h"
#include "study/project.h"
#include "study/variant.h"

#include <math.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>

/* The study at work. */
typedef struct study {
    const bg_sensitivity_question *question;
    bg_sensitivity *result; /* [figures]; inputs and groups are those of the first */
    size_t n;               /* rows of the design */
    double *a, *b;          /* [n][inputs] in the unit cube */
    double *value;    /* [figures][points]; points: [(2 + groups)][n], at A, at B, at each AB */
    double *variance; /* of the figure's own error, the same */
    size_t points;
    bool *failed;        /* by row: keys contradict each other at one of its points */
    bg_variant *variant; /* of each thread */
    size_t done;
    bg_status status; /* the first failure */
    bg_errors *errors;
} study;

/* ---- inputs ---- */

/* A key that was left to an assumption and has a usual range varies over that. */
static bool is_open(const bg_default_key *key, bg_axis *axis)
{
    return key->assumption && key->node->kind == BG_NODE_VALUE &&
           bg_axis_usual(key->node->path, axis);
}

bg_status bg_sensitivity_open_inputs(const bg_model *model, bg_axis input[BG_SENSITIVITY_INPUTS],
                                     size_t *count)
{
    *count = 0;
    const size_t keys = bg_default_keys(model, NULL, 0);
    bg_default_key *key = calloc(keys + 1, sizeof *key);
    if (!key) {
        return BG_MEMORY;
    }
    bg_default_keys(model, key, keys);
    for (size_t i = 0; i < keys && *count < BG_SENSITIVITY_INPUTS; i++) {
        *count += is_open(&key[i], &input[*count]);
    }
    free(key);
    return BG_OK;
}

/* Length of "budget.funds" in a longer path. */
static size_t section_length(const char *path)
{
    size_t parts = 2, end = 0;
    while (path[end] && !((path[end] == '.' || path[end] == '[') && --parts == 0)) {
        end++;
    }
    return end;
}

/* Inputs of one section stand together in the catalogue's order; those named by hand may not. */
static int by_key(const void *a, const void *b)
{
    return strcmp(((const bg_axis *)a)->key, ((const bg_axis *)b)->key);
}

static bg_status form_groups(bg_sensitivity *self, bool by_section)
{
    if (by_section) {
        qsort(self->input, self->inputs, sizeof self->input[0], by_key);
    }
    for (size_t i = 0; i < self->inputs; i++) {
        const char *key = self->input[i].key;
        const size_t length = by_section ? section_length(key) : strlen(key);
        bg_sensitivity_group *last = self->groups ? &self->group[self->groups - 1] : NULL;
        if (last && strlen(last->name) == length && strncmp(last->name, key, length) == 0) {
            last->end++;
            continue;
        }
        char *name = bg_text_format("%.*s", (int)length, key);
        if (!name) {
            return BG_MEMORY;
        }
        self->group[self->groups++] = (bg_sensitivity_group){name, i, i + 1};
    }
    return BG_OK;
}

/* ---- points ---- */

/* The input at that share of its range. */
static bg_setting setting_at(const bg_axis *input, double share)
{
    return bg_setting_of(input, bg_axis_nearest(input, bg_spread_at(&input->spread, share)));
}

/* The input of the unit cube at a row of A, B (set 0, 1) or AB of a group (set 2, …). */
static double share_at(const study *self, size_t set, size_t row, size_t input)
{
    const bg_sensitivity_group *group = self->result->group;
    const size_t g = set - 2;
    const bool from_b = set == 1 || (set > 1 && input >= group[g].first && input < group[g].end);
    return (from_b ? self->b : self->a)[row * self->result->inputs + input];
}

/* Fits bg_want. */
static void want(const void *context, const bg_model *model, bool *outcomes)
{
    const bg_sensitivity_question *question = context;
    (void)model;
    for (size_t i = 0; i < question->figures; i++) {
        bg_figure_want(&question->figure[i], outcomes);
    }
}

static bg_status read_figures(const study *self, const bg_model *model,
                              bg_estimate estimate[BG_FIGURE_UNITS], bg_errors *errors)
{
    const bg_sensitivity_question *question = self->question;
    bg_projection_options how = {.threads = 1,
                                 .stop = question->stop,
                                 .figures = question->figure,
                                 .figure_count = question->figures};
    bg_project_narrow(&how, model);
    bg_projection *projection = NULL;
    bg_status status = bg_project_wanted(model, want, question, &how, &projection, errors);
    for (size_t i = 0; i < question->figures && !status; i++) {
        status = bg_figure_read(&question->figure[i], projection, &estimate[i]);
    }
    bg_projection_free(projection);
    return status;
}

static bg_status estimate_at(const study *self, const bg_setting *settings, size_t count,
                             bg_variant *variant, bg_estimate estimate[BG_FIGURE_UNITS],
                             bg_errors *errors)
{
    bg_model model;
    bg_status status =
        bg_variant_read(variant, self->question->source, settings, count, &model, errors);
    status = status ? status : read_figures(self, &model, estimate, errors);
    bg_model_free(&model);
    return status;
}

/* Keys may contradict each other at a point; anything else is the end. */
static bool ends_all(bg_status status)
{
    return status == BG_MEMORY || status == BG_INTERRUPTED || status == BG_INTERNAL;
}

static void note(study *self, size_t index, bg_status status, bg_errors *errors)
{
#pragma omp critical(bg_sensitivity_note)
    {
        const bg_sensitivity_question *question = self->question;
        self->done++;
        if (question->progress) {
            question->progress(question->context, (double)self->done / (double)self->points);
        }
        if (ends_all(status) && !self->status) {
            self->status = status;
            bg_errors_move(self->errors, errors);
        } else if (status) {
            self->failed[index % self->n] = true;
        }
    }
}

static void run_point(study *self, size_t index)
{
    const bg_sensitivity *result = self->result;
    bg_errors errors;
    bg_errors_init(&errors);
    bg_estimate estimate[BG_FIGURE_UNITS] = {0};
    bg_setting settings[BG_SENSITIVITY_INPUTS];
    for (size_t i = 0; i < result->inputs; i++) {
        settings[i] =
            setting_at(&result->input[i], share_at(self, index / self->n, index % self->n, i));
    }
    bg_variant *own = &self->variant[omp_get_thread_num()];
    bg_status status = estimate_at(self, settings, result->inputs, own, estimate, &errors);
    for (size_t i = 0; i < self->question->figures; i++) {
        if (!status && isnan(estimate[i].value)) {
            status = BG_MISSING; /* of a mean given an event: no future has the event */
        }
        const double se = estimate[i].se;
        self->value[i * self->points + index] = estimate[i].value;
        self->variance[i * self->points + index] = isnan(se) ? 0 : se * se;
    }
    note(self, index, status, &errors);
    bg_errors_free(&errors);
}

static bool is_stopped(const study *self)
{
    return self->question->stop && *self->question->stop;
}

static bg_status run_points(study *self)
{
#pragma omp parallel for schedule(dynamic, 1) num_threads(self->question->threads)
    for (size_t index = 0; index < self->points; index++) {
        bg_status failed;
#pragma omp atomic read
        failed = self->status;
        if (!failed && !is_stopped(self)) {
            run_point(self, index);
        }
    }
    return self->status ? self->status : is_stopped(self) ? BG_INTERRUPTED : BG_OK;
}

/* ---- one input at a time: the classical tornado ---- */

/* One end of an input, with the others as they are. */
static bg_status run_end(const study *self, size_t input, int high, bg_variant *variant,
                         bg_errors *unused)
{
    bg_estimate estimate[BG_FIGURE_UNITS];
    const bg_setting setting = setting_at(&self->result->input[input], high);
    const bg_status status = estimate_at(self, &setting, 1, variant, estimate, unused);
    for (size_t i = 0; i < self->question->figures; i++) {
        bg_sensitivity *result = &self->result[i];
        double *end = high ? &result->high_end[input] : &result->low_end[input];
        *end = status ? NAN : estimate[i].value;
    }
    return ends_all(status) ? status : BG_OK;
}

static bg_status run_ends(const study *self, size_t input)
{
    bg_variant variant = {0};
    bg_errors unused;
    bg_errors_init(&unused);
    bg_status grave = run_end(self, input, 0, &variant, &unused);
    grave = grave ? grave : run_end(self, input, 1, &variant, &unused);
    bg_errors_free(&unused);
    bg_variant_free(&variant);
    return grave;
}

static bg_status run_all_ends(const study *self)
{
    bg_estimate estimate[BG_FIGURE_UNITS];
    bg_status status = read_figures(self, self->question->model, estimate, NULL);
    for (size_t i = 0; i < self->question->figures; i++) {
        self->result[i].as_given = status ? NAN : estimate[i].value;
    }
    status = ends_all(status) ? status : BG_OK;
    for (size_t i = 0; i < self->result->inputs && !status && !is_stopped(self); i++) {
        status = run_ends(self, i);
    }
    return status;
}

/* ---- what the points say ---- */

/* The numbers of a set without those of rows that failed. */
static void keep_rows(const study *self, const double *set, double *to)
{
    for (size_t row = 0; row < self->n; row++) {
        if (!self->failed[row]) {
            *to++ = set[row];
        }
    }
}

/* Leaves out the rows that failed, at all their points. */
static bg_status drop_failed(study *self)
{
    const size_t before = self->n, sets = 2 + self->result->groups;
    const size_t figures = self->question->figures;
    size_t kept = 0;
    for (size_t row = 0; row < before; row++) {
        kept += !self->failed[row];
    }
    if (kept < BG_SENSITIVITY_FEWEST_ROWS || before - kept > before / 4) {
        return bg_errors_say(self->errors, BG_INVALID, BG_NOWHERE, NULL,
                             BG_SAY(sensitivity_contradictions), before - kept, before);
    }
    for (size_t set = 0; set < figures * sets; set++) {
        keep_rows(self, self->value + set * before, self->value + set * kept);
        keep_rows(self, self->variance + set * before, self->variance + set * kept);
    }
    for (size_t i = 0; i < figures; i++) {
        self->result[i].rows = kept;
        self->result[i].left_out = before - kept;
    }
    self->n = kept;
    self->points = sets * kept;
    return BG_OK;
}

static bg_status compute_indices(const study *self, size_t figure)
{
    bg_sensitivity *result = &self->result[figure];
    const double *value = self->value + figure * self->points;
    const bg_sobol_values values = {self->n, result->groups, value, value + self->n,
                                    value + 2 * self->n};
    bg_status status = BG_OK;
    for (size_t s = 0; s < BG_SENSITIVITY_SHARES && !status; s++) {
        const size_t rows = self->n >> (BG_SENSITIVITY_SHARES - 1 - s);
        result->rows_at[s] = rows > 2 ? rows : 2;
        status =
            bg_sobol_indices_compute(&values, result->rows_at[s], result->seed, &result->at[s]);
    }
    return status;
}

static double inner_noise(const study *self, size_t figure)
{
    double sum = 0;
    for (size_t i = 0; i < 2 * self->n; i++) {
        sum += self->variance[figure * self->points + i];
    }
    const double variance = self->result[figure].at[BG_SENSITIVITY_SHARES - 1].variance;
    return variance > 0 ? sum / (double)(2 * self->n) / variance : 0;
}

static void rank(bg_sensitivity *self)
{
    const bg_sobol_index *total = self->at[BG_SENSITIVITY_SHARES - 1].total;
    for (size_t g = 0; g < self->groups; g++) {
        size_t at = g;
        while (at > 0 && total[self->order[at - 1]].value < total[g].value) {
            self->order[at] = self->order[at - 1];
            at--;
        }
        self->order[at] = g;
    }
}

/* ---- the whole ---- */

static bg_status make_room(study *self)
{
    const size_t inputs = self->result->inputs, figures = self->question->figures;
    self->points = (2 + self->result->groups) * self->n;
    self->a = calloc(self->n * inputs, sizeof *self->a);
    self->b = calloc(self->n * inputs, sizeof *self->b);
    self->value = calloc(figures * self->points + 1, sizeof *self->value);
    self->variance = calloc(figures * self->points + 1, sizeof *self->variance);
    self->failed = calloc(self->n, sizeof *self->failed);
    self->variant = calloc((size_t)self->question->threads, sizeof *self->variant);
    return self->a && self->b && self->value && self->variance && self->failed && self->variant
               ? BG_OK
               : BG_MEMORY;
}

static void free_room(study *self)
{
    for (int i = 0; self->variant && i < self->question->threads; i++) {
        bg_variant_free(&self->variant[i]);
    }
    free(self->variant);
    free(self->a);
    free(self->b);
    free(self->value);
    free(self->variance);
    free(self->failed);
}

static bg_status read_points(const study *self, size_t figure)
{
    bg_sensitivity *result = &self->result[figure];
    const bg_status status = compute_indices(self, figure);
    if (!status) {
        result->varies = result->at[BG_SENSITIVITY_SHARES - 1].variance > 0;
        result->inner_noise = inner_noise(self, figure);
        rank(result);
    }
    return status;
}

static bg_status run(study *self)
{
    const bg_sensitivity_question *question = self->question;
    bg_sensitivity *result = self->result;
    bg_status status = BG_OK;
    for (size_t i = 0; i < question->figures && !status; i++) {
        status = form_groups(&result[i], question->by_section);
    }
    status = status ? status : make_room(self);
    status =
        status ? status : bg_sobol_points(self->n, result->inputs, result->seed, self->a, self->b);
    status = status ? status : run_points(self);
    status = status ? status : drop_failed(self);
    status = status ? status : run_all_ends(self);
    for (size_t i = 0; i < question->figures && !status; i++) {
        status = read_points(self, i);
    }
    return status;
}

bg_status bg_sensitivity_run(const bg_sensitivity_question *question, bg_sensitivity answers[],
                             bg_errors *errors)
{
    const bg_node *simulation = bg_scenario_find(question->model->contract.scenario, "simulation");
    for (size_t i = 0; i < question->figures; i++) {
        answers[i] = (bg_sensitivity){.inputs = question->inputs,
                                      .seed = (uint64_t)bg_node_integer(simulation, "seed")};
        memcpy(answers[i].input, question->input, question->inputs * sizeof *question->input);
    }
    study work = {.question = question, .result = answers, .n = question->rows, .errors = errors};
    const bg_status status = run(&work);
    free_room(&work);
    return status;
}

void bg_sensitivity_free(bg_sensitivity *self)
{
    for (size_t s = 0; s < BG_SENSITIVITY_SHARES; s++) {
        bg_sobol_indices_free(&self->at[s]);
    }
    for (size_t g = 0; g < self->groups; g++) {
        free(self->group[g].name);
    }
    self->groups = 0;
}
