/* What each fund gets: a share of the total or of another base, or an amount per head, until it holds its ceiling. */
#include "base/columns.h"
#include "rules/budget_terms.h"
#include "rules/messages.h"
#include "rules/persons.h"

#include <string.h>

enum { PIECE = 128 };

/* ---- reading ---- */

static bg_status read_fund(const budget_reader *self, const bg_node *node, bg_budget_terms *terms)
{
    const size_t fund = terms->fund_count++;
    const bg_node *ceiling = bg_node_child(node, "ceiling");
    fund_levy *levy = &terms->levy[fund];
    const bg_node *per_head = bg_node_child(node, "per_head");
    terms->fund_rate[fund] = bg_sourced_rate(bg_node_child(node, "rate"));
    if (per_head && terms->fund_rate[fund].value == 0) {
        terms->fund_rate[fund] = bg_sourced_from(per_head, 0);
    }
    terms->fund[fund] = (bg_fund_terms){
        .name = node->key,
        .rate = terms->fund_rate[fund].value,
        .carry_over = bg_node_bool(node, "carry_over"),
        .opening = bg_node_fen(node, "opening"),
    };
    const bg_node *base = bg_node_child(node, "base");
    *levy = (fund_levy){.base = base ? (fund_base)base->value.integer : FUND_OF_TOTAL,
                        .node = node,
                        .per_head = per_head,
                        .has_ceiling = ceiling != NULL};
    if (ceiling) {
        levy->ceiling = bg_sourced_rate(ceiling);
    }
    terms->levies = terms->levies || levy->base != FUND_OF_TOTAL || levy->per_head || ceiling;
    if (ceiling && !terms->fund[fund].carry_over) {
        return bg_errors_say(self->errors, BG_INVALID, ceiling->mark, ceiling->path,
                             BG_SAY(fund_ceiling_without_carry), node->key);
    }
    if (ceiling && bg_node_integer(node, "shared") != 0) {
        return bg_errors_say(self->errors, BG_INVALID, ceiling->mark, ceiling->path,
                             BG_SAY(fund_ceiling_shared), node->key);
    }
    return BG_OK;
}

bg_status bg_budget_read_funds(const budget_reader *self, bg_budget_terms *terms)
{
    const bg_node *funds = bg_node_child(self->budget, "funds");
    if (bg_node_count(funds) > BG_MAX_FUNDS) {
        return bg_errors_say(self->errors, BG_LIMIT, funds->mark, funds->path,
                             BG_SAY(budget_funds_too_many), bg_node_count(funds), BG_MAX_FUNDS);
    }
    bg_decimal sum = 0;
    bg_status status = BG_OK;
    for (const bg_node *node = funds ? funds->child : NULL; node; node = node->next) {
        const size_t fund = terms->fund_count;
        bg_first(&status, read_fund(self, node, terms));
        sum += terms->levy[fund].base == FUND_OF_TOTAL ? terms->fund[fund].rate : 0;
    }
    if (!status && sum > BG_ONE) {
        char text[BG_NUMBER_TEXT];
        return bg_errors_say(self->errors, BG_RANGE, funds->mark, funds->path,
                             BG_SAY(funds_above_total), bg_percent_text(sum, text));
    }
    return status;
}

bool bg_budget_funds_are_shares(const bg_budget_terms *self)
{
    return !self->levies;
}

/* ---- a year ---- */

/* fund_j = rate_j T, at most what is left (a fen of rounding, where the rates take nearly all). */
bg_status bg_budget_hold_back(const bg_budget_terms *self, size_t n, const bg_fen *total,
                              bg_fen *const *fund, bg_fen *payable)
{
    const bg_columns *columns = bg_columns_current();
    memcpy(payable, total, n * sizeof *payable);
    for (size_t i = 0; i < self->fund_count; i++) {
        const bg_decimal rate = self->fund[i].rate;
        if (bg_column_times(n, total, rate, fund[i])) {
            return BG_OVERFLOW;
        }
        columns->smaller(n, fund[i], payable, fund[i]);
        columns->subtract(n, payable, fund[i], payable);
    }
    return BG_OK;
}

/* Units of a block at one fund. */
typedef struct levying {
    const bg_budget_terms *terms;
    const bg_budget_block *block;
    size_t fund, first, n;
    bg_errors *errors;
} levying;

static const bg_fen *base_of(const levying *self)
{
    const bg_fen *const bases[] = {
        [FUND_OF_TOTAL] = self->block->total,
        [FUND_OF_INCOME] = self->block->raised,
        [FUND_OF_EXPENSE] = self->block->expense[ROLLING_YEARS - 1],
    };
    const bg_fen *base = bases[self->terms->levy[self->fund].base];
    return base ? base + self->first : NULL;
}

bg_fen bg_budget_fund_base(const bg_budget_terms *terms, const bg_budget_block *block, size_t fund)
{
    const bg_fen *base = base_of(&(levying){.terms = terms, .block = block, .fund = fund, .n = 1});
    return base ? base[0] : 0;
}

static bg_status say_missing_base(const levying *self)
{
    const fund_levy *levy = &self->terms->levy[self->fund];
    const char *name = self->terms->fund[self->fund].name;
    if (levy->base == FUND_OF_INCOME) {
        return bg_errors_say(self->errors, BG_MISSING, levy->node->mark, levy->node->path,
                             BG_SAY(fund_without_income), name);
    }
    return bg_errors_say(self->errors, BG_MISSING, levy->node->mark, levy->node->path,
                         BG_SAY(fund_without_expense), name, self->block->year - 1);
}

/* Adds the amount per head. */
static bg_status add_per_head(const levying *self, bg_fen *amount)
{
    const bg_node *cell =
        bg_node_in_year(self->terms->levy[self->fund].per_head, self->block->year);
    if (!cell) {
        const bg_node *node = self->terms->levy[self->fund].per_head;
        return bg_errors_say(self->errors, BG_MISSING, node->mark, node->path,
                             BG_SAY(fund_per_head_of_year), self->block->year);
    }
    bg_status status = BG_OK;
    for (size_t i = 0; i < self->n && !status; i++) {
        int64_t persons = 0;
        bg_fen each = 0;
        status = bg_persons_round(self->block->people[self->first + i], &persons);
        status = status ? BG_OVERFLOW : bg_money_ratio(cell->value.fen, persons, 1, &each);
        status = status ? status : bg_money_add(amount[i], each, &amount[i]);
    }
    return status;
}

/* No more than brings the fund to its ceiling. */
static bg_status keep_to_ceiling(const levying *self, bg_fen *amount)
{
    const bg_columns *columns = bg_columns_current();
    bg_fen room[PIECE];
    const bg_decimal ceiling = self->terms->levy[self->fund].ceiling.value;
    if (bg_column_times(self->n, self->block->total + self->first, ceiling, room) ||
        bg_column_subtract(self->n, room, self->block->held[self->fund] + self->first, room)) {
        return BG_OVERFLOW;
    }
    columns->gain(self->n, room, room);
    columns->smaller(self->n, amount, room, amount);
    return BG_OK;
}

static bg_status levy_fund(const levying *self, bg_fen *amount)
{
    const bg_fen *base = base_of(self);
    if (!base) {
        return say_missing_base(self);
    }
    bg_status status = bg_column_times(self->n, base, self->terms->fund[self->fund].rate, amount)
                           ? BG_OVERFLOW
                           : BG_OK;
    bg_columns_current()->gain(self->n, amount, amount);
    if (!status && self->terms->levy[self->fund].per_head) {
        status = add_per_head(self, amount);
    }
    if (!status && self->terms->levy[self->fund].has_ceiling) {
        status = keep_to_ceiling(self, amount);
    }
    return status;
}

static bg_status levy_piece(const bg_budget_terms *terms, const bg_budget_block *block,
                            size_t first, size_t n, bg_errors *errors)
{
    const bg_columns *columns = bg_columns_current();
    bg_fen *payable = block->payable + first;
    memcpy(payable, block->total + first, n * sizeof *payable);
    for (size_t i = 0; i < terms->fund_count; i++) {
        bg_fen *fund = block->fund[i] + first;
        const levying at = {terms, block, i, first, n, errors};
        const bg_status status = levy_fund(&at, fund);
        if (status) {
            return status;
        }
        columns->smaller(n, fund, payable, fund);
        columns->subtract(n, payable, fund, payable);
    }
    return BG_OK;
}

bg_status bg_budget_levy(const bg_budget_terms *terms, const bg_budget_block *block, size_t first,
                         size_t n, bg_errors *errors)
{
    bg_status status = BG_OK;
    for (size_t at = first; at < first + n && !status; at += PIECE) {
        const size_t left = first + n - at;
        status = levy_piece(terms, block, at, left < PIECE ? left : PIECE, errors);
    }
    return status;
}
