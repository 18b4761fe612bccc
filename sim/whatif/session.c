#include "whatif/session.h"

#include "projection/budgets.h"

#include <stdlib.h>
#include <string.h>

#define USUAL_ROOM ((size_t)1 << 26)

/* ---- the scenario under settings ---- */

void bg_whatif_settings_free(bg_whatif_settings *settings)
{
    for (size_t i = 0; i < settings->count; i++) {
        free(settings->text[i]);
    }
    free(settings->text);
    *settings = (bg_whatif_settings){0};
}

void bg_whatif_state_free(bg_whatif_state *state)
{
    bg_model_free(&state->model);
    bg_scenario_free(state->scenario);
    bg_errors_free(&state->warnings);
    bg_whatif_settings_free(&state->settings);
    *state = (bg_whatif_state){0};
}

bg_status bg_whatif_read(const bg_whatif *self, bg_whatif_settings *settings,
                         bg_whatif_state *state, bg_errors *errors)
{
    *state = (bg_whatif_state){.settings = *settings};
    *settings = (bg_whatif_settings){0};
    bg_errors_init(&state->warnings);
    bg_errors *found = &state->warnings;
    bg_status status = bg_scenario_parse_written(
        self->text, strlen(self->text), "scenario", self->money_unit,
        (const char *const *)state->settings.text, state->settings.count, &state->scenario, found);
    status = status ? status : bg_model_read(state->scenario, &state->model, found);
    if (status) {
        bg_errors_move(errors, found);
        bg_whatif_state_free(state);
        return status == BG_OVERFLOW ? BG_INVALID : status;
    }
    bg_contract_judge(&state->model.contract, found);
    return BG_OK;
}

/* ---- what is run of it ---- */

void bg_whatif_forget(bg_whatif *self)
{
    bg_projection_free(self->results.projection);
    bg_budgets_free(&self->results.budget);
    bg_pool_years_free(&self->results.pool);
    bg_errors_free(&self->results.warnings);
    self->results = (bg_whatif_results){0};
}

static bg_status run(bg_whatif *self, size_t futures, bg_errors *errors)
{
    bg_whatif_results *results = &self->results;
    const bg_model *model = &self->state.model;
    const bg_projection_options how = {.threads = self->options.threads,
                                       .stop = self->options.stop,
                                       .kept = self->kept,
                                       .most = futures};
    bg_status status = bg_model_budgets(model, &results->budget, errors);
    status = status ? status : bg_projection_run(model, &how, &results->projection, errors);
    if (!status && bg_pool_years_find(model, results->projection, &results->pool)) {
        status = bg_no_memory(errors);
    }
    return status;
}

bg_status bg_whatif_run(bg_whatif *self, size_t futures, bg_errors *errors)
{
    bg_whatif_results *results = &self->results;
    if (!results->projection || results->futures != futures) {
        bg_whatif_forget(self);
        const bg_status status = run(self, futures, &results->warnings);
        if (status) {
            bg_errors_move(errors, &results->warnings);
            bg_whatif_forget(self);
            return status;
        }
        results->futures = futures;
    }
    for (size_t i = 0; i < results->warnings.count; i++) {
        const bg_error *warning = &results->warnings.items[i];
        bg_errors_say_again(errors, warning, bg_error_mark(warning), warning->path);
    }
    return BG_OK;
}

/* ---- the whole ---- */

bg_status bg_whatif_open(const bg_scenario *scenario, const bg_whatif_options *options,
                         bg_whatif **self, bg_errors *errors)
{
    const size_t room = options->room ? options->room : USUAL_ROOM;
    bg_whatif_settings none = {0};
    bg_whatif *made = calloc(1, sizeof *made);
    *self = NULL;
    if (!made) {
        return bg_no_memory(errors);
    }
    *made = (bg_whatif){.options = *options,
                        .text = bg_scenario_yaml(scenario, false),
                        .money_unit = bg_scenario_money_unit(scenario),
                        .kept = bg_kept_new(room, SIZE_MAX)};
    bg_status status = made->text && made->kept ? BG_OK : bg_no_memory(errors);
    status = status ? status : bg_whatif_read(made, &none, &made->state, errors);
    if (status) {
        bg_whatif_free(made);
        return status;
    }
    *self = made;
    return BG_OK;
}

void bg_whatif_free(bg_whatif *self)
{
    if (!self) {
        return;
    }
    bg_whatif_forget(self);
    bg_whatif_state_free(&self->state);
    bg_kept_free(self->kept);
    free(self->text);
    free(self);
}
