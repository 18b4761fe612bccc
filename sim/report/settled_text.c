#include "format/text_table.h"
#include "report/label.h"
#include "report/settled.h"

#include <stdlib.h>
#include <string.h>

static void add_money(bg_text_table *table, bg_fen amount)
{
    char text[BG_NUMBER_TEXT];
    bg_text_table_add(table, "%s", bg_money_grouped(amount, text));
}

static void add_named(bg_text_table *table, const char *name, bg_fen amount, const char *language)
{
    bg_text_table_add(table, "%s", bg_label_of_name(name, language));
    add_money(table, amount);
}

/* Those that the scenario names; what the unit lacks is left out. */
static void add_named_inputs(bg_text_table *table, const bg_settled *self, const bg_plan *plan)
{
    for (size_t i = BG_INPUT_COUNT; i < bg_plan_input_count(plan); i++) {
        const bg_named_input *input = bg_plan_input(plan, i);
        if (self->block.given[i][0] && !input->of_institution) {
            char text[BG_INPUT_TEXT];
            bg_text_table_add(table, "%s", input->name);
            bg_text_table_add(table, "%s",
                              bg_named_input_text(input, self->block.input[i][0], text));
        }
    }
}

/* Inputs and results; parts that are zero are left out. */
static bg_status print_summary(const bg_settled *self, const bg_plan *plan, const char *language,
                               FILE *stream)
{
    bg_text_table table;
    bg_text_table_init(&table, "lr");
    for (size_t i = 0; i < BG_INPUT_COUNT; i++) {
        int64_t amount = self->block.input[i][0];
        if (i == BG_INPUT_score) {
            char score[BG_NUMBER_TEXT];
            bg_text_table_add(&table, "%s",
                              bg_label_of_name(bg_settlement_input_names[i], language));
            bg_text_table_add(&table, "%s", bg_decimal_text(amount, score));
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
    return bg_text_table_print(&table, stream, 2);
}

/* Why, with words for the names of accounts, and in Chinese for those of inputs; new string, NULL when
 * out of memory. */
static char *explanation(const bg_posting *posting, const bg_plan *plan, const char *language)
{
    const bool chinese = strcmp(language, "zh") == 0;
    const bg_posting_words words = {language, bg_label_of_account,
                                    chinese ? bg_label_of_name : NULL};
    return bg_posting_text(posting, plan, &words);
}

/* A year settled before all its claims are in says so. */
static bg_status print_completion(const bg_settled *self, const bg_plan *plan, const char *language,
                                  FILE *stream)
{
    for (size_t i = 0; i < self->trace.count; i++) {
        const bg_posting *posting = &self->trace.items[i];
        if (strcmp(posting->kind, "completion") == 0) {
            char *text = explanation(posting, plan, language);
            if (!text) {
                return BG_MEMORY;
            }
            fprintf(stream, "  * %s\n", text);
            free(text);
        }
    }
    return BG_OK;
}

static const char *account_label(const bg_plan *plan, int account, const char *language)
{
    return account < 0 ? "" : bg_label_of_account(bg_plan_account(plan, (size_t)account), language);
}

/* Where the rate stands: "county.yaml:12"; nothing where it is the default plan's. */
static const char *posting_source(const bg_posting *posting, char *buffer, size_t size)
{
    buffer[0] = '\0';
    if (posting->mark.file && posting->mark.line > 0) {
        snprintf(buffer, size, "%s:%d", posting->mark.file, posting->mark.line);
    } else if (posting->mark.file) {
        snprintf(buffer, size, "%s", posting->mark.file);
    }
    return buffer;
}

static void add_posting(bg_text_table *table, const bg_posting *posting, const bg_plan *plan,
                        const char *language)
{
    char step[24] = "", source[256], rate[BG_NUMBER_TEXT];
    if (posting->step) {
        snprintf(step, sizeof step, "%zu", posting->step);
    }
    bool moves = posting->from >= 0 || posting->to >= 0;
    bg_text_table_add(table, "%s", step);
    bg_text_table_add(table, "%s",
                      bg_label_of_step(posting->name ? posting->name : posting->kind, language));
    add_money(table, posting->amount);
    bg_text_table_add(table, "%s%s%s", account_label(plan, posting->from, language),
                      moves ? " → " : "", account_label(plan, posting->to, language));
    bg_text_table_add(table, "%s", bg_posting_rate(posting, rate));
    add_money(table, posting->balance_after);
    bg_text_table_add(table, "%s", posting_source(posting, source, sizeof source));
    char *text = explanation(posting, plan, language);
    bg_text_table_note(table, "%s", text ? text : "");
    table->failed = table->failed || !text;
    free(text);
}

static bg_status print_postings(const bg_settled *self, const bg_plan *plan, const char *language,
                                FILE *stream)
{
    static const bg_label_id heads[] = {BG_LABEL_step,    BG_LABEL_kind, BG_LABEL_amount,
                                        BG_LABEL_from_to, BG_LABEL_rate, BG_LABEL_balance_after,
                                        BG_LABEL_source};
    bg_text_table table;
    bg_text_table_init(&table, "rlrlrrl");
    bool by_default = false;
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        bg_text_table_add(&table, "%s", bg_label(heads[i], language));
    }
    for (size_t i = 0; i < self->trace.count; i++) {
        const bg_posting *posting = &self->trace.items[i];
        add_posting(&table, posting, plan, language);
        by_default = by_default || (posting->step && !posting->mark.file);
    }
    bg_status status = bg_text_table_print(&table, stream, 2);
    if (by_default) {
        fprintf(stream, "  %s\n", bg_label(BG_LABEL_default_plan, language));
    }
    return status;
}

static bg_status print_accounts(const bg_settled *self, const bg_plan *plan, const char *language,
                                FILE *stream)
{
    bg_text_table table;
    bg_text_table_init(&table, "lr");
    for (size_t i = 0; i < bg_plan_account_count(plan); i++) {
        bg_text_table_add(&table, "%s", bg_label_of_account(bg_plan_account(plan, i), language));
        add_money(&table, self->block.account[i][0]);
    }
    return bg_text_table_print(&table, stream, 2);
}

static bg_status print_institutions(const bg_settled *self, const bg_plan *plan,
                                    const char *language, FILE *stream)
{
    bg_text_table table;
    bg_text_table_init(&table, "lrr");
    bg_text_table_add(&table, "%s", bg_label(BG_LABEL_party, language));
    bg_text_table_add(&table, "%s", bg_label(BG_LABEL_result_share, language));
    bg_text_table_add(&table, "%s", bg_label_of_name("disallowed", language));
    for (size_t i = 0; i < bg_plan_institution_count(plan); i++) {
        bg_text_table_add(&table, "%s", bg_label_of_name(bg_plan_institution(plan, i), language));
        add_money(&table, self->block.institution_result[i][0]);
        add_money(&table, -self->block.institution_disallowed[i][0]);
    }
    return bg_text_table_print(&table, stream, 2);
}

static bg_status print_funds(const bg_settled *self, const bg_contract *contract,
                             const char *language, FILE *stream)
{
    const bg_budget_terms *terms = contract->terms[self->scheme];
    bg_text_table table;
    bg_text_table_init(&table, "lrrr");
    bg_text_table_add(&table, "%s", bg_in_language(language, "Fund", "资金"));
    bg_text_table_add(&table, "%s", bg_in_language(language, "brought in", "期初"));
    bg_text_table_add(&table, "%s", bg_in_language(language, "added", "本年计提"));
    bg_text_table_add(&table, "%s", bg_in_language(language, "carried on", "结转"));
    for (size_t i = 0; i < bg_budget_fund_count(terms); i++) {
        bg_text_table_add(&table, "%s", bg_label_of_name(bg_budget_fund(terms, i)->name, language));
        add_money(&table, self->block.fund_opening[i][0]);
        add_money(&table, self->block.fund_added[i][0]);
        add_money(&table, self->block.fund_closing[i][0]);
    }
    return bg_text_table_print(&table, stream, 2);
}

bg_status bg_settled_text(const bg_settled *self, const bg_contract *contract, const char *language,
                          bool explain, FILE *stream)
{
    const bg_plan *plan = contract->plan[self->scheme];
    fprintf(stream,
            bg_in_language(language, "Settlement %d: %s (yuan)\n", "%d年度清算：%s（元）\n"),
            self->year, bg_label_of_scheme(contract->history.scheme[self->scheme].name, language));
    bg_status status = print_summary(self, plan, language, stream);
    status = status ? status : print_completion(self, plan, language, stream);
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
    if (status == BG_OK && bg_budget_fund_count(contract->terms[self->scheme]) > 0) {
        fputc('\n', stream);
        status = print_funds(self, contract, language, stream);
    }
    fprintf(stream, "\n%s\n", bg_label(BG_LABEL_no_profit, language));
    return status;
}
