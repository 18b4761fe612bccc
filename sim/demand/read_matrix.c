#include "demand/correlation.h"
#include "demand/messages.h"
#include "demand/reader.h"

#include <stdlib.h>
#include <string.h>

/* demand.volatility.matrix while it is read; n lines. */
typedef struct matrix {
    size_t n;
    double *value;         /* [line][line] */
    const bg_node **given; /* where the file writes it, in that order of the two; or NULL */
} matrix;

/* The line of that name, or line_count. */
static size_t line_index(const bg_demand_reader *self, const char *name)
{
    size_t i = 0;
    while (i < self->history->line_count &&
           strcmp(bg_full_line_name(self->history->line[i].name), bg_full_line_name(name)) != 0) {
        i++;
    }
    return i;
}

static size_t find_line(bg_demand_reader *self, const bg_node *node)
{
    const size_t index = line_index(self, node->key);
    if (index == self->history->line_count) {
        BG_DEMAND_FAIL(self, BG_UNKNOWN_KEY, node, BG_SAY(matrix_line_unknown), node->key);
    }
    return index;
}

static void read_cell(bg_demand_reader *self, matrix *all, size_t row, const bg_node *cell)
{
    const size_t column = find_line(self, cell);
    if (column == all->n) {
        return;
    }
    const double value = bg_demand_number(cell);
    const bg_node *other = all->given[column * all->n + row];
    if (row == column && cell->value.decimal != BG_ONE) {
        BG_DEMAND_FAIL(self, BG_RANGE, cell, BG_SAY(matrix_diagonal), cell->text);
    } else if (other && other->value.decimal != cell->value.decimal) {
        BG_DEMAND_FAIL(self, BG_INVALID, cell, BG_SAY(matrix_asymmetric), cell->text, other->text,
                       other->path);
    }
    all->given[row * all->n + column] = cell;
    all->value[row * all->n + column] = all->value[column * all->n + row] = value;
}

static void read_cells(bg_demand_reader *self, matrix *all, const bg_node *section)
{
    for (size_t i = 0; i < all->n; i++) {
        for (size_t j = 0; j < all->n; j++) {
            all->value[i * all->n + j] = i == j ? 1 : self->model->shock_correlation;
        }
    }
    for (const bg_node *line = section->child; line; line = line->next) {
        const size_t row = find_line(self, line);
        for (const bg_node *cell = line->child; cell && row < all->n; cell = cell->next) {
            read_cell(self, all, row, cell);
        }
    }
}

static void take_root(bg_demand_reader *self, matrix *all, const bg_node *section)
{
    const size_t failing = bg_correlation_root(all->value, all->n);
    if (failing < all->n) {
        BG_DEMAND_FAIL(self, BG_INVALID, section, BG_SAY(matrix_not_semidefinite),
                       self->history->line[failing].name, self->model->shock_correlation);
    }
}

void bg_demand_read_matrix(bg_demand_reader *self)
{
    const bg_node *section = bg_node_child(bg_node_child(self->demand, "volatility"), "matrix");
    if (bg_node_count(section) == 0) {
        return;
    }
    const size_t n = self->history->line_count;
    matrix all = {.n = n,
                  .value = calloc(n * n, sizeof *all.value),
                  .given = calloc(n * n, sizeof *all.given)};
    self->model->shock_root = all.value; /* goes with the model */
    if (!all.value || !all.given) {
        self->status = bg_no_memory(self->errors);
    } else {
        read_cells(self, &all, section);
        if (!self->status) {
            take_root(self, &all, section);
        }
    }
    free(all.given);
}
