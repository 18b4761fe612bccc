/* split: the result, and the disallowed expense unless it is known whose it is, go to the institutions
 * by shares or weights, which may differ for a gain and a loss: largest remainder, equal remainders to the
 * name first in byte order. The balance becomes zero. */
#include "base/text.h"
#include "settlement/messages.h"
#include "settlement/pots.h"
#include "settlement/rate.h"

#include <string.h>

/* ---- reading ---- */

/* Shares add up to 100 %; weights, which come from inputs, need not. */
typedef struct split_side {
    bool weighted;
    bool constant;
    bg_weights by_name;                      /* where the shares are constant */
    bg_rate_rule share[BG_MAX_INSTITUTIONS]; /* in the order of the file */
} split_side;

enum { GAIN, LOSS, SIDES };

typedef struct split_terms {
    bool by_sign; /* a loss has shares of its own; else those of GAIN hold for every result */
    split_side side[SIDES]; /* a result of zero is divided as a gain */
} split_terms;

static bg_status read_institution(bg_plan *plan, const bg_node *node, split_terms *terms,
                                  bg_errors *errors)
{
    if (plan->institution_count == BG_MAX_INSTITUTIONS) {
        return bg_errors_say(errors, BG_LIMIT, node->mark, node->path,
                             BG_SAY(institutions_too_many), BG_MAX_INSTITUTIONS);
    }
    if (bg_plan_account_index(plan, node->key) >= 0) {
        return bg_errors_say(errors, BG_INVALID, node->mark, node->path,
                             BG_SAY(institution_name_taken), node->key);
    }
    const size_t place = plan->institution_count++;
    plan->institution[place] = (bg_plan_institution_terms){
        .name = node->key, .disallowed = bg_text_format("disallowed.%s", node->key)};
    size_t rank = place;
    for (; rank > 0; rank--) {
        const size_t before = plan->by_name[rank - 1];
        if (strcmp(plan->institution[before].name, node->key) < 0) {
            break;
        }
        plan->by_name[rank] = before;
    }
    plan->by_name[rank] = place;
    const bg_node *gain = bg_node_child(node, "gain"), *loss = bg_node_child(node, "loss");
    terms->by_sign = terms->by_sign || loss;
    bg_status status =
        bg_rate_rule_read(plan, gain ? gain : node, &terms->side[GAIN].share[place], errors);
    bg_first(&status,
             bg_rate_rule_read(plan, loss ? loss : node, &terms->side[LOSS].share[place], errors));
    return status;
}

/* The inputs of institutions stand behind all others. */
static bg_status add_inputs(bg_plan *plan, const bg_step *step, bg_errors *errors)
{
    bg_status status = BG_OK;
    size_t place = 0;
    for (const bg_node *node = step->node->child; node && !status; node = node->next) {
        bg_plan_institution_terms *member = &plan->institution[place++];
        status = member->disallowed
                     ? bg_inputs_add_disallowed(&plan->inputs, member->disallowed, node,
                                                &member->disallowed_input, errors)
                     : bg_no_memory(errors);
    }
    return status;
}

static bg_status check_weights(const bg_plan *plan, const bg_step *step, split_side *side,
                               bg_errors *errors)
{
    for (size_t i = 0; i < plan->institution_count; i++) {
        bg_rate_rule *share = &side->share[i];
        if (share->form != BG_RATE_RULE_INPUT) {
            return bg_errors_say(errors, BG_INVALID, step->node->mark, step->node->path,
                                 BG_SAY(split_shares_and_weights), plan->institution[i].name);
        }
        share->rate.highest = INT64_MAX;
    }
    return BG_OK;
}

static bg_status check_shares(const bg_plan *plan, const bg_step *step, split_side *side,
                              bg_errors *errors)
{
    bg_decimal sum = 0;
    int64_t by_name[BG_MAX_INSTITUTIONS];
    for (size_t i = 0; i < plan->institution_count; i++) {
        sum += side->share[i].constant;
        by_name[i] = side->share[plan->by_name[i]].constant;
    }
    if (sum != BG_ONE) {
        return bg_errors_say(errors, BG_RANGE, step->node->mark, step->node->path,
                             BG_SAY(split_shares_not_whole), BG_PERCENT(sum));
    }
    side->by_name = bg_weights_of(by_name, plan->institution_count);
    return BG_OK;
}

static bg_status check_side(bg_plan *plan, const bg_step *step, split_side *side, bg_errors *errors)
{
    side->constant = true;
    for (size_t i = 0; i < plan->institution_count; i++) {
        side->weighted = side->weighted || side->share[i].form == BG_RATE_RULE_INPUT;
        side->constant = side->constant && side->share[i].form == BG_RATE_RULE_CONSTANT;
    }
    if (!side->constant && plan->rate_columns < plan->institution_count) {
        plan->rate_columns = plan->institution_count;
    }
    if (side->weighted) {
        return check_weights(plan, step, side, errors);
    }
    return side->constant ? check_shares(plan, step, side, errors) : BG_OK;
}

static bg_status read(bg_plan *plan, bg_step *step, bg_errors *errors)
{
    if (plan->institution_count) {
        return BG_OK; /* a second split: its place is refused below */
    }
    split_terms *terms = step->terms;
    bg_status status = BG_OK;
    for (const bg_node *node = step->node->child; node; node = node->next) {
        bg_first(&status, read_institution(plan, node, terms, errors));
    }
    bg_first(&status, status ? status : add_inputs(plan, step, errors));
    if (status) {
        return status;
    }
    status = check_side(plan, step, &terms->side[GAIN], errors);
    return status || !terms->by_sign ? status : check_side(plan, step, &terms->side[LOSS], errors);
}

static bg_status check(const bg_plan *plan, const bg_step *step, bg_errors *errors)
{
    bg_status status = BG_OK;
    for (size_t s = step->place; s < plan->step_count; s++) {
        const bg_step *later = &plan->step[s];
        if (later->kind != &bg_step_clear && later->kind != &bg_step_use) {
            bg_first(&status,
                     bg_errors_say(errors, BG_INVALID, later->node->mark, later->node->path,
                                   BG_SAY(step_after_split), later->kind->name, step->place));
        }
    }
    return status;
}

/* ---- at work ---- */

/* The rates of all institutions, in the order of the file. */
typedef struct shares {
    size_t count;
    bg_rates rate[BG_MAX_INSTITUTIONS];
} shares;

/* The weights of one unit, by name. False, with the run failed, where they cannot divide it. */
static bool weigh(const bg_step *step, const split_side *side, bg_settling *run, const shares *self,
                  size_t unit, int64_t *weights)
{
    bg_wide sum = 0;
    for (size_t r = 0; r < self->count; r++) {
        weights[r] = bg_rate(self->rate[run->plan->by_name[r]], unit);
        sum += weights[r];
    }
    const bg_node *node = step->node;
    if (side->weighted && (sum <= 0 || sum > INT64_MAX)) {
        bg_settling_fail(run, BG_RANGE, unit, &node->mark, node->path,
                         BG_SAY(split_weights_unusable));
    } else if (!side->weighted && sum != BG_ONE) {
        bg_settling_fail(run, BG_RANGE, unit, &node->mark, node->path,
                         BG_SAY(split_shares_of_unit_not_whole));
    }
    return !run->status;
}

/* The same for all units, whose shares are the same. */
static void split_by_constants(const split_side *side, const bg_settling *run, const bg_fen *total,
                               bg_fen *const *parts)
{
    bg_fen *by_name[BG_MAX_INSTITUTIONS];
    for (size_t r = 0; r < side->by_name.count; r++) {
        by_name[r] = parts[run->plan->by_name[r]];
    }
    run->columns->split(run->n, total, &side->by_name, by_name);
}

/* Splits the total of every unit of the side into `parts`, columns in the order of the file; in whole fen. */
static void split_column(const bg_step *step, const split_side *side, bg_settling *run,
                         const shares *self, const bg_fen *total, bg_fen *const *parts)
{
    if (side->constant && run->fine == 1 && !run->mask) {
        split_by_constants(side, run, total, parts);
        return;
    }
    int64_t weights[BG_MAX_INSTITUTIONS];
    bg_fen split[BG_MAX_INSTITUTIONS] = {0};
    for (size_t u = 0; u < run->n && !run->status; u++) {
        if (!bg_settling_applies(run, u) || !weigh(step, side, run, self, u, weights)) {
            continue;
        }
        /* Cannot fail: the weights are not negative and have a sum. */
        bg_money_split(total[u] / run->fine, weights, self->count, split);
        for (size_t r = 0; r < self->count; r++) {
            parts[run->plan->by_name[r]][u] = split[r] * run->fine;
        }
    }
}

/* Whether the unit says of its disallowed expense whose it is. */
static bool is_known(const bg_settling *run, size_t unit)
{
    bool known = false;
    for (size_t i = 0; i < run->plan->institution_count && run->block->by_institution; i++) {
        known |= run->block->given[bg_plan_disallowed_input(run->plan, i)][unit] != 0;
    }
    return known && run->disallowed[unit] != 0;
}

/* What is known goes before shares. Where an institution has nothing, its input is zero. */
static void take_known(const bg_settling *run)
{
    for (size_t u = 0; u < run->n && run->block->by_institution; u++) {
        for (size_t i = 0; i < run->plan->institution_count && is_known(run, u); i++) {
            const int input = bg_plan_disallowed_input(run->plan, i);
            run->block->institution_disallowed[i][u] = run->block->input[input][u] * run->fine;
        }
    }
}

/* The shares of the unit to be explained, of an amount of that sign. */
static const split_side *side_of(const bg_step *step, bg_fen amount)
{
    const split_terms *terms = step->terms;
    return &terms->side[terms->by_sign && amount < 0 ? LOSS : GAIN];
}

/* The weight of an institution in the unit to be explained, and the sum of all. */
static bg_decimal weight_of(const split_side *side, bg_settling *run, size_t institution,
                            int64_t *sum)
{
    bg_decimal weight = 0;
    *sum = 0;
    for (size_t i = 0; i < run->plan->institution_count; i++) {
        const bg_decimal each = bg_rate(bg_rate_rule_rates(&side->share[i], run, run->rates[0]), 0);
        weight = i == institution ? each : weight;
        *sum += each;
    }
    return weight;
}

/* Its share; a weight by the sum of all. */
static bg_decimal share_of(const split_side *side, bg_settling *run, size_t institution)
{
    int64_t sum;
    const bg_decimal weight = weight_of(side, run, institution, &sum);
    bg_decimal share = 0;
    bg_money_ratio(weight, BG_ONE, sum, &share);
    return share;
}

/* Whether its part of the total is a fen more than its share, rounded down. */
static bool has_left_over(const split_side *side, bg_settling *run, size_t institution,
                          bg_fen total, bg_fen part)
{
    int64_t sum;
    const bg_wide weight = weight_of(side, run, institution, &sum);
    const bg_wide size = (total < 0 ? -(bg_wide)total : total) / run->fine;
    return sum > 0 && (part < 0 ? -(bg_wide)part : part) / run->fine > size * weight / sum;
}

static void pay_parts(const bg_step *step, bg_settling *run, const bg_fen *total,
                      bg_fen *const *parts)
{
    const split_side *side = side_of(step, total[0]);
    for (size_t i = 0; i < run->plan->institution_count; i++) {
        bg_settling_post(run, step, BG_ACCOUNT_BALANCE, bg_plan_institution_account(run->plan, i),
                         parts[i]);
        if (run->trace) {
            const bg_decimal share = share_of(side, run, i);
            bg_settling_by_rate(run, bg_rate_rule_mark(&side->share[i], run), share);
            bg_settling_because(run,
                                BG_REASON(result_split,
                                          bg_say_account(bg_plan_institution_account(run->plan, i)),
                                          bg_say_rate(share), bg_say_amount(run, total[0])));
            if (has_left_over(side, run, i, total[0], parts[i][0])) {
                bg_settling_because(run, BG_PLAIN_REASON(left_over));
            }
        }
    }
}

/* What the community as a whole did not get for disallowed services. */
static void pass_on_disallowed(const bg_step *step, bg_settling *run)
{
    if (run->trace && run->disallowed[0] == 0) {
        return;
    }
    const int community = bg_plan_community(run->plan);
    const split_side *side = side_of(step, run->block->result[BG_RESULT_result][0]);
    for (size_t i = 0; i < run->plan->institution_count; i++) {
        bg_settling_post(run, step, bg_plan_institution_account(run->plan, i), community,
                         run->block->institution_disallowed[i]);
        if (run->trace && is_known(run, 0)) {
            bg_settling_because(
                run, BG_REASON(disallowed_own,
                               bg_say_account(bg_plan_institution_account(run->plan, i))));
        } else if (run->trace) {
            const bg_decimal share = share_of(side, run, i);
            bg_settling_by_rate(run, bg_rate_rule_mark(&side->share[i], run), share);
            bg_settling_because(
                run, BG_REASON(disallowed_split,
                               bg_say_account(bg_plan_institution_account(run->plan, i)),
                               bg_say_rate(share), bg_say_amount(run, run->disallowed[0])));
            if (has_left_over(side, run, i, run->disallowed[0],
                              run->block->institution_disallowed[i][0])) {
                bg_settling_because(run, BG_PLAIN_REASON(left_over));
            }
        }
    }
}

/* Leaves the units whose amount has the sign of the side; false if there are none. */
static bool select_side(const split_terms *terms, bg_settling *run, const bg_fen *amount, int side)
{
    bool any = !terms->by_sign;
    run->mask = terms->by_sign ? run->mask_column : NULL;
    for (size_t u = 0; u < run->n && terms->by_sign; u++) {
        const bool is_loss = amount[u] < 0;
        run->mask[u] = is_loss == (side == LOSS) ? -1 : 0;
        any = any || run->mask[u];
    }
    return any;
}

/* Divides `total` into `parts` by the shares for the sign of `by`, a column of its own. */
static void split_by_sign(const bg_step *step, bg_settling *run, const bg_fen *by,
                          const bg_fen *total, bg_fen *const *parts)
{
    const split_terms *terms = step->terms;
    for (int s = GAIN; s < (terms->by_sign ? SIDES : LOSS); s++) {
        const split_side *side = &terms->side[s];
        shares all = {.count = run->plan->institution_count};
        if (!select_side(terms, run, by, s)) {
            continue;
        }
        for (size_t i = 0; i < all.count; i++) {
            all.rate[i] =
                bg_rate_rule_rates(&side->share[i], run, run->rates[side->constant ? 0 : i]);
        }
        split_column(step, side, run, &all, total, parts);
    }
    run->mask = NULL;
}

/* The balance, or that of a pot, goes to the institutions; `total` says what it was. */
static void split_balance(const bg_step *step, bg_settling *run, bg_fen *total,
                          bg_fen *const *parts)
{
    bg_settling_round_balance(run, step);
    memcpy(total, run->balance, run->n * sizeof *total);
    split_by_sign(step, run, total, total, parts);
    if (!run->status) {
        pay_parts(step, run, total, parts);
    }
}

/* A pot that stands apart goes by the sign of its own result. Its parts take the room of those of the disallowed
 * expense, which come last. */
static void split_pot(const bg_step *step, bg_settling *run, size_t pot)
{
    const bg_settlement_block *block = run->block;
    bg_fen *const *parts = block->institution_disallowed;
    bg_fen *total = run->scratch[1], *balance = run->balance;
    run->balance = run->pot[pot];
    run->in_pot = pot + 1;
    split_balance(step, run, total, parts);
    run->balance = balance;
    run->in_pot = 0;
    for (size_t i = 0; i < run->plan->institution_count; i++) {
        run->columns->add(run->n, block->institution_result[i], parts[i],
                          block->institution_result[i]);
    }
    run->columns->add(run->n, block->result[BG_RESULT_result], total,
                      block->result[BG_RESULT_result]);
}

static void apply(const bg_step *step, bg_settling *run)
{
    const bg_settlement_block *block = run->block;
    bg_fen *result = block->result[BG_RESULT_result];
    bg_settling_record_balance(run);
    split_balance(step, run, result, block->institution_result);
    for (size_t p = 0; p < run->plan->pot_count && !run->status; p++) {
        if (bg_pot_stands_apart(run->plan, p)) {
            split_pot(step, run, p);
        }
    }
    split_by_sign(step, run, result, run->disallowed, block->institution_disallowed);
    take_known(run);
    if (!run->status) {
        pass_on_disallowed(step, run);
    }
}

bool bg_plan_institution_share(const bg_plan *self, size_t institution, bg_decimal *share)
{
    for (size_t s = 0; s < self->step_count; s++) {
        const bg_step *step = &self->step[s];
        if (step->kind == &bg_step_split) {
            const split_terms *terms = step->terms;
            *share = terms->side[GAIN].share[institution].constant;
            return terms->side[GAIN].constant;
        }
    }
    return false;
}

const bg_step_kind bg_step_split = {.name = "split",
                                    .terms_size = sizeof(split_terms),
                                    .read = read,
                                    .check = check,
                                    .apply = apply};
