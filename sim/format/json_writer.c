#include "format/json_writer.h"

#include "format/json.h"

#include <math.h>

static json_t *value_of(const bg_cell *cell)
{
    switch (cell->kind) {
    case BG_CELL_TEXT:
        return bg_json_text(cell->text);
    case BG_CELL_YEAR:
    case BG_CELL_COUNT:
    case BG_CELL_FEN:
        return json_integer(cell->whole);
    case BG_CELL_FLAG:
        return json_boolean(cell->whole);
    case BG_CELL_RATE:
    case BG_CELL_DECIMAL:
        return json_real((double)cell->whole / (double)BG_ONE);
    case BG_CELL_AMOUNT:
    case BG_CELL_SHARE:
    case BG_CELL_NUMBER:
        return bg_json_number(cell->value);
    case BG_CELL_ABSENT:
        break;
    }
    return json_null();
}

/* Adds the members of a cell; non-zero when out of memory. */
static int add_cell(json_t *object, const bg_cell *cell, const bg_column *column)
{
    const bool estimate = cell->kind >= BG_CELL_AMOUNT;
    const struct {
        const char *name;
        double value;
    } parts[] = {
        {column->error, cell->error}, {column->low, cell->low}, {column->high, cell->high}};
    int failed = json_object_set_new(object, column->name, value_of(cell));
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (parts[i].name) {
            failed |= json_object_set_new(object, parts[i].name,
                                          bg_json_number(estimate ? parts[i].value : NAN));
        }
    }
    return failed;
}

/* The row from a column on. */
static json_t *row_object(const bg_sheet *self, size_t row, size_t first)
{
    json_t *object = json_object();
    int failed = !object;
    for (size_t j = first; j < self->column_count && !failed; j++) {
        failed = add_cell(object, bg_sheet_cell(self, row, j), &self->columns[j]);
    }
    if (failed) {
        json_decref(object);
        object = NULL;
    }
    return object;
}

/* `failed` gives the value up. */
static json_t *unless(int failed, json_t *value)
{
    if (failed) {
        json_decref(value);
        return NULL;
    }
    return value;
}

json_t *bg_sheet_json(const bg_sheet *self)
{
    json_t *list = self->failed ? NULL : json_array();
    int failed = !list;
    for (size_t row = 0; row < bg_sheet_row_count(self) && !failed; row++) {
        failed = json_array_append_new(list, row_object(self, row, 0));
    }
    return unless(failed, list);
}

json_t *bg_sheet_json_by_name(const bg_sheet *self)
{
    json_t *object = self->failed ? NULL : json_object();
    int failed = !object;
    for (size_t row = 0; row < bg_sheet_row_count(self) && !failed; row++) {
        failed = json_object_set_new(object, bg_sheet_cell(self, row, 0)->text,
                                     row_object(self, row, 1));
    }
    return unless(failed, object);
}
