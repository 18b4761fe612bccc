/* The settlement of a year as rows of a sheet that works itself out. */
#ifndef BAOGAN_REPORT_LIVE_SETTLEMENT
#define BAOGAN_REPORT_LIVE_SETTLEMENT

#include "report/live.h"

#include <baogan/settlement.h>

/* A year that has been settled and explained; borrowed. */
typedef struct bg_live_year {
    int year;
    const bg_plan *plan;
    const bg_settlement_block *block; /* of one unit */
    const bg_trace *trace;
    const bg_live_links *budget; /* its budget, if that stands in the book; NULL: it does not */
} bg_live_year;

/* What the funds of a plan carry into a year, where that stands in the sheet. */
typedef struct bg_live_carried {
    bg_live_amount fund[BG_MAX_FUNDS];
} bg_live_carried;

/* Adds the year's inputs, steps and results to a sheet of bg_live_begin. `carried` is what the year before left (all NULL:
 * nobody knows), and then what this one leaves. */
void bg_live_settlement(const bg_live_year *year, bg_live_carried *carried, bg_sheet *sheet);

#endif
