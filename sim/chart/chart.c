#include "chart/chart.h"

#include "base/process.h"
#include "base/text.h"
#include "chart/messages.h"

#include <baogan/file.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define DEFAULT_SECONDS 60
#define MESSAGE_ROOM    2048

static const char *const charts[] = {"expense", "funds", "cash", "surplus", "parties"};
static const char *const formats[] = {"svg", "png"};
#define FORMAT_COUNT (sizeof formats / sizeof *formats)

/* ---- the scripts ---- */

char *bg_chart_plots(const char *program_directory)
{
    /* build/baogan; build/NAME/baogan of a second build; PREFIX/bin/baogan */
    static const char *const places[] = {"../plots", "../../plots", "../share/baogan/plots"};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        char *directory = bg_path_join(program_directory, places[i]);
        char *script = directory ? bg_path_join(directory, "common.gp") : NULL;
        bool there = script && access(script, R_OK) == 0;
        free(script);
        if (there) {
            return directory;
        }
        free(directory);
    }
    return NULL;
}

/* ---- texts for gnuplot ---- */

/* What makes a path a plain file to gnuplot: a name that begins with < or | it would run as a command,
 * one that begins with - it would take for an option. */
static const char *file_prefix(const char *path)
{
    return path[0] == '/' ? "" : "./";
}

/* A path between single quotes, in which gnuplot expands nothing; a quote in it is doubled. */
static char *quoted(const char *path)
{
    char *text = malloc(2 * strlen(path) + sizeof "./''");
    if (!text) {
        return NULL;
    }
    char *end = text;
    *end++ = '\'';
    for (const char *c = file_prefix(path); *c; c++) {
        *end++ = *c;
    }
    for (const char *c = path; *c; c++) {
        if (*c == '\'') {
            *end++ = '\'';
        }
        *end++ = *c;
    }
    *end++ = '\'';
    *end = 0;
    return text;
}

/* "dir='…'; lang='…'; " */
static char *common_settings(const bg_chart_options *options)
{
    char *directory = quoted(options->directory);
    char *text =
        directory ? bg_text_format("dir=%s; lang='%s'; ", directory, options->language) : NULL;
    free(directory);
    return text;
}

static char *script_path(const bg_chart_options *options, const char *chart)
{
    return bg_text_format("%s%s/%s.gp", file_prefix(options->plots), options->plots, chart);
}

/* ---- one gnuplot ---- */

/* The last line of gnuplot's message: the earlier ones repeat the script. */
static const char *reason_of(char *messages)
{
    size_t length = strlen(messages);
    while (length && strchr("\n\r \t", messages[length - 1])) {
        messages[--length] = 0;
    }
    const char *newline = strrchr(messages, '\n');
    return newline  ? newline + 1
           : length ? messages
                    : BG_BOTH("it gave no reason.", "未说明原因。");
}

static void warn_of(bg_process_end end, const char *what, int seconds, char *messages,
                    bg_errors *errors)
{
    switch (end) {
    case BG_PROCESS_DONE:
    case BG_PROCESS_STOPPED:
        break;
    case BG_PROCESS_FAILED:
        bg_errors_advise(errors, BG_NOWHERE, NULL, BG_SAY(chart_not_drawn), what,
                         reason_of(messages));
        break;
    case BG_PROCESS_TIMED_OUT:
        bg_errors_advise(errors, BG_NOWHERE, NULL, BG_SAY(chart_timed_out), seconds, what);
        break;
    case BG_PROCESS_MISSING:
        bg_errors_advise(errors, BG_NOWHERE, NULL, BG_SAY(gnuplot_not_found));
        break;
    case BG_PROCESS_ERROR:
        bg_errors_advise(errors, BG_NOWHERE, NULL, BG_SAY(gnuplot_not_started), what);
        break;
    }
}

/* Runs gnuplot, without the user's own start-up files and terminal (one that this gnuplot lacks would
 * end it), and turns a failure into a warning. */
static bg_process_end run_gnuplot(const char *const arguments[], const char *what, FILE *output,
                                  const bg_chart_options *options, bg_errors *errors)
{
    char messages[MESSAGE_ROOM];
    const bg_process gnuplot = {.arguments = arguments,
                                .without = "GNUTERM",
                                .output = output,
                                .seconds =
                                    options->seconds > 0 ? options->seconds : DEFAULT_SECONDS,
                                .stop = options->stop};
    const bg_process_end end = bg_process_run(&gnuplot, messages, sizeof messages);
    warn_of(end, what, gnuplot.seconds, messages, errors);
    return end;
}

static bool can_draw(const bg_chart_options *options, bg_errors *errors)
{
    if (!options->plots) {
        bg_errors_advise(errors, BG_NOWHERE, NULL, BG_SAY(chart_scripts_not_found));
    }
    return options->plots;
}

/* ---- a chart of a unit: one gnuplot draws all its formats ---- */

typedef struct picture {
    char *path, *temporary; /* gnuplot writes the second; whole, it becomes the first */
    char *settings;         /* gnuplot commands before the script is run */
} picture;

static void picture_free(picture *self)
{
    if (self->temporary) {
        unlink(self->temporary);
    }
    free(self->path);
    free(self->temporary);
    free(self->settings);
    *self = (picture){0};
}

static bool picture_init(picture *self, const bg_chart_options *options, const char *common,
                         const char *name, const char *unit, const char *format)
{
    self->path = bg_text_format("%s/charts/%s.%s", options->directory, name, format);
    self->temporary = self->path ? bg_text_format("%s.tmp-%ld", self->path, (long)getpid()) : NULL;
    char *out = self->temporary ? quoted(self->temporary) : NULL;
    self->settings =
        out ? bg_text_format("%sunit='%s'; term='%s'; out=%s", common, unit, format, out) : NULL;
    free(out);
    return self->settings;
}

/* Gives a picture that gnuplot completed its name. */
static bool picture_keep(picture *self)
{
    struct stat about;
    return stat(self->temporary, &about) == 0 && about.st_size > 0 &&
           rename(self->temporary, self->path) == 0;
}

/* A chart of a unit to be drawn, and how that went. */
typedef struct task {
    const char *chart, *unit;
    bg_status status;
    bg_process_end end; /* BG_PROCESS_STOPPED where it was not tried */
    bg_errors errors;
} task;

/* An SVG is the first of the formats. */
static size_t format_count(const bg_chart_options *options)
{
    return options->svg_only ? 1 : FORMAT_COUNT;
}

static void draw_pictures(task *self, picture pictures[FORMAT_COUNT], const char *script,
                          const char *name, const bg_chart_options *options)
{
    const char *arguments[2 + 3 * FORMAT_COUNT + 1] = {"gnuplot", "--default-settings"};
    for (size_t i = 0; i < format_count(options); i++) {
        const char **next = arguments + 2 + 3 * i;
        next[0] = "-e";
        next[1] = pictures[i].settings;
        next[2] = script;
    }
    self->end = run_gnuplot(arguments, name, NULL, options, &self->errors);
    for (size_t i = 0; self->end == BG_PROCESS_DONE && i < format_count(options); i++) {
        if (!picture_keep(&pictures[i])) {
            bg_errors_advise(&self->errors, (bg_mark){.file = pictures[i].path}, NULL,
                             BG_SAY(chart_not_written));
        }
    }
}

static void draw_chart(task *self, const char *common, const bg_chart_options *options)
{
    picture pictures[FORMAT_COUNT] = {{0}};
    char *name = bg_text_format("%s-%s", self->chart, self->unit);
    char *script = script_path(options, self->chart);
    bool ready = name && script;
    for (size_t i = 0; ready && i < format_count(options); i++) {
        ready = picture_init(&pictures[i], options, common, name, self->unit, formats[i]);
    }
    if (ready) {
        draw_pictures(self, pictures, script, name, options);
    } else {
        self->status = bg_no_memory(&self->errors);
    }
    for (size_t i = 0; i < format_count(options); i++) {
        picture_free(&pictures[i]);
    }
    free(script);
    free(name);
}

/* Whether further charts may fare better. */
static bool goes_on(const task *self)
{
    return !self->status && (self->end == BG_PROCESS_DONE || self->end == BG_PROCESS_FAILED);
}

/* Tells of each task, up to the first that was tried and after which all would end alike. */
static bg_status tell(task *tasks, size_t count, bg_errors *errors)
{
    bg_status status = BG_OK;
    bool go_on = true;
    for (size_t i = 0; i < count; i++) {
        if (go_on) {
            status = tasks[i].status;
            bg_errors_move(errors, &tasks[i].errors);
        }
        const bool tried = tasks[i].status || tasks[i].end != BG_PROCESS_STOPPED;
        go_on = go_on && (!tried || goes_on(&tasks[i]));
        bg_errors_free(&tasks[i].errors);
    }
    return status;
}

/* Each gnuplot is a process of its own; as many run at once as there are processors. */
static void draw_all(task *tasks, size_t count, const char *common, const bg_chart_options *options)
{
    const long long last = (long long)count;
    int go_on = 1;
#pragma omp parallel for schedule(dynamic, 1)
    for (long long i = 0; i < last; i++) {
        int wanted;
#pragma omp atomic read
        wanted = go_on;
        if (wanted) {
            draw_chart(&tasks[i], common, options);
        }
        if (!goes_on(&tasks[i])) {
#pragma omp atomic write
            go_on = 0;
        }
    }
}

/* Draws `kinds` charts of each unit. */
static bg_status draw_of_units(const char *const *kinds, size_t kind_count,
                               const char *const *units, size_t unit_count,
                               const bg_chart_options *options, bg_errors *errors)
{
    const size_t count = unit_count * kind_count;
    task *tasks = calloc(count + 1, sizeof *tasks);
    char *common = common_settings(options);
    bg_status status = tasks && common ? BG_OK : bg_no_memory(errors);
    for (size_t i = 0; !status && i < count; i++) {
        tasks[i] = (task){.chart = kinds[i % kind_count],
                          .unit = units[i / kind_count],
                          .end = BG_PROCESS_STOPPED};
        bg_errors_init(&tasks[i].errors);
    }
    if (!status) {
        draw_all(tasks, count, common, options);
        status = tell(tasks, count, errors);
    }
    free(common);
    free(tasks);
    return status;
}

bg_status bg_charts_draw(const bg_projection *projection, const bg_chart_options *options,
                         bg_errors *errors)
{
    const char *units[BG_MAX_SCHEMES + 1];
    const size_t count = bg_projection_unit_count(projection);
    for (size_t u = 0; u < count; u++) {
        units[u] = bg_projection_unit(projection, u);
    }
    return can_draw(options, errors) ? draw_of_units(charts, sizeof charts / sizeof *charts, units,
                                                     count, options, errors)
                                     : BG_OK;
}

bg_status bg_chart_draw(const char *chart, const char *unit, const bg_chart_options *options,
                        bg_errors *errors)
{
    return can_draw(options, errors) ? draw_of_units(&chart, 1, &unit, 1, options, errors) : BG_OK;
}

bg_status bg_charts_print(const bg_chart_options *options, int columns, FILE *stream,
                          bg_errors *errors)
{
    if (!can_draw(options, errors)) {
        return BG_OK;
    }
    char *common = common_settings(options);
    char *settings =
        common ? bg_text_format("%swidth=%d", common, columns < 60 ? 60 : columns) : NULL;
    char *script = script_path(options, "terminal");
    bg_status status = settings && script ? BG_OK : bg_no_memory(errors);
    if (!status) {
        const char *const arguments[] = {"gnuplot", "--default-settings", "-e", settings, script,
                                         NULL};
        run_gnuplot(arguments, "in the terminal", stream, options, errors);
    }
    free(script);
    free(settings);
    free(common);
    return status;
}
