/* What this room has to say about actuals, cases and tables. */
#ifndef BAOGAN_ACTUAL_MESSAGES
#define BAOGAN_ACTUAL_MESSAGES

#include "base/say.h"

#define M(name, en, zh) BG_SAY_ROW(name, en, zh)
#include "actual/messages.def"
#undef M

#endif
