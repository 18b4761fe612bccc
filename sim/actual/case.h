/* Planners' cases: scenarios that say which amounts they expect (`expected`), to the fen. */
#ifndef BAOGAN_ACTUAL_CASE
#define BAOGAN_ACTUAL_CASE

#include "actual/actual.h"

/* An amount that is expected. */
typedef struct bg_case_check {
    const bg_node *node; /* the expected amount in its value; borrowed from the scenario */
    int year;
    size_t scheme;
    bg_fen obtained;
} bg_case_check;

typedef struct bg_case {
    const bg_contract *contract; /* borrowed */
    bg_settled_list settled;     /* of the years that have actuals */
    bg_case_check *checks;       /* in the order of the file */
    size_t count, capacity;
} bg_case;

/* Budgets and settles what the scenario gives, and looks up every amount that it expects. Errors with
 * marks: nothing is expected, a year or scheme that is not budgeted, a settlement without actuals,
 * names that are not there. Amounts that differ are no error. Free with bg_case_free whatever the
 * outcome; twice is safe. */
bg_status bg_case_run(bg_case *self, const bg_contract *contract, const bg_demand *demand,
                      bg_errors *errors);
void bg_case_free(bg_case *self);

bool bg_case_check_passes(const bg_case_check *check);
bool bg_case_passes(const bg_case *self);

#endif
