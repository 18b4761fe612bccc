/* What most verbs begin with: a scenario, loaded and read. */
#ifndef BAOGAN_COMMAND_SCENARIO_INPUT
#define BAOGAN_COMMAND_SCENARIO_INPUT

#include "command/options.h"

#include <baogan/area.h>
#include <baogan/projection.h>

typedef struct bg_input {
    bg_scenario *scenario;
    bg_model model;
} bg_input;

/* The scenario `path` with the actuals and overrides of the options, which have to outlive it. */
bg_scenario_source bg_input_source(const char *path, const bg_options *options);
/* Loads the scenario `path` with the actuals and overrides of the options and builds its model. On failure
 * `errors` says why and *self is empty. Free with bg_input_free; twice is safe. */
bg_status bg_input_load(bg_input *self, const char *path, const bg_options *options,
                        bg_errors *errors);
/* The same with a scenario that is loaded; it is taken over whatever the outcome. */
bg_status bg_input_take(bg_input *self, bg_scenario *scenario, bg_errors *errors);
/* BG_USAGE, and an error that says so, where warnings have been said and the options are --strict. Loading asks it
 * itself; whoever takes or finds more asks again, before anything is written. */
bg_status bg_input_strict(const bg_options *options, bg_errors *errors);
void bg_input_free(bg_input *self);

/* Loads a file that may be of a pooling area, with the overrides of the options. */
bg_status bg_input_area(bg_area *self, const char *path, const bg_options *options,
                        bg_errors *errors);

/* Asks for one unit of money of all that people read of it; 0: that of each file. */
void bg_input_show_money(bg_area *self, bg_fen unit);

#endif
