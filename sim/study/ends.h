/* One input at a time: a figure where it stands at an end of its range and the others are as the scenario has them, which is
 * the classical tornado. */
#ifndef BAOGAN_STUDY_ENDS
#define BAOGAN_STUDY_ENDS

#include "study/sample.h"

/* Fills the ends, and the figures as given, of all answers; by all replications of the scenario, by several threads.
 * BG_MEMORY, BG_INTERRUPTED or BG_INTERNAL. */
bg_status bg_ends_run(bg_sample *sample, bg_sensitivity answers[]);

#endif
