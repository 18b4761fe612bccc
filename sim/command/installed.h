/* What lies beside the program that is running. */
#ifndef BAOGAN_COMMAND_INSTALLED
#define BAOGAN_COMMAND_INSTALLED

#include "command/options.h"

/* The directory of the chart scripts; new string, NULL if there is none. */
char *bg_program_plots(void);
/* The directory of the rules that scenarios may begin with; new string, NULL if there is none. */
char *bg_program_rules(void);
/* Draws one chart of a unit ("all": the whole) from the data in a directory, unless the options say not to. */
bg_status bg_program_chart(const char *chart, const char *unit, const char *directory,
                           const bg_options *options, bg_errors *errors);

#endif
