/* The settlement plan: ordered, typed steps applied to a block of units held as columns.
 *
 * The balance starts at payable - expense. Each step moves money between accounts; for every unit
 * the movements of all accounts sum to zero, and the entitlement computed from expense, disallowance
 * and result equals the one computed from payable and the steps. Both are checked on every call.
 *
 * Accounts (net movement in the unit's year, + received):
 *   pool, each fund (what the year added less what it paid), the source of each pot's own money, community (services rendered inside,
 *   and what `split` has not passed on), each institution, each purpose (what `use` has put to it), outside
 *   (providers outside the county),
 *   patients, rounding.
 * Steps are rows of a table (sim/settlement/steps.h): adding one is adding a row and a function. */
#ifndef BAOGAN_SETTLEMENT_H
#define BAOGAN_SETTLEMENT_H

#include <baogan/budget.h>
#include <baogan/explanation.h>
#include <baogan/inputs.h>
#include <baogan/scenario.h>

#define BG_MAX_INSTITUTIONS 64
#define BG_MAX_PURPOSES     16
#define BG_MAX_POTS         16
#define BG_MAX_ACCOUNTS     (BG_MAX_FUNDS + BG_MAX_POTS + BG_MAX_INSTITUTIONS + BG_MAX_PURPOSES + 5)
#define BG_MAX_STEPS        64
#define BG_MAX_ADVANCES     4
#define BG_MAX_DEFICIT_AGES 9 /* of a deficit that can be made up in ten years */

typedef struct bg_plan bg_plan;

/* Reads and checks `inputs` and `settlement` against `budget.funds`; a history is not needed. Errors
 * with marks: unknown fund or account, bands that do not rise, shares that do not add up to 100 %, no
 * clear or steps after it. Free with bg_plan_free. The scenario must outlive the plan. */
bg_status bg_plan_read(const bg_scenario *scenario, bg_plan **plan, bg_errors *errors);
void bg_plan_free(bg_plan *self);

size_t bg_plan_institution_count(const bg_plan *self);
/* Whether the community pays care outside out of its instalments, and not the pool. */
bool bg_plan_community_pays_outside(const bg_plan *self);
const char *bg_plan_institution(const bg_plan *self, size_t institution);
/* Its share of a gain; false where that is no constant, or there is no split. */
bool bg_plan_institution_share(const bg_plan *self, size_t institution, bg_decimal *share);
/* Pots into which the balance is divided, in the order of the plan. */
typedef struct bg_pot_info {
    const char *name;
    bool own_money; /* that is not the fund's */
    int expense;    /* input that says what was spent of it; -1: a part of the unit's expense */
    const bg_node *node; /* where it stands */
} bg_pot_info;
size_t bg_plan_pot_count(const bg_plan *self);
bg_pot_info bg_plan_pot(const bg_plan *self, size_t pot);
/* What the kept part of a gain is used for; each is an account. */
size_t bg_plan_purpose_count(const bg_plan *self);
const char *bg_plan_purpose(const bg_plan *self, size_t purpose);
int bg_plan_purpose_account(const bg_plan *self, size_t purpose);
size_t bg_plan_account_count(const bg_plan *self);
const char *bg_plan_account(const bg_plan *self, size_t account);
int bg_plan_account_index(const bg_plan *self, const char *name); /* -1 if none */
/* How many parts of a deficit, by age, the plan needs to know: 0 unless a loss lapses after two years or more. */
size_t bg_plan_deficit_ages(const bg_plan *self);
/* Whether what a year left is moved into the next year's total, as a deficit taken off it, and up to what
 * share of that total; false where no rate holds for the year. */
bool bg_plan_recovers_from_budget(const bg_plan *self);
bool bg_plan_recovery_limit(const bg_plan *self, int year, bg_decimal *limit);
/* Releases that are paid in the course of the year, and the month of each, from 0. */
size_t bg_plan_advance_count(const bg_plan *self);
size_t bg_plan_advance_month(const bg_plan *self, size_t advance);
bool bg_plan_shares_fund(const bg_plan *self, size_t fund); /* communities of a pool share it */
bool bg_plan_shares_funds(const bg_plan *self);             /* at least one */

/* What steps may do with a fund: pay it out as part of the result `released` or `covered`, or anything
 * else, as to share a loss or to take in what another fund does not release. */
#define BG_FUND_RELEASED  1U
#define BG_FUND_COVERS    2U
#define BG_FUND_OTHERWISE 4U
unsigned bg_plan_fund_uses(const bg_plan *self, size_t fund);
/* The bands of the first step of that kind ("share_surplus", "share_overspend") for charts: upper
 * limits as a share of the base (BG_DECIMAL_MAX * BG_ONE for rest) and shares. Returns their number. */
size_t bg_plan_bands(const bg_plan *self, const char *kind, size_t capacity, bg_decimal *limits,
                     bg_decimal *shares);

#define BG_MAX_BANDS 32

/* A step that shares a surplus or an overspend, as it holds for a year and a score. */
typedef struct bg_share_terms {
    const char *step; /* its name or kind */
    bool overspend;   /* shares a loss: the parts are what the community bears */
    bool open;        /* the bands can be read in two ways, and the plan does not say which */
    bool edge_above;  /* a rate of exactly a limit belongs to the band above it */
    const char *base; /* input of which limits are shares, such as "budget" */
    size_t count;     /* of bands; 0 where an input of the unit decides about a share */
    bg_decimal limit[BG_MAX_BANDS], share[BG_MAX_BANDS]; /* the last limit means nothing */
    bool whole
        [BG_MAX_BANDS]; /* the share holds for the whole amount, not for the part in its band */
} bg_share_terms;

/* The step of that index, from 0, among those that share; false beyond the last. */
bool bg_plan_share_terms(const bg_plan *self, size_t index, int year, bg_decimal score,
                         bg_share_terms *sharing);
/* The community's part of an amount >= 0, to the fen; with `as_whole` each share holds for the whole
 * amount, whatever the plan says. */
bg_fen bg_share_terms_part(const bg_share_terms *self, bool as_whole, bg_fen amount, bg_fen base);

/* Bands of all steps of that kind: how many the longest table has. Number `band` of them, from 1: its upper limit as
 * a share of the base (BG_DECIMAL_MAX * BG_ONE for rest) and the name of the base; false where two such steps
 * differ in them or lack it. */
size_t bg_plan_band_count(const bg_plan *self, const char *kind);
bool bg_plan_band_limit(const bg_plan *self, const char *kind, size_t band, bg_decimal *limit,
                        const char **base);

/* Built-in inputs, one column each; the first in bg_plan_input. */
#define BG_SETTLEMENT_INPUTS(X)                                                                    \
    X(budget)     /* T */                                                                          \
    X(payable)    /* P = T - funds */                                                              \
    X(prepaid)    /* instalments paid */                                                           \
    X(expense)    /* gross */                                                                      \
    X(emergency)  /* part of expense caused by an emergency */                                     \
    X(rebound)    /* part of expense that is deferred care returning */                            \
    X(disallowed) /* part of expense that is disallowed; never overlaps emergency */               \
    X(outside)    /* part of expense paid to outside providers, by pool or community */            \
    X(patients)   /* patients' own payments for the same care; 0 where not known */                \
    X(deficit)    /* of earlier years, still to be made up; a gain carried: below zero */          \
    X(score)      /* points in 10^-12 */                                                           \
    X(year)       /* calendar year in 10^-12; 0 where no rule asks for it */

/* Results besides accounts. */
#define BG_SETTLEMENT_RESULTS(X)                                                                   \
    X(balance)      /* on reaching the first corridor or share_* step: < 0 is an overspend */      \
    X(released)     /* from funds to the balance by `release` */                                   \
    X(covered)      /* paid by a fund for an emergency */                                          \
    X(shared)       /* paid (+) or taken (-) by others in all other steps */                       \
    X(result)       /* the community's gain (+) or loss (-) */                                     \
    X(entitlement)  /* expense - disallowed + result */                                            \
    X(clearing)     /* entitlement - prepaid (- outside paid by the pool): + paid, - refunded */   \
    X(deficit_left) /* deficit still to be made up, carried into the next year */

typedef enum bg_settlement_input {
#define BG_COLUMN(name) BG_INPUT_##name,
    BG_SETTLEMENT_INPUTS(BG_COLUMN)
#undef BG_COLUMN
        BG_INPUT_COUNT
} bg_settlement_input;

typedef enum bg_settlement_result {
#define BG_COLUMN(name) BG_RESULT_##name,
    BG_SETTLEMENT_RESULTS(BG_COLUMN)
#undef BG_COLUMN
        BG_RESULT_COUNT
} bg_settlement_result;

/* Machine names of inputs and results, by their enumerations. */
extern const char *const bg_settlement_input_names[BG_INPUT_COUNT];
extern const char *const bg_settlement_result_names[BG_RESULT_COUNT];

/* What named steps put out, in the order of the plan. */
size_t bg_plan_output_count(const bg_plan *self);
const char *bg_plan_output(const bg_plan *self, size_t output);

#define BG_MAX_INPUTS (BG_INPUT_COUNT + BG_MAX_NAMED_INPUTS + BG_MAX_INSTITUTIONS)

/* The inputs of a plan: input[i] of a block is the column of bg_plan_input(plan, i). Every institution
 * of a split has one, "disallowed.NAME", for the disallowed expense that is known to be its own. */
size_t bg_plan_input_count(const bg_plan *self);
const bg_named_input *bg_plan_input(const bg_plan *self, size_t input);
int bg_plan_input_index(const bg_plan *self, const char *name); /* -1 if none */
int bg_plan_disallowed_input(const bg_plan *self, size_t institution);

/* A block of n units. All columns belong to the block and have n entries; the caller fills the
 * inputs, what is given of them, fund_added and fund_opening. Later n may be lowered, to settle
 * fewer.
 *
 * Communities of one pool may share funds (budget.funds[].shared). Then they stand one behind the
 * other: with C communities, units g, g + n/C, g + 2n/C, … are a group, in the communities' order. A
 * group holds its shared funds together: the part of one unit, what it put in less what it drew, may
 * be negative, their sum never is. */
typedef struct bg_settlement_block {
    size_t n;
    size_t communities;  /* C; 1 if not changed: each unit is alone */
    bool by_institution; /* inputs "disallowed.NAME" count; where a unit has any, they add up to its
                            disallowed expense */
    bool contract_end;   /* funds return to the pool whether or not they carry over */
    int64_t *input[BG_MAX_INPUTS];
    /* 1 where the unit has the input, else 0 and an input of 0; NULL for built-in inputs, which
     * every unit has. */
    int64_t *given[BG_MAX_INPUTS];
    bg_fen *fund_added[BG_MAX_FUNDS];   /* this year's part of the budget */
    bg_fen *fund_opening[BG_MAX_FUNDS]; /* carried in */
    /* What of the deficit is older than one year, than two, …: each a part of the one before; of
     * bg_plan_deficit_ages. Of the deficit as the year begins, and out: as the next one does. */
    bg_fen *deficit_older[BG_MAX_DEFICIT_AGES], *deficit_older_left[BG_MAX_DEFICIT_AGES];
    /* How much less the total of the year is for what earlier years left, which the deficit then holds no longer;
     * NULL where that is not moved into totals. */
    bg_fen *recovered;
    bg_fen *advanced
        [BG_MAX_ADVANCES]; /* out: released and paid before the clearing, which is less by it */
    bg_fen *fund_left[BG_MAX_FUNDS];    /* out: at year end, before it is carried on or returned */
    bg_fen *fund_closing[BG_MAX_FUNDS]; /* out: carried on */
    bg_fen *result[BG_RESULT_COUNT];    /* out */
    bg_fen *account[BG_MAX_ACCOUNTS];   /* out: by account index */
    bool bands;                         /* whether `band` is wanted */
    int64_t *band; /* out, where wanted: the band that a unit's rate of surplus or overspend lies
                                         * in as it is first shared: from 1 of a surplus, from -1 down of an
                                         * overspend; 0: nothing was shared */
    bg_fen *output_moved[BG_MAX_STEPS];   /* out: by which a named step changed the balance */
    bg_fen *output_balance[BG_MAX_STEPS]; /* out: balance after it */
    bg_fen *institution_result[BG_MAX_INSTITUTIONS];     /* out: split of result */
    bg_fen *institution_disallowed[BG_MAX_INSTITUTIONS]; /* out: split of disallowed, >= 0 */
    size_t account_count;
    int64_t *work;    /* private */
    int64_t *storage; /* private */
} bg_settlement_block;

bg_status bg_settlement_block_init(bg_settlement_block *self, const bg_plan *plan, size_t n);
void bg_settlement_block_free(bg_settlement_block *self);
/* Units first … first + n - 1 of the block, each alone, in the same columns. Not to be freed, nor to be
 * settled while the block or another part of it is. */
bg_settlement_block bg_settlement_block_part(const bg_settlement_block *self, size_t first,
                                             size_t n);
/* Gives every unit what an empty cell stands for, of all inputs that are not built in. */
void bg_settlement_block_fill_empty(bg_settlement_block *self, const bg_plan *plan);

/* A year settled before all its claims are in: expense and what of it the pool pays outside are divided
 * by `completion` (a rate above 0; NULL: complete), rounded once each. Other parts of the expense stay
 * as recorded. `trace`, if not NULL, gets lines of step 0 and the kind "completion". BG_OVERFLOW with
 * the place of the rate. */
bg_status bg_settlement_complete(const bg_node *completion, bg_fen *expense, bg_fen *outside,
                                 bg_trace *trace, bg_errors *errors);

/* Applies the plan to the block. `trace`, if not NULL, is one for each unit and gets its postings.
 * BG_OVERFLOW, BG_RANGE (an input that cannot be: negative expense, parts above the whole) or
 * BG_INTERNAL (accounts that do not sum to zero) with a sentence in `errors`. */
bg_status bg_settlement_apply(const bg_plan *plan, bg_settlement_block *block, bg_trace *trace,
                              bg_errors *errors);

#endif
