/* A projection with all that a report needs. Needs cmocka. */
#ifndef BAOGAN_TESTS_SUPPORT_REPORTED
#define BAOGAN_TESTS_SUPPORT_REPORTED

#include "projected.h"
#include "report/report.h"

typedef struct reported {
    projected projected;
    bg_budgets budget;
    bg_contributions contributions;
    bg_pool_years pool;
    bg_incentive incentive;
    bg_check check;
    bg_errors warnings;
    bg_report report;
} reported;

/* Fails the test where something goes wrong. `text` is YAML; the report holds one warning. */
void start_report(reported *self, const char *text, const char *language);
void finish_report(reported *self);

/* The text of a scenario's report; new string. */
char *reported_text(const char *scenario, const char *language, bool brief);
/* The same on one line: what is said does not hang on where lines end or columns stand. */
char *reported_line(const char *scenario, const char *language, bool brief);

#endif
