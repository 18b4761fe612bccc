/* What follows from the columns of a unit, and the unit of all schemes together. */
#ifndef BAOGAN_PROJECTION_UNIT
#define BAOGAN_PROJECTION_UNIT

#include "projection/draws.h"

/* Of the first n entries of a block, which nothing has been derived for yet. BG_OVERFLOW where a sum
 * does not fit. */

/* Fills over_budget, surplus and overspend of a unit from its budget, expense and balance, and adds the
 * events that can be read off these, its result and its lowest cash. */
bg_status bg_unit_derive(bg_draws *draws, size_t unit, size_t year, size_t n);

/* Fills unit `schemes` with the sums of units 0 … schemes - 1. Expense over budget, surplus,
 * overspend and lowest cash are those of the sums: one scheme's surplus offsets another's overspend.
 * Events are read off the sums too, but a fund exhausted, a pool in deficit (the funds are separate
 * by law) and an emergency count where any scheme has them. */
bg_status bg_unit_add_up(bg_draws *draws, size_t schemes, size_t year, size_t n);

/* Fills a unit's year of `to` with the sums of the same of `from` and their lowest cash; of events with
 * those kept that happen in any. Nothing else is derived yet. */
bg_status bg_unit_sum(bg_draws *to, size_t unit, size_t year, size_t n, bg_draws *const *from,
                      size_t count);

#endif
