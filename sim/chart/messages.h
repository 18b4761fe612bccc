/* What this room has to say about charts and their data. */
#ifndef BAOGAN_CHART_MESSAGES
#define BAOGAN_CHART_MESSAGES

#include "base/say.h"

#define M(name, en, zh) BG_SAY_ROW(name, en, zh)
#include "chart/messages.def"
#undef M

#endif
