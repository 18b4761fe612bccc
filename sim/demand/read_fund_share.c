/* Points that a measure adds to the fund's share of a bill. README.md, "Measures and incidents". */
#include "base/elementary.h"
#include "demand/messages.h"
#include "demand/reader.h"

#define LEAST 1e-6 /* share, whose logit a shift can still be told from */

static double logit(double share)
{
    return bg_log(share / (1 - share));
}

/* What the logit of a share is shifted by where points are added to it. */
static double shift_of(bg_demand_reader *self, const bg_node *points, double share,
                       const bg_line *line)
{
    const double after = share + bg_demand_number(points);
    if (!(after > LEAST) || !(after < 1 - LEAST)) {
        BG_DEMAND_FAIL(self, BG_RANGE, points, BG_SAY(fund_share_outside), 100 * share, line->name,
                       100 * after);
        return 0;
    }
    return bg_demand_number(points) != 0 ? logit(after) - logit(share) : 0;
}

static void read_line(bg_demand_reader *self, const bg_node *node, size_t index, bg_change *change)
{
    const bg_line *line = &self->history->line[index];
    const bg_node *points = bg_node_child(node, "points"), *low = bg_node_child(node, "p10");
    const double patients = self->model->line[index].patient_share, share = 1 / (1 + patients);
    bg_change_shift *shift = &change->fund_share[index];
    if (!(patients > 0)) {
        BG_DEMAND_FAIL(self, BG_INVALID, node, BG_SAY(fund_share_unknown), line->name);
        return;
    }
    if (!bg_demand_keep_levels(self, index)) {
        return;
    }
    if (points) {
        shift->mu = shift_of(self, points, share, line);
        return;
    }
    const double a = shift_of(self, low, share, line);
    const double b = shift_of(self, bg_node_child(node, "p90"), share, line);
    *shift = (bg_change_shift){.mu = (a + b) / 2, .sigma = (b - a) / (2 * BG_P90_NORMAL)};
    change->fund_share_drawn = true;
}

void bg_demand_read_fund_share(bg_demand_reader *self, const bg_node *section, bg_change *change)
{
    const bg_node *node = bg_node_child(section, "fund_share");
    if (!node || !bg_demand_check_points(self, node)) {
        return;
    }
    for (size_t i = 0; i < self->history->line_count && !self->status; i++) {
        if (change->line[i]) {
            read_line(self, node, i, change);
        }
    }
}
