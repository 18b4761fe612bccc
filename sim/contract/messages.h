/* What this room has to say about the years of a contract. */
#ifndef BAOGAN_CONTRACT_MESSAGES
#define BAOGAN_CONTRACT_MESSAGES

#include "base/say.h"

#define M(name, en, zh) BG_SAY_ROW(name, en, zh)
#include "contract/messages.def"
#undef M

#endif
