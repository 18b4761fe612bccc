/* The steps that can be worked out by formulas. */
#ifndef BAOGAN_REPORT_LIVE_STEPS
#define BAOGAN_REPORT_LIVE_STEPS

#include "report/live_step.h"

/* Works the step at work out by rows with formulas. False where that cannot be done exactly: then its rows are to be taken
 * back. */
bool bg_live_work_out(bg_live_settling *self);

#endif
