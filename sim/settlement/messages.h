/* What this room has to say about a plan, its inputs and amounts. */
#ifndef BAOGAN_SETTLEMENT_MESSAGES
#define BAOGAN_SETTLEMENT_MESSAGES

#include "base/say.h"

#define M(name, en, zh) BG_SAY_ROW(name, en, zh)
#include "settlement/messages.def"
#undef M

#endif
