/* The budgets of a scheme as rows of a sheet that works itself out: base, growth, cap, limit, funds, instalments. */
#ifndef BAOGAN_REPORT_LIVE_BUDGET
#define BAOGAN_REPORT_LIVE_BUDGET

#include "contract/budgets.h"
#include "report/live.h"

/* Adds the base and all years of a scheme to a sheet of bg_live_begin. What no formula gives here is the program's amount.
 * links[0 … years - 1] are filled. */
void bg_live_budget(const bg_budgets *budgets, size_t scheme, bg_sheet *sheet,
                    bg_live_links *links);

#endif
