#include "command/journal.h"

#include <baogan/file.h>
#include <baogan/ledger.h>
#include <stdlib.h>

/* The units of the year that is asked for. */
static size_t collect(const bg_settle_input *self, const bg_options *options, bg_ledger_unit *units)
{
    size_t count = 0;
    for (size_t i = 0; i < self->list.count; i++) {
        const bg_settled *settled = &self->list.items[i];
        const bg_contract *contract = &self->input.model.contract;
        if (bg_settle_input_wants(options, settled->year)) {
            units[count++] = (bg_ledger_unit){
                .year = settled->year,
                .scheme = bg_settle_input_scheme(self, settled),
                .plan = contract->plan[settled->scheme],
                .block = &settled->block,
                .trace = &settled->trace,
                .payments = contract->calendar.given ? &settled->payments : NULL,
            };
        }
    }
    return count;
}

static bg_status fill(const bg_settle_input *first, const bg_settle_input *second,
                      const bg_options *options, FILE *stream, bg_errors *errors)
{
    const size_t more = second ? second->list.count : 0;
    bg_ledger_unit *units = calloc(first->list.count + more, sizeof *units);
    if (!units) {
        return bg_no_memory(errors);
    }
    const size_t count = collect(first, options, units);
    bg_status status;
    if (second) {
        collect(second, options, units + count);
        status = bg_ledger_restate(units, units + count, count, options->lang, stream, errors);
    } else {
        status = bg_ledger_write(units, count, options->lang, stream, errors);
    }
    free(units);
    return status;
}

bg_status bg_journal_write(const bg_settle_input *first, const bg_settle_input *second,
                           const bg_options *options, bg_errors *errors)
{
    bg_output output;
    bg_status status = bg_output_open(&output, options->journal, errors);
    if (status != BG_OK) {
        return status;
    }
    status = fill(first, second, options, output.stream, errors);
    if (status == BG_OK) {
        return bg_output_commit(&output, errors);
    }
    bg_output_discard(&output);
    return status;
}
