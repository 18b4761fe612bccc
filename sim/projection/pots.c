#include "projection/pots.h"

#include "projection/messages.h"

#include <string.h>

static const bg_plan *plan_of(const bg_model *model)
{
    return model->contract.plan[0];
}

static const bg_node *lines_of(const bg_pot_info *pot)
{
    return bg_node_child(pot->node, "lines");
}

/* ---- which lines ---- */

/* "inpatient" is the line at both places, "inpatient.in" the one. */
static bool is_of(const bg_line *line, const char *name)
{
    const size_t length = strlen(line->service);
    if (strncmp(name, line->service, length) != 0) {
        return false;
    }
    const char *place = line->place == BG_PLACE_OUT ? ".out" : ".in";
    return name[length] == '\0' || strcmp(name + length, place) == 0;
}

/* The pot's share of the line. */
static bg_decimal share_of(const bg_pot_info *pot, const bg_line *line)
{
    const bg_node *lines = lines_of(pot);
    bg_decimal share = 0;
    for (const bg_node *of = lines && !pot->own_money ? lines->child : NULL; of; of = of->next) {
        share += is_of(line, of->key) ? of->value.decimal : 0;
    }
    return share;
}

/* Whether what lines leave is some pot's. */
static bool has_rest(const bg_plan *plan)
{
    bool rest = false;
    for (size_t p = 0; p < bg_plan_pot_count(plan); p++) {
        const bg_pot_info pot = bg_plan_pot(plan, p);
        rest = rest || (!pot.own_money && pot.expense < 0);
    }
    return rest;
}

bool bg_pots_want_lines(const bg_model *model)
{
    const bg_plan *plan = plan_of(model);
    for (size_t p = 0; p < bg_plan_pot_count(plan); p++) {
        const bg_pot_info pot = bg_plan_pot(plan, p);
        if (!pot.own_money && lines_of(&pot)) {
            return true;
        }
    }
    return false;
}

/* ---- checks ---- */

static bg_status check_names(const bg_history *history, const bg_pot_info *pot, bg_errors *errors)
{
    bg_status status = BG_OK;
    for (const bg_node *of = lines_of(pot)->child; of; of = of->next) {
        bool known = false;
        for (size_t l = 0; l < history->line_count; l++) {
            known = known || is_of(&history->line[l], of->key);
        }
        if (!known) {
            bg_first(&status, bg_errors_say(errors, BG_INVALID, of->mark, of->path,
                                            BG_SAY(pot_line_unknown), of->key));
        }
    }
    return status;
}

static bg_status check_pot(const bg_model *model, const bg_pot_info *pot, bg_errors *errors)
{
    const bg_node *lines = lines_of(pot);
    if (lines && (pot->own_money || pot->expense < 0)) {
        return bg_errors_say(errors, BG_INVALID, lines->mark, lines->path,
                             BG_SAY(pot_lines_without_expense), pot->name);
    }
    if (!lines && !pot->own_money && pot->expense >= 0) {
        return bg_errors_say(errors, BG_INVALID, pot->node->mark, pot->node->path,
                             BG_SAY(pot_of_real_years), pot->name,
                             bg_plan_input(plan_of(model), (size_t)pot->expense)->name);
    }
    return lines ? check_names(&model->contract.history, pot, errors) : BG_OK;
}

static bg_status check_whole(const bg_model *model, const bg_line *line, bg_errors *errors)
{
    const bg_plan *plan = plan_of(model);
    const bg_pot_info first = bg_plan_pot(plan, 0);
    bg_decimal sum = 0;
    for (size_t p = 0; p < bg_plan_pot_count(plan); p++) {
        const bg_pot_info pot = bg_plan_pot(plan, p);
        sum += share_of(&pot, line);
    }
    if (sum > BG_ONE || (sum < BG_ONE && !has_rest(plan))) {
        char share[BG_NUMBER_TEXT];
        return bg_errors_say(errors, BG_RANGE, first.node->mark, first.node->path,
                             BG_SAY(pot_lines_not_whole), line->name, bg_percent_text(sum, share));
    }
    return BG_OK;
}

bg_status bg_pots_check(const bg_model *model, bg_errors *errors)
{
    const bg_history *history = &model->contract.history;
    const bg_plan *plan = plan_of(model);
    bg_status status = BG_OK;
    for (size_t p = 0; p < bg_plan_pot_count(plan); p++) {
        const bg_pot_info pot = bg_plan_pot(plan, p);
        bg_first(&status, check_pot(model, &pot, errors));
    }
    for (size_t l = 0; !status && bg_pots_want_lines(model) && l < history->line_count; l++) {
        bg_first(&status, check_whole(model, &history->line[l], errors));
    }
    return status;
}

/* ---- a year ---- */

/* Of one line: what each pot has of its payments, and what the pot of the rest has. */
static void add_line(const bg_model *model, const bg_line *line, const bg_fen *paid,
                     bg_years *years)
{
    const bg_plan *plan = plan_of(model);
    const size_t count = bg_plan_pot_count(plan);
    int64_t weight[BG_MAX_POTS + 1];
    bg_fen part[BG_MAX_POTS + 1], *to[BG_MAX_POTS] = {NULL};
    weight[count] = BG_ONE;
    for (size_t p = 0; p < count; p++) {
        const bg_pot_info pot = bg_plan_pot(plan, p);
        weight[p] = share_of(&pot, line);
        weight[count] -= weight[p];
        to[p] = weight[p] > 0 ? years->settlement.input[pot.expense] : NULL;
    }
    for (size_t i = 0; i < years->n; i++) {
        bg_money_split(paid[i], weight, count + 1, part); /* weights add up to one */
        for (size_t p = 0; p < count; p++) {
            if (to[p]) {
                to[p][i] += part[p];
            }
        }
    }
}

void bg_pots_enter(const bg_model *model, const bg_demand_columns *demand, bg_years *years)
{
    const bg_plan *plan = plan_of(model);
    const bg_history *history = &model->contract.history;
    if (!demand->line) {
        return;
    }
    for (size_t p = 0; p < bg_plan_pot_count(plan); p++) {
        const bg_pot_info pot = bg_plan_pot(plan, p);
        for (size_t i = 0; lines_of(&pot) && i < years->n; i++) {
            years->settlement.input[pot.expense][i] = 0;
            years->settlement.given[pot.expense][i] = 1;
        }
    }
    for (size_t l = 0; l < history->line_count; l++) {
        if (demand->line[l]) {
            add_line(model, &history->line[l], demand->line[l], years);
        }
    }
}

/* 99 % of a pot, within what is left of that of all; the last takes it all where no pot has the rest. */
void bg_pots_fit(const bg_model *model, bg_years *years)
{
    const bg_plan *plan = plan_of(model);
    const bool rest = has_rest(plan);
    const size_t count = bg_plan_pot_count(plan);
    size_t last = count;
    for (size_t p = 0; p < count; p++) {
        const bg_pot_info pot = bg_plan_pot(plan, p);
        last = lines_of(&pot) ? p : last;
    }
    for (size_t i = 0; i < years->n && bg_pots_want_lines(model); i++) {
        bg_fen left = years->settlement.input[BG_INPUT_expense][i];
        for (size_t p = 0; p < count; p++) {
            const bg_pot_info pot = bg_plan_pot(plan, p);
            if (lines_of(&pot)) {
                bg_fen *part = &years->settlement.input[pot.expense][i];
                const bg_fen eased = *part - (*part + 50) / 100;
                *part = eased > left || (p == last && !rest) ? left : eased;
                left -= *part;
            }
        }
    }
}
