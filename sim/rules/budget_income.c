/* Totals that are not grown from what was spent alone: a share of this year's income, and last year's total corrected
 * for the number of people that it was made for. */
#include "base/columns.h"
#include "rules/budget_terms.h"
#include "rules/messages.h"
#include "rules/persons.h"

/* ---- reading ---- */

bg_status bg_budget_read_income(const budget_reader *self, bg_budget_terms *terms)
{
    const bg_node *node = terms->from_income = bg_node_child(self->budget, "from_income");
    const bg_node *shares = bg_node_child(node, "share");
    bg_status status = BG_OK;
    for (size_t i = 0; node && i < terms->year_count; i++) {
        budget_year *year = &terms->year[i];
        const bg_node *share = bg_node_in_year(shares, year->year);
        if (!share) {
            status = bg_errors_say(self->errors, BG_MISSING, shares->mark, shares->path,
                                   BG_SAY(income_share_of_year), year->year);
            continue;
        }
        year->income_share = bg_sourced_rate(share);
    }
    if (node) {
        terms->carried_share = bg_sourced_rate(bg_node_child(node, "carried"));
    }
    return status;
}

bg_status bg_budget_read_forecasts(const budget_reader *self, const bg_node *table,
                                   bg_budget_terms *terms)
{
    for (size_t i = 0; table && i < terms->year_count; i++) {
        const bg_node *forecast = bg_node_in_year(table, terms->year[i].year);
        if (forecast) {
            terms->year[i].forecast = bg_sourced_from(forecast, forecast->value.integer);
        }
    }
    const bool used = !terms->from_income && terms->later_rule == BG_LATER_PREVIOUS_TOTAL;
    return !table || used ? BG_OK
                          : bg_errors_say(self->errors, BG_INVALID, table->mark, table->path,
                                          BG_SAY(forecast_without_total));
}

bool bg_budget_is_of_income(const bg_budget_terms *self)
{
    return self->from_income != NULL;
}

bool bg_budget_carries_pool(const bg_budget_terms *self)
{
    return self->from_income && self->carried_share.value != 0;
}

bool bg_budget_corrects_people(const bg_budget_terms *self)
{
    bool any = false;
    for (size_t i = 0; i + 1 < self->year_count; i++) {
        any = any || self->year[i].forecast.value > 0;
    }
    return any;
}

/* ---- a year ---- */

static bg_status say_missing(const bg_budget_terms *terms, const bg_budget_block *block,
                             bg_errors *errors)
{
    const bg_node *node = terms->from_income;
    return block->raised ? bg_errors_say(errors, BG_MISSING, node->mark, node->path,
                                         BG_SAY(budget_without_balance))
                         : bg_errors_say(errors, BG_MISSING, node->mark, node->path,
                                         BG_SAY(budget_without_income));
}

/* What the pool's balance adds to the total; of a debt it takes off. */
static bg_status find_brought(const bg_budget_terms *terms, const bg_budget_block *block,
                              size_t first, size_t n, bg_fen *brought)
{
    if (!bg_budget_carries_pool(terms)) {
        bg_column_fill(n, 0, brought);
        return BG_OK;
    }
    return bg_column_times(n, block->pool_balance + first, terms->carried_share.value, brought);
}

bg_status bg_budget_from_income(const bg_budget_terms *terms, const budget_year *year,
                                const bg_budget_block *block, size_t first, size_t n, bg_fen *total,
                                bg_fen *brought, bg_errors *errors)
{
    if (!block->raised || (bg_budget_carries_pool(terms) && !block->pool_balance)) {
        return say_missing(terms, block, errors);
    }
    bg_status status = bg_column_times(n, block->raised + first, year->income_share.value, total);
    status = status ? status : find_brought(terms, block, first, n, brought);
    status = status ? status : bg_column_add(n, total, brought, total);
    bg_column_clip(n, total);
    return status ? BG_OVERFLOW : BG_OK;
}

bg_status bg_budget_correct(int64_t forecast, const double *people, size_t n, bg_fen *total)
{
    bg_status status = BG_OK;
    for (size_t i = 0; i < n && !status; i++) {
        int64_t persons;
        status = bg_persons_round(people[i], &persons);
        status = status ? status : bg_money_ratio(total[i], persons, forecast, &total[i]);
    }
    return status;
}
