/* Which inputs a figure hangs on: Sobol' indices of keys of the catalogue. */
#include "base/csv.h"
#include "base/text.h"
#include "chart/chart.h"
#include "command/installed.h"
#include "command/messages.h"
#include "command/progress.h"
#include "command/run_directory.h"
#include "command/scenario_input.h"
#include "command/verb.h"
#include "format/json.h"
#include "format/paragraph.h"
#include "format/text_table.h"
#include "report/label.h"
#include "report/report.h"
#include "study/default_keys.h"
#include "study/knob.h"

#include <baogan/figure.h>
#include <baogan/file.h>
#include <baogan/sobol.h>
#include <math.h>
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DEFAULT_POINTS 256
#define FEWEST_POINTS  16
#define DEFAULT_FIGURE "p_overspend"
#define MOST_INPUTS    64
#define SHARES         4 /* convergence is shown at n/8, n/4, n/2 and n */

/* An input, or several that belong to one section. */
typedef struct group {
    char *name;        /* owned */
    size_t first, end; /* inputs */
} group;

typedef struct study {
    const bg_options *options;
    bg_input base;
    bg_knob knob[MOST_INPUTS];
    char *range[MOST_INPUTS]; /* texts of ranges taken from the catalogue; owned */
    size_t inputs;
    group group[MOST_INPUTS];
    size_t groups;
    bg_figure figure;
    const char *figure_text;
    int threads;
    size_t n;
    double *a, *b;    /* [n][inputs] in the unit cube */
    double *value;    /* [(2 + groups)][n]: at A, at B, at each AB */
    double *variance; /* of the figure's own error, the same */
    double as_given, low_end[MOST_INPUTS], high_end[MOST_INPUTS]; /* the figure, one input turned */
    bool *failed;    /* by row: keys contradict each other at one of its points */
    size_t left_out; /* rows that failed */
    bg_sobol_indices at[SHARES];
    size_t rows[SHARES];
    bg_progress progress;
    size_t done;
    bg_status status; /* the first failure */
    bg_errors *errors;
} study;

/* ---- inputs ---- */

/* A key that was left to an assumption and has an advisable range varies over that. */
static bool is_uncertain(const bg_default_key *key)
{
    const bg_parameter *row = key->node->parameter;
    return key->assumption && key->node->kind == BG_NODE_VALUE && row->advised_minimum[0] &&
           row->advised_maximum[0] && strncmp(key->node->path, "simulation.", 11) != 0;
}

static bg_status take_assumptions(study *self)
{
    enum { MOST_KEYS = 512 };
    bg_default_key *keys = calloc(MOST_KEYS, sizeof *keys);
    if (!keys) {
        return BG_MEMORY;
    }
    const size_t count = bg_default_keys(&self->base.model, keys, MOST_KEYS);
    bg_status status = BG_OK;
    for (size_t i = 0; i < count && i < MOST_KEYS && !status; i++) {
        const bg_parameter *row = keys[i].node->parameter;
        if (!is_uncertain(&keys[i]) || self->inputs == MOST_INPUTS) {
            continue;
        }
        bg_errors unused; /* a key that is no number is left out */
        bg_errors_init(&unused);
        char *range = bg_text_format("%s:%s", row->advised_minimum, row->advised_maximum);
        if (!range) {
            status = BG_MEMORY;
        } else if (bg_knob_read(keys[i].node->path, range, &self->knob[self->inputs], &unused)) {
            free(range);
        } else {
            self->range[self->inputs++] = range;
        }
        bg_errors_free(&unused);
    }
    free(keys);
    return status;
}

static bg_status take_named(study *self)
{
    const bg_options *options = self->options;
    if (options->in_count != options->vary_count || options->vary_count > MOST_INPUTS) {
        return bg_errors_add(self->errors, BG_USAGE, BG_NOWHERE, NULL,
                             "each --vary PATH needs its --in LO:HI; %d keys are allowed",
                             MOST_INPUTS);
    }
    bg_status status = BG_OK;
    for (size_t i = 0; i < options->vary_count && !status; i++) {
        status = bg_knob_read(options->vary[i], options->in[i], &self->knob[self->inputs++],
                              self->errors);
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
static int by_path(const void *a, const void *b)
{
    return strcmp(((const bg_knob *)a)->path, ((const bg_knob *)b)->path);
}

static bg_status form_groups(study *self)
{
    if (self->options->by_section) {
        qsort(self->knob, self->inputs, sizeof self->knob[0], by_path);
    }
    for (size_t i = 0; i < self->inputs; i++) {
        const char *path = self->knob[i].path;
        const size_t length = self->options->by_section ? section_length(path) : strlen(path);
        group *last = self->groups ? &self->group[self->groups - 1] : NULL;
        if (last && strlen(last->name) == length && strncmp(last->name, path, length) == 0) {
            last->end++;
            continue;
        }
        char *name = bg_text_format("%.*s", (int)length, path);
        if (!name) {
            return BG_MEMORY;
        }
        self->group[self->groups++] = (group){name, i, i + 1};
    }
    return BG_OK;
}

static bg_status read_question(study *self)
{
    const bg_options *options = self->options;
    if (options->points > 0 && options->points < FEWEST_POINTS) {
        return bg_errors_add(self->errors, BG_USAGE, BG_NOWHERE, NULL,
                             "--points is \"%d\"; it must be a whole number from %d to 100000",
                             options->points, FEWEST_POINTS);
    }
    bg_status status = options->vary_count ? take_named(self) : take_assumptions(self);
    if (!status && self->inputs == 0) {
        status = bg_errors_add(self->errors, BG_USAGE, BG_NOWHERE, NULL,
                               "no assumption is left that could vary; name keys with --vary PATH "
                               "--in LO:HI");
    }
    status = status ? status : form_groups(self);
    self->figure_text = options->figure ? options->figure : DEFAULT_FIGURE;
    return status ? status
                  : bg_figure_parse(&self->base.model, self->figure_text, "--figure", &self->figure,
                                    self->errors);
}

/* ---- points ---- */

static double number_at(const bg_knob *knob, double share)
{
    return knob->from + (knob->to - knob->from) * share;
}

/* The input of the unit cube at a row of A, B (set 0, 1) or AB of a group (set 2, …). */
static double share_at(const study *self, size_t set, size_t row, size_t input)
{
    const size_t g = set - 2;
    const bool from_b =
        set == 1 || (set > 1 && input >= self->group[g].first && input < self->group[g].end);
    return (from_b ? self->b : self->a)[row * self->inputs + input];
}

/* The scenario with every input at that share of its range; NaN leaves it as it is. */
static bg_status load_at(const study *self, const double *share, bg_input *input, bg_errors *errors)
{
    bg_options options = *self->options;
    const char **all = calloc(options.set_count + self->inputs + 1, sizeof *all);
    char *own[MOST_INPUTS] = {NULL};
    bg_status status = all ? BG_OK : BG_MEMORY;
    for (size_t i = 0; i < options.set_count && !status; i++) {
        all[i] = options.set[i];
    }
    options.set = all;
    for (size_t i = 0; i < self->inputs && !status; i++) {
        if (!isnan(share[i])) {
            own[i] = bg_knob_override(&self->knob[i], number_at(&self->knob[i], share[i]));
            all[options.set_count++] = own[i];
            status = own[i] ? BG_OK : BG_MEMORY;
        }
    }
    status = status ? status : bg_input_load(input, options.operands[0], &options, errors);
    for (size_t i = 0; i < self->inputs; i++) {
        free(own[i]);
    }
    free(all);
    return status;
}

static bg_status read_figure(const study *self, const bg_model *model, bg_estimate *estimate,
                             bg_errors *errors)
{
    bool *wanted = calloc(bg_model_outcome_count(model), sizeof *wanted);
    if (!wanted) {
        return BG_MEMORY;
    }
    bg_figure_want(&self->figure, wanted);
    const bg_projection_options how = {
        .threads = 1, .stop = self->options->stop, .outcomes = wanted, .no_cash = true};
    bg_projection *projection = NULL;
    bg_status status = bg_projection_run(model, &how, &projection, errors);
    status = status ? status : bg_figure_read(&self->figure, projection, estimate);
    bg_projection_free(projection);
    free(wanted);
    return status;
}

/* Keys may contradict each other at a point; anything else is the end. */
static bool ends_all(bg_status status)
{
    return status == BG_MEMORY || status == BG_INTERRUPTED || status == BG_INTERNAL;
}

static bg_status estimate_at(const study *self, const double *share, bg_estimate *estimate,
                             bg_errors *errors)
{
    bg_input input = {0};
    bg_status status = load_at(self, share, &input, errors);
    status = status ? status : read_figure(self, &input.model, estimate, errors);
    bg_input_free(&input);
    return status;
}

static void run_point(study *self, size_t index)
{
    bg_errors errors;
    bg_errors_init(&errors);
    bg_estimate estimate = {0};
    double share[MOST_INPUTS];
    for (size_t i = 0; i < self->inputs; i++) {
        share[i] = share_at(self, index / self->n, index % self->n, i);
    }
    const bg_status status = estimate_at(self, share, &estimate, &errors);
    self->value[index] = estimate.value;
    self->variance[index] = isnan(estimate.se) ? 0 : estimate.se * estimate.se;
#pragma omp critical(bg_sensitivity_note)
    {
        self->done++;
        bg_progress_show(&self->progress,
                         (double)self->done / (double)((2 + self->groups) * self->n));
        if (ends_all(status) && !self->status) {
            self->status = status;
            bg_errors_move(self->errors, &errors);
        } else if (status) {
            self->failed[index % self->n] = true;
        }
    }
    bg_errors_free(&errors);
}

static bg_status run_points(study *self)
{
    const size_t count = (2 + self->groups) * self->n;
    bg_progress_start(&self->progress, self->options->quiet, self->options->lang);
#pragma omp parallel for schedule(dynamic, 1) num_threads(self->threads)
    for (size_t index = 0; index < count; index++) {
        bg_status failed;
#pragma omp atomic read
        failed = self->status;
        if (!failed && !*self->options->stop) {
            run_point(self, index);
        }
    }
    bg_progress_end(&self->progress);
    return self->status ? self->status : *self->options->stop ? BG_INTERRUPTED : BG_OK;
}

/* The figure with one input at an end of its range (0 or 1) and the others as the scenario has them; NaN
 * where that is no valid scenario. */
static double at_end(study *self, size_t input, double end)
{
    bg_errors unused;
    bg_errors_init(&unused);
    bg_estimate estimate = {0};
    double share[MOST_INPUTS];
    for (size_t i = 0; i < self->inputs; i++) {
        share[i] = i == input ? end : NAN;
    }
    const bg_status status = estimate_at(self, share, &estimate, &unused);
    bg_errors_free(&unused);
    bg_first(&self->status, ends_all(status) ? status : BG_OK);
    return status ? NAN : estimate.value;
}

/* One input at a time, the classical tornado. MOST_INPUTS stands for none. */
static bg_status run_ends(study *self)
{
    self->as_given = at_end(self, MOST_INPUTS, 0);
    for (size_t i = 0; i < self->inputs && !self->status && !*self->options->stop; i++) {
        self->low_end[i] = at_end(self, i, 0);
        self->high_end[i] = at_end(self, i, 1);
    }
    return self->status;
}

/* Leaves out the rows that failed, at all their points. */
static bg_status drop_failed(study *self)
{
    const size_t sets = 2 + self->groups, before = self->n;
    size_t kept = 0;
    for (size_t row = 0; row < before; row++) {
        kept += !self->failed[row];
    }
    self->left_out = before - kept;
    if (kept < FEWEST_POINTS || self->left_out > before / 4) {
        return bg_errors_add(
            self->errors, BG_INVALID, BG_NOWHERE, NULL,
            "at %zu of %zu rows the keys contradict each other; narrow their ranges, "
            "or vary fewer of them.",
            self->left_out, before);
    }
    for (size_t set = 0; set < sets; set++) {
        size_t to = set * kept;
        for (size_t row = 0; row < before; row++) {
            if (!self->failed[row]) {
                self->value[to] = self->value[set * before + row];
                self->variance[to++] = self->variance[set * before + row];
            }
        }
    }
    for (size_t row = 0, to = 0; row < before; row++) {
        if (!self->failed[row]) {
            const size_t size = self->inputs * sizeof *self->a;
            memmove(self->a + to * self->inputs, self->a + row * self->inputs, size);
            memmove(self->b + to++ * self->inputs, self->b + row * self->inputs, size);
        }
    }
    self->n = kept;
    return BG_OK;
}

static uint64_t seed_of(const study *self)
{
    return (uint64_t)bg_node_integer(bg_scenario_find(self->base.scenario, "simulation"), "seed");
}

static bg_status run(study *self)
{
    self->n = self->options->points > 0 ? (size_t)self->options->points : DEFAULT_POINTS;
    const size_t count = (2 + self->groups) * self->n;
    self->a = calloc(self->n * self->inputs, sizeof *self->a);
    self->b = calloc(self->n * self->inputs, sizeof *self->b);
    self->value = calloc(count, sizeof *self->value);
    self->variance = calloc(count, sizeof *self->variance);
    self->failed = calloc(self->n, sizeof *self->failed);
    if (!self->a || !self->b || !self->value || !self->variance || !self->failed) {
        return BG_MEMORY;
    }
    bg_status status = bg_sobol_points(self->n, self->inputs, seed_of(self), self->a, self->b);
    status = status ? status : run_points(self);
    status = status ? status : drop_failed(self);
    status = status ? status : run_ends(self);
    const bg_sobol_values values = {self->n, self->groups, self->value, self->value + self->n,
                                    self->value + 2 * self->n};
    for (size_t s = 0; s < SHARES && !status; s++) {
        const size_t rows = self->n >> (SHARES - 1 - s);
        self->rows[s] = rows > 2 ? rows : 2;
        status = bg_sobol_indices_compute(&values, self->rows[s], seed_of(self), &self->at[s]);
    }
    return status;
}

/* Share of the variance that is the figures' own Monte Carlo error. As all points share their random
 * numbers most of it is common to them and does not blur the indices: an upper bound. */
static double inner_noise(const study *self)
{
    double sum = 0;
    for (size_t i = 0; i < 2 * self->n; i++) {
        sum += self->variance[i];
    }
    const double variance = self->at[SHARES - 1].variance;
    return variance > 0 ? sum / (double)(2 * self->n) / variance : 0;
}

/* ---- what was found ---- */

/* Groups by falling total index. */
static void rank(const study *self, size_t order[MOST_INPUTS])
{
    const bg_sobol_index *total = self->at[SHARES - 1].total;
    for (size_t g = 0; g < self->groups; g++) {
        size_t at = g;
        while (at > 0 && total[order[at - 1]].value < total[g].value) {
            order[at] = order[at - 1];
            at--;
        }
        order[at] = g;
    }
}

static void add_index(const study *self, bg_text_table *table, const bg_sobol_index *index)
{
    if (index->above_zero) {
        bg_text_table_add(table, "%.3f", index->value);
        bg_text_table_add(table, bg_in_language(self->options->lang, "%.3f to %.3f", "%.3f至%.3f"),
                          index->low, index->high);
    } else {
        bg_text_table_add(
            table, "%s",
            bg_in_language(self->options->lang, "not told from zero", "与零无显著区别"));
        bg_text_table_add(table, bg_in_language(self->options->lang, "up to %.3f", "不超过%.3f"),
                          fmax(index->high, 0));
    }
}

static bg_status print_ranges(const study *self)
{
    bg_text_table table;
    bg_text_table_init(&table, "lrr");
    for (size_t i = 0; i < self->inputs; i++) {
        char text[BG_KNOB_TEXT];
        bg_text_table_add(&table, "%s", self->knob[i].path);
        bg_text_table_add(&table, "%s", bg_knob_text(&self->knob[i], self->knob[i].from, text));
        bg_text_table_add(&table, "%s", bg_knob_text(&self->knob[i], self->knob[i].to, text));
    }
    return bg_text_table_print(&table, stdout, 2);
}

static bg_status print_indices(const study *self)
{
    const char *language = self->options->lang;
    const bg_sobol_indices *last = &self->at[SHARES - 1];
    size_t order[MOST_INPUTS];
    rank(self, order);
    bg_text_table table;
    bg_text_table_init(&table, "lrrrr");
    bg_text_table_add(&table, "%s", "");
    bg_text_table_add(&table, "%s", bg_in_language(language, "total", "总效应"));
    bg_text_table_add(&table, "95%%");
    bg_text_table_add(&table, "%s", bg_in_language(language, "alone", "主效应"));
    bg_text_table_add(&table, "95%%");
    for (size_t k = 0; k < self->groups; k++) {
        const size_t g = order[k];
        bg_text_table_add(&table, "%s", self->group[g].name);
        add_index(self, &table, &last->total[g]);
        add_index(self, &table, &last->first[g]);
    }
    return bg_text_table_print(&table, stdout, 2);
}

static bg_status print_convergence(const study *self)
{
    size_t order[MOST_INPUTS];
    rank(self, order);
    bg_text_table table;
    bg_text_table_init(&table, "lrrrr");
    bg_text_table_add(
        &table, "%s",
        bg_in_language(self->options->lang, "total index by rows", "总效应（按样本行数）"));
    for (size_t s = 0; s < SHARES; s++) {
        bg_text_table_add(&table, "%zu", self->rows[s]);
    }
    for (size_t k = 0; k < self->groups && k < 5; k++) {
        bg_text_table_add(&table, "%s", self->group[order[k]].name);
        for (size_t s = 0; s < SHARES; s++) {
            bg_text_table_add(&table, "%.3f", self->at[s].total[order[k]].value);
        }
    }
    return bg_text_table_print(&table, stdout, 2);
}

static bg_status print_text(const study *self)
{
    const char *language = self->options->lang;
    const bg_sobol_indices *last = &self->at[SHARES - 1];
    printf(bg_in_language(language, "What %s hangs on: %zu inputs, %zu points, seed %llu\n\n",
                          "%s取决于哪些参数：%zu个参数，%zu个样本点，随机种子%llu\n\n"),
           self->figure_text, self->inputs, (2 + self->groups) * self->n,
           (unsigned long long)seed_of(self));
    bg_status status = print_ranges(self);
    putchar('\n');
    bg_first(&status, print_indices(self));
    putchar('\n');
    bg_first(&status, print_convergence(self));
    char *text = bg_text_format(
        bg_in_language(
            language,
            "Over these ranges the figure has mean %.6g and standard deviation %.6g. "
            "Total: share of its variance that is left where all other inputs are known; "
            "alone: share that goes away once this input is known. Monte Carlo error within "
            "the points is at most %.2g%% of the variance.",
            "在上述范围内，该指标均值%.6g、标准差%.6g。总效应：其余参数均已知时仍余下的方差占比；"
            "主效应：仅知该参数即可消除的方差占比。各点内部抽样误差至多占方差的%.2g%%。"),
        last->mean, sqrt(last->variance), 100 * inner_noise(self));
    bg_first(&status, text ? BG_OK : BG_MEMORY);
    putchar('\n');
    bg_paragraph_print(text ? text : "", (bg_margins){0, 2, 80}, stdout);
    free(text);
    if (self->left_out) {
        text = bg_text_format(
            bg_in_language(
                language,
                "Left out because keys contradict each other there: %zu of the rows; the "
                "inputs are then not quite independent, and the indices not quite exact.",
                "有%zu行因参数相互矛盾而剔除；各参数因此不完全独立，指数略有近似。"),
            self->left_out);
        bg_first(&status, text ? BG_OK : BG_MEMORY);
        bg_paragraph_print(text ? text : "", (bg_margins){0, 2, 80}, stdout);
        free(text);
    }
    return status;
}

static json_t *index_object(const bg_sobol_index *index)
{
    return json_pack("{s:f, s:f, s:f, s:b}", "value", index->value, "low", index->low, "high",
                     index->high, "above_zero", index->above_zero);
}

static json_t *study_object(const study *self)
{
    const bg_sobol_indices *last = &self->at[SHARES - 1];
    json_t *inputs = json_array(), *groups = json_array();
    for (size_t i = 0; i < self->inputs; i++) {
        const bg_knob *knob = &self->knob[i];
        json_array_append_new(inputs, json_pack("{s:s, s:f, s:f}", "key", knob->path, "from",
                                                knob->from, "to", knob->to));
    }
    for (size_t g = 0; g < self->groups; g++) {
        json_t *convergence = json_array();
        for (size_t s = 0; s < SHARES; s++) {
            json_array_append_new(convergence,
                                  json_pack("{s:I, s:f, s:f}", "rows", (json_int_t)self->rows[s],
                                            "total", self->at[s].total[g].value, "first",
                                            self->at[s].first[g].value));
        }
        json_array_append_new(groups,
                              json_pack("{s:s, s:o, s:o, s:o}", "name", self->group[g].name,
                                        "total", index_object(&last->total[g]), "first",
                                        index_object(&last->first[g]), "convergence", convergence));
    }
    return json_pack("{s:s, s:I, s:I, s:f, s:f, s:f, s:o, s:o}", "figure", self->figure_text,
                     "rows", (json_int_t)self->n, "rows_left_out", (json_int_t)self->left_out,
                     "mean", last->mean, "variance", last->variance, "inner_noise_share",
                     inner_noise(self), "inputs", inputs, "groups", groups);
}

/* ---- files ---- */

static void write_indices(const study *self, FILE *stream)
{
    const bg_sobol_indices *last = &self->at[SHARES - 1];
    size_t order[MOST_INPUTS];
    rank(self, order);
    fputs("input,total,total_low,total_high,first,first_low,first_high,at_low_end,at_high_end,"
          "as_given,figure\n",
          stream);
    for (size_t k = 0; k < self->groups; k++) {
        const size_t g = order[k];
        const bg_sobol_index *total = &last->total[g], *first = &last->first[g];
        bg_csv_write(stream, self->group[g].name);
        fprintf(stream, ",%.6g,%.6g,%.6g,%.6g,%.6g,%.6g", total->value, total->low, total->high,
                first->value, first->low, first->high);
        const bool one = self->group[g].end - self->group[g].first == 1;
        const double ends[] = {one ? self->low_end[self->group[g].first] : NAN,
                               one ? self->high_end[self->group[g].first] : NAN, self->as_given};
        for (size_t e = 0; e < 3; e++) {
            fprintf(stream, isnan(ends[e]) ? "," : ",%.9g", ends[e]);
        }
        fputc(',', stream);
        bg_csv_write(stream, self->figure_text);
        fputc('\n', stream);
    }
}

static bg_status write_table(const study *self, const bg_run_directory *directory, const char *name)
{
    bg_output output = {0};
    bg_status status = bg_run_directory_create(directory, name, &output, self->errors);
    if (!status) {
        write_indices(self, output.stream);
        status = bg_output_commit(&output, self->errors);
    }
    bg_output_discard(&output);
    return status;
}

static bg_status keep(const study *self)
{
    bg_run_directory directory;
    bg_status status = bg_run_directory_open(&directory, self->options->out,
                                             self->options->operands[0], self->errors);
    status = status
                 ? status
                 : bg_chart_facts_write(&self->base.model, NULL, directory.temporary, self->errors);
    status = status ? status : write_table(self, &directory, "sensitivity.csv");
    status = status ? status : write_table(self, &directory, "charts/data/tornado-all.csv");
    status = status ? status
                    : bg_program_chart("tornado", directory.temporary, self->options, self->errors);
    status = status ? status : bg_run_directory_commit(&directory, self->errors);
    if (!status && !self->options->quiet) {
        fprintf(stderr,
                bg_in_language(self->options->lang, "Table and chart: %s\n", "表与图：%s\n"),
                directory.final);
    }
    bg_run_directory_discard(&directory);
    return status;
}

static void study_free(study *self)
{
    for (size_t s = 0; s < SHARES; s++) {
        bg_sobol_indices_free(&self->at[s]);
    }
    for (size_t i = 0; i < MOST_INPUTS; i++) {
        free(self->range[i]);
        free(self->group[i].name);
    }
    free(self->a);
    free(self->b);
    free(self->value);
    free(self->variance);
    free(self->failed);
    bg_input_free(&self->base);
}

static bg_status print(const study *self)
{
    if (self->options->json) {
        return bg_json_print(study_object(self), stdout, self->errors);
    }
    const bg_status status = print_text(self);
    fflush(stdout);
    return status;
}

static bg_status answer(study *self)
{
    bg_status status = read_question(self);
    status = status ? status : run(self);
    status = status ? status : keep(self);
    status = status ? status : print(self);
    if (status == BG_MEMORY && self->errors->error_count == 0) {
        bg_no_memory(self->errors);
    } else if (status && self->errors->error_count == 0) {
        bg_errors_add(self->errors, status, BG_NOWHERE, NULL,
                      status == BG_INTERRUPTED ? "stopped by a signal; nothing was written"
                                               : "the study could not be made");
    }
    return status;
}

bg_status bg_verb_sensitivity(const bg_options *options, bg_errors *errors)
{
    study *self = calloc(1, sizeof *self);
    if (!self) {
        return bg_no_memory(errors);
    }
    self->options = options;
    self->threads = options->threads > 0 ? options->threads : omp_get_max_threads();
    self->errors = errors;
    bg_status status = bg_input_load(&self->base, options->operands[0], options, errors);
    bg_messages_flush(errors, stderr);
    status = status ? status : answer(self);
    study_free(self);
    free(self);
    return status;
}
