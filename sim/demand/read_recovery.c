/* What measures bring back to the pooled funds. */
#include "demand/reader.h"

static double months_of(uint16_t months)
{
    double count = 0;
    for (size_t month = 0; month < 12; month++) {
        count += bg_has_month(months, month);
    }
    return count;
}

/* False where it acts on no line. */
static bool divide(const bg_history *history, bg_change *change)
{
    int64_t weight[BG_MAX_SCHEMES] = {0};
    bg_demand_weigh_schemes(history, change, weight);
    double sum = 0;
    for (size_t s = 0; s < history->scheme_count; s++) {
        sum += (double)weight[s];
    }
    for (size_t s = 0; s < history->scheme_count && sum > 0; s++) {
        change->recoveries.share[s] = (double)weight[s] / sum;
    }
    return sum > 0;
}

void bg_demand_read_recoveries(bg_demand_reader *self, const bg_node *section, bg_change *change)
{
    const bg_node *node = bg_node_child(section, "recoveries");
    bg_change_recoveries *recoveries = &change->recoveries;
    if (!node || !divide(self->history, change) ||
        !bg_demand_read_amount(self, node, &recoveries->amount)) {
        return;
    }
    for (size_t year = 0; year < BG_MAX_BUDGET_YEARS; year++) {
        recoveries->part[year] = change->weight[year] * months_of(change->months[year]) / 12;
    }
}
