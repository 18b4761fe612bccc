/* cap: gain and loss are limited to a percentage of a base, or to the lowest of several. What lies
 * beyond goes to, or comes from, the payer. */
#include "settlement/messages.h"
#include "settlement/payer.h"
#include "settlement/pot_of_step.h"
#include "settlement/rate.h"

#include <stdlib.h>
#include <string.h>

typedef struct limit {
    int base;
    bool optional; /* a unit without the base has no such limit */
    bg_rate_rule rate;
    const bg_node *node; /* its key names what is wrong with it */
    const char *base_name;
} limit;

typedef struct side {
    bg_fen sign; /* of the balance that is limited */
    size_t count;
    limit *limit;
} side;

typedef struct cap_terms {
    side gain, loss;
    bg_payer payer;
} cap_terms;

/* ---- reading ---- */

static bg_status read_single(const bg_plan *plan, const bg_step *step, const char *key, side *self,
                             bg_errors *errors)
{
    const bg_node *node = bg_node_child(step->node, key);
    if (!node) {
        return BG_OK;
    }
    limit *this = &self->limit[self->count++];
    this->node = node;
    this->base_name = bg_node_text(step->node, "base");
    bg_status status = bg_plan_read_input(plan, step, "base", &this->base, errors);
    bg_first(&status, bg_rate_rule_read(plan, node, &this->rate, errors));
    return status;
}

static bg_status read_entry(const bg_plan *plan, const bg_step *step, const bg_node *entry,
                            limit *self, bg_errors *errors)
{
    bg_node named = *entry;
    named.text = entry->key;
    self->node = entry;
    self->base_name = entry->key;
    self->optional = bg_node_bool(entry, "optional");
    bg_status status = bg_plan_find_input(plan, &named, BG_KIND_MONEY, &self->base, errors);
    self->base = bg_pots_input(step, self->base);
    bg_first(&status, bg_rate_rule_read(plan, bg_node_child(entry, "rate"), &self->rate, errors));
    return status;
}

static bg_status read_side(const bg_plan *plan, const bg_step *step, const char *key,
                           const char *several, side *self, bg_errors *errors)
{
    const bg_node *entries = bg_node_child(step->node, several);
    self->limit = calloc(bg_node_count(entries) + 1, sizeof *self->limit);
    if (!self->limit) {
        return bg_no_memory(errors);
    }
    bg_status status = read_single(plan, step, key, self, errors);
    for (const bg_node *entry = entries ? entries->child : NULL; entry; entry = entry->next) {
        bg_first(&status, read_entry(plan, step, entry, &self->limit[self->count++], errors));
    }
    return status;
}

static bg_status read(bg_plan *plan, bg_step *step, bg_errors *errors)
{
    cap_terms *terms = step->terms;
    terms->gain.sign = 1;
    terms->loss.sign = -1;
    bg_status status = read_side(plan, step, "gain", "gain_limits", &terms->gain, errors);
    bg_first(&status, read_side(plan, step, "loss", "loss_limits", &terms->loss, errors));
    bg_first(&status, bg_payer_read(plan, step, &terms->payer, errors));
    const unsigned payer = bg_payer_accounts(&terms->payer);
    step->fills = terms->gain.count ? payer : 0;
    step->draws = terms->loss.count ? payer : 0;
    if (!status && !terms->gain.count && !terms->loss.count) {
        status = bg_errors_say(errors, BG_MISSING, step->node->mark, step->node->path,
                               BG_SAY(cap_limits_nothing));
    }
    return status;
}

static void free_terms(void *terms)
{
    cap_terms *self = terms;
    free(self->gain.limit);
    free(self->loss.limit);
}

/* ---- at work ---- */

static void explain_limit(const side *self, const limit *this, const bg_step *step,
                          bg_settling *run, bg_decimal rate)
{
    const bg_fen base = run->input[this->base][0];
    bg_settling_note(run, step, bg_share_of(base, rate));
    bg_settling_by_rate(run, bg_rate_rule_mark(&this->rate, run), rate);
    if (self->sign > 0) {
        bg_settling_because(run, BG_REASON(highest_gain, bg_say_rate(rate),
                                           bg_say_input(this->base), bg_say_amount(run, base)));
    } else {
        bg_settling_because(run, BG_REASON(highest_loss, bg_say_rate(rate),
                                           bg_say_input(this->base), bg_say_amount(run, base)));
    }
    bg_rate_rule_explain(&this->rate, run);
}

/* Only an optional limit may lack its base. */
static void need_base(const limit *this, bg_settling *run)
{
    for (size_t u = 0; u < run->n && !this->optional && bg_settling_given_column(run, this->base);
         u++) {
        if (!bg_settling_given(run, this->base, u) && bg_settling_applies(run, u)) {
            bg_settling_fail(run, BG_MISSING, u, &this->node->mark, this->node->path,
                             BG_SAY(limit_input_absent), this->base_name);
        }
    }
}

/* Without a base nothing lies beyond the limit. */
static void forget_absent(const limit *this, const bg_settling *run, bg_fen *excess)
{
    for (size_t u = 0; u < run->n && bg_settling_given_column(run, this->base); u++) {
        excess[u] = bg_settling_given(run, this->base, u) ? excess[u] : 0;
    }
}

/* beyond[u] = max(beyond[u], sign * balance - rate * base), where the unit has the base. */
static void raise_excess(const side *self, const limit *this, const bg_step *step, bg_settling *run,
                         bg_fen *beyond)
{
    const bg_columns *columns = run->columns;
    bg_fen *most = run->scratch[1], *excess = run->scratch[2];
    const bg_rates rate = bg_rate_rule_rates(&this->rate, run, run->rates[0]);
    need_base(this, run);
    if (run->status) {
        return;
    }
    columns->share(run->n, run->input[this->base], rate, most);
    if (self->sign > 0) {
        columns->subtract(run->n, run->balance, most, excess);
    } else {
        columns->add(run->n, run->balance, most, excess);
        columns->loss(run->n, excess, excess);
    }
    forget_absent(this, run, excess);
    columns->larger(run->n, excess, beyond, beyond);
    if (run->trace && bg_settling_given(run, this->base, 0)) {
        explain_limit(self, this, step, run, bg_rate(rate, 0));
    }
}

static void work_out_excess(const side *self, const bg_step *step, bg_settling *run, bg_fen *beyond)
{
    run->columns->fill(run->n, 0, beyond);
    for (size_t k = 0; k < self->count; k++) {
        raise_excess(self, &self->limit[k], step, run, beyond);
    }
}

static void cap_gain(const cap_terms *terms, const bg_step *step, bg_settling *run)
{
    bg_fen *beyond = run->scratch[0];
    work_out_excess(&terms->gain, step, run, beyond);
    if (run->status) {
        return;
    }
    bg_payer_take(&terms->payer, step, run, beyond);
    if (run->trace) {
        bg_settling_because(run, BG_REASON(gain_beyond, bg_say_amount(run, beyond[0])));
    }
    bg_payer_distribute(&terms->payer, step, run, beyond);
}

static void cap_loss(const cap_terms *terms, const bg_step *step, bg_settling *run)
{
    bg_fen *beyond = run->scratch[0];
    work_out_excess(&terms->loss, step, run, beyond);
    if (!run->status) {
        bg_payer_pay(&terms->payer, step, run, beyond);
    }
}

static void apply(const bg_step *step, bg_settling *run)
{
    const cap_terms *terms = step->terms;
    if (terms->gain.count) {
        cap_gain(terms, step, run);
    }
    if (terms->loss.count && !run->status) {
        cap_loss(terms, step, run);
    }
}

const bg_step_kind bg_step_cap = {.name = "cap",
                                  .terms_size = sizeof(cap_terms),
                                  .read = read,
                                  .free = free_terms,
                                  .apply = apply};
