#include "actual/table_years.h"

#include "actual/messages.h"
#include "base/array.h"

#include <search.h>
#include <stdlib.h>
#include <string.h>

/* A unit and its last row. */
typedef struct bg_linked_unit {
    struct bg_linked_unit *older;
    int line; /* of that row, 0: there is none yet */
    int year;
    int begun; /* the year that is being settled, or was last */
    bool lost, waits;
    size_t place; /* of what it has left */
    const char *name;
    char text[]; /* of the name */
} linked;

static int by_name(const void *a, const void *b)
{
    const linked *left = a, *right = b;
    return strcmp(left->name, right->name);
}

/* ---- the column ---- */

bg_status bg_table_years_read(bg_table_years *self, const bg_table_columns *columns,
                              const bg_csv *header, bg_errors *errors)
{
    *self = (bg_table_years){0};
    const bg_node *node = bg_node_child(bg_scenario_find(columns->scenario, "table"), "link");
    if (!node) {
        return BG_OK;
    }
    self->columns = columns;
    self->left.funds = columns->fund_count;
    self->left.ages = bg_plan_deficit_ages(columns->plan);
    const bg_status status =
        bg_table_columns_find(columns, header, node->text, &self->place, errors);
    if (status) {
        return status;
    }
    if (self->place < 0) {
        return bg_errors_say(errors, BG_MISSING, node->mark, node->path,
                             BG_SAY(unit_column_missing), header->mark.file, node->text);
    }
    if (columns->input[BG_INPUT_year].place < 0) {
        return bg_errors_say(errors, BG_MISSING, node->mark, node->path,
                             BG_SAY(year_column_missing), header->mark.file,
                             columns->input[BG_INPUT_year].input->column);
    }
    return BG_OK;
}

void bg_table_years_free(bg_table_years *self)
{
    while (self->newest) {
        linked *gone = self->newest;
        self->newest = gone->older;
        tdelete(gone, &self->tree, by_name);
        free(gone);
    }
    free(self->left.deficit);
    for (size_t f = 0; f < self->left.funds; f++) {
        free(self->left.fund[f]);
    }
    for (size_t age = 0; age < self->left.ages; age++) {
        free(self->left.deficit_older[age]);
    }
    *self = (bg_table_years){0};
}

const char *bg_table_years_name(const bg_table_years *self, const char *const *cells, size_t count)
{
    return self->columns && count > (size_t)self->place ? cells[self->place] : NULL;
}

/* ---- units ---- */

static bool make_room_for(bg_fen **column, size_t *room, size_t units)
{
    bg_fen *longer = bg_array_room(*column, room, units, sizeof *longer);
    *column = longer ? longer : *column;
    return longer != NULL;
}

/* Room for what one more unit leaves. */
static bool make_room(bg_table_years *self)
{
    const size_t units = self->count + 1;
    bool made = make_room_for(&self->left.deficit, &self->room[0], units);
    for (size_t f = 0; f < self->left.funds && made; f++) {
        made = make_room_for(&self->left.fund[f], &self->room[1 + f], units);
    }
    for (size_t age = 0; age < self->left.ages && made; age++) {
        size_t *room = &self->room[1 + BG_MAX_FUNDS + age];
        made = make_room_for(&self->left.deficit_older[age], room, units);
    }
    return made;
}

static linked *new_unit(bg_table_years *self, const char *name)
{
    const size_t size = strlen(name) + 1;
    linked *made = make_room(self) ? calloc(1, sizeof *made + size) : NULL;
    if (!made) {
        return NULL;
    }
    made->name = memcpy(made->text, name, size);
    if (!tsearch(made, &self->tree, by_name)) {
        free(made);
        return NULL;
    }
    made->place = self->count++;
    made->older = self->newest;
    self->newest = made;
    return made;
}

static linked *find_unit(const bg_table_years *self, const char *name)
{
    const linked key = {.name = name};
    linked *const *found = tfind(&key, &self->tree, by_name);
    return found ? *found : NULL;
}

bool bg_table_years_waits(const bg_table_years *self, const char *name)
{
    const linked *unit = name ? find_unit(self, name) : NULL;
    return unit && unit->waits;
}

bg_status bg_table_years_wait(bg_table_years *self, const char *name, bg_errors *errors)
{
    if (!name) {
        return BG_OK;
    }
    linked *unit = find_unit(self, name);
    unit = unit ? unit : new_unit(self, name);
    if (!unit) {
        return bg_no_memory(errors);
    }
    unit->waits = true;
    return BG_OK;
}

/* ---- what goes from year to year ---- */

static bool is_given(const bg_table_column *column, const char *const *cells)
{
    return column->place >= 0 && cells[column->place][0] != '\0';
}

static bg_status check_year(const linked *unit, int year, bg_mark mark, bg_errors *errors)
{
    if (unit->lost) {
        return bg_errors_say(errors, BG_INVALID, mark, NULL, BG_SAY(year_before_not_settled),
                             unit->name, unit->line);
    }
    if (unit->begun == year) {
        return bg_errors_say(errors, BG_INVALID, mark, NULL, BG_SAY(unit_year_twice), year,
                             unit->name);
    }
    if (unit->line != 0 && year != unit->year + 1) {
        return bg_errors_say(errors, BG_INVALID, mark, NULL, BG_SAY(unit_year_out_of_order), year,
                             unit->name, unit->year, unit->line);
    }
    return BG_OK;
}

bg_status bg_table_years_take(bg_table_years *self, const char *const *cells, size_t count,
                              bg_mark mark, bg_settlement_block *block, size_t u, bg_errors *errors)
{
    const char *name = bg_table_years_name(self, cells, count);
    linked *unit = name ? find_unit(self, name) : NULL;
    if (!unit) {
        return BG_OK;
    }
    if (name[0] == '\0') {
        return bg_errors_say(errors, BG_MISSING, mark, NULL, BG_SAY(row_without_unit));
    }
    const int year = (int)(block->input[BG_INPUT_year][u] / BG_ONE);
    const bg_status status = check_year(unit, year, mark, errors);
    if (status == BG_OK) {
        unit->begun = year;
    }
    if (status || unit->line == 0) {
        return status;
    }
    bg_balances_given given = {.deficit = is_given(&self->columns->input[BG_INPUT_deficit], cells)};
    for (size_t f = 0; f < self->left.funds; f++) {
        given.fund[f] = is_given(&self->columns->fund[f].opening, cells);
    }
    bg_balances_enter(&self->left, unit->place, 1, &given, block, u);
    return BG_OK;
}

void bg_table_years_keep(bg_table_years *self, const char *name, int line,
                         const bg_settlement_block *block, size_t u)
{
    linked *unit = name ? find_unit(self, name) : NULL;
    if (!unit) {
        return;
    }
    unit->waits = false;
    unit->line = line;
    unit->year = (int)(block->input[BG_INPUT_year][u] / BG_ONE);
    bg_balances_leave(&self->left, unit->place, 1, block, u);
}

void bg_table_years_lose(bg_table_years *self, const char *name, int line)
{
    linked *unit = name ? find_unit(self, name) : NULL;
    if (unit) {
        unit->waits = false;
        unit->lost = true;
        unit->line = line;
    }
}
