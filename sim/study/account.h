/* The institutions' own account: what care in the county brings those who provide it and what it costs them, before the
 * contract and under it; what one more case does; and what care becomes by what providers do.
 *
 * Before: as if providers did nothing and nothing were kept. Care is that of the central path, what is kept or borne the
 * mean over the futures. sim/contract/README.md has the formulas. */
#ifndef BAOGAN_STUDY_ACCOUNT
#define BAOGAN_STUDY_ACCOUNT

#include <baogan/projection.h>

/* Of an institution in a year of a unit, in fen. */
typedef struct bg_account {
    double revenue;       /* what fund and patients pay for its care */
    double variable_cost; /* what that care costs beyond what is there anyway */
    double kept;          /* its part of what is kept (+) or borne (-), less what is disallowed */
    double margin;        /* revenue - variable_cost + kept */
} bg_account;

/* Whether there is any: accounts were asked for, and the projection is that of one community. */
bool bg_account_known(const bg_model *model, const bg_projection *projection);
size_t bg_account_institution_count(const bg_model *model);
/* "community" where the plan names no institutions. */
const char *bg_account_institution(const bg_model *model, size_t institution);
bg_account bg_account_before(const bg_model *model, const bg_projection *projection, size_t unit,
                             size_t year, size_t institution);
bg_account bg_account_under(const bg_model *model, const bg_projection *projection, size_t unit,
                            size_t year, size_t institution);

/* One more case of a line in the county, in fen: what it leaves who provides it, over its variable cost. With the bill C,
 * of which the fund pays f·C, the variable cost v·C and m kept of a yuan that the fund does not pay:
 *   before     C - v·C
 *   under      (1 - f)·C + (1 - m)·f·C - v·C
 *   home       the same and m·P more, P being what the fund would have paid for it outside */
typedef struct bg_case_margin {
    double bill, paid, variable_cost;
    double before, under, home; /* home: NaN where no line outside has the same service */
} bg_case_margin;

/* False of a line outside the county, without cases in the year, or that is no line of cases. Care as it is. */
bool bg_case_margin_find(const bg_model *model, const bg_projection *projection, size_t line,
                         size_t year, double kept, bg_case_margin *self);

/* A year of a scheme beside what it would be if providers did nothing. */
typedef struct bg_care_change {
    double cases; /* relative, of all cases */
    double
        bill; /* relative, of a case of the same kind in the county: each line with the cases that it
                      * would have, without what heavier cases add */
    double home;     /* cases that come back from outside */
    double patients; /* what patients pay, in fen; 0 where it is not known */
    bool bills;      /* it is known of some line */
} bg_care_change;

bg_care_change bg_care_change_find(const bg_model *model, const bg_projection *projection,
                                   size_t scheme, size_t year);

#endif
