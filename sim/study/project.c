#include "study/project.h"

#include <baogan/figure.h>
#include <stdlib.h>

static bool any_of_band(const bg_figure *figures, size_t count)
{
    bool any = false;
    for (size_t i = 0; i < count; i++) {
        any = any || bg_figure_is_of_band(&figures[i]);
    }
    return any;
}

static size_t years_of(const bg_figure *figure, size_t years)
{
    if (bg_figure_is_effective(figure)) {
        return years; /* among which it is found */
    }
    const size_t last = figure->kind == BG_FIGURE_MEAN_GIVEN && figure->given_year > figure->year
                            ? figure->given_year
                            : figure->year;
    return last < years ? last + 1 : years;
}

void bg_project_narrow(bg_projection_options *options, const bg_model *model)
{
    options->years = 0;
    options->no_cash_event = true;
    for (size_t i = 0; i < options->figure_count; i++) {
        const bg_figure *figure = &options->figures[i];
        const size_t years = years_of(figure, model->contract.years);
        options->years = years > options->years ? years : options->years;
        options->no_cash_event = options->no_cash_event && figure->event != BG_EVENT_cash_negative;
    }
}

/* Of one model, or of all of an area's. */
static bg_status project(const bg_model *model, const bg_area_model *area, bg_want *want,
                         const void *asked, const bg_projection_options *options,
                         bg_projection **projection, bg_errors *errors)
{
    bool *outcomes = calloc(bg_model_outcome_count(model), sizeof *outcomes);
    if (!outcomes) {
        return bg_no_memory(errors);
    }
    want(asked, model, outcomes);
    bg_projection_options how = *options;
    how.outcomes = outcomes;
    how.no_cash = true;
    how.no_bands = !any_of_band(options->figures, options->figure_count);
    const bg_status status = area ? bg_area_project(area, &how, projection, errors)
                                  : bg_projection_run(model, &how, projection, errors);
    free(outcomes);
    return status;
}

bg_status bg_project_wanted(const bg_model *model, bg_want *want, const void *asked,
                            const bg_projection_options *options, bg_projection **projection,
                            bg_errors *errors)
{
    *projection = NULL;
    return project(model, NULL, want, asked, options, projection, errors);
}

bg_status bg_project_area_wanted(const bg_area_model *model, bg_want *want, const void *asked,
                                 const bg_projection_options *options, bg_projection **projection,
                                 bg_errors *errors)
{
    return project(&model->whole, model, want, asked, options, projection, errors);
}
