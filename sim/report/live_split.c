/* split and use: amounts divided by largest remainder. */
#include "report/live_kinds.h"

#include "report/label.h"
#include "report/live_parts.h"
#include "report/live_rate.h"
#include "settlement/purposes.h"

#include <string.h>

/* Whether the disallowed expense of any institution is known to be its own. */
static bool disallowed_is_known(const bg_live_settling *self)
{
    const bg_live_year *year = self->year;
    bool known = false;
    for (size_t i = 0; i < year->plan->institution_count && year->block->by_institution; i++) {
        known = known || year->block->given[bg_plan_disallowed_input(year->plan, i)][0];
    }
    return known;
}

static size_t order_of(const bg_plan *plan, size_t institution)
{
    size_t rank = 0;
    while (plan->by_name[rank] != institution) {
        rank++;
    }
    return rank + 1;
}

/* The rules of an institution's share of a gain and of a loss, which may be the same. */
static bool read_share(const bg_plan *plan, const bg_node *node, bg_rate_rule *gain,
                       bg_rate_rule *loss)
{
    const bg_node *of_gain = bg_node_child(node, "gain"), *of_loss = bg_node_child(node, "loss");
    bg_errors unheard;
    bg_errors_init(&unheard);
    bg_status status = bg_rate_rule_read(plan, of_gain ? of_gain : node, gain, &unheard);
    bg_first(&status, bg_rate_rule_read(plan, of_loss ? of_loss : node, loss, &unheard));
    bg_errors_free(&unheard);
    return status == BG_OK;
}

/* What the shares are over; false where inputs weigh. */
static bool find_over(const bg_live_settling *self, int64_t *of)
{
    const bg_live_grounds grounds = bg_live_grounds_of(self);
    bool known = true;
    *of = 100;
    for (const bg_node *node = self->step->node->child; node && known; node = node->next) {
        bg_rate_rule gain, loss;
        known = read_share(self->year->plan, node, &gain, &loss) &&
                bg_live_rate_over(&gain, &grounds, of) && bg_live_rate_over(&loss, &grounds, of);
    }
    return known;
}

static const char *without_sign(const bg_cell *cell, bg_sheet *sheet)
{
    return cell->formula ? cell->formula + 1 : bg_sheet_keep(sheet, "%lld", (long long)cell->whole);
}

/* The share for the sign of the result. */
static bg_cell weight_of(bg_live_settling *self, const bg_node *node, int64_t of)
{
    const bg_live_grounds grounds = bg_live_grounds_of(self);
    bg_rate_rule gain, loss;
    read_share(self->year->plan, node, &gain, &loss);
    const bg_cell of_gain = bg_live_rate_cell(self->sheet, &gain, &grounds, of);
    const bg_cell of_loss = bg_live_rate_cell(self->sheet, &loss, &grounds, of);
    if (gain.node == loss.node) {
        return of_gain;
    }
    return bg_live_whole(self->at.result.value < 0 ? of_loss.whole : of_gain.whole,
                         bg_sheet_keep(self->sheet, "=IF(%s<0,%s,%s)", self->at.result.is,
                                       without_sign(&of_loss, self->sheet),
                                       without_sign(&of_gain, self->sheet)));
}

static bool divide(bg_live_settling *self, bg_live_amount total, int64_t of, bg_fen *const *found)
{
    const bg_plan *plan = self->year->plan;
    bg_live_part parts[BG_MAX_INSTITUTIONS];
    size_t count = 0;
    for (const bg_node *node = self->step->node->child; node; node = node->next) {
        parts[count] = (bg_live_part){
            .name = bg_label_of_account(plan->institution[count].name, self->sheet->language),
            .weight = weight_of(self, node, of),
            .order = order_of(plan, count)};
        count++;
    }
    bool same = bg_live_divide(self->sheet, total.value, total.is, of, parts, count);
    for (size_t i = 0; i < count && same; i++) {
        same = parts[i].value == found[i][0];
        self->institution[i] = found == self->year->block->institution_result
                                   ? (bg_live_amount){parts[i].value, parts[i].is}
                                   : self->institution[i];
    }
    return same;
}

bool bg_live_split(bg_live_settling *self)
{
    const bg_settlement_block *block = self->year->block;
    int64_t of;
    if (self->year->plan->pot_count > 0 || disallowed_is_known(self) || !find_over(self, &of)) {
        return false;
    }
    self->at.result = bg_live_step_amount(
        self, self->at.balance.value, bg_sheet_keep(self->sheet, "=%s", self->at.balance.is),
        bg_live_words(self, "result to be divided", "待分配的留用（承担）"));
    bg_live_step_balance(self, '-', self->at.result);
    if (!divide(self, self->at.result, of, block->institution_result)) {
        return false;
    }
    const bg_live_amount disallowed = bg_live_step_amount(
        self, self->at.disallowed.value, bg_sheet_keep(self->sheet, "=%s", self->at.disallowed.is),
        bg_live_words(self, "disallowed, likewise", "不予支付部分同样分摊"));
    return divide(self, disallowed, of, block->institution_disallowed);
}

/* ---- use ---- */

/* A term of a purpose that hangs on nothing but the year. */
static bool read_term(const bg_live_settling *self, const bg_node *node, bg_decimal *term)
{
    const bg_live_grounds grounds = bg_live_grounds_of(self);
    bg_rate_rule rule;
    bg_errors unheard;
    bg_errors_init(&unheard);
    const bg_status status = bg_rate_rule_read(grounds.plan, node, &rule, &unheard);
    bg_errors_free(&unheard);
    const bool plain = rule.form == BG_RATE_RULE_CONSTANT || rule.form == BG_RATE_RULE_BY_YEAR;
    return !status && plain &&
           bg_rate_rule_at(&rule, grounds.plan, grounds.year, grounds.score, term);
}

/* The part of each purpose, in the order of the file; false where it is not the same for every unit. */
static bool find_purposes(const bg_live_settling *self, bg_decimal *part)
{
    const bg_plan *plan = self->year->plan;
    const bg_node *purposes = bg_node_child(self->step->node, "purposes");
    bg_purpose_terms by_name[BG_MAX_PURPOSES];
    bg_decimal found[BG_MAX_PURPOSES] = {0};
    bool known = true;
    for (size_t r = 0; r < plan->purpose_count && known; r++) {
        const bg_node *node = bg_node_child(purposes, plan->purpose[plan->purpose_by_name[r]]);
        known = read_term(self, bg_node_child(node, "share"), &by_name[r].share) &&
                read_term(self, bg_node_child(node, "minimum"), &by_name[r].minimum) &&
                read_term(self, bg_node_child(node, "maximum"), &by_name[r].maximum);
    }
    known = known && bg_purposes_divide(plan->purpose_count, by_name, found) == BG_PURPOSES_FIT;
    for (size_t r = 0; r < plan->purpose_count && known; r++) {
        part[plan->purpose_by_name[r]] = found[r];
    }
    return known;
}

static bool use_of(bg_live_settling *self, size_t institution, const bg_decimal *share, int64_t of)
{
    const bg_plan *plan = self->year->plan;
    const bg_live_amount result = self->institution[institution];
    bg_live_part parts[BG_MAX_PURPOSES];
    const char *name =
        bg_label_of_account(plan->institution[institution].name, self->sheet->language);
    const bg_live_amount kept = bg_live_step_amount(
        self, bg_live_step_value(self, result.value > 0 ? result.value : 0),
        bg_live_step_formula(self, bg_sheet_keep(self->sheet, "MAX(0,%s)", result.is)),
        bg_sheet_keep(self->sheet, bg_live_words(self, "%s: kept", "%s：留用"), name));
    for (size_t r = 0; r < plan->purpose_count; r++) {
        const size_t purpose = plan->purpose_by_name[r];
        parts[r] = (bg_live_part){
            .name = bg_label_of_account(plan->purpose[purpose], self->sheet->language),
            .weight = bg_live_whole(bg_live_numerator(share[purpose], of), NULL),
            .order = r + 1};
    }
    const bool divided =
        bg_live_divide(self->sheet, kept.value, kept.is, of, parts, plan->purpose_count);
    for (size_t r = 0; r < plan->purpose_count && divided; r++) {
        self->purpose[plan->purpose_by_name[r]] += parts[r].value;
    }
    return divided;
}

bool bg_live_use(bg_live_settling *self)
{
    const bg_plan *plan = self->year->plan;
    bg_decimal share[BG_MAX_PURPOSES];
    int64_t of = 100;
    if (!find_purposes(self, share)) {
        return false;
    }
    bool same = true;
    for (size_t r = 0; r < plan->purpose_count; r++) {
        same = same && bg_live_decimal_over(share[r], &of);
    }
    for (size_t i = 0; i < plan->institution_count && same; i++) {
        same = self->institution[i].is && use_of(self, i, share, of);
    }
    for (size_t r = 0; r < plan->purpose_count && same; r++) {
        same = self->purpose[r] == self->year->block->account[bg_plan_purpose_account(plan, r)][0];
    }
    return same;
}
