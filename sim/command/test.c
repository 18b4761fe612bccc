/* Planners' cases: every YAML file named, or in a directory named, is a scenario that says what it
 * expects. */
#include "command/messages.h"
#include "command/scenario_input.h"
#include "command/verb.h"
#include "format/json.h"
#include "report/label.h"
#include "report/settled.h"

#include <baogan/file.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* A run over all cases. */
typedef struct session {
    const bg_options *options;
    json_t *list; /* NULL: text */
    size_t passed, failed;
    bool strict; /* a case was not run for its warnings */
} session;

/* ---- one case ---- */

static bg_status report_json(session *self, const char *file, const bg_case *ran, bool passed,
                             const bg_errors *found)
{
    return json_array_append_new(self->list,
                                 json_pack("{s:o, s:b, s:I, s:o, s:o}", "case", bg_json_text(file),
                                           "passed", passed, "amounts", (json_int_t)ran->count,
                                           "differences", bg_case_json(ran), "diagnostics",
                                           bg_json_diagnostics(found)))
               ? BG_MEMORY
               : BG_OK;
}

static bg_status report_text(const session *self, const char *file, const bg_case *ran, bool passed,
                             const bg_errors *found)
{
    if (passed) {
        printf(bg_in_language(self->options->lang, "ok %s\n", "通过 %s\n"), file);
        return BG_OK;
    }
    printf(bg_in_language(self->options->lang, "not ok %s\n", "未通过 %s\n"), file);
    bg_status status = bg_case_text(ran, self->options->lang, stdout);
    fflush(stdout); /* so that verdicts and messages stay in order on a terminal */
    bg_messages_print(found, self->options->lang, stderr);
    return status;
}

static bg_status run_case(session *self, const char *file)
{
    bg_errors found;
    bg_errors_init(&found);
    bg_input input;
    bg_case ran = {0};
    bg_status status = bg_input_load(&input, file, self->options, &found);
    self->strict = self->strict || status == BG_USAGE;
    status = status ? status : bg_case_run(&ran, &input.model.contract, input.model.demand, &found);
    bool passed = status == BG_OK && bg_case_passes(&ran);
    self->passed += passed;
    self->failed += !passed;
    status = self->list ? report_json(self, file, &ran, passed, &found)
                        : report_text(self, file, &ran, passed, &found);
    bg_case_free(&ran);
    bg_input_free(&input);
    bg_errors_free(&found);
    return status;
}

/* ---- files and directories ---- */

static bool is_yaml(const char *name)
{
    const char *end = strrchr(name, '.');
    return end && (strcmp(end, ".yaml") == 0 || strcmp(end, ".yml") == 0);
}

static int is_visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static bool is_directory(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static bg_status run_directory(session *self, const char *path, bg_errors *errors);

/* An entry of a directory: a directory, a case, or neither. */
static bg_status run_entry(session *self, const char *directory, const char *name,
                           bg_errors *errors)
{
    char *path = bg_path_join(directory, name);
    if (!path) {
        return bg_no_memory(errors);
    }
    bg_status status = BG_OK;
    if (is_directory(path)) {
        status = run_directory(self, path, errors);
    } else if (is_yaml(name)) {
        status = run_case(self, path);
    }
    free(path);
    return status;
}

static bg_status run_directory(session *self, const char *path, bg_errors *errors)
{
    struct dirent **entries;
    int count = scandir(path, &entries, is_visible, alphasort);
    if (count < 0) {
        return bg_errors_say(errors, BG_IO, (bg_mark){.file = path}, NULL,
                             BG_SAY(test_directory_unreadable), strerror(errno));
    }
    bg_status status = BG_OK;
    for (int i = 0; i < count; i++) {
        status = status ? status : run_entry(self, path, entries[i]->d_name, errors);
        free(entries[i]);
    }
    free(entries);
    return status;
}

static bg_status run_operand(session *self, const char *path, bg_errors *errors)
{
    if (!is_directory(path)) {
        return run_case(self, path);
    }
    size_t before = self->passed + self->failed;
    bg_status status = run_directory(self, path, errors);
    if (status == BG_OK && self->passed + self->failed == before) {
        status = bg_errors_say(errors, BG_MISSING, (bg_mark){.file = path}, NULL,
                               BG_SAY(directory_without_case));
    }
    return status;
}

static void print_counts(const session *self)
{
    printf(bg_in_language(self->options->lang, "%zu passed, %zu failed\n", "通过 %zu，失败 %zu\n"),
           self->passed, self->failed);
}

bg_status bg_verb_test(const bg_options *options, bg_errors *errors)
{
    session self = {.options = options, .list = options->json ? json_array() : NULL};
    bg_status status = BG_OK;
    for (size_t i = 0; i < options->operand_count && status == BG_OK; i++) {
        status = run_operand(&self, options->operands[i], errors);
    }
    if (options->json) {
        bg_status written = bg_json_print(self.list, stdout, errors);
        bg_first(&status, written);
    } else if (status == BG_OK) {
        print_counts(&self);
    }
    if (status == BG_OK && self.failed) {
        status = self.strict ? BG_USAGE : BG_FAILED;
    }
    return status;
}
