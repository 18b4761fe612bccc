#include "settlement/check.h"
#include "format/amount.h"
#include "settlement/messages.h"

typedef struct door {
    const bg_plan *plan;
    const bg_settlement_block *block;
    const bg_columns *columns;
    size_t n;
    bg_fen limit;
    bg_errors *errors;
} door;

/* An amount in the unit in which the plan says amounts. */
#define AMOUNT(fen) bg_amount_phrase(self->plan->money, fen, (char[BG_AMOUNT_PHRASE]){0})

/* ---- columns by themselves; each is looked at as a whole first ---- */

static bg_status check_amounts(const door *self, const char *name, const bg_fen *column,
                               bg_fen least)
{
    if (self->columns->all_within(self->n, column, least, self->limit)) {
        return BG_OK;
    }
    size_t u = 0;
    while (column[u] >= least && column[u] <= self->limit) {
        u++;
    }
    if (column[u] < 0 && least == 0) {
        return bg_errors_say_unit(self->errors, BG_RANGE, u + 1, BG_NOWHERE, NULL,
                                  BG_SAY(amount_negative), name, AMOUNT(column[u]));
    }
    return bg_errors_say_unit(self->errors, BG_OVERFLOW, u + 1, BG_NOWHERE, NULL,
                              BG_SAY(amount_beyond_settlement), name, AMOUNT(column[u]),
                              AMOUNT(self->limit));
}

static bg_status check_given(const door *self, const bg_named_input *input, const int64_t *given)
{
    size_t u = 0;
    while (u < self->n && given[u]) {
        u++;
    }
    if (u == self->n) {
        return BG_OK;
    }
    return input->pool ? bg_errors_say_unit(self->errors, BG_MISSING, u + 1, BG_NOWHERE, NULL,
                                            BG_SAY(pool_input_not_given), input->name)
                       : bg_errors_say_unit(self->errors, BG_MISSING, u + 1, BG_NOWHERE, NULL,
                                            BG_SAY(input_not_given), input->name);
}

static bg_status check_scores(const door *self)
{
    const int64_t *score = self->block->input[BG_INPUT_score];
    const int64_t highest = 100 * BG_ONE;
    if (self->columns->all_within(self->n, score, 0, highest)) {
        return BG_OK;
    }
    size_t u = 0;
    while (score[u] >= 0 && score[u] <= highest) {
        u++;
    }
    return bg_errors_say_unit(self->errors, BG_RANGE, u + 1, BG_NOWHERE, NULL,
                              BG_SAY(score_out_of_range), BG_NUMBER(score[u]));
}

/* Parts of a shared fund may be negative, but not what a group carries in. */
static bg_status check_shared_fund(const door *self, const char *name, const bg_fen *opening)
{
    const size_t groups = self->n / self->block->communities;
    const bg_fen limit = self->limit;
    for (size_t g = 0; g < groups; g++) {
        bg_wide sum = 0;
        bool small = true;
        for (size_t u = g; u < self->n; u += groups) {
            sum += opening[u];
            small = small && opening[u] <= limit && opening[u] >= -limit;
        }
        if (!small || sum > limit) {
            return bg_errors_say_unit(self->errors, BG_OVERFLOW, g + 1, BG_NOWHERE, NULL,
                                      BG_SAY(shared_fund_opening_too_large), name, AMOUNT(limit));
        }
        if (sum < 0) {
            return bg_errors_say_unit(self->errors, BG_RANGE, g + 1, BG_NOWHERE, NULL,
                                      BG_SAY(shared_fund_opening_negative), name,
                                      AMOUNT((bg_fen)sum));
        }
    }
    return BG_OK;
}

/* Units of a block mostly have the same year. */
static bg_status check_years(const door *self)
{
    const int64_t *year = self->block->input[BG_INPUT_year];
    const size_t n = self->columns->all_are(self->n, year, year[0]) ? 1 : self->n;
    for (size_t u = 0; u < n; u++) {
        if (year[u] < 0 || year[u] % BG_ONE != 0) {
            return bg_errors_say_unit(self->errors, BG_RANGE, u + 1, BG_NOWHERE, NULL,
                                      BG_SAY(year_not_calendar), BG_NUMBER(year[u]));
        }
    }
    return BG_OK;
}

/* What comes from the pool; a gain that is carried is a deficit below zero. */
static bool may_be_negative(const door *self, size_t input)
{
    return self->plan->inputs.item[input].pool ||
           (input == BG_INPUT_deficit && self->plan->carries_gain);
}

static bg_status check_columns(const door *self)
{
    const bg_plan *plan = self->plan;
    const bg_settlement_block *block = self->block;
    bg_status status = check_scores(self);
    bg_first(&status, check_years(self));
    for (size_t c = 0; c < plan->inputs.count; c++) {
        const bg_named_input *input = &plan->inputs.item[c];
        if (input->of_institution && !block->by_institution) {
            continue;
        }
        if (input->kind == BG_KIND_MONEY) {
            const bg_fen least = may_be_negative(self, c) ? -self->limit : 0;
            bg_first(&status, check_amounts(self, input->name, block->input[c], least));
        }
        if (!input->built_in && !input->optional) {
            bg_first(&status, check_given(self, input, block->given[c]));
        }
    }
    for (size_t f = 0; f < plan->fund_count; f++) {
        const char *name = plan->fund[f].name;
        bg_first(&status, check_amounts(self, name, block->fund_added[f], 0));
        bg_first(&status, plan->fund[f].shared
                              ? check_shared_fund(self, name, block->fund_opening[f])
                              : check_amounts(self, name, block->fund_opening[f], 0));
    }
    return status;
}

/* ---- parts and their wholes ---- */

static bg_status check_parts(const door *self, size_t u)
{
    int64_t *const *input = self->block->input;
    const bg_fen expense = input[BG_INPUT_expense][u];
    const bg_fen disallowed = input[BG_INPUT_disallowed][u];
    const bg_fen emergency = input[BG_INPUT_emergency][u];
    const bg_fen rebound = input[BG_INPUT_rebound][u];
    const bg_fen outside = input[BG_INPUT_outside][u];
    if (disallowed + emergency + rebound > expense) {
        return bg_errors_say_unit(self->errors, BG_RANGE, u + 1, BG_NOWHERE, NULL,
                                  BG_SAY(expense_parts_exceed_whole), AMOUNT(disallowed),
                                  AMOUNT(emergency), AMOUNT(rebound), AMOUNT(expense));
    }
    if (outside > expense) {
        return bg_errors_say_unit(self->errors, BG_RANGE, u + 1, BG_NOWHERE, NULL,
                                  BG_SAY(outside_exceeds_expense), AMOUNT(outside),
                                  AMOUNT(expense));
    }
    return BG_OK;
}

static bg_status check_budget(const door *self, size_t u)
{
    bg_fen funds = 0;
    for (size_t f = 0; f < self->plan->fund_count; f++) {
        funds += self->block->fund_added[f][u];
    }
    const bg_fen budget = self->block->input[BG_INPUT_budget][u];
    const bg_fen payable = self->block->input[BG_INPUT_payable][u];
    if (payable + funds != budget) {
        return bg_errors_say_unit(self->errors, BG_RANGE, u + 1, BG_NOWHERE, NULL,
                                  BG_SAY(budget_parts_do_not_add_up), AMOUNT(payable),
                                  AMOUNT(funds), AMOUNT(budget));
    }
    return BG_OK;
}

/* What institutions are said to bear of the disallowed expense is all of it. */
static bg_status check_institutions(const door *self, size_t u)
{
    const bg_settlement_block *block = self->block;
    bg_fen sum = 0; /* of up to 64 amounts within the limit, which is as many parts of INT64_MAX */
    bool given = false;
    for (size_t i = 0; i < self->plan->institution_count && block->by_institution; i++) {
        const int input = bg_plan_disallowed_input(self->plan, i);
        given |= block->given[input][u] != 0;
        sum += block->input[input][u];
    }
    const bg_fen disallowed = block->input[BG_INPUT_disallowed][u];
    if (given && sum != disallowed) {
        return bg_errors_say_unit(self->errors, BG_RANGE, u + 1, BG_NOWHERE, NULL,
                                  BG_SAY(disallowed_parts_do_not_add_up), AMOUNT(sum),
                                  AMOUNT(disallowed));
    }
    return BG_OK;
}

static bool all_add_up(const door *self)
{
    int64_t *const *input = self->block->input;
    int64_t *const parts[] = {input[BG_INPUT_disallowed], input[BG_INPUT_emergency],
                              input[BG_INPUT_rebound]};
    int64_t *sum = self->block->work;
    self->columns->sum(self->n, 3, parts, sum);
    if (!self->columns->all_at_most(self->n, sum, input[BG_INPUT_expense]) ||
        !self->columns->all_at_most(self->n, input[BG_INPUT_outside], input[BG_INPUT_expense])) {
        return false;
    }
    int64_t *whole[1 + BG_MAX_FUNDS] = {input[BG_INPUT_payable]};
    for (size_t f = 0; f < self->plan->fund_count; f++) {
        whole[1 + f] = self->block->fund_added[f];
    }
    self->columns->sum(self->n, 1 + self->plan->fund_count, whole, sum);
    return self->columns->all_equal(self->n, sum, input[BG_INPUT_budget]);
}

bg_status bg_settlement_check(const bg_plan *plan, const bg_settlement_block *block,
                              bg_errors *errors)
{
    const door self = {.plan = plan,
                       .block = block,
                       .columns = bg_columns_current(),
                       .n = block->n,
                       .limit = BG_SETTLEMENT_LIMIT / plan->fine,
                       .errors = errors};
    if (self.n == 0) {
        return BG_OK;
    }
    bg_status status = check_columns(&self);
    if (status || (!block->by_institution && all_add_up(&self))) {
        return status;
    }
    for (size_t u = 0; u < self.n && status == BG_OK; u++) {
        status = check_parts(&self, u);
        bg_first(&status, check_institutions(&self, u));
        bg_first(&status, check_budget(&self, u));
    }
    return status;
}
