/* Writing the merged results of a sweep where the options say, and saying what they are. */
#ifndef BAOGAN_COMMAND_MERGE_FILES
#define BAOGAN_COMMAND_MERGE_FILES

#include "command/options.h"
#include "store/merge.h"

/* Merges the folders into --store and --csv, if given, and prints the number and digest of the rows. A store
 * that holds these very rows already is left as it is. `charts` is the directory of charts of these rows, or NULL; they
 * are drawn from a store, which without --store is one beside the directory that is removed again. */
bg_status bg_merging(const bg_folder *folders, size_t count, const bg_options *options,
                     const char *charts, bg_errors *errors);

#endif
