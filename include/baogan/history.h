/* Past years as the rest of the program reads them: schemes, lines, people, and amounts by year. */
#ifndef BAOGAN_HISTORY_H
#define BAOGAN_HISTORY_H

#include <baogan/scenario.h>

#define BG_MAX_HISTORY_YEARS 5
#define BG_MAX_LINES         64
#define BG_MAX_SCHEMES       2

typedef enum bg_place { BG_PLACE_IN, BG_PLACE_OUT } bg_place; /* inside or outside the county */

/* One line in one year. `cases` and `cost_fen` are -1 where not given; so is `paid_fen` in a year that
 * gives the scheme's total alone, and in all years of a line that no past year has. */
typedef struct bg_history_cell {
    int64_t cases;
    bg_fen cost_fen; /* bill */
    bg_fen paid_fen; /* fund payment */
} bg_history_cell;

/* A line's name is "<scheme>.<service>[.<place>]"; "total" alone means "residents.total". The service
 * word is free; inpatient, outpatient, chronic and total have priors of their own. */
typedef struct bg_line {
    const char *name;    /* borrowed from the scenario */
    const char *service; /* e.g. "inpatient"; owned by the history */
    int scheme;          /* index into schemes */
    bg_place place;
    bool has_cases;      /* its cases are known */
    const bg_node *node; /* of the last year that has it, else its entry in demand.lines */
    bg_history_cell year[BG_MAX_HISTORY_YEARS];
} bg_line;

typedef struct bg_scheme {
    const char *name;    /* "residents" or "employees" */
    double people;       /* insured people in the last base year */
    bool people_assumed; /* derived from the national spend per head, not given */
    double people_growth, people_growth_sd;
    double
        past_people[BG_MAX_HISTORY_YEARS]; /* insured people in each past year, as far as known */
    bg_fen paid_fen[BG_MAX_HISTORY_YEARS]; /* total, or sum over lines, as recorded */
    /* paid_fen / completion, rounded to the fen; -1 where that does not fit, which a budget refuses. */
    bg_fen completed_fen[BG_MAX_HISTORY_YEARS];
} bg_scheme;
/* Its name as a parameter of a message, in both languages (base/say.h); names that are none of a scheme as they
 * are. */
const char *bg_scheme_words(const char *name);

/* Schemes stand in the fixed order residents, employees (only those that occur); lines sorted by
 * name in byte order: what is projected. A scheme's lines must be the same in every year, but a year
 * may give the scheme's total alone, which then counts for the budget and says nothing of the lines.
 * demand.lines may add lines that no past year has, by their cases and payment per case; where the past
 * years of the scheme hold its total only, they take its place. */
typedef struct bg_history {
    size_t year_count, line_count, scheme_count;
    int year[BG_MAX_HISTORY_YEARS];              /* consecutive, rising */
    bg_decimal completion[BG_MAX_HISTORY_YEARS]; /* share of the year's claims settled */
    const char *declared[BG_MAX_HISTORY_YEARS];  /* "dip", "rebound", or NULL */
    bg_line line[BG_MAX_LINES];
    bg_scheme scheme[BG_MAX_SCHEMES];
    char *storage; /* private */
} bg_history;

/* "residents.total" for "total", else the name itself. */
const char *bg_full_line_name(const char *name);

/* Reads history, people and demand.emergency.declared. Errors with marks: no history, too many years
 * or lines, a gap between years, a line missing in a year, no payment or a payment of zero, cases or
 * cost given in only some years, paid above cost, a scheme's total written twice ("total" and
 * "residents.total"), a total that is added to lines in one year and stands for them in another. Where people[scheme].count is absent, people are the scheme's last payments
 * divided by the national spend per head of that year, to the whole person; where its groups are given by numbers, they
 * are their sum (<baogan/people.h>). bg_history_free is safe
 * after failure and twice. */
bg_status bg_history_read(const bg_scenario *scenario, bg_history *self, bg_errors *errors);
void bg_history_free(bg_history *self);

#endif
