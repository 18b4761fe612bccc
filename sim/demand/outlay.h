/* What a measure or a change of terms costs beside care. README.md, "What measures cost". */
#ifndef BAOGAN_DEMAND_OUTLAY
#define BAOGAN_DEMAND_OUTLAY

#include <baogan/demand.h>

/* Sure: the same in all futures. */
typedef struct bg_outlay {
    bg_outlay_payer payer;
    const struct bg_node *purpose; /* of what the community keeps; NULL: none */
    bg_fen month[BG_MAX_SCHEMES][BG_MAX_BUDGET_YEARS][12];
} bg_outlay;

#endif
