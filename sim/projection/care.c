#include "projection/care.h"

#include <stdlib.h>

static bg_status find(const bg_model *model, bg_line_care *care)
{
    bg_future path;
    bg_status status = bg_future_init(&path, model->demand);
    status = status ? status : bg_demand_central(model->demand, &path);
    for (size_t line = 0; line < model->contract.history.line_count && !status; line++) {
        for (size_t year = 0; year < model->contract.years; year++) {
            const size_t at = BG_FUTURE_YEAR(&path, line, year);
            care[at] = (bg_line_care){.cases = path.line_cases[at],
                                      .paid = (double)path.line_paid[at],
                                      .patients = (double)path.line_patients[at]};
        }
    }
    bg_future_free(&path);
    return status;
}

bg_status bg_care_find(const bg_model *model, bg_line_care **care, bg_errors *errors)
{
    const size_t count = model->contract.history.line_count * model->contract.years;
    *care = calloc(2 * count, sizeof **care);
    if (!*care) {
        return bg_no_memory(errors);
    }
    bg_demand_let_providers_do(model->demand, 0);
    bg_status status = find(model, *care);
    bg_demand_let_providers_do(model->demand, BG_ALL_ACTIONS);
    status = status ? status : find(model, *care + count);
    if (status == BG_MEMORY) {
        return bg_no_memory(errors);
    }
    return status;
}
