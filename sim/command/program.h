/* What lies beside the program that is running. */
#ifndef BAOGAN_COMMAND_PROGRAM_H
#define BAOGAN_COMMAND_PROGRAM_H

/* The directory of the chart scripts; new string, NULL if there is none. */
char *bg_program_plots(void);

#endif
