/* Rules for rates: constant, by year, by score, linear in the score, or from an input; and any of these with
 * points added to it by another. */
#ifndef BAOGAN_SETTLEMENT_RATE
#define BAOGAN_SETTLEMENT_RATE

#include "settlement/plan.h"

typedef enum bg_rate_rule_form {
    BG_RATE_RULE_NONE, /* no key, or "none" */
    BG_RATE_RULE_CONSTANT,
    BG_RATE_RULE_BY_YEAR,
    BG_RATE_RULE_BY_SCORE,
    BG_RATE_RULE_BY_YEAR_AND_SCORE, /* tiers by year */
    BG_RATE_RULE_LINE,
    BG_RATE_RULE_INPUT,
    BG_RATE_RULE_PLUS /* a rate of a form above with points of one */
} bg_rate_rule_form;

/* Of any form but the last. */
typedef struct bg_rate_part {
    bg_rate_rule_form form;
    const bg_node
        *node; /* of the key; of the tiers, or their table by year, where the form is by score */
    bg_decimal constant; /* also the factor of an input */
    bg_decimal at_0, at_100;
    bg_decimal floor, ceiling;
    bg_decimal lowest, highest; /* what may come from an input */
    int input;
} bg_rate_part;

typedef struct bg_rate_rule {
    bg_rate_rule_form form;
    const bg_node *node;
    bg_decimal constant; /* where that is its form */
    bg_rate_part rate;   /* all of it, unless points are added */
    bg_rate_part points;
    bg_decimal floor, ceiling; /* of the sum, which lies within 0 and 100 % whatever they say */
} bg_rate_rule;

/* Reads the rule; NULL gives none. An unknown input, or one that is no rate or number, is an
 * error. */
bg_status bg_rate_rule_read(const bg_plan *plan, const bg_node *node, bg_rate_rule *self,
                            bg_errors *errors);

/* The same for a weight, which may also be an input of money; it has no highest value. */
bg_status bg_weight_rule_read(const bg_plan *plan, const bg_node *node, bg_rate_rule *self,
                              bg_errors *errors);
/* Whether a rule that takes an input takes one of money. */
bool bg_weight_is_money(const bg_plan *plan, const bg_rate_rule *self);

static inline bool bg_rate_rule_is_zero(const bg_rate_rule *self)
{
    return self->form == BG_RATE_RULE_CONSTANT && self->constant == 0;
}

/* The rate of every unit; `column` is room for n of them. What cannot be (a year without a rate, an
 * input that is absent or beyond its bounds) fails the run, for units that the step applies to. */
bg_rates bg_rate_rule_rates(const bg_rate_rule *self, bg_settling *run, bg_decimal *column);
/* The rate of a unit of that year and score; false where an input of its own decides, or no year holds. */
bool bg_rate_rule_at(const bg_rate_rule *self, const bg_plan *plan, int year, bg_decimal score,
                     bg_decimal *rate);
/* Where the rate of the unit to be explained was written. */
const bg_mark *bg_rate_rule_mark(const bg_rate_rule *self, const bg_settling *run);
/* Of a rule by score the tiers that hold for the unit to be explained; NULL where its form is another. */
const bg_node *bg_rate_rule_tiers(const bg_rate_rule *self, const bg_settling *run);
/* Adds to the last line recorded how its rate came about; nothing for a constant. */
void bg_rate_rule_explain(const bg_rate_rule *self, bg_settling *run);

#endif
