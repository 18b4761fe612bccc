/* Files that are no text. */
#ifndef BAOGAN_BASE_BINARY
#define BAOGAN_BASE_BINARY

#include <baogan/error.h>

#define BG_BINARY_MAGIC 4 /* bytes at its start by which one is known */

/* Refuses what begins as a zip file does (.xlsx and others), or as one of Microsoft's compound files (.xls, .et,
 * and workbooks with a password): BG_ENCODING with a sentence. BG_OK where it is none of them. */
bg_status bg_binary_refuse(const char *bytes, size_t size, bg_mark mark, const char *path,
                           bg_errors *errors);
/* Whether it begins as a zip file does. */
bool bg_binary_is_zip(const char *bytes, size_t size);

#endif
