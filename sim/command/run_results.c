#include "command/run_results.h"

#include "command/messages.h"
#include "command/progress.h"
#include "projection/budgets.h"
#include "projection/kept.h"

bg_report bg_run_results_report(const bg_run_results *self)
{
    return (bg_report){
        .scenario = self->input.scenario,
        .model = &self->input.model,
        .budget = &self->budget,
        .projection = self->projection,
        .contributions = &self->contributions,
        .pool = &self->pool,
        .incentive = &self->incentive,
        .check = &self->check,
        .warnings = &self->warnings,
        .until = self->options->until ? &self->until : NULL,
        .language = self->options->lang,
    };
}

bg_status bg_run_results_load(bg_run_results *self, const bg_repeat *repeat)
{
    const bg_status status = bg_repeat_load(repeat, &self->area, &self->warnings);
    if (status) {
        bg_messages_print(&self->warnings, self->options->lang, stderr);
    }
    return status;
}

static bg_status read_model(bg_run_results *self)
{
    bg_status status = bg_input_take(&self->input, self->area.scenario, &self->warnings);
    status = status ? status : bg_input_strict(self->options, &self->warnings);
    self->area.scenario = NULL;
    bg_messages_print(&self->warnings, self->options->lang, stderr);
    return status;
}

static bg_status read_target(bg_run_results *self, bg_errors *errors)
{
    if (!self->options->until) {
        return self->options->max_replications == 0
                   ? BG_OK
                   : bg_errors_say(errors, BG_USAGE, BG_NOWHERE, NULL,
                                   BG_SAY(replications_without_until));
    }
    bg_status status =
        bg_target_parse(&self->input.model, self->options->until, "--until", &self->until, errors);
    if (status == BG_OK && (self->until.kind == BG_TARGET_VALUE || self->until.at_least)) {
        return bg_errors_say(errors, BG_USAGE, BG_NOWHERE, "--until", BG_SAY(until_inexact),
                             self->until.text);
    }
    return status ? status
                  : bg_figure_check_unit(&self->until.figure, &self->input.model, self->until.text,
                                         "--until", errors);
}

bg_status bg_run_results_read(bg_run_results *self, bg_errors *errors)
{
    const bg_status status = read_model(self);
    return status ? status : read_target(self, errors);
}

static bg_status project(bg_run_results *self, bg_draws_csv *draws, bg_errors *errors)
{
    bg_progress progress;
    bg_progress_start(&progress, self->options->quiet, self->options->lang);
    self->kept = bg_kept_new(BG_KEPT_BYTES, BG_INCENTIVE_PILOT);
    const bg_projection_options options = {
        .threads = self->options->threads,
        .progress = bg_progress_show,
        .context = &progress,
        .stop = self->options->stop,
        .take = draws->stream ? bg_draws_csv_take : NULL,
        .take_context = draws,
        .until = self->options->until ? &self->until : NULL,
        .most = self->options->max_replications,
        .kept = self->kept,
    };
    bg_status status = bg_projection_run(&self->input.model, &options, &self->projection, errors);
    bg_progress_end(&progress);
    return status;
}

static bg_status find_contributions(bg_run_results *self, bg_errors *errors)
{
    const bg_projection_options options = {.threads = self->options->threads,
                                           .stop = self->options->stop};
    return bg_contributions_compute(self->input.scenario,
                                    bg_projection_replications(self->projection), &options,
                                    &self->contributions, errors);
}

static bg_status find_pool_years(bg_run_results *self, bg_errors *errors)
{
    return bg_pool_years_find(&self->input.model, self->projection, &self->pool)
               ? bg_no_memory(errors)
               : BG_OK;
}

static bg_status find_incentive(bg_run_results *self, bg_errors *errors)
{
    const bg_parties parties = {.member = &self->input.model, .count = 1};
    const bg_projection_options options = {
        .threads = self->options->threads, .stop = self->options->stop, .kept = self->kept};
    return bg_incentive_find(&parties, bg_incentive_pilot(self->projection), &options,
                             &self->incentive, errors);
}

static bg_status check_engine(bg_run_results *self, bg_errors *errors)
{
    const bg_projection_options options = {.threads = self->options->threads,
                                           .stop = self->options->stop};
    return self->options->no_check ? BG_OK
                                   : bg_check_run(self->input.scenario, self->projection, &options,
                                                  &self->check, errors);
}

bg_status bg_run_results_compute(bg_run_results *self, bg_draws_csv *draws, bg_errors *errors)
{
    static bg_status (*const stages[])(bg_run_results *, bg_errors *) = {
        find_contributions, find_pool_years, find_incentive, check_engine};
    bg_status status = bg_model_budgets(&self->input.model, &self->budget, errors);
    status = status ? status : project(self, draws, errors);
    for (size_t i = 0; i < sizeof stages / sizeof *stages && !status; i++) {
        status = *self->options->stop ? BG_INTERRUPTED : stages[i](self, errors);
    }
    return status;
}

void bg_run_results_free(bg_run_results *self)
{
    bg_contributions_free(&self->contributions);
    bg_pool_years_free(&self->pool);
    bg_incentive_free(&self->incentive);
    bg_kept_free(self->kept);
    bg_projection_free(self->projection);
    bg_budgets_free(&self->budget);
    bg_input_free(&self->input);
    bg_area_free(&self->area);
    bg_errors_free(&self->warnings);
    *self = (bg_run_results){.options = self->options};
}
