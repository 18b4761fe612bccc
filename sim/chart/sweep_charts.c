#include "chart/sweep_charts.h"

#include "base/text.h"
#include "chart/messages.h"
#include "format/csv_writer.h"
#include "store/folder.h"
#include "store/reader.h"

#include <baogan/file.h>
#include <baogan/sweep.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define MOST_LEVELS 41 /* of an axis; more are put into cells */
#define MOST_CELLS  20
#define MOST_PANELS 6
#define MOST_LINES  600
#define DIGITS      10

/* A store that is being drawn. */
typedef struct drawing {
    bg_store_reader store;
    const bg_chart_options *options;
    bg_errors *errors;
} drawing;

static bg_status failed(const drawing *self)
{
    return bg_store_unreadable(&self->store, self->errors);
}

/* ---- what the store holds ---- */

static bool is_figure(const bg_store_column *column)
{
    return bg_store_plays(column, "figure") || bg_store_plays(column, "lower") ||
           bg_store_plays(column, "higher");
}

/* ---- files ---- */

/* Writes a sheet as the data of a chart and gives it up. */
static bg_status save(const drawing *self, bg_sheet *sheet, const char *name, const char *unit)
{
    const char *file = bg_sheet_keep(sheet, "charts/data/%s-%s.csv", name, unit);
    const bg_status status = bg_sheet_save_csv(sheet, self->options->directory, file, self->errors);
    bg_sheet_free(sheet);
    return status;
}

static bg_status make_directories(const char *directory, bg_errors *errors)
{
    static const char *const parts[] = {"", "/charts", "/charts/data"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        char *path = bg_text_format("%s%s", directory, parts[i]);
        const bool made = path && (mkdir(path, 0777) == 0 || errno == EEXIST);
        bg_status status =
            made    ? BG_OK
            : !path ? bg_no_memory(errors)
                    : bg_store_failed(
                          directory,
                          BG_BOTH("The directory of the charts cannot be made", "无法建立图表目录"),
                          errno, errors);
        free(path);
        if (status != BG_OK) {
            return status;
        }
    }
    return BG_OK;
}

/* Without what a script takes for the end of a value. */
static void write_value(const char *value, FILE *stream)
{
    for (const char *c = value; *c; c++) {
        fputc(*c == '"' || *c == '\n' ? '\'' : *c, stream);
    }
}

/* What the scripts' titles and footers say. */
static void write_facts(sqlite3_stmt *statement, bg_fen money, FILE *stream)
{
    fputs("key,value\nunits,\"sweep\"\n", stream);
    if (money) {
        const long long yuan = (long long)money / 100;
        fprintf(stream, "money_en,\"%lld\"\nmoney_zh,\"%lld\"\n", yuan, yuan);
    }
    while (sqlite3_step(statement) == SQLITE_ROW) {
        fprintf(stream, "%s,\"", bg_store_text(statement, 0));
        write_value(bg_store_text(statement, 1), stream);
        fputs("\"\n", stream);
    }
}

bg_status bg_sweep_facts_write(const bg_store_reader *store, const bg_chart_options *options,
                               bg_errors *errors)
{
    bg_status status = make_directories(options->directory, errors);
    sqlite3_stmt *statement = bg_store_prepare(store,
                                               "SELECT name, value FROM sweep WHERE name IN "
                                               "('title_en', 'title_zh', 'replications', 'seed')",
                                               NULL);
    status = status ? status : statement ? BG_OK : bg_store_unreadable(store, errors);
    char *path = bg_text_format("%s/charts/data/run.csv", options->directory);
    bg_output output;
    status = status ? status : path ? bg_output_open(&output, path, errors) : bg_no_memory(errors);
    if (status == BG_OK) {
        write_facts(statement, options->money, output.stream);
        status = bg_output_commit(&output, errors);
    }
    free(path);
    sqlite3_finalize(statement);
    return status;
}

/* ---- heat maps ---- */

/* The cells of an axis: edge[i] to edge[i + 1]. */
typedef struct cells {
    const bg_store_column *axis;
    double edge[MOST_LEVELS + 1];
    size_t count;
} cells;

/* Edges half-way between levels, and as far beyond the outer ones. */
static void set_edges_of_levels(cells *self, const double level[])
{
    const size_t n = self->count;
    for (size_t i = 1; i < n; i++) {
        self->edge[i] = (level[i - 1] + level[i]) / 2;
    }
    self->edge[0] = n > 1 ? level[0] - (level[1] - level[0]) / 2 : level[0] - 0.5;
    self->edge[n] = n > 1 ? level[n - 1] + (level[n - 1] - level[n - 2]) / 2 : level[0] + 0.5;
}

static bg_status find_cells(const drawing *self, const bg_store_column *axis, cells *found)
{
    double level[MOST_LEVELS], last = 0;
    size_t n = 0;
    sqlite3_stmt *statement =
        bg_store_prepare(&self->store, "SELECT DISTINCT %c FROM scenarios ORDER BY 1",
                         (const bg_store_column *[]){axis});
    if (!statement) {
        return failed(self);
    }
    for (; sqlite3_step(statement) == SQLITE_ROW; n++) {
        last = sqlite3_column_double(statement, 0);
        if (n < MOST_LEVELS) {
            level[n] = last;
        }
    }
    sqlite3_finalize(statement);
    *found = (cells){.axis = axis, .count = n};
    if (n > MOST_LEVELS) {
        const double even = floor(sqrt((double)n) / 2); /* some four values a cell of the map */
        found->count = even < MOST_CELLS ? (size_t)even : MOST_CELLS;
        for (size_t i = 0; i <= found->count; i++) {
            found->edge[i] = level[0] + (last - level[0]) * (double)i / (double)found->count;
        }
    } else if (n > 0) {
        set_edges_of_levels(found, level);
    }
    return BG_OK;
}

static size_t cell_of(const cells *self, double value)
{
    size_t i = 0;
    while (i + 1 < self->count && value >= self->edge[i + 1]) {
        i++;
    }
    return i;
}

/* Sums over the scenarios in each cell, for each named policy. */
typedef struct map {
    cells x, y;
    char *panel[MOST_PANELS];
    size_t panel_count;
    uint64_t left_out; /* policies beyond them */
    double *sum;
    uint64_t *hits;
} map;

static size_t panel_of(map *self, const char *name)
{
    size_t i = 0;
    while (i < self->panel_count && strcmp(self->panel[i], name) != 0) {
        i++;
    }
    if (i == self->panel_count && i < MOST_PANELS) {
        self->panel[self->panel_count++] = strdup(name);
    }
    return i;
}

static bg_status fill_map(const drawing *self, const bg_store_column *figure, map *into)
{
    sqlite3_stmt *statement = bg_store_prepare(
        &self->store,
        "SELECT %c, %c, %c, policy_name FROM scenarios WHERE status = 'ok' ORDER BY scenario",
        (const bg_store_column *[]){into->x.axis, into->y.axis, figure});
    const size_t size = into->x.count * into->y.count;
    into->sum = calloc(MOST_PANELS * size + 1, sizeof *into->sum);
    into->hits = calloc(MOST_PANELS * size + 1, sizeof *into->hits);
    bg_status status = !statement                ? failed(self)
                       : into->sum && into->hits ? BG_OK
                                                 : bg_no_memory(self->errors);
    while (status == BG_OK && sqlite3_step(statement) == SQLITE_ROW) {
        const size_t panel = panel_of(into, bg_store_text(statement, 3));
        if (panel < MOST_PANELS && sqlite3_column_type(statement, 2) != SQLITE_NULL) {
            const size_t at =
                (panel * into->x.count + cell_of(&into->x, sqlite3_column_double(statement, 0))) *
                    into->y.count +
                cell_of(&into->y, sqlite3_column_double(statement, 1));
            into->sum[at] += sqlite3_column_double(statement, 2);
            into->hits[at]++;
        }
    }
    sqlite3_finalize(statement);
    return status;
}

static bg_status write_map(const drawing *self, const map *from, const bg_store_column *figure)
{
    static const bg_column columns[] = {
        {.name = "panel", .kind = BG_CELL_COUNT},
        {.name = "policy", .kind = BG_CELL_TEXT},
        {.name = "x_name", .kind = BG_CELL_TEXT},
        {.name = "y_name", .kind = BG_CELL_TEXT},
        {.name = "x_unit", .kind = BG_CELL_TEXT},
        {.name = "y_unit", .kind = BG_CELL_TEXT},
        {.name = "figure", .kind = BG_CELL_TEXT},
        {.name = "unit", .kind = BG_CELL_TEXT},
        {.name = "x_low", .kind = BG_CELL_NUMBER, .significant = DIGITS},
        {.name = "x_high", .kind = BG_CELL_NUMBER, .significant = DIGITS},
        {.name = "y_low", .kind = BG_CELL_NUMBER, .significant = DIGITS},
        {.name = "y_high", .kind = BG_CELL_NUMBER, .significant = DIGITS},
        {.name = "value", .kind = BG_CELL_NUMBER, .significant = DIGITS},
        {.name = "scenarios", .kind = BG_CELL_COUNT},
        {.name = "left_out", .kind = BG_CELL_COUNT},
    };
    bg_sheet sheet;
    bg_sheet_init(&sheet, "en");
    bg_sheet_add_columns(&sheet, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < from->panel_count * from->x.count * from->y.count; i++) {
        if (from->hits[i] == 0) {
            continue;
        }
        const size_t y = i % from->y.count, x = i / from->y.count % from->x.count;
        const size_t panel = i / from->y.count / from->x.count;
        const char *const texts[] = {from->panel[panel], from->x.axis->name, from->y.axis->name,
                                     from->x.axis->unit, from->y.axis->unit, figure->name,
                                     figure->unit};
        const double numbers[] = {from->x.edge[x], from->x.edge[x + 1], from->y.edge[y],
                                  from->y.edge[y + 1], from->sum[i] / (double)from->hits[i]};
        bg_sheet_add_count(&sheet, panel + 1);
        for (size_t t = 0; t < sizeof texts / sizeof *texts; t++) {
            bg_sheet_add_text(&sheet, texts[t]);
        }
        for (size_t n = 0; n < sizeof numbers / sizeof *numbers; n++) {
            bg_sheet_add_number(&sheet, numbers[n]);
        }
        bg_sheet_add_count(&sheet, from->hits[i]);
        bg_sheet_add_count(&sheet, from->left_out);
    }
    return save(self, &sheet, "heatmap", figure->name);
}

static bg_status count_left_out(const drawing *self, map *into)
{
    sqlite3_stmt *statement = bg_store_prepare(
        &self->store,
        "SELECT count(DISTINCT coalesce(policy_name, '')) FROM scenarios WHERE status = 'ok'",
        NULL);
    if (!statement || sqlite3_step(statement) != SQLITE_ROW) {
        sqlite3_finalize(statement);
        return failed(self);
    }
    into->left_out = (uint64_t)sqlite3_column_int64(statement, 0) - into->panel_count;
    sqlite3_finalize(statement);
    return BG_OK;
}

static bg_status draw_map(const drawing *self, const bg_store_column *x, const bg_store_column *y,
                          const bg_store_column *figure)
{
    map drawn = {0};
    bg_status status = find_cells(self, x, &drawn.x);
    status = status ? status : find_cells(self, y, &drawn.y);
    status = status ? status : fill_map(self, figure, &drawn);
    status = status ? status : count_left_out(self, &drawn);
    status = status ? status : write_map(self, &drawn, figure);
    status = status ? status : bg_chart_draw("heatmap", figure->name, self->options, self->errors);
    for (size_t i = 0; i < drawn.panel_count; i++) {
        free(drawn.panel[i]);
    }
    free(drawn.sum);
    free(drawn.hits);
    return status;
}

static bg_status draw_maps(const drawing *self)
{
    const bg_store_column *axis[2];
    size_t axes = 0;
    for (size_t i = 0; i < self->store.count && axes < 2; i++) {
        if (bg_store_is_axis(&self->store.column[i])) {
            axis[axes++] = &self->store.column[i];
        }
    }
    bg_status status = BG_OK;
    for (size_t i = 0; i < self->store.count && axes == 2 && status == BG_OK; i++) {
        if (is_figure(&self->store.column[i])) {
            status = draw_map(self, axis[0], axis[1], &self->store.column[i]);
        }
    }
    return status;
}

/* ---- parallel coordinates ---- */

/* The columns that become upright axes, with their ranges, and the one that gives the colour. */
typedef struct upright {
    const bg_store_column *column[BG_STORE_COLUMNS];
    double low[BG_STORE_COLUMNS], high[BG_STORE_COLUMNS];
    size_t count;
    const bg_store_column *colour;
} upright;

static void choose(const drawing *self, upright *chosen)
{
    for (size_t pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < self->store.count; i++) {
            const bg_store_column *column = &self->store.column[i];
            if (pass == 0 ? bg_store_is_axis(column) : is_figure(column)) {
                chosen->column[chosen->count++] = column;
            }
            if (bg_store_plays(column, "target") && !chosen->colour) {
                chosen->colour = column;
            }
        }
    }
    if (!chosen->colour && chosen->count > 0) {
        chosen->colour = chosen->column[chosen->count - 1];
    }
}

/* Also writes them, for the axes. */
static bg_status find_ranges(const drawing *self, upright *chosen)
{
    static const bg_column columns[] = {
        {.name = "position", .kind = BG_CELL_COUNT},
        {.name = "name", .kind = BG_CELL_TEXT},
        {.name = "unit", .kind = BG_CELL_TEXT},
        {.name = "low", .kind = BG_CELL_NUMBER, .significant = DIGITS},
        {.name = "high", .kind = BG_CELL_NUMBER, .significant = DIGITS},
        {.name = "colour", .kind = BG_CELL_TEXT},
        {.name = "is_target", .kind = BG_CELL_FLAG},
    };
    bg_sheet sheet;
    bg_sheet_init(&sheet, "en");
    bg_sheet_add_columns(&sheet, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < chosen->count; i++) {
        const bg_store_column *const names[] = {chosen->column[i], chosen->column[i]};
        sqlite3_stmt *statement = bg_store_prepare(
            &self->store, "SELECT min(%c), max(%c) FROM scenarios WHERE status = 'ok'", names);
        if (!statement || sqlite3_step(statement) != SQLITE_ROW) {
            sqlite3_finalize(statement);
            bg_sheet_free(&sheet);
            return failed(self);
        }
        chosen->low[i] = sqlite3_column_double(statement, 0);
        chosen->high[i] = sqlite3_column_double(statement, 1);
        sqlite3_finalize(statement);
        bg_sheet_add_count(&sheet, i + 1);
        bg_sheet_add_text(&sheet, chosen->column[i]->name);
        bg_sheet_add_text(&sheet, chosen->column[i]->unit);
        bg_sheet_add_number(&sheet, chosen->low[i]);
        bg_sheet_add_number(&sheet, chosen->high[i]);
        bg_sheet_add_text(&sheet, chosen->colour->name);
        bg_sheet_add_flag(&sheet, bg_store_plays(chosen->colour, "target"));
    }
    return save(self, &sheet, "parallel_axes", "sweep");
}

static bg_status write_line(const drawing *self, const upright *chosen, int64_t scenario,
                            FILE *stream)
{
    for (size_t i = 0; i < chosen->count; i++) {
        const bg_store_column *const names[] = {chosen->column[i], chosen->colour};
        sqlite3_stmt *statement = bg_store_prepare(
            &self->store, "SELECT %c, %c FROM scenarios WHERE scenario = ?", names);
        if (!statement || sqlite3_bind_int64(statement, 1, scenario) != SQLITE_OK ||
            sqlite3_step(statement) != SQLITE_ROW) {
            sqlite3_finalize(statement);
            return failed(self);
        }
        const double width = chosen->high[i] - chosen->low[i];
        const double value = sqlite3_column_double(statement, 0) - chosen->low[i];
        fprintf(stream, "%lld,%zu,%.6g,%.10g\n", (long long)scenario, i + 1,
                width > 0 ? value / width : 0.5, sqlite3_column_double(statement, 1));
        sqlite3_finalize(statement);
    }
    fputs("\n", stream); /* ends the line of the scenario */
    return BG_OK;
}

/* As many lines as an eye can follow: all policies of every k-th future. */
static bg_status write_lines(const drawing *self, const upright *chosen, FILE *stream)
{
    sqlite3_stmt *statement = bg_store_prepare(
        &self->store,
        "SELECT scenario FROM scenarios WHERE status = 'ok' AND future % "
        "(((SELECT count(*) FROM scenarios WHERE status = 'ok') + ?1 - 1) / ?1) = 0 "
        "ORDER BY scenario",
        NULL);
    bg_status status = BG_OK;
    if (!statement || sqlite3_bind_int64(statement, 1, MOST_LINES) != SQLITE_OK) {
        status = failed(self);
    }
    fputs("scenario,position,share,colour\n", stream);
    while (status == BG_OK && sqlite3_step(statement) == SQLITE_ROW) {
        status = write_line(self, chosen, sqlite3_column_int64(statement, 0), stream);
    }
    sqlite3_finalize(statement);
    return status;
}

static bg_status write_upright(const drawing *self, upright *chosen)
{
    bg_output lines;
    char *path = bg_text_format("%s/charts/data/parallel-sweep.csv", self->options->directory);
    bg_status status = path ? find_ranges(self, chosen) : bg_no_memory(self->errors);
    status = status ? status : bg_output_open(&lines, path, self->errors);
    if (status == BG_OK) {
        status = write_lines(self, chosen, lines.stream);
        status = status ? status : bg_output_commit(&lines, self->errors);
        bg_output_discard(&lines);
    }
    free(path);
    return status;
}

static bg_status draw_upright(const drawing *self)
{
    upright *chosen = calloc(1, sizeof *chosen);
    if (!chosen) {
        return bg_no_memory(self->errors);
    }
    choose(self, chosen);
    bg_status status = BG_OK;
    if (chosen->count >= 2) {
        status = write_upright(self, chosen);
        status = status ? status : bg_chart_draw("parallel", "sweep", self->options, self->errors);
    }
    free(chosen);
    return status;
}

bg_status bg_sweep_charts(const char *store, const bg_chart_options *options, bg_errors *errors)
{
    static bg_status (*const parts[])(const drawing *) = {draw_maps, draw_upright};
    drawing *self = calloc(1, sizeof *self);
    if (!self) {
        return bg_no_memory(errors);
    }
    *self = (drawing){.options = options, .errors = errors};
    bg_status status = bg_store_open(&self->store, store, errors);
    status = status ? status : bg_sweep_facts_write(&self->store, options, errors);
    for (size_t i = 0; i < sizeof parts / sizeof *parts && status == BG_OK; i++) {
        status = parts[i](self);
    }
    bg_store_close(&self->store);
    free(self);
    return status;
}
