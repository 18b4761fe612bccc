/* What this room has to say about files, text and tables. */
#ifndef BAOGAN_BASE_MESSAGES
#define BAOGAN_BASE_MESSAGES

#include "base/say.h"

#define M(name, en, zh) BG_SAY_ROW(name, en, zh)
#include "base/messages.def"
#undef M

#endif
