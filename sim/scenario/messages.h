/* What is wrong with a scenario. */
#ifndef BAOGAN_SCENARIO_MESSAGES
#define BAOGAN_SCENARIO_MESSAGES

#include "base/say.h"

#define M(name, en, zh) BG_SAY_ROW(name, en, zh)
#include "scenario/messages.def"
#undef M

#endif
