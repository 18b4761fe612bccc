/* What-if: requests from standard input, a line each, answered a line each. */
#include "command/messages.h"
#include "command/scenario_input.h"
#include "command/verb.h"

#include <baogan/whatif.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bg_status answer(bg_whatif *whatif, const char *line, size_t length, bg_errors *errors)
{
    char *text = bg_whatif_answer(whatif, line, length);
    if (!text) {
        return bg_no_memory(errors);
    }
    const bool written = puts(text) >= 0 && fflush(stdout) == 0;
    free(text);
    return written ? BG_OK
                   : bg_errors_say(errors, BG_IO, BG_NOWHERE, NULL, BG_SAY(output_unwritable));
}

/* Up to the end of the input; lines without anything are passed over. */
static bg_status answer_all(bg_whatif *whatif, const volatile int *stop, bg_errors *errors)
{
    char *line = NULL;
    size_t size = 0;
    bg_status status = BG_OK;
    ssize_t length = getline(&line, &size, stdin);
    while (length >= 0 && !status && !*stop) {
        if (line[strspn(line, " \t\r\n")] != '\0') {
            status = answer(whatif, line, (size_t)length, errors);
        }
        length = status ? -1 : getline(&line, &size, stdin);
    }
    free(line);
    return status ? status : *stop ? BG_INTERRUPTED : BG_OK;
}

bg_status bg_verb_whatif(const bg_options *options, bg_errors *errors)
{
    bg_input input;
    bg_whatif *whatif = NULL;
    const bg_whatif_options how = {.threads = options->threads, .stop = options->stop};
    bg_status status = bg_input_load(&input, options->operands[0], options, errors);
    status = status ? status : bg_whatif_open(input.scenario, &how, &whatif, errors);
    bg_input_free(&input);
    bg_messages_flush(errors, options->lang, stderr);
    status = status ? status : answer_all(whatif, options->stop, errors);
    bg_whatif_free(whatif);
    return status;
}
