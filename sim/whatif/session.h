/* What a what-if holds: the scenario that it began with, as text, what was set since, and what was run of it. */
#ifndef BAOGAN_WHATIF_SESSION
#define BAOGAN_WHATIF_SESSION

#include "contract/budgets.h"
#include "projection/kept.h"
#include "study/pool_year.h"

#include <baogan/projection.h>
#include <baogan/whatif.h>
#include <jansson.h>

/* Futures of a request, at most: their draws are kept. */
#define BG_WHATIF_FUTURES 100000

/* What was set: "path=value", owned. */
typedef struct bg_whatif_settings {
    char **text;
    size_t count;
} bg_whatif_settings;

/* The scenario with settings, read. */
typedef struct bg_whatif_state {
    bg_whatif_settings settings;
    bg_scenario *scenario;
    bg_model model;
    bg_errors warnings;
} bg_whatif_state;

/* What was run of it; nothing is there where `projection` is NULL. */
typedef struct bg_whatif_results {
    bg_projection *projection;
    bg_budgets budget;
    bg_pool_years pool;
    size_t futures; /* asked for */
    bg_errors warnings;
} bg_whatif_results;

struct bg_whatif {
    bg_whatif_options options;
    char *text; /* of bg_scenario_yaml */
    bg_fen money_unit;
    bg_kept *kept;
    bg_whatif_state state;
    bg_whatif_results results;
};

/* Reads the scenario under settings, which the state takes over; on failure it is empty. */
bg_status bg_whatif_read(const bg_whatif *self, bg_whatif_settings *settings,
                         bg_whatif_state *state, bg_errors *errors);
void bg_whatif_state_free(bg_whatif_state *state);
void bg_whatif_settings_free(bg_whatif_settings *settings);

/* Runs everything for so many futures (0: as the scenario says), unless that is there, and says what there is to warn of. */
bg_status bg_whatif_run(bg_whatif *self, size_t futures, bg_errors *errors);
void bg_whatif_forget(bg_whatif *self);

#endif
