#include "command/installed.h"

#include "chart/chart.h"

#include <baogan/file.h>
#include <stdlib.h>
#include <unistd.h>

char *bg_program_plots(void)
{
    char program[4096];
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    if (length < 0) {
        return NULL;
    }
    program[length] = '\0';
    char *directory = bg_path_directory(program);
    char *plots = directory ? bg_chart_plots(directory) : NULL;
    free(directory);
    return plots;
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
