#include "format/json.h"
#include "report/settled.h"

#include <stdlib.h>
#include <string.h>

/* An input that the unit lacks is null. */
static json_t *named_value(const bg_named_input *input, int64_t value, bool given)
{
    char text[BG_INPUT_TEXT];
    if (!given) {
        return json_null();
    }
    if (input->kind == BG_KIND_MONEY) {
        return json_integer(value);
    }
    return input->kind == BG_KIND_TEXT ? json_string(bg_named_input_text(input, value, text))
                                       : json_real((double)value / (double)BG_ONE);
}

static void add_named_inputs(const bg_settled *self, const bg_plan *plan, json_t *object)
{
    for (size_t i = BG_INPUT_COUNT; i < bg_plan_input_count(plan); i++) {
        const bg_named_input *input = bg_plan_input(plan, i);
        char key[80];
        if (input->of_institution && !self->block.given[i][0]) {
            continue; /* stands with the institutions as it was shared */
        }
        snprintf(key, sizeof key, "%s%s", input->name, input->kind == BG_KIND_MONEY ? "_fen" : "");
        json_object_set_new(
            object, key, named_value(input, self->block.input[i][0], self->block.given[i][0] != 0));
    }
}

static json_t *inputs_object(const bg_settled *self, const bg_plan *plan)
{
    json_t *object = json_object();
    for (size_t i = 0; i < BG_INPUT_COUNT; i++) {
        if (i == BG_INPUT_year) {
            continue; /* stands above */
        }
        char key[64];
        int64_t value = self->block.input[i][0];
        snprintf(key, sizeof key, "%s%s", bg_settlement_input_names[i],
                 i == BG_INPUT_score ? "" : "_fen");
        json_object_set_new(object, key,
                            i == BG_INPUT_score ? json_real((double)value / (double)BG_ONE)
                                                : json_integer(value));
    }
    add_named_inputs(self, plan, object);
    return object;
}

static json_t *results_object(const bg_settled *self)
{
    json_t *object = json_object();
    for (size_t i = 0; i < BG_RESULT_COUNT; i++) {
        char key[64];
        snprintf(key, sizeof key, "%s_fen", bg_settlement_result_names[i]);
        json_object_set_new(object, key, json_integer(self->block.result[i][0]));
    }
    return object;
}

/* What named steps put out. */
static json_t *steps_object(const bg_settled *self, const bg_plan *plan)
{
    json_t *object = json_object();
    for (size_t o = 0; o < bg_plan_output_count(plan); o++) {
        json_object_set_new(
            object, bg_plan_output(plan, o),
            json_pack("{s:I, s:I}", "moved_fen", (json_int_t)self->block.output_moved[o][0],
                      "balance_after_fen", (json_int_t)self->block.output_balance[o][0]));
    }
    return object;
}

static json_t *accounts_object(const bg_settled *self, const bg_plan *plan)
{
    json_t *object = json_object();
    for (size_t i = 0; i < bg_plan_account_count(plan); i++) {
        json_object_set_new(object, bg_plan_account(plan, i),
                            json_integer(self->block.account[i][0]));
    }
    return object;
}

static json_t *institutions_object(const bg_settled *self, const bg_plan *plan)
{
    json_t *object = json_object();
    for (size_t i = 0; i < bg_plan_institution_count(plan); i++) {
        json_object_set_new(
            object, bg_plan_institution(plan, i),
            json_pack("{s:I, s:I}", "result_fen", (json_int_t)self->block.institution_result[i][0],
                      "disallowed_fen", (json_int_t)self->block.institution_disallowed[i][0]));
    }
    return object;
}

static json_t *funds_object(const bg_settled *self, const bg_budget_terms *terms)
{
    json_t *object = json_object();
    for (size_t i = 0; i < bg_budget_fund_count(terms); i++) {
        json_object_set_new(object, bg_budget_fund(terms, i)->name,
                            json_pack("{s:I, s:I, s:I}", "opening_fen",
                                      (json_int_t)self->block.fund_opening[i][0], "added_fen",
                                      (json_int_t)self->block.fund_added[i][0], "closing_fen",
                                      (json_int_t)self->block.fund_closing[i][0]));
    }
    return object;
}

static json_t *account_name(const bg_plan *plan, int account)
{
    return account < 0 ? json_null() : bg_json_text(bg_plan_account(plan, (size_t)account));
}

static json_t *posting_object(const bg_posting *posting, const bg_plan *plan)
{
    const bg_posting_words words = {.language = "en"};
    char *inputs = bg_posting_text(posting, plan, &words);
    char rate[BG_NUMBER_TEXT];
    json_t *object = json_pack(
        "{s:I, s:o, s:o, s:o, s:o, s:o, s:i, s:o, s:o, s:I, s:I}", "step",
        (json_int_t)posting->step, "kind", bg_json_text(posting->kind), "name",
        bg_json_text(posting->name), "inputs", bg_json_text(inputs), "rate",
        bg_json_text(bg_posting_rate(posting, rate)), "file", bg_json_text(posting->mark.file),
        "line", posting->mark.line, "from", account_name(plan, posting->from), "to",
        account_name(plan, posting->to), "amount_fen", (json_int_t)posting->amount,
        "balance_after_fen", (json_int_t)posting->balance_after);
    free(inputs);
    return object;
}

json_t *bg_settled_json(const bg_settled *self, const bg_contract *contract)
{
    const bg_plan *plan = contract->plan[self->scheme];
    json_t *postings = json_array();
    for (size_t i = 0; i < self->trace.count; i++) {
        json_array_append_new(postings, posting_object(&self->trace.items[i], plan));
    }
    return json_pack("{s:i, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "year", self->year, "scheme",
                     contract->history.scheme[self->scheme].name, "inputs",
                     inputs_object(self, plan), "results", results_object(self), "steps",
                     steps_object(self, plan), "accounts_fen", accounts_object(self, plan),
                     "institutions", institutions_object(self, plan), "funds",
                     funds_object(self, contract->terms[self->scheme]), "postings", postings);
}
