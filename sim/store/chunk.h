/* A chunk of a sweep on disk: its rows between a line that says whose they are and one with their digest.
 *
 * While it is run, each row is appended to the .part file with a digest of its own, and what of them is
 * sound is taken over when it is run again. The finished chunk is written beside it, synced and renamed,
 * so that kill -9, a full disk or a lost machine cost the scenario in hand and no more. */
#ifndef BAOGAN_STORE_CHUNK
#define BAOGAN_STORE_CHUNK

#include "store/folder.h"

/* A chunk as it was read. */
typedef struct bg_chunk {
    char *data; /* of the file; owned */
    char *rows; /* within it: lines, each with its end */
    size_t size;
    uint64_t row_count;
} bg_chunk;

/* Reads a finished chunk. BG_MISSING (nothing is added to errors) where there is none; BG_EXISTS
 * where the file belongs to another plan or place; BG_INVALID where it is damaged. Free with bg_chunk_free, also after failure. */
bg_status bg_chunk_read(const bg_folder *folder, uint64_t index, bg_chunk *chunk,
                        bg_errors *errors);
void bg_chunk_free(bg_chunk *chunk);

/* Rows of an unfinished chunk that need not be run again. */
uint64_t bg_chunk_begun(const bg_folder *folder, uint64_t index);

/* Runs what is left of a chunk and finishes it. `ran` is called after each scenario; when it returns
 * false the chunk is left as it is, to be resumed: BG_INTERRUPTED. */
typedef bool bg_chunk_ran(void *context);
bg_status bg_chunk_run(const bg_folder *folder, uint64_t index, bg_sweep_runner *runner,
                       bg_chunk_ran *ran, void *context, bg_errors *errors);

#endif
