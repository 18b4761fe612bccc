#include "actual/table.h"

#include "actual/messages.h"
#include "actual/table_checks.h"
#include "actual/table_columns.h"
#include "actual/table_pools.h"
#include "actual/table_results.h"
#include "actual/table_rows.h"
#include "actual/table_totals.h"
#include "actual/table_years.h"
#include "base/text.h"
#include "scenario/heading.h"
#include "scenario/path.h"

#include <stdlib.h>
#include <string.h>

#define ROWS       256
#define CELL_BYTES ((size_t)1 << 20) /* a block that holds more is settled at once */
#define POOL_ROWS  4096              /* of one pool and year, at most */
#define BAD_ROWS   20                /* more are not listed */
#define TITLES     30                /* lines before the headings */

typedef struct work {
    bg_table *job;
    bg_errors *errors;
    bg_status status; /* of the first bad row that ends the run */
    bool silent;      /* after such a row nothing is written */
    size_t bad_rows;
    bg_csv csv;
    bg_table_columns columns;
    bg_table_results results;
    bg_table_years links;
    bg_table_totals totals;
    bg_table_checks checks;
    bool shares; /* rows of a pool are settled together */
    bg_table_pools pools;
    int lost_line; /* of a row before the pool at work that may be of it, 0 if there is none */
    bg_settlement_block block;
    size_t units; /* good rows in the block */
    bg_table_rows rows;
} work;

/* ---- bad rows ---- */

/* Passes on why a row is bad; what the settlement says has no place but the row's. */
static void report(work *self, const bg_table_row *bad)
{
    if (bad->errors.count == 0) {
        self->status = bg_no_memory(self->errors);
    }
    for (size_t i = 0; i < bad->errors.count; i++) {
        const bg_error *error = &bad->errors.items[i];
        const bg_mark own = {.file = bad->mark.file, .line = error->line, .column = error->column};
        const bool in_row = error->file && strcmp(error->file, bad->mark.file) == 0;
        const bg_status status =
            bg_errors_say_again(self->errors, error, in_row ? own : bad->mark, error->path);
        self->status = self->status ? self->status : status;
    }
}

static void report_all(work *self, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        report(self, &self->rows.row[i]);
    }
}

/* The unit of a row, whose cells are at hand from then on. */
static const char *unit_of(work *self, const bg_table_row *row)
{
    bg_table_rows_find(&self->rows, row);
    return bg_table_years_name(&self->links, self->rows.cell, row->count);
}

static void refuse(work *self, const bg_table_row *bad)
{
    self->job->rejected++;
    bg_table_years_lose(&self->links, unit_of(self, bad), bad->mark.line);
    if (self->job->rejects) {
        if (bg_table_rows_reject(&self->rows, bad, self->job->rejects)) {
            self->status = bg_no_memory(self->errors);
        }
    } else if (self->bad_rows++ < BAD_ROWS) {
        report(self, bad);
    }
}

static bool is_bad(const bg_table_row *row)
{
    return row->errors.error_count > 0;
}

/* What a settlement refuses is the row's fault, unless the program or the machine failed. */
static bool is_grave(bg_status status)
{
    return status == BG_INTERNAL || status == BG_MEMORY;
}

/* Gives the first `count` rows what their years before have left. Returns how many are good. */
static size_t link_rows(work *self, size_t count)
{
    size_t good = 0;
    for (size_t i = 0; i < count; i++) {
        bg_table_row *row = &self->rows.row[i];
        if (!is_bad(row)) {
            bg_table_rows_find(&self->rows, row);
            bg_table_years_take(&self->links, self->rows.cell, row->count, row->mark, &self->block,
                                row->unit, &row->errors);
        }
        good += !is_bad(row);
    }
    return good;
}

/* ---- blocks of rows that have nothing to do with each other ---- */

/* Moves unit `from` to the first place. */
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
    for (size_t age = 0; age < bg_plan_deficit_ages(self->job->plan); age++) {
        block->deficit_older[age][0] = block->deficit_older[age][from];
    }
}

static void write_unit(work *self, const bg_table_row *good, size_t u)
{
    bg_table_years_keep(&self->links, unit_of(self, good), good->mark.line, &self->block, u);
    if (!self->silent) {
        bg_table_results_write(&self->results, self->rows.cell, u, self->job->out);
    }
    self->job->settled++;
}

static bg_status settle_alone(work *self, bg_table_row *waiting)
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
    const size_t good = link_rows(self, self->rows.count);
    self->block.n = self->units;
    const bool together = bg_settlement_apply(self->job->plan, &self->block, NULL, NULL) == BG_OK;
    self->silent |= !self->job->rejects && (!together || good < self->rows.count);
    bg_status status = BG_OK;
    for (size_t i = 0; i < self->rows.count && status == BG_OK; i++) {
        bg_table_row *waiting = &self->rows.row[i];
        if (is_bad(waiting)) {
            refuse(self, waiting);
        } else if (together) {
            write_unit(self, waiting, waiting->unit);
        } else {
            status = settle_alone(self, waiting);
        }
    }
    bg_table_rows_forget(&self->rows, self->rows.count);
    self->units = 0;
    return status;
}

/* ---- rows of one pool ---- */

/* The row that an error of the settlement is about; the first if it names none. */
static bg_table_row *row_of(work *self, const bg_error *error)
{
    return &self->rows.row[error->unit ? error->unit - 1 : 0];
}

/* Settles the first `count` rows, which are all good. What is wrong is said to the row it is about. */
static bg_status settle_together(work *self, size_t count)
{
    bg_errors errors;
    bg_errors_init(&errors);
    self->block.n = self->block.communities = count;
    const bg_status status = bg_settlement_apply(self->job->plan, &self->block, NULL, &errors);
    for (size_t i = 0; i < errors.count; i++) {
        const bg_error *error = &errors.items[i];
        bg_table_row *about = row_of(self, error);
        bg_errors_say_again(&about->errors, error, about->mark, error->path);
    }
    bg_errors_free(&errors);
    return status;
}

/* A pool is settled as a whole: with a bad row none of it is. */
static void refuse_pool(work *self, size_t count, int bad_line)
{
    for (size_t i = 0; i < count; i++) {
        bg_table_row *row = &self->rows.row[i];
        if (is_bad(row)) {
            refuse(self, row);
        } else if (self->job->rejects) {
            bg_errors_say(&row->errors, BG_INVALID, row->mark, NULL, BG_SAY(pool_row_bad),
                          bad_line);
            refuse(self, row);
        } else {
            self->job->rejected++;
        }
    }
}

static int first_bad_line(const work *self, size_t count)
{
    int line = self->lost_line;
    for (size_t i = 0; i < count && line == 0; i++) {
        line = is_bad(&self->rows.row[i]) ? self->rows.row[i].mark.line : 0;
    }
    return line;
}

static bg_status settle_pool(work *self, size_t count)
{
    bg_status status = BG_OK;
    link_rows(self, count);
    int bad_line = first_bad_line(self, count);
    if (bad_line == 0) {
        status = settle_together(self, count);
        bad_line = first_bad_line(self, count);
    }
    if (is_grave(status)) {
        report_all(self, count);
        return status;
    }
    self->silent |= !self->job->rejects && bad_line != 0;
    if (bad_line != 0) {
        refuse_pool(self, count, bad_line);
    }
    for (size_t i = 0; i < count && bad_line == 0; i++) {
        write_unit(self, &self->rows.row[i], i);
    }
    return BG_OK;
}

/* Settles the first `count` rows, a pool that has ended. The row behind them, if there is one, begins
 * the next. */
static bg_status end_pool(work *self, size_t count)
{
    const bg_status status = count > 0 ? settle_pool(self, count) : BG_OK;
    const bg_table_row *last = count > 0 ? &self->rows.row[count - 1] : NULL;
    self->lost_line = last && last->lost ? last->mark.line : 0;
    bg_table_rows_forget(&self->rows, count);
    self->units = 0;
    if (self->rows.count > 0 && !is_bad(&self->rows.row[0])) {
        move_to_front(self, self->rows.row[0].unit);
        self->rows.row[0].unit = 0;
        self->units = 1;
    }
    return status;
}

/* ---- the table ---- */

static bg_status without_headings(work *self)
{
    const bg_named_input *budget = bg_plan_input(self->job->plan, BG_INPUT_budget);
    const bg_named_input *expense = bg_plan_input(self->job->plan, BG_INPUT_expense);
    return bg_errors_say(
        self->errors, BG_MISSING, (bg_mark){.file = self->job->name, .line = 1, .column = 1}, NULL,
        BG_SAY(table_without_headings), budget->column, "年度总额", expense->column, "基金支出");
}

/* Goes to the row of headings; what stands before it may name the unit of money. */
static bg_status find_headings(work *self, bg_fen *unit)
{
    const bg_table *job = self->job;
    *unit = 0;
    self->csv.headless = true;
    for (int titles = 0; titles <= TITLES; titles++) {
        const bg_status status = bg_csv_read(&self->csv, self->errors);
        if (status != BG_OK) {
            return status;
        }
        if (self->csv.ended) {
            break;
        }
        if (bg_table_columns_is_heading_row(job->scenario, job->plan, &self->csv)) {
            const bg_mark start = {.file = job->name, .line = 1, .column = 1};
            self->csv.headless = false;
            if (titles) {
                bg_errors_advise(self->errors, start, NULL, BG_SAY(before_headings),
                                 self->csv.cells[0].mark.line - 1);
            }
            return BG_OK;
        }
        const bg_status parted =
            bg_heading_check_separator(BG_HEADINGS_TABLE, &self->csv, NULL, self->errors);
        if (parted) {
            return parted;
        }
        const bg_fen named = bg_heading_unit_before(&self->csv);
        *unit = named ? named : *unit;
    }
    return without_headings(self);
}

/* Names the columns that no input is read from. */
static bg_status name_others(work *self)
{
    bg_text kept = {0}, dropped = {0};
    const int year = self->columns.input[BG_INPUT_year].place;
    for (size_t i = 0; i < self->csv.count; i++) {
        const char *heading = self->csv.cells[i].text;
        if (heading[0] && !self->columns.used[i] && (int)i != year) {
            bg_text *list = bg_table_results_keeps(&self->results, i) ? &kept : &dropped;
            char shown[BG_EXCERPT];
            bg_text_add(list, "%s%s", list->length ? ", " : "", bg_excerpt(heading, shown));
        }
    }
    const bool failed = kept.failed || dropped.failed;
    self->job->kept = bg_text_take(&kept);
    self->job->dropped = bg_text_take(&dropped);
    return failed ? bg_no_memory(self->errors) : BG_OK;
}

/* Reads the columns in the row of headings. */
static bg_status read_columns(work *self, bg_fen unit)
{
    const bg_table *job = self->job;
    bg_status status = bg_table_columns_read(&self->columns, job->scenario, job->plan, unit,
                                             &self->csv, self->errors);
    self->columns.sheet = job->sheet;
    if (status == BG_OK && unit) {
        bg_errors_advise(self->errors, self->csv.cells[0].mark, NULL, BG_SAY(unit_of_table),
                         bg_heading_unit_word(unit));
    }
    if (status == BG_OK && self->shares) {
        status = bg_table_pools_read(&self->pools, &self->columns, &self->csv, self->errors);
    }
    status = status ? status
                    : bg_table_years_read(&self->links, &self->columns, &self->csv, self->errors);
    status = status ? status
                    : bg_table_results_read(&self->results, &self->columns, &self->csv,
                                            &self->block, self->errors);
    status = status
                 ? status
                 : bg_table_totals_init(&self->totals, &self->columns, &self->block, self->errors);
    return status ? status
                  : bg_table_checks_init(&self->checks, &self->columns, &self->csv, self->errors);
}

static bg_status read_header(work *self)
{
    bg_table *job = self->job;
    bg_fen unit;
    bg_status status = find_headings(self, &unit);
    status = status ? status : read_columns(self, unit);
    status = status ? status : name_others(self);
    if (status != BG_OK) {
        return status;
    }
    bg_table_results_head(&self->results, &self->csv, job->out);
    if (job->rejects) {
        bg_table_rows_reject_head(&self->csv, job->rejects);
    }
    return BG_OK;
}

/* A year can be settled only when that before is: a block holds one row of a unit. */
static bg_status enter_unit(work *self)
{
    if (!self->links.columns || self->csv.count <= (size_t)self->links.place) {
        return BG_OK;
    }
    const char *name = self->csv.cells[self->links.place].text;
    bg_status status = BG_OK;
    if (!self->shares && bg_table_years_waits(&self->links, name)) {
        status = settle_rows(self);
    }
    return status ? status : bg_table_years_wait(&self->links, name, self->errors);
}

/* Leaves out a note, or a row of totals that is the sum. False where the row is to be kept: one of figures, or a
 * total that is wrong, of which *status and `errors` tell. */
static bool leave_out(work *self, bg_status *status, bg_errors *errors)
{
    const bool remark = bg_heading_is_remark(&self->csv);
    const bg_fen unit = remark ? bg_heading_unit_before(&self->csv) : 0;
    if (unit && unit != self->columns.input[BG_INPUT_expense].input->unit) {
        *status = bg_errors_say(errors, BG_INVALID, self->csv.cells[0].mark, NULL,
                                BG_SAY(unit_behind), bg_heading_unit_word(unit));
        return false;
    }
    if (remark) {
        char shown[BG_EXCERPT];
        size_t first = 0;
        while (!self->csv.cells[first].text[0]) {
            first++;
        }
        bg_errors_advise(self->errors, self->csv.cells[0].mark, NULL, BG_SAY(note_left_out),
                         bg_excerpt(self->csv.cells[first].text, shown));
        return true;
    }
    if (!bg_table_totals_is_total(&self->totals, self->checks.remarks, &self->csv)) {
        return false;
    }
    *status = bg_table_totals_check(&self->totals, &self->csv, self->errors, errors);
    return *status == BG_OK;
}

/* Fills the next unit of the block with the row. */
static bg_status fill_unit(work *self, bg_errors *errors)
{
    bg_status status =
        bg_table_columns_fill(&self->columns, &self->csv, &self->block, self->units, errors);
    if (status == BG_OK) {
        bg_table_totals_add(&self->totals, &self->block, self->units);
        status = bg_table_checks_row(&self->checks, &self->csv, &self->block, self->units, errors);
    } else {
        bg_table_totals_miss(&self->totals);
    }
    return status;
}

/* Keeps the row just read; `status` tells how reading it went so far. */
static bg_status keep_row(work *self, bg_status status, bg_errors *errors, bg_table_row **next)
{
    const bg_status entered = enter_unit(self);
    if (entered != BG_OK) {
        bg_errors_free(errors);
        return entered;
    }
    bg_table_row *kept = bg_table_rows_keep(&self->rows, &self->csv);
    if (!kept) {
        bg_errors_free(errors);
        return bg_no_memory(self->errors);
    }
    kept->errors = *errors;
    kept->unit = self->units;
    kept->lost = status != BG_OK;
    if (status == BG_OK) {
        status = fill_unit(self, &kept->errors);
    } else {
        bg_table_totals_miss(&self->totals);
    }
    self->units += status == BG_OK;
    *next = kept;
    return status == BG_MEMORY ? bg_no_memory(self->errors) : BG_OK;
}

/* Reads a row into the block. A bad one waits as well, for the order's sake. *next is NULL where there
 * is none, or it is blank or left out. */
static bg_status read_row(work *self, bg_table_row **next)
{
    *next = NULL;
    bg_errors errors;
    bg_errors_init(&errors);
    bg_status status = bg_csv_read(&self->csv, &errors);
    if (self->job->sheet) { /* of which rows end with their last cell that is not empty */
        bg_csv_pad(&self->csv, self->columns.column_count);
    }
    if (status == BG_OK && (self->csv.ended || bg_csv_is_blank(&self->csv))) {
        return BG_OK;
    }
    if (!self->csv.readable) {
        report(self, &(bg_table_row){.mark = {.file = self->job->name}, .errors = errors});
        bg_errors_free(&errors);
        return status;
    }
    if (status == BG_OK && leave_out(self, &status, &errors)) {
        bg_errors_free(&errors);
        return BG_OK;
    }
    return keep_row(self, status, &errors, next);
}

static bg_status check_written(work *self)
{
    if (ferror(self->job->out) || (self->job->rejects && ferror(self->job->rejects))) {
        return bg_errors_say(self->errors, BG_IO, BG_NOWHERE, NULL,
                             BG_SAY(settled_table_unwritable));
    }
    return self->job->stop && *self->job->stop ? BG_INTERRUPTED : BG_OK;
}

static bg_status read_rows(work *self)
{
    bg_status status = BG_OK;
    while (status == BG_OK && !self->csv.ended) {
        bg_table_row *next = NULL;
        status = read_row(self, &next);
        const bool full = self->rows.count == ROWS || self->rows.length > CELL_BYTES;
        if (status == BG_OK && (full || self->csv.ended)) {
            status = settle_rows(self);
            status = status ? status : check_written(self);
        }
    }
    return status;
}

/* Finds the pool of the row just read, and settles the one that it ends. */
static bg_status place_row(work *self, bg_table_row *next)
{
    bg_pool_place place = BG_POOL_LOST;
    if (!next->lost) {
        place = bg_table_pools_enter(&self->pools, &self->csv, &next->errors);
        next->lost = place == BG_POOL_LOST;
    }
    if (place == BG_POOL_MEMORY) {
        return bg_no_memory(self->errors);
    }
    if (place == BG_POOL_SPLIT) {
        report(self, next);
        return BG_INVALID;
    }
    if (place == BG_POOL_BEGINS) {
        const bg_status status = end_pool(self, self->rows.count - 1);
        return status ? status : check_written(self);
    }
    if (self->rows.count > POOL_ROWS) {
        return bg_errors_say(self->errors, BG_LIMIT, next->mark, NULL, BG_SAY(pool_rows_too_many),
                             POOL_ROWS);
    }
    return BG_OK;
}

static bg_status read_pools(work *self)
{
    bg_status status = BG_OK;
    while (status == BG_OK && !self->csv.ended) {
        bg_table_row *next = NULL;
        status = read_row(self, &next);
        if (status == BG_OK && next) {
            status = place_row(self, next);
        }
    }
    status = status ? status : end_pool(self, self->rows.count);
    return status ? status : check_written(self);
}

static bg_status read_table(work *self)
{
    const bg_status status = read_header(self);
    if (status != BG_OK) {
        return status;
    }
    const bg_status read = self->shares ? read_pools(self) : read_rows(self);
    bg_table_checks_finish(&self->checks, self->errors);
    return read ? read : bg_table_totals_finish(&self->totals, self->errors);
}

bg_status bg_table_settle(bg_table *job, bg_errors *errors)
{
    job->settled = job->rejected = 0;
    job->kept = job->dropped = NULL;
    work *self = calloc(1, sizeof *self);
    const bool shares = bg_plan_shares_funds(job->plan);
    const size_t capacity = shares ? POOL_ROWS + 1 : ROWS;
    if (!self || bg_settlement_block_init(&self->block, job->plan, capacity)) {
        free(self);
        return bg_no_memory(errors);
    }
    self->job = job;
    self->errors = errors;
    self->shares = shares;
    bg_csv_init(&self->csv, job->in, job->name, NULL, BG_CSV_MAX_CELLS);
    bg_status status = read_table(self);
    status = status ? status : self->status;
    if (self->csv.encoding == BG_CSV_GB18030) {
        bg_errors_advise(errors, (bg_mark){.file = job->name}, NULL, BG_SAY(table_in_gb18030));
    }
    if (self->bad_rows > BAD_ROWS) {
        bg_errors_say(errors, BG_INVALID, BG_NOWHERE, NULL, BG_SAY(more_rows_bad),
                      self->bad_rows - BAD_ROWS);
    }
    bg_table_rows_free(&self->rows);
    bg_table_years_free(&self->links);
    bg_table_pools_free(&self->pools);
    bg_table_results_free(&self->results);
    bg_table_totals_free(&self->totals);
    bg_table_checks_free(&self->checks);
    bg_table_columns_free(&self->columns);
    bg_settlement_block_free(&self->block);
    bg_csv_free(&self->csv);
    free(self);
    return status;
}
