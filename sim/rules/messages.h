/* What is wrong with the rules of a budget, of performance or a pool. */
#ifndef BAOGAN_RULES_MESSAGES
#define BAOGAN_RULES_MESSAGES

#include "base/say.h"

#define M(name, en, zh) BG_SAY_ROW(name, en, zh)
#include "rules/messages.def"
#undef M

#endif
