/* Reading whole files with a bound, and writing files that appear complete or not at all. */
#ifndef BAOGAN_FILE_H
#define BAOGAN_FILE_H

#include <baogan/error.h>
#include <stdio.h>

/* Reads a regular file of at most `limit` bytes into a new zero-terminated buffer (the caller frees
 * it). Missing file, directory, device, too large (BG_LIMIT), read error: a sentence in `errors`. */
bg_status bg_file_read(const char *path, size_t limit, char **data, size_t *size,
                       bg_errors *errors);

/* Opens a file, pipe or device to be read from its start, however long it is; the caller closes the
 * stream. */
bg_status bg_file_open(const char *path, FILE **stream, bg_errors *errors);

/* Turns UTF-8 (with or without byte-order mark) or GB18030 text, which is warned of, into UTF-8, in
 * place of *data. UTF-8 is tried first. Zero bytes and text that is neither are BG_ENCODING. */
bg_status bg_file_to_utf8(const char *path, char **data, size_t *size, bg_errors *errors);

/* A file being written: "<path>.tmp-<pid>" until bg_output_commit flushes, syncs and renames it.
 * An existing file at `path` is never replaced (BG_EXISTS). Write with stdio on `stream`; every
 * write error up to then is reported by commit. bg_output_discard removes an uncommitted file and is
 * safe at any time, also after commit. */
typedef struct bg_output {
    FILE *stream;
    char *path, *temporary;
} bg_output;

bg_status bg_output_open(bg_output *self, const char *path, bg_errors *errors);
bg_status bg_output_commit(bg_output *self, bg_errors *errors);
void bg_output_discard(bg_output *self);

/* Joins a directory and a name; NULL when out of memory. `name` absolute: a copy of it. */
char *bg_path_join(const char *directory, const char *name);
/* The directory part of a path ("." if none), new string; NULL when out of memory. */
char *bg_path_directory(const char *path);

#endif
