#include "actual/restate.h"

#include "actual/step_change.h"

#include <stdlib.h>

bg_fen bg_restated_clearing(const bg_restated *self)
{
    return self->second->block.result[BG_RESULT_clearing][0] -
           self->first->block.result[BG_RESULT_clearing][0];
}

static const bg_plan *plan_of(const bg_settled *settled, const bg_contract *contract)
{
    return contract->plan[settled->scheme];
}

bg_restated_amounts bg_restated_inputs(const bg_restated *self)
{
    bg_restated_amounts list = {calloc(BG_INPUT_COUNT, sizeof *list.items), 0};
    for (size_t i = 0; list.items && i < BG_INPUT_COUNT; i++) {
        if (i != BG_INPUT_score && i != BG_INPUT_year) {
            list.items[list.count++] = (bg_restated_amount){0, bg_settlement_input_names[i],
                                                            self->first->block.input[i][0],
                                                            self->second->block.input[i][0]};
        }
    }
    return list;
}

bg_restated_amounts bg_restated_results(const bg_restated *self)
{
    bg_restated_amounts list = {calloc(BG_RESULT_COUNT, sizeof *list.items), 0};
    for (size_t i = 0; list.items && i < BG_RESULT_COUNT; i++) {
        list.items[list.count++] =
            (bg_restated_amount){0, bg_settlement_result_names[i], self->first->block.result[i][0],
                                 self->second->block.result[i][0]};
    }
    return list;
}

static bg_fen account_named(const bg_settled *settled, const bg_plan *plan, const char *name)
{
    int index = bg_plan_account_index(plan, name);
    return index < 0 ? 0 : settled->block.account[index][0];
}

bg_restated_amounts bg_restated_accounts(const bg_restated *self)
{
    const bg_plan *first = plan_of(self->first, self->first_contract);
    const bg_plan *second = plan_of(self->second, self->second_contract);
    size_t most = bg_plan_account_count(first) + bg_plan_account_count(second);
    bg_restated_amounts list = {calloc(most, sizeof *list.items), 0};
    for (size_t i = 0; list.items && i < most; i++) {
        bool of_second = i < bg_plan_account_count(second);
        const char *name = of_second ? bg_plan_account(second, i)
                                     : bg_plan_account(first, i - bg_plan_account_count(second));
        if (of_second || bg_plan_account_index(second, name) < 0) {
            list.items[list.count++] =
                (bg_restated_amount){0, name, account_named(self->first, first, name),
                                     account_named(self->second, second, name)};
        }
    }
    return list;
}

static void join_steps(bg_restated_amounts *list, const bg_step_change *first, size_t first_count,
                       const bg_step_change *second, size_t second_count)
{
    for (size_t i = 0; i < second_count; i++) {
        const bg_step_change *before = bg_step_change_find(first, first_count, second[i].name);
        list->items[list->count++] = (bg_restated_amount){
            second[i].step, second[i].name, before ? before->change : 0, second[i].change};
    }
    for (size_t i = 0; i < first_count; i++) {
        if (!bg_step_change_find(second, second_count, first[i].name)) {
            list->items[list->count++] =
                (bg_restated_amount){first[i].step, first[i].name, first[i].change, 0};
        }
    }
}

bg_restated_amounts bg_restated_steps(const bg_restated *self)
{
    size_t first_count = 0, second_count = 0;
    bg_step_change *first = bg_step_changes(&self->first->trace, &first_count);
    bg_step_change *second = bg_step_changes(&self->second->trace, &second_count);
    bg_restated_amounts list = {NULL, 0};
    if (first && second) {
        list.items = calloc(first_count + second_count + 1, sizeof *list.items);
    }
    if (list.items) {
        join_steps(&list, first, first_count, second, second_count);
    }
    free(first);
    free(second);
    return list;
}
