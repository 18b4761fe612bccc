/* An amount divided by largest remainder, as rows that work it out. */
#ifndef BAOGAN_REPORT_LIVE_PARTS
#define BAOGAN_REPORT_LIVE_PARTS

#include "report/live.h"

/* One of those among whom it is divided. */
typedef struct bg_live_part {
    const char *name;
    bg_cell weight; /* whole, with its formula where it has one */
    size_t order;   /* from 1: who is first where remainders are equal */
    bg_fen value;   /* out */
    const char *is; /* out: where the part stands */
} bg_live_part;

/* Adds a row each, below one that says what the columns are: its weight of their sum `of`, the whole fen of its share, what
 * remains, its order, its part. A total below zero is divided by its absolute value. False where products are not exact. */
bool bg_live_divide(bg_sheet *sheet, bg_fen total, const char *total_is, int64_t of,
                    bg_live_part *parts, size_t count);

#endif
