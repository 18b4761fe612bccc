#include "study/variant.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

bg_setting bg_setting_of(const bg_axis *axis, int64_t value)
{
    return (bg_setting){axis->key, axis->row, value};
}

/* The source's overrides, then one of each setting, whose text `own` holds as well, to be freed. */
static bg_status write_overrides(const bg_scenario_source *source, const bg_setting *settings,
                                 size_t count, const char **all, char **own)
{
    for (size_t i = 0; i < source->override_count; i++) {
        all[i] = source->overrides[i];
    }
    for (size_t i = 0; i < count; i++) {
        char value[BG_VALUE_TEXT];
        bg_value_override(settings[i].row, settings[i].value, value);
        all[source->override_count + i] = own[i] = bg_text_format("%s=%s", settings[i].key, value);
        if (!own[i]) {
            return BG_MEMORY;
        }
    }
    return BG_OK;
}

bg_status bg_variant_load(const bg_scenario_source *source, const bg_setting *settings,
                          size_t count, bg_scenario **scenario, bg_errors *errors)
{
    *scenario = NULL;
    bg_scenario_source varied = *source;
    varied.override_count += count;
    const char **all = calloc(varied.override_count + 1, sizeof *all);
    char **own = calloc(count + 1, sizeof *own);
    varied.overrides = all;
    bg_status status = all && own ? write_overrides(source, settings, count, all, own) : BG_MEMORY;
    status = status ? bg_no_memory(errors) : bg_scenario_load(&varied, scenario, errors);
    for (size_t i = 0; own && i < count; i++) {
        free(own[i]);
    }
    free(own);
    free(all);
    return status;
}

bool bg_variant_fits(const bg_scenario *scenario, const bg_setting *settings, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const bg_node *node = bg_scenario_find(scenario, settings[i].key);
        if (!node || node->kind != BG_NODE_VALUE ||
            node->parameter->type != settings[i].row->type) {
            return false;
        }
    }
    return true;
}

bg_status bg_variant_put(bg_scenario *scenario, const bg_setting *settings, size_t count,
                         bg_errors *errors)
{
    bg_status status = BG_OK;
    for (size_t i = 0; i < count && !status; i++) {
        status = bg_scenario_vary(scenario, settings[i].key, settings[i].value, errors);
    }
    return status;
}

void bg_variant_free(bg_variant *self)
{
    bg_model_free(&self->drawn);
    bg_scenario_free(self->scenario);
    *self = (bg_variant){0};
}

static bool leaves_demand(const bg_setting *settings, size_t count)
{
    bool leaves = true;
    for (size_t i = 0; i < count; i++) {
        leaves = leaves && !bg_reader_is_demand(bg_catalogue_reader(settings[i].row->path));
    }
    return leaves;
}

/* Demand is read once where no key bears on it. */
static bg_status read_model(bg_variant *self, bool leaves, bg_model *model, bg_errors *errors)
{
    if (self->is_drawn) {
        return bg_model_read_like(self->scenario, &self->drawn, model, errors);
    }
    bg_status status = bg_model_read(self->scenario, model, errors);
    if (!status && leaves) {
        bg_errors unused;
        bg_errors_init(&unused);
        self->is_drawn = bg_model_read(self->scenario, &self->drawn, &unused) == BG_OK;
        bg_errors_free(&unused);
    }
    return status;
}

bg_status bg_variant_read(bg_variant *self, const bg_scenario_source *source,
                          const bg_setting *settings, size_t count, bg_model *model,
                          bg_errors *errors)
{
    *model = (bg_model){0};
    bg_status status = BG_OK;
    if (self->scenario && bg_variant_fits(self->scenario, settings, count)) {
        status = bg_variant_put(self->scenario, settings, count, errors);
    } else {
        bg_variant_free(self);
        status = bg_variant_load(source, settings, count, &self->scenario, errors);
    }
    status = status ? status : read_model(self, leaves_demand(settings, count), model, errors);
    return status == BG_OVERFLOW ? BG_INVALID : status;
}

bg_status bg_variant_read_like(bg_variant *self, const bg_setting *settings, size_t count,
                               const bg_model *like, bg_model *model, bg_errors *errors)
{
    *model = (bg_model){0};
    bg_status status = bg_variant_put(self->scenario, settings, count, errors);
    status = status ? status : bg_model_read_like(self->scenario, like, model, errors);
    return status == BG_OVERFLOW ? BG_INVALID : status;
}
