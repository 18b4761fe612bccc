#include <string.h>

#include "report/label.h"
#include "report/settled.h"
#include "report/table.h"

static void add_money(bg_table *table, bg_fen amount)
{
    char text[BG_NUMBER_TEXT];
    bg_table_add(table, "%s", bg_money_grouped(amount, text));
}

static void add_named(bg_table *table, const char *name, bg_fen amount, const char *language)
{
    bg_table_add(table, "%s", bg_label_of_name(name, language));
    add_money(table, amount);
}

/* Those that the scenario names; what the unit lacks is left out. */
static void add_named_inputs(bg_table *table, const bg_settled *self, const bg_plan *plan)
{
    for (size_t i = BG_INPUT_COUNT; i < bg_plan_input_count(plan); i++) {
        const bg_named_input *input = bg_plan_input(plan, i);
        if (self->block.given[i][0]) {
            char text[BG_INPUT_TEXT];
            bg_table_add(table, "%s", input->name);
            bg_table_add(table, "%s", bg_named_input_text(input, self->block.input[i][0], text));
        }
    }
}

/* Inputs and results; parts that are zero are left out. */
static bg_status print_summary(const bg_settled *self, const bg_plan *plan, const char *language,
                               FILE *stream)
{
    bg_table table;
    bg_table_init(&table, "lr");
    for (size_t i = 0; i < BG_INPUT_COUNT; i++) {
        int64_t amount = self->block.input[i][0];
        if (i == BG_INPUT_score) {
            char score[BG_NUMBER_TEXT];
            bg_table_add(&table, "%s", bg_label_of_name(bg_settlement_input_names[i], language));
            bg_table_add(&table, "%s", bg_decimal_text(amount, score));
        } else if (i != BG_INPUT_year && (amount != 0 || i == BG_INPUT_expense)) {
            add_named(&table, bg_settlement_input_names[i], amount, language);
        }
    }
    add_named_inputs(&table, self, plan);
    for (size_t o = 0; o < bg_plan_output_count(plan); o++) {
        add_named(&table, bg_plan_output(plan, o), self->block.output_balance[o][0], language);
    }
    for (size_t i = 0; i < BG_RESULT_COUNT; i++) {
        if (i != BG_RESULT_deficit_left || self->block.result[i][0] != 0) {
            add_named(&table, bg_settlement_result_names[i], self->block.result[i][0], language);
        }
    }
    return bg_table_print(&table, stream, 2);
}

/* A year settled before all its claims are in says so. */
static void print_completion(const bg_settled *self, const char *language, FILE *stream)
{
    for (size_t i = 0; i < self->trace.count; i++) {
        const bg_posting *posting = &self->trace.items[i];
        if (strcmp(posting->kind, "completion") == 0) {
            fprintf(stream, "  * %s\n",
                    bg_in_language(language, posting->inputs, posting->inputs_zh));
        }
    }
}

static const char *account_label(const bg_plan *plan, int account, const char *language)
{
    return account < 0 ? "" : bg_label_of_account(bg_plan_account(plan, (size_t)account), language);
}

static const char *posting_source(const bg_posting *posting, char *buffer, size_t size,
                                  const char *language)
{
    if (posting->step == 0 && !posting->mark.file) {
        return "";
    }
    if (!posting->mark.file) {
        return bg_in_language(language, "default plan", "默认方案");
    }
    int length = snprintf(buffer, size, "%s", posting->mark.file);
    if (posting->mark.line > 0 && length > 0 && (size_t)length < size) {
        snprintf(buffer + length, size - (size_t)length, ":%d", posting->mark.line);
    }
    return buffer;
}

static bg_status print_postings(const bg_settled *self, const bg_plan *plan, const char *language,
                                FILE *stream)
{
    bg_table table;
    bg_table_init(&table, "rlrrlrll");
    static const bg_label_id heads[] = {BG_LABEL_step,          BG_LABEL_kind,    BG_LABEL_amount,
                                        BG_LABEL_balance_after, BG_LABEL_from_to, BG_LABEL_rate,
                                        BG_LABEL_inputs,        BG_LABEL_source};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        bg_table_add(&table, "%s", bg_label(heads[i], language));
    }
    for (size_t i = 0; i < self->trace.count; i++) {
        const bg_posting *posting = &self->trace.items[i];
        char source[256];
        if (posting->step) {
            bg_table_add(&table, "%zu", posting->step);
        } else {
            bg_table_add(&table, "%s", "");
        }
        const char *name = posting->name ? posting->name : posting->kind;
        bg_table_add(&table, "%s", bg_label_of_step(name, language));
        add_money(&table, posting->amount);
        add_money(&table, posting->balance_after);
        bool moves = posting->from >= 0 || posting->to >= 0;
        bg_table_add(&table, "%s%s%s", account_label(plan, posting->from, language),
                     moves ? " → " : "", account_label(plan, posting->to, language));
        bg_table_add(&table, "%s", posting->rate ? posting->rate : "");
        bg_table_add(&table, "%s", bg_in_language(language, posting->inputs, posting->inputs_zh));
        bg_table_add(&table, "%s", posting_source(posting, source, sizeof source, language));
    }
    return bg_table_print(&table, stream, 2);
}

static bg_status print_accounts(const bg_settled *self, const bg_plan *plan, const char *language,
                                FILE *stream)
{
    bg_table table;
    bg_table_init(&table, "lr");
    for (size_t i = 0; i < bg_plan_account_count(plan); i++) {
        bg_table_add(&table, "%s", bg_label_of_account(bg_plan_account(plan, i), language));
        add_money(&table, self->block.account[i][0]);
    }
    return bg_table_print(&table, stream, 2);
}

static bg_status print_institutions(const bg_settled *self, const bg_plan *plan,
                                    const char *language, FILE *stream)
{
    bg_table table;
    bg_table_init(&table, "lrr");
    bg_table_add(&table, "%s", bg_label(BG_LABEL_party, language));
    bg_table_add(&table, "%s", bg_label(BG_LABEL_result, language));
    bg_table_add(&table, "%s", bg_label_of_name("disallowed", language));
    for (size_t i = 0; i < bg_plan_institution_count(plan); i++) {
        bg_table_add(&table, "%s", bg_label_of_name(bg_plan_institution(plan, i), language));
        add_money(&table, self->block.institution_result[i][0]);
        add_money(&table, -self->block.institution_disallowed[i][0]);
    }
    return bg_table_print(&table, stream, 2);
}

static bg_status print_funds(const bg_settled *self, const bg_model *model, const char *language,
                             FILE *stream)
{
    const bg_budget_terms *terms = model->terms[self->scheme];
    bg_table table;
    bg_table_init(&table, "lrrr");
    bg_table_add(&table, "%s", bg_in_language(language, "Fund", "资金"));
    bg_table_add(&table, "%s", bg_in_language(language, "brought in", "期初"));
    bg_table_add(&table, "%s", bg_in_language(language, "added", "本年计提"));
    bg_table_add(&table, "%s", bg_in_language(language, "carried on", "结转"));
    for (size_t i = 0; i < bg_budget_fund_count(terms); i++) {
        bg_table_add(&table, "%s", bg_label_of_name(bg_budget_fund(terms, i)->name, language));
        add_money(&table, self->block.fund_opening[i][0]);
        add_money(&table, self->block.fund_added[i][0]);
        add_money(&table, self->block.fund_closing[i][0]);
    }
    return bg_table_print(&table, stream, 2);
}

bg_status bg_settled_text(const bg_settled *self, const bg_model *model, const char *language,
                          bool explain, FILE *stream)
{
    const bg_plan *plan = model->plan[self->scheme];
    fprintf(stream, "%s %d: %s (%s)\n", bg_label(BG_LABEL_settlement_heading, language), self->year,
            bg_label_of_name(model->history.scheme[self->scheme].name, language),
            bg_label(BG_LABEL_unit_yuan, language));
    bg_status status = print_summary(self, plan, language, stream);
    print_completion(self, language, stream);
    if (explain && status == BG_OK) {
        fprintf(stream, "\n%s\n", bg_label(BG_LABEL_steps_heading, language));
        status = print_postings(self, plan, language, stream);
    }
    if (status == BG_OK) {
        fprintf(stream, "\n%s\n", bg_label(BG_LABEL_accounts_heading, language));
        status = print_accounts(self, plan, language, stream);
    }
    if (status == BG_OK && bg_plan_institution_count(plan) > 0) {
        fputc('\n', stream);
        status = print_institutions(self, plan, language, stream);
    }
    if (status == BG_OK && bg_budget_fund_count(model->terms[self->scheme]) > 0) {
        fputc('\n', stream);
        status = print_funds(self, model, language, stream);
    }
    fprintf(
        stream, "\n%s\n",
        bg_in_language(language,
                       "What is saved is fund payment not spent; it is not the hospitals' profit.",
                       "结余是未支出的医保基金，并非医院利润。"));
    return status;
}
