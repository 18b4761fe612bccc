/* `baogan settle --table`: many units, one a row. */
#ifndef BAOGAN_COMMAND_SETTLE_TABLE
#define BAOGAN_COMMAND_SETTLE_TABLE

#include "command/options.h"

/* Refuses options that do not go together: BG_USAGE. */
bg_status bg_settle_table_check(const bg_options *options, bg_errors *errors);
/* Settles options->table by the plan of the scenario, which needs no history. */
bg_status bg_settle_table(const bg_options *options, bg_errors *errors);

#endif
