/* What a measure changes of a scheme: its people, and the share of its expense that is disallowed. */
#include "base/elementary.h"
#include "demand/messages.h"
#include "demand/reader.h"

/* Marks the schemes that the measure names; all of their lines must be. */
static void find_schemes(bg_demand_reader *self, const bg_node *node, const bg_node *section,
                         bg_change *change)
{
    const bg_history *history = self->history;
    if (bg_node_child(section, "level")) {
        BG_DEMAND_FAIL(self, BG_INVALID, node, BG_SAY(whole_scheme_with_level));
        return;
    }
    for (size_t i = 0; i < history->line_count; i++) {
        change->scheme[history->line[i].scheme] |= change->line[i];
    }
    for (size_t i = 0; i < history->line_count; i++) {
        if (change->scheme[history->line[i].scheme] && !change->line[i]) {
            BG_DEMAND_FAIL(self, BG_INVALID, node, BG_SAY(whole_scheme_incomplete),
                           history->line[i].name);
            return;
        }
    }
}

/* The people are part of what multiplies cases. */
static void read_people(bg_demand_reader *self, const bg_node *section, bg_change *change)
{
    const bg_node *node = bg_node_child(section, "people");
    bg_change_size *cases = &change->size[BG_FREQUENCY];
    change->people = bg_demand_read_size(self, section, "people");
    if (node) {
        find_schemes(self, node, section, change);
        cases->factor *= change->people.factor;
        cases->mu += change->people.mu;
        cases->sigma += change->people.sigma;
    }
}

static double logit(double share)
{
    return bg_log(share / (1 - share));
}

static double share_after(bg_demand_reader *self, const bg_node *points, bool certain)
{
    const double base = (double)self->model->disallowed / (double)BG_ONE;
    const double after = base + bg_demand_number(points);
    const bool fits = certain ? after >= 0 && after <= 1 : after > 0 && after < 1;
    if (!fits) {
        BG_DEMAND_FAIL(
            self, BG_RANGE, points, BG_SAY(disallowed_outside), 100 * after,
            certain ? ""
                    : BG_BOTH(" and, where it is uncertain, between them", "（不确定时不含两端）"));
    }
    return fits ? after : 0.5;
}

static void read_disallowed(bg_demand_reader *self, const bg_node *section, bg_change *change)
{
    const bg_node *node = bg_node_child(section, "disallowed");
    const bg_node *points = bg_node_child(node, "points");
    if (!node || !bg_demand_check_points(self, node)) {
        return;
    }
    find_schemes(self, node, section, change);
    if (points) {
        share_after(self, points, true);
        change->disallowed.points = bg_demand_number(points);
        return;
    }
    const double low = logit(share_after(self, bg_node_child(node, "p10"), false));
    const double high = logit(share_after(self, bg_node_child(node, "p90"), false));
    change->disallowed =
        (bg_change_points){.mu = (low + high) / 2, .sigma = (high - low) / (2 * BG_P90_NORMAL)};
}

void bg_demand_read_scheme_change(bg_demand_reader *self, const bg_node *section, bg_change *change)
{
    read_people(self, section, change);
    read_disallowed(self, section, change);
}
