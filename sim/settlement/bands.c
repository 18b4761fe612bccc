#include "settlement/bands.h"
#include "settlement/messages.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- reading ---- */

bool bg_bands_hold_for_whole(const bg_bands *self, size_t k)
{
    return self->apply == BG_BANDS_WHOLE ||
           (self->apply == BG_BANDS_WHOLE_REST && k + 1 == self->count);
}

/* What all lower bands give beyond this band's share of them, by Abel's summation:
 * offset_j = sum over k < j of (share_k - share_(k+1)) limit_k; nothing where it holds for the whole. */
static void work_out_offsets(const bg_bands *self, bg_band *band)
{
    bg_wide offset = 0;
    for (size_t j = 1; j < self->count && !bg_bands_hold_for_whole(self, j); j++) {
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
    self->band[k] = (bg_band){
        .limit = node->limit, .share = self->rule[k].constant, .edge_above = self->edge_above};
    self->constant = self->constant && self->rule[k].form == BG_RATE_RULE_CONSTANT;
    return status;
}

static bg_status read_table(bg_plan *plan, const bg_node *table, bg_bands *self, bg_errors *errors)
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
    return status;
}

/* ---- two readings ---- */

static bool is_written(const bg_node *node)
{
    return node->origin != BG_ORIGIN_DEFAULT;
}

/* Whether every band has the same share, so that it does not matter what it holds for. */
static bool is_uniform(const bg_bands *self)
{
    bool uniform = self->constant;
    for (size_t k = 1; k < self->count; k++) {
        uniform = uniform && self->band[k].share == self->band[0].share;
    }
    return uniform || self->count == 1;
}

/* What a rate within the second band comes to, in per cent of the base, read in both ways. */
static void advise_by_example(const bg_bands *self, const bg_node *table, bg_errors *errors)
{
    const bg_band *band = self->band;
    const bg_decimal first = band[0].limit;
    const bg_decimal rate = self->count > 2 ? first + (band[1].limit - first) / 2 : first * 3 / 2;
    const bg_decimal by_parts =
        bg_share_of(first, band[0].share) + bg_share_of(rate - first, band[1].share);
    const bg_decimal as_whole = bg_share_of(rate, band[1].share);
    bg_errors_advise(errors, table->mark, table->path, BG_SAY(bands_of_two_readings),
                     BG_PERCENT(rate), BG_PERCENT(by_parts), BG_PERCENT(as_whole));
}

static void advise(const bg_bands *self, bg_errors *errors)
{
    const bg_node *table = self->node;
    if (!self->settled && self->constant) {
        advise_by_example(self, table, errors);
    } else if (!self->settled) {
        bg_errors_advise(errors, table->mark, table->path, BG_SAY(bands_of_two_readings_by_unit));
    }
}

static bg_status read(bg_plan *plan, const bg_step *step, const bg_node *table, bg_bands *self,
                      bg_errors *errors)
{
    const bg_node *apply = bg_node_child(step->node, "apply");
    self->node = table;
    self->apply = (bg_bands_apply_to)bg_node_integer(step->node, "apply");
    self->edge_above = bg_node_integer(step->node, "edge") != 0;
    const bg_status status = read_table(plan, table, self, errors);
    if (status) {
        return status;
    }
    work_out_offsets(self, self->band);
    if (!self->constant && plan->rate_columns < self->count) {
        plan->rate_columns = self->count;
    }
    self->settled = is_written(apply) || !is_written(table) || is_uniform(self);
    advise(self, errors);
    return BG_OK;
}

bg_status bg_banding_read(bg_plan *plan, const bg_step *step, bg_banding *self, bg_errors *errors)
{
    const bg_node *edge = bg_node_child(step->node, "edge");
    self->node = bg_node_child(step->node, "bands");
    self->by_year = bg_node_holds_years(self->node);
    const bg_node *table = self->by_year ? self->node->child : self->node;
    self->count = self->by_year ? bg_node_count(self->node) : 1;
    self->table = calloc(self->count, sizeof *self->table);
    if (!self->table) {
        return bg_no_memory(errors);
    }
    bg_status status = BG_OK;
    for (size_t t = 0; t < self->count; t++, table = table->next) {
        bg_first(&status, read(plan, step, table, &self->table[t], errors));
    }
    if (!status && self->table[0].apply == BG_BANDS_MARGINAL && self->table[0].edge_above) {
        bg_errors_advise(errors, edge->mark, edge->path, BG_SAY(edge_without_effect));
    }
    return status;
}

void bg_banding_free(bg_banding *self)
{
    free(self->table);
    self->table = NULL;
}

const bg_bands *bg_banding_in_year(const bg_banding *self, int year)
{
    const bg_node *held = self->by_year ? bg_node_in_year(self->node, year) : self->node;
    for (size_t t = 0; t < self->count; t++) {
        if (self->table[t].node == held) {
            return &self->table[t];
        }
    }
    return NULL;
}

const bg_bands *bg_banding_of_unit(const bg_banding *self, const bg_settling *run)
{
    return bg_banding_in_year(self, (int)(run->input[BG_INPUT_year][0] / BG_ONE));
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
        work_out_offsets(self, band);
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

/* The band into which the rate of an amount falls. */
static size_t band_of(const bg_bands *self, bg_fen amount, bg_fen base)
{
    size_t k = 0;
    while (k + 1 < self->count &&
           (bg_wide)amount * BG_ONE > (bg_wide)self->band[k].limit * base - self->edge_above) {
        k++;
    }
    return k;
}

void bg_bands_place(const bg_bands *self, const bg_settling *run, const bg_fen *amount,
                    const bg_fen *base, int64_t sign, int64_t *band)
{
    for (size_t u = 0; u < run->n; u++) {
        if (amount[u] > 0 && band[u] == 0 && bg_settling_applies(run, u)) {
            band[u] = sign * (int64_t)(band_of(self, amount[u], base[u]) + 1);
        }
    }
}

/* By one table, for the units of run->mask. */
static void apply_table(const bg_bands *self, bg_settling *run, const bg_fen *amount,
                        const bg_fen *base, int64_t sign, bg_fen *kept)
{
    if (sign) {
        bg_bands_place(self, run, amount, base, sign, run->block->band);
    }
    bg_bands_apply(self, run, amount, base, kept);
}

/* Those of unit `first`'s year. */
static void apply_year(const bg_banding *self, bg_settling *run, size_t first, const bg_fen *amount,
                       const bg_fen *base, int64_t sign, bg_fen *kept)
{
    const int64_t *year = run->input[BG_INPUT_year];
    int64_t *mask = run->mask;
    const bg_bands *table = bg_banding_in_year(self, (int)(year[first] / BG_ONE));
    bg_fen *of_year = run->scratch[2];
    int64_t *chosen = run->scratch[3];
    bool any = false;
    for (size_t u = 0; u < run->n; u++) {
        chosen[u] = year[u] == year[first] && (!mask || mask[u]) ? -1 : 0;
        any = any || chosen[u];
    }
    if (any && !table) {
        bg_settling_fail(run, BG_MISSING, first, &self->node->mark, self->node->path,
                         BG_SAY(bands_of_year_missing), (long long)(year[first] / BG_ONE));
        return;
    }
    if (!any) {
        return;
    }
    run->mask = chosen;
    apply_table(table, run, amount, base, sign, of_year);
    run->mask = mask;
    for (size_t u = 0; u < run->n; u++) {
        kept[u] = chosen[u] ? of_year[u] : kept[u];
    }
}

/* Units of one year mostly stand together, and a year that has been seen is done. */
static bool is_seen(const int64_t *year, size_t unit)
{
    for (size_t u = unit; u-- > 0;) {
        if (year[u] == year[unit]) {
            return true;
        }
    }
    return false;
}

void bg_banding_apply(const bg_banding *self, bg_settling *run, const bg_fen *amount,
                      const bg_fen *base, int64_t sign, bg_fen *kept)
{
    if (!self->by_year) {
        apply_table(&self->table[0], run, amount, base, sign, kept);
        return;
    }
    const int64_t *year = run->input[BG_INPUT_year];
    run->columns->fill(run->n, 0, kept);
    for (size_t u = 0; u < run->n && !run->status; u++) {
        if (!is_seen(year, u)) {
            apply_year(self, run, u, amount, base, sign, kept);
        }
    }
}

/* ---- explanation ---- */

static void explain_last(const bg_bands *self, bg_wide part, bool whole, int base_input,
                         bg_settling *run)
{
    const bg_fen base = run->input[base_input][0];
    const bg_decimal from = self->band[self->count - 2].limit;
    const bg_argument rate = bg_say_rate(from), input = bg_say_input(base_input),
                      of = bg_say_amount(run, base),
                      start = bg_say_exact(run, (bg_wide)from * base),
                      counted = bg_say_exact(run, part);
    if (!whole) {
        bg_settling_because(run, BG_REASON(last_band, rate, input, of, start, counted));
    } else if (self->edge_above) {
        bg_settling_because(run, BG_REASON(whole_from, rate, input, of, start, counted));
    } else {
        bg_settling_because(run, BG_REASON(whole_beyond, rate, input, of, start, counted));
    }
}

static void explain_band(const bg_bands *self, size_t k, bg_wide part, bool whole, int base_input,
                         bg_settling *run)
{
    const bg_fen base = run->input[base_input][0];
    const bg_decimal from = k ? self->band[k - 1].limit : 0, to = self->band[k].limit;
    const bg_argument low = bg_say_rate(from), high = bg_say_rate(to),
                      input = bg_say_input(base_input), of = bg_say_amount(run, base),
                      start = bg_say_exact(run, (bg_wide)from * base),
                      end = bg_say_exact(run, (bg_wide)to * base),
                      counted = bg_say_exact(run, part);
    if (!whole) {
        bg_settling_because(run, BG_REASON(band, low, high, input, of, start, end, counted));
    } else if (self->edge_above) {
        bg_settling_because(
            run, BG_REASON(whole_from_to_below, low, high, input, of, start, end, counted));
    } else {
        bg_settling_because(run,
                            BG_REASON(whole_beyond_to, low, high, input, of, start, end, counted));
    }
}

/* part * share, rounded to the fen for this line only. */
static bg_fen band_amount(bg_wide part, bg_decimal share)
{
    const bg_wide whole = part / BG_ONE * share;
    const bg_wide rest = part % BG_ONE * share / BG_ONE;
    return (bg_fen)((whole + rest + BG_ONE / 2) / BG_ONE);
}

/* A line for a part, or for the whole, of which the share of band k holds. */
static void note_band(const bg_bands *self, size_t k, bg_wide part, bool whole, int base_input,
                      const bg_step *step, bg_settling *run)
{
    const bg_decimal share = bg_rate(bg_rate_rule_rates(&self->rule[k], run, run->rates[0]), 0);
    bg_settling_note(run, step, band_amount(part, share));
    bg_settling_by_rate(run, bg_rate_rule_mark(&self->rule[k], run), share);
    if (self->count == 1) {
        bg_settling_because(run, BG_REASON(whole, bg_say_exact(run, part)));
    } else if (k + 1 == self->count) {
        explain_last(self, part, whole, base_input, run);
    } else {
        explain_band(self, k, part, whole, base_input, run);
    }
    if (self->rule[k].form == BG_RATE_RULE_PLUS) {
        bg_rate_rule_explain(&self->rule[k], run);
    }
}

static void explain_parts(const bg_bands *self, bg_fen amount, int base_input, const bg_step *step,
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
        note_band(self, k, upper - lower, false, base_input, step, run);
        lower = upper;
    }
}

void bg_bands_explain(const bg_bands *self, bg_fen amount, int base_input, const bg_step *step,
                      bg_settling *run)
{
    const size_t k = band_of(self, amount, run->input[base_input][0]);
    if (!bg_bands_hold_for_whole(self, k)) {
        explain_parts(self, amount, base_input, step, run);
    } else if (amount > 0) {
        note_band(self, k, (bg_wide)amount * BG_ONE, true, base_input, step, run);
    }
}

void bg_bands_explain_other(const bg_bands *self, bg_fen amount, int base_input, bg_settling *run)
{
    const size_t k = band_of(self, amount, run->input[base_input][0]);
    if (self->settled || k == 0) {
        return;
    }
    const bg_decimal share = bg_rate(bg_rate_rule_rates(&self->rule[k], run, run->rates[0]), 0);
    bg_settling_because(
        run, BG_REASON(read_as_whole, bg_say_rate(share),
                       bg_say_amount(run, band_amount((bg_wide)amount * BG_ONE, share))));
}
