/* Observed data: what was paid, cost, counted, by county, scheme or line, year and perhaps month, as
 * study/observed_table.h reads it. */
#ifndef BAOGAN_STUDY_OBSERVED
#define BAOGAN_STUDY_OBSERVED

#include <baogan/money.h>
#include <stdbool.h>
#include <stddef.h>

typedef enum bg_observed_measure {
    BG_OBSERVED_PAID,   /* fen */
    BG_OBSERVED_COST,   /* fen */
    BG_OBSERVED_CASES,  /* hundredths */
    BG_OBSERVED_PEOPLE, /* hundredths */
    BG_OBSERVED_MEASURES
} bg_observed_measure;

#define BG_NOT_OBSERVED INT64_MIN

typedef struct bg_observation {
    size_t series;
    int year, month; /* of care; month 0: the whole year */
    int booked;      /* 12 * year + month - 1 of the booking; 0 where that is not given */
    int known;       /* the year at whose end it was known */
    bool scope_break;
    int64_t value[BG_OBSERVED_MEASURES]; /* of that period alone, or BG_NOT_OBSERVED */
    int row;                             /* its line in the file */
} bg_observation;

typedef struct bg_observed_series {
    char *county;        /* "" where there is no such column */
    char *line;          /* "residents.inpatient.in", "residents", "" */
    size_t first, count; /* its rows */
} bg_observed_series;

typedef struct bg_observed {
    bg_observation *row; /* by series, year, month, booking */
    size_t count;
    bg_observed_series *series; /* in the order in which the table begins them */
    size_t series_count;
    bool has[BG_OBSERVED_MEASURES];
    bool monthly, has_booked;
    bool to_date; /* amounts stood as year to date and have been taken apart */
} bg_observed;

void bg_observed_free(bg_observed *self); /* twice is safe */

/* "county line" of a series, or of one without a name "the table" in both languages, for messages. Returns `buffer`. */
#define BG_OBSERVED_NAME 160
const char *bg_observed_name(const bg_observed_series *series, char buffer[BG_OBSERVED_NAME]);

#endif
