#include "study/sensitivity.h"

#include "base/text.h"
#include "study/default_keys.h"
#include "study/design.h"
#include "study/ends.h"
#include "study/messages.h"
#include "study/sample.h"

#include <stdlib.h>
#include <string.h>

/* The study at work. */
typedef struct study {
    const bg_sensitivity_question *question;
    bg_sensitivity *result; /* [figures]; inputs and groups are those of the first */
    bg_sample sample;
    double *gathered; /* [sets][rows] of a figure */
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

bg_status bg_sensitivity_planned_inputs(const bg_scenario *scenario,
                                        bg_axis input[BG_SENSITIVITY_INPUTS], size_t *count,
                                        bg_errors *errors)
{
    const bg_node *sweep = bg_scenario_find(scenario, "sweep");
    const bg_node *axes = sweep ? bg_node_child(sweep, "axes") : NULL;
    const bool listed = sweep && bg_node_integer(sweep, "design") == BG_DESIGN_LIST;
    bg_status status = BG_OK;
    *count = 0;
    for (const bg_node *node = axes && !listed ? axes->child : NULL;
         node && *count < BG_SENSITIVITY_INPUTS; node = node->next) {
        bg_axis axis;
        const bg_status one = bg_axis_read(scenario, node, false, &axis, errors);
        if (!one && !axis.level && bg_axis_is_turned(&axis)) {
            input[(*count)++] = axis;
        } else {
            bg_axis_free(&axis);
        }
        bg_first(&status, one);
    }
    return status;
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
        self->group[self->groups++] =
            (bg_sensitivity_group){.name = name, .first = i, .end = i + 1};
    }
    return BG_OK;
}

/* ---- how many futures ---- */

/* About one of the values: those that are all the same have no variance, not that of rounding. */
static double variance_of(const double *value, size_t count)
{
    double sum = 0, squares = 0;
    for (size_t i = 0; i < count; i++) {
        sum += value[i] - value[0];
        squares += (value[i] - value[0]) * (value[i] - value[0]);
    }
    const double mean = count ? sum / (double)count : 0;
    return count ? squares / (double)count - mean * mean : 0;
}

/* Whether the pilot's points tell all figures well enough. One that is the same at all of them tells that. */
static bool is_told(const study *self, size_t rows)
{
    const bg_sample *sample = &self->sample;
    const size_t good = bg_sample_good(sample, rows);
    bool told = true;
    for (size_t i = 0; i < self->question->figures; i++) {
        bg_sample_gather(sample, i, 0, rows, self->gathered);
        bg_sample_gather(sample, i, 1, rows, self->gathered + good);
        const double variance = variance_of(self->gathered, 2 * good);
        const double allowed = BG_SENSITIVITY_NOISE / 2 * variance;
        told = told && bg_sample_told(sample, i, rows) &&
               (bg_sample_noise(sample, i, rows) <= allowed || !(variance > 0));
    }
    return told;
}

static bg_status choose_futures(study *self)
{
    bg_sample *sample = &self->sample;
    const size_t most = (size_t)self->question->model->horizon.replications;
    const size_t rows =
        sample->rows < BG_SENSITIVITY_PILOT_ROWS ? sample->rows : BG_SENSITIVITY_PILOT_ROWS;
    bool told = false;
    bg_status status = BG_OK;
    sample->replications = self->question->replications;
    if (sample->replications) {
        return BG_OK;
    }
    for (size_t n = BG_SENSITIVITY_FEWEST_FUTURES; n < most && !told && !status; n *= 2) {
        sample->replications = n;
        status = bg_sample_run(sample, 0, rows);
        told = !status && is_told(self, rows);
        memset(sample->failed, 0, rows * sizeof *sample->failed);
    }
    sample->replications = told ? sample->replications : most;
    return status;
}

/* ---- what the points say ---- */

/* Indices of a figure from the good ones of the first rows, at a share of the rows. */
static bg_status compute_indices(const study *self, size_t figure, size_t rows, size_t share)
{
    bg_sensitivity *result = &self->result[figure];
    const bg_sample *sample = &self->sample;
    const size_t n = bg_sample_good(sample, rows);
    for (size_t set = 0; set < 2 + result->groups; set++) {
        bg_sample_gather(sample, figure, set, rows, self->gathered + set * n);
    }
    const double *value = self->gathered;
    const bg_sobol_values values = {n, result->groups, value, value + n, value + 2 * n};
    result->rows_at[share] = n;
    const bg_status status = bg_sobol_indices_compute(&values, n, result->seed, &result->at[share]);
    for (size_t g = 0; g < result->groups && !status; g++) {
        if (sample->runs[g]) {
            result->group[g].rows = n;
        } else {
            result->at[share].first[g] = result->at[share - 1].first[g];
            result->at[share].total[g] = result->at[share - 1].total[g];
        }
    }
    return status;
}

/* Whether a group has no part worth telling in any figure that varies; where none does so far, nothing is known. */
static bool is_small(const study *self, size_t group, size_t share)
{
    bool small = true, varies = false;
    for (size_t i = 0; i < self->question->figures; i++) {
        const bg_sobol_indices *at = &self->result[i].at[share];
        varies = varies || at->variance > 0;
        small = small && at->total[group].high < BG_SENSITIVITY_SMALL;
    }
    return varies && small;
}

static void screen(study *self, size_t rows_left, size_t share)
{
    bg_sample *sample = &self->sample;
    if (sample->rows - rows_left < BG_SENSITIVITY_SCREENING_ROWS) {
        return;
    }
    for (size_t g = 0; g < self->result->groups; g++) {
        if (sample->runs[g] && is_small(self, g, share)) {
            sample->runs[g] = false;
            sample->fixed_from[g] = sample->rows - rows_left;
            sample->planned -= rows_left;
        }
    }
}

/* Rows that failed are left out, at all their points. */
static bg_status count_rows(const study *self)
{
    const size_t rows = self->sample.rows, good = bg_sample_good(&self->sample, rows);
    for (size_t i = 0; i < self->question->figures; i++) {
        self->result[i].rows = good;
        self->result[i].left_out = rows - good;
        self->result[i].replications = self->sample.replications;
    }
    return good < BG_SENSITIVITY_FEWEST_ROWS || rows - good > rows / 4
               ? bg_errors_say(self->errors, BG_INVALID, BG_NOWHERE, NULL,
                               BG_SAY(sensitivity_contradictions), rows - good, rows)
               : BG_OK;
}

/* Runs the rows up to a share of them, at least as many as indices need, and reads the indices off all so far. */
static bg_status run_share(study *self, size_t share, size_t *done)
{
    bg_sample *sample = &self->sample;
    size_t to = sample->rows >> (BG_SENSITIVITY_SHARES - 1 - share);
    bg_status status = bg_sample_run(sample, *done, to);
    for (; !status && bg_sample_good(sample, to) < 2 && to < sample->rows; to++) {
        status = bg_sample_run(sample, to, to + 1);
    }
    status = status || bg_sample_good(sample, to) >= 2 ? status : count_rows(self);
    for (size_t i = 0; i < self->question->figures && !status; i++) {
        status = compute_indices(self, i, to, share);
    }
    if (!status) {
        screen(self, sample->rows - to, share);
    }
    *done = to;
    return status;
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

/* ---- what the largest do together ---- */

/* The largest total index of a group among the figures; nothing where it was screened out or cannot be told from none. */
static double weight_of(const study *self, size_t group)
{
    double weight = 0;
    for (size_t i = 0; i < self->question->figures && self->sample.runs[group]; i++) {
        const bg_sobol_index *total = &self->result[i].at[BG_SENSITIVITY_SHARES - 1].total[group];
        weight = total->above_zero && total->value > weight ? total->value : weight;
    }
    return weight;
}

/* The groups of most weight, the first of those that have as much. Returns how many. */
static size_t choose_groups(const study *self, size_t chosen[BG_SENSITIVITY_PAIRED])
{
    double weight[BG_SENSITIVITY_INPUTS] = {0};
    for (size_t g = 0; g < self->result->groups; g++) {
        weight[g] = weight_of(self, g);
    }
    for (size_t count = 0; count < BG_SENSITIVITY_PAIRED; count++) {
        size_t best = 0;
        for (size_t g = 1; g < self->result->groups; g++) {
            best = weight[g] > weight[best] ? g : best;
        }
        if (!(weight[best] > 0)) {
            return count;
        }
        chosen[count] = best;
        weight[best] = 0;
    }
    return BG_SENSITIVITY_PAIRED;
}

static bg_status read_pair(const study *self, size_t figure, size_t pair)
{
    bg_sensitivity *result = &self->result[figure];
    const bg_sample *sample = &self->sample;
    const size_t n = bg_sample_good(sample, sample->rows);
    const size_t sets[] = {0, 1, 2 + result->pair[pair].first, 2 + result->pair[pair].second,
                           2 + result->groups + pair};
    double *to = self->gathered;
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        bg_sample_gather(sample, figure, sets[i], sample->rows, to + i * n);
    }
    const bg_sobol_pair values = {n, to, to + n, to + 2 * n, to + 3 * n, to + 4 * n};
    return n >= 2 ? bg_sobol_together(&values, result->seed, &result->pair[pair].together) : BG_OK;
}

static bg_status run_pairs(study *self)
{
    size_t chosen[BG_SENSITIVITY_PAIRED];
    const size_t count = choose_groups(self, chosen);
    for (size_t i = 0; i < self->question->figures; i++) {
        bg_sensitivity *result = &self->result[i];
        for (size_t g = 0; g < count; g++) {
            for (size_t h = 0; h < g; h++) {
                result->pair[result->pairs++] =
                    (bg_sensitivity_pair){.first = chosen[h], .second = chosen[g]};
            }
        }
    }
    self->sample.planned += self->result->pairs * self->sample.rows;
    bg_status status = bg_sample_run_pairs(&self->sample);
    for (size_t i = 0; i < self->question->figures * self->result->pairs && !status; i++) {
        status = read_pair(self, i / self->result->pairs, i % self->result->pairs);
    }
    return status;
}

/* ---- the whole ---- */

static bg_status make_room(study *self)
{
    bg_sample *sample = &self->sample;
    const bg_status status = bg_sample_init(self->question, self->result, self->errors, sample);
    self->gathered = calloc(sample->sets * sample->rows + 1, sizeof *self->gathered);
    sample->planned = (2 + self->result->groups) * sample->rows + 2 * self->result->inputs;
    return self->gathered ? status : BG_MEMORY;
}

static void read_noise(const study *self, size_t figure)
{
    bg_sensitivity *result = &self->result[figure];
    const double variance = result->at[BG_SENSITIVITY_SHARES - 1].variance;
    const double noise = bg_sample_noise(&self->sample, figure, self->sample.rows);
    result->varies = variance > 0;
    result->inner_noise = variance > 0 ? noise / variance : 0;
}

static bg_status run(study *self)
{
    const bg_sensitivity_question *question = self->question;
    bg_status status = BG_OK;
    for (size_t i = 0; i < question->figures && !status; i++) {
        status = form_groups(&self->result[i], question->by_section);
    }
    status = status ? status : make_room(self);
    status = status ? status : choose_futures(self);
    for (size_t g = 0; g < self->result->groups; g++) {
        self->sample.runs[g] = true;
    }
    size_t done = 0;
    for (size_t share = 0; share < BG_SENSITIVITY_SHARES && !status; share++) {
        status = run_share(self, share, &done);
    }
    status = status ? status : count_rows(self);
    for (size_t i = 0; i < question->figures && !status; i++) {
        read_noise(self, i);
        rank(&self->result[i]);
    }
    status = status ? status : run_pairs(self);
    for (size_t i = 0; i < question->figures && !status; i++) {
        self->result[i].points = self->sample.done;
    }
    return status ? status : bg_ends_run(&self->sample, self->result);
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
    study work = {.question = question, .result = answers, .errors = errors};
    const bg_status status = run(&work);
    bg_sample_free(&work.sample);
    free(work.gathered);
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
