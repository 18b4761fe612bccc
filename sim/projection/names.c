/* Units, outcomes and events by number and machine name. */
#include "base/text.h"
#include "projection/figure_words.h"

#include <stdio.h>

static const char *const outcome_names[BG_OUTCOME_COUNT] = {
#define BG_OUTCOME_NAME(name, en, zh) #name,
    BG_OUTCOMES(BG_OUTCOME_NAME)
#undef BG_OUTCOME_NAME
};

static const char *const event_names[BG_EVENT_COUNT] = {
#define BG_EVENT_NAME(name, en, zh) #name,
    BG_EVENTS(BG_EVENT_NAME)
#undef BG_EVENT_NAME
};

const char *bg_event_name(bg_event event)
{
    return event_names[event];
}

size_t bg_model_unit_count(const bg_model *self)
{
    const size_t schemes = self->contract.history.scheme_count;
    return schemes > 1 ? schemes + 1 : schemes;
}

size_t bg_model_unit_any(const bg_model *self)
{
    return self->contract.history.scheme_count > 1 ? bg_model_unit_count(self) : 0;
}

const char *bg_model_unit(const bg_model *self, size_t unit)
{
    const size_t schemes = self->contract.history.scheme_count;
    return unit < schemes ? self->contract.history.scheme[unit].name
                          : bg_unit_words[unit == schemes ? BG_UNIT_ALL : BG_UNIT_ANY].form;
}

bool bg_model_has_score(const bg_model *self)
{
    return self->contract.performance != NULL;
}

size_t bg_model_outcome_count(const bg_model *self)
{
    return BG_OUTCOME_COUNT + bg_budget_fund_count(self->contract.terms[0]) +
           bg_plan_institution_count(self->contract.plan[0]) +
           bg_plan_purpose_count(self->contract.plan[0]) + bg_model_has_score(self);
}

bg_outcome_info bg_model_outcome_info(const bg_model *self, size_t outcome)
{
    const bg_budget_terms *terms = self->contract.terms[0];
    const size_t funds = bg_budget_fund_count(terms);
    if (outcome < BG_OUTCOME_COUNT) {
        const bool balance = outcome == BG_OUTCOME_reserve || outcome == BG_OUTCOME_pool_balance;
        return (bg_outcome_info){BG_OUTCOME_KIND_PLAIN, outcome_names[outcome], balance};
    }
    const size_t party = outcome - BG_OUTCOME_COUNT;
    if (party < funds) {
        return (bg_outcome_info){BG_OUTCOME_KIND_FUND, bg_budget_fund(terms, party)->name, true};
    }
    if (bg_model_has_score(self) && outcome + 1 == bg_model_outcome_count(self)) {
        return (bg_outcome_info){BG_OUTCOME_KIND_SCORE,
                                 bg_party_words[BG_OUTCOME_KIND_SCORE].word.form, true};
    }
    const bg_plan *plan = self->contract.plan[0];
    const size_t purposes = funds + bg_plan_institution_count(plan);
    if (party >= purposes) {
        return (bg_outcome_info){BG_OUTCOME_KIND_PURPOSE, bg_plan_purpose(plan, party - purposes),
                                 false};
    }
    return (bg_outcome_info){BG_OUTCOME_KIND_INSTITUTION, bg_plan_institution(plan, party - funds),
                             false};
}

char *bg_model_outcome(const bg_model *self, size_t outcome)
{
    const bg_outcome_info info = bg_model_outcome_info(self, outcome);
    return bg_text_format("%s%s", bg_party_words[info.kind].head, info.name);
}

/* ---- sharing bands ---- */

static const char *step_of(bool of_overspend)
{
    return of_overspend ? "share_overspend" : "share_surplus";
}

size_t bg_model_band_count(const bg_model *self, bool of_overspend)
{
    size_t most = 0;
    for (size_t s = 0; s < self->contract.history.scheme_count && !self->of_area; s++) {
        const size_t own = bg_plan_band_count(self->contract.plan[s], step_of(of_overspend));
        most = own > most ? own : most;
    }
    return most;
}

const char *bg_band_name(int band, char buffer[BG_BAND_NAME])
{
    snprintf(buffer, BG_BAND_NAME, "%s_band%d", band < 0 ? "overspend" : "surplus",
             band < 0 ? -band : band);
    return buffer;
}
