#include <baogan/file.h>
#include <baogan/ledger.h>
#include <stdio.h>
#include <stdlib.h>

#include "command/input.h"
#include "command/verb.h"
#include "report/json.h"
#include "report/settled.h"

static bg_status print_json(const bg_settled_list *list, const bg_model *model, int year,
                            bg_errors *errors)
{
    json_t *array = json_array();
    for (size_t i = 0; i < list->count; i++) {
        if (year == 0 || list->items[i].year == year) {
            json_array_append_new(array, bg_settled_json(&list->items[i], model));
        }
    }
    return bg_json_print(array, stdout, errors);
}

static bg_status print_text(const bg_settled_list *list, const bg_model *model,
                            const bg_options *options)
{
    bg_status status = BG_OK;
    bool first = true;
    for (size_t i = 0; i < list->count && status == BG_OK; i++) {
        if (options->year == 0 || list->items[i].year == options->year) {
            fputs(first ? "" : "\n", stdout);
            status =
                bg_settled_text(&list->items[i], model, options->lang, options->explain, stdout);
            first = false;
        }
    }
    return status;
}

static bool holds_year(const bg_settled_list *list, int year)
{
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i].year == year) {
            return true;
        }
    }
    return year == 0;
}

static bg_status fill_journal(const bg_settled_list *list, const bg_model *model,
                              const bg_options *options, FILE *stream, bg_errors *errors)
{
    bg_ledger_unit *units = calloc(list->count, sizeof *units);
    if (!units) {
        return bg_errors_add(errors, BG_MEMORY, BG_NOWHERE, NULL, "out of memory");
    }
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++) {
        const bg_settled *settled = &list->items[i];
        if (options->year == 0 || settled->year == options->year) {
            units[count++] = (bg_ledger_unit){
                .year = settled->year,
                .scheme = model->history.scheme[settled->scheme].name,
                .plan = model->plan[settled->scheme],
                .block = &settled->block,
                .trace = &settled->trace,
            };
        }
    }
    bg_status status = bg_ledger_write(units, count, options->lang, stream, errors);
    free(units);
    return status;
}

static bg_status write_journal(const bg_settled_list *list, const bg_model *model,
                               const bg_options *options, bg_errors *errors)
{
    bg_output output;
    bg_status status = bg_output_open(&output, options->journal, errors);
    if (status != BG_OK) {
        return status;
    }
    status = fill_journal(list, model, options, output.stream, errors);
    if (status == BG_OK) {
        return bg_output_commit(&output, errors);
    }
    bg_output_discard(&output);
    return status;
}

bg_status bg_verb_settle(const bg_options *options, bg_errors *errors)
{
    bg_input input;
    bg_status status = bg_input_load(&input, options->operands[0], options, errors);
    if (status != BG_OK) {
        return status;
    }
    bg_settled_list list;
    status = bg_settle_actuals(input.scenario, &input.model, options->year, &list, errors);
    if (status == BG_OK && !holds_year(&list, options->year)) {
        status = bg_errors_add(errors, BG_MISSING, BG_NOWHERE, NULL,
                               "--year is %d, but the actuals hold nothing for it", options->year);
    }
    if (status == BG_OK && options->journal) {
        status = write_journal(&list, &input.model, options, errors);
    }
    if (status == BG_OK) {
        status = options->json ? print_json(&list, &input.model, options->year, errors)
                               : print_text(&list, &input.model, options);
    }
    bg_settled_list_free(&list);
    bg_input_free(&input);
    return status;
}
