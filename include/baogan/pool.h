/* The pooled fund of a scheme over the years: income, spending outside the contracts, balance. README.md of
 * sim/rules, "Pool", has the formulas. Exact, but for the growth of an amount that is drawn. */
#ifndef BAOGAN_POOL_H
#define BAOGAN_POOL_H

#include <baogan/people.h>

typedef enum bg_income_kind {
    BG_INCOME_PER_HEAD,      /* an amount for each insured person */
    BG_INCOME_CONTRIBUTIONS, /* what each insured person pays, and a subsidy */
    BG_INCOME_WAGES          /* a share of the wages of those who are not retired */
} bg_income_kind;

#define BG_MOST_CONTRIBUTION_CHANGES 16

/* A measure that changes what an insured person pays, in whole years. */
typedef struct bg_contribution_change {
    const char *measure; /* borrowed */
    int first_year, last_year;
    bg_decimal factor;
    bool off;
} bg_contribution_change;

typedef struct bg_pool {
    bool modelled; /* income is given; else only movements are shown, from balance 0 */
    bg_income_kind kind;
    /* The amount that grows after the last year that is given: income per head, subsidy or wage base, by year;
     * one amount is that of first_year. Nodes are borrowed. */
    const bg_node *amount;
    bg_decimal growth, growth_sd;
    const bg_node *contribution; /* of an insured person, by year */
    size_t change_count;         /* of it by measures */
    bg_contribution_change change[BG_MOST_CONTRIBUTION_CHANGES];
    /* How the number of insured follows the contribution; see bg_enrolment_terms of <baogan/demand.h>. */
    double elasticity, elasticity_sd, relative_cost, relative_cost_sd;
    const bg_node *rate, *retired; /* of wages, and share of the insured, by year */
    bg_groups
        groups; /* of the people, some of which are retired, in place of that share; else none */
    bool is_retired[BG_MAX_GROUPS];
    bg_decimal interest; /* a year, on a balance above 0 at its start */
    /* What a year may leave, and the balance be, of the year's income before it is remarked on. */
    bg_decimal surplus_bound, balance_bound;
    bg_fen opening;
    int first_year;
    const bg_node *outside_spending;
} bg_pool;

/* What gives income in pool[scheme]: the first such key of the section, or NULL. */
const bg_node *bg_pool_income_node(const bg_node *section);

/* Reads pool[scheme]. Errors with marks: income given in two ways, one of two parts missing, a part that says
 * nothing of the first budget year nor of one before, retired groups that are none of the people's or stand beside
 * `retired`, a relative cost of who leaves that is neither sure nor between two bounds. */
bg_status bg_pool_read(const bg_scenario *scenario, const char *scheme, int first_year,
                       bg_pool *self, bg_errors *errors);

/* Reads what measures do to contributions into the pools whose income is by them. Errors with marks: there is no such
 * pool, or the measure does not begin in a January and end in a December. */
bg_status bg_pool_read_measures(const bg_scenario *scenario, bg_pool *pools, size_t count,
                                bg_errors *errors);
/* Lets what the measure does to contributions count, or not; it does when read. */
void bg_pool_keep_measure(bg_pool *self, const char *measure, bool acts);

/* Whether a key of its section bears on it: it is modelled, the key is not of another way to give income, and of
 * enrolment the contribution changes. */
bool bg_pool_uses(const bg_pool *self, const char *key);

/* The year up to which the amount of `year` is given; from there on it grows. */
int bg_pool_amount_year(const bg_pool *self, int year);
/* Whether that growth is drawn. */
static inline bool bg_pool_is_uncertain(const bg_pool *self)
{
    return self->modelled && self->growth_sd > 0;
}

/* What an insured person pays in a year that is given or has one given before, where income is by contributions. */
bg_fen bg_pool_contribution(const bg_pool *self, int year);

/* The same by that of the base year, or where that is not given by the first that is; from 1/10 to 10, and 1
 * where income is not by contributions. */
double bg_pool_contribution_ratio(const bg_pool *self, int base_year, int year);

/* Income of `year` for n units with `people` insured each, without interest. `growth` is what the amount has grown
 * by since bg_pool_amount_year, a factor a unit; NULL: its mean. Each part is rounded to the fen once. */
bg_status bg_pool_income(const bg_pool *self, int year, size_t n, const double *people,
                         const double *growth, bg_fen *income);
/* Adds the interest on the balances at the start of the year. */
bg_status bg_pool_add_interest(const bg_pool *self, size_t n, const bg_fen *balance,
                               bg_fen *income);
bg_fen bg_pool_outside_spending(const bg_pool *self, int year);
/* balance += income - outside spending + movement (the pool account of the settlement). */
bg_status bg_pool_advance(const bg_pool *self, int year, size_t n, const bg_fen *income,
                          const bg_fen *movement, bg_fen *balance);
/* balance -= amount, the same for n units. BG_OVERFLOW where that does not fit. */
bg_status bg_pool_spend(bg_fen amount, size_t n, bg_fen *balance);

#endif
