#include "study/tiers.h"

#include "base/array.h"
#include "base/columns.h"

#include <stdlib.h>
#include <string.h>

/* Half a point of the base. */
static const bg_decimal beside = BG_ONE / 200;

/* Where it is looked for. */
typedef struct search {
    const bg_projection *projection;
    size_t scheme, year;
    bg_tiers *found;
    size_t edge_capacity, reading_capacity;
} search;

/* The outcome that holds the base, or -1. */
static int base_outcome(const bg_share_terms *sharing)
{
    return strcmp(sharing->base, "budget") == 0    ? BG_OUTCOME_budget
           : strcmp(sharing->base, "payable") == 0 ? BG_OUTCOME_payable
                                                   : -1;
}

static bool jumps_at(const bg_share_terms *sharing, size_t band)
{
    return band + 1 < sharing->count && sharing->whole[band + 1];
}

static bool is_open(const bg_share_terms *sharing)
{
    return sharing->open && sharing->count > 0;
}

/* limit x base, in whole fen; a limit may be above 1. */
static bg_fen amount_at(bg_decimal limit, bg_fen base)
{
    return (bg_fen)(((bg_wide)limit * base + BG_ONE / 2) / BG_ONE);
}

/* By which the result differs above the edge from below it, at the same amount. */
static bg_fen jump(const bg_share_terms *sharing, size_t band, bg_fen base)
{
    bg_share_terms below = *sharing;
    below.count = band + 1;
    const bg_fen at = amount_at(sharing->limit[band], base);
    const bg_fen above = bg_share_of(at, sharing->share[band + 1]);
    const bg_fen more = above - bg_share_terms_part(&below, false, at, base);
    return sharing->overspend ? -more : more;
}

static bg_status chance_by_draws(const search *self, const bg_share_terms *sharing,
                                 bg_decimal limit, const bg_fen *balance, const bg_fen *base,
                                 bg_probability *near)
{
    const size_t n = bg_projection_replications(self->projection);
    size_t hits = 0;
    for (size_t i = 0; i < n; i++) {
        const bg_wide amount = sharing->overspend ? -(bg_wide)balance[i] : balance[i];
        const bg_wide at = amount * BG_ONE, edge = (bg_wide)limit * base[i],
                      reach = (bg_wide)beside * base[i];
        hits += at >= edge - reach && at <= edge + reach;
    }
    *near = bg_probability_compute(hits, n);
    return BG_OK;
}

/* By the base of the central path. */
static bg_status chance_by_counts(const search *self, const bg_share_terms *sharing,
                                  bg_decimal limit, bg_fen base, bg_probability *near)
{
    const size_t n = bg_projection_replications(self->projection);
    const bg_fen low = amount_at(limit - beside, base), high = amount_at(limit + beside, base);
    const bg_fen edges[] = {sharing->overspend ? -high : low,
                            (sharing->overspend ? -low : high) + 1};
    size_t below[2] = {0};
    const bg_status status = bg_projection_below(self->projection, self->scheme, self->year,
                                                 BG_OUTCOME_balance, edges, 2, below);
    *near = bg_probability_compute(below[1] - below[0], n);
    return status;
}

static const bg_fen *draws_of(const search *self, int outcome)
{
    return bg_projection_draws(self->projection, self->scheme, self->year, (size_t)outcome);
}

static bg_status add_edge(search *self, const bg_share_terms *sharing, size_t band)
{
    bg_tiers *found = self->found;
    bg_tier_edge *items =
        bg_array_room(found->edge, &self->edge_capacity, found->edge_count + 1, sizeof *items);
    if (!items) {
        return BG_MEMORY;
    }
    found->edge = items;
    const int outcome = base_outcome(sharing);
    const bg_fen base =
        bg_projection_central(self->projection, self->scheme, self->year, (size_t)outcome);
    bg_tier_edge *edge = &items[found->edge_count++];
    *edge = (bg_tier_edge){.year = bg_projection_year(self->projection, self->year),
                           .sharing = *sharing,
                           .band = band,
                           .at = amount_at(sharing->limit[band], base),
                           .moves = jump(sharing, band, base)};
    const bg_fen *balance = draws_of(self, BG_OUTCOME_balance), *bases = draws_of(self, outcome);
    return balance && bases
               ? chance_by_draws(self, sharing, sharing->limit[band], balance, bases, &edge->near)
               : chance_by_counts(self, sharing, sharing->limit[band], base, &edge->near);
}

static bg_status add_reading(search *self, const bg_share_terms *sharing)
{
    bg_tiers *found = self->found;
    const bg_fen *balance = draws_of(self, BG_OUTCOME_balance),
                 *base = draws_of(self, base_outcome(sharing));
    if (!balance || !base) {
        return BG_OK;
    }
    bg_two_readings *items = bg_array_room(found->reading, &self->reading_capacity,
                                           found->reading_count + 1, sizeof *items);
    if (!items) {
        return BG_MEMORY;
    }
    found->reading = items;
    const size_t n = bg_projection_replications(self->projection);
    bg_wide by_parts = 0, as_whole = 0;
    for (size_t i = 0; i < n; i++) {
        const bg_fen amount = sharing->overspend ? -balance[i] : balance[i];
        by_parts += amount > 0 ? bg_share_terms_part(sharing, false, amount, base[i]) : 0;
        as_whole += amount > 0 ? bg_share_terms_part(sharing, true, amount, base[i]) : 0;
    }
    const double sign = sharing->overspend ? -1 : 1;
    items[found->reading_count++] =
        (bg_two_readings){.year = bg_projection_year(self->projection, self->year),
                          .sharing = *sharing,
                          .by_parts = sign * (double)by_parts / (double)n,
                          .as_whole = sign * (double)as_whole / (double)n};
    return BG_OK;
}

static bg_status find_in_step(search *self, const bg_share_terms *sharing)
{
    bg_status status = BG_OK;
    if (base_outcome(sharing) < 0) {
        return status;
    }
    for (size_t band = 0; band < sharing->count && !status; band++) {
        status = jumps_at(sharing, band) ? add_edge(self, sharing, band) : BG_OK;
    }
    return !status && is_open(sharing) ? add_reading(self, sharing) : status;
}

bg_status bg_tiers_find(const bg_model *model, const bg_projection *projection, size_t scheme,
                        bg_tiers *self)
{
    *self = (bg_tiers){0};
    search work = {.projection = projection, .scheme = scheme, .found = self};
    const bg_contract *contract = &model->contract;
    bg_status status = BG_OK;
    for (; work.year < bg_projection_year_count(projection); work.year++) {
        bg_share_terms sharing;
        for (size_t i = 0; !status && bg_plan_share_terms(contract->plan[scheme], i,
                                                          bg_projection_year(projection, work.year),
                                                          contract->score[work.year], &sharing);
             i++) {
            status = find_in_step(&work, &sharing);
        }
    }
    return status;
}

void bg_tiers_free(bg_tiers *self)
{
    free(self->edge);
    free(self->reading);
    *self = (bg_tiers){0};
}

typedef bool (*property)(const bg_share_terms *sharing);

static bool has_edges(const bg_share_terms *sharing)
{
    bool found = false;
    for (size_t band = 0; band < sharing->count; band++) {
        found = found || jumps_at(sharing, band);
    }
    return found;
}

static bool any_sharing(const bg_model *model, property wanted)
{
    const bg_contract *contract = &model->contract;
    bool found = false;
    for (size_t s = 0; s < contract->history.scheme_count; s++) {
        bg_share_terms sharing;
        for (size_t i = 0; bg_plan_share_terms(contract->plan[s], i, contract->first_year,
                                               contract->score[0], &sharing);
             i++) {
            found = found || (base_outcome(&sharing) >= 0 && wanted(&sharing));
        }
    }
    return found;
}

bool bg_tiers_with_edges(const bg_model *model)
{
    return any_sharing(model, has_edges);
}

bool bg_tiers_open(const bg_model *model)
{
    return any_sharing(model, is_open);
}
