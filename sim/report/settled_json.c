#include "format/json.h"
#include "format/json_writer.h"
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
        bg_json_set(&object, key,
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
        bg_json_set(&object, key, json_integer(self->block.result[i][0]));
    }
    return object;
}

/* Rows by their name; gives the sheet up. */
static json_t *finish_by_name(bg_sheet *sheet)
{
    json_t *object = bg_sheet_json_by_name(sheet);
    bg_sheet_free(sheet);
    return object;
}

/* Columns of amounts behind a name. */
static void begin_by_name(bg_sheet *sheet, const char *const *names, size_t count)
{
    bg_sheet_init(sheet, "en");
    bg_sheet_add_column(sheet, (bg_column){.name = "name", .kind = BG_CELL_TEXT});
    for (size_t i = 0; i < count; i++) {
        bg_sheet_add_column(sheet, (bg_column){.name = names[i], .kind = BG_CELL_FEN});
    }
}

/* What named steps put out. */
static json_t *steps_object(const bg_settled *self, const bg_plan *plan)
{
    static const char *const names[] = {"moved_fen", "balance_after_fen"};
    bg_sheet sheet;
    begin_by_name(&sheet, names, 2);
    for (size_t o = 0; o < bg_plan_output_count(plan); o++) {
        bg_sheet_add_text(&sheet, bg_plan_output(plan, o));
        bg_sheet_add_fen(&sheet, self->block.output_moved[o][0]);
        bg_sheet_add_fen(&sheet, self->block.output_balance[o][0]);
    }
    return finish_by_name(&sheet);
}

static json_t *accounts_object(const bg_settled *self, const bg_plan *plan)
{
    json_t *object = json_object();
    for (size_t i = 0; i < bg_plan_account_count(plan); i++) {
        bg_json_set(&object, bg_plan_account(plan, i), json_integer(self->block.account[i][0]));
    }
    return object;
}

static json_t *institutions_object(const bg_settled *self, const bg_plan *plan)
{
    static const char *const names[] = {"result_fen", "disallowed_fen"};
    bg_sheet sheet;
    begin_by_name(&sheet, names, 2);
    for (size_t i = 0; i < bg_plan_institution_count(plan); i++) {
        bg_sheet_add_text(&sheet, bg_plan_institution(plan, i));
        bg_sheet_add_fen(&sheet, self->block.institution_result[i][0]);
        bg_sheet_add_fen(&sheet, self->block.institution_disallowed[i][0]);
    }
    return finish_by_name(&sheet);
}

static json_t *funds_object(const bg_settled *self, const bg_budget_terms *terms)
{
    static const char *const names[] = {"opening_fen", "added_fen", "closing_fen"};
    bg_sheet sheet;
    begin_by_name(&sheet, names, 3);
    for (size_t i = 0; i < bg_budget_fund_count(terms); i++) {
        bg_sheet_add_text(&sheet, bg_budget_fund(terms, i)->name);
        bg_sheet_add_fen(&sheet, self->block.fund_opening[i][0]);
        bg_sheet_add_fen(&sheet, self->block.fund_added[i][0]);
        bg_sheet_add_fen(&sheet, self->block.fund_closing[i][0]);
    }
    return finish_by_name(&sheet);
}

static const char *account_name(const bg_plan *plan, int account)
{
    return account < 0 ? NULL : bg_plan_account(plan, (size_t)account);
}

static void add_posting(bg_sheet *sheet, const bg_posting *posting, const bg_plan *plan)
{
    const bg_posting_words words = {.language = "en"};
    char *inputs = bg_posting_text(posting, plan, &words);
    char rate[BG_NUMBER_TEXT];
    bg_sheet_add_count(sheet, posting->step);
    bg_sheet_add_text(sheet, posting->kind);
    bg_sheet_add_text(sheet, posting->name);
    bg_sheet_add_text(sheet, bg_sheet_keep(sheet, "%s", inputs ? inputs : ""));
    sheet->failed = sheet->failed || !inputs;
    bg_sheet_add_text(sheet, bg_sheet_keep(sheet, "%s", bg_posting_rate(posting, rate)));
    bg_sheet_add_text(sheet, posting->mark.file);
    bg_sheet_add_count(sheet, (size_t)posting->mark.line);
    bg_sheet_add_text(sheet, account_name(plan, posting->from));
    bg_sheet_add_text(sheet, account_name(plan, posting->to));
    bg_sheet_add_fen(sheet, posting->amount);
    bg_sheet_add_fen(sheet, posting->balance_after);
    if (bg_plan_pot_count(plan) > 0) {
        bg_sheet_add_text(sheet, posting->pot);
    }
    free(inputs);
}

static json_t *postings_array(const bg_settled *self, const bg_plan *plan)
{
    static const bg_column columns[] = {
        {.name = "step", .kind = BG_CELL_COUNT},
        {.name = "kind", .kind = BG_CELL_TEXT},
        {.name = "name", .kind = BG_CELL_TEXT},
        {.name = "inputs", .kind = BG_CELL_TEXT},
        {.name = "rate", .kind = BG_CELL_TEXT},
        {.name = "file", .kind = BG_CELL_TEXT},
        {.name = "line", .kind = BG_CELL_COUNT},
        {.name = "from", .kind = BG_CELL_TEXT},
        {.name = "to", .kind = BG_CELL_TEXT},
        {.name = "amount_fen", .kind = BG_CELL_FEN},
        {.name = "balance_after_fen", .kind = BG_CELL_FEN},
    };
    bg_sheet sheet;
    bg_sheet_init(&sheet, "en");
    bg_sheet_add_columns(&sheet, columns, sizeof columns / sizeof *columns);
    if (bg_plan_pot_count(plan) > 0) {
        bg_sheet_add_column(&sheet, (bg_column){.name = "pot", .kind = BG_CELL_TEXT});
    }
    for (size_t i = 0; i < self->trace.count; i++) {
        add_posting(&sheet, &self->trace.items[i], plan);
    }
    json_t *array = bg_sheet_json(&sheet);
    bg_sheet_free(&sheet);
    return array;
}

static json_t *payments_array(const bg_payments *payments)
{
    static const char *const kinds[] = {[BG_PAYMENT_INSTALMENT] = "instalment",
                                        [BG_PAYMENT_RELEASE] = "release",
                                        [BG_PAYMENT_CLEARING] = "clearing",
                                        [BG_PAYMENT_REPAYMENT] = "repayment"};
    static const bg_column columns[] = {{.name = "month", .kind = BG_CELL_TEXT},
                                        {.name = "kind", .kind = BG_CELL_TEXT},
                                        {.name = "amount_fen", .kind = BG_CELL_FEN}};
    bg_sheet sheet;
    bg_sheet_init(&sheet, "en");
    bg_sheet_add_columns(&sheet, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < payments->count; i++) {
        const bg_payment *payment = &payments->item[i];
        char month[16];
        bg_sheet_add_text(&sheet,
                          bg_sheet_keep(&sheet, "%s", bg_payment_month(payment->month, month)));
        bg_sheet_add_text(&sheet, kinds[payment->kind]);
        bg_sheet_add_fen(&sheet, payment->amount);
    }
    json_t *array = bg_sheet_json(&sheet);
    bg_sheet_free(&sheet);
    return array;
}

static json_t *settlement_object(const bg_settled *self, const bg_contract *contract)
{
    const bg_plan *plan = contract->plan[self->scheme];
    return json_pack(
        "{s:i, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "year", self->year, "scheme",
        contract->history.scheme[self->scheme].name, "inputs", inputs_object(self, plan), "results",
        results_object(self), "steps", steps_object(self, plan), "accounts_fen",
        accounts_object(self, plan), "institutions", institutions_object(self, plan), "funds",
        funds_object(self, contract->terms[self->scheme]), "postings", postings_array(self, plan));
}

json_t *bg_settled_json(const bg_settled *self, const bg_contract *contract)
{
    json_t *object = settlement_object(self, contract);
    if (contract->calendar.given) {
        bg_json_set(&object, "payments", payments_array(&self->payments));
    }
    return object;
}
