/* Demand models put together by hand, without a scenario. */
#ifndef BAOGAN_TESTS_SUPPORT_DEMAND_DRAFT
#define BAOGAN_TESTS_SUPPORT_DEMAND_DRAFT

#include "demand/model.h"

/* A line of scheme 0 with cases whose payments are gamma: no trend, no shocks, Poisson counts. */
bg_demand_line draft_line(double frequency, double cost_fen, double cv);
/* The same without cases: a payment per person. */
bg_demand_line draft_total(double paid_fen, double cv);

/* A copy of the draft with its streams named: lines by names[], the last base year 2024, scheme 0
 * "residents", a flat season where the draft has none. Free with bg_demand_free. */
bg_demand *draft_finished(const bg_demand *draft, const char *const *names);
/* The same with another last base year. */
bg_demand *draft_finished_after(const bg_demand *draft, const char *const *names, int base_year);

/* A path and a sampler for the model, which fail the test when out of memory. */
bg_future draft_path(const bg_demand *demand);
bg_sampler *draft_sampler(const bg_demand *demand);

/* Sum of twelve months. */
bg_fen draft_year(const bg_fen *monthly, const bg_future *path, size_t scheme, size_t year);

#endif
