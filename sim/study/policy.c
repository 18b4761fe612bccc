#include "study/policy.h"

#include "scenario/override_keys.h"
#include "study/design_list.h"
#include "study/messages.h"

#include <stdlib.h>
#include <string.h>

/* ---- reading ---- */

/* A policy must not set what an axis varies, which would undo it unseen, nor a key twice. */
static bg_status check_item(const bg_design *design, const bg_node *set, const bg_node *item,
                            bg_arena *arena, bg_errors *errors)
{
    if (!strchr(item->text, '=')) {
        return bg_errors_say(errors, BG_INVALID, item->mark, item->path,
                             BG_SAY(override_without_equals), item->text);
    }
    const char *key = bg_override_key(arena, item->text);
    for (size_t i = 0; key && i < design->axis_count; i++) {
        if (strcmp(design->axis[i].key, key) == 0) {
            return bg_errors_say(errors, BG_INVALID, item->mark, item->path,
                                 BG_SAY(policy_sets_axis), design->axis[i].name);
        }
    }
    for (const bg_node *before = set->child; key && before != item; before = before->next) {
        const char *other = bg_override_key(arena, before->text);
        if (other && strcmp(other, key) == 0) {
            return bg_errors_say(errors, BG_INVALID, item->mark, item->path,
                                 BG_SAY(policy_sets_twice), item->text, before->text);
        }
    }
    return key ? BG_OK : bg_no_memory(errors);
}

static bg_status check_set(const bg_design *design, const bg_node *set, bg_errors *errors)
{
    bg_arena arena = {0};
    bg_status status = BG_OK;
    for (const bg_node *item = set ? set->child : NULL; item && !status; item = item->next) {
        status = check_item(design, set, item, &arena, errors);
    }
    bg_arena_free(&arena);
    return status;
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

/* The source under the policy: its file laid over it, its overrides after those of the source. */
typedef struct laid {
    bg_scenario_source source;
    const char **layers, **overrides; /* its lists, owned */
} laid;

static bool lay(laid *self, const bg_policy *policy, const bg_scenario_source *source)
{
    self->layers = calloc(source->layer_count + 1, sizeof *self->layers);
    self->overrides =
        calloc(source->override_count + bg_node_count(policy->set) + 1, sizeof *self->overrides);
    if (!self->layers || !self->overrides) {
        return false;
    }
    self->source = *source;
    self->source.layers = self->layers;
    self->source.overrides = self->overrides;
    for (size_t i = 0; i < source->layer_count; i++) {
        self->layers[i] = source->layers[i];
    }
    if (policy->file) {
        self->layers[self->source.layer_count++] = policy->file;
    }
    for (size_t i = 0; i < source->override_count; i++) {
        self->overrides[i] = source->overrides[i];
    }
    for (const bg_node *item = policy->set ? policy->set->child : NULL; item; item = item->next) {
        self->overrides[self->source.override_count++] = item->text;
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
            bg_errors_say_behind(errors, error, mark, path, BG_WORDS(policy_key),
                                 error->path ? error->path : "");
        } else {
            bg_errors_say_again(errors, error, mark, path);
        }
    }
}

/* Every axis must lead to one value, of the kind that its values were read as. */
static bg_status check_axes(const bg_scenario *scenario, const bg_design *design,
                            const bg_setting *settings, bg_errors *errors)
{
    for (size_t i = 0; i < design->axis_count; i++) {
        const bg_axis *axis = &design->axis[i];
        const bg_node *key = bg_node_child(axis->node, "key");
        if (!bg_variant_fits(scenario, &settings[i], 1)) {
            return bg_errors_say(errors, BG_INVALID, key->mark, key->path, BG_SAY(axis_of_no_value),
                                 axis->key);
        }
    }
    return BG_OK;
}

bg_status bg_policy_load(const bg_policy *self, const bg_scenario_source *source,
                         const bg_design *design, const int64_t value[BG_MAX_AXES],
                         bg_scenario **scenario, bg_errors *errors)
{
    bg_setting settings[BG_MAX_AXES];
    bg_design_settings(design, value, settings);
    *scenario = NULL;
    bg_errors found;
    bg_errors_init(&found);
    laid under = {0};
    bg_status status =
        lay(&under, self, source)
            ? bg_variant_load(&under.source, settings, design->axis_count, scenario, &found)
            : bg_no_memory(&found);
    pass_on(&found, self, design, errors);
    bg_errors_free(&found);
    free(under.layers);
    free(under.overrides);
    status = status ? status : check_axes(*scenario, design, settings, errors);
    if (status != BG_OK) {
        bg_scenario_free(*scenario);
        *scenario = NULL;
    }
    return status;
}
