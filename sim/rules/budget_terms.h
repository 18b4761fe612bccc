/* The terms of one scheme's budget as read from the scenario, and one year's result. Private to the
 * files budget*.c, and to the workbook of sim/report, which writes the same as formulas: terms are read in budget_terms.c, budget_funds.c, budget_base.c, budget_outside.c and budget_shares.c, applied in budget.c,
 * put into words in budget_explain.c. */
#ifndef BAOGAN_RULES_BUDGET_TERMS
#define BAOGAN_RULES_BUDGET_TERMS

#include <baogan/budget.h>

enum { MONTHS = 12, ROLLING_YEARS = 3 };

/* What decides the proportion of a year's instalments. */
typedef enum instalment_shares {
    INSTALMENTS_EQUAL,
    INSTALMENTS_BY_SEASON,
    INSTALMENTS_BY_QUARTER, /* shares of their own */
    INSTALMENTS_BY_MONTH
} instalment_shares;

/* A rate (10^-12) or an amount (fen) and where it comes from. */
typedef struct sourced {
    int64_t value;
    bg_mark mark;
    bool assumption;
} sourced;

typedef struct base_year {
    int year;
    bg_decimal weight;
    sourced recorded;   /* expense as recorded */
    sourced completion; /* share of it that is settled */
    bg_fen completed;
    int trend_years;
    bg_fen trended;
} base_year;

typedef struct adjustment {
    const char *name, *reason, *path; /* borrowed; reason may be NULL */
    sourced amount;
    int year, month, scheme;
} adjustment;

/* Of what a fund's rate is a share; in the order of the catalogue's choices. */
typedef enum fund_base {
    FUND_OF_TOTAL,
    FUND_OF_INCOME, /* of the scheme in the year */
    FUND_OF_EXPENSE /* of the year before */
} fund_base;

/* How a fund is filled, beside its rate. */
typedef struct fund_levy {
    fund_base base;
    const bg_node *node;     /* of the fund */
    const bg_node *per_head; /* amount for an insured person, by year; NULL: none */
    bool has_ceiling;
    sourced ceiling; /* share of the total that the fund holds at most */
} fund_levy;

typedef struct budget_year {
    int year;
    sourced growth; /* as written */
    sourced cap;
    bool capped; /* growth is above the cap */
    bg_decimal applied;
    bg_decimal since_first; /* product of 1 + applied over the years after the first */
    bool has_per_head;
    sourced per_head;
    sourced outside_share; /* that the pool is expected to pay outside */
    bg_decimal
        instalment_rate;   /* of the payable amount, or the total: what is paid in instalments */
    sourced income_share;  /* of the year's income, where totals come from it */
    sourced forecast;      /* people for whom the year's total was made; 0: not said */
    bg_fen change[MONTHS]; /* sum of the adjustments that begin in the month */
} budget_year;

struct bg_budget_terms {
    int scheme;
    const char *scheme_name; /* borrowed from the history */
    bg_fen money;            /* in which sentences say amounts: bg_scenario_money_shown */
    /* base */
    size_t base_count;
    base_year base_year[BG_MAX_HISTORY_YEARS];
    sourced trend;
    sourced weights; /* value unused: the place of the list */
    bg_fen base;
    /* years */
    int first_year;
    size_t year_count;
    budget_year year[BG_MAX_BUDGET_YEARS];
    bg_later_rule later_rule;
    const bg_node *from_income; /* totals are a share of the year's income; NULL: they are not */
    sourced carried_share;      /* of the pool's balance, which is added */
    bg_decimal rolling_weight[ROLLING_YEARS];
    bg_fen first_total;    /* with its adjustments, before any income limit */
    int64_t first_persons; /* expected in the first year */
    size_t adjustment_count;
    adjustment adjustment[BG_MAX_ADJUSTMENTS]; /* of all schemes, by month */
    /* limit, funds, instalments */
    sourced income_limit;
    bg_pool pool;
    size_t fund_count;
    bg_fund_terms fund[BG_MAX_FUNDS];
    sourced fund_rate[BG_MAX_FUNDS];
    fund_levy levy[BG_MAX_FUNDS];
    bool levies; /* some fund is filled otherwise than by a share of the total without a ceiling */
    sourced ratio;
    bool approves; /* instalments are a share of each month's approved cost */
    sourced approved;
    bool has_ceiling; /* of what is so paid in a year: a rate of the payable amount */
    bg_decimal ceiling;
    bool earmarked;
    instalment_shares shares;
    bg_decimal month_weight[MONTHS];
};

/* What one unit's year comes to, with the steps on the way. */
typedef struct year_result {
    bg_fen basis; /* what is grown: base, last total, mean of expenses, or the first total */
    int64_t persons;
    int64_t
        persons_before; /* insured people of the year before, where its total is corrected; else 0 */
    bg_fen corrected;   /* that total then */
    bg_fen brought;     /* what the pool's balance adds to a share of the income */
    bg_fen pool_balance;
    bg_fen grown;
    bool limited; /* there is an income limit */
    bg_fen income, limit;
    bool cut;         /* by the income limit over all communities of a pooling area */
    bg_fen recovered; /* taken off for earlier years; below zero: added */
    bg_fen opening_total, total;
    bg_fen fund[BG_MAX_FUNDS];
    bg_fen fund_base[BG_MAX_FUNDS], fund_held[BG_MAX_FUNDS]; /* where funds are levied */
    bg_fen payable;
    bg_fen instalment[MONTHS];
} year_result;

/* ---- reading ---- */

/* What is being read, and where complaints go. */
typedef struct budget_reader {
    const bg_scenario *scenario;
    const bg_history *history;
    const bg_node *budget;
    bg_errors *errors;
} budget_reader;

sourced bg_sourced_rate(const bg_node *node);
sourced bg_sourced_amount(const bg_node *node);
sourced bg_sourced_from(const bg_node *node, int64_t value);
bg_status bg_budget_too_large(const budget_reader *self, const char *what);

/* The funds: their rates, bases and ceilings. */
bg_status bg_budget_read_funds(const budget_reader *self, bg_budget_terms *terms);
/* What each fund gets in the year of units first … first + n - 1 of the block, and what is payable. BG_OVERFLOW without a
 * sentence; BG_MISSING with one. */
bg_status bg_budget_levy(const bg_budget_terms *terms, const bg_budget_block *block, size_t first,
                         size_t n, bg_errors *errors);

/* Whether totals are a share of the year's income; of the people that totals were made for. */
bg_status bg_budget_read_income(const budget_reader *self, bg_budget_terms *terms);
bg_status bg_budget_read_forecasts(const budget_reader *self, const bg_node *table,
                                   bg_budget_terms *terms);
/* Totals of units first … first + n - 1 of the block before adjustments, at least nothing, and what of them the pool's
 * balance adds. BG_OVERFLOW without a sentence; BG_MISSING with one. */
bg_status bg_budget_from_income(const bg_budget_terms *terms, const budget_year *year,
                                const bg_budget_block *block, size_t first, size_t n, bg_fen *total,
                                bg_fen *brought, bg_errors *errors);
/* total := total x people / forecast, rounded once. BG_OVERFLOW, and BG_RANGE of people that are none. */
bg_status bg_budget_correct(int64_t forecast, const double *people, size_t n, bg_fen *total);

/* Of what the fund's rate is a share, of the block's first unit. */
bg_fen bg_budget_fund_base(const bg_budget_terms *terms, const bg_budget_block *block, size_t fund);

/* Weights, completion and trend, which do not depend on the scheme; then the scheme's own base. */
bg_status bg_budget_read_base_rules(const budget_reader *self, bg_budget_terms *terms);
bg_status bg_budget_read_base(const budget_reader *self, bg_budget_terms *terms);

/* In which months instalments are paid, and in what proportion. */
bg_status bg_budget_read_months(const budget_reader *self, bg_budget_terms *terms);

/* Whether instalments follow what is approved month by month. */
bg_status bg_budget_read_approved(const budget_reader *self, bg_budget_terms *terms);

/* What the pool is expected to pay outside, and what that leaves to the instalments. */
bg_status bg_budget_read_outside(const budget_reader *self, bg_budget_terms *terms);

/* ---- instalments ---- */

/* Of units first … first + n - 1, by what is approved. BG_OVERFLOW. */
bg_status bg_budget_pay_approved(const bg_budget_terms *self, const bg_budget_block *block,
                                 size_t first, size_t n);

/* ---- explaining ---- */

/* Adds the lines of one year. */
bg_status bg_budget_explain_year(const bg_budget_terms *terms, const budget_year *year,
                                 const year_result *result, bg_budget_lines *lines);

#endif
