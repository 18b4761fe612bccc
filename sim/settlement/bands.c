#include "settlement/bands.h"
#include "settlement/messages.h"

#include <stdio.h>
#include <string.h>

/* ---- reading ---- */

/* What all lower bands give beyond this band's share of them, by Abel's summation:
 * offset_j = sum over k < j of (share_k - share_(k+1)) limit_k. */
static void work_out_offsets(bg_band *band, size_t count)
{
    bg_wide offset = 0;
    for (size_t j = 1; j < count; j++) {
        const bg_band *below = &band[j - 1];
        offset += (bg_wide)(below->share - band[j].share) * below->limit;
        bg_wide rest = offset % BG_ONE;
        if (rest < 0) {
            rest += BG_ONE;
        }
        band[j].offset_whole = (int64_t)((offset - rest) / BG_ONE);
        band[j].offset_rest = (int64_t)rest;
    }
}

static bg_status read_band(bg_plan *plan, const bg_node *node, bg_bands *self, bg_errors *errors)
{
    const size_t k = self->count++;
    bg_status status = bg_rate_rule_read(plan, node, &self->rule[k], errors);
    self->band[k] = (bg_band){.limit = node->limit, .share = self->rule[k].constant};
    self->constant = self->constant && self->rule[k].form == BG_RATE_RULE_CONSTANT;
    return status;
}

bg_status bg_bands_read(bg_plan *plan, const bg_node *table, bg_bands *self, bg_errors *errors)
{
    const size_t count = bg_node_count(table);
    if (count > BG_MAX_BANDS) {
        return bg_errors_say(errors, BG_LIMIT, table->mark, table->path, BG_SAY(bands_too_many),
                             count, BG_MAX_BANDS);
    }
    const bg_node *last = NULL;
    bg_status status = BG_OK;
    self->count = 0;
    self->constant = true;
    for (const bg_node *node = table->child; node; node = node->next) {
        bg_first(&status, read_band(plan, node, self, errors));
        last = node;
    }
    if (!last || strcmp(last->key, "rest") != 0) {
        return bg_errors_say(errors, BG_MISSING, table->mark, table->path,
                             BG_SAY(bands_without_rest));
    }
    self->band[self->count - 1].limit = BG_DECIMAL_MAX * BG_ONE;
    work_out_offsets(self->band, self->count);
    if (!self->constant && plan->rate_columns < self->count) {
        plan->rate_columns = self->count;
    }
    return status;
}

/* ---- at work ---- */

static void apply_rules(const bg_bands *self, bg_settling *run, const bg_fen *amount,
                        const bg_fen *base, bg_fen *kept)
{
    const size_t count = self->count;
    bg_rates rates[BG_MAX_BANDS];
    bg_band band[BG_MAX_BANDS]; /* with the shares of one unit */
    for (size_t k = 0; k < count; k++) {
        rates[k] = bg_rate_rule_rates(&self->rule[k], run, run->rates[k]);
        band[k] = self->band[k];
    }
    for (size_t u = 0; u < run->n && !run->status; u++) {
        for (size_t k = 0; k < count; k++) {
            band[k].share = bg_rate(rates[k], u);
        }
        work_out_offsets(band, count);
        run->columns->bands(1, amount + u, base + u, band, count, kept + u);
    }
}

void bg_bands_apply(const bg_bands *self, bg_settling *run, const bg_fen *amount,
                    const bg_fen *base, bg_fen *kept)
{
    if (!self->constant) {
        apply_rules(self, run, amount, base, kept);
        return;
    }
    run->columns->bands(run->n, amount, base, self->band, self->count, kept);
}

/* ---- explanation ---- */

static void explain_band(const bg_bands *self, size_t k, bg_wide part, int base_input,
                         bg_settling *run)
{
    const bg_fen base = run->input[base_input][0];
    const bg_band *band = &self->band[k];
    const bg_decimal from = k ? self->band[k - 1].limit : 0;
    if (self->count == 1) {
        bg_settling_because(run, BG_REASON(whole, bg_say_exact(run, part)));
    } else if (k + 1 == self->count) {
        bg_settling_because(run, BG_REASON(last_band, bg_say_rate(from), bg_say_input(base_input),
                                           bg_say_amount(run, base),
                                           bg_say_exact(run, (bg_wide)from * base),
                                           bg_say_exact(run, part)));
    } else {
        bg_settling_because(run, BG_REASON(band, bg_say_rate(from), bg_say_rate(band->limit),
                                           bg_say_input(base_input), bg_say_amount(run, base),
                                           bg_say_exact(run, (bg_wide)from * base),
                                           bg_say_exact(run, (bg_wide)band->limit * base),
                                           bg_say_exact(run, part)));
    }
}

/* part * share, rounded to the fen for this line only. */
static bg_fen band_amount(bg_wide part, bg_decimal share)
{
    const bg_wide whole = part / BG_ONE * share;
    const bg_wide rest = part % BG_ONE * share / BG_ONE;
    return (bg_fen)((whole + rest + BG_ONE / 2) / BG_ONE);
}

void bg_bands_explain(const bg_bands *self, bg_fen amount, int base_input, const bg_step *step,
                      bg_settling *run)
{
    const bg_fen base = run->input[base_input][0];
    const bg_wide reached = (bg_wide)amount * BG_ONE;
    bg_wide lower = 0;
    for (size_t k = 0; k < self->count && lower < reached; k++) {
        bg_wide upper = (bg_wide)self->band[k].limit * base;
        if (k + 1 == self->count || upper > reached) {
            upper = reached;
        }
        const bg_decimal share = bg_rate(bg_rate_rule_rates(&self->rule[k], run, run->rates[0]), 0);
        bg_settling_note(run, step, band_amount(upper - lower, share));
        bg_settling_by_rate(run, bg_rate_rule_mark(&self->rule[k], run), share);
        explain_band(self, k, upper - lower, base_input, run);
        lower = upper;
    }
}
