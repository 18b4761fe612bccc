#include "chart/discovery_charts.h"

#include "format/csv_writer.h"

#include <math.h>

enum { DIGITS = 10, MOST_DOTS = 4000 };

typedef struct drawing {
    const bg_discovery *found;
    const bg_discovery_question *question;
    const char *policy;
    const bg_chart_options *options;
    size_t x, y; /* axes of the picture of boxes */
    bg_errors *errors;
} drawing;

static bg_status save(const drawing *self, bg_sheet *sheet, const char *name)
{
    const char *file = bg_sheet_keep(sheet, "charts/data/%s-%s.csv", name, self->policy);
    const bg_status status = bg_sheet_save_csv(sheet, self->options->directory, file, self->errors);
    bg_sheet_free(sheet);
    return status;
}

/* The peeling of each box, step by step. */
static bg_status write_tradeoff(const drawing *self)
{
    static const bg_column columns[] = {
        {.name = "box", .kind = BG_CELL_COUNT},       {.name = "step", .kind = BG_CELL_COUNT},
        {.name = "coverage", .kind = BG_CELL_NUMBER}, {.name = "density", .kind = BG_CELL_NUMBER},
        {.name = "chosen", .kind = BG_CELL_FLAG},     {.name = "target", .kind = BG_CELL_TEXT},
        {.name = "met", .kind = BG_CELL_FLAG},
    };
    bg_sheet sheet;
    bg_sheet_init(&sheet, "en");
    bg_sheet_add_columns(&sheet, columns, sizeof columns / sizeof *columns);
    for (size_t b = 0; b < self->found->boxes; b++) {
        const bg_discovery_box *box = &self->found->box[b];
        for (size_t step = 0; step < box->peeling.count; step++) {
            const bg_box *at = &box->peeling.box[step];
            bg_sheet_add_count(&sheet, b + 1);
            bg_sheet_add_count(&sheet, step);
            bg_sheet_add_number(&sheet, bg_box_coverage(at, self->found->sought));
            bg_sheet_add_number(&sheet, bg_box_density(at));
            bg_sheet_add_flag(&sheet, step == box->chosen);
            bg_sheet_add_text(&sheet, self->question->target);
            bg_sheet_add_flag(&sheet, self->question->met);
        }
    }
    return save(self, &sheet, "tradeoff");
}

/* As many scenarios as an eye can tell apart. */
static bg_status write_dots(const drawing *self)
{
    static const bg_column columns[] = {
        {.name = "x", .kind = BG_CELL_NUMBER, .significant = DIGITS},
        {.name = "y", .kind = BG_CELL_NUMBER, .significant = DIGITS},
        {.name = "sought", .kind = BG_CELL_FLAG},
    };
    const bg_discovery *found = self->found;
    const size_t stride = (found->scenarios + MOST_DOTS - 1) / MOST_DOTS;
    bg_sheet sheet;
    bg_sheet_init(&sheet, "en");
    bg_sheet_add_columns(&sheet, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < found->scenarios; i += stride) {
        bg_sheet_add_number(&sheet, found->value[self->x * found->scenarios + i]);
        bg_sheet_add_number(&sheet, found->value[self->y * found->scenarios + i]);
        bg_sheet_add_flag(&sheet, found->hit[i]);
    }
    return save(self, &sheet, "dots");
}

/* A side of a box, where open as far as was tried. */
static void add_side(const drawing *self, const bg_box *box, size_t axis, bg_sheet *sheet)
{
    bg_sheet_add_number(sheet, fmax(box->side[axis].low, self->found->low[axis]));
    bg_sheet_add_number(sheet, fmin(box->side[axis].high, self->found->high[axis]));
}

static bg_status write_boxes(const drawing *self)
{
    static const bg_column columns[] = {
        {.name = "box", .kind = BG_CELL_COUNT},
        {.name = "x_low", .kind = BG_CELL_NUMBER, .significant = DIGITS},
        {.name = "x_high", .kind = BG_CELL_NUMBER, .significant = DIGITS},
        {.name = "y_low", .kind = BG_CELL_NUMBER, .significant = DIGITS},
        {.name = "y_high", .kind = BG_CELL_NUMBER, .significant = DIGITS},
        {.name = "x_name", .kind = BG_CELL_TEXT},
        {.name = "y_name", .kind = BG_CELL_TEXT},
        {.name = "x_unit", .kind = BG_CELL_TEXT},
        {.name = "y_unit", .kind = BG_CELL_TEXT},
        {.name = "target", .kind = BG_CELL_TEXT},
        {.name = "met", .kind = BG_CELL_FLAG},
        {.name = "bounded", .kind = BG_CELL_COUNT},
    };
    const bg_discovery *found = self->found;
    bg_sheet sheet;
    bg_sheet_init(&sheet, "en");
    bg_sheet_add_columns(&sheet, columns, sizeof columns / sizeof *columns);
    for (size_t b = 0; b < found->boxes; b++) {
        const bg_box *box = &found->box[b].box;
        size_t bounded = 0;
        for (size_t axis = 0; axis < found->axes; axis++) {
            bounded += bg_box_bounds(box, axis);
        }
        bg_sheet_add_count(&sheet, b + 1);
        add_side(self, box, self->x, &sheet);
        add_side(self, box, self->y, &sheet);
        bg_sheet_add_text(&sheet, found->axis[self->x]->name);
        bg_sheet_add_text(&sheet, found->axis[self->y]->name);
        bg_sheet_add_text(&sheet, found->axis[self->x]->unit);
        bg_sheet_add_text(&sheet, found->axis[self->y]->unit);
        bg_sheet_add_text(&sheet, self->question->target);
        bg_sheet_add_flag(&sheet, self->question->met);
        bg_sheet_add_count(&sheet, bounded);
    }
    return save(self, &sheet, "boxes");
}

/* Those that bound the first box most; beside a single one, another that was tried. */
static void choose_axes(drawing *self)
{
    self->x = bg_discovery_bounded(self->found, 0, 0);
    self->y = bg_discovery_bounded(self->found, 0, 1);
    if (self->y == self->found->axes) {
        self->y = self->x > 0 ? 0 : 1;
    }
}

bg_status bg_discovery_charts(const bg_discovery *found, const bg_discovery_question *question,
                              const char *policy, const bg_chart_options *options, bool data_alone,
                              bg_errors *errors)
{
    drawing self = {.found = found,
                    .question = question,
                    .policy = policy,
                    .options = options,
                    .errors = errors};
    bg_status status = write_tradeoff(&self);
    if (status == BG_OK && !data_alone) {
        status = bg_chart_draw("tradeoff", policy, options, errors);
    }
    if (status == BG_OK && found->axes > 1) {
        choose_axes(&self);
        status = write_dots(&self);
        status = status ? status : write_boxes(&self);
        status = status || data_alone ? status : bg_chart_draw("boxes", policy, options, errors);
    }
    return status;
}
