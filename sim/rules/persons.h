/* Insured people enter exact rules as whole persons; the demand model counts them in doubles. */
#ifndef BAOGAN_RULES_PERSONS
#define BAOGAN_RULES_PERSONS

#include <baogan/error.h>
#include <stdint.h>

/* Nearest whole number, halves up. BG_RANGE for a negative number, one of 10^15 and more, or none. */
static inline bg_status bg_persons_round(double people, int64_t *persons)
{
    if (!(people >= 0 && people < 1e15)) {
        return BG_RANGE;
    }
    *persons = (int64_t)(people + 0.5);
    return BG_OK;
}

#endif
