#include "rules/draw.h"

#include "rules/plan.h"

bg_fen bg_run_draw(const bg_run *run, int fund_account, const bg_fen *wanted, bg_fen *paid)
{
    const size_t fund = (size_t)(fund_account - bg_plan_fund_account(0));
    const bg_fen *opening = run->fund_opening[fund];
    const bg_fen *moved = run->block->account[fund_account];
    for (size_t u = 0; u < run->n; u++) {
        paid[u] = bg_smaller(opening[u] + moved[u], wanted[u]);
    }
    return opening[0] + moved[0];
}
