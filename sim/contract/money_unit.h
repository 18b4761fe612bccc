/* The unit of money of all that people read of a run: report, charts, tables, answers. */
#ifndef BAOGAN_CONTRACT_MONEY_UNIT
#define BAOGAN_CONTRACT_MONEY_UNIT

#include "format/amount.h"

#include <baogan/contract.h>

/* That of its scenario (bg_scenario_money_shown), where it is left open the one in which the past years' fund
 * payments, of which budgets have the size, read well in the language. */
bg_money_scale bg_contract_money(const bg_contract *contract, const char *language);
/* The same for what is worked out to the fen: where it is left open, yuan. */
bg_money_scale bg_contract_money_to_fen(const bg_contract *contract, const char *language);

#endif
