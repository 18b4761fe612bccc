/* What this room has to say about projections, their figures and targets. */
#ifndef BAOGAN_PROJECTION_MESSAGES
#define BAOGAN_PROJECTION_MESSAGES

#include "base/say.h"

#define M(name, en, zh) BG_SAY_ROW(name, en, zh)
#include "projection/messages.def"
#undef M

#endif
