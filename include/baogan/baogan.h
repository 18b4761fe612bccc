/* libbaogan: budgets of county medical communities. Includes every public header. */
#ifndef BAOGAN_BAOGAN_H
#define BAOGAN_BAOGAN_H

#include <baogan/accounts.h>
#include <baogan/area.h>
#include <baogan/area_model.h>
#include <baogan/budget.h>
#include <baogan/calendar.h>
#include <baogan/catalogue.h>
#include <baogan/compare.h>
#include <baogan/contract.h>
#include <baogan/demand.h>
#include <baogan/difference.h>
#include <baogan/error.h>
#include <baogan/explanation.h>
#include <baogan/figure.h>
#include <baogan/file.h>
#include <baogan/history.h>
#include <baogan/horizon.h>
#include <baogan/income_limit.h>
#include <baogan/inputs.h>
#include <baogan/ledger.h>
#include <baogan/money.h>
#include <baogan/people.h>
#include <baogan/performance.h>
#include <baogan/pool.h>
#include <baogan/projection.h>
#include <baogan/scenario.h>
#include <baogan/settlement.h>
#include <baogan/sobol.h>
#include <baogan/solve.h>
#include <baogan/stream.h>
#include <baogan/summary.h>
#include <baogan/sweep.h>
#include <baogan/version.h>
#include <baogan/whatif.h>

#endif
