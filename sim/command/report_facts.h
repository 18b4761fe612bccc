/* What the program knows of a report beside its results: verdict, provenance, the line that repeats it. */
#ifndef BAOGAN_COMMAND_REPORT_FACTS
#define BAOGAN_COMMAND_REPORT_FACTS

#include "command/provenance.h"
#include "command/run_results.h"
#include "report/brief.h"

/* Zero-initialise. */
typedef struct bg_report_facts {
    bg_brief_facts brief;
    char *command;
    char *running; /* the head of each page */
    bg_turned_list turned;
    char digest[BG_PROVENANCE_DIGEST];
} bg_report_facts;

/* --verdict, a usage error where it is no two chances. */
bg_status bg_report_verdict(const bg_options *options, bg_brief_facts *facts, bg_errors *errors);
/* `given` are the options of this command line; those of the results may be of a run that is repeated. */
bg_status bg_report_facts_find(bg_report_facts *self, const bg_options *given,
                               const bg_run_results *results, bg_errors *errors);
void bg_report_facts_free(bg_report_facts *self);

#endif
