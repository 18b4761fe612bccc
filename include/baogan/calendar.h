/* When a contract pays: the month in which a year is settled, the month in which what is settled is paid, and in how many
 * instalments a community repays what it owes. Without a calendar (`budget.calendar`) each year stands for itself.
 *
 * Months are counted from January of the settled year, from 0: 12 is January of the next year. */
#ifndef BAOGAN_CALENDAR_H
#define BAOGAN_CALENDAR_H

#include <baogan/error.h>
#include <baogan/money.h>
#include <baogan/scenario.h>

#define BG_CALENDAR_MONTHS 108 /* of a year, up to the last month of a repayment */

typedef struct bg_calendar {
    bool given;            /* else the other members mean nothing */
    size_t settled, paid;  /* months */
    size_t delay;          /* months after its own in which an instalment is paid */
    size_t repaid_from;    /* first month of the instalments of a repayment */
    size_t repaid_months;  /* how many; 0: what is owed is paid at once */
    bg_fen repaid_at_once; /* of what is owed, in the month `paid` */
    bool remainder_last;   /* the fen left over go to the last instalment, else to the first */
} bg_calendar;

/* Reads `budget.calendar`. Errors with marks: paid before it is settled, repaid before it is paid. */
bg_status bg_calendar_read(const bg_scenario *scenario, bg_calendar *calendar, bg_errors *errors);

/* Months of a year in which something may be paid; 0 without a calendar. */
size_t bg_calendar_months(const bg_calendar *self);

/* Adds what clearings[0..n-1] pay (to the community; below zero: by it) to the columns of their months,
 * due[0 … bg_calendar_months - 1]. BG_OVERFLOW. */
bg_status bg_calendar_clear(const bg_calendar *self, size_t n, const bg_fen *clearing,
                            bg_fen *const *due);

/* ---- the payments of one year ---- */

typedef enum bg_payment_kind {
    BG_PAYMENT_INSTALMENT, /* of the budget */
    BG_PAYMENT_RELEASE,    /* from a fund, before the clearing */
    BG_PAYMENT_CLEARING,   /* of the settlement, to or from the community */
    BG_PAYMENT_REPAYMENT   /* an instalment of what the community owes */
} bg_payment_kind;

typedef struct bg_payment {
    int month; /* 12 year + month - 1 */
    bg_payment_kind kind;
    bg_fen amount; /* to the community; below zero: by it */
} bg_payment;

typedef struct bg_payments {
    int settled; /* month of the settlement, as above */
    size_t count;
    bg_payment item[BG_CALENDAR_MONTHS + 12 + 12]; /* by month */
} bg_payments;

/* What a year pays before and at its clearing. */
typedef struct bg_paid_year {
    int year;
    const bg_fen *instalment; /* of its twelve months; NULL: their sum is known */
    bg_fen prepaid;           /* which then stands in December */
    bg_fen released[12];      /* from funds, by month */
    bg_fen clearing;
} bg_paid_year;

/* Its payments by month; those of zero are left out. */
void bg_calendar_payments(const bg_calendar *self, const bg_paid_year *paid, bg_payments *payments);

/* "2026-05" */
const char *bg_payment_month(int month, char buffer[16]);

#endif
