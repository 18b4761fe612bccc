#include "study/policy.h"

#include "base/text.h"
#include "study/design_list.h"

#include <stdlib.h>
#include <string.h>

/* ---- reading ---- */

/* A policy must not set what an axis varies: the axis would undo it unseen. */
static bg_status check_set(const bg_design *design, const bg_node *set, bg_errors *errors)
{
    for (const bg_node *item = set ? set->child : NULL; item; item = item->next) {
        const char *equals = strchr(item->text, '=');
        if (!equals) {
            return bg_errors_add(errors, BG_INVALID, item->mark, item->path,
                                 "\"%s\" has no \"=\"; an override is written path=value.",
                                 item->text);
        }
        const size_t length = (size_t)(equals - item->text);
        for (size_t i = 0; i < design->axis_count; i++) {
            const char *key = design->axis[i].key;
            if (strlen(key) == length && memcmp(key, item->text, length) == 0) {
                return bg_errors_add(errors, BG_INVALID, item->mark, item->path,
                                     "the axis %s varies this key; a policy cannot set it.",
                                     design->axis[i].name);
            }
        }
    }
    return BG_OK;
}

bg_status bg_policy_read(const bg_scenario *scenario, const bg_design *design, const bg_node *node,
                         bg_policy *self, bg_errors *errors)
{
    *self = (bg_policy){.name = node ? node->key : "",
                        .node = node,
                        .set = node ? bg_node_child(node, "set") : NULL};
    const bg_node *file = node ? bg_node_child(node, "file") : NULL;
    if (file) {
        self->file = bg_study_file(scenario, file);
        if (!self->file) {
            return bg_no_memory(errors);
        }
    }
    return check_set(design, self->set, errors);
}

void bg_policy_free(bg_policy *self)
{
    free(self->file);
    self->file = NULL;
}

/* ---- loading ---- */

typedef struct overrides {
    const char **text;
    size_t count;
    char *own[BG_MAX_AXES];
    size_t own_count;
} overrides;

static void free_overrides(overrides *self)
{
    for (size_t i = 0; i < self->own_count; i++) {
        free(self->own[i]);
    }
    free(self->text);
}

static bool collect(overrides *self, const bg_policy *policy, const bg_scenario_source *source,
                    const bg_design *design, const int64_t value[])
{
    const size_t room =
        source->override_count + bg_node_count(policy->set) + design->axis_count + 1;
    self->text = calloc(room, sizeof *self->text);
    if (!self->text) {
        return false;
    }
    for (size_t i = 0; i < source->override_count; i++) {
        self->text[self->count++] = source->overrides[i];
    }
    for (const bg_node *item = policy->set ? policy->set->child : NULL; item; item = item->next) {
        self->text[self->count++] = item->text;
    }
    for (size_t i = 0; i < design->axis_count; i++) {
        const bg_axis *axis = &design->axis[i];
        char text[BG_AXIS_TEXT];
        self->own[i] = bg_text_format("%s=%s", axis->key, bg_axis_override(axis, value[i], text));
        if (!self->own[i]) {
            return false;
        }
        self->own_count++;
        self->text[self->count++] = self->own[i];
    }
    return true;
}

/* Where the error of an override stands in the plan: with its axis, or its policy. */
static bg_mark place_of(const bg_error *error, const bg_policy *policy, const bg_design *design,
                        const char **path)
{
    for (size_t i = 0; error->path && i < design->axis_count; i++) {
        if (strcmp(design->axis[i].key, error->path) == 0) {
            const bg_node *key = bg_node_child(design->axis[i].node, "key");
            *path = key->path;
            return key->mark;
        }
    }
    *path = policy->node ? policy->node->path : "sweep";
    return policy->node ? policy->node->mark : BG_NOWHERE;
}

static void pass_on(const bg_errors *found, const bg_policy *policy, const bg_design *design,
                    bg_errors *errors)
{
    for (size_t i = 0; i < found->count; i++) {
        const bg_error *error = &found->items[i];
        const char *path = error->path;
        bg_mark mark = bg_error_mark(error);
        if (error->warning) {
            continue; /* what is unusual in one point of a sweep is what a sweep is for */
        }
        if (!error->file || error->override) {
            mark = place_of(error, policy, design, &path);
            bg_errors_add(errors, error->status, mark, path, "%s: %s",
                          error->path ? error->path : "", error->message);
        } else {
            bg_errors_add(errors, error->status, mark, path, "%s", error->message);
        }
    }
}

/* Every axis must lead to one value, of the kind that its values were read as. */
static bg_status check_axes(const bg_scenario *scenario, const bg_design *design, bg_errors *errors)
{
    for (size_t i = 0; i < design->axis_count; i++) {
        const bg_axis *axis = &design->axis[i];
        const bg_node *key = bg_node_child(axis->node, "key");
        const bg_node *node = bg_scenario_find(scenario, axis->key);
        if (!node || node->kind != BG_NODE_VALUE || node->parameter->type != axis->row->type) {
            return bg_errors_add(errors, BG_INVALID, key->mark, key->path,
                                 "\"%s\" is no single value that can vary; name one of its values, "
                                 "such as budget.growth[2027] or bands[10%%].",
                                 axis->key);
        }
    }
    return BG_OK;
}

bg_status bg_policy_load(const bg_policy *self, const bg_scenario_source *source,
                         const bg_design *design, const int64_t value[BG_MAX_AXES],
                         bg_scenario **scenario, bg_errors *errors)
{
    *scenario = NULL;
    overrides set = {0};
    const char **layers = calloc(source->layer_count + 1, sizeof *layers);
    if (!layers || !collect(&set, self, source, design, value)) {
        free(layers);
        free_overrides(&set);
        return bg_no_memory(errors);
    }
    bg_scenario_source laid = *source;
    for (size_t i = 0; i < source->layer_count; i++) {
        layers[i] = source->layers[i];
    }
    layers[source->layer_count] = self->file;
    laid.layers = layers;
    laid.layer_count += self->file ? 1 : 0;
    laid.overrides = set.text;
    laid.override_count = set.count;
    bg_errors found;
    bg_errors_init(&found);
    bg_status status = bg_scenario_load(&laid, scenario, &found);
    pass_on(&found, self, design, errors);
    bg_errors_free(&found);
    free(layers);
    free_overrides(&set);
    status = status ? status : check_axes(*scenario, design, errors);
    if (status != BG_OK) {
        bg_scenario_free(*scenario);
        *scenario = NULL;
    }
    return status;
}
