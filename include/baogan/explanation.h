/* The explanation of a settlement: what was moved, and why, as facts. Words are made when asked for. */
#ifndef BAOGAN_EXPLANATION_H
#define BAOGAN_EXPLANATION_H

#include <baogan/error.h>
#include <baogan/money.h>

typedef enum bg_argument_kind {
    BG_ARGUMENT_NONE,
    BG_ARGUMENT_AMOUNT,  /* value: whole fen; beyond: what lies beyond them, in 10^-16 fen */
    BG_ARGUMENT_RATE,    /* value: bg_decimal */
    BG_ARGUMENT_NUMBER,  /* value: bg_decimal, such as points or a year */
    BG_ARGUMENT_ACCOUNT, /* value: index as of bg_plan_account */
    BG_ARGUMENT_INPUT /* value: index as of bg_plan_input; beyond BG_MAX_INPUTS the money of a pot */
} bg_argument_kind;

typedef struct bg_argument {
    bg_argument_kind kind;
    int64_t value;
    int64_t beyond;
} bg_argument;

#define BG_REASON_ARGUMENTS 7
#define BG_POSTING_REASONS  4

/* A sentence and its arguments, in order. */
typedef struct bg_reason {
    const struct bg_sentence *sentence; /* sim/settlement/sentences.def; NULL: no reason */
    bg_argument argument[BG_REASON_ARGUMENTS];
} bg_reason;

/* One posting. Kind and name are borrowed from the plan. Opening entries have step 0 and the kinds
 * "opening" (the budget into the community's balance and the funds), "expense" and "patients". The
 * running balance counts as the community's account: replaying the postings gives the account columns. */
typedef struct bg_posting {
    size_t step; /* 1-based place in the plan; 0 for opening entries */
    const char *kind, *name;
    const char
        *pot; /* in which the step works, borrowed; NULL: none, and the balance is the unit's */
    bg_reason reason[BG_POSTING_REASONS]; /* at least one, each going on after the one before */
    bool has_rate;
    bg_decimal rate;      /* as used, if there is one */
    bg_mark mark;         /* of the rate, or of the step; file NULL for the default plan */
    int from, to;         /* account indices; -1 for none (a line that moves nothing) */
    bg_fen amount;        /* of a line that moves nothing: the amount that it works out */
    bg_fen balance_after; /* running balance of the community, or of the pot */
} bg_posting;

typedef struct bg_trace {
    bg_posting *items;
    size_t count, capacity;
} bg_trace;
void bg_trace_free(bg_trace *self);

/* In what words a posting is told. */
typedef struct bg_posting_words {
    const char *language; /* "en" or "zh" */
    /* The words for the name of an account or an input; NULL: the name itself. */
    const char *(*account)(const char *name, const char *language);
    const char *(*input)(const char *name, const char *language);
    bg_fen unit; /* of amounts: 100, 1000000, … fen; 0: yuan */
} bg_posting_words;

struct bg_plan;
/* Why, such as "overspend 2,693.00, of which the community bears this, others 1,885.10": a new string
 * that the caller frees; NULL when out of memory. `plan` is the one that the posting comes from. */
char *bg_posting_text(const bg_posting *self, const struct bg_plan *plan,
                      const bg_posting_words *words);
/* The rate, such as "70%", or "" if there is none. Returns `buffer`. */
char *bg_posting_rate(const bg_posting *self, char buffer[BG_NUMBER_TEXT]);

#endif
