/* Blocks of units, what may enter them, and the plan applied to them. */
#include "rules/plan.h"

#include <stdlib.h>
#include <string.h>

/* ---- blocks ---- */

/* Hands out columns of n entries from one allocation. */
typedef struct columns {
    int64_t *next;
    size_t n;
} columns;

static int64_t *take(columns *self)
{
    int64_t *column = self->next;
    self->next += self->n;
    return column;
}

static void take_columns(bg_settlement_block *self, const bg_plan *plan, columns *from)
{
    for (size_t c = 0; c < BG_RUN_COLUMNS; c++) {
        take(from); /* private: found at the start of the storage */
    }
    for (size_t c = 0; c < plan->inputs.count; c++) {
        self->input[c] = take(from);
        self->given[c] = plan->inputs.item[c].built_in ? NULL : take(from);
    }
    for (size_t c = 0; c < BG_RESULT_COUNT; c++) {
        self->result[c] = take(from);
    }
    for (size_t f = 0; f < plan->fund_count; f++) {
        self->fund_added[f] = take(from);
        self->fund_opening[f] = take(from);
        self->fund_left[f] = take(from);
        self->fund_closing[f] = take(from);
    }
    for (size_t i = 0; i < plan->institution_count; i++) {
        self->institution_result[i] = take(from);
        self->institution_disallowed[i] = take(from);
    }
    for (size_t a = 0; a < self->account_count; a++) {
        self->account[a] = take(from);
    }
}

bg_status bg_settlement_block_init(bg_settlement_block *self, const bg_plan *plan, size_t n)
{
    memset(self, 0, sizeof *self);
    const size_t accounts = bg_plan_account_count(plan);
    const size_t named = plan->inputs.count - BG_INPUT_COUNT;
    const size_t count = BG_RUN_COLUMNS + BG_INPUT_COUNT + 2 * named + BG_RESULT_COUNT +
                         4 * plan->fund_count + 2 * plan->institution_count + accounts;
    if (n > SIZE_MAX / sizeof(int64_t) / count) {
        return BG_MEMORY;
    }
    self->account = calloc(accounts, sizeof *self->account);
    self->storage = calloc(count * n, sizeof(int64_t));
    if (!self->account || !self->storage) {
        bg_settlement_block_free(self);
        return BG_MEMORY;
    }
    self->n = n;
    self->account_count = accounts;
    take_columns(self, plan, &(columns){self->storage, n});
    return BG_OK;
}

void bg_settlement_block_free(bg_settlement_block *self)
{
    free(self->account);
    free(self->storage);
    memset(self, 0, sizeof *self);
}

void bg_settlement_block_fill_empty(bg_settlement_block *self, const bg_plan *plan)
{
    for (size_t i = BG_INPUT_COUNT; i < plan->inputs.count; i++) {
        int64_t value;
        bool given;
        /* Cannot fail but for what is not given: the plan has read what `empty` says. */
        bg_named_input_read(&plan->inputs.item[i], "", BG_NOWHERE, NULL, &value, &given, NULL);
        for (size_t u = 0; u < self->n; u++) {
            self->input[i][u] = value;
            self->given[i][u] = given;
        }
    }
}

/* ---- the door: what may enter ---- */

static bg_status check_amounts(const char *name, const bg_fen *column, size_t n, bg_errors *errors)
{
    for (size_t u = 0; u < n; u++) {
        if (column[u] < 0) {
            return bg_errors_add(errors, BG_RANGE, BG_NOWHERE, NULL,
                                 "unit %zu: %s is %s yuan; it cannot be negative.", u + 1, name,
                                 BG_YUAN(column[u]));
        }
        if (column[u] > BG_SETTLEMENT_LIMIT) {
            return bg_errors_add(errors, BG_OVERFLOW, BG_NOWHERE, NULL,
                                 "unit %zu: %s is %s yuan; a settlement can hold %s at most.",
                                 u + 1, name, BG_YUAN(column[u]), BG_YUAN(BG_SETTLEMENT_LIMIT));
        }
    }
    return BG_OK;
}

static bg_status check_given(const char *name, const int64_t *given, size_t n, bg_errors *errors)
{
    for (size_t u = 0; u < n; u++) {
        if (!given[u]) {
            return bg_errors_add(errors, BG_MISSING, BG_NOWHERE, NULL,
                                 "unit %zu: %s is not given; give it, say with `empty` what holds "
                                 "without it, or make it `optional`.",
                                 u + 1, name);
        }
    }
    return BG_OK;
}

static bg_status check_scores(const int64_t *score, size_t n, bg_errors *errors)
{
    for (size_t u = 0; u < n; u++) {
        if (score[u] < 0 || score[u] > 100 * BG_ONE) {
            return bg_errors_add(errors, BG_RANGE, BG_NOWHERE, NULL,
                                 "unit %zu: the score is %s points; it must lie between 0 and 100.",
                                 u + 1, BG_NUMBER(score[u]));
        }
    }
    return BG_OK;
}

static bg_status check_years(const int64_t *year, size_t n, bg_errors *errors)
{
    for (size_t u = 0; u < n; u++) {
        if (year[u] < 0 || year[u] % BG_ONE != 0) {
            return bg_errors_add(errors, BG_RANGE, BG_NOWHERE, NULL,
                                 "unit %zu: the year is %s; it must be a calendar year.", u + 1,
                                 BG_NUMBER(year[u]));
        }
    }
    return BG_OK;
}

static bg_status check_columns(const bg_plan *plan, const bg_settlement_block *block,
                               bg_errors *errors)
{
    bg_status status = check_scores(block->input[BG_INPUT_score], block->n, errors);
    bg_keep(&status, check_years(block->input[BG_INPUT_year], block->n, errors));
    for (size_t c = 0; c < plan->inputs.count; c++) {
        const bg_named_input *input = &plan->inputs.item[c];
        if (input->kind == BG_KIND_MONEY) {
            bg_keep(&status, check_amounts(input->name, block->input[c], block->n, errors));
        }
        if (!input->built_in && !input->optional) {
            bg_keep(&status, check_given(input->name, block->given[c], block->n, errors));
        }
    }
    for (size_t f = 0; f < plan->fund_count; f++) {
        const char *name = plan->fund[f].name;
        bg_keep(&status, check_amounts(name, block->fund_added[f], block->n, errors));
        bg_keep(&status, check_amounts(name, block->fund_opening[f], block->n, errors));
    }
    return status;
}

static bg_status check_parts(const bg_settlement_block *block, size_t u, bg_errors *errors)
{
    const bg_fen expense = block->input[BG_INPUT_expense][u];
    const bg_fen disallowed = block->input[BG_INPUT_disallowed][u];
    const bg_fen emergency = block->input[BG_INPUT_emergency][u];
    const bg_fen rebound = block->input[BG_INPUT_rebound][u];
    const bg_fen outside = block->input[BG_INPUT_outside][u];
    if (disallowed + emergency + rebound > expense) {
        return bg_errors_add(errors, BG_RANGE, BG_NOWHERE, NULL,
                             "unit %zu: disallowed %s, emergency %s and rebound %s never overlap, "
                             "so together they cannot exceed the expense %s.",
                             u + 1, BG_YUAN(disallowed), BG_YUAN(emergency), BG_YUAN(rebound),
                             BG_YUAN(expense));
    }
    if (outside > expense) {
        return bg_errors_add(errors, BG_RANGE, BG_NOWHERE, NULL,
                             "unit %zu: outside %s is part of the expense %s and cannot exceed it.",
                             u + 1, BG_YUAN(outside), BG_YUAN(expense));
    }
    return BG_OK;
}

static bg_status check_budget(const bg_plan *plan, const bg_settlement_block *block, size_t u,
                              bg_errors *errors)
{
    bg_fen funds = 0;
    for (size_t f = 0; f < plan->fund_count; f++) {
        funds += block->fund_added[f][u];
    }
    const bg_fen budget = block->input[BG_INPUT_budget][u];
    const bg_fen payable = block->input[BG_INPUT_payable][u];
    if (payable + funds != budget) {
        return bg_errors_add(errors, BG_RANGE, BG_NOWHERE, NULL,
                             "unit %zu: payable %s and what the funds got, %s, must add up to the "
                             "budget %s.",
                             u + 1, BG_YUAN(payable), BG_YUAN(funds), BG_YUAN(budget));
    }
    return BG_OK;
}

static bg_status check_inputs(const bg_plan *plan, const bg_settlement_block *block,
                              bg_errors *errors)
{
    bg_status status = check_columns(plan, block, errors);
    for (size_t u = 0; u < block->n && status == BG_OK; u++) {
        status = check_parts(block, u, errors);
        bg_keep(&status, check_budget(plan, block, u, errors));
    }
    return status;
}

/* ---- opening entries ---- */

static const bg_step_kind opening_kind = {.name = "opening"};
static const bg_step_kind expense_kind = {.name = "expense"};
static const bg_step_kind patients_kind = {.name = "patients"};
static const bg_step opening_entry = {.kind = &opening_kind};
static const bg_step expense_entry = {.kind = &expense_kind};
static const bg_step patients_entry = {.kind = &patients_kind};

static void open_budget(bg_run *run)
{
    bg_fen *const *input = run->block->input;
    bg_run_post(run, &opening_entry, BG_ACCOUNT_POOL, BG_ACCOUNT_BALANCE, input[BG_INPUT_payable]);
    if (run->trace) {
        bg_run_because(run, NULL, "", "budget %s less its funds", "年度总额%s减各项预留资金",
                       BG_YUAN(input[BG_INPUT_budget][0]));
    }
    for (size_t f = 0; f < run->plan->fund_count; f++) {
        bg_run_post(run, &opening_entry, BG_ACCOUNT_POOL, bg_plan_fund_account(f),
                    run->block->fund_added[f]);
        if (run->trace) {
            bg_run_because(run, NULL, "", "%s: part of the budget; carried in %s",
                           "%s：总额内预留；期初余额%s", run->plan->fund[f].name,
                           BG_YUAN(run->block->fund_opening[f][0]));
        }
    }
}

static void open_expense(bg_run *run)
{
    bg_fen *const *input = run->block->input;
    bg_fen *inside = run->scratch[0];
    for (size_t u = 0; u < run->n; u++) {
        inside[u] = input[BG_INPUT_expense][u] - input[BG_INPUT_outside][u];
    }
    bg_run_post(run, &expense_entry, BG_ACCOUNT_BALANCE, bg_plan_community(run->plan), inside);
    if (run->trace) {
        bg_run_because(run, NULL, "", "expense %s less %s outside: services of the community",
                       "基金支出%s减县外%s：医共体内服务", BG_YUAN(input[BG_INPUT_expense][0]),
                       BG_YUAN(input[BG_INPUT_outside][0]));
    }
    bg_run_post(run, &expense_entry, BG_ACCOUNT_BALANCE, bg_plan_outside(run->plan),
                input[BG_INPUT_outside]);
    if (run->trace) {
        bg_run_because(run, NULL, "", "services of providers outside", "县外机构服务");
    }
}

static void open_patients(bg_run *run)
{
    const bg_fen *paid = run->block->input[BG_INPUT_patients];
    if (run->trace && paid[0] == 0) {
        return;
    }
    bg_run_post(run, &patients_entry, bg_plan_patients(run->plan), bg_plan_community(run->plan),
                paid);
    if (run->trace) {
        bg_run_because(run, NULL, "", "patients' own payments", "患者自付");
    }
}

static void start(bg_run *run, const bg_plan *plan, bg_settlement_block *block, bg_trace *trace)
{
    const size_t n = block->n;
    columns private = {block->storage, n};
    *run = (bg_run){.plan = plan, .block = block, .n = n, .trace = trace};
    run->balance = take(&private);
    run->disallowed = take(&private);
    for (size_t c = 0; c < 3; c++) {
        run->scratch[c] = take(&private);
    }
    memset(run->balance, 0, n * sizeof *run->balance);
    memset(run->disallowed, 0, n * sizeof *run->disallowed);
    for (size_t c = 0; c < BG_RESULT_COUNT; c++) {
        memset(block->result[c], 0, n * sizeof *block->result[c]);
    }
    for (size_t a = 0; a < block->account_count; a++) {
        memset(block->account[a], 0, n * sizeof *block->account[a]);
    }
}

/* ---- the plan applied ---- */

/* The two identities that hold whatever the plan says. */
static bg_status verify_unit(const bg_settlement_block *block, size_t u, bg_errors *errors)
{
    bg_fen sum = 0;
    for (size_t a = 0; a < block->account_count; a++) {
        sum += block->account[a][u];
    }
    if (sum != 0) {
        return bg_errors_add(errors, BG_INTERNAL, BG_NOWHERE, NULL,
                             "unit %zu: the accounts add up to %s yuan instead of zero; this is a "
                             "fault of the program, please report it with your scenario.",
                             u + 1, BG_YUAN(sum));
    }
    bg_fen *const *result = block->result;
    const bg_fen granted = block->input[BG_INPUT_payable][u] + result[BG_RESULT_released][u] +
                           result[BG_RESULT_covered][u] + result[BG_RESULT_shared][u];
    const bg_fen entitlement = result[BG_RESULT_entitlement][u];
    if (granted != entitlement) {
        return bg_errors_add(errors, BG_INTERNAL, BG_NOWHERE, NULL,
                             "unit %zu: the entitlement is %s yuan by the expense but %s by the "
                             "payments; this is a fault of the program, please report it with your "
                             "scenario.",
                             u + 1, BG_YUAN(entitlement), BG_YUAN(granted));
    }
    return BG_OK;
}

bg_status bg_settlement_verify(const bg_settlement_block *block, bg_errors *errors)
{
    bg_status status = BG_OK;
    for (size_t u = 0; u < block->n && status == BG_OK; u++) {
        status = verify_unit(block, u, errors);
    }
    return status;
}

bg_status bg_settlement_apply(const bg_plan *plan, bg_settlement_block *block, bg_trace *trace,
                              bg_errors *errors)
{
    if (trace && block->n != 1) {
        return bg_errors_add(errors, BG_USAGE, BG_NOWHERE, NULL,
                             "Only one unit at a time can be explained, not a block of %zu.",
                             block->n);
    }
    bg_status status = check_inputs(plan, block, errors);
    if (status) {
        return status;
    }
    bg_run run;
    start(&run, plan, block, trace);
    open_budget(&run);
    open_expense(&run);
    open_patients(&run);
    for (size_t s = 0; s < plan->step_count; s++) {
        plan->step[s].kind->apply(&plan->step[s], &run);
    }
    if (run.out_of_memory) {
        return bg_errors_add(errors, BG_MEMORY, BG_NOWHERE, NULL,
                             "Out of memory for the explanation of the settlement.");
    }
    return bg_settlement_verify(block, errors);
}
