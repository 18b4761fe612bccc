#include "command/book_writer.h"
#include "command/journal.h"
#include "command/settle_input.h"
#include "command/settle_table.h"
#include "command/verb.h"
#include "contract/money_unit.h"
#include "format/json.h"
#include "format/text_writer.h"
#include "report/as_read.h"
#include "report/book.h"
#include "report/settled.h"

#include <stdio.h>
#include <stdlib.h>

static bg_status print_json(const bg_settle_input *self, const bg_options *options,
                            bg_errors *errors)
{
    json_t *array = json_array();
    for (size_t i = 0; i < self->list.count; i++) {
        if (bg_settle_input_wants(options, self->list.items[i].year)) {
            bg_json_append(&array,
                           bg_settled_json(&self->list.items[i], &self->input.model.contract));
        }
    }
    return bg_json_print(array, stdout, errors);
}

static bg_status print_as_read(const bg_contract *contract, const char *language)
{
    bg_document page;
    bg_document_init(&page, language);
    bg_as_read_sentences(contract, bg_contract_money_to_fen(contract, language), &page);
    const bg_status status = bg_document_write_text(&page, stdout);
    bg_document_free(&page);
    return status;
}

static bg_status print_text(const bg_settle_input *self, const bg_options *options)
{
    const bg_contract *contract = &self->input.model.contract;
    bg_status status = print_as_read(contract, options->lang);
    for (size_t i = 0; i < self->list.count && status == BG_OK; i++) {
        if (bg_settle_input_wants(options, self->list.items[i].year)) {
            fputs("\n", stdout);
            status = bg_settled_text(&self->list.items[i], contract, options->lang,
                                     options->explain, stdout);
        }
    }
    return status;
}

static bg_status save_book(const bg_settle_input *self, const bg_options *options,
                           bg_errors *errors)
{
    bg_book book;
    bg_book_init(&book, options->lang);
    bg_settled_book(&self->list, &self->input.model.contract, options->year, &book);
    const bg_status status = bg_book_save(&book, options->out, errors);
    bg_book_free(&book);
    return status;
}

static bg_status settle(const bg_options *options, bg_errors *errors)
{
    bg_settle_input settling;
    bg_status status = bg_settle_input_load(&settling, options, options->actual, errors);
    if (status == BG_OK && options->journal) {
        status = bg_journal_write(&settling, NULL, options, errors);
    }
    if (status == BG_OK && options->out) {
        status = save_book(&settling, options, errors);
    }
    if (status == BG_OK) {
        status =
            options->json ? print_json(&settling, options, errors) : print_text(&settling, options);
    }
    bg_settle_input_free(&settling);
    return status;
}

bg_status bg_verb_settle(const bg_options *options, bg_errors *errors)
{
    const bg_status status = bg_settle_table_check(options, errors);
    if (status != BG_OK) {
        return status;
    }
    if (options->table) {
        return bg_settle_table(options, errors);
    }
    return options->restate ? bg_restate(options, errors) : settle(options, errors);
}
