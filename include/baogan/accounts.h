/* The institutions' own account: who provides which line of care in the county, and what one more case of it costs them.
 * sim/contract/README.md, "The institutions' own account". */
#ifndef BAOGAN_ACCOUNTS_H
#define BAOGAN_ACCOUNTS_H

#include <baogan/history.h>
#include <baogan/settlement.h>

typedef struct bg_accounts bg_accounts;

/* NULL in `accounts` where the scenario asks for none: no line says who provides it or what a case costs, and
 * providers do not respond. The plan names the institutions; where it names none, the community is the one. An
 * institution that it does not name: BG_INVALID. Free with bg_accounts_free. */
bg_status bg_accounts_read(const bg_scenario *scenario, const bg_history *history,
                           const bg_plan *plan, bg_accounts **accounts, bg_errors *errors);
void bg_accounts_free(bg_accounts *self);

/* At least 1; the names are those of the plan, "community" where it has none. */
size_t bg_accounts_institution_count(const bg_accounts *self);
/* Of the bills of a line the part of an institution: 0 to 1, over the institutions 1; of a line outside the county 0. */
double bg_accounts_part(const bg_accounts *self, size_t line, size_t institution);
/* Whether the parts are those of the split, since nobody said who provides the line. */
bool bg_accounts_by_split(const bg_accounts *self, size_t line);
/* What a case more costs the institution, by its bill. */
double bg_accounts_variable_cost(const bg_accounts *self, size_t line);

#endif
