#include "report/unit_table.h"

#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "report/unit_columns.h"
#include "report/unit_results.h"

#define ROWS       256
#define CELL_BYTES ((size_t)1 << 20) /* a block that holds more is settled at once */
#define BAD_ROWS   20                /* more are not listed */

/* A row that waits until its block is settled. */
typedef struct row {
    size_t start, count; /* its cells in `cells` of the work */
    bg_mark mark;
    size_t unit;      /* in the block, if it is good */
    bg_errors errors; /* why it is bad */
} row;

typedef struct work {
    bg_unit_table *job;
    bg_errors *errors;
    bg_status status; /* of the first bad row that ends the run */
    bool silent;      /* after such a row nothing is written */
    size_t bad_rows;
    bg_csv csv;
    bg_unit_columns columns;
    bg_unit_results results;
    bg_settlement_block block;
    size_t units; /* good rows in the block */
    row rows[ROWS];
    size_t row_count;
    char *cells; /* of the rows, each with its final zero */
    size_t length, capacity;
    const char *cell[BG_CSV_MAX_CELLS]; /* of one row */
} work;

static bg_status out_of_memory(bg_errors *errors)
{
    return bg_errors_add(errors, BG_MEMORY, BG_NOWHERE, NULL, "out of memory");
}

/* ---- rows in waiting ---- */

static bool reserve(work *self, size_t size)
{
    if (self->length + size <= self->capacity) {
        return true;
    }
    const size_t capacity = 2 * (self->length + size);
    char *cells = realloc(self->cells, capacity);
    if (cells) {
        self->cells = cells;
        self->capacity = capacity;
    }
    return cells != NULL;
}

static bool keep_cells(work *self, row *kept)
{
    *kept = (row){.start = self->length, .count = self->csv.count};
    kept->mark = self->csv.cells[0].mark;
    for (size_t i = 0; i < self->csv.count; i++) {
        const char *text = self->csv.cells[i].text;
        const size_t size = strlen(text) + 1;
        if (!reserve(self, size)) {
            return false;
        }
        memcpy(self->cells + self->length, text, size);
        self->length += size;
    }
    return true;
}

static void find_cells(work *self, const row *kept)
{
    const char *text = self->cells + kept->start;
    for (size_t i = 0; i < kept->count; i++, text += strlen(text) + 1) {
        self->cell[i] = text;
    }
}

static void forget_rows(work *self)
{
    for (size_t i = 0; i < self->row_count; i++) {
        bg_errors_free(&self->rows[i].errors);
    }
    self->row_count = self->units = self->length = 0;
}

/* ---- bad rows ---- */

/* What is wrong, without the place in the block, which tells a reader of the table nothing. */
static const char *sentence(const bg_error *error)
{
    static const char first[] = "unit 1: ";
    const size_t length = strlen(first);
    return strncmp(error->message, first, length) == 0 ? error->message + length : error->message;
}

static void write_reason(const row *bad, FILE *stream)
{
    char *text = NULL;
    size_t size = 0;
    FILE *reason = open_memstream(&text, &size);
    for (size_t i = 0; reason && i < bad->errors.count; i++) {
        const bg_error *error = &bad->errors.items[i];
        fprintf(reason, "%s%s%s%s", i ? " " : "", error->path ? error->path : "",
                error->path ? ": " : "", sentence(error));
    }
    if (reason) {
        fclose(reason);
    }
    bg_csv_write(stream, text ? text : "");
    free(text);
}

static void write_reject(work *self, const row *bad)
{
    FILE *stream = self->job->rejects;
    fprintf(stream, "%d,", bad->mark.line);
    write_reason(bad, stream);
    find_cells(self, bad);
    for (size_t i = 0; i < bad->count; i++) {
        fputc(',', stream);
        bg_csv_write(stream, self->cell[i]);
    }
    fputc('\n', stream);
}

/* Passes on why a row is bad; what the settlement says has no place but the row's. */
static void report(work *self, const row *bad)
{
    for (size_t i = 0; i < bad->errors.count; i++) {
        const bg_error *error = &bad->errors.items[i];
        const bg_mark own = {bad->mark.file, error->line, error->column};
        const bool in_row = error->file && strcmp(error->file, bad->mark.file) == 0;
        const bg_status status =
            bg_errors_add(self->errors, error->status, in_row ? own : bad->mark, error->path, "%s",
                          sentence(error));
        self->status = self->status ? self->status : status;
    }
}

static void refuse(work *self, const row *bad)
{
    self->job->rejected++;
    if (self->job->rejects) {
        write_reject(self, bad);
    } else if (self->bad_rows++ < BAD_ROWS) {
        report(self, bad);
    }
}

/* ---- blocks ---- */

/* Moves unit `from` to the first place, where it is settled by itself. */
static void move_to_front(const work *self, size_t from)
{
    const bg_settlement_block *block = &self->block;
    for (size_t i = 0; i < self->columns.input_count; i++) {
        block->input[i][0] = block->input[i][from];
        if (block->given[i]) {
            block->given[i][0] = block->given[i][from];
        }
    }
    for (size_t f = 0; f < self->columns.fund_count; f++) {
        block->fund_added[f][0] = block->fund_added[f][from];
        block->fund_opening[f][0] = block->fund_opening[f][from];
    }
}

/* What a settlement refuses is the row's fault, unless the program or the machine failed. */
static bool is_grave(bg_status status)
{
    return status == BG_INTERNAL || status == BG_MEMORY;
}

static void write_unit(work *self, const row *good, size_t u)
{
    if (!self->silent) {
        find_cells(self, good);
        bg_unit_results_write(&self->results, self->cell, u, self->job->out);
    }
    self->job->settled++;
}

static bg_status settle_alone(work *self, row *waiting)
{
    move_to_front(self, waiting->unit);
    self->block.n = 1;
    const bg_status status =
        bg_settlement_apply(self->job->plan, &self->block, NULL, &waiting->errors);
    if (status == BG_OK) {
        write_unit(self, waiting, 0);
    } else if (!is_grave(status)) {
        refuse(self, waiting);
    } else {
        report(self, waiting);
    }
    return is_grave(status) ? status : BG_OK;
}

/* Settles the rows that wait, all at once; where that fails, one of them is bad, and each is settled
 * by itself. */
static bg_status settle_rows(work *self)
{
    self->block.n = self->units;
    const bool together = bg_settlement_apply(self->job->plan, &self->block, NULL, NULL) == BG_OK;
    self->silent |= !self->job->rejects && (!together || self->units < self->row_count);
    bg_status status = BG_OK;
    for (size_t i = 0; i < self->row_count && status == BG_OK; i++) {
        row *waiting = &self->rows[i];
        if (waiting->errors.error_count > 0) {
            refuse(self, waiting);
        } else if (together) {
            write_unit(self, waiting, waiting->unit);
        } else {
            status = settle_alone(self, waiting);
        }
    }
    forget_rows(self);
    if (ferror(self->job->out) || (self->job->rejects && ferror(self->job->rejects))) {
        return bg_errors_add(self->errors, BG_IO, BG_NOWHERE, NULL,
                             "the settled table cannot be written.");
    }
    return status;
}

/* ---- the table ---- */

static bg_status read_header(work *self)
{
    bg_unit_table *job = self->job;
    bg_status status = bg_csv_read(&self->csv, self->errors);
    if (status == BG_OK && bg_csv_is_blank(&self->csv)) {
        status = bg_errors_add(self->errors, BG_MISSING, (bg_mark){job->name, 1, 1}, NULL,
                               "the first row names no columns.");
    }
    if (status == BG_OK) {
        status = bg_unit_columns_read(&self->columns, job->scenario, job->plan, &self->csv,
                                      self->errors);
    }
    if (status == BG_OK) {
        status = bg_unit_results_read(&self->results, &self->columns, &self->csv, &self->block,
                                      self->errors);
    }
    if (status != BG_OK) {
        return status;
    }
    bg_unit_results_head(&self->results, &self->csv, job->out);
    if (job->rejects) {
        fputs("line,reason", job->rejects);
        for (size_t i = 0; i < self->csv.count; i++) {
            fputc(',', job->rejects);
            bg_csv_write(job->rejects, self->csv.cells[i].text);
        }
        fputc('\n', job->rejects);
    }
    return BG_OK;
}

/* Reads a row into the block. A bad one waits as well, for the order's sake. */
static bg_status read_row(work *self)
{
    row *next = &self->rows[self->row_count];
    bg_errors errors;
    bg_errors_init(&errors);
    bg_status status = bg_csv_read(&self->csv, &errors);
    if (status == BG_OK && (self->csv.ended || bg_csv_is_blank(&self->csv))) {
        return BG_OK;
    }
    if (!self->csv.readable) {
        report(self, &(row){.mark = {self->job->name, 0, 0}, .errors = errors});
    } else if (!keep_cells(self, next)) {
        status = out_of_memory(self->errors);
        self->csv.readable = false;
    }
    if (!self->csv.readable) {
        bg_errors_free(&errors);
        return status;
    }
    next->errors = errors;
    if (status == BG_OK) {
        next->unit = self->units;
        status = bg_unit_columns_fill(&self->columns, &self->csv, &self->block, self->units,
                                      &next->errors);
    }
    self->units += status == BG_OK;
    self->row_count++;
    return BG_OK;
}

static bg_status read_rows(work *self)
{
    bg_status status = BG_OK;
    while (status == BG_OK && !self->csv.ended) {
        status = read_row(self);
        const bool full = self->row_count == ROWS || self->length > CELL_BYTES;
        if (status == BG_OK && (full || self->csv.ended)) {
            status = settle_rows(self);
        }
        if (full && self->job->stop && *self->job->stop) {
            status = BG_INTERRUPTED;
        }
    }
    return status;
}

bg_status bg_unit_table_settle(bg_unit_table *job, bg_errors *errors)
{
    job->settled = job->rejected = 0;
    work *self = calloc(1, sizeof *self);
    if (!self || bg_settlement_block_init(&self->block, job->plan, ROWS)) {
        free(self);
        return out_of_memory(errors);
    }
    self->job = job;
    self->errors = errors;
    bg_csv_init(&self->csv, job->in, job->name, NULL, BG_CSV_MAX_CELLS);
    bg_status status = read_header(self);
    status = status ? status : read_rows(self);
    status = status ? status : self->status;
    if (self->bad_rows > BAD_ROWS) {
        bg_errors_add(errors, BG_INVALID, BG_NOWHERE, NULL, "%zu more rows are bad.",
                      self->bad_rows - BAD_ROWS);
    }
    forget_rows(self);
    free(self->cells);
    bg_unit_results_free(&self->results);
    bg_unit_columns_free(&self->columns);
    bg_settlement_block_free(&self->block);
    bg_csv_free(&self->csv);
    free(self);
    return status;
}
