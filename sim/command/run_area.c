#include "command/run_area.h"

#include "command/messages.h"
#include "command/progress.h"
#include "command/provenance.h"
#include "command/run_directory.h"
#include "command/run_files.h"
#include "command/scenario_input.h"
#include "contract/money_unit.h"
#include "format/json.h"
#include "projection/budgets.h"
#include "projection/kept.h"
#include "report/area.h"
#include "report/label.h"
#include "study/net.h"

#include <baogan/area_model.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

typedef struct run {
    const bg_options *options;
    double started;
    bg_errors *warnings;
    bg_area *loaded;
    bg_area_model model;
    bg_budgets *budget;              /* [communities] */
    bg_projection **projection;      /* [communities + 1] */
    bg_contributions *contributions; /* likewise */
    bg_kept *kept;                   /* pilot futures, for the effective share */
    bg_incentive incentive;
    bg_run_directory directory;
} run;

static bg_area_report report_of(const run *self)
{
    return (bg_area_report){.model = &self->model,
                            .projection = self->projection,
                            .contributions = self->contributions,
                            .language = self->options->lang};
}

static bg_status check_options(run *self, bg_errors *errors)
{
    const bg_options *options = self->options;
    if (options->until || options->max_replications || options->keep_draws || options->json ||
        options->chart || options->xlsx) {
        return bg_errors_say(errors, BG_USAGE, BG_NOWHERE, NULL, BG_SAY(options_of_one_community));
    }
    return BG_OK;
}

static bg_status read_models(run *self, bg_errors *errors)
{
    bg_status status = bg_area_model_read(self->loaded, &self->model, self->warnings);
    status = status ? status : bg_input_strict(self->options, self->warnings);
    bg_messages_print(self->warnings, self->options->lang, stderr);
    if (status != BG_OK) {
        return status;
    }
    const bg_money_scale money =
        bg_contract_money(&self->model.member[0].contract, self->options->lang);
    bg_input_show_money(&self->model.area, (bg_fen)money.fen); /* the first community's, of all */
    self->projection = calloc(self->model.area.count + 1, sizeof(bg_projection *));
    self->contributions = calloc(self->model.area.count + 1, sizeof *self->contributions);
    self->budget = calloc(self->model.area.count, sizeof *self->budget);
    return self->projection && self->contributions && self->budget
               ? bg_area_model_budgets(&self->model, self->budget, errors)
               : bg_no_memory(errors);
}

static bg_status open_directory(run *self, bg_errors *errors)
{
    return bg_run_directory_open(&self->directory, self->options->out, self->options->operands[0],
                                 errors);
}

static bg_status project(run *self, bg_errors *errors)
{
    bg_progress progress;
    bg_progress_start(&progress, self->options->quiet, self->options->lang);
    self->kept = bg_kept_new(BG_KEPT_BYTES, BG_INCENTIVE_PILOT);
    const bg_projection_options options = {.threads = self->options->threads,
                                           .progress = bg_progress_show,
                                           .context = &progress,
                                           .stop = self->options->stop,
                                           .kept = self->kept};
    const bg_status status = bg_area_project(&self->model, &options, self->projection, errors);
    bg_progress_end(&progress);
    return status;
}

static bg_status find_contributions(run *self, bg_errors *errors)
{
    const bg_projection_options options = {.threads = self->options->threads,
                                           .stop = self->options->stop};
    const bg_projection *whole = self->projection[self->model.area.count];
    return bg_area_contributions_compute(&self->model, bg_projection_replications(whole), &options,
                                         self->contributions, errors);
}

static bg_status find_incentive(run *self, bg_errors *errors)
{
    const bg_area_model *model = &self->model;
    const bg_parties parties = {
        .member = model->member, .count = model->area.count, .whole = &model->whole};
    const bg_projection_options options = {
        .threads = self->options->threads, .stop = self->options->stop, .kept = self->kept};
    return bg_incentive_find(&parties, bg_incentive_pilot(self->projection[model->area.count]),
                             &options, &self->incentive, errors);
}

/* ---- the area's own files ---- */

static bg_status write_page(run *self, bg_errors *errors)
{
    const bg_area_report report = report_of(self);
    bg_output output;
    bg_status status = bg_run_directory_create(&self->directory, "area.txt", &output, errors);
    if (status != BG_OK) {
        return status;
    }
    status = bg_area_report_text(&report, output.stream);
    return bg_run_file_close(status, &output, errors);
}

static bg_status write_table(run *self, const char *name,
                             bg_status (*write)(const bg_area_report *, FILE *), bg_errors *errors)
{
    const bg_area_report report = report_of(self);
    bg_output output;
    bg_status status = bg_run_directory_create(&self->directory, name, &output, errors);
    if (status != BG_OK) {
        return status;
    }
    status = write(&report, output.stream);
    return bg_run_file_close(status, &output, errors);
}

static bg_status write_tables(run *self, bg_errors *errors)
{
    const bg_contributions *whole = &self->contributions[self->model.area.count];
    const struct {
        const char *name;
        bg_status (*write)(const bg_area_report *, FILE *);
        bool wanted;
    } tables[] = {
        {"outcomes.csv", bg_area_report_outcomes, true},
        {"events.csv", bg_area_report_events, true},
        {"contributions.csv", bg_area_report_contributions, whole->count > 0},
        {"outlays.csv", bg_area_report_outlays, bg_net_known(whole)},
    };
    bg_status status = BG_OK;
    for (size_t i = 0; i < sizeof tables / sizeof *tables && status == BG_OK; i++) {
        status =
            tables[i].wanted ? write_table(self, tables[i].name, tables[i].write, errors) : BG_OK;
    }
    return status;
}

static json_t *list_communities(const run *self)
{
    json_t *list = json_array();
    for (size_t c = 0; c < self->model.area.count; c++) {
        const bg_member_community *member = &self->model.area.member[c];
        bg_json_append(&list, json_pack("{s:o, s:o}", "name", bg_json_text(member->name), "file",
                                        bg_json_text(bg_scenario_file(member->scenario))));
    }
    return list;
}

static bg_status write_provenance(run *self, bg_errors *errors)
{
    const bg_scenario *scenario = self->model.area.scenario;
    char *yaml = bg_scenario_yaml(scenario, true);
    if (!yaml) {
        return bg_no_memory(errors);
    }
    const bg_projection *whole = self->projection[self->model.area.count];
    json_t *value = bg_provenance(scenario, yaml, self->options, bg_projection_replications(whole),
                                  bg_seconds() - self->started);
    free(yaml);
    bg_json_set(&value, "communities", list_communities(self));
    return bg_run_file_json(&self->directory, "run.json", value, errors);
}

/* ---- those of each community ---- */

/* Makes DIRECTORY/communities/NAME. Its path is the caller's to free, also after a failure. */
static bg_status make_directory(const run *self, const char *name, char **path, bg_errors *errors)
{
    char *parent = bg_path_join(self->directory.temporary, "communities");
    *path = parent ? bg_path_join(parent, name) : NULL;
    bg_status status = BG_OK;
    if (!*path) {
        status = bg_no_memory(errors);
    } else if ((mkdir(parent, 0777) != 0 && errno != EEXIST) || mkdir(*path, 0777) != 0) {
        status = bg_errors_say(errors, BG_IO, (bg_mark){.file = *path}, NULL,
                               BG_SAY(community_directory_not_made), strerror(errno));
    }
    free(parent);
    return status;
}

static bg_status write_community(const run *self, size_t community, bg_errors *errors)
{
    const bg_model *model = &self->model.member[community];
    const char *name = self->model.area.member[community].name;
    bg_run_directory directory = {0};
    bg_status status = make_directory(self, name, &directory.temporary, errors);
    const bg_errors none = {0};
    bg_pool_years pool = {0};
    const bg_run_files files = {
        .report = {.scenario = model->contract.scenario,
                   .model = model,
                   .budget = &self->budget[community],
                   .projection = self->projection[community],
                   .contributions = &self->contributions[community],
                   .pool = &pool,
                   .incentive = &self->incentive,
                   .party = community,
                   .warnings = &none,
                   .language = self->options->lang},
        .options = self->options,
        .directory = &directory,
        .started = self->started,
    };
    if (!status && bg_pool_years_find(model, self->projection[community], &pool)) {
        status = bg_no_memory(errors);
    }
    status = status ? status : bg_run_files_results(&files, errors);
    status = status ? status : bg_run_files_charts(&files, errors);
    bg_pool_years_free(&pool);
    free(directory.temporary);
    return status;
}

static bg_status write_communities(run *self, bg_errors *errors)
{
    bg_status status = BG_OK;
    for (size_t c = 0; c < self->model.area.count && status == BG_OK; c++) {
        status = *self->options->stop ? BG_INTERRUPTED : write_community(self, c, errors);
    }
    return status;
}

static bg_status commit(run *self, bg_errors *errors)
{
    return bg_run_directory_commit(&self->directory, errors);
}

static bg_status show(run *self, bg_errors *errors)
{
    (void)errors;
    const bg_area_report report = report_of(self);
    const bg_status status = bg_area_report_text(&report, stdout);
    fflush(stdout);
    if (!self->options->quiet) {
        fprintf(stderr,
                bg_in_language(self->options->lang, "Results: %s (each community's: communities)\n",
                               "结果：%s（各医共体见communities）\n"),
                self->directory.final);
    }
    return status;
}

typedef bg_status stage(run *, bg_errors *);

static bg_status pass(run *self, stage *const *stages, size_t count, bg_errors *errors)
{
    bg_status status = BG_OK;
    for (size_t i = 0; i < count && status == BG_OK; i++) {
        status = *self->options->stop ? BG_INTERRUPTED : stages[i](self, errors);
    }
    if (status == BG_INTERRUPTED && errors->error_count == 0) {
        bg_errors_say(errors, status, BG_NOWHERE, NULL, BG_SAY(stopped_unwritten));
    }
    return status;
}

static void end(run *self)
{
    bg_run_directory_discard(&self->directory);
    for (size_t p = 0; self->projection && p <= self->model.area.count; p++) {
        bg_projection_free(self->projection[p]);
    }
    for (size_t p = 0; self->contributions && p <= self->model.area.count; p++) {
        bg_contributions_free(&self->contributions[p]);
    }
    for (size_t c = 0; self->budget && c < self->model.area.count; c++) {
        bg_budgets_free(&self->budget[c]);
    }
    bg_incentive_free(&self->incentive);
    bg_kept_free(self->kept);
    free(self->projection);
    free(self->contributions);
    free(self->budget);
    bg_area_model_free(&self->model);
    bg_area_free(self->loaded);
    bg_errors_free(self->warnings);
}

bg_status bg_run_area(const bg_options *options, bg_area *area, bg_errors *warnings,
                      bg_errors *errors)
{
    static stage *const stages[] = {
        check_options,    read_models,        open_directory, project,
        find_incentive,   find_contributions, write_page,     write_tables,
        write_provenance, write_communities,  commit,         show,
    };
    run self = {.options = options, .started = bg_seconds(), .warnings = warnings, .loaded = area};
    const bg_status status = pass(&self, stages, sizeof stages / sizeof *stages, errors);
    end(&self);
    return status;
}

bg_status bg_run_area_report(const bg_options *options, bg_area *area, bg_errors *warnings,
                             const bg_area_reader *reader, bg_errors *errors)
{
    static stage *const stages[] = {read_models, project, find_contributions};
    run self = {.options = options, .started = bg_seconds(), .warnings = warnings, .loaded = area};
    bg_status status = pass(&self, stages, sizeof stages / sizeof *stages, errors);
    if (!status) {
        const bg_area_report report = report_of(&self);
        status = reader->read(reader->context, &report, errors);
    }
    end(&self);
    return status;
}
