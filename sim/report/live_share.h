/* share_surplus and share_overspend in a live settlement: each band a row. */
#ifndef BAOGAN_REPORT_LIVE_SHARE
#define BAOGAN_REPORT_LIVE_SHARE

#include "report/live_step.h"

bool bg_live_share(bg_live_settling *self);

#endif
