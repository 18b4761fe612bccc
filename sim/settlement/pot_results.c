/* Opens the pots' balances, and puts their results back. */
#include "settlement/pot_words.h"
#include "settlement/pots.h"

#include <string.h>

/* Its first posting may be for some units only. */
static void open_source(bg_settling *run, int account)
{
    run->columns->fill(run->n, 0, bg_settling_account(run, account));
    run->posted[1 + account] = true;
}

void bg_pots_begin(bg_settling *run)
{
    run->pots_mask = NULL;
    if (run->mask) {
        memcpy(run->pots_mask_column, run->mask, run->n * sizeof *run->mask);
        run->pots_mask = run->pots_mask_column;
    }
    for (size_t p = 0; p < run->plan->pot_count; p++) {
        run->columns->fill(run->n, 0, run->pot[p]);
        run->columns->fill(run->n, 0, run->input[bg_pot_money(p + 1)]);
        if (run->plan->pot[p].own_money) {
            open_source(run, run->plan->pot[p].source);
        }
    }
}

bool bg_pots_select(bg_settling *run)
{
    if (!run->pots_mask) {
        return true;
    }
    int64_t any = 0;
    const bool all = !run->mask;
    run->mask = run->mask_column;
    for (size_t u = 0; u < run->n; u++) {
        run->mask[u] = (all ? -1 : run->mask[u]) & run->pots_mask[u];
        any |= run->mask[u];
    }
    return any != 0;
}

/* A step that has a name puts out what it moved, and what is left, when the pots have ended. */
static void put_out_end(bg_settling *run)
{
    const int output = run->plan->pots->output;
    if (output >= 0) {
        bg_fen *left = run->block->output_balance[output];
        bg_fen *moved = run->block->output_moved[output], *netted = run->scratch[0];
        run->columns->subtract(run->n, run->balance, left, netted);
        run->columns->add(run->n, moved, netted, moved);
        memcpy(left, run->balance, run->n * sizeof *left);
    }
}

void bg_pots_end(bg_settling *run)
{
    for (size_t p = 0; p < run->plan->pot_count; p++) {
        if (!bg_pot_stands_apart(run->plan, p)) {
            run->columns->add(run->n, run->balance, run->pot[p], run->balance);
        }
        if (run->trace && (!run->pots_mask || run->pots_mask[0])) {
            bg_pots_explain_end(run, p, run->pot[p][0]);
        }
    }
    put_out_end(run);
}

void bg_pots_join(bg_settling *run)
{
    for (size_t p = 0; p < run->plan->pot_count; p++) {
        if (bg_pot_stands_apart(run->plan, p)) {
            run->columns->add(run->n, run->balance, run->pot[p], run->balance);
        }
    }
}
