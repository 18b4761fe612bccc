/* Amounts of whole years by series: what a year to come is forecast from. */
#ifndef BAOGAN_STUDY_YEARLY
#define BAOGAN_STUDY_YEARLY

#include "study/observed.h"

typedef struct bg_year_value {
    double log_amount; /* NaN where the year is not observed whole */
    double people;     /* NaN where they are not given */
    int known;         /* the year at whose end it was known */
    bool scope_break;  /* growth into this year says nothing */
} bg_year_value;

typedef struct bg_yearly {
    const bg_observed *data; /* borrowed */
    bg_observed_measure measure;
    int first_year;
    size_t series, years;
    bg_year_value *value; /* [series][year - first_year] */
} bg_yearly;

/* Adds months and bookings up to years: fund payments, or cost where there are none. A year with months missing is left
 * out with a warning; people are those of its last row that has them. BG_MEMORY. Free in any case; twice is safe. */
bg_status bg_yearly_add_up(const bg_observed *data, bg_yearly *self, bg_errors *errors);
void bg_yearly_free(bg_yearly *self);

/* A year of a series; NULL where it lies outside the table, is not whole, or is not known at the end of `origin`. */
const bg_year_value *bg_yearly_at(const bg_yearly *self, size_t series, int year, int origin);
/* ln of the growth into that year, known at the end of `origin`; NaN where there is none, or a break of scope. */
double bg_yearly_growth(const bg_yearly *self, size_t series, int year, int origin);
/* The people of the last year known at the end of `origin` that has them; NaN where none has. */
double bg_yearly_people(const bg_yearly *self, size_t series, int origin);

#endif
