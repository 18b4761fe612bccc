/* Units, outcomes and events by number and machine name. */
#include <baogan/projection.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

const char *bg_model_unit(const bg_model *self, size_t unit)
{
    return unit < self->contract.history.scheme_count ? self->contract.history.scheme[unit].name
                                                      : "all";
}

size_t bg_model_outcome_count(const bg_model *self)
{
    return BG_OUTCOME_COUNT + bg_budget_fund_count(self->contract.terms[0]) +
           bg_plan_institution_count(self->contract.plan[0]);
}

static char *joined(const char *kind, const char *name)
{
    const size_t size = strlen(kind) + strlen(name) + 1;
    char *text = malloc(size);
    if (text) {
        snprintf(text, size, "%s%s", kind, name);
    }
    return text;
}

char *bg_model_outcome(const bg_model *self, size_t outcome)
{
    if (outcome < BG_OUTCOME_COUNT) {
        return joined("", outcome_names[outcome]);
    }
    outcome -= BG_OUTCOME_COUNT;
    const size_t funds = bg_budget_fund_count(self->contract.terms[0]);
    return outcome < funds ? joined("fund.", bg_budget_fund(self->contract.terms[0], outcome)->name)
                           : joined("institution.",
                                    bg_plan_institution(self->contract.plan[0], outcome - funds));
}
