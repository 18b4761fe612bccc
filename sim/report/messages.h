/* What this room has to say about the files of a report. */
#ifndef BAOGAN_REPORT_MESSAGES
#define BAOGAN_REPORT_MESSAGES

#include "base/say.h"

#define M(name, en, zh) BG_SAY_ROW(name, en, zh)
#include "report/messages.def"
#undef M

#endif
