/* Years of a contract that are over when a later one is watched: what was spent in them. */
#ifndef BAOGAN_STUDY_KNOWN_YEARS
#define BAOGAN_STUDY_KNOWN_YEARS

#include "study/year_to_date.h"

#include <baogan/contract.h>

typedef struct bg_known_years {
    double paid[BG_MAX_SCHEMES][BG_MAX_BUDGET_YEARS]; /* fen, completed; 0: it is not known */
} bg_known_years;

/* Of the budget years before `year` (from 0): actual[year][scheme].expense over its completion, else the sum of the months in
 * the data. */
bg_known_years bg_known_years_of(const bg_contract *contract, size_t year,
                                 const bg_year_to_date *to_date);

#endif
