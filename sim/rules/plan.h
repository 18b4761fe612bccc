/* The inside of a settlement plan, for the files that read and apply it. */
#ifndef RULES_PLAN_H
#define RULES_PLAN_H

#include "rules/inputs.h"
#include "rules/steps.h"

typedef struct bg_plan_fund {
    const char *name; /* borrowed from the scenario */
    bool carry_over;
    bool used; /* a step names it */
} bg_plan_fund;

typedef struct bg_member {
    const char *name; /* borrowed from the scenario */
    bg_decimal share;
} bg_member;

struct bg_plan {
    size_t fund_count, institution_count, step_count;
    bg_plan_fund fund[BG_MAX_FUNDS];
    bg_member institution[BG_MAX_INSTITUTIONS]; /* in the order of the file */
    size_t by_name[BG_MAX_INSTITUTIONS];        /* institutions in byte order of names */
    bg_step step[BG_MAX_STEPS];
    bg_inputs inputs;
};

/* Reads a plan from the list of its steps and the section `inputs`, which may be NULL. The funds are
 * given by name and carry_over. */
bg_status bg_plan_build(const bg_node *steps, const bg_node *inputs, const bg_plan_fund *funds,
                        size_t fund_count, bg_plan **plan, bg_errors *errors);

int bg_plan_fund_account(size_t fund);
int bg_plan_community(const bg_plan *self);
int bg_plan_institution_account(const bg_plan *self, size_t institution);
int bg_plan_outside(const bg_plan *self);
int bg_plan_patients(const bg_plan *self);

/* For the steps' read functions: the fund, or the pool or a fund, named by `key` of the step. */
bg_status bg_plan_read_fund(bg_plan *self, const bg_step *step, const char *key, int *account,
                            bg_errors *errors);
bg_status bg_plan_read_account(bg_plan *self, const bg_step *step, const char *key, int *account,
                               bg_errors *errors);
/* The input named by `base` of the step. */
bg_settlement_input bg_plan_read_base(const bg_step *step);

/* Keeps the first status that is not BG_OK. */
static inline void bg_keep(bg_status *first, bg_status next)
{
    if (*first == BG_OK) {
        *first = next;
    }
}

#endif
