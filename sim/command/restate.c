/* settle --restate: a year that was settled before its claims were in, and settled again. */
#include "command/journal.h"
#include "command/messages.h"
#include "command/settle_input.h"
#include "format/json.h"
#include "report/restated.h"
#include "report/settled.h"

#include <stdio.h>
#include <string.h>

/* The same year and scheme, or NULL. */
static const bg_settled *partner(const bg_settle_input *in, const bg_settle_input *of,
                                 const bg_settled *settled)
{
    for (size_t i = 0; i < in->list.count; i++) {
        const bg_settled *other = &in->list.items[i];
        if (other->year == settled->year &&
            strcmp(bg_settle_input_scheme(in, other), bg_settle_input_scheme(of, settled)) == 0) {
            return other;
        }
    }
    return NULL;
}

/* Every unit that one of the files settles, the other must settle, too. */
static bg_status check_partners(const bg_settle_input *self, const char *file,
                                const bg_settle_input *other, const char *other_file,
                                const bg_options *options, bg_errors *errors)
{
    bg_status status = BG_OK;
    for (size_t i = 0; i < self->list.count; i++) {
        const bg_settled *settled = &self->list.items[i];
        if (bg_settle_input_wants(options, settled->year) && !partner(other, self, settled)) {
            status =
                bg_errors_say(errors, BG_MISSING, BG_NOWHERE, NULL, BG_SAY(restate_one_sided), file,
                              bg_settle_input_scheme(self, settled), settled->year, other_file);
        }
    }
    return status;
}

static bg_status print_one(const bg_restated *restated, const bg_options *options)
{
    bg_status status = BG_OK;
    if (options->explain) {
        status =
            bg_settled_text(restated->first, restated->first_contract, options->lang, true, stdout);
        fputc('\n', stdout);
    }
    if (options->explain && status == BG_OK) {
        status = bg_settled_text(restated->second, restated->second_contract, options->lang, true,
                                 stdout);
        fputc('\n', stdout);
    }
    return status ? status : bg_restated_text(restated, options->lang, stdout);
}

static bg_status print(const bg_settle_input *first, const bg_settle_input *second,
                       const bg_options *options, bg_errors *errors)
{
    json_t *array = options->json ? json_array() : NULL;
    bg_status status = BG_OK;
    bool any = false;
    for (size_t i = 0; i < first->list.count && status == BG_OK; i++) {
        const bg_settled *settled = &first->list.items[i];
        if (!bg_settle_input_wants(options, settled->year)) {
            continue;
        }
        const bg_restated restated = {settled, partner(second, first, settled),
                                      &first->input.model.contract, &second->input.model.contract};
        if (array) {
            bg_json_append(&array, bg_restated_json(&restated));
        } else {
            fputs(any ? "\n" : "", stdout);
            status = print_one(&restated, options);
        }
        any = true;
    }
    return options->json ? bg_json_print(array, stdout, errors) : status;
}

static bg_status check_options(const bg_options *options, bg_errors *errors)
{
    if (!options->actual) {
        return bg_errors_say(errors, BG_USAGE, BG_NOWHERE, NULL, BG_SAY(restate_without_actual));
    }
    return BG_OK;
}

bg_status bg_restate(const bg_options *options, bg_errors *errors)
{
    bg_status status = check_options(options, errors);
    if (status != BG_OK) {
        return status;
    }
    bg_settle_input first, second = {.list = {0}};
    status = bg_settle_input_load(&first, options, options->actual, errors);
    status = status ? status : bg_settle_input_load(&second, options, options->restate, errors);
    if (status == BG_OK) {
        status =
            check_partners(&first, options->actual, &second, options->restate, options, errors);
    }
    if (status == BG_OK) {
        status =
            check_partners(&second, options->restate, &first, options->actual, options, errors);
    }
    if (status == BG_OK && options->journal) {
        status = bg_journal_write(&first, &second, options, errors);
    }
    status = status ? status : print(&first, &second, options, errors);
    bg_settle_input_free(&first);
    bg_settle_input_free(&second);
    return status;
}
