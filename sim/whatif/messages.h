/* What this room has to say about requests. */
#ifndef BAOGAN_WHATIF_MESSAGES
#define BAOGAN_WHATIF_MESSAGES

#include "base/say.h"

#define M(name, en, zh) BG_SAY_ROW(name, en, zh)
#include "whatif/messages.def"
#undef M

#endif
