/* clear: entitlement = expense - disallowed + result; clearing = entitlement - outside - prepaid.
 * A fund is carried on if it carries over and the contract goes on, else returned to the pool. */
#include "settlement/plan.h"

#include <string.h>

static bg_status check(const bg_plan *plan, const bg_step *step, bg_errors *errors)
{
    bg_status status = BG_OK;
    for (size_t s = step->place; s < plan->step_count; s++) {
        const bg_node *later = plan->step[s].node;
        bg_first(&status,
                 bg_errors_add(errors, BG_INVALID, later->mark, later->path,
                               "\"%s\" stands after \"clear\" (step %zu), which ends the plan.",
                               plan->step[s].kind->name, step->place));
    }
    return status;
}

/* Without a split the result stays with the community as a whole. */
static void keep_result(const bg_step *step, bg_settling *run)
{
    bg_fen *result = run->block->result[BG_RESULT_result];
    bg_settling_round_balance(run, step);
    memcpy(result, run->balance, run->n * sizeof *result);
    bg_settling_post(run, step, BG_ACCOUNT_BALANCE, bg_plan_community(run->plan), result);
    if (run->trace) {
        bg_settling_because(run, NULL, "", "the result stays with the community",
                            "留用或分担额留在医共体");
    }
}

/* What a community holds of a shared fund may be less than nothing. */
static void explain_part(bg_settling *run)
{
    bg_settling_because_also(run, "; shared: what this community put in less what it drew",
                             "（共用资金：本医共体缴入减使用）");
}

static void return_fund(const bg_step *step, bg_settling *run, size_t fund)
{
    const int account = bg_plan_fund_account(fund);
    bg_settling_post(run, step, account, BG_ACCOUNT_POOL, run->block->fund_left[fund]);
    if (!run->trace) {
        return;
    }
    const char *name = run->plan->fund[fund].name;
    if (run->block->contract_end) {
        bg_settling_because(run, NULL, "", "%s at the end of the contract: returned to the pool",
                            "合同期满，%s余额归还统筹基金", name);
    } else {
        bg_settling_because(run, NULL, "", "%s does not carry over: returned to the pool",
                            "%s不结转，余额归还统筹基金", name);
    }
    if (run->plan->fund[fund].shared) {
        explain_part(run);
    }
}

static void carry_fund(const bg_step *step, bg_settling *run, size_t fund)
{
    bg_settling_note(run, step, run->block->fund_left[fund][0]);
    bg_settling_because(run, NULL, "", "%s is carried into the next year", "%s余额结转下年",
                        run->plan->fund[fund].name);
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
    columns->subtract(run->n, entitlement, input[BG_INPUT_outside], clearing);
    columns->subtract(run->n, clearing, input[BG_INPUT_prepaid], clearing);
}

static void explain_entitlement(const bg_step *step, bg_settling *run)
{
    const bg_settlement_block *block = run->block;
    const bg_fen entitlement = block->result[BG_RESULT_entitlement][0];
    bg_settling_note(run, step, entitlement);
    bg_settling_because(run, NULL, "", "entitlement: expense %s less disallowed %s, plus result %s",
                        "应付额：基金支出%s减不予支付%s加留用（负为分担）%s",
                        BG_YUAN(run->input[BG_INPUT_expense][0]), BG_YUAN(run->disallowed[0]),
                        BG_YUAN(block->result[BG_RESULT_result][0]));
    bg_settling_note(run, step, block->result[BG_RESULT_clearing][0]);
    bg_settling_because(
        run, NULL, "",
        "clearing: entitlement %s less %s paid outside, less %s prepaid; positive is "
        "paid to the community",
        "清算：应付额%s减县外支付%s减预拨%s，正数补付，负数退回", BG_YUAN(entitlement),
        BG_YUAN(run->input[BG_INPUT_outside][0]), BG_YUAN(run->input[BG_INPUT_prepaid][0]));
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
