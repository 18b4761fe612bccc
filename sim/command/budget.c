#include "command/scenario_input.h"
#include "command/verb.h"
#include "format/json.h"
#include "projection/budgets.h"
#include "report/report.h"

#include <stdio.h>

bg_status bg_verb_budget(const bg_options *options, bg_errors *errors)
{
    bg_input input;
    bg_status status = bg_input_load(&input, options->operands[0], options, errors);
    if (status != BG_OK) {
        return status;
    }
    bg_budgets budget;
    status = bg_model_budgets(&input.model, &budget, errors);
    if (status == BG_OK && options->json) {
        status = bg_json_print(bg_budget_json(&input.model, &budget), stdout, errors);
    } else if (status == BG_OK) {
        status = bg_budget_text(&input.model, &budget, options->lang, options->explain, stdout);
    }
    bg_budgets_free(&budget);
    bg_input_free(&input);
    return status;
}
