/* A fund that is to pay something: every step that draws from one does it here. */
#ifndef RULES_DRAW_H
#define RULES_DRAW_H

#include "rules/steps.h"

/* paid[u] = the smaller of what the fund holds and wanted[u] >= 0; `paid` may be `wanted`. What units
 * that the step does not apply to are said to be paid has no meaning. Moves nothing yet. Returns what
 * the fund holds for the unit to be explained. */
bg_fen bg_run_draw(const bg_run *run, int fund_account, const bg_fen *wanted, bg_fen *paid);

#endif
