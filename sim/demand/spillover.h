/* What changed terms of some care do to other care of the scheme: admissions in place of dearer visits, and visits and
 * admissions for what a lower cap cuts off. README.md, "Benefits". */
#ifndef BAOGAN_DEMAND_SPILLOVER
#define BAOGAN_DEMAND_SPILLOVER

#include "demand/drivers.h"

/* Logarithm of the price that patients pay for outpatient care of the scheme under changed terms, relative to that
 * under those in force, in future i: the mean over its lines, by what patients paid for each in the last base year. */
double bg_outpatient_log_price(const bg_demand *demand, const bg_drivers *drivers, size_t scheme,
                               size_t i);

/* After all lines are paid by their terms: changes the cases of those that react, to columns of their own. */
void bg_drivers_spill(const bg_demand *demand, size_t n, const bg_change_sizes *sizes,
                      const bg_drivers *own, bg_drivers *drivers);

#endif
