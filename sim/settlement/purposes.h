/* What an amount is used for: shares of purposes, within minima and maxima. */
#ifndef BAOGAN_SETTLEMENT_PURPOSES
#define BAOGAN_SETTLEMENT_PURPOSES

#include <baogan/money.h>
#include <baogan/settlement.h>

/* Of a purpose; rates. */
typedef struct bg_purpose_terms {
    bg_decimal share, minimum, maximum;
} bg_purpose_terms;

typedef enum bg_purposes_fault {
    BG_PURPOSES_FIT,
    BG_PURPOSES_SHARES,  /* do not add up to 100 % */
    BG_PURPOSES_CROSSED, /* a minimum lies above its maximum */
    BG_PURPOSES_MINIMA,  /* add up to more than 100 % */
    BG_PURPOSES_MAXIMA   /* leave something that no purpose may have */
} bg_purposes_fault;

/* part[i] = the middle one of minimum, l * share and maximum, with the l for which they add up to 100 %: shares
 * first, what is below its minimum raised, what is above its maximum cut, and the rest by share. What is neither
 * raised nor cut is divided to 10^-12 by largest remainder, equal ones to the first. */
bg_purposes_fault bg_purposes_divide(size_t count, const bg_purpose_terms *terms, bg_decimal *part);

#endif
