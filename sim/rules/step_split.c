/* split: the result, and the disallowed expense, go to the institutions by fixed shares: largest
 * remainder, equal remainders to the name first in byte order. The balance becomes zero. */
#include "rules/plan.h"

#include <stdlib.h>
#include <string.h>

/* ---- reading ---- */

static bg_status read_institution(bg_plan *plan, const bg_node *node, bg_errors *errors)
{
    if (plan->institution_count == BG_MAX_INSTITUTIONS) {
        return bg_errors_add(errors, BG_LIMIT, node->mark, node->path,
                             "there are more than %d institutions.", BG_MAX_INSTITUTIONS);
    }
    if (bg_plan_account_index(plan, node->key) >= 0) {
        return bg_errors_add(errors, BG_INVALID, node->mark, node->path,
                             "\"%s\" is the name of another account; choose another name for the "
                             "institution.",
                             node->key);
    }
    const size_t place = plan->institution_count++;
    plan->institution[place] = (bg_member){.name = node->key, .share = node->value.decimal};
    size_t rank = place;
    for (; rank > 0; rank--) {
        const size_t before = plan->by_name[rank - 1];
        if (strcmp(plan->institution[before].name, node->key) < 0) {
            break;
        }
        plan->by_name[rank] = before;
    }
    plan->by_name[rank] = place;
    return BG_OK;
}

static bg_status read(bg_plan *plan, bg_step *step, bg_errors *errors)
{
    if (plan->institution_count) {
        return BG_OK; /* a second split: its place is refused below */
    }
    bg_status status = BG_OK;
    bg_decimal sum = 0;
    for (const bg_node *node = step->node->child; node; node = node->next) {
        bg_keep(&status, read_institution(plan, node, errors));
        bg_keep(&status, bg_money_add(sum, node->value.decimal, &sum));
    }
    if (sum != BG_ONE) {
        bg_keep(&status,
                bg_errors_add(errors, BG_RANGE, step->node->mark, step->node->path,
                              "the shares add up to %s instead of 100%%.", BG_PERCENT(sum)));
    }
    return status;
}

static bg_status check(const bg_plan *plan, const bg_step *step, bg_errors *errors)
{
    bg_status status = BG_OK;
    for (size_t s = step->place; s < plan->step_count; s++) {
        const bg_step *later = &plan->step[s];
        if (later->kind != &bg_step_clear) {
            bg_keep(&status, bg_errors_add(errors, BG_INVALID, later->node->mark, later->node->path,
                                           "\"%s\" stands after \"split\" (step %zu), which has "
                                           "divided the result already; only \"clear\" may follow.",
                                           later->kind->name, step->place));
        }
    }
    return status;
}

/* ---- at work ---- */

/* Splits every unit's total into `parts`, columns in the order of the file. */
static void split_column(const bg_plan *plan, const bg_fen *total, bg_fen *const *parts, size_t n)
{
    int64_t weights[BG_MAX_INSTITUTIONS];
    bg_fen split[BG_MAX_INSTITUTIONS] = {0};
    const size_t count = plan->institution_count;
    for (size_t r = 0; r < count; r++) {
        weights[r] = plan->institution[plan->by_name[r]].share;
    }
    for (size_t u = 0; u < n; u++) {
        /* Cannot fail: the shares are not negative and add up to one. */
        bg_money_split(total[u], weights, count, split);
        for (size_t r = 0; r < count; r++) {
            parts[plan->by_name[r]][u] = split[r];
        }
    }
}

static const bg_node *institution_node(const bg_step *step, size_t institution)
{
    const bg_node *node = step->node->child;
    for (size_t i = 0; i < institution; i++) {
        node = node->next;
    }
    return node;
}

static void pay_results(const bg_step *step, bg_run *run)
{
    const bg_settlement_block *block = run->block;
    for (size_t i = 0; i < run->plan->institution_count; i++) {
        bg_run_post(run, step, BG_ACCOUNT_BALANCE, bg_plan_institution_account(run->plan, i),
                    block->institution_result[i]);
        if (run->trace) {
            const bg_node *node = institution_node(step, i);
            const char *share = BG_PERCENT(run->plan->institution[i].share);
            bg_run_because(run, &node->mark, share, "%s: %s of the result %s", "%s：%s，盈亏%s",
                           node->key, share, BG_YUAN(block->result[BG_RESULT_result][0]));
        }
    }
}

/* What the community as a whole did not get for disallowed services. */
static void pass_on_disallowed(const bg_step *step, bg_run *run)
{
    if (run->trace && run->disallowed[0] == 0) {
        return;
    }
    const int community = bg_plan_community(run->plan);
    for (size_t i = 0; i < run->plan->institution_count; i++) {
        bg_run_post(run, step, bg_plan_institution_account(run->plan, i), community,
                    run->block->institution_disallowed[i]);
        if (run->trace) {
            const bg_node *node = institution_node(step, i);
            const char *share = BG_PERCENT(run->plan->institution[i].share);
            bg_run_because(run, &node->mark, share, "%s: %s of disallowed expense %s",
                           "%s：%s，不予支付%s", node->key, share, BG_YUAN(run->disallowed[0]));
        }
    }
}

static void apply(const bg_step *step, bg_run *run)
{
    const bg_settlement_block *block = run->block;
    bg_fen *result = block->result[BG_RESULT_result];
    bg_run_record_balance(run);
    memcpy(result, run->balance, run->n * sizeof *result);
    split_column(run->plan, result, block->institution_result, run->n);
    split_column(run->plan, run->disallowed, block->institution_disallowed, run->n);
    pay_results(step, run);
    pass_on_disallowed(step, run);
}

const bg_step_kind bg_step_split = {.name = "split", .read = read, .check = check, .apply = apply};
