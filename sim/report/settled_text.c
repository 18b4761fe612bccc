#include "contract/money_unit.h"
#include "format/text_writer.h"
#include "report/label.h"
#include "report/postings.h"
#include "report/settled.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(list) (sizeof(list) / sizeof *(list))

static void add_named(bg_sheet *sheet, const char *name, bg_fen amount)
{
    bg_sheet_add_text(sheet, bg_label_of_name(name, sheet->language));
    bg_sheet_add_fen(sheet, amount);
}

static void add_input(bg_sheet *sheet, const bg_named_input *input, int64_t value)
{
    if (input->kind == BG_KIND_MONEY) {
        bg_sheet_add_fen(sheet, value);
    } else {
        char text[BG_INPUT_TEXT];
        bg_sheet_add_text(sheet,
                          bg_sheet_keep(sheet, "%s", bg_named_input_text(input, value, text)));
    }
}

/* Those that the scenario names; what the unit lacks is left out. */
static void add_named_inputs(bg_sheet *sheet, const bg_settled *self, const bg_plan *plan)
{
    for (size_t i = BG_INPUT_COUNT; i < bg_plan_input_count(plan); i++) {
        const bg_named_input *input = bg_plan_input(plan, i);
        if (self->block.given[i][0] && !input->of_institution) {
            bg_sheet_add_text(sheet, input->name);
            add_input(sheet, input, self->block.input[i][0]);
        }
    }
}

/* Inputs and results; parts that are zero are left out. */
static void say_summary(const bg_settled *self, const bg_plan *plan, bg_document *page)
{
    static const bg_column columns[] = {{.kind = BG_CELL_TEXT}, {.kind = BG_CELL_FEN}};
    bg_sheet sheet;
    bg_sheet_init(&sheet, page->language);
    bg_sheet_add_columns(&sheet, columns, COUNT(columns));
    for (size_t i = 0; i < BG_INPUT_COUNT; i++) {
        int64_t amount = self->block.input[i][0];
        if (i == BG_INPUT_score) {
            bg_sheet_add_text(&sheet,
                              bg_label_of_name(bg_settlement_input_names[i], page->language));
            bg_sheet_add_decimal(&sheet, amount);
            bg_sheet_note(&sheet, self->score_of_scenario
                                      ? bg_in_language(page->language,
                                                       "the scenario's; the actuals give none",
                                                       "取自情景设定；实际数据中未填得分")
                                      : NULL);
        } else if (i != BG_INPUT_year && (amount != 0 || i == BG_INPUT_expense)) {
            add_named(&sheet, bg_settlement_input_names[i], amount);
        }
    }
    add_named_inputs(&sheet, self, plan);
    for (size_t o = 0; o < bg_plan_output_count(plan); o++) {
        add_named(&sheet, bg_plan_output(plan, o), self->block.output_balance[o][0]);
    }
    for (size_t i = 0; i < BG_RESULT_COUNT; i++) {
        if (i != BG_RESULT_deficit_left || self->block.result[i][0] != 0) {
            add_named(&sheet, bg_settlement_result_names[i], self->block.result[i][0]);
        }
    }
    bg_document_add_sheet(page, 2, &sheet);
}

void bg_settled_say_completion(const bg_settled *self, const bg_plan *plan, bg_document *page)
{
    for (size_t i = 0; i < self->trace.count; i++) {
        const bg_posting *posting = &self->trace.items[i];
        if (strcmp(posting->kind, "completion") == 0) {
            char *text = bg_posting_explained(posting, plan, page->money, page->language);
            bg_document_add(page, BG_PART_LINE, 2, "* %s", text ? text : "");
            page->failed = page->failed || !text;
            free(text);
        }
    }
}

static void say_accounts(const bg_settled *self, const bg_plan *plan, bg_document *page)
{
    static const bg_column columns[] = {{.kind = BG_CELL_TEXT}, {.kind = BG_CELL_FEN}};
    bg_sheet sheet;
    bg_sheet_init(&sheet, page->language);
    bg_sheet_add_columns(&sheet, columns, COUNT(columns));
    for (size_t i = 0; i < bg_plan_account_count(plan); i++) {
        bg_sheet_add_text(&sheet, bg_label_of_account(bg_plan_account(plan, i), page->language));
        bg_sheet_add_fen(&sheet, self->block.account[i][0]);
    }
    bg_document_add(page, BG_PART_HEADING, 0, "%s",
                    bg_label(BG_LABEL_accounts_heading, page->language));
    bg_document_add_sheet(page, 2, &sheet);
}

static void say_institutions(const bg_settled *self, const bg_plan *plan, bg_document *page)
{
    const char *language = page->language;
    const bg_column columns[] = {
        {.kind = BG_CELL_TEXT, .heading = bg_label(BG_LABEL_party, language)},
        {.kind = BG_CELL_FEN, .heading = bg_label(BG_LABEL_result_share, language)},
        {.kind = BG_CELL_FEN, .heading = bg_label_of_name("disallowed", language)}};
    bg_sheet sheet;
    bg_sheet_init(&sheet, language);
    bg_sheet_add_columns(&sheet, columns, COUNT(columns));
    for (size_t i = 0; i < bg_plan_institution_count(plan); i++) {
        add_named(&sheet, bg_plan_institution(plan, i), self->block.institution_result[i][0]);
        bg_sheet_add_fen(&sheet, -self->block.institution_disallowed[i][0]);
    }
    bg_document_add_gap(page);
    bg_document_add_sheet(page, 2, &sheet);
}

static void say_purposes(const bg_settled *self, const bg_plan *plan, bg_document *page)
{
    const char *language = page->language;
    const bg_column columns[] = {
        {.kind = BG_CELL_TEXT,
         .heading = bg_in_language(language, "Use of what is kept", "留用用途")},
        {.kind = BG_CELL_FEN, .heading = bg_in_language(language, "amount", "金额")}};
    bg_sheet sheet;
    bg_sheet_init(&sheet, language);
    bg_sheet_add_columns(&sheet, columns, COUNT(columns));
    for (size_t i = 0; i < bg_plan_purpose_count(plan); i++) {
        add_named(&sheet, bg_plan_purpose(plan, i),
                  self->block.account[bg_plan_purpose_account(plan, i)][0]);
    }
    bg_document_add_gap(page);
    bg_document_add_sheet(page, 2, &sheet);
}

static void say_funds(const bg_settled *self, const bg_budget_terms *terms, bg_document *page)
{
    const char *language = page->language;
    const bg_column columns[] = {
        {.kind = BG_CELL_TEXT, .heading = bg_in_language(language, "Fund", "资金")},
        {.kind = BG_CELL_FEN, .heading = bg_in_language(language, "brought in", "期初")},
        {.kind = BG_CELL_FEN, .heading = bg_in_language(language, "added", "本年计提")},
        {.kind = BG_CELL_FEN, .heading = bg_in_language(language, "carried on", "结转")}};
    bg_sheet sheet;
    bg_sheet_init(&sheet, language);
    bg_sheet_add_columns(&sheet, columns, COUNT(columns));
    for (size_t i = 0; i < bg_budget_fund_count(terms); i++) {
        add_named(&sheet, bg_budget_fund(terms, i)->name, self->block.fund_opening[i][0]);
        bg_sheet_add_fen(&sheet, self->block.fund_added[i][0]);
        bg_sheet_add_fen(&sheet, self->block.fund_closing[i][0]);
    }
    bg_document_add_gap(page);
    bg_document_add_sheet(page, 2, &sheet);
}

static const char *payment_words(bg_payment_kind kind, const char *language)
{
    static const struct {
        const char *en, *zh;
    } words[] = {[BG_PAYMENT_INSTALMENT] = {"instalment", "预拨"},
                 [BG_PAYMENT_RELEASE] = {"release", "考核返还"},
                 [BG_PAYMENT_CLEARING] = {"settlement", "清算款"},
                 [BG_PAYMENT_REPAYMENT] = {"repayment", "分期归还"}};
    return bg_in_language(language, words[kind].en, words[kind].zh);
}

/* What the year pays by its calendar, and what it has paid by then. */
static void say_payments(const bg_settled *self, bg_document *page)
{
    const char *language = page->language;
    const bg_column columns[] = {
        {.kind = BG_CELL_TEXT, .heading = bg_in_language(language, "Month", "月份")},
        {.kind = BG_CELL_TEXT, .heading = bg_in_language(language, "payment", "收付")},
        {.kind = BG_CELL_FEN,
         .heading = bg_in_language(language, "to the community", "付给医共体")},
        {.kind = BG_CELL_FEN, .heading = bg_in_language(language, "in all", "累计")}};
    bg_sheet sheet;
    bg_sheet_init(&sheet, language);
    bg_sheet_add_columns(&sheet, columns, COUNT(columns));
    bg_fen sum = 0;
    for (size_t i = 0; i < self->payments.count; i++) {
        const bg_payment *payment = &self->payments.item[i];
        char month[16];
        sum += payment->amount; /* of parts of two amounts of a settlement, which leave room */
        bg_sheet_add_text(&sheet,
                          bg_sheet_keep(&sheet, "%s", bg_payment_month(payment->month, month)));
        bg_sheet_add_text(&sheet, payment_words(payment->kind, language));
        bg_sheet_add_fen(&sheet, payment->amount);
        bg_sheet_add_fen(&sheet, sum);
    }
    bg_document_add_gap(page);
    bg_document_add_sheet(page, 2, &sheet);
}

bg_status bg_settled_text(const bg_settled *self, const bg_contract *contract, const char *language,
                          bool explain, FILE *stream)
{
    const bg_plan *plan = contract->plan[self->scheme];
    const bg_money_scale unit = bg_contract_money_to_fen(contract, language);
    bg_document page;
    bg_document_init(&page, language);
    page.money = (bg_fen)unit.fen;
    bg_document_add(
        &page, BG_PART_LINE, 0,
        bg_in_language(language, "Settlement %d: %s (%s)", "%d年度清算：%s（%s）"), self->year,
        bg_label_of_scheme(contract->history.scheme[self->scheme].name, language), unit.name);
    say_summary(self, plan, &page);
    bg_settled_say_completion(self, plan, &page);
    if (explain) {
        bg_document_add(&page, BG_PART_HEADING, 0, "%s",
                        bg_label(BG_LABEL_steps_heading, language));
        bg_postings_say(&self->trace, plan, &page);
        bg_settled_say_meaning(self, contract, unit, &page);
    }
    say_accounts(self, plan, &page);
    if (bg_plan_institution_count(plan) > 0) {
        say_institutions(self, plan, &page);
    }
    if (bg_plan_purpose_count(plan) > 0) {
        say_purposes(self, plan, &page);
    }
    if (bg_budget_fund_count(contract->terms[self->scheme]) > 0) {
        say_funds(self, contract->terms[self->scheme], &page);
    }
    if (contract->calendar.given) {
        say_payments(self, &page);
    }
    bg_document_add_gap(&page);
    bg_document_add(&page, BG_PART_LINE, 0, "%s", bg_label(BG_LABEL_no_profit, language));
    const bg_status status = bg_document_write_text(&page, stream);
    bg_document_free(&page);
    return status;
}
