#include "command/installed.h"

#include "chart/chart.h"

#include <baogan/file.h>
#include <stdlib.h>
#include <unistd.h>

/* New string; NULL if it is not known. */
static char *program_directory(void)
{
    char program[4096];
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    if (length < 0) {
        return NULL;
    }
    program[length] = '\0';
    return bg_path_directory(program);
}

char *bg_program_plots(void)
{
    char *directory = program_directory();
    char *plots = directory ? bg_chart_plots(directory) : NULL;
    free(directory);
    return plots;
}

char *bg_program_rules(void)
{
    /* build/baogan; build/NAME/baogan of a second build; PREFIX/bin/baogan */
    static const char *const places[] = {"../scenarios/rules", "../../scenarios/rules",
                                         "../share/baogan/scenarios/rules"};
    char *directory = program_directory();
    char *rules = NULL;
    for (size_t i = 0; directory && !rules && i < sizeof places / sizeof *places; i++) {
        rules = bg_path_join(directory, places[i]);
        if (rules && access(rules, R_OK) != 0) {
            free(rules);
            rules = NULL;
        }
    }
    free(directory);
    return rules;
}

bg_status bg_program_chart(const char *chart, const char *unit, const char *directory,
                           const bg_options *options, bg_errors *errors)
{
    if (options->no_charts) {
        return BG_OK;
    }
    char *plots = bg_program_plots();
    const bg_chart_options how = {
        .directory = directory, .plots = plots, .language = options->lang, .stop = options->stop};
    const bg_status status = bg_chart_draw(chart, unit, &how, errors);
    free(plots);
    return status;
}
