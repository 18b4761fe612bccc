/* What incidents cost beside care. */
#include "base/elementary.h"
#include "demand/reader.h"

/* False with an error. */
static bool read_amount(bg_demand_reader *self, const bg_node *node, bg_change_direct *direct)
{
    const bg_node *amount = bg_node_child(node, "amount");
    const bg_node *low = bg_node_child(node, "p10"), *high = bg_node_child(node, "p90");
    if (amount ? low || high : !low || !high) {
        BG_DEMAND_FAIL(self, BG_INVALID, node,
                       "A direct cost is one amount such as 2000000, or has both p10 and p90.");
    } else if (amount) {
        direct->amount = (double)amount->value.fen;
        return true;
    } else if (low->value.fen >= high->value.fen) {
        BG_DEMAND_FAIL(self, BG_RANGE, high, "p90 must be above p10.");
    } else {
        const double a = bg_log((double)low->value.fen), b = bg_log((double)high->value.fen);
        direct->mu = (a + b) / 2;
        direct->sigma = (b - a) / (2 * BG_P90_NORMAL);
        return true;
    }
    return false;
}

void bg_demand_read_direct(bg_demand_reader *self, const bg_node *section,
                           const bg_horizon *horizon, bg_change *change)
{
    const bg_node *node = bg_node_child(section, "direct_cost");
    const bg_node *from = bg_node_child(section, "from"), *until = bg_node_child(section, "until");
    bg_change_direct *direct = &change->direct;
    if (!node || !from || !until || !read_amount(self, node, direct)) {
        return;
    }
    const int64_t first = from->value.integer, last = until->value.integer;
    direct->months = (size_t)(last - first + 1);
    for (size_t y = 0; y < horizon->years; y++) {
        direct->in_year[y] =
            bg_change_months(first, last, BG_ALL_MONTHS, horizon->first_year + (int)y);
    }
}
