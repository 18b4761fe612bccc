/* The steps of the settlement plan.
 *
 * A kind of step is a row of BG_STEP_KINDS and a bg_step_kind in a file step_*.c of its own. Nothing
 * else knows the kinds: the plan reads, checks and applies them through this table. */
#ifndef BAOGAN_SETTLEMENT_STEPS
#define BAOGAN_SETTLEMENT_STEPS

#include "base/columns.h"
#include "settlement/condition.h"
#include "settlement/sentence.h"

#include <baogan/settlement.h>

#define BG_STEP_KINDS(X)                                                                           \
    X(disallow)                                                                                    \
    X(release)                                                                                     \
    X(cover_emergency)                                                                             \
    X(credit)                                                                                      \
    X(charge)                                                                                      \
    X(corridor)                                                                                    \
    X(share_surplus)                                                                               \
    X(share_overspend)                                                                             \
    X(deduct)                                                                                      \
    X(relief)                                                                                      \
    X(cap)                                                                                         \
    X(carry_forward)                                                                               \
    X(draw_reserve)                                                                                \
    X(pay_reserve)                                                                                 \
    X(pots)                                                                                        \
    X(split)                                                                                       \
    X(use)                                                                                         \
    X(clear)

/* A step of a plan. The scenario owns the node: its key is the step's name, its text the kind. An
 * opening entry has place 0 and no node. */
typedef struct bg_step {
    const struct bg_step_kind *kind;
    const bg_node *node;
    size_t place;       /* from 1 */
    size_t pot;         /* number from 1 of the pot in which it works; 0: on the unit's balance */
    void *terms;        /* terms_size bytes, owned by the plan */
    bg_conditions when; /* none: the step applies to every unit */
    int output;         /* index of what it puts out, -1 if nothing */
    unsigned fills, draws; /* accounts that it may put money into, or take from: bits by index */
} bg_step;

static inline unsigned bg_account_bit(int account)
{
    return 1U << account;
}

typedef struct bg_settling bg_settling;

typedef struct bg_step_kind {
    const char *name;
    size_t terms_size;
    /* Fills step->terms from step->node; NULL where there is nothing to read. */
    bg_status (*read)(bg_plan *plan, bg_step *step, bg_errors *errors);
    /* Checks the step's place in the whole plan; NULL if it may stand anywhere. */
    bg_status (*check)(const bg_plan *plan, const bg_step *step, bg_errors *errors);
    void (*free)(void *terms); /* of what the terms own, NULL if nothing */
    /* Moves money for every unit of the block. */
    void (*apply)(const bg_step *step, bg_settling *run);
} bg_step_kind;

#define BG_STEP_KIND(name) extern const bg_step_kind bg_step_##name;
BG_STEP_KINDS(BG_STEP_KIND)
#undef BG_STEP_KIND

/* The kind of that name, or NULL. */
const bg_step_kind *bg_step_kind_find(const char *name);

#define BG_MAX_RATES BG_MAX_INSTITUTIONS /* at once */

/* Accounts: the pool, then the funds; the plan knows where the others stand. */
#define BG_ACCOUNT_POOL    0
#define BG_ACCOUNT_BALANCE (-1) /* the running balance; in the trace part of `community` */

/* A plan whose unit is coarser than the fen works in this many parts of a fen, so that it rounds from
 * the unrounded amount. Steps see one kind of amount and know nothing of it. */
#define BG_FINE 10000

#define BG_SCRATCH_COLUMNS 4

/* What a group held of a shared fund and wanted of it at a step, and what one unit got. */
typedef struct bg_drawing {
    bg_fen held, wanted, paid;
} bg_drawing;

/* The plan at work on a block. Columns have n entries.
 *
 * Amounts are plain int64_t here: the door lets nothing beyond BG_SETTLEMENT_LIMIT in, and steps only
 * move money that is there or make up a loss, so that no sum of a unit comes near INT64_MAX. A step
 * that could create more must check for itself (bg_settling_check_limit). */
struct bg_settling {
    const bg_plan *plan;
    bg_settlement_block *block;
    const bg_columns *columns; /* operations on columns */
    size_t n;
    int64_t fine; /* parts of a fen that an amount counts: 1 or BG_FINE */
    /* Money in these parts; behind the inputs of the plan the money of each pot. */
    int64_t *input[BG_MAX_INPUTS + BG_MAX_POTS];
    bg_fen *fund_opening[BG_MAX_FUNDS]; /* the same */
    bg_fen *fund_added[BG_MAX_FUNDS];   /* the same */
    bg_fen *balance;           /* running balance; while a pot's step is at work that pot's */
    bg_fen *pot[BG_MAX_POTS];  /* balances of the pots; of those that stand apart to the end */
    size_t in_pot;             /* number of the pot whose lines are recorded, 0: none */
    const int64_t *pots_mask;  /* units that have pots; NULL: all of them */
    int64_t *pots_mask_column; /* room for it */
    bool posted[1 + BG_MAX_ACCOUNTS]; /* to the balance, to each account: else it is zero and its
                                         * column is not written yet */
    bg_fen *disallowed;               /* what the disallow step took off */
    bg_fen *
        checked; /* of the checks before and after the run; the first of the block's private columns */
    bg_fen
        *scratch[BG_SCRATCH_COLUMNS]; /* free for the step at work; the payer uses the last two */
    bg_decimal *rates[BG_MAX_RATES];  /* free for its rates; plan->rate_columns of them */
    bg_decimal *points;               /* what is added to a rate: of the rule at work */
    int64_t *mask;                    /* -1 where the step applies, else 0; NULL: everywhere */
    int64_t *mask_column;             /* room for it */
    int64_t *recorded;                /* -1 where the balance is, if balance_recorded */
    bool balance_recorded;            /* of some units */
    bool all_recorded;
    bg_fen *balance_before; /* before a step that puts out what it moved */
    bg_fen *group[2];       /* room for the units of one group */
    bg_drawing *drawings;   /* by step, fund, unit; NULL unless a group is to be explained */
    size_t drawn_units;     /* of a step and fund in `drawings` */
    bool replays;           /* the block is one unit of a group, whose drawings are known */
    bg_trace *trace;        /* NULL unless the block is one unit to be explained */
    size_t trace_start;     /* lines before it are not the run's */
    bool out_of_memory;
    bg_status status; /* the first failure of a step; the sentence is in errors */
    bg_errors *errors;
};

#define BG_SETTLEMENT_LIMIT (INT64_MAX / 64)

/* Column of an account that something has been posted to. */
bg_fen *bg_settling_account(const bg_settling *run, int account);
/* After the last step: accounts that nothing has been posted to are zero. */
void bg_settling_close_accounts(bg_settling *run);
/* Errors of BG_INTERNAL if a unit's accounts do not sum to zero, or its entitlement is not what was
 * granted on top of `payable`. Always checked after the last step. */
bg_status bg_settlement_verify(const bg_settlement_block *block, const bg_fen *payable,
                               bg_errors *errors);
/* Brings what a settlement in parts of a fen put out to whole fen (coarsen.c). */
void bg_settling_round(bg_settling *run);
/* An amount in parts of a fen, to the fen, half away from zero. */
bg_fen bg_settling_in_fen(bg_fen amount, int64_t fine);
/* What a fund holds at this moment: carried in, added, less used. */
void bg_settling_available(const bg_settling *run, int fund_account, bg_fen *available);
/* The surplus, max(0, balance), and the overspend, max(0, -balance), at this moment. */
void bg_settling_gain(const bg_settling *run, bg_fen *gain);
void bg_settling_loss(const bg_settling *run, bg_fen *loss);
/* Moves amount[u], which may be negative, and records it if the block is explained. `amount` must not
 * be the column of either account. */
void bg_settling_post(bg_settling *run, const bg_step *step, int from, int to,
                      const bg_fen *amount);
/* Records a movement, as it is in the accounts of the trace; -1 for none. */
void bg_settling_record(bg_settling *run, const bg_step *step, int from, int to, bg_fen amount);
/* Records a line that moves nothing. */
void bg_settling_note(bg_settling *run, const bg_step *step, bg_fen amount);
/* Says why, for the last line recorded; only where run->trace. Called again it adds a reason. */
void bg_settling_because(bg_settling *run, const bg_reason *reason);
/* The rate by which the last line is worked out, and where it stands. */
void bg_settling_by_rate(bg_settling *run, const bg_mark *mark, bg_decimal rate);
/* Where the last line stands, if not with its step; NULL: there. */
void bg_settling_stands_at(bg_settling *run, const bg_mark *mark);
/* Keeps the balance that the first corridor or share_* step, or else the end, meets. */
void bg_settling_record_balance(bg_settling *run);
/* column[u] += sign * amount[u] for the units that the step applies to. */
void bg_settling_add(const bg_settling *run, bg_fen *column, const bg_fen *amount, bg_fen sign);
/* Fails the run for one unit; the first failure stays. */
void bg_settling_fail(bg_settling *run, bg_status status, size_t unit, const bg_mark *mark,
                      const char *path, const char *name, const char *zh, const char *en, ...)
    __attribute__((format(printf, 7, 9), format(printf, 8, 9)));
/* Fails the run where a unit lacks the input, named by `key` of the step, that it cannot do without. */
void bg_settling_need_input(bg_settling *run, const bg_step *step, const char *key, int input);
/* Fails the run where the balance or an account has left the range that sums are safe in. */
void bg_settling_check_limit(bg_settling *run, const bg_step *step, int account);
/* Rounds the balance to the plan's unit; the difference goes to `rounding`. */
void bg_settling_round_balance(bg_settling *run, const bg_step *step);
/* What a unit has of the input: 1 or 0; NULL where every unit has it. */
static inline const int64_t *bg_settling_given_column(const bg_settling *run, int input)
{
    return input < BG_MAX_INPUTS ? run->block->given[input] : NULL;
}

static inline bool bg_settling_applies(const bg_settling *run, size_t unit)
{
    return !run->mask || run->mask[unit];
}

/* Whether the unit has the input. */
static inline bool bg_settling_given(const bg_settling *run, int input, size_t unit)
{
    const int64_t *given = bg_settling_given_column(run, input);
    return !given || given[unit];
}

static inline bg_fen bg_smaller(bg_fen a, bg_fen b)
{
    return a < b ? a : b;
}

static inline bg_fen bg_at_least_zero(bg_fen amount)
{
    return amount > 0 ? amount : 0;
}

/* Arguments of a reason: an amount of the run, and one in steps of 10^-12 of such an amount. */
bg_argument bg_say_amount(const bg_settling *run, bg_fen amount);
bg_argument bg_say_exact(const bg_settling *run, bg_wide steps);

/* Texts of messages, alive to the end of the enclosing block. */
#define BG_FEN(amount)     bg_money_grouped((amount), (char[BG_NUMBER_TEXT]){0})
#define BG_PERCENT(rate)   bg_percent_text((rate), (char[BG_NUMBER_TEXT]){0})
#define BG_NUMBER(decimal) bg_decimal_text((decimal), (char[BG_NUMBER_TEXT]){0})

#endif
