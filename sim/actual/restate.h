/* A year that was settled before all its claims were in, and settled again: what differs. */
#ifndef BAOGAN_ACTUAL_RESTATE
#define BAOGAN_ACTUAL_RESTATE

#include "actual/actual.h"

/* Two settlements of one year and scheme, each with its contract; everything is borrowed. */
typedef struct bg_restated {
    const bg_settled *first, *second;
    const bg_contract *first_contract, *second_contract;
} bg_restated;

/* What is paid to the community (negative: refunded by it) beyond the first clearing. */
bg_fen bg_restated_clearing(const bg_restated *self);

/* An amount in both. */
typedef struct bg_restated_amount {
    size_t step;      /* of steps: its place in the plan, from 1 */
    const char *name; /* borrowed: of an input, result, step or account */
    bg_fen first, second;
} bg_restated_amount;

typedef struct bg_restated_amounts {
    bg_restated_amount *items; /* NULL when out of memory; free() frees them */
    size_t count;
} bg_restated_amounts;

/* Inputs of money, and results. */
bg_restated_amounts bg_restated_inputs(const bg_restated *self);
bg_restated_amounts bg_restated_results(const bg_restated *self);
/* Accounts and steps of both plans: what restates a year may have changed the plan, too. What one of them
 * lacks is 0 there. */
bg_restated_amounts bg_restated_accounts(const bg_restated *self);
bg_restated_amounts bg_restated_steps(const bg_restated *self);

#endif
