/* Workbooks of spreadsheets, which are no text. */
#ifndef BAOGAN_BASE_WORKBOOK
#define BAOGAN_BASE_WORKBOOK

#include <baogan/error.h>

#define BG_WORKBOOK_MAGIC 4 /* bytes at its start by which one is known */

/* Refuses what begins as a zip file does (.xlsx and others), or as one of Microsoft's compound files (.xls, .et,
 * and workbooks with a password): BG_ENCODING with a sentence. BG_OK where it is none of them. */
bg_status bg_workbook_refuse(const char *bytes, size_t size, bg_mark mark, const char *path,
                             bg_errors *errors);

#endif
