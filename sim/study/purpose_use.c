#include "study/purpose_use.h"

#include "base/columns.h"
#include "statistics/moments.h"

#include <stdlib.h>
#include <string.h>

static bool pays(const bg_model *model, size_t change, const char *purpose)
{
    const bg_node *from = bg_demand_outlay_purpose(model->demand, change);
    return from && strcmp(from->text, purpose) == 0;
}

static bg_fen cost_to(const bg_model *model, size_t scheme, const char *purpose, size_t year)
{
    bg_fen sum = 0;
    for (size_t change = 0; change < bg_demand_change_count(model->demand); change++) {
        for (size_t y = 0; y <= year && pays(model, change, purpose); y++) {
            sum += bg_demand_outlay(model->demand, change, BG_PAYER_COMMUNITY, scheme, y);
        }
    }
    return sum;
}

bool bg_purpose_pays(const bg_model *model, size_t scheme, size_t purpose)
{
    const bg_contract *contract = &model->contract;
    return cost_to(model, scheme, bg_plan_purpose(contract->plan[scheme], purpose),
                   contract->years - 1) > 0;
}

static size_t outcome_of(const bg_model *model, const char *purpose)
{
    size_t outcome = 0;
    bg_outcome_info info = bg_model_outcome_info(model, outcome);
    while (info.kind != BG_OUTCOME_KIND_PURPOSE || strcmp(info.name, purpose) != 0) {
        info = bg_model_outcome_info(model, ++outcome);
    }
    return outcome;
}

static void describe(const bg_fen *in, bg_fen *left, size_t n, bg_purpose_use *self)
{
    bg_moments put = {0}, remains = {0};
    size_t hits = 0;
    for (size_t i = 0; i < n; i++) {
        left[i] = in[i] - self->cost;
        hits += left[i] >= 0;
    }
    bg_moments_add(&put, in, n);
    bg_moments_add(&remains, left, n);
    self->in = bg_moments_whole_mean(&put);
    self->in_se = bg_moments_se(&put);
    self->left = bg_moments_whole_mean(&remains);
    self->left_se = bg_moments_se(&remains);
    self->suffices = bg_probability_compute(hits, n);
}

bg_status bg_purpose_use_find(const bg_model *model, const bg_projection *projection, size_t scheme,
                              size_t purpose, size_t year, bg_purpose_use *self, bool *known)
{
    const char *name = bg_plan_purpose(model->contract.plan[scheme], purpose);
    const size_t outcome = outcome_of(model, name), n = bg_projection_replications(projection);
    *self = (bg_purpose_use){.cost = cost_to(model, scheme, name, year)};
    *known = bg_projection_draws(projection, scheme, 0, outcome) != NULL;
    if (!*known) {
        return BG_OK;
    }
    bg_fen *in = calloc(2 * n, sizeof *in);
    if (!in) {
        return BG_MEMORY;
    }
    for (size_t y = 0; y < year && *known; y++) {
        const bg_fen *put = bg_projection_draws(projection, scheme, y, outcome);
        *known = bg_column_add(n, in, put, in) == BG_OK;
    }
    describe(in, in + n, n, self);
    free(in);
    return BG_OK;
}
