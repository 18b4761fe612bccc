/* The kinds of steps that can be worked out by formulas: each adds its rows, or says that it cannot be. */
#ifndef BAOGAN_REPORT_LIVE_KINDS
#define BAOGAN_REPORT_LIVE_KINDS

#include "report/live_step.h"

bool bg_live_disallow(bg_live_settling *self);
bool bg_live_release(bg_live_settling *self);
bool bg_live_cover_emergency(bg_live_settling *self);
bool bg_live_move_input(bg_live_settling *self); /* credit and charge */
bool bg_live_relief(bg_live_settling *self);
bool bg_live_corridor(bg_live_settling *self);
bool bg_live_share(bg_live_settling *self); /* both kinds */
bool bg_live_deduct(bg_live_settling *self);
bool bg_live_cap(bg_live_settling *self);
bool bg_live_draw_reserve(bg_live_settling *self);
bool bg_live_pay_reserve(bg_live_settling *self);
bool bg_live_split(bg_live_settling *self);
bool bg_live_use(bg_live_settling *self);
bool bg_live_clear(bg_live_settling *self);

#endif
