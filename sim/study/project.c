#include "study/project.h"

#include <stdlib.h>

bg_status bg_project_wanted(const bg_model *model, bg_want *want, const void *asked,
                            const bg_projection_options *options, bg_projection **projection,
                            bg_errors *errors)
{
    *projection = NULL;
    bool *outcomes = calloc(bg_model_outcome_count(model), sizeof *outcomes);
    if (!outcomes) {
        return bg_no_memory(errors);
    }
    want(asked, model, outcomes);
    bg_projection_options how = *options;
    how.outcomes = outcomes;
    how.no_cash = true;
    const bg_status status = bg_projection_run(model, &how, projection, errors);
    free(outcomes);
    return status;
}
