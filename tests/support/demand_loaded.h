/* Demand models read from the text of a scenario, whether or not they can be read. */
#ifndef BAOGAN_TESTS_SUPPORT_DEMAND_LOADED
#define BAOGAN_TESTS_SUPPORT_DEMAND_LOADED

#include "demand/model.h"

typedef struct demand_loaded {
    bg_scenario *scenario;
    bg_history history;
    bg_demand *demand; /* NULL where it could not be read */
    bg_errors errors;
    bg_status status; /* of reading the demand model */
} demand_loaded;

/* Fails the test where scenario or history cannot be read. */
demand_loaded demand_load(const char *text);
void demand_unload(demand_loaded *self);

#endif
