/* The columns of the results of a sweep. */

#include "base/text.h"
#include "study/messages.h"
#include "study/plan.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const bg_sweep_column before_axes[] = {
    {"scenario", BG_COLUMN_INTEGER, BG_COLUMN_LABEL, "",
     "number of the scenario: future x policies + policy"},
    {"future", BG_COLUMN_INTEGER, BG_COLUMN_LABEL, "", "number of the future, from 0"},
    {"policy", BG_COLUMN_INTEGER, BG_COLUMN_LABEL, "", "number of the policy, from 0"},
    {"policy_name", BG_COLUMN_TEXT, BG_COLUMN_LABEL, "", "name of the policy in the plan"},
};
static const bg_sweep_column after_axes[] = {
    {"seed", BG_COLUMN_INTEGER, BG_COLUMN_LABEL, "", "seed of the simulated futures"},
    {"status", BG_COLUMN_TEXT, BG_COLUMN_LABEL, "", "ok, or failed"},
    {"reason", BG_COLUMN_TEXT, BG_COLUMN_LABEL, "", "why it failed"},
};

#define COUNT(table) (sizeof(table) / sizeof *(table))

static bool is_money(bg_type type)
{
    return type == BG_TYPE_MONEY || type == BG_TYPE_PRICE;
}

static bg_column_type type_of(bg_type type)
{
    switch (type) {
    case BG_TYPE_INTEGER:
    case BG_TYPE_YEAR:
        return BG_COLUMN_INTEGER;
    case BG_TYPE_MONTH:
    case BG_TYPE_CHOICE:
    case BG_TYPE_BOOL:
        return BG_COLUMN_TEXT;
    default:
        return BG_COLUMN_REAL;
    }
}

/* SQL does not tell the case of letters apart, so that names must differ otherwise. */
static bool has(const bg_sweep_column *columns, size_t count, const char *name)
{
    size_t i = 0;
    while (i < count && strcasecmp(columns[i].name, name) != 0) {
        i++;
    }
    return i < count;
}

/* A copy that lives as long as the sweep; NULL when out of memory. */
static const char *keep(bg_sweep *self, const char *text)
{
    char *copy = strdup(text);
    if (copy) {
        self->text[self->text_count++] = copy;
    }
    return copy;
}

/* `node` is what names the column, NULL where the program does. */
static bg_status add(bg_sweep *self, bg_sweep_column column, const bg_node *node, bg_errors *errors)
{
    if (node && (has(self->column, self->column_count, column.name) ||
                 has(after_axes, COUNT(after_axes), column.name))) {
        return bg_errors_say(errors, BG_INVALID, node->mark, node->path, BG_SAY(sweep_column_twice),
                             column.name);
    }
    column.name = keep(self, column.name);
    column.unit = keep(self, column.unit);
    column.meaning = keep(self, column.meaning);
    self->column[self->column_count++] = column;
    return column.name && column.unit && column.meaning ? BG_OK : BG_MEMORY;
}

static bg_status add_axes(bg_sweep *self, bg_errors *errors)
{
    bg_status status = BG_OK;
    for (size_t i = 0; i < self->design.axis_count && status == BG_OK; i++) {
        const bg_axis *axis = &self->design.axis[i];
        status =
            add(self,
                (bg_sweep_column){axis->name, type_of(axis->row->type),
                                  axis->of_policy ? BG_COLUMN_POLICY : BG_COLUMN_FUTURE,
                                  is_money(axis->row->type) ? "yuan" : axis->row->unit, axis->key},
                axis->node, errors);
    }
    return status;
}

static bg_status add_figure(bg_sweep *self, const bg_study_figure *figure, bg_errors *errors)
{
    if (figure->is_target) {
        const bg_sweep_column met = {figure->name, BG_COLUMN_INTEGER, BG_COLUMN_TARGET, "",
                                     figure->expression};
        return add(self, met, figure->node, errors);
    }
    const char *unit = figure->is_share ? "1" : "yuan";
    static const bg_column_role roles[] = {BG_COLUMN_FIGURE, BG_COLUMN_LOWER_FIGURE,
                                           BG_COLUMN_HIGHER_FIGURE};
    const bg_sweep_column value = {figure->name, BG_COLUMN_REAL, roles[figure->better], unit,
                                   figure->expression};
    char *name = bg_text_format("%s_se", figure->name);
    char *meaning = bg_text_format("standard error of %s", figure->expression);
    bg_status status = name && meaning ? add(self, value, figure->node, errors) : BG_MEMORY;
    if (status == BG_OK) {
        const bg_sweep_column se = {name, BG_COLUMN_REAL, BG_COLUMN_ERROR, unit, meaning};
        status = add(self, se, figure->node, errors);
    }
    free(name);
    free(meaning);
    return status;
}

bg_status bg_sweep_make_columns(bg_sweep *self, bg_errors *errors)
{
    const size_t room =
        COUNT(before_axes) + self->design.axis_count + COUNT(after_axes) + 2 * self->figures.count;
    self->column = calloc(room, sizeof *self->column);
    self->text = calloc(3 * room, sizeof *self->text);
    bg_status status = self->column && self->text ? BG_OK : BG_MEMORY;
    for (size_t i = 0; i < COUNT(before_axes) && status == BG_OK; i++) {
        status = add(self, before_axes[i], NULL, errors);
    }
    status = status ? status : add_axes(self, errors);
    for (size_t i = 0; i < COUNT(after_axes) && status == BG_OK; i++) {
        status = add(self, after_axes[i], NULL, errors);
    }
    for (size_t i = 0; i < self->figures.count && status == BG_OK; i++) {
        status = add_figure(self, &self->figures.item[i], errors);
    }
    return status == BG_MEMORY ? bg_no_memory(errors) : status;
}

void bg_sweep_free_columns(bg_sweep *self)
{
    for (size_t i = 0; i < self->text_count; i++) {
        free(self->text[i]);
    }
    free(self->text);
    self->text = NULL;
    self->text_count = 0;
    free(self->column);
    self->column = NULL;
    self->column_count = 0;
}
