/* The budgets of every scheme and year on the central path, with their explanation. */
#ifndef BAOGAN_REPORT_CENTRAL_BUDGET
#define BAOGAN_REPORT_CENTRAL_BUDGET

#include <baogan/projection.h>

typedef struct bg_budget_year {
    int year;
    bg_decimal growth, cut;
    bg_fen opening_total, total, payable;
    bg_fen fund[BG_MAX_FUNDS];
    bg_fen instalment[12];
} bg_budget_year;

/* What a base some years old means: its mean age at the first budget year, the growth that the first
 * budget carries over it, and the growth that standing still would need at `trend` a year. */
typedef struct bg_budget_lag_view {
    double years, trend, carried, needed;
} bg_budget_lag_view;

/* What is known of a budget year before its budget is computed; -1: not known. */
typedef struct bg_known_year {
    bg_fen expense; /* in place of the central path, where later budgets roll on expenses */
    bg_fen total;   /* as contracted, in place of the computed one */
} bg_known_year;

typedef struct bg_central_budget {
    size_t schemes, years;
    bg_budget_year *year; /* [scheme][year]: see bg_central_budget_year */
    bg_fen *expense;      /* [scheme][year] central or known expense */
    bg_budget_lines lines[BG_MAX_SCHEMES];
    bg_budget_lag_view lag[BG_MAX_SCHEMES];
} bg_central_budget;

/* Computes all of it. `known` has schemes x years entries or is NULL. Free with
 * bg_central_budget_free whatever the outcome; twice is safe. */
bg_status bg_central_budget_compute(bg_central_budget *self, const bg_model *model,
                                    const bg_known_year *known, bg_errors *errors);
void bg_central_budget_free(bg_central_budget *self);

const bg_budget_year *bg_central_budget_year(const bg_central_budget *self, size_t scheme,
                                             size_t year);

/* What is paid in instalments over the year. */
bg_fen bg_budget_year_prepaid(const bg_budget_year *year);

#endif
