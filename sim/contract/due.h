/* What a community of a contract with a calendar is still to be paid, by month from January of the year at work on, and
 * the cash that it begins the year with: both run on over the years. Columns, borrowed. */
#ifndef BAOGAN_CONTRACT_DUE
#define BAOGAN_CONTRACT_DUE

#include <baogan/calendar.h>

typedef struct bg_due {
    const bg_calendar *calendar;
    size_t months; /* 0: there is no calendar, and nothing here counts */
    size_t year;   /* at work, from 0 */
    bg_fen *month[BG_CALENDAR_MONTHS];
    bg_fen *cash; /* at the end of the year before; then, once its months are known, of the year */
} bg_due;

/* Nothing is due, of n entries, and there is no cash. */
void bg_due_open(bg_due *self, size_t n);
/* Turns to a year, of which January comes first. */
void bg_due_begin(bg_due *self, size_t n, size_t year);
/* Adds what the year at work pays in instalments, and at its clearing (NULL: it is not settled). BG_OVERFLOW. */
bg_status bg_due_add(const bg_due *self, size_t n, bg_fen *const *instalment,
                     const bg_fen *clearing);
/* Adds what it pays in one month beside. BG_OVERFLOW. */
bg_status bg_due_add_in(const bg_due *self, size_t n, size_t month, const bg_fen *amount);

#endif
