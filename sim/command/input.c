#include "command/input.h"

#include <string.h>

bg_status bg_input_load(bg_input *self, const char *path, const bg_options *options,
                        bg_errors *errors)
{
    memset(self, 0, sizeof *self);
    const bg_scenario_source source = {
        .path = path,
        .layers = &options->actual,
        .layer_count = options->actual ? 1 : 0,
        .overrides = options->set,
        .override_count = options->set_count,
    };
    bg_status status = bg_scenario_load(&source, &self->scenario, errors);
    if (status == BG_OK) {
        status = bg_model_read(self->scenario, &self->model, errors);
    }
    if (status != BG_OK) {
        bg_input_free(self);
    }
    /* An amount that does not fit is no failed calculation here: the scenario holds it. */
    return status == BG_OVERFLOW ? BG_INVALID : status;
}

void bg_input_free(bg_input *self)
{
    bg_model_free(&self->model);
    bg_scenario_free(self->scenario);
    memset(self, 0, sizeof *self);
}
