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
} bg_live_year;

/* Adds its inputs, its steps and its results to a sheet of bg_live_begin. */
void bg_live_settlement(const bg_live_year *year, bg_sheet *sheet);

#endif
