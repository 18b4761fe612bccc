/* Direct cost of incidents, in fen: vaccinations, temporary wards and what else the fund pays beside care. README.md,
 * "Direct cost of an incident". */
#ifndef BAOGAN_DEMAND_DIRECT_COST
#define BAOGAN_DEMAND_DIRECT_COST

#include "demand/drivers.h"

/* What is expected of a line in a calendar year after the last base year, in fen, as if nothing changed and without
 * emergencies. */
double bg_expected_payments(const bg_demand *self, size_t line, int year);

/* Divides each among the lines of its incident, by what is expected of them in the year in which it begins. */
void bg_direct_costs_divide(bg_demand *self);

/* Whether it is paid in the month. */
bool bg_direct_cost_pays(const bg_change *self, size_t year, size_t month);
/* In all, in a future in which the incident happens; `normal`: its luck, of no account where it is sure. */
double bg_direct_cost_drawn(const bg_change *self, double normal);
/* Mean of all futures. */
double bg_direct_cost_mean(const bg_change *self);

/* Adds the direct costs of a month of a line, in a block of one future. */
void bg_direct_costs(const bg_demand *self, const bg_month_line *at, const bg_change_sizes *sizes,
                     bg_month_amounts *amounts);
/* Adds their means. */
void bg_direct_costs_mean(const bg_demand *self, const bg_month_line *at,
                          bg_month_amounts *amounts);
double bg_direct_costs_mean_of_year(const bg_demand *self, size_t line, size_t year);

#endif
