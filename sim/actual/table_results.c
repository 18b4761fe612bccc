#include "actual/table_results.h"

#include "actual/actual.h"
#include "actual/messages.h"
#include "base/text.h"
#include "base/written.h"

#include <stdlib.h>
#include <string.h>

/* ---- all results ---- */

static bg_status add_result(bg_table_results *self, const bg_fen *values, const bg_fen *less,
                            const char *prefix, const char *name, const char *suffix,
                            bg_errors *errors)
{
    char *heading = bg_text_format("%s%s%s", prefix, name, suffix);
    if (!heading) {
        return bg_no_memory(errors);
    }
    self->all[self->count++] = (bg_table_result){heading, values, less};
    return BG_OK;
}

static size_t result_count(const bg_plan *plan, const bg_table_columns *columns)
{
    return BG_RESULT_COUNT + 2 * bg_plan_output_count(plan) + columns->fund_count +
           bg_plan_institution_count(plan) + bg_plan_account_count(plan);
}

static bg_status list_results(bg_table_results *self, const bg_table_columns *columns,
                              const bg_settlement_block *block, bg_errors *errors)
{
    const bg_plan *plan = columns->plan;
    self->all = calloc(result_count(plan, columns), sizeof *self->all);
    bg_status status = self->all ? BG_OK : BG_MEMORY;
    for (size_t r = 0; r < BG_RESULT_COUNT && !status; r++) {
        status =
            add_result(self, block->result[r], NULL, "", bg_settlement_result_names[r], "", errors);
    }
    for (size_t o = 0; o < bg_plan_output_count(plan) && !status; o++) {
        const char *name = bg_plan_output(plan, o);
        status = add_result(self, block->output_balance[o], NULL, "", name, "", errors);
        if (!status) {
            status = add_result(self, block->output_moved[o], NULL, "", name, ".moved", errors);
        }
    }
    for (size_t f = 0; f < columns->fund_count && !status; f++) {
        const char *name =
            bg_plan_account(plan, (size_t)bg_plan_account_index(plan, "pool") + 1 + f);
        status = add_result(self, block->fund_closing[f], NULL, "fund.", name, "", errors);
    }
    for (size_t i = 0; i < bg_plan_institution_count(plan) && !status; i++) {
        status = add_result(self, block->institution_result[i], block->institution_disallowed[i],
                            "institution.", bg_plan_institution(plan, i), "", errors);
    }
    for (size_t a = 0; a < bg_plan_account_count(plan) && !status; a++) {
        status = add_result(self, block->account[a], NULL, "account.", bg_plan_account(plan, a), "",
                            errors);
    }
    return status;
}

/* ---- what is shown ---- */

static int find_heading(const bg_table_results *self, const char *name)
{
    for (size_t i = 0; i < self->count; i++) {
        if (strcmp(self->all[i].heading, name) == 0) {
            return (int)i;
        }
    }
    return -1;
}

static bg_status choose_results(bg_table_results *self, const bg_node *list, bg_errors *errors)
{
    if (!list) {
        for (size_t i = 0; i < self->count; i++) {
            self->shown[self->shown_count++] = i;
        }
        return BG_OK;
    }
    bg_status status = BG_OK;
    for (const bg_node *node = list->child; node; node = node->next) {
        const int found = find_heading(self, node->text);
        if (found < 0) {
            status = bg_errors_say(errors, BG_UNKNOWN_KEY, node->mark, node->path,
                                   BG_SAY(result_unknown), node->text);
        } else {
            self->shown[self->shown_count++] = (size_t)found;
        }
    }
    return status;
}

/* The column of just that heading, else the first that is the same but for case, blanks and width. */
static int find_column(const bg_csv *header, const char *heading)
{
    const int found = bg_csv_find(header, heading);
    for (size_t i = 0; found < 0 && i < header->count; i++) {
        if (bg_written_same(header->cells[i].text, heading)) {
            return (int)i;
        }
    }
    return found;
}

static bg_status choose_kept(bg_table_results *self, const bg_table_columns *columns,
                             const bg_csv *header, const bg_node *list, bg_errors *errors)
{
    const int year = columns->input[BG_INPUT_year].place;
    for (size_t i = 0; i < header->count && !list; i++) {
        if (!columns->used[i] || (int)i == year) {
            self->kept[self->kept_count++] = i;
        }
    }
    bg_status status = BG_OK;
    for (const bg_node *node = list ? list->child : NULL; node; node = node->next) {
        const int found = find_column(header, node->text);
        if (found < 0) {
            status = bg_errors_say(errors, BG_UNKNOWN_KEY, node->mark, node->path,
                                   BG_SAY(table_column_missing), header->mark.file, node->text);
        } else {
            self->kept[self->kept_count++] = (size_t)found;
        }
    }
    return status;
}

/* A result and a column that is kept may not have the same heading. */
static bg_status check_headings(const bg_table_results *self, const bg_csv *header,
                                bg_errors *errors)
{
    for (size_t k = 0; k < self->kept_count; k++) {
        const bg_csv_cell *cell = &header->cells[self->kept[k]];
        for (size_t s = 0; s < self->shown_count; s++) {
            if (strcmp(self->all[self->shown[s]].heading, cell->text) == 0) {
                return bg_errors_say(errors, BG_DUPLICATE_KEY, cell->mark, NULL,
                                     BG_SAY(kept_column_is_result), cell->text);
            }
        }
    }
    return BG_OK;
}

bg_status bg_table_results_read(bg_table_results *self, const bg_table_columns *columns,
                                const bg_csv *header, const bg_settlement_block *block,
                                bg_errors *errors)
{
    *self = (bg_table_results){0};
    const bg_node *table = bg_scenario_find(columns->scenario, "table");
    const bg_node *keep = bg_node_child(table, "keep");
    const bg_node *write = bg_node_child(table, "write");
    const size_t all = result_count(columns->plan, columns);
    self->kept = calloc(header->count + bg_node_count(keep) + 1, sizeof *self->kept);
    self->shown = calloc(all + bg_node_count(write), sizeof *self->shown);
    if (!self->kept || !self->shown) {
        return bg_no_memory(errors);
    }
    bg_status status = list_results(self, columns, block, errors);
    if (status) {
        return status;
    }
    status = choose_results(self, write, errors);
    const bg_status kept = choose_kept(self, columns, header, keep, errors);
    bg_first(&status, kept);
    return status ? status : check_headings(self, header, errors);
}

bool bg_table_results_keeps(const bg_table_results *self, size_t place)
{
    for (size_t k = 0; k < self->kept_count; k++) {
        if (self->kept[k] == place) {
            return true;
        }
    }
    return false;
}

void bg_table_results_free(bg_table_results *self)
{
    for (size_t i = 0; i < self->count; i++) {
        free(self->all[i].heading);
    }
    free(self->all);
    free(self->kept);
    free(self->shown);
    *self = (bg_table_results){0};
}

/* ---- writing ---- */

void bg_table_results_head(const bg_table_results *self, const bg_csv *header, FILE *stream)
{
    const char *comma = "";
    for (size_t k = 0; k < self->kept_count; k++, comma = ",") {
        fputs(comma, stream);
        bg_csv_write(stream, header->cells[self->kept[k]].text);
    }
    for (size_t s = 0; s < self->shown_count; s++, comma = ",") {
        fputs(comma, stream);
        bg_csv_write(stream, self->all[self->shown[s]].heading);
    }
    fputc('\n', stream);
}

void bg_table_results_write(const bg_table_results *self, const char *const *cells, size_t u,
                            FILE *stream)
{
    const char *comma = "";
    for (size_t k = 0; k < self->kept_count; k++, comma = ",") {
        fputs(comma, stream);
        bg_csv_write(stream, cells[self->kept[k]]);
    }
    for (size_t s = 0; s < self->shown_count; s++, comma = ",") {
        const bg_table_result *result = &self->all[self->shown[s]];
        char text[BG_NUMBER_TEXT];
        fputs(comma, stream);
        fputs(bg_money_text(result->values[u] - (result->less ? result->less[u] : 0), text),
              stream);
    }
    fputc('\n', stream);
}
