/* Which units a figure is asked of. */
#include "base/text.h"
#include "projection/messages.h"

#include <baogan/figure.h>
#include <stdlib.h>

/* The score is one for all schemes, but not that of the futures in which one of them has an event. */
static bool is_common(const bg_figure *self, const bg_model *model)
{
    const bool given = self->kind == BG_FIGURE_MEAN_GIVEN && !self->given_unit_named;
    return !bg_figure_is_share(self) && !given &&
           bg_model_outcome_info(model, self->outcome).kind == BG_OUTCOME_KIND_SCORE;
}

size_t bg_figure_units(const bg_figure *self, const bg_model *model, size_t units[BG_FIGURE_UNITS])
{
    const size_t schemes = model->contract.history.scheme_count;
    if (self->unit_named || schemes == 1 || is_common(self, model)) {
        units[0] = self->unit;
        return 1;
    }
    size_t count = 0;
    while (count < schemes) {
        units[count] = count;
        count++;
    }
    if (self->kind == BG_FIGURE_CHANCE) {
        units[count++] = bg_model_unit_any(model);
    }
    return count;
}

static bg_status refuse(const bg_figure *self, const bg_model *model, const char *text,
                        const char *where, bg_errors *errors)
{
    bg_text names = {0};
    const size_t end =
        self->band ? model->contract.history.scheme_count : bg_model_unit_count(model);
    for (size_t unit = 0; unit < end; unit++) {
        bg_text_add(&names, "%s%s", unit ? BG_COMMA : "", bg_model_unit(model, unit));
    }
    if (self->kind == BG_FIGURE_CHANCE) {
        bg_text_add(&names, BG_COMMA "%s", bg_model_unit(model, bg_model_unit_any(model)));
    }
    bg_figure named = *self;
    named.unit = 0;
    char *units = bg_text_take(&names), *example = bg_figure_text(&named, model);
    const bg_status status = units && example
                                 ? bg_errors_say(errors, BG_USAGE, BG_NOWHERE, where,
                                                 BG_SAY(figure_without_unit), text, units, example)
                                 : bg_no_memory(errors);
    free(units);
    free(example);
    return status;
}

bg_status bg_figure_check_unit(const bg_figure *self, const bg_model *model, const char *text,
                               const char *where, bg_errors *errors)
{
    size_t units[BG_FIGURE_UNITS];
    return bg_figure_units(self, model, units) == 1 ? BG_OK
                                                    : refuse(self, model, text, where, errors);
}
