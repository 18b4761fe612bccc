/* The verbs of the command: one table, one file a verb. */
#ifndef BAOGAN_COMMAND_VERB
#define BAOGAN_COMMAND_VERB

#include "command/options.h"

/* A verb prints its result to standard output and what it has to say to standard error. It returns
 * the status that becomes the exit status; what is left in `errors` is printed by main. */
typedef bg_status bg_verb_function(const bg_options *options, bg_errors *errors);

typedef struct bg_verb {
    const char *name, *operands;
    size_t least, most; /* number of operands */
    uint64_t options;   /* set of BG_WITH() bits */
    const char *en, *zh;
    bg_verb_function *run;
} bg_verb;

extern const bg_verb bg_verb_table[];
extern const size_t bg_verb_count;

/* The verb of that name, or NULL; then *hint is the nearest name, or NULL. */
const bg_verb *bg_verb_find(const char *name, const char **hint);
/* Adds that there is no verb of that name, and what may be meant; returns BG_USAGE. */
bg_status bg_verb_unknown(const char *name, const char *hint, bg_errors *errors);

bg_verb_function bg_verb_run, bg_verb_check, bg_verb_params, bg_verb_budget, bg_verb_settle,
    bg_verb_monitor, bg_verb_test, bg_verb_compare, bg_verb_backtest, bg_verb_solve,
    bg_verb_sensitivity, bg_verb_whatif, bg_verb_sweep, bg_verb_status, bg_verb_merge,
    bg_verb_discover, bg_verb_search, bg_verb_selftest, bg_verb_init, bg_verb_help, bg_verb_report;

/* Help of the whole command, or of one verb, to standard output. */
void bg_help_print(const bg_verb *verb, const char *language);

#endif
