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

#endif
