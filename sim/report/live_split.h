/* split and use in a live settlement: amounts divided by largest remainder. */
#ifndef BAOGAN_REPORT_LIVE_SPLIT
#define BAOGAN_REPORT_LIVE_SPLIT

#include "report/live_step.h"

bool bg_live_split(bg_live_settling *self);
bool bg_live_use(bg_live_settling *self);

#endif
