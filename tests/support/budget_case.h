/* A scenario from YAML text with the terms of its budgets, and years computed one unit at a time. */
#ifndef BAOGAN_TESTS_SUPPORT_BUDGET_CASE
#define BAOGAN_TESTS_SUPPORT_BUDGET_CASE

#include <baogan/budget.h>

typedef struct budget_case {
    bg_status status; /* of reading; terms are there where it is BG_OK */
    bg_errors errors; /* with warnings */
    bg_scenario *scenario;
    bg_history history;
    bg_budget_terms *terms[BG_MAX_SCHEMES];
} budget_case;

void budget_case_read(budget_case *self, const char *yaml);
void budget_case_free(budget_case *self);
/* Whether an error or warning at that key contains the words. */
bool budget_case_says(const budget_case *self, const char *path, const char *words);

/* What a year of one unit starts from; 0 or NULL where the rule does not need it. */
typedef struct unit_inputs {
    int year;
    bg_fen previous_total;
    const bg_fen *expense[3];
    double people;
    const bg_fen *income;
} unit_inputs;

typedef struct unit_budget {
    bg_fen total, opening_total, payable;
    bg_fen fund[BG_MAX_FUNDS];
    bg_fen instalment[12];
} unit_budget;

/* `lines` may be NULL. */
bg_status budget_case_compute(budget_case *self, int scheme, const unit_inputs *inputs,
                              unit_budget *result, bg_budget_lines *lines);
bg_fen unit_budget_paid(const unit_budget *self); /* sum of the instalments */

#endif
