/* Instalments that follow what was spent: a share of each month's approved cost, in place of parts of the budget. */
#include "rules/budget_terms.h"
#include "rules/messages.h"

#include <string.h>

/* ---- reading ---- */

/* Terms of instalments of the budget that are written beside. */
static void advise_unused(const budget_reader *self, const bg_node *prepayment)
{
    static const char *const keys[] = {"ratio",         "months", "shares",
                                       "quarter_month", "funds",  "outside_share"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const bg_node *node = bg_node_child(prepayment, keys[i]);
        if (node && node->origin != BG_ORIGIN_DEFAULT) {
            bg_errors_advise(self->errors, node->mark, node->path, BG_SAY(approved_instead));
        }
    }
}

static void advise_alone(const budget_reader *self, const bg_node *node)
{
    if (node) {
        bg_errors_advise(self->errors, node->mark, node->path, BG_SAY(approved_not_given));
    }
}

bg_status bg_budget_read_approved(const budget_reader *self, bg_budget_terms *terms)
{
    const bg_node *prepayment = bg_node_child(self->budget, "prepayment");
    const bg_node *approved = bg_node_child(prepayment, "approved");
    const bg_node *ceiling = bg_node_child(prepayment, "ceiling");
    if (!approved) {
        advise_alone(self, ceiling);
        advise_alone(self, bg_node_child(prepayment, "delay"));
        return BG_OK;
    }
    terms->approves = true;
    terms->approved = bg_sourced_rate(approved);
    terms->has_ceiling = ceiling != NULL;
    terms->ceiling = ceiling ? ceiling->value.decimal : 0;
    advise_unused(self, prepayment);
    return bg_node_child(self->budget, "calendar")
               ? BG_OK
               : bg_errors_say(self->errors, BG_MISSING, approved->mark, approved->path,
                               BG_SAY(approved_undated));
}

/* ---- a year ---- */

/* A month's cost without its part of what is disallowed in the year. */
static bg_status approve(const bg_budget_block *block, size_t unit, bg_fen cost, bg_fen *approved)
{
    const bg_fen disallowed = block->cost_disallowed ? block->cost_disallowed[unit] : 0;
    *approved = cost;
    return disallowed == 0 ? BG_OK
                           : bg_money_ratio(cost, block->cost_of_year[unit] - disallowed,
                                            block->cost_of_year[unit], approved);
}

static bg_status pay_unit(const bg_budget_terms *self, const bg_budget_block *block, size_t unit)
{
    bg_fen room = INT64_MAX;
    bg_status status =
        self->has_ceiling ? bg_money_times(block->payable[unit], self->ceiling, &room) : BG_OK;
    for (size_t month = 0; month < MONTHS && status == BG_OK; month++) {
        bg_fen *paid = &block->instalment[month][unit];
        const bg_fen *cost = block->month_cost[month];
        status = cost ? approve(block, unit, cost[unit], paid) : BG_OK;
        status = status ? status : bg_money_times(cost ? *paid : 0, self->approved.value, paid);
        *paid = *paid < room ? *paid : room;
        room -= *paid;
    }
    return status;
}

bg_status bg_budget_pay_approved(const bg_budget_terms *self, const bg_budget_block *block,
                                 size_t first, size_t n)
{
    bg_status status = BG_OK;
    for (size_t unit = first; unit < first + n && status == BG_OK; unit++) {
        status = pay_unit(self, block, unit);
    }
    return status;
}
