/* What is agreed with a community: who is paid for, for which years, by which rules.
 *
 * sim/contract links its years; it takes expense as it is given, drawn or known, and knows of no model of
 * demand. */
#ifndef BAOGAN_CONTRACT_H
#define BAOGAN_CONTRACT_H

#include <baogan/accounts.h>
#include <baogan/budget.h>
#include <baogan/calendar.h>
#include <baogan/history.h>
#include <baogan/performance.h>
#include <baogan/pool.h>
#include <baogan/scenario.h>
#include <baogan/settlement.h>

typedef struct bg_contract {
    const bg_scenario *scenario; /* borrowed */
    bg_history history;
    bg_budget_terms *terms[BG_MAX_SCHEMES];
    bg_plan *plan[BG_MAX_SCHEMES]; /* the same steps, bound to each scheme's funds */
    bg_pool pool[BG_MAX_SCHEMES];
    bg_calendar calendar;
    bg_decimal *score;           /* by budget year; 0 where it is simulated */
    bg_performance *performance; /* of a score that is simulated; else NULL */
    bg_accounts *accounts;       /* of the institutions; NULL: they are not asked for */
    int first_year;
    size_t years;
} bg_contract;

/* Reads all of it, collecting the errors of all parts; where the history cannot be read, the parts that
 * stand on it are not. What could be read stays after a failure, so that others who need it can speak up
 * too. Free with bg_contract_free whatever the outcome; twice is safe. */
bg_status bg_contract_read(const bg_scenario *scenario, bg_contract *self, bg_errors *errors);
void bg_contract_free(bg_contract *self);

/* Warns of figures of a contract that was read, and of scores in its scenario, that lie outside what is usual:
 * a unit of money forgotten, a digit too many, cases and payments that do not go together. Once a scenario is
 * enough; nothing that is computed hangs on it. */
void bg_contract_judge(const bg_contract *contract, bg_errors *errors);
/* The same of the scores alone: those given, those of tiers and conditions. */
void bg_scores_judge(const bg_scenario *scenario, bg_errors *errors);

/* Whether the history could be read. */
static inline bool bg_contract_has_history(const bg_contract *self)
{
    return self->history.scheme_count > 0;
}

#endif
