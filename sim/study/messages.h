/* What this room has to say about plans, axes, figures and comparisons. */
#ifndef BAOGAN_STUDY_MESSAGES
#define BAOGAN_STUDY_MESSAGES

#include "base/say.h"

#define M(name, en, zh) BG_SAY_ROW(name, en, zh)
#include "study/messages.def"
#undef M

#endif
