#include "command/scenario_input.h"

#include "command/messages.h"

#include <string.h>

/* An amount that does not fit is no failed calculation here: the scenario holds it. */
static bg_status invalid(bg_status status)
{
    return status == BG_OVERFLOW ? BG_INVALID : status;
}

bg_scenario_source bg_input_source(const char *path, const bg_options *options)
{
    return (bg_scenario_source){
        .path = path,
        .layers = &options->actual,
        .layer_count = options->actual ? 1 : 0,
        .overrides = options->set,
        .override_count = options->set_count,
    };
}

bg_status bg_input_load(bg_input *self, const char *path, const bg_options *options,
                        bg_errors *errors)
{
    memset(self, 0, sizeof *self);
    const bg_scenario_source source = bg_input_source(path, options);
    bg_scenario *scenario = NULL;
    bg_status status = invalid(bg_scenario_load(&source, &scenario, errors));
    if (!status) {
        bg_scenario_show_money(scenario, options->money_fen);
    }
    status = status ? status : bg_input_take(self, scenario, errors);
    status = status ? status : bg_input_strict(options, errors);
    if (status != BG_OK) {
        bg_input_free(self);
    }
    return status;
}

bg_status bg_input_strict(const bg_options *options, bg_errors *errors)
{
    const size_t warnings = bg_messages_warnings(errors);
    return options->strict && warnings > 0 ? bg_errors_say(errors, BG_USAGE, BG_NOWHERE, NULL,
                                                           BG_SAY(strict_warnings), warnings)
                                           : BG_OK;
}

bg_status bg_input_take(bg_input *self, bg_scenario *scenario, bg_errors *errors)
{
    *self = (bg_input){.scenario = scenario};
    const bg_status status = bg_model_read(scenario, &self->model, errors);
    if (status == BG_OK) {
        bg_contract_judge(&self->model.contract, errors);
    } else {
        bg_input_free(self);
    }
    return invalid(status);
}

void bg_input_show_money(bg_area *self, bg_fen unit)
{
    if (self->scenario) {
        bg_scenario_show_money(self->scenario, unit);
    }
    for (size_t i = 0; i < self->count; i++) {
        bg_scenario_show_money(self->member[i].scenario, unit);
    }
}

bg_status bg_input_area(bg_area *self, const char *path, const bg_options *options,
                        bg_errors *errors)
{
    const bg_scenario_source source = {
        .path = path, .overrides = options->set, .override_count = options->set_count};
    const bg_status status = invalid(bg_area_load(&source, self, errors));
    bg_input_show_money(self, options->money_fen);
    return status;
}

void bg_input_free(bg_input *self)
{
    bg_model_free(&self->model);
    bg_scenario_free(self->scenario);
    memset(self, 0, sizeof *self);
}
