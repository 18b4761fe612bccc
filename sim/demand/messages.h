/* What is wrong with what a scenario says of demand. */
#ifndef BAOGAN_DEMAND_MESSAGES
#define BAOGAN_DEMAND_MESSAGES

#include "base/say.h"

#define M(name, en, zh) BG_SAY_ROW(name, en, zh)
#include "demand/messages.def"
#undef M

#endif
