/* share_surplus, share_overspend: the balance becomes the community's result, by bands of it or by the band
 * into which its rate falls; the other part goes to, or comes from, the payer. */
#include "settlement/bands.h"
#include "settlement/payer.h"

#include <string.h>

typedef struct share_terms {
    int base;
    bg_banding bands;
    bg_payer payer;
} share_terms;

static bg_status read_bands(bg_plan *plan, bg_step *step, bg_errors *errors)
{
    share_terms *terms = step->terms;
    bg_status status = bg_plan_read_input(plan, step, "base", &terms->base, errors);
    bg_first(&status, bg_banding_read(plan, step, &terms->bands, errors));
    return status;
}

static bg_status read_surplus(bg_plan *plan, bg_step *step, bg_errors *errors)
{
    share_terms *terms = step->terms;
    bg_status status = read_bands(plan, step, errors);
    bg_first(&status, bg_payer_read(plan, step, &terms->payer, errors));
    step->fills = bg_payer_accounts(&terms->payer);
    return status;
}

static bg_status read_overspend(bg_plan *plan, bg_step *step, bg_errors *errors)
{
    share_terms *terms = step->terms;
    bg_status status = read_bands(plan, step, errors);
    bg_first(&status, bg_payer_read(plan, step, &terms->payer, errors));
    step->draws = bg_payer_accounts(&terms->payer);
    return status;
}

static void free_terms(void *terms)
{
    share_terms *self = terms;
    bg_banding_free(&self->bands);
}

/* What is not the community's part of the amount, a surplus or, with `sign` -1, an overspend. */
static void divide(const bg_step *step, bg_settling *run, const bg_fen *amount, int64_t sign,
                   bg_fen *others)
{
    const share_terms *terms = step->terms;
    bg_settling_record_balance(run);
    bg_settling_need_input(run, step, "base", terms->base);
    const bool placed = run->block->bands && !step->pot;
    bg_banding_apply(&terms->bands, run, amount, run->input[terms->base], placed ? sign : 0,
                     others);
    run->columns->subtract(run->n, amount, others, others);
}

static void explain_bands(const share_terms *terms, const bg_step *step, bg_settling *run,
                          bg_fen amount)
{
    bg_bands_explain(bg_banding_of_unit(&terms->bands, run), amount, terms->base, step, run);
}

/* What it would be if read the other way, and of which year the table is. */
static void explain_other(const share_terms *terms, bg_settling *run, bg_fen amount)
{
    bg_bands_explain_other(bg_banding_of_unit(&terms->bands, run), amount, terms->base, run);
    if (terms->bands.by_year) {
        bg_settling_because(run,
                            BG_REASON(bands_of_year, bg_say_number(run->input[BG_INPUT_year][0])));
    }
}

static void apply_surplus(const bg_step *step, bg_settling *run)
{
    const share_terms *terms = step->terms;
    bg_fen *surplus = run->scratch[0], *others = run->scratch[1];
    bg_settling_gain(run, surplus);
    divide(step, run, surplus, 1, others);
    if (run->status) {
        return;
    }
    if (run->trace) {
        explain_bands(terms, step, run, surplus[0]);
    }
    bg_payer_take(&terms->payer, step, run, others);
    if (run->trace) {
        bg_settling_because(run, BG_REASON(surplus_shared, bg_say_amount(run, surplus[0]),
                                           bg_say_amount(run, surplus[0] - others[0])));
        explain_other(terms, run, surplus[0]);
    }
    bg_payer_distribute(&terms->payer, step, run, others);
}

static void apply_overspend(const bg_step *step, bg_settling *run)
{
    const share_terms *terms = step->terms;
    bg_fen *overspend = run->scratch[0], *others = run->scratch[1];
    bg_settling_loss(run, overspend);
    divide(step, run, overspend, -1, others);
    if (run->status) {
        return;
    }
    if (run->trace) {
        explain_bands(terms, step, run, overspend[0]);
        bg_settling_note(run, step, overspend[0] - others[0]);
        bg_settling_because(run, BG_REASON(overspend_shared, bg_say_amount(run, overspend[0]),
                                           bg_say_amount(run, others[0])));
        explain_other(terms, run, overspend[0]);
    }
    bg_payer_pay(&terms->payer, step, run, others);
}

const bg_banding *bg_step_banding(const bg_step *step, int *base)
{
    if (step->pot ||
        (step->kind != &bg_step_share_surplus && step->kind != &bg_step_share_overspend)) {
        return NULL;
    }
    const share_terms *terms = step->terms;
    *base = terms->base;
    return &terms->bands;
}

size_t bg_plan_bands(const bg_plan *self, const char *kind, size_t capacity, bg_decimal *limits,
                     bg_decimal *shares)
{
    for (size_t s = 0; s < self->step_count; s++) {
        const bg_step_kind *found = self->step[s].kind;
        if (self->step[s].pot ||
            (found != &bg_step_share_surplus && found != &bg_step_share_overspend) ||
            strcmp(found->name, kind) != 0) {
            continue;
        }
        const bg_banding *banding = &((const share_terms *)self->step[s].terms)->bands;
        const bg_bands *bands = &banding->table[0];
        if (banding->by_year || !bands->constant) {
            return 0;
        }
        const size_t count = bands->count < capacity ? bands->count : capacity;
        for (size_t k = 0; k < count; k++) {
            limits[k] = bands->band[k].limit;
            shares[k] = bands->band[k].share;
        }
        return count;
    }
    return 0;
}

/* The terms of the step, where it shares the unit's balance and is of that kind. */
static const share_terms *terms_of(const bg_step *step, const char *kind)
{
    const bool shares = !step->pot && (step->kind == &bg_step_share_surplus ||
                                       step->kind == &bg_step_share_overspend);
    return shares && strcmp(step->kind->name, kind) == 0 ? step->terms : NULL;
}

size_t bg_plan_band_count(const bg_plan *self, const char *kind)
{
    size_t most = 0;
    for (size_t s = 0; s < self->step_count; s++) {
        const share_terms *terms = terms_of(&self->step[s], kind);
        for (size_t t = 0; terms && t < terms->bands.count; t++) {
            most = terms->bands.table[t].count > most ? terms->bands.table[t].count : most;
        }
    }
    return most;
}

/* Whether every table of the step has this band with this limit. */
static bool have_limit(const share_terms *terms, size_t band, bg_decimal limit)
{
    bool same = true;
    for (size_t t = 0; t < terms->bands.count; t++) {
        const bg_bands *table = &terms->bands.table[t];
        same = same && table->count >= band && table->band[band - 1].limit == limit;
    }
    return same;
}

bool bg_plan_band_limit(const bg_plan *self, const char *kind, size_t band, bg_decimal *limit,
                        const char **base)
{
    const share_terms *first = NULL;
    for (size_t s = 0; s < self->step_count; s++) {
        const share_terms *terms = terms_of(&self->step[s], kind);
        if (terms && !first && terms->bands.table[0].count >= band) {
            *limit = terms->bands.table[0].band[band - 1].limit;
        } else if (terms && !first) {
            return false;
        }
        first = first ? first : terms;
        if (terms && (terms->base != first->base || !have_limit(terms, band, *limit))) {
            return false;
        }
    }
    if (first) {
        *base = self->inputs.item[first->base].name;
    }
    return first != NULL;
}

const bg_step_kind bg_step_share_surplus = {.name = "share_surplus",
                                            .terms_size = sizeof(share_terms),
                                            .read = read_surplus,
                                            .free = free_terms,
                                            .apply = apply_surplus};
const bg_step_kind bg_step_share_overspend = {.name = "share_overspend",
                                              .terms_size = sizeof(share_terms),
                                              .read = read_overspend,
                                              .free = free_terms,
                                              .apply = apply_overspend};
