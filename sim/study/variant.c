#include "study/variant.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

bg_setting bg_setting_of(const bg_axis *axis, int64_t value)
{
    return (bg_setting){axis->key, axis->row, value};
}

/* Keys of the contract alone, by how their paths begin, and what of them demand reads after all: past years are completed
 * before levels and trends are found, whoever pays care outside has it apart, and pots have payments by line. */
static const char *const of_contract[] = {"budget.", "settlement[", "performance.score"};
static const char *const of_demand[] = {"budget.base.completion", "budget.prepayment.outside",
                                        "settlement[pots]"};

static bool begins_with(const char *text, const char *begin)
{
    return strncmp(text, begin, strlen(begin)) == 0;
}

bool bg_key_leaves_demand(const char *key)
{
    bool leaves = false;
    for (size_t i = 0; i < sizeof of_contract / sizeof *of_contract; i++) {
        leaves = leaves || begins_with(key, of_contract[i]);
    }
    for (size_t i = 0; i < sizeof of_demand / sizeof *of_demand; i++) {
        leaves = leaves && !begins_with(key, of_demand[i]) && !begins_with(of_demand[i], key);
    }
    return leaves;
}

bool bg_variant_leaves_demand(const bg_model *model, const bg_setting *settings, size_t count)
{
    bool leaves = !bg_demand_has_providers(model->demand);
    for (size_t i = 0; i < count; i++) {
        leaves = leaves && bg_key_leaves_demand(settings[i].row->path);
    }
    return leaves;
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

bg_status bg_variant_read(const bg_scenario_source *source, const bg_setting *settings,
                          size_t count, bg_scenario **scenario, bg_model *model, bg_errors *errors)
{
    *model = (bg_model){0};
    bg_status status = BG_OK;
    if (*scenario && bg_variant_fits(*scenario, settings, count)) {
        status = bg_variant_put(*scenario, settings, count, errors);
    } else {
        bg_scenario_free(*scenario);
        status = bg_variant_load(source, settings, count, scenario, errors);
    }
    status = status ? status : bg_model_read(*scenario, model, errors);
    return status == BG_OVERFLOW ? BG_INVALID : status;
}
