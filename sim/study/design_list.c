#include "study/design_list.h"

#include "base/array.h"
#include "base/csv.h"
#include "study/messages.h"

#include <baogan/file.h>
#include <stdlib.h>
#include <string.h>

#define MAX_CELLS 8000000 /* 64 MB */

/* A list that is being read. */
typedef struct reader {
    const bg_scenario *scenario;
    bg_design *design;
    const char *file; /* in marks; outlives them */
    bg_csv csv;
    int column[BG_MAX_AXES]; /* of each axis */
    size_t room;             /* values that the list can hold */
    bg_errors *errors;
} reader;

char *bg_study_file(const bg_scenario *scenario, const bg_node *named)
{
    const char *from =
        named->mark.file && named->mark.line > 0 ? named->mark.file : bg_scenario_file(scenario);
    char *directory = bg_path_directory(from);
    char *path = directory ? bg_path_join(directory, named->text) : NULL;
    free(directory);
    return path;
}

__attribute__((format(printf, 5, 7), format(printf, 6, 7))) static bg_status
refuse(const reader *self, bg_mark mark, const char *path, const char *name, const char *zh,
       const char *en, ...)
{
    va_list arguments;
    va_start(arguments, en);
    bg_errors_say_list(self->errors, BG_INVALID, 0, mark, path, name, zh, en, arguments);
    va_end(arguments);
    return BG_INVALID;
}

/* Finds the column of each axis; a column of none is an error, so that a misspelt one is noticed. */
static bg_status read_header(reader *self)
{
    bg_status status = bg_csv_read(&self->csv, self->errors);
    const bg_mark start = {.file = self->file, .line = 1, .column = 1};
    if (status == BG_OK && self->csv.ended) {
        return refuse(self, start, "sweep.file", BG_SAY(list_empty));
    }
    size_t known = 0;
    for (size_t i = 0; i < self->design->axis_count && status == BG_OK; i++) {
        const bg_axis *axis = &self->design->axis[i];
        self->column[i] = axis->of_policy ? -1 : bg_csv_find(&self->csv, axis->name);
        known += self->column[i] >= 0;
        if (!axis->of_policy && self->column[i] < 0) {
            status = bg_errors_say(self->errors, BG_MISSING, start, axis->node->path,
                                   BG_SAY(list_column_missing), axis->name);
        }
    }
    if (status == BG_OK && known < self->csv.count) {
        status = refuse(self, start, "sweep.file", BG_SAY(list_column_of_no_axis));
    }
    return status;
}

static bg_status grow(reader *self)
{
    bg_design *design = self->design;
    const uint64_t axes = design->axis_count ? design->axis_count : 1;
    if ((design->futures + 1) * axes > MAX_CELLS) {
        return bg_errors_say(self->errors, BG_LIMIT, BG_NOWHERE, "sweep.file",
                             BG_SAY(list_too_long), MAX_CELLS);
    }
    int64_t *list =
        bg_array_room(design->list, &self->room, (design->futures + 1) * axes, sizeof *list);
    design->list = list ? list : design->list;
    return list ? BG_OK : bg_no_memory(self->errors);
}

static bg_status read_row(reader *self)
{
    bg_design *design = self->design;
    bg_status status = grow(self);
    for (size_t i = 0; i < design->axis_count && status == BG_OK; i++) {
        const int column = self->column[i];
        if (column < 0) {
            continue;
        }
        const bg_axis *axis = &design->axis[i];
        const bool there = (size_t)column < self->csv.count;
        const bg_csv_cell *cell = &self->csv.cells[there ? column : 0];
        status = there
                     ? bg_axis_value(axis, self->scenario, cell->text, cell->mark, axis->node->path,
                                     &design->list[design->futures * design->axis_count + i],
                                     self->errors)
                     : refuse(self, cell->mark, axis->node->path, BG_SAY(list_row_too_short));
    }
    design->futures++;
    return status;
}

static bg_status read_all(reader *self)
{
    bg_status status = read_header(self);
    self->design->futures = 0;
    while (status == BG_OK) {
        status = bg_csv_read(&self->csv, self->errors);
        if (status == BG_OK && self->csv.ended) {
            break;
        }
        if (status == BG_OK && !bg_csv_is_blank(&self->csv)) {
            status = read_row(self);
        }
    }
    if (status == BG_OK && self->design->futures == 0) {
        status = refuse(self, (bg_mark){.file = self->file, .line = 1, .column = 1}, "sweep.file",
                        BG_SAY(list_without_rows));
    }
    return status;
}

bg_status bg_list_read(const bg_scenario *scenario, const bg_node *named, bg_design *design,
                       bg_errors *errors)
{
    char *path = bg_study_file(scenario, named);
    FILE *stream = NULL;
    bg_status status = path ? bg_file_open(path, &stream, errors) : bg_no_memory(errors);
    if (status == BG_IO) {
        bg_errors_say(errors, BG_IO, named->mark, named->path, BG_SAY(list_unreadable), path);
    }
    if (status == BG_OK) {
        reader read = {.scenario = scenario, .design = design, .file = path, .errors = errors};
        bg_csv_init(&read.csv, stream, path, "sweep.file", BG_CSV_MAX_CELLS);
        status = read_all(&read);
        bg_csv_free(&read.csv);
        fclose(stream);
    }
    free(path);
    return status;
}

void bg_list_at(const bg_design *design, uint64_t future, int64_t value[])
{
    for (size_t i = 0; i < design->axis_count; i++) {
        if (!design->axis[i].of_policy) {
            value[i] = design->list[future * design->axis_count + i];
        }
    }
}
