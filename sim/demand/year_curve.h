/* What changed terms of a person's year make of a line's payments, tabulated once for many futures. README.md, "Terms
 * of a person's year".
 *
 * What a future draws for a case, c, is what the fund pays under all terms in force in the last base year: those of a
 * case, of which limit and ceiling leave a share, and what the pool pays as catastrophic insurance. The bills at which
 * that holds are found for the last base year. The knots are these bills, all of them as much higher or lower, from a
 * quarter to four times, with cubics between them; beyond its ends a curve stays as it is there. Persons have as many
 * cases as in the last base year. Every figure has the same bits on every machine. */
#ifndef BAOGAN_DEMAND_YEAR_CURVE
#define BAOGAN_DEMAND_YEAR_CURVE

#include "demand/line_benefit.h"
#include "demand/person_year.h"

enum { BG_YEAR_IN_FORCE, BG_YEAR_RENEWED, BG_YEAR_TERMS };

typedef struct bg_year_terms {
    bg_person_terms person;
    bool by_pool; /* pays catastrophic insurance itself; else an insurer does, out of a premium */
} bg_year_terms;

/* A level of a line as of bg_level, with its terms of a case. */
typedef struct bg_year_level {
    double cases, cost;
    bg_benefit_terms terms;
} bg_year_level;

/* A line of a scheme with cases and payments in the last base year. */
typedef struct bg_year_line {
    int kind; /* a person's cases of all lines of one kind of care are one negative binomial number */
    double cases;   /* of a person and year; of all lines of its kind at most 500 */
    double k;       /* size of that number */
    double payment; /* of the fund for a case, fen */
    size_t levels;
    bg_year_level level[BG_MAX_LEVELS];
    bg_limited bills;                       /* within each level */
    bool outpatient, ceiling, catastrophic; /* under which terms its payments are */
} bg_year_line;

/* The persons of a scheme, with what they are paid under the terms in force. */
typedef struct bg_year bg_year;

typedef enum bg_year_found {
    BG_YEAR_FOUND,
    BG_YEAR_TOO_MUCH, /* no bills are paid what was paid in the last base year */
    BG_YEAR_NO_MEMORY
} bg_year_found;

/* `line` has the terms of a case in force; it is copied, but what its severity refers to. */
bg_year_found bg_year_new(const bg_year_terms *in_force, size_t lines, const bg_year_line *line,
                          bg_year **year);
void bg_year_free(bg_year *self);

/* Fills a curve for each line. `renewed` are the new terms of the year and `line` the same lines with the new terms of
 * a case; both may be those in force. */
void bg_year_renew(const bg_year *self, const bg_year_terms *renewed, const bg_year_line *line,
                   bg_year_curve *curve);

#endif
