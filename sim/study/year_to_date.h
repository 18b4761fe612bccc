/* The months of a running budget year, as observed data give them: what was known of each at each month-end.
 *
 * Where months of care and of booking are both known and months are those of care (`incurred`), a month-end is the first
 * at which anything is booked of the month: `delay` months after the month itself, the least there is in the data. Else
 * all that is given of a month is known at its end. */
#ifndef BAOGAN_STUDY_YEAR_TO_DATE
#define BAOGAN_STUDY_YEAR_TO_DATE

#include "study/observed.h"

#include <baogan/horizon.h>

enum { BG_YEAR_MONTHS = 12, BG_MOST_MONTHS = BG_YEAR_MONTHS * BG_MAX_SCHEMES };

typedef struct bg_year_to_date {
    int year;      /* calendar */
    size_t months; /* that are known of all schemes, 1 to 12 */
    bool run_off;  /* months are those of care, and bookings are known */
    size_t delay;  /* in months */
    double seen[BG_YEAR_MONTHS]
               [BG_MOST_MONTHS]; /* [end][scheme][month] fen, at the end of month end + 1 */
    bool has_last;               /* all months of the year before are there */
    double last[BG_MOST_MONTHS];
    size_t past_years;           /* earlier years of which all months are there */
    double past[BG_MOST_MONTHS]; /* their sum */
    double before
        [BG_MAX_SCHEMES]
        [BG_MAX_BUDGET_YEARS]; /* by years back, from 0: of those among them, all their months */
} bg_year_to_date;

/* Of the latest year in the data, or of `year` if that is not 0, as fund payments of the schemes of the history. `name`
 * stands for the data in messages. Refused: data without months or fund payments, of several counties, of lines beside
 * the total of their scheme, of other schemes, of some schemes only, and years that do not begin in January. */
bg_status bg_year_to_date_find(const bg_observed *data, const bg_history *history, int year,
                               bool incurred, const char *name, bg_year_to_date *self,
                               bg_errors *errors);

#endif
