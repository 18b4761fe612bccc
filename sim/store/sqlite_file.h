/* The results of a sweep as a SQLite file.
 *
 *   scenarios   one row a scenario: the columns of the sweep, keyed by `scenario`; empty cells are NULL
 *   columns     name, type, role, unit and meaning of each of them
 *   sweep       name and value: format, version, plan and its digest, digest of the rows
 *   regret      a view, where the plan says which way figures are better: how far each scenario is from
 *               the best policy in the same future
 *   measures    a view, likewise: for each policy and such figure the mean, the variance, the value that nine futures
 *               in ten are no worse than, and the mean of what lies on the bad side of the median
 *   robustness  a view: for each policy the share of futures that meet each target, and the largest and
 *               the mean regret
 *
 * All tables are STRICT. The file is built beside its place and appears complete or not at all. */
#ifndef BAOGAN_STORE_SQLITE_FILE
#define BAOGAN_STORE_SQLITE_FILE

#include "store/merge.h"

typedef struct bg_sqlite_file bg_sqlite_file;

/* Begins a file at `path`, where none may be. */
bg_status bg_sqlite_file_open(bg_sqlite_file **file, const char *path, const bg_folder *folder,
                              bg_errors *errors);
/* Takes a line of bg_merge_rows; the first is the header. `context` is the file. */
bg_status bg_sqlite_file_take(void *context, const char *line, size_t length, bg_errors *errors);
/* Completes the file and gives it its name. */
bg_status bg_sqlite_file_commit(bg_sqlite_file *self, const bg_merged *merged, bg_errors *errors);
/* Frees it; what is not committed is removed. NULL is nothing. */
void bg_sqlite_file_free(bg_sqlite_file *self);

/* The digests of the plan and of the rows that a file holds. BG_INVALID where it is no such file. */
bg_status bg_sqlite_file_identify(const char *path, char plan[BG_DIGEST_TEXT],
                                  char rows[BG_DIGEST_TEXT], bg_errors *errors);

#endif
