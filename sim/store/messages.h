/* What this room has to say about the directory of a sweep and its store. */
#ifndef BAOGAN_STORE_MESSAGES
#define BAOGAN_STORE_MESSAGES

#include "base/say.h"

#define M(name, en, zh) BG_SAY_ROW(name, en, zh)
#include "store/messages.def"
#undef M

#endif
