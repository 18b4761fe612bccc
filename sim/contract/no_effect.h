/* What a scenario says and nothing reads: years beyond those of the contract, terms of a scheme that nothing has been
 * paid for, figures of a rule that is not chosen. */
#ifndef BAOGAN_CONTRACT_NO_EFFECT
#define BAOGAN_CONTRACT_NO_EFFECT

#include <baogan/contract.h>

/* A warning for each, with its place. */
void bg_no_effect_advise(const bg_contract *contract, bg_errors *errors);

#endif
