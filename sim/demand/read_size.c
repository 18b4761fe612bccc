/* Sizes of changes: one number, or what is fallen short of and exceeded with a chance of 10 %. */
#include "base/elementary.h"
#include "demand/messages.h"
#include "demand/reader.h"

static bg_change_size normal_log(double low, double high)
{
    const double a = bg_log(1 + low), b = bg_log(1 + high);
    return (bg_change_size){.factor = 1, .mu = (a + b) / 2, .sigma = (b - a) / (2 * BG_P90_NORMAL)};
}

bg_change_size bg_demand_read_size(bg_demand_reader *self, const bg_node *section, const char *key)
{
    bg_change_size size = {.factor = 1};
    const bg_node *node = bg_node_child(section, key);
    const bg_node *change = bg_node_child(node, "change");
    const bg_node *low = bg_node_child(node, "p10"), *high = bg_node_child(node, "p90");
    if (!node) {
        return size;
    }
    if (change ? low || high : !low || !high) {
        BG_DEMAND_FAIL(self, BG_INVALID, node, BG_SAY(size_form));
    } else if (change) {
        size.factor = 1 + bg_demand_number(change);
        size.mu = bg_log(size.factor);
    } else if (low->value.decimal >= high->value.decimal) {
        BG_DEMAND_FAIL(self, BG_RANGE, high, BG_SAY(p90_not_above_p10));
    } else {
        size = normal_log(bg_demand_number(low), bg_demand_number(high));
    }
    return size;
}

bool bg_demand_check_points(bg_demand_reader *self, const bg_node *node)
{
    const bg_node *points = bg_node_child(node, "points");
    const bg_node *low = bg_node_child(node, "p10"), *high = bg_node_child(node, "p90");
    if (points ? low || high : !low || !high) {
        BG_DEMAND_FAIL(self, BG_INVALID, node, BG_SAY(points_form));
        return false;
    }
    if (!points && low->value.decimal >= high->value.decimal) {
        BG_DEMAND_FAIL(self, BG_RANGE, high, BG_SAY(p90_not_above_p10));
        return false;
    }
    return true;
}

bool bg_demand_read_amount(bg_demand_reader *self, const bg_node *node, bg_change_amount *result)
{
    const bg_node *amount = bg_node_child(node, "amount");
    const bg_node *low = bg_node_child(node, "p10"), *high = bg_node_child(node, "p90");
    if (amount ? low || high : !low || !high) {
        BG_DEMAND_FAIL(self, BG_INVALID, node, BG_SAY(amount_form));
    } else if (amount) {
        result->fen = (double)amount->value.fen;
        return true;
    } else if (low->value.fen >= high->value.fen) {
        BG_DEMAND_FAIL(self, BG_RANGE, high, BG_SAY(p90_not_above_p10));
    } else {
        const double a = bg_log((double)low->value.fen), b = bg_log((double)high->value.fen);
        result->mu = (a + b) / 2;
        result->sigma = (b - a) / (2 * BG_P90_NORMAL);
        return true;
    }
    return false;
}

static double logit(double share)
{
    return bg_log(share / (1 - share));
}

void bg_demand_read_share(bg_demand_reader *self, const bg_node *section, const bg_node *node,
                          bg_change_share *result)
{
    const bg_node *share = bg_node_child(node, "share");
    const bg_node *low = bg_node_child(node, "p10"), *high = bg_node_child(node, "p90");
    if (!node || (share ? low || high : !low || !high)) {
        BG_DEMAND_FAIL(self, node ? BG_INVALID : BG_MISSING, node ? node : section,
                       BG_SAY(place_share_form));
    } else if (share) {
        result->sure = bg_demand_number(share);
    } else if (low->value.decimal >= high->value.decimal) {
        BG_DEMAND_FAIL(self, BG_RANGE, high, BG_SAY(p90_not_above_p10));
    } else {
        const double a = logit(bg_demand_number(low)), b = logit(bg_demand_number(high));
        result->mu = (a + b) / 2;
        result->sigma = (b - a) / (2 * BG_P90_NORMAL);
    }
}
