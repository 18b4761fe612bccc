#include "study/net.h"

const char *bg_net_party_name(bg_net_party party)
{
    static const char *const names[BG_NET_PARTIES] = {"community", "pool", "cover", "elsewhere",
                                                      "government"};
    return names[party];
}

bool bg_net_known(const bg_contributions *of)
{
    return of && of->count > 0 && of->row[0].cost;
}

static const bg_cost_year *cost_of(const bg_contributions *of, size_t row, size_t unit, size_t year)
{
    return &of->row[row].cost[unit * of->years + year];
}

bg_fen bg_net_outlay(const bg_contributions *of, size_t row, size_t unit, size_t year,
                     bg_outlay_payer payer)
{
    bg_fen sum = 0;
    for (size_t y = 0; y < of->years; y++) {
        sum += y == year || year == of->years ? cost_of(of, row, unit, y)->outlay[payer] : 0;
    }
    return sum;
}

static bg_fen mean(const bg_contributions *of, size_t row, size_t unit, size_t year,
                   bg_effect_kind kind)
{
    return bg_contributions_effect(of, row, unit, year, kind)->mean;
}

/* -expense = result - shared - covered - elsewhere, of which each payer's outlay is taken. Income is the pool's. */
static void find_parties(const bg_contributions *of, size_t row, size_t unit, size_t year,
                         bg_fen party[BG_NET_PARTIES])
{
    static const bg_net_party payer[BG_OUTLAY_PAYERS] = {BG_NET_COMMUNITY, BG_NET_POOL,
                                                         BG_NET_GOVERNMENT};
    party[BG_NET_COMMUNITY] = mean(of, row, unit, year, BG_EFFECT_COMMUNITY);
    party[BG_NET_POOL] =
        mean(of, row, unit, year, BG_EFFECT_INCOME) - mean(of, row, unit, year, BG_EFFECT_POOL);
    party[BG_NET_COVER] = -mean(of, row, unit, year, BG_EFFECT_COVER);
    party[BG_NET_ELSEWHERE] = -mean(of, row, unit, year, BG_EFFECT_ELSEWHERE);
    party[BG_NET_GOVERNMENT] = 0;
    for (bg_outlay_payer p = 0; p < BG_OUTLAY_PAYERS; p++) {
        party[payer[p]] -= bg_net_outlay(of, row, unit, year, p);
    }
}

static bg_fen all_outlays(const bg_contributions *of, size_t row, size_t unit, size_t year)
{
    bg_fen sum = 0;
    for (bg_outlay_payer payer = 0; payer < BG_OUTLAY_PAYERS; payer++) {
        sum += bg_net_outlay(of, row, unit, year, payer);
    }
    return sum;
}

static bg_fen gain_of(const bg_contributions *of, size_t row, size_t unit, size_t year)
{
    return mean(of, row, unit, year, BG_EFFECT_INCOME) -
           mean(of, row, unit, year, BG_EFFECT_EXPENSE);
}

static bg_fen net_of(const bg_contributions *of, size_t row, size_t unit, size_t year)
{
    return gain_of(of, row, unit, year) - all_outlays(of, row, unit, year);
}

bg_net bg_net_find(const bg_contributions *of, size_t row, size_t unit, size_t year)
{
    const size_t last = year < of->years ? year : of->years - 1;
    const bg_cost_year *cost = cost_of(of, row, unit, last);
    bg_net net = {.income = mean(of, row, unit, year, BG_EFFECT_INCOME),
                  .gain = gain_of(of, row, unit, year),
                  .outlay = all_outlays(of, row, unit, year),
                  .net = net_of(of, row, unit, year),
                  .se = year < of->years ? cost->se : cost->so_far_se,
                  .so_far_se = cost->so_far_se,
                  .pool_se = cost->pool_so_far_se,
                  .earned = cost->earned};
    find_parties(of, row, unit, year, net.party);
    for (size_t y = 0; y <= last; y++) {
        net.so_far += net_of(of, row, unit, y);
    }
    return net;
}

size_t bg_net_earned_back(const bg_contributions *of, size_t row, size_t unit)
{
    size_t since = of->years;
    bg_fen so_far = 0;
    bool begun = false;
    for (size_t year = 0; year < of->years; year++) {
        begun = begun || all_outlays(of, row, unit, year) > 0;
        so_far += net_of(of, row, unit, year);
        if (!begun || so_far < 0) {
            since = of->years;
        } else if (since == of->years) {
            since = year;
        }
    }
    return since;
}
