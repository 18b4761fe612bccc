#include "study/sample.h"

#include "projection/kept.h"
#include "study/project.h"

#include <math.h>
#include <omp.h>
#include <stdlib.h>

/* ---- one point ---- */

bg_setting bg_sample_setting(const bg_axis *input, double share)
{
    return bg_setting_of(input, bg_axis_nearest(input, bg_spread_at(&input->spread, share)));
}

bool bg_sample_of_demand(const bg_sensitivity *shape, size_t from, size_t to)
{
    bool reads = false;
    for (size_t i = from; i < to; i++) {
        reads = reads || bg_reader_is_demand(bg_catalogue_reader(shape->input[i].row->path));
    }
    return reads;
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

bg_status bg_sample_estimate(const bg_sensitivity_question *question, const bg_model *model,
                             size_t replications, struct bg_kept *kept,
                             bg_estimate estimate[BG_FIGURE_UNITS], bg_errors *errors)
{
    bg_projection_options how = {.threads = 1,
                                 .stop = question->stop,
                                 .most = replications,
                                 .kept = kept,
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

/* Keys may contradict each other at a point; anything else is the end. */
bool bg_sample_end(bg_status status)
{
    return status == BG_MEMORY || status == BG_INTERRUPTED || status == BG_INTERNAL;
}

/* ---- a row ---- */

typedef struct line {
    bg_sample *sample;
    size_t row;
    bg_variant *variant;
    bg_kept *kept; /* futures of A; NULL where nobody else asks for them */
    bg_errors *errors;
} line;

size_t bg_sample_at(const bg_sample *self, size_t figure, size_t set, size_t row)
{
    return (figure * self->sets + set) * self->rows + row;
}

static const bg_sensitivity_group *group_of(const bg_sample *self, size_t set)
{
    return &self->shape->group[set - 2];
}

/* Sets before those of pairs. */
static size_t single_sets(const bg_sample *self)
{
    return 2 + self->shape->groups;
}

/* Whether the columns of a group are from B in a set. */
static bool is_from_b(const bg_sample *self, size_t set, size_t group)
{
    if (set < single_sets(self)) {
        return set == 1 || set == 2 + group;
    }
    const bg_sensitivity_pair *pair = &self->shape->pair[set - single_sets(self)];
    return group == pair->first || group == pair->second;
}

/* Group of an input. */
static size_t group_at(const bg_sample *self, size_t input)
{
    size_t g = 0;
    while (input >= self->shape->group[g].end) {
        g++;
    }
    return g;
}

/* The input as the scenario has it, else NULL. */
static const bg_node *given(const bg_sample *self, size_t input)
{
    const bg_axis *axis = &self->shape->input[input];
    const bg_node *node = bg_scenario_find(self->question->model->contract.scenario, axis->key);
    return node && node->kind == BG_NODE_VALUE && node->parameter->type == axis->row->type ? node
                                                                                           : NULL;
}

static void fill_settings(const bg_sample *self, size_t set, size_t row, bg_setting *settings)
{
    const size_t inputs = self->shape->inputs;
    for (size_t i = 0; i < inputs; i++) {
        const size_t g = group_at(self, i);
        const bg_node *fixed = row >= self->fixed_from[g] ? given(self, i) : NULL;
        const double *cube = is_from_b(self, set, g) ? self->b : self->a;
        settings[i] = bg_sample_setting(&self->shape->input[i], cube[row * inputs + i]);
        settings[i].value = fixed ? fixed->value.integer : settings[i].value;
    }
}

static bg_status read_figures(const line *self, size_t set, const bg_model *model)
{
    bg_sample *sample = self->sample;
    bg_estimate estimate[BG_FIGURE_UNITS] = {0};
    bg_status status = bg_sample_estimate(sample->question, model, sample->replications, self->kept,
                                          estimate, self->errors);
    for (size_t i = 0; i < sample->question->figures; i++) {
        const size_t at = bg_sample_at(sample, i, set, self->row);
        sample->value[at] = estimate[i].value;
        sample->variance[at] = estimate[i].se * estimate[i].se;
        if (!status && isnan(estimate[i].value)) {
            status = BG_MISSING; /* of a mean given an event: no future has the event */
        }
    }
    bg_sample_note(sample);
    return status;
}

/* A point of its own. */
static bg_status run_alone(const line *self, size_t set)
{
    bg_setting settings[BG_SENSITIVITY_INPUTS];
    bg_model model;
    fill_settings(self->sample, set, self->row, settings);
    bg_status status = bg_variant_read(self->variant, self->sample->question->source, settings,
                                       self->sample->shape->inputs, &model, self->errors);
    status = status ? status : read_figures(self, set, &model);
    bg_model_free(&model);
    return status;
}

/* A point that shares the demand of that at A. */
static bg_status run_like(const line *self, size_t set, const bg_model *a)
{
    bg_setting settings[BG_SENSITIVITY_INPUTS];
    bg_model model;
    fill_settings(self->sample, set, self->row, settings);
    bg_status status = bg_variant_read_like(self->variant, settings, self->sample->shape->inputs, a,
                                            &model, self->errors);
    status = status ? status : read_figures(self, set, &model);
    bg_model_free(&model);
    return status;
}

/* Whether the points of the set are run by the same drawing as those of A. */
static bool shares(const bg_sample *self, size_t set)
{
    return set > 1 && self->runs[set - 2] &&
           !bg_sample_of_demand(self->shape, group_of(self, set)->first, group_of(self, set)->end);
}

/* A, and all that differs from it in keys of the contract. */
static bg_status run_contracts(line *self)
{
    bg_sample *sample = self->sample;
    size_t sharing = 0;
    for (size_t set = 2; set < single_sets(sample); set++) {
        sharing += shares(sample, set);
    }
    bg_setting settings[BG_SENSITIVITY_INPUTS];
    bg_model a;
    fill_settings(sample, 0, self->row, settings);
    self->kept = sharing ? bg_kept_new(BG_KEPT_BYTES, SIZE_MAX) : NULL;
    bg_status status = bg_variant_read(self->variant, sample->question->source, settings,
                                       sample->shape->inputs, &a, self->errors);
    const bool fits =
        !status && bg_variant_fits(self->variant->scenario, settings, sample->shape->inputs);
    status = status ? status : read_figures(self, 0, &a);
    for (size_t set = 2; set < single_sets(sample) && fits && !status; set++) {
        status = shares(sample, set) ? run_like(self, set, &a) : BG_OK;
    }
    bg_model_free(&a);
    for (size_t set = 2; set < single_sets(sample) && !fits && !status; set++) {
        status = shares(sample, set) ? run_alone(self, set) : BG_OK;
    }
    bg_kept_free(self->kept);
    self->kept = NULL;
    return status;
}

/* ---- rows, by several threads ---- */

void bg_sample_note(bg_sample *self)
{
    const bg_sensitivity_question *question = self->question;
#pragma omp critical(bg_sample_note)
    {
        self->done++;
        if (question->progress) {
            const double planned =
                (double)(self->planned > self->done ? self->planned : self->done);
            question->progress(question->context, (double)self->done / planned);
        }
    }
}

static bool is_stopped(const bg_sample *self)
{
    return self->question->stop && *self->question->stop;
}

/* A job of a row is one set; that of A has with it all that share its futures. */
static bg_status run_job(bg_sample *self, size_t place, size_t set, bg_errors *errors)
{
    line work = {.sample = self,
                 .row = place,
                 .variant = &self->variant[omp_get_thread_num()],
                 .errors = errors};
    if (set == 0) {
        return run_contracts(&work);
    }
    const bool wanted =
        set == 1 || set >= single_sets(self) || (self->runs[set - 2] && !shares(self, set));
    return wanted ? run_alone(&work, set) : BG_OK;
}

static void take(bg_sample *self, size_t place, bg_status found, bg_errors *errors,
                 bg_status *status)
{
#pragma omp critical(bg_sample_take)
    {
        if (bg_sample_end(found) && !*status) {
            *status = found;
            bg_errors_move(self->errors, errors);
        } else if (found) {
            self->failed[place] = true;
        }
    }
}

/* Rows and sets from … to - 1. */
typedef struct block {
    size_t from_row, to_row, from_set, to_set;
} block;

static bg_status run_block(bg_sample *self, block of)
{
    const size_t sets = of.to_set - of.from_set;
    bg_status status = BG_OK;
#pragma omp parallel for schedule(dynamic, 1) num_threads(self->question->threads)
    for (size_t job = of.from_row * sets; job < of.to_row * sets; job++) {
        bg_status before;
        bg_errors errors;
#pragma omp atomic read
        before = status;
        if (before || is_stopped(self)) {
            continue;
        }
        bg_errors_init(&errors);
        const bg_status found = run_job(self, job / sets, of.from_set + job % sets, &errors);
        take(self, job / sets, found, &errors, &status);
        bg_errors_free(&errors);
    }
    return status ? status : is_stopped(self) ? BG_INTERRUPTED : BG_OK;
}

bg_status bg_sample_run(bg_sample *self, size_t from, size_t to)
{
    return run_block(self, (block){from, to, 0, single_sets(self)});
}

bg_status bg_sample_run_pairs(bg_sample *self)
{
    const size_t first = single_sets(self);
    return run_block(self, (block){0, self->rows, first, first + self->shape->pairs});
}

/* ---- what the points have ---- */

size_t bg_sample_good(const bg_sample *self, size_t rows)
{
    size_t good = 0;
    for (size_t row = 0; row < rows; row++) {
        good += !self->failed[row];
    }
    return good;
}

void bg_sample_gather(const bg_sample *self, size_t figure, size_t set, size_t rows, double *to)
{
    for (size_t row = 0; row < rows; row++) {
        if (!self->failed[row]) {
            *to++ = self->value[bg_sample_at(self, figure, set, row)];
        }
    }
}

double bg_sample_noise(const bg_sample *self, size_t figure, size_t rows)
{
    double sum = 0;
    size_t told = 0;
    for (size_t i = 0; i < 2 * rows; i++) {
        const double variance = self->variance[bg_sample_at(self, figure, i % 2, i / 2)];
        if (!self->failed[i / 2] && !isnan(variance)) {
            sum += variance;
            told++;
        }
    }
    return told ? sum / (double)told : 0;
}

bool bg_sample_told(const bg_sample *self, size_t figure, size_t rows)
{
    bool told = true;
    for (size_t i = 0; i < 2 * rows; i++) {
        told = told && !isnan(self->variance[bg_sample_at(self, figure, i % 2, i / 2)]);
    }
    return told;
}

/* ---- the whole ---- */

bg_status bg_sample_init(const bg_sensitivity_question *question, const bg_sensitivity *shape,
                         bg_errors *errors, bg_sample *self)
{
    const size_t rows = question->rows, sets = 2 + shape->groups + BG_SENSITIVITY_PAIRS,
                 inputs = shape->inputs;
    const size_t values = question->figures * sets * rows;
    *self = (bg_sample){.question = question,
                        .shape = shape,
                        .rows = rows,
                        .sets = sets,
                        .a = calloc(rows * inputs, sizeof *self->a),
                        .b = calloc(rows * inputs, sizeof *self->b),
                        .value = calloc(values, sizeof *self->value),
                        .variance = calloc(values, sizeof *self->variance),
                        .failed = calloc(rows, sizeof *self->failed),
                        .variant = calloc((size_t)question->threads, sizeof *self->variant),
                        .errors = errors};
    if (!self->a || !self->b || !self->value || !self->variance || !self->failed ||
        !self->variant) {
        return BG_MEMORY;
    }
    for (size_t g = 0; g < shape->groups; g++) {
        self->fixed_from[g] = SIZE_MAX;
    }
    bg_sobol_points(rows, inputs, shape->seed, self->a, self->b);
    return BG_OK;
}

void bg_sample_free(bg_sample *self)
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
    *self = (bg_sample){0};
}
