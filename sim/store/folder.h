/* The directory of a sweep:
 *
 *   sweep.json       which plan it belongs to, its columns, and how it is divided
 *   rows/0000012.csv the rows of chunk 12, complete (store/chunk.h)
 *   rows/0000012.part the rows of a chunk that is being run, so far
 *   lock             is there to be locked
 *
 * A chunk is a range of scenarios that the plan alone fixes. A shard i of n is a range of chunks, so
 * that the files are the same for every n and a sweep that was begun with one n may go on with another. */
#ifndef BAOGAN_STORE_FOLDER
#define BAOGAN_STORE_FOLDER

#include "store/digest.h"

#include <baogan/sweep.h>
#include <jansson.h>

typedef struct bg_folder {
    char *path;
    json_t *about; /* sweep.json */
    char plan[BG_DIGEST_TEXT];
    uint64_t scenarios, chunk_size, chunks;
    bg_sweep_column *column; /* texts are those of `about` */
    size_t column_count;
    int lock; /* descriptor, or -1 */
} bg_folder;

/* Makes the directory for a sweep, or opens the one that is there if it belongs to the same plan and
 * version of the program; otherwise BG_EXISTS. Free with bg_folder_close, also after failure. */
bg_status bg_folder_make(bg_folder *self, const char *path, const bg_sweep *sweep,
                         bg_errors *errors);
/* Opens a directory to read it. */
bg_status bg_folder_open(bg_folder *self, const char *path, bg_errors *errors);
void bg_folder_close(bg_folder *self);

/* Chunks first … last-1 of shard i of n. */
typedef struct bg_chunk_range {
    uint64_t first, last;
} bg_chunk_range;
bg_chunk_range bg_folder_shard(const bg_folder *self, uint64_t i, uint64_t n);

/* Keeps other processes from running these chunks, until bg_folder_close or the end of the process.
 * BG_EXISTS where one does. File systems without locks do without: the files stay sound, since they
 * appear complete or not at all, but work may be done twice. */
bg_status bg_folder_lock(bg_folder *self, bg_chunk_range range, bg_errors *errors);

/* "<path>/rows/0000012.<ending>"; new string, NULL when out of memory. */
char *bg_folder_file(const bg_folder *self, uint64_t chunk, const char *ending);

/* A text of sweep.json; "" where there is none. */
const char *bg_folder_word(const bg_folder *self, const char *key);

/* "integer", "real" or "text". */
const char *bg_column_type_name(bg_column_type type);
/* "label", "future", "policy", "figure", "lower", "higher", "error" or "target". */
const char *bg_column_role_name(bg_column_role role);

/* The line of column names, without its end. New string, NULL when out of memory. */
char *bg_folder_header(const bg_folder *self);

/* An error of the system at a file: "<sentence>: <reason>."; the sentence is a BG_BOTH (base/say.h). */
bg_status bg_store_failed(const char *path, const char *sentence, int reason, bg_errors *errors);

#endif
