/* A scenario with actuals, settled: what `settle` and its restatement begin with. */
#ifndef BAOGAN_COMMAND_SETTLING_H
#define BAOGAN_COMMAND_SETTLING_H

#include "command/input.h"
#include "report/settled.h"

typedef struct bg_settling {
    bg_input input;
    bg_settled_list list;
} bg_settling;

/* Loads the scenario of the first operand with the actuals in `actual` (NULL: its own) and settles
 * them up to the year of the options. On failure `errors` says why. Free with bg_settling_free
 * whatever the outcome; twice is safe. */
bg_status bg_settling_load(bg_settling *self, const bg_options *options, const char *actual,
                           bg_errors *errors);
void bg_settling_free(bg_settling *self);

/* Whether the options ask for that year. */
bool bg_settling_wants(const bg_options *options, int year);
/* The machine name of a settlement's scheme. */
const char *bg_settling_scheme(const bg_settling *self, const bg_settled *settled);

/* `settle --restate`: settles with both files and prints what differs. */
bg_status bg_restate(const bg_options *options, bg_errors *errors);

#endif
