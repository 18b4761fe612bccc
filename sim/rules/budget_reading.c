/* What the readers of a budget's terms and of its base share. */
#include "rules/budget_terms.h"
#include "rules/messages.h"

static bool is_assumption(const bg_node *node)
{
    return node->origin == BG_ORIGIN_DEFAULT && node->parameter && node->parameter->assumed;
}

sourced bg_sourced_from(const bg_node *node, int64_t value)
{
    return (sourced){.value = value, .mark = node->mark, .assumption = is_assumption(node)};
}

sourced bg_sourced_rate(const bg_node *node)
{
    return bg_sourced_from(node, node->value.decimal);
}

sourced bg_sourced_amount(const bg_node *node)
{
    return bg_sourced_from(node, node->value.fen);
}

bg_status bg_budget_too_large(const budget_reader *self, const char *what)
{
    return bg_errors_say(self->errors, BG_OVERFLOW, BG_NOWHERE, "budget", BG_SAY(amount_too_large),
                         what);
}
