/* The yearly budgets of a contract, where what is spent is known or expected, with their explanation. */
#ifndef BAOGAN_CONTRACT_BUDGETS
#define BAOGAN_CONTRACT_BUDGETS

#include "contract/chain.h"

typedef struct bg_budget_year {
    int year;
    bg_decimal growth, cut;
    bg_fen opening_total, total, payable;
    bg_fen unlimited; /* the total, were it not for the income limit */
    bg_fen fund[BG_MAX_FUNDS];
    bg_fen instalment[12];
} bg_budget_year;

/* What a base some years old means: its mean age at the first budget year, the growth over it that the first
 * year's total carries with all its adjustments, what that would be without the income limit, and the
 * growth that standing still would need at `trend` a year, the middle one of the yearly growths expected from
 * the last past year on. */
typedef struct bg_budget_lag_view {
    double years, trend, carried, unlimited, needed;
} bg_budget_lag_view;

typedef struct bg_budgets {
    const bg_contract *contract;
    size_t schemes, years;
    bg_budget_year *year; /* [scheme][year]: see bg_budgets_year */
    bg_fen *expense;      /* [scheme][year], as expected or known */
    bg_budget_lines lines[BG_MAX_SCHEMES];
    bg_budget_lag_view lag[BG_MAX_SCHEMES];
} bg_budgets;

/* What is expected of a year, or known. */
typedef struct bg_expected_year {
    bg_fen expense; /* on which later budgets may roll */
    double people;
    bg_fen total;      /* as contracted, in place of the computed one; -1: none */
    bg_fen month[12];  /* what the community pays, of which a share may be prepaid */
    bg_fen disallowed; /* of the year's expense, and not approved */
} bg_expected_year;

/* The budgets of `count` communities, `area` being what they are together (NULL: of one for itself).
 * expected[community] has schemes x years entries. Free each of budgets[0 … count - 1] with bg_budgets_free
 * whatever the outcome; twice is safe. */
bg_status bg_budgets_compute(const bg_contract *const *member, size_t count,
                             const bg_contract *area, const bg_expected_year *const *expected,
                             bg_budgets *budgets, bg_errors *errors);
void bg_budgets_free(bg_budgets *self);

/* For those who run the chain themselves: begin, which explains the bases and has the years explained; of each
 * year what is expected, and after its budget what that has become; end, with what follows from all years. */
bg_status bg_budgets_begin(bg_budgets *self, bg_chain *chain, size_t community, bg_errors *errors);
void bg_budgets_expect(bg_budgets *self, bg_years *years, const bg_expected_year *expected);
void bg_budgets_note(bg_budgets *self, const bg_years *years);
void bg_budgets_end(bg_budgets *self);

const bg_budget_year *bg_budgets_year(const bg_budgets *self, size_t scheme, size_t year);

/* What is paid in instalments over the year. */
bg_fen bg_budget_year_prepaid(const bg_budget_year *year);

#endif
