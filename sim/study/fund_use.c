#include "study/fund_use.h"

#include "base/columns.h"
#include "statistics/moments.h"

#include <stdlib.h>

/* Sums over the years, a column of futures each. */
typedef struct sums {
    const bg_budget_terms *terms;
    const bg_plan *plan;
    size_t n, funds;
    bg_fen *storage;
    bg_fen *set_aside[BG_MAX_FUNDS];
    bg_fen *of_year[BG_MAX_FUNDS]; /* what a year sets aside */
    bg_fen *payable;               /* of that year */
    bg_fen *released, *covered;
    bg_fen *returned; /* of the row at work */
} sums;

const char *bg_fund_flow_name(bg_fund_flow flow)
{
    static const char *const names[] = {"set_aside", "released", "covered", "returned"};
    return names[flow];
}

static bg_status open_sums(sums *self, const bg_model *model, size_t scheme, size_t n)
{
    *self = (sums){.terms = model->contract.terms[scheme],
                   .plan = model->contract.plan[scheme],
                   .n = n,
                   .funds = bg_budget_fund_count(model->contract.terms[scheme])};
    bg_fen **const columns[] = {&self->payable, &self->released, &self->covered, &self->returned};
    enum { COLUMNS = sizeof columns / sizeof *columns };
    self->storage = calloc((COLUMNS + 2 * self->funds) * n, sizeof *self->storage);
    if (!self->storage) {
        return BG_MEMORY;
    }
    bg_fen *next = self->storage;
    for (size_t i = 0; i < COLUMNS; i++, next += n) {
        *columns[i] = next;
    }
    for (size_t fund = 0; fund < self->funds; fund++, next += 2 * n) {
        self->set_aside[fund] = next;
        self->of_year[fund] = next + n;
    }
    return BG_OK;
}

static bg_status add_year(const sums *self, const bg_projection *projection, size_t scheme,
                          size_t year)
{
    const bg_fen *total = bg_projection_draws(projection, scheme, year, BG_OUTCOME_budget);
    const bg_fen *released = bg_projection_draws(projection, scheme, year, BG_OUTCOME_released);
    const bg_fen *covered = bg_projection_draws(projection, scheme, year, BG_OUTCOME_covered);
    bg_status status =
        bg_budget_hold_back(self->terms, self->n, total, self->of_year, self->payable);
    for (size_t fund = 0; fund < self->funds; fund++) {
        bg_fen *sum = self->set_aside[fund];
        bg_first(&status, bg_column_add(self->n, sum, self->of_year[fund], sum));
    }
    bg_first(&status, bg_column_add(self->n, self->released, released, self->released));
    bg_first(&status, bg_column_add(self->n, self->covered, covered, self->covered));
    return status;
}

static bool draws_are_kept(const bg_projection *projection, size_t scheme)
{
    return bg_projection_draws(projection, scheme, 0, BG_OUTCOME_budget) &&
           bg_projection_draws(projection, scheme, 0, BG_OUTCOME_released) &&
           bg_projection_draws(projection, scheme, 0, BG_OUTCOME_covered);
}

static bg_flow_mean mean_of(const bg_fen *column, size_t n)
{
    bg_moments moments = {0};
    bg_moments_add(&moments, column, n);
    return (bg_flow_mean){bg_moments_whole_mean(&moments), bg_moments_se(&moments)};
}

static bg_status find_returned(const sums *self, bg_fen opening, const bg_fen *set_aside,
                               unsigned uses)
{
    bg_fen *returned = self->returned;
    bg_column_fill(self->n, opening, returned);
    bg_status status = bg_column_add(self->n, returned, set_aside, returned);
    if (uses & BG_FUND_RELEASED) {
        bg_first(&status, bg_column_subtract(self->n, returned, self->released, returned));
    }
    if (uses & BG_FUND_COVERS) {
        bg_first(&status, bg_column_subtract(self->n, returned, self->covered, returned));
    }
    return status;
}

static bg_probability chance_of_paying(const sums *self, unsigned uses)
{
    size_t hits = 0;
    for (size_t i = 0; i < self->n; i++) {
        hits += (uses & BG_FUND_RELEASED && self->released[i] > 0) ||
                (uses & BG_FUND_COVERS && self->covered[i] > 0);
    }
    return bg_probability_compute(hits, self->n);
}

/* Of rounded means, so that they add up as well. */
static bg_status describe(const sums *self, const bg_fen *set_aside, unsigned uses,
                          bg_fund_row *row)
{
    bg_status status = find_returned(self, row->opening, set_aside, uses);
    bg_flow_mean *flow = row->flow;
    flow[BG_FUND_FLOW_SET_ASIDE] = mean_of(set_aside, self->n);
    if (uses & BG_FUND_RELEASED) {
        flow[BG_FUND_FLOW_RELEASED] = mean_of(self->released, self->n);
    }
    if (uses & BG_FUND_COVERS) {
        flow[BG_FUND_FLOW_COVERED] = mean_of(self->covered, self->n);
    }
    flow[BG_FUND_FLOW_RETURNED] = mean_of(self->returned, self->n);
    flow[BG_FUND_FLOW_RETURNED].mean = row->opening + flow[BG_FUND_FLOW_SET_ASIDE].mean -
                                       flow[BG_FUND_FLOW_RELEASED].mean -
                                       flow[BG_FUND_FLOW_COVERED].mean;
    row->pays = chance_of_paying(self, uses);
    return status;
}

/* Whether the plan says which fund pays what. */
static bool each_by_itself(const sums *self)
{
    size_t released = 0, cover = 0;
    bool otherwise = false;
    for (size_t fund = 0; fund < self->funds; fund++) {
        const unsigned uses = bg_plan_fund_uses(self->plan, fund);
        released += (uses & BG_FUND_RELEASED) != 0;
        cover += (uses & BG_FUND_COVERS) != 0;
        otherwise = otherwise || uses & BG_FUND_OTHERWISE;
    }
    return released <= 1 && cover <= 1 && !otherwise;
}

static bg_status describe_each(const sums *self, bg_fund_use *use)
{
    bg_status status = BG_OK;
    for (size_t fund = 0; fund < self->funds; fund++) {
        const bg_fund_terms *terms = bg_budget_fund(self->terms, fund);
        bg_fund_row *row = &use->row[use->count++];
        *row = (bg_fund_row){.fund = terms->name, .opening = terms->opening};
        bg_first(&status,
                 describe(self, self->set_aside[fund], bg_plan_fund_uses(self->plan, fund), row));
    }
    return status;
}

static bg_status describe_all(const sums *self, bg_fund_use *use)
{
    bg_fund_row *row = &use->row[use->count++];
    *row = (bg_fund_row){0};
    bg_fen *all = self->payable;
    bg_column_fill(self->n, 0, all);
    bg_status status = BG_OK;
    unsigned uses = 0;
    for (size_t fund = 0; fund < self->funds; fund++) {
        row->opening += bg_budget_fund(self->terms, fund)->opening;
        uses |= bg_plan_fund_uses(self->plan, fund);
        bg_first(&status, bg_column_add(self->n, all, self->set_aside[fund], all));
    }
    use->shares = uses & BG_FUND_OTHERWISE;
    bg_first(&status, describe(self, all, uses, row));
    return status;
}

bg_status bg_fund_use_find(const bg_model *model, const bg_projection *projection, size_t scheme,
                           bg_fund_use *self)
{
    *self = (bg_fund_use){0};
    if (!draws_are_kept(projection, scheme) ||
        !bg_budget_funds_are_shares(model->contract.terms[scheme])) {
        return BG_OK;
    }
    sums of;
    bg_status status = open_sums(&of, model, scheme, bg_projection_replications(projection));
    if (status) {
        return status;
    }
    for (size_t year = 0; year < bg_projection_year_count(projection); year++) {
        bg_first(&status, add_year(&of, projection, scheme, year));
    }
    if (of.funds > 0) {
        bg_first(&status, each_by_itself(&of) ? describe_each(&of, self) : describe_all(&of, self));
    }
    self->known = status == BG_OK;
    free(of.storage);
    return BG_OK;
}
