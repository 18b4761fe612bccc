/* clear: entitlement = expense - disallowed + result; clearing = entitlement - prepaid, and - outside where
 * the pool paid that, and what releases have paid before.
 * A fund is carried on if it carries over and the contract goes on, else returned to the pool. */
#include "settlement/messages.h"
#include "settlement/pots.h"

#include <string.h>

static bg_status check(const bg_plan *plan, const bg_step *step, bg_errors *errors)
{
    bg_status status = BG_OK;
    for (size_t s = step->place; s < plan->step_count; s++) {
        const bg_node *later = plan->step[s].node;
        bg_first(&status,
                 bg_errors_say(errors, BG_INVALID, later->mark, later->path,
                               BG_SAY(step_after_clear), plan->step[s].kind->name, step->place));
    }
    return status;
}

/* Without a split the result stays with the community as a whole. */
static void keep_result(const bg_step *step, bg_settling *run)
{
    bg_fen *result = run->block->result[BG_RESULT_result];
    bg_pots_join(run);
    bg_settling_round_balance(run, step);
    memcpy(result, run->balance, run->n * sizeof *result);
    bg_settling_post(run, step, BG_ACCOUNT_BALANCE, bg_plan_community(run->plan), result);
    if (run->trace) {
        bg_settling_because(run, BG_PLAIN_REASON(result_kept));
    }
}

/* What a community holds of a shared fund may be less than nothing. */
static void explain_part(bg_settling *run)
{
    bg_settling_because(run, BG_PLAIN_REASON(part_of_shared));
}

static void return_fund(const bg_step *step, bg_settling *run, size_t fund)
{
    const int account = bg_plan_fund_account(fund);
    bg_settling_post(run, step, account, BG_ACCOUNT_POOL, run->block->fund_left[fund]);
    if (!run->trace) {
        return;
    }
    if (run->block->contract_end) {
        bg_settling_because(run, BG_REASON(fund_ends, bg_say_account(account)));
    } else {
        bg_settling_because(run, BG_REASON(fund_returned, bg_say_account(account)));
    }
    if (run->plan->fund[fund].shared) {
        explain_part(run);
    }
}

static void carry_fund(const bg_step *step, bg_settling *run, size_t fund)
{
    bg_settling_note(run, step, run->block->fund_left[fund][0]);
    bg_settling_because(run, BG_REASON(fund_carried, bg_say_account(bg_plan_fund_account(fund))));
    if (run->plan->fund[fund].shared) {
        explain_part(run);
    }
}

static void close_fund(const bg_step *step, bg_settling *run, size_t fund)
{
    const int account = bg_plan_fund_account(fund);
    bg_fen *left = run->block->fund_left[fund];
    const bool carries = run->plan->fund[fund].carry_over && !run->block->contract_end;
    bg_settling_available(run, account, left);
    if (!carries) {
        return_fund(step, run, fund);
    } else if (run->trace) {
        carry_fund(step, run, fund);
    }
    bg_settling_available(run, account, run->block->fund_closing[fund]);
}

static void work_out_clearing(const bg_settling *run)
{
    const bg_columns *columns = run->columns;
    int64_t *const *input = run->input, *const *result = run->block->result;
    bg_fen *entitlement = result[BG_RESULT_entitlement], *clearing = result[BG_RESULT_clearing];
    columns->subtract(run->n, input[BG_INPUT_expense], run->disallowed, entitlement);
    columns->add(run->n, entitlement, result[BG_RESULT_result], entitlement);
    columns->subtract(run->n, entitlement, input[BG_INPUT_prepaid], clearing);
    if (!run->plan->community_pays_outside) {
        columns->subtract(run->n, clearing, input[BG_INPUT_outside], clearing);
    }
    for (size_t a = 0; a < run->plan->advance_count; a++) {
        columns->subtract(run->n, clearing, run->block->advanced[a], clearing);
    }
}

static void explain_advances(bg_settling *run)
{
    bg_fen sum = 0;
    for (size_t a = 0; a < run->plan->advance_count; a++) {
        sum += run->block->advanced[a][0];
    }
    if (sum != 0) {
        bg_settling_because(run, BG_REASON(clearing_advanced, bg_say_amount(run, sum)));
    }
}

static void explain_clearing(bg_settling *run, bg_fen entitlement)
{
    const bg_fen outside = run->input[BG_INPUT_outside][0],
                 prepaid = run->input[BG_INPUT_prepaid][0];
    if (run->plan->community_pays_outside) {
        bg_settling_because(run,
                            BG_REASON(clearing_of_all, bg_say_amount(run, entitlement),
                                      bg_say_amount(run, prepaid), bg_say_amount(run, outside)));
    } else {
        bg_settling_because(run,
                            BG_REASON(clearing, bg_say_amount(run, entitlement),
                                      bg_say_amount(run, outside), bg_say_amount(run, prepaid)));
    }
}

static void explain_entitlement(const bg_step *step, bg_settling *run)
{
    const bg_settlement_block *block = run->block;
    const bg_fen entitlement = block->result[BG_RESULT_entitlement][0];
    bg_settling_note(run, step, entitlement);
    bg_settling_because(run,
                        BG_REASON(entitlement, bg_say_amount(run, run->input[BG_INPUT_expense][0]),
                                  bg_say_amount(run, run->disallowed[0]),
                                  bg_say_amount(run, block->result[BG_RESULT_result][0])));
    bg_settling_note(run, step, block->result[BG_RESULT_clearing][0]);
    explain_clearing(run, entitlement);
    explain_advances(run);
}

static void apply(const bg_step *step, bg_settling *run)
{
    bg_settling_record_balance(run);
    if (!run->plan->institution_count) {
        keep_result(step, run);
    }
    for (size_t f = 0; f < run->plan->fund_count; f++) {
        close_fund(step, run, f);
    }
    work_out_clearing(run);
    if (run->trace) {
        explain_entitlement(step, run);
    }
}

const bg_step_kind bg_step_clear = {.name = "clear", .check = check, .apply = apply};
