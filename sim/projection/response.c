#include "projection/response.h"

#include "projection/incentive.h"

#include <stdlib.h>

typedef struct responding {
    const bg_parties *parties;
    size_t schemes, years;
    bg_response_year *of; /* [community][scheme][year] */
} responding;

static bg_response_year *years_of(const responding *self, size_t community, size_t scheme)
{
    return &self->of[(community * self->schemes + scheme) * self->years];
}

static bool any_responds(const bg_parties *parties)
{
    bool any = false;
    for (size_t c = 0; c < parties->count; c++) {
        any = any || bg_demand_has_providers(parties->member[c].demand);
    }
    return any;
}

static double expected(const bg_model *model, size_t scheme, size_t year)
{
    const bg_history *history = &model->contract.history;
    double sum = 0;
    for (size_t line = 0; line < history->line_count; line++) {
        sum += (size_t)history->line[line].scheme == scheme
                   ? bg_demand_mean(model->demand, line, year)
                   : 0;
    }
    return sum;
}

/* As if providers did nothing. */
static void rest(const responding *self)
{
    for (size_t c = 0; c < self->parties->count; c++) {
        const bg_model *model = &self->parties->member[c];
        for (size_t s = 0; s < self->schemes; s++) {
            bg_demand_let_providers_act(model->demand, s, NULL);
        }
        for (size_t s = 0; s < self->schemes; s++) {
            for (size_t y = 0; y < self->years; y++) {
                years_of(self, c, s)[y].without = expected(model, s, y);
            }
        }
    }
}

void bg_response_repeat(const bg_model *model, const bg_response_year *years)
{
    for (size_t s = 0; s < model->contract.history.scheme_count; s++) {
        double kept[BG_MAX_BUDGET_YEARS] = {0};
        for (size_t y = 0; y < model->contract.years; y++) {
            const bg_response_year *year = &years[s * model->contract.years + y];
            kept[y] = year->known ? year->kept : 0;
        }
        bg_demand_let_providers_act(model->demand, s, kept);
    }
}

/* What the actions add to the expense, one after another. */
static void tell_apart(const responding *self, size_t community)
{
    const bg_model *model = &self->parties->member[community];
    for (size_t s = 0; s < self->schemes; s++) {
        for (size_t y = 0; y < self->years; y++) {
            bg_response_year *year = &years_of(self, community, s)[y];
            bg_demand_let_providers_do(model->demand, 1U << BG_PROVIDERS_SPEND_LESS);
            const double less = expected(model, s, y);
            bg_demand_let_providers_do(model->demand, 1U << BG_PROVIDERS_SPEND_LESS |
                                                          1U << BG_PROVIDERS_KEEP_HEAVIER);
            const double heavier = expected(model, s, y);
            bg_demand_let_providers_do(model->demand, BG_ALL_ACTIONS);
            year->with = expected(model, s, y);
            year->by_spending_less = less - year->without;
            year->by_heavier = heavier - less;
            year->by_home = year->with - heavier;
        }
    }
}

static void act(const responding *self, size_t community, const bg_incentive *incentive)
{
    const bg_model *model = &self->parties->member[community];
    for (size_t s = 0; s < self->schemes; s++) {
        for (size_t y = 0; y < self->years; y++) {
            bg_response_year *year = &years_of(self, community, s)[y];
            const bg_effective_share *share =
                &bg_incentive_at(incentive, community, s, y)->marginal;
            year->known = share->known;
            year->kept = share->ratio;
            year->kept_se = share->se;
            year->strength =
                bg_demand_providers_strength(model->demand, y, share->known ? share->ratio : 0);
        }
    }
    bg_response_repeat(model, years_of(self, community, 0));
    tell_apart(self, community);
}

bg_status bg_response_find(const bg_parties *parties, const bg_projection_options *options,
                           size_t most, bg_response_year **years, bg_errors *errors)
{
    const bg_contract *contract = &parties->member[0].contract;
    responding self = {
        .parties = parties, .schemes = contract->history.scheme_count, .years = contract->years};
    *years = NULL;
    if (!any_responds(parties)) {
        return BG_OK;
    }
    *years = self.of = calloc(parties->count * self.schemes * self.years, sizeof *self.of);
    if (!self.of) {
        return bg_no_memory(errors);
    }
    bg_incentive incentive;
    rest(&self);
    const bg_status status =
        bg_incentive_find(parties, most < BG_INCENTIVE_PILOT ? most : BG_INCENTIVE_PILOT, options,
                          &incentive, errors);
    for (size_t c = 0; c < parties->count && status == BG_OK; c++) {
        act(&self, c, &incentive);
    }
    bg_incentive_free(&incentive);
    return status;
}
