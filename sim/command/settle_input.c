#include "command/settle_input.h"
#include "command/messages.h"

#include <string.h>

bool bg_settle_input_wants(const bg_options *options, int year)
{
    return options->year == 0 || year == options->year;
}

static bool holds_year(const bg_settled_list *list, const bg_options *options)
{
    for (size_t i = 0; i < list->count; i++) {
        if (bg_settle_input_wants(options, list->items[i].year)) {
            return true;
        }
    }
    return options->year == 0;
}

static bg_status check_actuals(const bg_contract *contract, bg_errors *errors)
{
    if (bg_node_count(bg_scenario_find(contract->scenario, "actual")) > 0) {
        return BG_OK;
    }
    return bg_errors_say(errors, BG_MISSING, BG_NOWHERE, "actual", BG_SAY(nothing_to_settle));
}

bg_status bg_settle_input_load(bg_settle_input *self, const bg_options *options, const char *actual,
                               bg_errors *errors)
{
    memset(self, 0, sizeof *self);
    bg_options own = *options;
    own.actual = actual;
    bg_status status = bg_input_load(&self->input, options->operands[0], &own, errors);
    const bg_model *model = &self->input.model;
    status = status ? status : check_actuals(&model->contract, errors);
    status = status ? status
                    : bg_settle_actuals(&model->contract, model->demand, options->year, &self->list,
                                        errors);
    status = status ? status : bg_input_strict(options, errors);
    if (status == BG_OK && !holds_year(&self->list, options)) {
        status = bg_errors_say(errors, BG_MISSING, BG_NOWHERE, NULL, BG_SAY(year_without_actuals),
                               options->year);
    }
    return status;
}

void bg_settle_input_free(bg_settle_input *self)
{
    bg_settled_list_free(&self->list);
    bg_input_free(&self->input);
}

const char *bg_settle_input_scheme(const bg_settle_input *self, const bg_settled *settled)
{
    return self->input.model.contract.history.scheme[settled->scheme].name;
}
