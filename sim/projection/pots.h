/* Pots of a settlement in a projection: what is spent of each in a simulated year. */
#ifndef BAOGAN_PROJECTION_POTS
#define BAOGAN_PROJECTION_POTS

#include "contract/years.h"

#include <baogan/projection.h>

/* A pot whose expense only real years have, as an input without lines, cannot be simulated, nor can lines that are not
 * there, that have more parts than the whole, or less where no pot has the rest: errors of their places. */
bg_status bg_pots_check(const bg_model *model, bg_errors *errors);
/* Whether a pot has the expense of lines. */
bool bg_pots_want_lines(const bg_model *model);
/* Gives the settlement of the year what each pot's lines cost; each line's payments are divided by largest remainder. */
void bg_pots_enter(const bg_model *model, const bg_demand_columns *demand, bg_years *years);
/* The same of a year whose expense was changed: parts of it, each at most what the others leave. */
void bg_pots_fit(const bg_model *model, bg_years *years);

#endif
