#include "settlement/pot_words.h"

#include "settlement/pot_side.h"
#include "settlement/pots.h"

/* How the pot of the unit to be explained came to its part. */
static void explain_money(const bg_pot_side *self, bg_settling *run, size_t pot, bg_fen whole)
{
    const bg_fen money = run->input[bg_pot_money(pot + 1)][0];
    bg_wide left = whole;
    for (size_t p = 0; p < run->plan->pot_count; p++) {
        const bool gives = self->given[p] >= 0 && !run->plan->pot[p].own_money;
        left -= gives ? run->input[self->given[p]][0] : 0;
    }
    if (self->given[pot] >= 0) {
        bg_settling_because(
            run, BG_REASON(pot_given, bg_say_amount(run, money), bg_say_input(self->given[pot])));
    } else if (self->alone) {
        bg_settling_because(run, BG_REASON(pot_rest, bg_say_amount(run, money)));
    } else if (self->weighted) {
        bg_settling_because(run, BG_REASON(pot_weighed, bg_say_amount(run, (bg_fen)left),
                                           bg_say_input(self->weight[pot]),
                                           bg_say_amount(run, run->input[self->weight[pot]][0]),
                                           bg_say_amount(run, money)));
    } else {
        const bg_decimal share =
            bg_rate(bg_rate_rule_rates(&self->share[pot], run, run->rates[pot]), 0);
        bg_settling_by_rate(run, bg_rate_rule_mark(&self->share[pot], run), share);
        bg_settling_because(run, BG_REASON(pot_share, bg_say_amount(run, (bg_fen)left),
                                           bg_say_rate(share), bg_say_amount(run, money)));
        bg_rate_rule_explain(&self->share[pot], run);
    }
}

static void explain_expense(const bg_pot_side *self, bg_settling *run, size_t pot)
{
    const bg_fen expense = run->input[bg_pot_money(pot + 1)][0] - run->pot[pot][0];
    if (self->given[pot] >= 0) {
        bg_settling_because(run, BG_REASON(pot_less_given, bg_say_amount(run, expense),
                                           bg_say_input(self->given[pot])));
    } else if (self->alone) {
        bg_settling_because(run, BG_REASON(pot_less_rest, bg_say_amount(run, expense)));
    } else if (self->weighted) {
        bg_settling_because(run, BG_REASON(pot_less_weighed, bg_say_amount(run, expense),
                                           bg_say_input(self->weight[pot])));
    } else {
        const bg_decimal share =
            bg_rate(bg_rate_rule_rates(&self->share[pot], run, run->rates[pot]), 0);
        bg_settling_because(
            run, BG_REASON(pot_less_share, bg_say_amount(run, expense), bg_say_rate(share)));
        bg_rate_rule_explain(&self->share[pot], run);
    }
}

void bg_pots_explain(const bg_step *step, bg_settling *run, bg_fen whole)
{
    const bg_pots_terms *terms = step->terms;
    bg_fen *balance = run->balance;
    for (size_t p = 0; p < run->plan->pot_count; p++) {
        if (run->plan->pot[p].own_money) {
            continue; /* is posted */
        }
        run->balance = run->pot[p];
        run->in_pot = p + 1;
        bg_settling_note(run, step, run->pot[p][0]);
        explain_money(&terms->side[BG_POT_MONEY], run, p, whole);
        explain_expense(&terms->side[BG_POT_EXPENSE], run, p);
    }
    run->balance = balance;
    run->in_pot = 0;
}

void bg_pots_explain_end(bg_settling *run, size_t pot, bg_fen amount)
{
    bg_settling_note(run, run->plan->pots, amount);
    if (bg_pot_stands_apart(run->plan, pot)) {
        bg_settling_because(run, BG_REASON(pot_apart, bg_say_input(bg_pot_money(pot + 1))));
    } else {
        bg_settling_because(run, BG_REASON(pot_netted, bg_say_input(bg_pot_money(pot + 1))));
    }
}
