#include "settlement/rate.h"
#include "settlement/messages.h"

#include <string.h>

#define MAX_TIERS 32

/* ---- reading ---- */

static bg_decimal decimal_or(const bg_node *map, const char *key, bg_decimal otherwise)
{
    const bg_node *node = bg_node_child(map, key);
    return node ? node->value.decimal : otherwise;
}

static bg_status check_tiers(const bg_node *tiers, bg_errors *errors)
{
    if (bg_node_count(tiers) > MAX_TIERS) {
        return bg_errors_say(errors, BG_LIMIT, tiers->mark, tiers->path, BG_SAY(tiers_too_many),
                             bg_node_count(tiers), MAX_TIERS);
    }
    return BG_OK;
}

static bg_status read_tiers(const bg_node *tiers, bg_rate_part *self, bg_errors *errors)
{
    self->node = tiers;
    if (!bg_node_holds_years(tiers)) {
        self->form = BG_RATE_RULE_BY_SCORE;
        return check_tiers(tiers, errors);
    }
    self->form = BG_RATE_RULE_BY_YEAR_AND_SCORE;
    bg_status status = BG_OK;
    for (const bg_node *year = tiers->child; year; year = year->next) {
        bg_first(&status, check_tiers(year, errors));
    }
    return status;
}

static bg_status read_line(const bg_node *line, bg_rate_part *self)
{
    self->form = BG_RATE_RULE_LINE;
    self->at_0 = bg_node_decimal(line, "at_0");
    self->at_100 = bg_node_decimal(line, "at_100");
    return BG_OK;
}

static bg_status read_input(const bg_plan *plan, const bg_node *input, bg_rate_part *self,
                            bg_errors *errors)
{
    self->form = BG_RATE_RULE_INPUT;
    self->constant = decimal_or(self->node, "times", BG_ONE);
    return bg_plan_find_input(plan, input, BG_KIND_RATE, &self->input, errors);
}

static bg_status read_map(const bg_plan *plan, bg_rate_part *self, bg_errors *errors)
{
    const bg_node *tiers = bg_node_child(self->node, "by_score");
    const bg_node *line = bg_node_child(self->node, "score");
    const bg_node *input = bg_node_child(self->node, "input");
    if (tiers) {
        return read_tiers(tiers, self, errors);
    }
    if (line) {
        return read_line(line, self);
    }
    if (input) {
        return read_input(plan, input, self, errors);
    }
    self->form = BG_RATE_RULE_BY_YEAR;
    return BG_OK;
}

static void read_bounds(const bg_node *node, bg_decimal *floor, bg_decimal *ceiling)
{
    *floor = decimal_or(node, "floor", INT64_MIN);
    *ceiling = decimal_or(node, "ceiling", INT64_MAX);
}

/* A rule without points; in one with points, the bounds are not the part's. */
static bg_status read_part(const bg_plan *plan, const bg_node *node, bool bounded,
                           bg_rate_part *self, bg_errors *errors)
{
    *self =
        (bg_rate_part){.node = node, .floor = INT64_MIN, .ceiling = INT64_MAX, .highest = BG_ONE};
    if (!node || (node->kind == BG_NODE_VALUE && node->parameter->choices[0] &&
                  strcmp(node->text, node->parameter->choices) == 0)) {
        return BG_OK;
    }
    if (node->kind == BG_NODE_VALUE) {
        self->form = BG_RATE_RULE_CONSTANT;
        self->constant = node->value.decimal;
        return BG_OK;
    }
    if (bounded) {
        read_bounds(node, &self->floor, &self->ceiling);
    }
    return node->parameter->shape == BG_SHAPE_TIERS ? read_tiers(node, self, errors)
                                                    : read_map(plan, self, errors);
}

static bg_status read_sum(const bg_plan *plan, const bg_node *points, bg_rate_rule *self,
                          bg_errors *errors)
{
    const bg_node *rate = bg_node_child(self->node, "rate");
    self->form = BG_RATE_RULE_PLUS;
    read_bounds(self->node, &self->floor, &self->ceiling);
    bg_status status = read_part(plan, rate ? rate : self->node, rate != NULL, &self->rate, errors);
    bg_first(&status, read_part(plan, points, true, &self->points, errors));
    self->points.lowest = -BG_ONE;
    return status;
}

bg_status bg_rate_rule_read(const bg_plan *plan, const bg_node *node, bg_rate_rule *self,
                            bg_errors *errors)
{
    *self = (bg_rate_rule){.node = node};
    const bg_node *points = node && node->kind == BG_NODE_MAP ? bg_node_child(node, "plus") : NULL;
    if (points) {
        return read_sum(plan, points, self, errors);
    }
    const bg_status status = read_part(plan, node, true, &self->rate, errors);
    self->form = self->rate.form;
    self->constant = self->rate.constant;
    return status;
}

static bg_status read_amount(const bg_plan *plan, const bg_node *input, bg_rate_rule *self,
                             bg_errors *errors)
{
    const bg_node *floor = bg_node_child(self->node, "floor");
    const bg_node *bound = floor ? floor : bg_node_child(self->node, "ceiling");
    self->form = BG_RATE_RULE_INPUT;
    self->rate = (bg_rate_part){.form = self->form,
                                .node = self->node,
                                .constant = decimal_or(self->node, "times", BG_ONE),
                                .floor = INT64_MIN,
                                .ceiling = INT64_MAX};
    if (bound) {
        return bg_errors_say(errors, BG_INVALID, bound->mark, bound->path, BG_SAY(weight_bounded),
                             bound->key, input->text);
    }
    return bg_plan_find_input(plan, input, BG_KIND_MONEY, &self->rate.input, errors);
}

bg_status bg_weight_rule_read(const bg_plan *plan, const bg_node *node, bg_rate_rule *self,
                              bg_errors *errors)
{
    const bg_node *input = node->kind == BG_NODE_MAP ? bg_node_child(node, "input") : NULL;
    const int found = input ? bg_inputs_index(&plan->inputs, input->text) : -1;
    const bool plain = input && !bg_node_child(node, "plus");
    *self = (bg_rate_rule){.node = node};
    const bg_status status = plain && found >= 0 && plan->inputs.item[found].kind == BG_KIND_MONEY
                                 ? read_amount(plan, input, self, errors)
                                 : bg_rate_rule_read(plan, node, self, errors);
    if (self->form == BG_RATE_RULE_INPUT) {
        self->rate.highest = INT64_MAX;
    }
    return status;
}

bool bg_weight_is_money(const bg_plan *plan, const bg_rate_rule *self)
{
    return plan->inputs.item[self->rate.input].kind == BG_KIND_MONEY;
}

/* ---- at work ---- */

static bg_decimal bounded(const bg_rate_part *self, bg_decimal rate)
{
    rate = rate < self->floor ? self->floor : rate;
    return rate > self->ceiling ? self->ceiling : rate;
}

/* Units of one year mostly stand together, so the year before is tried first. */
static void rates_by_year(const bg_rate_part *self, bg_settling *run, bg_decimal *rate)
{
    const int64_t *year = run->input[BG_INPUT_year];
    const bg_node *cell = NULL;
    for (size_t u = 0; u < run->n; u++) {
        if (u == 0 || year[u] != year[u - 1]) {
            cell = bg_node_in_year(self->node, (int)(year[u] / BG_ONE));
        }
        rate[u] = cell ? cell->value.decimal : 0;
        if (!cell && bg_settling_applies(run, u)) {
            bg_settling_fail(run, BG_MISSING, u, &self->node->mark, self->node->path,
                             BG_SAY(rate_of_year_missing), (long long)(year[u] / BG_ONE));
            return;
        }
    }
}

/* The tier that a score reaches: bounds fall, so it is the first. */
static const bg_node *tier_of(const bg_node *tiers, int64_t score)
{
    const bg_node *tier = tiers->child;
    while (tier && score < tier->limit) {
        tier = tier->next;
    }
    return tier;
}

static void rates_by_year_and_score(const bg_rate_part *self, bg_settling *run, bg_decimal *rate)
{
    const int64_t *year = run->input[BG_INPUT_year], *score = run->input[BG_INPUT_score];
    const bg_node *tiers = NULL;
    for (size_t u = 0; u < run->n; u++) {
        if (u == 0 || year[u] != year[u - 1]) {
            tiers = bg_node_in_year(self->node, (int)(year[u] / BG_ONE));
        }
        const bg_node *tier = tiers ? tier_of(tiers, score[u]) : NULL;
        rate[u] = tier ? tier->value.decimal : 0;
        if (!tiers && bg_settling_applies(run, u)) {
            bg_settling_fail(run, BG_MISSING, u, &self->node->mark, self->node->path,
                             BG_SAY(rate_of_year_missing), (long long)(year[u] / BG_ONE));
            return;
        }
    }
}

static void rates_by_score(const bg_rate_part *self, bg_settling *run, bg_decimal *rate)
{
    run->columns->fill(run->n, 0, rate);
    /* Bounds fall: what a later tier says gives way to an earlier one that is reached as well. */
    const bg_node *tier[MAX_TIERS];
    size_t count = 0;
    for (const bg_node *node = self->node->child; node; node = node->next) {
        tier[count++] = node;
    }
    while (count-- > 0) {
        run->columns->reach(run->n, run->input[BG_INPUT_score], tier[count]->limit,
                            tier[count]->value.decimal, rate);
    }
}

/* at_0 + (at_100 - at_0) score / 100, rounded once, half away from zero. */
static void rates_on_line(const bg_rate_part *self, bg_settling *run, bg_decimal *rate)
{
    const int64_t *score = run->input[BG_INPUT_score];
    const bg_wide whole = (bg_wide)100 * BG_ONE;
    for (size_t u = 0; u < run->n; u++) {
        const bg_wide sum =
            (bg_wide)self->at_0 * (whole - score[u]) + (bg_wide)self->at_100 * score[u];
        rate[u] = bounded(self, (bg_decimal)((sum + whole / 2) / whole));
    }
}

static void rates_from_input(const bg_rate_part *self, bg_settling *run, bg_decimal *rate)
{
    const bg_named_input *input = &run->plan->inputs.item[self->input];
    const int64_t *column = run->input[self->input];
    for (size_t u = 0; u < run->n; u++) {
        bg_decimal product = 0;
        const bg_status status = bg_decimal_times(column[u], self->constant, &product);
        rate[u] = status ? 0 : bounded(self, product);
        if (!bg_settling_applies(run, u)) {
            continue;
        }
        if (!bg_settling_given(run, self->input, u)) {
            bg_settling_fail(run, BG_MISSING, u, &self->node->mark, self->node->path,
                             BG_SAY(rate_input_absent), input->name);
            return;
        }
        if (status && self->highest == INT64_MAX) {
            bg_settling_fail(run, BG_OVERFLOW, u, &self->node->mark, self->node->path,
                             BG_SAY(weight_too_large), input->name, BG_NUMBER(self->constant));
            return;
        }
        if (status || rate[u] < self->lowest || rate[u] > self->highest) {
            bg_settling_fail(run, BG_RANGE, u, &self->node->mark, self->node->path,
                             BG_SAY(rate_of_input_out_of_range), input->name,
                             BG_PERCENT(status ? column[u] : rate[u]), BG_PERCENT(self->lowest),
                             BG_PERCENT(self->highest));
            return;
        }
    }
}

static bg_rates part_rates(const bg_rate_part *self, bg_settling *run, bg_decimal *column)
{
    static void (*const forms[])(const bg_rate_part *, bg_settling *, bg_decimal *) = {
        [BG_RATE_RULE_BY_YEAR] = rates_by_year,
        [BG_RATE_RULE_BY_SCORE] = rates_by_score,
        [BG_RATE_RULE_BY_YEAR_AND_SCORE] = rates_by_year_and_score,
        [BG_RATE_RULE_LINE] = rates_on_line,
        [BG_RATE_RULE_INPUT] = rates_from_input,
    };
    if (self->form <= BG_RATE_RULE_CONSTANT) {
        return (bg_rates){&self->constant, 0};
    }
    forms[self->form](self, run, column);
    return (bg_rates){column, 1};
}

/* Neither is beyond 100 % either way, so that the sum fits. */
static bg_decimal moved(const bg_rate_rule *self, bg_decimal rate, bg_decimal points)
{
    bg_decimal sum = rate + points;
    sum = sum < self->floor ? self->floor : sum;
    sum = sum > self->ceiling ? self->ceiling : sum;
    return sum < 0 ? 0 : sum > BG_ONE ? BG_ONE : sum;
}

bg_rates bg_rate_rule_rates(const bg_rate_rule *self, bg_settling *run, bg_decimal *column)
{
    const bg_rates rate = part_rates(&self->rate, run, column);
    if (self->form != BG_RATE_RULE_PLUS) {
        return rate;
    }
    const bg_rates points = part_rates(&self->points, run, run->points);
    for (size_t u = 0; u < run->n; u++) {
        column[u] = moved(self, bg_rate(rate, u), bg_rate(points, u));
    }
    return (bg_rates){column, 1};
}

/* ---- explanation ---- */

static const bg_node *tiers_in(const bg_rate_part *self, const bg_settling *run)
{
    return self->form == BG_RATE_RULE_BY_SCORE ? self->node
           : self->form == BG_RATE_RULE_BY_YEAR_AND_SCORE
               ? bg_node_in_year(self->node, (int)(run->input[BG_INPUT_year][0] / BG_ONE))
               : NULL;
}

const bg_node *bg_rate_rule_tiers(const bg_rate_rule *self, const bg_settling *run)
{
    return self->form == BG_RATE_RULE_PLUS ? NULL : tiers_in(&self->rate, run);
}

static const bg_mark *part_mark(const bg_rate_part *self, const bg_settling *run)
{
    const bg_node *cell = NULL, *tiers = tiers_in(self, run);
    if (self->form == BG_RATE_RULE_BY_YEAR) {
        cell = bg_node_in_year(self->node, (int)(run->input[BG_INPUT_year][0] / BG_ONE));
    } else if (tiers) {
        cell = tier_of(tiers, run->input[BG_INPUT_score][0]);
        return cell ? &cell->mark : NULL;
    }
    return cell ? &cell->mark : self->node ? &self->node->mark : NULL;
}

const bg_mark *bg_rate_rule_mark(const bg_rate_rule *self, const bg_settling *run)
{
    return self->form == BG_RATE_RULE_PLUS ? &self->node->mark : part_mark(&self->rate, run);
}

static void explain_part(const bg_rate_part *self, bg_settling *run)
{
    const bg_decimal score = run->input[BG_INPUT_score][0];
    if (self->form == BG_RATE_RULE_BY_YEAR) {
        bg_settling_because(run,
                            BG_REASON(rate_of_year, bg_say_number(run->input[BG_INPUT_year][0])));
    } else if (self->form == BG_RATE_RULE_BY_YEAR_AND_SCORE) {
        bg_settling_because(run, BG_REASON(rate_of_year_at_score,
                                           bg_say_number(run->input[BG_INPUT_year][0]),
                                           bg_say_number(score)));
    } else if (self->form == BG_RATE_RULE_BY_SCORE) {
        bg_settling_because(run, BG_REASON(rate_at_score, bg_say_number(score)));
    } else if (self->form == BG_RATE_RULE_LINE) {
        bg_settling_because(run, BG_REASON(rate_on_line, bg_say_number(score),
                                           bg_say_rate(self->at_0), bg_say_rate(self->at_100)));
    } else if (self->form == BG_RATE_RULE_INPUT) {
        bg_settling_because(run, BG_REASON(rate_from_input, bg_say_input(self->input),
                                           bg_say_rate(run->input[self->input][0])));
    }
}

void bg_rate_rule_explain(const bg_rate_rule *self, bg_settling *run)
{
    if (self->form != BG_RATE_RULE_PLUS) {
        explain_part(&self->rate, run);
        return;
    }
    bg_decimal column = 0;
    const bg_decimal rate = bg_rate(part_rates(&self->rate, run, &column), 0);
    const bg_decimal points = bg_rate(part_rates(&self->points, run, &column), 0);
    if (tiers_in(&self->points, run)) {
        bg_settling_because(run,
                            BG_REASON(rate_moved_at_score, bg_say_rate(rate), bg_say_rate(points),
                                      bg_say_number(run->input[BG_INPUT_score][0])));
    } else {
        bg_settling_because(run, BG_REASON(rate_moved, bg_say_rate(rate), bg_say_rate(points)));
    }
}

/* ---- outside a run ---- */

bool bg_rate_rule_at(const bg_rate_rule *self, const bg_plan *plan, int year, bg_decimal score,
                     bg_decimal *rate)
{
    if (self->rate.form == BG_RATE_RULE_INPUT || self->points.form == BG_RATE_RULE_INPUT) {
        return false;
    }
    bg_errors unheard;
    bg_errors_init(&unheard);
    int64_t year_column = year * BG_ONE, score_column = score;
    bg_settlement_block none = {.n = 1};
    bg_settling run = {.plan = plan,
                       .block = &none,
                       .columns = bg_columns_current(),
                       .n = 1,
                       .fine = 1,
                       .errors = &unheard};
    run.input[BG_INPUT_year] = &year_column;
    run.input[BG_INPUT_score] = &score_column;
    bg_decimal column = 0, points = 0;
    run.points = &points;
    *rate = bg_rate(bg_rate_rule_rates(self, &run, &column), 0);
    bg_errors_free(&unheard);
    return run.status == BG_OK;
}
