/* What a search has looked at, in a file that grows: nothing is lost when it is ended, and it goes on where it was.
 *
 * The first line has the digest of the plan; a line is a policy: its number, whether it fits, its figures and their errors
 * (of targets how far they are missed). A last line that is cut short is not taken. */
#ifndef BAOGAN_STORE_POINTS
#define BAOGAN_STORE_POINTS

#include "store/digest.h"
#include "study/search.h"

#include <stdio.h>

typedef struct bg_points_file {
    const char *path; /* borrowed */
    FILE *stream;
    size_t known; /* policies that were in it */
} bg_points_file;

/* Opens or begins the file, and lets the search know what is in it. BG_EXISTS where it is the file of another plan or
 * version, or something else; BG_IO. Close with bg_points_close whatever the outcome; twice is safe. */
bg_status bg_points_open(bg_points_file *self, const char *path, bg_search *search,
                         bg_errors *errors);
/* Writes further policies, and waits until they are on the disk. BG_IO. */
bg_status bg_points_keep(bg_points_file *self, size_t figures, const bg_search_point *points,
                         size_t count, bg_errors *errors);
void bg_points_close(bg_points_file *self);

#endif
