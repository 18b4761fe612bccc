#include "report/restated.h"

#include "contract/money_unit.h"
#include "format/json_writer.h"
#include "format/text_writer.h"
#include "report/label.h"
#include "report/settled.h"

#include <stdlib.h>
#include <string.h>

/* ---- text ---- */

typedef const char *label_function(const char *name, const char *language);

/* Says a comparison and gives it up; lines that do not differ are left out unless `all`. */
static void say_amounts(bg_restated_amounts list, const char *head, label_function *label, bool all,
                        bg_document *page)
{
    const char *language = page->language;
    const bg_column columns[] = {
        {.kind = BG_CELL_TEXT, .heading = head},
        {.kind = BG_CELL_FEN, .heading = bg_label(BG_LABEL_first, language)},
        {.kind = BG_CELL_FEN, .heading = bg_label(BG_LABEL_restated, language)},
        {.kind = BG_CELL_FEN, .heading = bg_label(BG_LABEL_difference, language)}};
    bg_sheet sheet;
    bg_sheet_init(&sheet, language);
    bg_sheet_add_columns(&sheet, columns, sizeof columns / sizeof *columns);
    sheet.failed = sheet.failed || !list.items;
    for (size_t i = 0; list.items && i < list.count; i++) {
        const bg_restated_amount *line = &list.items[i];
        if (all ? line->first != 0 || line->second != 0 : line->first != line->second) {
            bg_sheet_add_text(&sheet, label(line->name, language));
            bg_sheet_add_fen(&sheet, line->first);
            bg_sheet_add_fen(&sheet, line->second);
            bg_sheet_add_fen(&sheet, line->second - line->first);
        }
    }
    free(list.items);
    bg_document_add_sheet(page, 2, &sheet);
}

static void say_score(const bg_restated *self, bg_document *page)
{
    bg_decimal first = self->first->block.input[BG_INPUT_score][0];
    bg_decimal second = self->second->block.input[BG_INPUT_score][0];
    if (first != second) {
        bg_document_add(page, BG_PART_LINE, 2, "* %s: %s → %s",
                        bg_label_of_name("score", page->language),
                        bg_decimal_text(first, (char[BG_NUMBER_TEXT]){0}),
                        bg_decimal_text(second, (char[BG_NUMBER_TEXT]){0}));
    }
}

static void say_additional(const bg_restated *self, bg_document *page)
{
    const char *language = page->language;
    bg_fen amount = bg_restated_clearing(self);
    const char *verdict =
        amount > 0   ? bg_in_language(language, "to be paid to the community", "补付医共体")
        : amount < 0 ? bg_in_language(language, "to be refunded by the community", "医共体退回")
                     : bg_in_language(language, "nothing more is due", "无需补退");
    bg_document_add_gap(page);
    bg_document_add(page, BG_PART_LINE, 0, bg_in_language(language, "%s: %s (%s)", "%s：%s（%s）"),
                    bg_label(BG_LABEL_additional_clearing, language),
                    bg_money_in(amount, page->money, (char[BG_NUMBER_TEXT]){0}), verdict);
}

bg_status bg_restated_text(const bg_restated *self, const char *language, FILE *stream)
{
    const char *scheme = self->second_contract->history.scheme[self->second->scheme].name;
    const bg_money_scale unit = bg_contract_money_to_fen(self->second_contract, language);
    bg_document page;
    bg_document_init(&page, language);
    page.money = (bg_fen)unit.fen;
    bg_document_add(
        &page, BG_PART_LINE, 0,
        bg_in_language(language, "Restatement of %d: %s (%s)", "%d年度重新清算：%s（%s）"),
        self->second->year, bg_label_of_scheme(scheme, language), unit.name);
    say_amounts(bg_restated_inputs(self), bg_label(BG_LABEL_data_changed, language),
                bg_label_of_name, false, &page);
    say_score(self, &page);
    bg_settled_say_completion(self->first, self->first_contract->plan[self->first->scheme], &page);
    bg_settled_say_completion(self->second, self->second_contract->plan[self->second->scheme],
                              &page);
    bg_document_add_gap(&page);
    say_amounts(bg_restated_steps(self), bg_label(BG_LABEL_steps_heading, language),
                bg_label_of_step, true, &page);
    bg_document_add_gap(&page);
    say_amounts(bg_restated_results(self), bg_label(BG_LABEL_results, language), bg_label_of_name,
                true, &page);
    bg_document_add_gap(&page);
    say_amounts(bg_restated_accounts(self), bg_label(BG_LABEL_accounts_heading, language),
                bg_label_of_account, true, &page);
    say_additional(self, &page);
    const bg_status status = bg_document_write_text(&page, stream);
    bg_document_free(&page);
    return status;
}

/* ---- JSON ---- */

static const bg_column amounts[] = {{.name = "first_fen", .kind = BG_CELL_FEN},
                                    {.name = "restated_fen", .kind = BG_CELL_FEN},
                                    {.name = "difference_fen", .kind = BG_CELL_FEN}};

static void add_amounts(bg_sheet *sheet, const bg_restated_amount *line)
{
    bg_sheet_add_fen(sheet, line->first);
    bg_sheet_add_fen(sheet, line->second);
    bg_sheet_add_fen(sheet, line->second - line->first);
}

/* {name: {…}, …}; gives the comparison up. */
static json_t *amounts_object(bg_restated_amounts list)
{
    bg_sheet sheet;
    bg_sheet_init(&sheet, "en");
    bg_sheet_add_column(&sheet, (bg_column){.name = "name", .kind = BG_CELL_TEXT});
    bg_sheet_add_columns(&sheet, amounts, sizeof amounts / sizeof *amounts);
    for (size_t i = 0; list.items && i < list.count; i++) {
        bg_sheet_add_text(&sheet, list.items[i].name);
        add_amounts(&sheet, &list.items[i]);
    }
    json_t *object = list.items ? bg_sheet_json_by_name(&sheet) : NULL;
    bg_sheet_free(&sheet);
    free(list.items);
    return object;
}

static json_t *steps_array(bg_restated_amounts list)
{
    bg_sheet sheet;
    bg_sheet_init(&sheet, "en");
    bg_sheet_add_columns(&sheet, amounts, sizeof amounts / sizeof *amounts);
    bg_sheet_add_column(&sheet, (bg_column){.name = "step", .kind = BG_CELL_COUNT});
    bg_sheet_add_column(&sheet, (bg_column){.name = "name", .kind = BG_CELL_TEXT});
    for (size_t i = 0; list.items && i < list.count; i++) {
        add_amounts(&sheet, &list.items[i]);
        bg_sheet_add_count(&sheet, list.items[i].step);
        bg_sheet_add_text(&sheet, list.items[i].name);
    }
    json_t *array = list.items ? bg_sheet_json(&sheet) : NULL;
    bg_sheet_free(&sheet);
    free(list.items);
    return array;
}

json_t *bg_restated_json(const bg_restated *self)
{
    const char *scheme = self->second_contract->history.scheme[self->second->scheme].name;
    return json_pack("{s:i, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:I}", "year", self->second->year,
                     "scheme", scheme, "first", bg_settled_json(self->first, self->first_contract),
                     "restated", bg_settled_json(self->second, self->second_contract), "inputs",
                     amounts_object(bg_restated_inputs(self)), "steps",
                     steps_array(bg_restated_steps(self)), "results",
                     amounts_object(bg_restated_results(self)), "accounts",
                     amounts_object(bg_restated_accounts(self)), "additional_clearing_fen",
                     (json_int_t)bg_restated_clearing(self));
}
