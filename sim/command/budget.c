#include "command/scenario_input.h"
#include "command/verb.h"
#include "format/json.h"
#include "report/report.h"

#include <stdio.h>

bg_status bg_verb_budget(const bg_options *options, bg_errors *errors)
{
    bg_input input;
    bg_status status = bg_input_load(&input, options->operands[0], options, errors);
    if (status != BG_OK) {
        return status;
    }
    bg_central_budget budget;
    status = bg_central_budget_compute(&budget, &input.model, NULL, errors);
    if (status == BG_OK && options->json) {
        status = bg_json_print(bg_budget_json(&input.model, &budget), stdout, errors);
    } else
        status =
            status ? status
                   : bg_budget_text(&input.model, &budget, options->lang, options->explain, stdout);
    bg_central_budget_free(&budget);
    bg_input_free(&input);
    return status;
}
