/* The files that a run of one scenario leaves in its directory. */
#ifndef BAOGAN_COMMAND_RUN_FILES
#define BAOGAN_COMMAND_RUN_FILES

#include "command/options.h"
#include "command/run_directory.h"
#include "report/report.h"

#include <baogan/file.h>

typedef struct bg_run_files {
    bg_report report;
    const bg_options *options;
    const bg_run_directory *directory;
    double started; /* bg_seconds */
} bg_run_files;

/* Writes tables, report and result; then charts (unless the options say otherwise), which take longer than
 * all else, scenario and run.json. */
bg_status bg_run_files_results(const bg_run_files *self, bg_errors *errors);
bg_status bg_run_files_charts(const bg_run_files *self, bg_errors *errors);
/* Writes the workbook, with the settlements of the central path. */
bg_status bg_run_files_book(const bg_run_files *self, bg_errors *errors);

/* Commits a file of a run if `status` is BG_OK, else discards it. */
bg_status bg_run_file_close(bg_status status, bg_output *output, bg_errors *errors);
/* Writes JSON, which it takes over. */
bg_status bg_run_file_json(const bg_run_directory *directory, const char *name, json_t *value,
                           bg_errors *errors);

#endif
