/* Settlements of real years: what happened (`actual`) put through the budget and the plan, years and
 * fund balances linked. */
#ifndef BAOGAN_ACTUAL_ACTUAL
#define BAOGAN_ACTUAL_ACTUAL

#include "contract/budgets.h"

#include <baogan/demand.h>

typedef struct bg_settled {
    int year;
    size_t scheme;
    bg_settlement_block block; /* of one unit */
    bg_trace trace;
    bg_payments payments;   /* by the calendar, where the contract has one */
    bool score_of_scenario; /* the actuals give none, so that it is `performance`'s */
} bg_settled;

typedef struct bg_settled_list {
    bg_settled *items; /* by year, then scheme */
    size_t count;
    bg_budgets budget; /* of all years */
} bg_settled_list;

/* Budgets all years, and settles those of `actual` up to `last_year` (0: all). What is not known of a year is
 * expected as on the central path of `demand`. A fund's balance is that of actual[year][scheme].opening where
 * given, else what the year before left, else the opening balance of the budget. Errors with marks: a year
 * that is no budget year, a scheme without history, no expense. Free with bg_settled_list_free whatever the
 * outcome; twice is safe. */
bg_status bg_settle_actuals(const bg_contract *contract, const bg_demand *demand, int last_year,
                            bg_settled_list *list, bg_errors *errors);
void bg_settled_list_free(bg_settled_list *self);

/* What that would refuse of the actuals, as warnings: for who does not settle them. */
void bg_actuals_advise(const bg_contract *contract, bg_errors *errors);

#endif
