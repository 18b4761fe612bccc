/* Blocks of units, and the plan applied to them. */
#include "base/storage.h"
#include "settlement/check.h"
#include "settlement/deficit.h"
#include "settlement/messages.h"
#include "settlement/plan.h"
#include "settlement/pots.h"

#include <stdlib.h>
#include <string.h>

/* ---- blocks ---- */

static int64_t *take(bg_storage *from, size_t n)
{
    return bg_storage_column(from, n, sizeof(int64_t));
}

/* Columns of a run, of which a block has one at a time. Amounts in parts of a fen are copies. */
static void take_private(bg_settling *run, const bg_plan *plan, size_t n, bg_storage *from)
{
    run->checked = take(from, n);
    run->balance = take(from, n);
    run->disallowed = take(from, n);
    for (size_t c = 0; c < BG_SCRATCH_COLUMNS; c++) {
        run->scratch[c] = take(from, n);
    }
    run->mask_column = take(from, n);
    run->recorded = take(from, n);
    run->balance_before = take(from, n);
    run->group[0] = take(from, n);
    run->group[1] = take(from, n);
    run->points = take(from, n);
    for (size_t r = 0; r < plan->rate_columns; r++) {
        run->rates[r] = take(from, n);
    }
    for (size_t p = 0; p < plan->pot_count; p++) {
        run->pot[p] = take(from, n);
        run->input[bg_pot_money(p + 1)] = take(from, n);
    }
    run->pots_mask_column = plan->pots ? take(from, n) : NULL;
    for (size_t i = 0; plan->fine > 1 && i < plan->inputs.count; i++) {
        run->input[i] = take(from, n);
    }
    for (size_t f = 0; plan->fine > 1 && f < plan->fund_count; f++) {
        run->fund_opening[f] = take(from, n);
        run->fund_added[f] = take(from, n);
    }
}

typedef struct block_layout {
    bg_settlement_block *block;
    const bg_plan *plan;
} block_layout;

static void lay_out(void *owner, bg_storage *from)
{
    const block_layout *layout = owner;
    bg_settlement_block *self = layout->block;
    const bg_plan *plan = layout->plan;
    const size_t n = self->n;
    self->work = (int64_t *)(void *)from->bytes;
    take_private(&(bg_settling){0}, plan, n, from);
    for (size_t c = 0; c < plan->inputs.count; c++) {
        self->input[c] = take(from, n);
        self->given[c] = plan->inputs.item[c].built_in ? NULL : take(from, n);
    }
    for (size_t c = 0; c < BG_RESULT_COUNT; c++) {
        self->result[c] = take(from, n);
    }
    self->band = take(from, n);
    for (size_t a = 0; a < plan->advance_count; a++) {
        self->advanced[a] = take(from, n);
    }
    for (size_t f = 0; f < plan->fund_count; f++) {
        self->fund_added[f] = take(from, n);
        self->fund_opening[f] = take(from, n);
        self->fund_left[f] = take(from, n);
        self->fund_closing[f] = take(from, n);
    }
    for (size_t age = 0; age < bg_plan_deficit_ages(plan); age++) {
        self->deficit_older[age] = take(from, n);
        self->deficit_older_left[age] = take(from, n);
    }
    self->recovered = bg_plan_recovers_from_budget(plan) ? take(from, n) : NULL;
    for (size_t i = 0; i < plan->institution_count; i++) {
        self->institution_result[i] = take(from, n);
        self->institution_disallowed[i] = take(from, n);
    }
    for (size_t o = 0; o < plan->output_count; o++) {
        self->output_moved[o] = take(from, n);
        self->output_balance[o] = take(from, n);
    }
    for (size_t a = 0; a < self->account_count; a++) {
        self->account[a] = take(from, n);
    }
}

bg_status bg_settlement_block_init(bg_settlement_block *self, const bg_plan *plan, size_t n)
{
    *self = (bg_settlement_block){
        .n = n,
        .communities = 1,
        .account_count = bg_plan_account_count(plan),
    };
    self->storage = bg_storage_make(&(block_layout){self, plan}, lay_out);
    return self->storage ? BG_OK : BG_MEMORY;
}

void bg_settlement_block_free(bg_settlement_block *self)
{
    free(self->storage);
    memset(self, 0, sizeof *self);
}

static void advance(int64_t **column, size_t count, size_t by)
{
    for (size_t c = 0; c < count; c++) {
        column[c] = column[c] ? column[c] + by : NULL;
    }
}

bg_settlement_block bg_settlement_block_part(const bg_settlement_block *self, size_t first,
                                             size_t n)
{
    bg_settlement_block part = *self;
    part.n = n;
    part.communities = 1;
    part.storage = NULL;
    advance(part.input, BG_MAX_INPUTS, first);
    advance(part.given, BG_MAX_INPUTS, first);
    advance(part.fund_added, BG_MAX_FUNDS, first);
    advance(part.fund_opening, BG_MAX_FUNDS, first);
    advance(part.deficit_older, BG_MAX_DEFICIT_AGES, first);
    advance(part.deficit_older_left, BG_MAX_DEFICIT_AGES, first);
    advance(&part.recovered, 1, first);
    advance(part.advanced, BG_MAX_ADVANCES, first);
    advance(part.fund_left, BG_MAX_FUNDS, first);
    advance(part.fund_closing, BG_MAX_FUNDS, first);
    advance(part.result, BG_RESULT_COUNT, first);
    advance(&part.band, 1, first);
    advance(part.account, BG_MAX_ACCOUNTS, first);
    advance(part.output_moved, BG_MAX_STEPS, first);
    advance(part.output_balance, BG_MAX_STEPS, first);
    advance(part.institution_result, BG_MAX_INSTITUTIONS, first);
    advance(part.institution_disallowed, BG_MAX_INSTITUTIONS, first);
    return part;
}

void bg_settlement_block_fill_empty(bg_settlement_block *self, const bg_plan *plan)
{
    for (size_t i = BG_INPUT_COUNT; i < plan->inputs.count; i++) {
        int64_t value;
        bool given;
        if (plan->inputs.item[i].of_institution) {
            continue; /* is nobody's, as the block begins */
        }
        /* Cannot fail but for what is not given: the plan has read what `empty` says. */
        bg_named_input_read(&plan->inputs.item[i], "", BG_NOWHERE, NULL, &value, &given, NULL);
        for (size_t u = 0; u < self->n; u++) {
            self->input[i][u] = value;
            self->given[i][u] = given;
        }
    }
}

/* ---- opening entries ---- */

static const bg_step_kind opening_kind = {.name = "opening"};
static const bg_step_kind expense_kind = {.name = "expense"};
static const bg_step_kind patients_kind = {.name = "patients"};
static const bg_step opening_entry = {.kind = &opening_kind};
static const bg_step expense_entry = {.kind = &expense_kind};
static const bg_step patients_entry = {.kind = &patients_kind};

/* By how much the total differs from what it would be without the years before. */
static void explain_recovered(bg_settling *run)
{
    const bg_fen recovered = run->block->recovered[0] * run->fine;
    bg_settling_note(run, &opening_entry, recovered < 0 ? -recovered : recovered);
    bg_settling_because(run, recovered > 0 ? BG_PLAIN_REASON(recovered_from_total)
                                           : BG_PLAIN_REASON(added_to_total));
}

static void open_budget(bg_settling *run)
{
    int64_t *const *input = run->input;
    bg_settling_post(run, &opening_entry, BG_ACCOUNT_POOL, BG_ACCOUNT_BALANCE,
                     input[BG_INPUT_payable]);
    if (run->trace) {
        bg_settling_because(run,
                            BG_REASON(open_budget, bg_say_amount(run, input[BG_INPUT_budget][0])));
    }
    if (run->trace && run->block->recovered && run->block->recovered[0] != 0) {
        explain_recovered(run);
    }
    for (size_t f = 0; f < run->plan->fund_count; f++) {
        bg_settling_post(run, &opening_entry, BG_ACCOUNT_POOL, bg_plan_fund_account(f),
                         run->fund_added[f]);
        if (run->trace) {
            bg_settling_because(run, BG_REASON(open_fund, bg_say_account(bg_plan_fund_account(f)),
                                               bg_say_amount(run, run->fund_opening[f][0])));
        }
    }
}

/* Their first posting may be for some units only. */
static void open_payers(bg_settling *run)
{
    for (size_t p = 0; p < run->plan->payer_count; p++) {
        const int account = bg_plan_source_account(run->plan, p);
        run->columns->fill(run->n, 0, bg_settling_account(run, account));
        run->posted[1 + account] = true;
    }
}

static void open_expense(bg_settling *run)
{
    int64_t *const *input = run->input;
    bg_fen *inside = run->scratch[0];
    run->columns->subtract(run->n, input[BG_INPUT_expense], input[BG_INPUT_outside], inside);
    bg_settling_post(run, &expense_entry, BG_ACCOUNT_BALANCE, bg_plan_community(run->plan), inside);
    if (run->trace) {
        bg_settling_because(run,
                            BG_REASON(open_expense, bg_say_amount(run, input[BG_INPUT_expense][0]),
                                      bg_say_amount(run, input[BG_INPUT_outside][0])));
    }
    bg_settling_post(run, &expense_entry, BG_ACCOUNT_BALANCE, bg_plan_outside(run->plan),
                     input[BG_INPUT_outside]);
    if (run->trace) {
        bg_settling_because(run, BG_PLAIN_REASON(open_outside));
    }
}

static void open_patients(bg_settling *run)
{
    const bg_fen *paid = run->input[BG_INPUT_patients];
    if (run->trace && paid[0] == 0) {
        return;
    }
    bg_settling_post(run, &patients_entry, bg_plan_patients(run->plan),
                     bg_plan_community(run->plan), paid);
    if (run->trace) {
        bg_settling_because(run, BG_PLAIN_REASON(open_patients));
    }
}

/* The amounts of a column in parts of a fen: itself, or in the room for a copy. */
static bg_fen *refined(const bg_settling *run, bg_fen *column, bg_fen *copy)
{
    if (run->fine == 1) {
        return column;
    }
    run->columns->scale(run->n, column, run->fine, copy);
    return copy;
}

static void take_inputs(bg_settling *run)
{
    const bg_settlement_block *block = run->block;
    const bg_inputs *inputs = &run->plan->inputs;
    for (size_t i = 0; i < inputs->count; i++) {
        bg_fen *column = block->input[i];
        run->input[i] =
            inputs->item[i].kind == BG_KIND_MONEY ? refined(run, column, run->input[i]) : column;
    }
    for (size_t f = 0; f < run->plan->fund_count; f++) {
        run->fund_opening[f] = refined(run, block->fund_opening[f], run->fund_opening[f]);
        run->fund_added[f] = refined(run, block->fund_added[f], run->fund_added[f]);
    }
}

/* What steps add to; the last ones set the other results. */
static void clear_results(const bg_settling *run)
{
    const bg_columns *columns = run->columns;
    const bg_settlement_block *block = run->block;
    columns->fill(run->n, 0, run->disallowed);
    columns->fill(run->n, 0, block->result[BG_RESULT_released]);
    columns->fill(run->n, 0, block->result[BG_RESULT_covered]);
    columns->fill(run->n, 0, block->result[BG_RESULT_shared]);
    for (size_t a = 0; a < run->plan->advance_count; a++) {
        columns->fill(run->n, 0, block->advanced[a]);
    }
    if (block->bands) {
        columns->fill(run->n, 0, block->band);
    }
    memcpy(block->result[BG_RESULT_deficit_left], run->input[BG_INPUT_deficit],
           run->n * sizeof(bg_fen));
    bg_deficit_age(run);
}

/* Gives a run its columns; what it is to do with them stands in it. */
static void start(bg_settling *run)
{
    const bg_plan *plan = run->plan;
    run->columns = bg_columns_current();
    run->n = run->block->n;
    run->fine = plan->fine;
    run->trace_start = run->trace ? run->trace->count : 0;
    take_private(run, plan, run->n, &(bg_storage){.bytes = (char *)run->block->work});
    take_inputs(run);
    clear_results(run);
}

/* ---- the plan applied ---- */

/* Says which of the two identities, that hold whatever the plan says, does not hold for the unit. */
static bg_status verify_unit(const bg_settlement_block *block, const bg_fen *payable, size_t u,
                             bg_errors *errors)
{
    bg_fen sum = 0;
    for (size_t a = 0; a < block->account_count; a++) {
        sum += block->account[a][u];
    }
    if (sum != 0) {
        return bg_errors_say_unit(errors, BG_INTERNAL, u + 1, BG_NOWHERE, NULL,
                                  BG_SAY(accounts_not_zero), BG_FEN(sum));
    }
    bg_fen *const *result = block->result;
    const bg_fen granted = payable[u] + result[BG_RESULT_released][u] +
                           result[BG_RESULT_covered][u] + result[BG_RESULT_shared][u] -
                           block->account[block->account_count - 1][u]; /* rounding */
    const bg_fen entitlement = result[BG_RESULT_entitlement][u];
    if (granted != entitlement) {
        return bg_errors_say_unit(errors, BG_INTERNAL, u + 1, BG_NOWHERE, NULL,
                                  BG_SAY(entitlement_differs), BG_FEN(entitlement),
                                  BG_FEN(granted));
    }
    return BG_OK;
}

/* Whether both hold for all units. */
static bool holds_for_all(const bg_settlement_block *block, const bg_fen *payable)
{
    const bg_columns *columns = bg_columns_current();
    const size_t n = block->n;
    bg_fen *sum = block->work;
    columns->sum(n, block->account_count, block->account, sum);
    if (!columns->all_are(n, sum, 0)) {
        return false;
    }
    columns->sum(n, 3,
                 (bg_fen *const[]){block->result[BG_RESULT_released],
                                   block->result[BG_RESULT_covered],
                                   block->result[BG_RESULT_shared]},
                 sum);
    columns->add(n, sum, payable, sum);
    columns->subtract(n, sum, block->account[block->account_count - 1], sum);
    return columns->all_equal(n, sum, block->result[BG_RESULT_entitlement]);
}

bg_status bg_settlement_verify(const bg_settlement_block *block, const bg_fen *payable,
                               bg_errors *errors)
{
    bg_status status = BG_OK;
    if (holds_for_all(block, payable)) {
        return status;
    }
    for (size_t u = 0; u < block->n && status == BG_OK; u++) {
        status = verify_unit(block, payable, u, errors);
    }
    return status;
}

/* Whether the step applies to any unit; run->mask says to which. */
static bool select_units(const bg_step *step, bg_settling *run)
{
    bool any = true;
    run->mask = NULL;
    if (step->when.count > 0) {
        run->mask = run->mask_column;
        any = bg_conditions_select(&step->when, run->block->input, run->block->given, run->mask,
                                   run->n);
    }
    if (step == run->plan->pots) {
        bg_pots_begin(run);
    }
    return any && (!step->pot || bg_pots_select(run));
}

/* The balance that the step works on takes the place of the unit's, which is returned. */
static bg_fen *enter_pot(const bg_step *step, bg_settling *run)
{
    bg_fen *balance = run->balance;
    run->in_pot = step->pot;
    if (step->pot) {
        run->balance = run->pot[step->pot - 1];
    }
    return balance;
}

static void leave_pot(bg_settling *run, bg_fen *balance)
{
    run->in_pot = 0;
    run->balance = balance;
}

static void note_not_applied(const bg_step *step, bg_settling *run)
{
    const bg_node *when = bg_node_child(step->node, "when");
    bg_settling_note(run, step, 0);
    if (when) {
        bg_settling_stands_at(run, &when->mark);
    }
    bg_settling_because(run, BG_PLAIN_REASON(not_applied));
}

static void put_out(const bg_step *step, bg_settling *run)
{
    bg_fen *moved = run->block->output_moved[step->output];
    bg_fen *balance = run->block->output_balance[step->output];
    memcpy(balance, run->balance, run->n * sizeof *balance);
    run->columns->subtract(run->n, balance, run->balance_before, moved);
}

static void apply_step(const bg_step *step, bg_settling *run)
{
    bg_fen *balance = enter_pot(step, run);
    if (step->output >= 0) {
        memcpy(run->balance_before, run->balance, run->n * sizeof *run->balance);
    }
    if (select_units(step, run)) {
        step->kind->apply(step, run);
    } else if (run->trace) {
        note_not_applied(step, run);
    }
    run->mask = NULL;
    if (step->output >= 0) {
        put_out(step, run);
    }
    leave_pot(run, balance);
    if (step->place == run->plan->pots_end) {
        bg_pots_end(run);
    }
}

static bg_status apply_steps(bg_settling *run)
{
    for (size_t s = 0; s < run->plan->step_count && !run->status; s++) {
        apply_step(&run->plan->step[s], run);
    }
    if (run->out_of_memory) {
        return bg_no_memory(run->errors);
    }
    return run->status;
}

static bg_status settle(bg_settling *run)
{
    start(run);
    open_budget(run);
    open_payers(run);
    open_expense(run);
    open_patients(run);
    bg_status status = apply_steps(run);
    bg_settling_close_accounts(run);
    if (!status) {
        status = bg_settlement_verify(run->block, run->input[BG_INPUT_payable], run->errors);
    }
    if (!status && run->fine > 1) {
        bg_settling_round(run);
    }
    return status;
}

/* Explains unit by unit what was settled together: each draws again what it drew of shared funds. */
static bg_status explain_units(const bg_settling *together, bg_trace *traces)
{
    bg_status status = BG_OK;
    for (size_t u = 0; u < together->n && !status; u++) {
        bg_settlement_block part = bg_settlement_block_part(together->block, u, 1);
        status = settle(&(bg_settling){.plan = together->plan,
                                       .block = &part,
                                       .drawings = together->drawings + u,
                                       .drawn_units = together->n,
                                       .replays = true,
                                       .trace = &traces[u],
                                       .errors = together->errors});
    }
    return status;
}

static bg_status settle_and_explain(bg_settling *run, bg_trace *traces)
{
    const size_t n = run->block->n, funds = run->plan->fund_count;
    run->drawn_units = n;
    run->drawings = calloc(run->plan->step_count * (funds ? funds : 1) * n, sizeof *run->drawings);
    if (!run->drawings) {
        return bg_no_memory(run->errors);
    }
    bg_status status = settle(run);
    if (!status) {
        status = explain_units(run, traces);
    }
    free(run->drawings);
    return status;
}

bg_status bg_settlement_apply(const bg_plan *plan, bg_settlement_block *block, bg_trace *trace,
                              bg_errors *errors)
{
    if (block->communities == 0 || block->n % block->communities != 0) {
        return bg_errors_say(errors, BG_USAGE, BG_NOWHERE, NULL, BG_SAY(units_not_divisible),
                             block->n, block->communities);
    }
    const bg_status status = bg_settlement_check(plan, block, errors);
    if (status) {
        return status;
    }
    bg_settling run = {.plan = plan, .block = block, .errors = errors};
    if (trace && block->n > 1) {
        return settle_and_explain(&run, trace);
    }
    run.trace = trace;
    return settle(&run);
}
