/* The inside of a settlement plan, for the files that read and apply it. */
#ifndef BAOGAN_SETTLEMENT_PLAN
#define BAOGAN_SETTLEMENT_PLAN

#include "settlement/inputs.h"
#include "settlement/steps.h"

/* How the communities of a pool share a fund; in the order of the catalogue's choices. */
typedef enum bg_sharing {
    BG_SHARED_NOT,
    BG_SHARED_PRO_RATA,  /* where it is short: in proportion to what each wants */
    BG_SHARED_FIRST_COME /* in the order of the communities */
} bg_sharing;

typedef struct bg_plan_fund {
    const char *name; /* borrowed from the scenario */
    bool carry_over;
    bg_sharing shared;
} bg_plan_fund;

/* A part of the balance with steps of its own. */
typedef struct bg_plan_pot_terms {
    const char *name; /* borrowed from the scenario */
    bool netted;      /* its result goes back to the balance; else to the split as it is */
    bool own_money;   /* that is not the fund's; it comes from an account of the pot's name */
    int source;       /* that account */
} bg_plan_pot_terms;

/* An institution; the split that names it knows its share. */
typedef struct bg_plan_institution_terms {
    const char *name;        /* borrowed from the scenario */
    char *disallowed;        /* owned: name of the input */
    size_t disallowed_input; /* its place */
} bg_plan_institution_terms;

struct bg_plan {
    size_t fund_count, institution_count, step_count;
    bg_fen money; /* in which sentences say amounts: bg_scenario_money_shown */
    bg_plan_fund fund[BG_MAX_FUNDS];
    bool community_pays_outside;                                /* out of its instalments */
    bg_plan_institution_terms institution[BG_MAX_INSTITUTIONS]; /* in the order of the file */
    size_t by_name[BG_MAX_INSTITUTIONS]; /* institutions in byte order of names */
    size_t purpose_count;
    const char *purpose[BG_MAX_PURPOSES];    /* of `use`, borrowed, in the order of the file */
    size_t purpose_by_name[BG_MAX_PURPOSES]; /* in byte order of names */
    size_t pot_count;
    bg_plan_pot_terms pot[BG_MAX_POTS]; /* in the order of the file */
    size_t pot_by_name[BG_MAX_POTS];    /* in byte order of names */
    const bg_step *pots;                /* the step that divides the balance; NULL: none */
    size_t pots_end;     /* place of the last step that works in a pot, or of `pots` */
    size_t source_count; /* of money that is not the fund's */
    size_t payer_count;  /* of them first, those that every step may name */
    const char
        *source[BG_MAX_POTS]; /* their names; behind them those of pots that have such money */
    bg_step step[BG_MAX_STEPS];
    bg_inputs inputs;
    bg_fen unit; /* of the result, fen */
    int64_t fine;
    size_t deficit_years;    /* in which a loss can be made up, at most; 0: no end */
    const bg_step *recovery; /* moves what a year leaves into the next total; NULL: none does */
    bool carries_gain;       /* so that a deficit may be below zero */
    size_t advance_count;
    size_t advance_month[BG_MAX_ADVANCES]; /* from 0; of releases that are paid in the year */
    bool dated;                            /* the contract has a calendar */
    size_t rate_columns;                   /* that a step needs at once, at most */
    size_t output_count;
    const bg_step *output[BG_MAX_STEPS];
};

/* What a plan is read from. */
typedef struct bg_plan_source {
    const bg_node *steps;
    const bg_node *inputs; /* NULL: built-in inputs only */
    const bg_plan_fund *funds;
    size_t fund_count;
    const bg_node *payers; /* further accounts that may pay; NULL: none */
    bool community_pays_outside;
    bool dated;  /* the contract has a calendar */
    bg_fen unit; /* to which the result is rounded; 0 and 1: the fen */
} bg_plan_source;

bg_status bg_plan_build(const bg_plan_source *source, bg_plan **plan, bg_errors *errors);

int bg_plan_fund_account(size_t fund);
/* The fund of that account, NULL for the pool. */
const bg_plan_fund *bg_plan_fund_of(const bg_plan *self, int account);
bool bg_plan_is_fund_account(const bg_plan *self, int account);
/* Of money that is not the fund's, by its place in the plan's `source`. */
int bg_plan_source_account(const bg_plan *self, size_t source);
int bg_plan_community(const bg_plan *self);
/* What an input of a step is called: its name, or that of the pot whose money it is. */
const char *bg_plan_input_name(const bg_plan *self, int input);
int bg_plan_institution_account(const bg_plan *self, size_t institution);
int bg_plan_outside(const bg_plan *self);
int bg_plan_patients(const bg_plan *self);

/* For the steps' read functions: the fund, or the pool or a fund, named by `key` of the step. */
bg_status bg_plan_read_fund(bg_plan *self, const bg_step *step, const char *key, int *account,
                            bg_errors *errors);
bg_status bg_plan_read_account(bg_plan *self, const bg_step *step, const char *key, int *account,
                               bg_errors *errors);
/* The same, of that name, which stands at the node. */
bg_status bg_plan_find_account(const bg_plan *self, const bg_step *step, const bg_node *node,
                               const char *name, int *account, bg_errors *errors);
/* The input that the node names. For BG_KIND_RATE it may also be a number. */
bg_status bg_plan_find_input(const bg_plan *self, const bg_node *node, bg_input_kind kind,
                             int *input, bg_errors *errors);
/* The input of money named by `key` of the step, which must be there. */
bg_status bg_plan_read_input(const bg_plan *self, const bg_step *step, const char *key, int *input,
                             bg_errors *errors);
/* Whether one unit can meet both steps. */
bool bg_steps_meet(const bg_step *a, const bg_step *b);

#endif
