/* Terms that look at a person's whole year: the yearly limit of outpatient care, the ceiling (封顶线) of all payments, and
 * catastrophic insurance (大病保险) on what is left to the patient (个人负担). README.md, "Terms of a person's year".
 *
 * A person's cases of one kind of care are negative binomial, independent of those of another kind and of their bills.
 * Money is in any one unit. Every figure has the same bits on every machine. */
#ifndef BAOGAN_DEMAND_PERSON_YEAR
#define BAOGAN_DEMAND_PERSON_YEAR

#include "demand/benefit.h"

#include <stdbool.h>

/* A part of the cases of a kind of care, such as those at hospitals of one level. */
typedef struct bg_person_level {
    double share; /* of the cases of its kind; all shares add up to 1 */
    const bg_benefit_terms *terms;
    const bg_limited *bills;
    double bill; /* the mean bill */
} bg_person_level;

typedef struct bg_person_care {
    double mean, k; /* cases of a person and year: variance mean + mean^2 / k; mean up to 500 */
    size_t levels;
    const bg_person_level *level;
    bool outpatient;     /* under the outpatient limit */
    bool catastrophic;   /* what is left of its eligible bills counts for catastrophic insurance */
    bool beyond_ceiling; /* its payments are not under the ceiling */
} bg_person_care;

typedef struct bg_person_terms {
    double outpatient_limit; /* INFINITY where there is none */
    double ceiling;          /* likewise */
    size_t bands;            /* of catastrophic insurance, 0 to BG_BENEFIT_BANDS */
    /* From the threshold on, rising; rates as of the bands of a bill. */
    double from[BG_BENEFIT_BANDS], rate[BG_BENEFIT_BANDS];
    double cap; /* of catastrophic insurance in the year; INFINITY where there is none */
} bg_person_terms;

typedef struct bg_person_year {
    double paid;         /* mean payments of a person and year without terms of the year */
    double outpatient;   /* what the limit leaves of those of outpatient care; 1 without a limit */
    double ceiling;      /* what the ceiling leaves of all payments after that; 1 without one */
    double catastrophic; /* mean payment of catastrophic insurance, a person and year */
} bg_person_year;

void bg_person_year_compute(bg_person_year *self, const bg_person_terms *terms, size_t cares,
                            const bg_person_care *care);

#endif
