#include "command/messages.h"
#include "command/verb.h"
#include "format/json.h"
#include "report/headings.h"
#include "report/parameters.h"
#include "scenario/aliases.h"

#include <stdio.h>
#include <string.h>

static bg_status check_prefix(const char *prefix, bg_errors *errors)
{
    for (size_t i = 0; i < bg_catalogue_count(); i++) {
        if (bg_parameter_under(bg_catalogue_row(i), prefix)) {
            return BG_OK;
        }
    }
    char near[128];
    if (bg_aliases_suggest(prefix, near, sizeof near) ||
        bg_catalogue_suggest(prefix, near, sizeof near)) {
        return bg_errors_say(errors, BG_USAGE, BG_NOWHERE, NULL, BG_SAY(parameter_like_another),
                             prefix, near);
    }
    return bg_errors_say(errors, BG_USAGE, BG_NOWHERE, NULL, BG_SAY(parameter_unknown), prefix);
}

static bg_status print(const bg_options *options, const char *prefix, bg_errors *errors)
{
    const char *format = options->format ? options->format : options->json ? "json" : "text";
    if (options->results) {
        return bg_json_print(bg_result_schema(), stdout, errors);
    }
    bg_status status = prefix ? check_prefix(prefix, errors) : BG_OK;
    if (status != BG_OK) {
        return status;
    }
    if (strcmp(format, "json-schema") == 0) {
        return bg_json_print(bg_scenario_schema(options->lang), stdout, errors);
    }
    if (strcmp(format, "json") == 0) {
        return bg_json_print(bg_parameters_json(prefix), stdout, errors);
    }
    if (strcmp(format, "md") == 0) {
        return bg_parameters_markdown(prefix, options->lang, stdout);
    }
    status = bg_parameters_text(prefix, options->lang, stdout);
    return status ? status : bg_headings_text(prefix, options->lang, stdout);
}

bg_status bg_verb_params(const bg_options *options, bg_errors *errors)
{
    bg_arena arena = {0};
    const char *asked = options->operand_count ? options->operands[0] : NULL;
    const char *prefix = asked ? bg_aliases_path(&arena, asked) : NULL;
    const bg_status status =
        asked && !prefix ? bg_no_memory(errors) : print(options, prefix, errors);
    bg_arena_free(&arena);
    return status;
}
