#include "report/restated.h"

#include "format/json.h"
#include "format/text_table.h"
#include "report/label.h"
#include "report/settled.h"

#include <stdlib.h>
#include <string.h>

/* ---- text ---- */

typedef const char *label_function(const char *name, const char *language);

static void add_money(bg_text_table *table, bg_fen amount)
{
    bg_text_table_add(table, "%s", bg_money_grouped(amount, (char[BG_NUMBER_TEXT]){0}));
}

static void add_pair(bg_text_table *table, const bg_restated_amount *line, const char *label)
{
    bg_text_table_add(table, "%s", label);
    add_money(table, line->first);
    add_money(table, line->second);
    add_money(table, line->second - line->first);
}

/* Prints a comparison and gives it up; lines that do not differ are left out unless `all`. */
static bg_status print_pairs(bg_restated_amounts list, const char *head, label_function *label,
                             bool all, const char *language, FILE *stream)
{
    if (!list.items) {
        return BG_MEMORY;
    }
    bg_text_table table;
    bg_text_table_init(&table, "lrrr");
    bg_text_table_add(&table, "%s", head);
    bg_text_table_add(&table, "%s", bg_label(BG_LABEL_first, language));
    bg_text_table_add(&table, "%s", bg_label(BG_LABEL_restated, language));
    bg_text_table_add(&table, "%s", bg_label(BG_LABEL_difference, language));
    for (size_t i = 0; i < list.count; i++) {
        const bg_restated_amount *line = &list.items[i];
        if (all ? line->first != 0 || line->second != 0 : line->first != line->second) {
            add_pair(&table, line, label(line->name, language));
        }
    }
    free(list.items);
    return bg_text_table_print(&table, stream, 2);
}

static void print_score(const bg_restated *self, const char *language, FILE *stream)
{
    bg_decimal first = self->first->block.input[BG_INPUT_score][0];
    bg_decimal second = self->second->block.input[BG_INPUT_score][0];
    if (first != second) {
        fprintf(stream, "  * %s: %s → %s\n", bg_label_of_name("score", language),
                bg_decimal_text(first, (char[BG_NUMBER_TEXT]){0}),
                bg_decimal_text(second, (char[BG_NUMBER_TEXT]){0}));
    }
}

static void print_additional(const bg_restated *self, const char *language, FILE *stream)
{
    bg_fen amount = bg_restated_clearing(self);
    const char *verdict =
        amount > 0   ? bg_in_language(language, "to be paid to the community", "补付医共体")
        : amount < 0 ? bg_in_language(language, "to be refunded by the community", "医共体退回")
                     : bg_in_language(language, "nothing more is due", "无需补退");
    fprintf(stream, bg_in_language(language, "\n%s: %s (%s)\n", "\n%s：%s（%s）\n"),
            bg_label(BG_LABEL_additional_clearing, language),
            bg_money_grouped(amount, (char[BG_NUMBER_TEXT]){0}), verdict);
}

bg_status bg_restated_text(const bg_restated *self, const char *language, FILE *stream)
{
    const char *scheme = self->second_contract->history.scheme[self->second->scheme].name;
    fprintf(
        stream,
        bg_in_language(language, "Restatement of %d: %s (yuan)\n", "%d年度重新清算：%s（元）\n"),
        self->second->year, bg_label_of_scheme(scheme, language));
    bg_status status =
        print_pairs(bg_restated_inputs(self), bg_label(BG_LABEL_data_changed, language),
                    bg_label_of_name, false, language, stream);
    print_score(self, language, stream);
    fputc('\n', stream);
    if (status == BG_OK) {
        status = print_pairs(bg_restated_steps(self), bg_label(BG_LABEL_steps_heading, language),
                             bg_label_of_step, true, language, stream);
        fputc('\n', stream);
    }
    if (status == BG_OK) {
        status = print_pairs(bg_restated_results(self), bg_label(BG_LABEL_results, language),
                             bg_label_of_name, true, language, stream);
        fputc('\n', stream);
    }
    status = status ? status
                    : print_pairs(bg_restated_accounts(self),
                                  bg_label(BG_LABEL_accounts_heading, language),
                                  bg_label_of_account, true, language, stream);
    print_additional(self, language, stream);
    return status;
}

/* ---- JSON ---- */

static json_t *pair_object(const bg_restated_amount *line)
{
    return json_pack("{s:I, s:I, s:I}", "first_fen", (json_int_t)line->first, "restated_fen",
                     (json_int_t)line->second, "difference_fen",
                     (json_int_t)(line->second - line->first));
}

/* {name: {…}, …}; gives the comparison up. */
static json_t *pairs_object(bg_restated_amounts list)
{
    json_t *object = list.items ? json_object() : NULL;
    for (size_t i = 0; list.items && i < list.count; i++) {
        json_object_set_new(object, list.items[i].name, pair_object(&list.items[i]));
    }
    free(list.items);
    return object;
}

static json_t *steps_array(bg_restated_amounts list)
{
    json_t *array = list.items ? json_array() : NULL;
    for (size_t i = 0; list.items && i < list.count; i++) {
        json_t *object = pair_object(&list.items[i]);
        json_object_set_new(object, "step", json_integer((json_int_t)list.items[i].step));
        json_object_set_new(object, "name", bg_json_text(list.items[i].name));
        json_array_append_new(array, object);
    }
    free(list.items);
    return array;
}

json_t *bg_restated_json(const bg_restated *self)
{
    const char *scheme = self->second_contract->history.scheme[self->second->scheme].name;
    return json_pack("{s:i, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:I}", "year", self->second->year,
                     "scheme", scheme, "first", bg_settled_json(self->first, self->first_contract),
                     "restated", bg_settled_json(self->second, self->second_contract), "inputs",
                     pairs_object(bg_restated_inputs(self)), "steps",
                     steps_array(bg_restated_steps(self)), "results",
                     pairs_object(bg_restated_results(self)), "accounts",
                     pairs_object(bg_restated_accounts(self)), "additional_clearing_fen",
                     (json_int_t)bg_restated_clearing(self));
}
