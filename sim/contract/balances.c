#include "contract/balances.h"

#include <string.h>

static void copy(const bg_fen *from, size_t n, bg_fen *to)
{
    memcpy(to, from, n * sizeof *to);
}

void bg_balances_clear_deficit(const bg_balances *self, size_t n)
{
    memset(self->deficit, 0, n * sizeof *self->deficit);
    for (size_t age = 0; age < self->ages; age++) {
        memset(self->deficit_older[age], 0, n * sizeof *self->deficit);
    }
}

void bg_balances_enter(const bg_balances *self, size_t first, size_t n,
                       const bg_balances_given *given, bg_settlement_block *block, size_t unit)
{
    const bool own = given && given->deficit;
    if (!own) {
        copy(self->deficit + first, n, block->input[BG_INPUT_deficit] + unit);
    }
    for (size_t age = 0; age < self->ages && !own; age++) {
        copy(self->deficit_older[age] + first, n, block->deficit_older[age] + unit);
    }
    for (size_t fund = 0; fund < self->funds; fund++) {
        if (!given || !given->fund[fund]) {
            copy(self->fund[fund] + first, n, block->fund_opening[fund] + unit);
        }
    }
}

void bg_balances_leave(const bg_balances *self, size_t first, size_t n,
                       const bg_settlement_block *block, size_t unit)
{
    copy(block->result[BG_RESULT_deficit_left] + unit, n, self->deficit + first);
    for (size_t age = 0; age < self->ages; age++) {
        copy(block->deficit_older_left[age] + unit, n, self->deficit_older[age] + first);
    }
    for (size_t fund = 0; fund < self->funds; fund++) {
        copy(block->fund_closing[fund] + unit, n, self->fund[fund] + first);
    }
}
