/* Terms of a person's year among `benefits`: `outpatient_limit`, `ceiling`, `catastrophic`. README.md, "Terms of a
 * person's year". */
#ifndef BAOGAN_DEMAND_READ_YEAR
#define BAOGAN_DEMAND_READ_YEAR

#include "demand/reader.h"
#include "demand/year_curve.h"

/* Tells the levels and bills of a line under its terms of a case with those changes (bit j: change j; 0: as in
 * force in the last base year). A level of which no rate is in force has `terms.bands` 0. False where there is an error. */
typedef bool bg_year_describe(const void *context, size_t line, uint64_t active,
                              bg_year_line *result);

typedef struct bg_year_reading bg_year_reading;

/* Reports what is wrong with entries. NULL where something is, or nothing is there. `context` is handed to `describe`. */
bg_year_reading *bg_year_reading_new(bg_demand_reader *reader, bg_year_describe *describe,
                                     const void *context);
void bg_year_reading_free(bg_year_reading *self);

/* Whether an entry of `benefits` says something of a person's year, and nothing of a case. */
bool bg_year_alone(const bg_node *entry);

/* Makes the curve of a line under a set of changes, each of which names it. False where it makes no difference, and after
 * an error. `self` may be NULL. */
bool bg_year_reading_curve(bg_year_reading *self, size_t line, uint64_t active,
                           bg_year_curve *curve);

#endif
