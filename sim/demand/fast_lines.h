/* The payments of a group by line, for who asks: the group's total stays and is divided. README.md, "The fast engine". */
#ifndef BAOGAN_DEMAND_FAST_LINES
#define BAOGAN_DEMAND_FAST_LINES

#include "demand/fast.h"

/* What was drawn of a group in a spell. */
typedef struct bg_fast_division {
    const bg_fast_group *group;
    size_t year, spell;
    uint16_t months;
    const bg_drivers *drivers;
    const bg_fast_effect *effect;
    bg_fen **line; /* [line] columns to add to */
} bg_fast_division;

/* Divides self->care, the payments for cases that were not drawn one by one, by the normal law of the lines given
 * their sum. */
void bg_fast_divide_care(bg_block_sampler *self, const bg_fast_division *of);
/* Divides the direct cost of an emergency in a month of one future, in proportion to what the lines cost without it. */
void bg_fast_divide_event(const bg_block_sampler *self, const bg_fast_division *of, size_t future,
                          bg_fen direct);

#endif
