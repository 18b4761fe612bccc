/* The steps of the settlement plan.
 *
 * A kind of step is a row of BG_STEP_KINDS and a bg_step_kind in a file step_*.c of its own. Nothing
 * else knows the kinds: the plan reads, checks and applies them through this table. */
#ifndef RULES_STEPS_H
#define RULES_STEPS_H

#include <baogan/settlement.h>

#define BG_STEP_KINDS(X)                                                                           \
    X(disallow)                                                                                    \
    X(release)                                                                                     \
    X(cover_emergency)                                                                             \
    X(share_surplus)                                                                               \
    X(share_overspend)                                                                             \
    X(cap)                                                                                         \
    X(split)                                                                                       \
    X(clear)

/* A step of a plan. The scenario owns the node: its key is the step's name, its text the kind. An
 * opening entry has place 0 and no node. */
typedef struct bg_step {
    const struct bg_step_kind *kind;
    const bg_node *node;
    size_t place; /* from 1 */
    void *terms;  /* terms_size bytes, owned by the plan */
} bg_step;

typedef struct bg_run bg_run;

typedef struct bg_step_kind {
    const char *name;
    size_t terms_size;
    /* Fills step->terms from step->node; NULL where there is nothing to read. */
    bg_status (*read)(bg_plan *plan, bg_step *step, bg_errors *errors);
    /* Checks the step's place in the whole plan; NULL if it may stand anywhere. */
    bg_status (*check)(const bg_plan *plan, const bg_step *step, bg_errors *errors);
    /* Moves money for every unit of the block. */
    void (*apply)(const bg_step *step, bg_run *run);
} bg_step_kind;

#define BG_STEP_KIND(name) extern const bg_step_kind bg_step_##name;
BG_STEP_KINDS(BG_STEP_KIND)
#undef BG_STEP_KIND

/* The kind of that name, or NULL. */
const bg_step_kind *bg_step_kind_find(const char *name);

/* Accounts: the pool, then the funds; the plan knows where the others stand. */
#define BG_ACCOUNT_POOL    0
#define BG_ACCOUNT_BALANCE (-1) /* the running balance; in the trace part of `community` */

/* The plan at work on a block. Columns have n entries.
 *
 * Amounts are plain int64_t here: the door lets nothing beyond BG_SETTLEMENT_LIMIT in, and steps only
 * move money that is there or make up a loss, so that no sum of a unit comes near INT64_MAX. A step
 * that could create more must check for itself. */
struct bg_run {
    const bg_plan *plan;
    bg_settlement_block *block;
    size_t n;
    bg_fen *balance;    /* running balance */
    bg_fen *disallowed; /* what the disallow step took off */
    bg_fen *scratch[3]; /* free for the step at work */
    bool balance_recorded;
    bg_trace *trace; /* NULL unless the block is one unit to be explained */
    bool out_of_memory;
};

#define BG_RUN_COLUMNS      5
#define BG_SETTLEMENT_LIMIT (INT64_MAX / 64)

/* Column of an account. */
bg_fen *bg_run_account(const bg_run *run, int account);
/* Errors of BG_INTERNAL if a unit's accounts do not sum to zero, or its entitlement is not what was
 * granted. Always checked after the last step. */
bg_status bg_settlement_verify(const bg_settlement_block *block, bg_errors *errors);
/* What a fund holds at this moment: carried in, added, less used. */
void bg_run_available(const bg_run *run, int fund_account, bg_fen *available);
/* Moves amount[u], which may be negative, and records it if the block is explained. `amount` must not
 * be the column of either account. */
void bg_run_post(bg_run *run, const bg_step *step, int from, int to, const bg_fen *amount);
/* Records a line that moves nothing. */
void bg_run_note(bg_run *run, const bg_step *step, bg_fen amount);
/* Says why, for the last line recorded; only where run->trace. Mark NULL: that of the step. The two
 * texts take the same arguments. */
void bg_run_because(bg_run *run, const bg_mark *mark, const char *rate, const char *english,
                    const char *chinese, ...) __attribute__((format(printf, 4, 6)))
__attribute__((format(printf, 5, 6)));
/* Keeps the balance that the first share_* step, or else the end, meets. */
void bg_run_record_balance(bg_run *run);

/* column[u] += sign * amount[u] */
static inline void bg_column_add(bg_fen *column, const bg_fen *amount, bg_fen sign, size_t n)
{
    for (size_t u = 0; u < n; u++) {
        column[u] += sign * amount[u];
    }
}

static inline bg_fen bg_smaller(bg_fen a, bg_fen b)
{
    return a < b ? a : b;
}

static inline bg_fen bg_at_least_zero(bg_fen amount)
{
    return amount > 0 ? amount : 0;
}

__extension__ typedef __int128 bg_wide;

/* amount * share rounded once, for amount >= 0 and 0 <= share <= 1: cannot overflow. */
static inline bg_fen bg_share_of(bg_fen amount, bg_decimal share)
{
    return (bg_fen)(((bg_wide)amount * share + BG_ONE / 2) / BG_ONE);
}

/* Texts of explanations, alive to the end of the enclosing block. */
#define BG_YUAN(amount)    bg_money_grouped((amount), (char[BG_NUMBER_TEXT]){0})
#define BG_PERCENT(rate)   bg_percent_text((rate), (char[BG_NUMBER_TEXT]){0})
#define BG_NUMBER(decimal) bg_decimal_text((decimal), (char[BG_NUMBER_TEXT]){0})

#endif
