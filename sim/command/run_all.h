/* Many scenarios in one run, each for itself. */
#ifndef BAOGAN_COMMAND_RUN_ALL
#define BAOGAN_COMMAND_RUN_ALL

#include "command/options.h"

/* Projects every *.yaml in the directory that is the operand, one a thread, and writes overview.csv,
 * overview.txt and failed.csv. What is in memory at a time does not grow with their number. A scenario
 * that fails is a row of failed.csv and does not end the run; the status is then BG_INVALID. */
bg_status bg_run_all(const bg_options *options, bg_errors *errors);

#endif
