/* Running one scenario of a sweep after another. */

#include "base/csv.h"
#include "base/text.h"
#include "projection/kept.h"
#include "study/messages.h"
#include "study/plan.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define KEPT_BYTES ((size_t)1 << 27) /* of a thread */

struct bg_sweep_runner {
    const bg_sweep *sweep;
    bg_design_cursor cursor;
    bg_scenario *
        *scenario; /* under each policy by name, at the values put last; NULL until it is needed */
    double *value, *se; /* of each figure */
    bg_kept *kept;      /* futures that policies share; NULL: there is one policy */
};

bg_status bg_sweep_runner_new(const bg_sweep *sweep, bg_sweep_runner **runner, bg_errors *errors)
{
    bg_sweep_runner *self = calloc(1, sizeof *self);
    bool good = self != NULL;
    if (good) {
        self->sweep = sweep;
        self->scenario = calloc(sweep->policy_count, sizeof *self->scenario);
        self->value = calloc(sweep->figures.count, sizeof *self->value);
        self->se = calloc(sweep->figures.count, sizeof *self->se);
        good = self->scenario && self->value && self->se;
        bg_design_cursor_init(&sweep->design, &self->cursor);
    }
    if (!good) {
        bg_sweep_runner_free(self);
        return bg_no_memory(errors);
    }
    if (sweep->design.policy_levels * sweep->policy_count > 1) {
        self->kept = bg_kept_new(KEPT_BYTES, SIZE_MAX);
    }
    *runner = self;
    return BG_OK;
}

void bg_sweep_runner_free(bg_sweep_runner *self)
{
    if (!self) {
        return;
    }
    for (size_t i = 0; self->scenario && i < self->sweep->policy_count; i++) {
        bg_scenario_free(self->scenario[i]);
    }
    bg_kept_free(self->kept);
    free(self->scenario);
    free(self->value);
    free(self->se);
    free(self);
}

static int64_t seed_of(const bg_sweep *sweep, const bg_sweep_point *point)
{
    return sweep->seed + (sweep->seed_by_future ? (int64_t)point->future : 0);
}

/* Puts the values of the point into the scenario of its policy. */
static bg_status prepare(bg_sweep_runner *self, const bg_sweep_point *point, bg_errors *errors)
{
    const bg_sweep *sweep = self->sweep;
    const bg_design *design = &sweep->design;
    bg_scenario **scenario = &self->scenario[point->named];
    bg_setting settings[BG_MAX_AXES];
    bg_status status = BG_OK;
    if (!*scenario) {
        status = bg_policy_load(&sweep->policy[point->named], &sweep->source, design, point->value,
                                scenario, errors);
    }
    bg_design_settings(design, point->value, settings);
    status = status ? status : bg_variant_put(*scenario, settings, design->axis_count, errors);
    if (!status && sweep->seed_by_future) {
        status = bg_scenario_vary(*scenario, "simulation.seed", seed_of(sweep, point), errors);
    }
    return status;
}

static bg_status compute(bg_sweep_runner *self, const bg_sweep_point *point, bg_errors *errors)
{
    bg_status status = prepare(self, point, errors);
    bg_model model;
    status = status ? status : bg_model_read(self->scenario[point->named], &model, errors);
    if (status == BG_OK) {
        status = bg_figures_compute(&self->sweep->figures, &model, self->kept, self->value,
                                    self->se, errors);
        bg_model_free(&model);
    }
    return status;
}

/* ---- the row ---- */

static const bg_error *first_error(const bg_errors *errors)
{
    size_t i = 0;
    while (i < errors->count && errors->items[i].warning) {
        i++;
    }
    return i < errors->count ? &errors->items[i] : NULL;
}

/* The first error, or what the status says, as one line. New string, NULL when out of memory. */
static char *reason_of(const bg_errors *errors, bg_status status, const char *language)
{
    const bg_error *first = first_error(errors);
    const char *path = first && first->path ? first->path : "";
    const char *message = first ? first->message : bg_status_words(status, language);
    if (first && first->message_zh && strcmp(language, "zh") == 0) {
        message = first->message_zh;
    }
    char *reason = bg_text_format("%s%s%s", path, path[0] ? ": " : "", message);
    for (char *c = reason; c && *c; c++) {
        if ((unsigned char)*c < 0x20) {
            *c = ' ';
        }
    }
    return reason;
}

static void write_number(FILE *stream, double number)
{
    if (isfinite(number)) {
        fprintf(stream, ",%.17g", number);
    } else {
        fputc(',', stream);
    }
}

static void write_row(const bg_sweep_runner *self, const bg_sweep_point *point, const char *reason,
                      FILE *stream)
{
    const bg_sweep *sweep = self->sweep;
    fprintf(stream, "%llu,%llu,%llu,", (unsigned long long)point->number,
            (unsigned long long)point->future, (unsigned long long)point->policy);
    bg_csv_write(stream, sweep->policy[point->named].name);
    for (size_t i = 0; i < sweep->design.axis_count; i++) {
        char text[BG_VALUE_TEXT];
        fprintf(stream, ",%s", bg_axis_text(&sweep->design.axis[i], point->value[i], text));
    }
    fprintf(stream, ",%lld,%s,", (long long)seed_of(sweep, point), reason ? "failed" : "ok");
    bg_csv_write(stream, reason ? reason : "");
    for (size_t i = 0; i < sweep->figures.count; i++) {
        write_number(stream, reason ? NAN : self->value[i]);
        if (!sweep->figures.item[i].is_target) {
            write_number(stream, reason ? NAN : self->se[i]);
        }
    }
}

/* Failures that the plan and the number do not determine end the sweep; others are results. */
static bool ends_the_sweep(bg_status status)
{
    return status == BG_MEMORY || status == BG_IO || status == BG_INTERRUPTED;
}

static bg_status end_sweep(uint64_t number, bg_status status, const bg_errors *found,
                           bg_errors *errors)
{
    char *en = reason_of(found, status, "en"), *zh = reason_of(found, status, "zh");
    char *reason = en && zh ? bg_text_format(BG_BOTH("%s", "%s"), en, zh) : NULL;
    status = reason ? bg_errors_say(errors, status, BG_NOWHERE, NULL, BG_SAY(scenario_not_run),
                                    (unsigned long long)number, reason)
                    : bg_no_memory(errors);
    free(reason);
    free(en);
    free(zh);
    return status;
}

bg_status bg_sweep_run(bg_sweep_runner *self, uint64_t number, char **row, bg_errors *errors)
{
    bg_sweep_point point;
    *row = NULL;
    if (!bg_sweep_point_at(self->sweep, &self->cursor, number, &point)) {
        return BG_OK;
    }
    bg_errors found;
    bg_errors_init(&found);
    bg_status status = compute(self, &point, &found);
    if (ends_the_sweep(status)) {
        status = end_sweep(number, status, &found, errors);
        bg_errors_free(&found);
        return status;
    }
    char *reason = status == BG_OK ? NULL : reason_of(&found, status, "en");
    bg_errors_free(&found);
    if (status != BG_OK && !reason) {
        return bg_no_memory(errors);
    }
    size_t size = 0;
    FILE *stream = open_memstream(row, &size);
    if (stream) {
        write_row(self, &point, reason, stream);
    }
    free(reason);
    if (!stream || fclose(stream) != 0) {
        free(*row);
        *row = NULL;
        return bg_no_memory(errors);
    }
    return BG_OK;
}

bg_status bg_sweep_measure(bg_sweep_runner *self, uint64_t number, bool *fits, double value[],
                           double se[], bg_errors *errors)
{
    bg_sweep_point point;
    *fits = bg_sweep_point_at(self->sweep, &self->cursor, number, &point);
    if (!*fits) {
        return BG_OK;
    }
    bg_errors found;
    bg_errors_init(&found);
    bg_status status = compute(self, &point, &found);
    if (ends_the_sweep(status)) {
        status = end_sweep(number, status, &found, errors);
    } else {
        *fits = status == BG_OK;
        status = BG_OK;
        memcpy(value, self->value, self->sweep->figures.count * sizeof *value);
        memcpy(se, self->se, self->sweep->figures.count * sizeof *se);
    }
    bg_errors_free(&found);
    return status;
}

char *bg_sweep_scenario(const bg_sweep *self, uint64_t number)
{
    bg_design_cursor cursor;
    bg_sweep_point point;
    bg_scenario *scenario = NULL;
    bg_design_cursor_init(&self->design, &cursor);
    bg_sweep_point_at(self, &cursor, number, &point);
    const bg_status status = bg_policy_load(&self->policy[point.named], &self->source,
                                            &self->design, point.value, &scenario, NULL);
    char *yaml = status == BG_OK ? bg_scenario_yaml_without(scenario, "sweep") : NULL;
    bg_scenario_free(scenario);
    return yaml;
}
