/* The list of changes of a model, as it is read. */
#include "demand/messages.h"
#include "demand/reader.h"

#include <stdlib.h>

bg_change *bg_demand_add_change(bg_demand_reader *self, bg_change_kind kind, const bg_node *node)
{
    bg_demand *model = self->model;
    if (!model->change) {
        model->change = calloc(BG_MAX_CHANGES, sizeof *model->change);
        if (!model->change) {
            self->status = bg_no_memory(self->errors);
            return NULL;
        }
    }
    if (model->change_count == BG_MAX_CHANGES) {
        BG_DEMAND_FAIL(self, BG_LIMIT, node, BG_SAY(changes_too_many), BG_MAX_CHANGES);
        return NULL;
    }
    bg_change *change = &model->change[model->change_count++];
    *change = (bg_change){.kind = kind, .name = node->key, .probability = 1};
    change->size[BG_FREQUENCY].factor = change->size[BG_COST].factor = 1;
    for (size_t year = 0; year < BG_MAX_BUDGET_YEARS; year++) {
        change->weight[year] = 1;
    }
    return change;
}
