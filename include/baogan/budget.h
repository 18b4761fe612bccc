/* The budget of a scheme: base, growth, cap, income limit, funds, instalments. Exact; no randomness.
 *
 *   base   B  = sum w_y trended(E_y / c_y) / sum w_y
 *   first  T1 = B (1 + g1) + adjustments
 *   or     Tn = share of the year's income + share of the pool's balance before it, in every year
 *   later  Tn = T(n-1) (1 + gn)  |  mean of the last three expenses (1 + gn)  |  per head x people
 *   fund_j = rate_j T,  payable P = T - sum fund_j
 *   cash   = ratio (1 - s) P, in instalments; s is the share that the pool is expected to pay outside the
 *            county, 0 where the community pays that
 *
 * T(n-1) is the total of the year before as it was paid: with its adjustments, mid-year ones too, and
 * after the income limit. An amount per head that is not given is the first total (with adjustments,
 * before any limit) over the people expected in the first year; people count as whole persons.
 *
 * Rounded to the fen, half away from zero, after each completed expense, each year of trend, the
 * mean, each T and each fund. Source: Guangdong notice of August 2025 (sim/rules/README.md).
 *
 * Later years work on blocks of n units (replications): every vector below has n entries. */
#ifndef BAOGAN_BUDGET_H
#define BAOGAN_BUDGET_H

#include <baogan/horizon.h>
#include <baogan/pool.h>

#define BG_MAX_FUNDS       8
#define BG_MAX_ADJUSTMENTS 64

typedef enum bg_later_rule {
    BG_LATER_PREVIOUS_TOTAL,
    BG_LATER_ROLLING,
    BG_LATER_PER_CAPITA
} bg_later_rule;

typedef struct bg_fund_terms {
    const char *name; /* borrowed from the scenario */
    bg_decimal rate;
    bool carry_over;
    bg_fen opening; /* for this scheme: its share by size of the first totals */
} bg_fund_terms;

typedef enum bg_budget_line_kind {
    BG_BUDGET_LINE_EXPENSE,   /* of a past year as recorded; no inputs */
    BG_BUDGET_LINE_COMPLETED, /* by the rate of completion */
    BG_BUDGET_LINE_TRENDED,   /* by the rate of trend */
    BG_BUDGET_LINE_BASE,      /* mean of past years */
    BG_BUDGET_LINE_GROWN, /* base, last total or last expenses by the rate of growth or its cap */
    BG_BUDGET_LINE_PER_HEAD,   /* an amount per head by people */
    BG_BUDGET_LINE_CORRECTED,  /* last year's total by its people, over those it was made for */
    BG_BUDGET_LINE_OF_INCOME,  /* a rate of the year's income */
    BG_BUDGET_LINE_BROUGHT,    /* added: a rate of the pool's balance */
    BG_BUDGET_LINE_ADJUSTMENT, /* `inputs` are the reason that the scenario gives */
    BG_BUDGET_LINE_LIMIT,      /* a rate of the income */
    BG_BUDGET_LINE_CARRIED,    /* what years before left, taken off; no inputs */
    BG_BUDGET_LINE_TOTAL,      /* no inputs */
    BG_BUDGET_LINE_FUND,       /* a rate of the total */
    BG_BUDGET_LINE_PAYABLE,    /* the total without the funds */
    BG_BUDGET_LINE_OUTSIDE, /* expected to be paid outside: a rate of the same as the instalments */
    BG_BUDGET_LINE_INSTALMENTS, /* a rate of the payable amount or the total */
    BG_BUDGET_LINE_MONTHS       /* an instalment; no inputs */
} bg_budget_line_kind;

/* A line of the explanation of a budget: what was computed from what. Texts are owned. */
typedef struct bg_budget_line {
    bg_budget_line_kind kind;
    int year; /* budget year, or past year for the base */
    char *label_en, *label_zh;
    char *inputs; /* in yuan: "120,000,000.00 x (1 + 5%)" */
    char *shape;  /* the same with places for its amounts, for bg_budget_line_inputs */
    bg_mark mark; /* of the rate or amount used; file NULL where it is a default */
    bool assumption;
    bg_fen amount;
} bg_budget_line;

typedef struct bg_budget_lines {
    bg_budget_line *items;
    size_t count, capacity;
} bg_budget_lines;

void bg_budget_lines_free(bg_budget_lines *self);
/* The inputs of a line with amounts in a unit of so many fen (100, 1000000, …): "12,000 x (1 + 5%)". New
 * string; NULL when out of memory. */
char *bg_budget_line_inputs(const bg_budget_line *self, bg_fen unit);

/* The terms of one scheme, read from `budget`, `demand.season` and the history. */
typedef struct bg_budget_terms bg_budget_terms;

/* Reads the terms for every scheme of the history, whose pools are given, into terms[0..scheme_count-1] and
 * settles what they share (first totals, opening balances, income limit). Errors name the key. On failure
 * all entries are NULL. Free each with bg_budget_terms_free. The history must outlive them. */
bg_status bg_budget_read(const bg_scenario *scenario, const bg_history *history,
                         const bg_horizon *horizon, const bg_pool pool[BG_MAX_SCHEMES],
                         bg_budget_terms *terms[BG_MAX_SCHEMES], bg_errors *errors);
void bg_budget_terms_free(bg_budget_terms *self);

/* Whether the community pays care outside the county out of its instalments, and not the pool
 * (`budget.prepayment.outside`). Cash, instalments and clearing all follow this. */
bool bg_budget_community_pays_outside(const bg_scenario *scenario);

/* Whether instalments are a share of what is approved month by month (`budget.prepayment.approved`). */
bool bg_budget_pays_approved(const bg_budget_terms *self);
int bg_budget_first_year(const bg_budget_terms *self);
int bg_budget_years(const bg_budget_terms *self);
bg_fen bg_budget_base(const bg_budget_terms *self);
bool bg_budget_needs_expense(const bg_budget_terms *self); /* later_rule rolling */
/* Whether totals are of the year's income and have a part of the pool's balance; whether those of the year before are
 * corrected for their people. */
bool bg_budget_carries_pool(const bg_budget_terms *self);
bool bg_budget_corrects_people(const bg_budget_terms *self);
size_t bg_budget_fund_count(const bg_budget_terms *self);
const bg_fund_terms *bg_budget_fund(const bg_budget_terms *self, size_t fund);
int bg_budget_fund_index(const bg_budget_terms *self, const char *name); /* -1 if none */
bool bg_budget_is_of_income(
    const bg_budget_terms *self); /* totals are a share of the year's income */
/* Growth applied in `year` (0 of such totals) after the cap, and how much of it the cap cut off. */
bg_decimal bg_budget_growth(const bg_budget_terms *self, int year, bg_decimal *cut);
/* What the lag of the base means: mean age of the base in years before the budget year (weights and
 * trending counted), and the growth that standing still would need at `trend` a year. For reports; doubles. */
void bg_budget_lag(const bg_budget_terms *self, double trend, double *years, double *needed);

/* A block of one budget year of one scheme. Inputs are set by the caller, results filled in. */
typedef struct bg_budget_block {
    size_t n;
    int year;
    const bg_fen *previous_total; /* T(n-1); unused in the first year */
    const bg_fen *expense[3];     /* last three years, oldest first, NULL if not known; rolling */
    const double *people;         /* insured people in the year; per_capita */
    const bg_fen *income;         /* scheme income of the year, or NULL: no income limit */
    const bg_fen *raised;         /* the same as a base of funds and totals; NULL: not known */
    const bg_fen *pool_balance;   /* of the pool before the year; NULL: not known, or an area's */
    const double *
        people_before; /* insured people of the year before, where its total is corrected; NULL: not known */
    const bg_fen *held
        [BG_MAX_FUNDS]; /* what each fund holds at the start of the year; used where one has a ceiling */
    /* From the month on, the total as the income limit over all communities of a pooling area leaves
     * it (baogan/income_limit.h); NULL where it does not change in the month, in January: no such
     * limit. Then it is not computed here. */
    const bg_fen *limited[12];
    /* What earlier years left, to be taken off the total (a gain: below zero) up to the share `carried_limit` of
     * the total in January, and what was taken. NULL: nothing is. */
    const bg_fen *carried;
    bg_decimal carried_limit;
    /* What the community has paid in each month, of which a share is prepaid where the terms say so (NULL: nothing), and
     * what of the year's expense was disallowed, which is not approved (NULL: nothing was). */
    const bg_fen *month_cost[12];
    const bg_fen *cost_disallowed, *cost_of_year;
    bg_fen *recovered;          /* out, where carried */
    bg_fen *total;              /* out: T with mid-year adjustments and after the limit */
    bg_fen *opening_total;      /* out: T before mid-year adjustments (instalments start so) */
    bg_fen *fund[BG_MAX_FUNDS]; /* out: rate_j T */
    bg_fen *payable;            /* out: P */
    bg_fen *instalment[12];     /* out: monthly payments */
} bg_budget_block;

/* Computes one year. Adjustments of month 1 are part of the total from the start; a later one spreads
 * what is then still to be paid over the months from its own on. The limit holds at each step.
 * `lines`, if not NULL, gets the explanation (n must then be 1). BG_OVERFLOW when an amount does not
 * fit; BG_RANGE when adjustments make the total or an instalment negative, or the people or the last
 * expenses give no total. A sentence in `errors` says which. */
bg_status bg_budget_compute(const bg_budget_terms *self, const bg_budget_block *block,
                            bg_budget_lines *lines, bg_errors *errors);
/* What each fund gets of total[0..n-1] into fund[0..fund_count-1], and what is payable. BG_OVERFLOW. */
bg_status bg_budget_hold_back(const bg_budget_terms *self, size_t n, const bg_fen *total,
                              bg_fen *const *fund, bg_fen *payable);
/* Whether every fund is a share of the total without a ceiling, so that this says what it gets. */
bool bg_budget_funds_are_shares(const bg_budget_terms *self);
/* Whether the total of `year` changes at the beginning of a month, from 0, other than January. */
bool bg_budget_changes(const bg_budget_terms *self, int year, int month);
/* The totals from `month` on, from 0, before any income limit: what a community of a pooling area
 * wants of it. BG_OVERFLOW and BG_RANGE as above. */
bg_status bg_budget_wanted(const bg_budget_terms *self, const bg_budget_block *block, int month,
                           bg_fen *wanted, bg_errors *errors);
/* The same for totals that were contracted rather than computed: opening_total, funds, payable and the
 * instalments of a whole year follow from total[0..n-1], which is given. */
bg_status bg_budget_divide(const bg_budget_terms *self, const bg_budget_block *block,
                           bg_errors *errors);
/* The explanation of the base (completed and trended years, weights, mean). */
bg_status bg_budget_explain_base(const bg_budget_terms *self, bg_budget_lines *lines);

#endif
