/* A scenario with actuals, settled: what `settle` and its restatement begin with. */
#ifndef BAOGAN_COMMAND_SETTLE_INPUT
#define BAOGAN_COMMAND_SETTLE_INPUT

#include "actual/actual.h"
#include "command/scenario_input.h"

typedef struct bg_settle_input {
    bg_input input;
    bg_settled_list list;
} bg_settle_input;

/* Loads the scenario of the first operand with the actuals in `actual` (NULL: its own) and settles
 * them up to the year of the options. On failure `errors` says why. Free with bg_settle_input_free
 * whatever the outcome; twice is safe. */
bg_status bg_settle_input_load(bg_settle_input *self, const bg_options *options, const char *actual,
                               bg_errors *errors);
void bg_settle_input_free(bg_settle_input *self);

/* Whether the options ask for that year. */
bool bg_settle_input_wants(const bg_options *options, int year);
/* The machine name of a settlement's scheme. */
const char *bg_settle_input_scheme(const bg_settle_input *self, const bg_settled *settled);

/* `settle --restate`: settles with both files and prints what differs. */
bg_status bg_restate(const bg_options *options, bg_errors *errors);

#endif
