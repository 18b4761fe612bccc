/* Putting the chunks of a sweep together: every row once, in the order of their numbers. */
#ifndef BAOGAN_STORE_MERGE
#define BAOGAN_STORE_MERGE

#include "store/chunk.h"

/* What a sweep has so far. */
typedef struct bg_progress_of_sweep {
    uint64_t chunks_done, chunks_damaged;
    uint64_t scenarios_done; /* with those of unfinished chunks, and those that filters leave out */
} bg_progress_of_sweep;

/* Looks at every chunk of the range. */
bg_status bg_merge_status(const bg_folder *folder, bg_chunk_range range,
                          bg_progress_of_sweep *progress, bg_errors *errors);

/* Takes the rows of one merge: first the header, then each row, without their ends. */
typedef struct bg_merge_sink {
    bg_status (*take)(void *context, const char *line, size_t length, bg_errors *errors);
    void *context;
} bg_merge_sink;

typedef struct bg_merged {
    uint64_t rows;
    char digest[BG_DIGEST_TEXT]; /* of the header and all rows, each with a line feed */
} bg_merged;

/* Goes through the rows of all folders, which hold parts of one sweep. Refuses what is incomplete
 * (BG_FAILED), in two folders at once or of different plans (BG_EXISTS), or damaged (BG_IO). */
bg_status bg_merge_rows(const bg_folder *folders, size_t count, const bg_merge_sink *sinks,
                        size_t sink_count, bg_merged *merged, bg_errors *errors);

#endif
