/* What incidents cost beside care. */
#include "demand/reader.h"

void bg_demand_read_direct(bg_demand_reader *self, const bg_node *section,
                           const bg_horizon *horizon, bg_change *change)
{
    const bg_node *node = bg_node_child(section, "direct_cost");
    const bg_node *from = bg_node_child(section, "from"), *until = bg_node_child(section, "until");
    bg_change_direct *direct = &change->direct;
    if (!node || !from || !until || !bg_demand_read_amount(self, node, &direct->amount)) {
        return;
    }
    const int64_t first = from->value.integer, last = until->value.integer;
    direct->months = (size_t)(last - first + 1);
    for (size_t y = 0; y < horizon->years; y++) {
        direct->in_year[y] =
            bg_change_months(first, last, BG_ALL_MONTHS, horizon->first_year + (int)y);
    }
}
