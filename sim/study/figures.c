#include "study/figures.h"

#include <stdlib.h>
#include <string.h>

bg_status bg_figures_read(const bg_node *figures, const bg_model *model, bg_figures *self,
                          bg_errors *errors)
{
    (void)model, (void)errors;
    self->item = calloc(bg_node_count(figures) + 1, sizeof *self->item);
    for (const bg_node *n = figures->child; n; n = n->next) {
        self->item[self->count++] = (bg_study_figure){n->key, n->text, "", n};
    }
    return BG_OK;
}

void bg_figures_free(bg_figures *self)
{
    free(self->item);
    *self = (bg_figures){0};
}

bg_status bg_figures_compute(const bg_figures *self, const bg_model *model, double value[],
                             double se[], bg_errors *errors)
{
    bg_projection *projection = NULL;
    const bg_projection_options options = {.threads = 1};
    bg_status status = bg_projection_run(model, &options, &projection, errors);
    for (size_t i = 0; i < self->count && status == BG_OK; i++) {
        const bg_statistics *s = bg_projection_statistics(projection, 0, 0, 2);
        value[i] = s->mean;
        se[i] = s->mean_se;
    }
    bg_projection_free(projection);
    return status;
}
