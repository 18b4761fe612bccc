/* The journal of settlements, for settle --journal. */
#ifndef BAOGAN_COMMAND_JOURNAL
#define BAOGAN_COMMAND_JOURNAL

#include "command/settle_input.h"

/* Writes options->journal: the units of the year that is asked for, and what `second` changes of them
 * where it is not NULL; it settles the same units again. */
bg_status bg_journal_write(const bg_settle_input *first, const bg_settle_input *second,
                           const bg_options *options, bg_errors *errors);

#endif
