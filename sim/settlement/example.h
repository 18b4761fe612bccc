/* Examples of steps, rates, bands and conditions, for help. */
#ifndef BAOGAN_SETTLEMENT_EXAMPLE
#define BAOGAN_SETTLEMENT_EXAMPLE

#include "settlement/rate.h"

typedef enum bg_example_part {
    BG_EXAMPLE_STEP, /* one a kind, in the order of BG_STEP_KINDS */
    BG_EXAMPLE_RATE, /* one a form of a rate */
    BG_EXAMPLE_FORM, /* bands, limits, weights, conditions */
    BG_EXAMPLE_PART_COUNT
} bg_example_part;

typedef struct bg_example {
    const char *kind;       /* of step; NULL unless of BG_EXAMPLE_STEP */
    bg_rate_rule_form form; /* that the key `gain` of the entry has; of BG_EXAMPLE_RATE */
    const char *sections;   /* that the scenario needs beside the plan; "" if none */
    const char *entry;      /* of the plan, as it stands behind "- " */
    const char *en, *zh;    /* what it says */
} bg_example;

/* NULL beyond the last of its part. */
const bg_example *bg_example_at(bg_example_part part, size_t index);

#endif
