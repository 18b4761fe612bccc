/* What of a sweep changed no figure: axes and policies that might as well not be there. */
#ifndef BAOGAN_STORE_IDLE
#define BAOGAN_STORE_IDLE

#include "store/merge.h"

/* Advises of each axis whose values make no difference by a bit in any figure or error, wherever rows differ in this axis
 * alone (as in a grid; designs that move all axes at once have no such rows and say nothing of axes), and of each policy
 * whose figures are those of the first policy in every future. Rows that failed are passed over; more than
 * BG_IDLE_MOST scenarios are not looked at. The folder is complete. */
#define BG_IDLE_MOST UINT64_C(200000)
bg_status bg_idle_find(const bg_folder *folder, bg_errors *errors);

#endif
