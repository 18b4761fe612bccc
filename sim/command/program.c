#include "command/program.h"

#include <baogan/file.h>
#include <stdlib.h>
#include <unistd.h>

#include "report/chart.h"

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
