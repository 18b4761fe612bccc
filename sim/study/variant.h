/* A scenario at other values of some of its keys: loaded once, then varied. A load reads files and takes
 * a millisecond or more; a variation puts typed values into the tree that is there. */
#ifndef BAOGAN_STUDY_VARIANT
#define BAOGAN_STUDY_VARIANT

#include "study/axis.h"

#include <baogan/projection.h>

/* A key and its value, which counts what the type of the row does: fen, 10^-12, … */
typedef struct bg_setting {
    const char *key;
    const bg_parameter *row;
    int64_t value;
} bg_setting;

bg_setting bg_setting_of(const bg_axis *axis, int64_t value);

/* Loads the source with each setting, in order, as a last override. Errors that are about a setting name
 * its key. Free with bg_scenario_free. */
bg_status bg_variant_load(const bg_scenario_source *source, const bg_setting *settings,
                          size_t count, bg_scenario **scenario, bg_errors *errors);
/* Whether each key leads to a single value of its type in a scenario so loaded. Not so where one setting
 * lies within another, as budget.growth[2027] within budget.growth. */
bool bg_variant_fits(const bg_scenario *scenario, const bg_setting *settings, size_t count);
/* Puts other values into a scenario that they fit: it is then the one that would be loaded with them. */
bg_status bg_variant_put(bg_scenario *scenario, const bg_setting *settings, size_t count,
                         bg_errors *errors);

/* What a source was read as, to be read at other values of the same keys. Zero at first; free with bg_variant_free. */
typedef struct bg_variant {
    bg_scenario *scenario;
    bg_model drawn; /* whose demand all values of keys that demand does not read share */
    bool is_drawn;
} bg_variant;

/* The model at the settings, which `self` has to outlive: the next call puts its values into the scenario, or loads it
 * anew where they do not fit. All calls have the same source and keys. An amount that does not fit is BG_INVALID, as the
 * scenario holds it. Free the model before the next call, also after failure. */
bg_status bg_variant_read(bg_variant *self, const bg_scenario_source *source,
                          const bg_setting *settings, size_t count, bg_model *model,
                          bg_errors *errors);
/* The same where nothing that demand reads differs from the model `like`, which `self` read last but for other such calls: it
 * has the demand of that, which must outlive it. The settings must fit the scenario. */
bg_status bg_variant_read_like(bg_variant *self, const bg_setting *settings, size_t count,
                               const bg_model *like, bg_model *model, bg_errors *errors);
void bg_variant_free(bg_variant *self);

#endif
