/* What each yuan that a measure brings back deters in the year after. */
#include "base/elementary.h"
#include "demand/deterrence.h"
#include "demand/direct_cost.h"
#include "demand/messages.h"
#include "demand/reader.h"

#include <string.h>

/* A number above 0 whose logarithm is normal; sigma is 0 where it is sure. */
typedef struct lognormal {
    double mu, sigma;
} lognormal;

/* Yuan deterred by yuan brought back; false where it is none, or with an error. */
static bool read_factor(bg_demand_reader *self, const bg_node *node, lognormal *result)
{
    const bg_node *factor = bg_node_child(node, "factor");
    const bg_node *low = bg_node_child(node, "p10"), *high = bg_node_child(node, "p90");
    if (factor ? low || high : !low || !high) {
        BG_DEMAND_FAIL(self, BG_INVALID, node, BG_SAY(deterrence_form));
    } else if (factor) {
        const double number = bg_demand_number(factor);
        *result = (lognormal){.mu = number > 0 ? bg_log(number) : 0};
        return number > 0;
    } else if (low->value.decimal >= high->value.decimal) {
        BG_DEMAND_FAIL(self, BG_RANGE, high, BG_SAY(p90_not_above_p10));
    } else {
        const double a = bg_log(bg_demand_number(low)), b = bg_log(bg_demand_number(high));
        *result = (lognormal){.mu = (a + b) / 2, .sigma = (b - a) / (2 * BG_P90_NORMAL)};
        return true;
    }
    return false;
}

static lognormal as_lognormal(const bg_change_amount *amount)
{
    return amount->sigma > 0 ? (lognormal){.mu = amount->mu, .sigma = amount->sigma}
                             : (lognormal){.mu = bg_log(amount->fen)};
}

/* One draw is the luck of all sizes of a measure: with two that multiply expense, the mean would not be the product. */
static bool draws_care(const bg_change *measure)
{
    return measure->size[BG_FREQUENCY].sigma > 0 || measure->size[BG_COST].sigma > 0 ||
           measure->share.sigma > 0 || measure->fund_share_drawn;
}

/* It acts in all months of the year after one in which something was brought back. */
static void follow(const bg_demand_reader *self, const bg_change *measure, bg_change *change)
{
    for (size_t y = 0; y < self->model->years; y++) {
        const bg_change_recoveries *of = &measure->recoveries;
        change->weight[y] = y > 0 ? of->part[y - 1] : of->before;
        change->months[y] = change->weight[y] > 0 ? BG_ALL_MONTHS : 0;
    }
}

void bg_demand_read_deterrence(bg_demand_reader *self, const bg_node *section,
                               const bg_change *measure)
{
    const bg_node *node = bg_node_child(section, "deterrence");
    lognormal factor;
    if (!node || !read_factor(self, node, &factor)) {
        return;
    }
    if (!bg_node_child(section, "recoveries")) {
        BG_DEMAND_FAIL(self, BG_MISSING, node, BG_SAY(deterrence_without_recoveries));
        return;
    }
    if (!bg_change_has_amount(&measure->recoveries.amount)) {
        return;
    }
    const lognormal back = as_lognormal(&measure->recoveries.amount);
    if (factor.sigma + back.sigma > 0 && draws_care(measure)) {
        BG_DEMAND_FAIL(self, BG_INVALID, node, BG_SAY(deterrence_beside_drawn));
        return;
    }
    bg_change *change = bg_demand_add_change(self, BG_CHANGE_DETERRENCE, section);
    if (change) {
        memcpy(change->line, measure->line, sizeof change->line);
        memcpy(change->level, measure->level, sizeof change->level);
        change->size[BG_FREQUENCY] = (bg_change_size){.factor = 1,
                                                      .mu = factor.mu + back.mu,
                                                      .sigma = factor.sigma + back.sigma,
                                                      .deters = true};
        follow(self, measure, change);
    }
}

/* ---- when the lines are known ---- */

/* The part of a line's payments on which it acts. */
static double part_of_line(const bg_demand *model, const bg_change *change, size_t line)
{
    const bg_line_levels *levels = &model->line[line].levels;
    double part = 0;
    for (size_t i = 0; i < levels->count && change->level[line]; i++) {
        part += change->level[line] >> i & 1 ? levels->cases[i] * levels->cost[i] : 0;
    }
    return !change->line[line] ? 0 : change->level[line] ? part : 1;
}

/* What is expected of its lines in a budget year, as if nothing changed. */
static double payments(const bg_demand *model, const bg_change *change, size_t year)
{
    double sum = 0;
    for (size_t line = 0; line < model->line_count; line++) {
        const double part = part_of_line(model, change, line);
        sum +=
            part > 0 ? part * bg_expected_payments(model, line, model->first_year + (int)year) : 0;
    }
    return sum;
}

static size_t first_year(const bg_demand *model, const bg_change *change)
{
    size_t year = 0;
    while (year < model->years && change->months[year] == 0) {
        year++;
    }
    return year;
}

static void refuse_most(bg_demand_reader *self, const bg_change *change, double share)
{
    const bg_node *measures = bg_scenario_find(self->scenario, "measures");
    const bg_node *node = bg_node_child(bg_node_child(measures, change->name), "deterrence");
    BG_DEMAND_FAIL(self, BG_RANGE, node, BG_SAY(deterrence_too_much), 100 * share,
                   100 * BG_MOST_DETERRED);
}

/* From yuan to the share of payments, in the first year in which it acts; later years have more, or less, of them. */
static void relate(bg_demand_reader *self, bg_change *change)
{
    const bg_demand *model = self->model;
    bg_change_size *size = &change->size[BG_FREQUENCY];
    const size_t first = first_year(model, change);
    const double paid = first < model->years ? payments(model, change, first) : 0;
    if (paid <= 0) {
        *size = (bg_change_size){.factor = 1};
        return;
    }
    size->mu -= bg_log(paid);
    const double share = bg_exp(size->mu), most = bg_exp(size->mu + BG_P90_NORMAL * size->sigma);
    if (most > BG_MOST_DETERRED) {
        refuse_most(self, change, most);
    }
    if (size->sigma <= 0) {
        *size = (bg_change_size){.factor = 1 - share, .mu = bg_log(1 - share)};
    }
    for (size_t year = first; year < model->years; year++) {
        const double then = payments(model, change, year);
        change->weight[year] *= then > 0 ? paid / then : 0;
    }
}

void bg_demand_relate_deterrence(bg_demand_reader *self)
{
    for (size_t j = 0; j < self->model->change_count && !self->status; j++) {
        if (self->model->change[j].kind == BG_CHANGE_DETERRENCE) {
            relate(self, &self->model->change[j]);
        }
    }
}
