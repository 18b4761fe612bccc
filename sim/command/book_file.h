/* The file of a workbook, whoever fills it. */
#ifndef BAOGAN_COMMAND_BOOK_FILE
#define BAOGAN_COMMAND_BOOK_FILE

#include <baogan/error.h>
#include <stdbool.h>
#include <stdio.h>
#include <xlsxwriter.h>

/* Fills an open workbook; what it says in `errors` is not said again. */
typedef bg_status bg_book_fill(void *context, lxw_workbook *book, bg_errors *errors);

/* Has a workbook filled and written. The file appears complete or not at all, never in the place of another; the clock is no
 * part of it. With `in_rows` cells are written row by row, from above, and leave the memory. BG_EXISTS, BG_IO, BG_MEMORY,
 * or what `fill` returns. */
bg_status bg_book_file_write(const char *path, bool in_rows, bg_book_fill *fill, void *context,
                             bg_errors *errors);
/* A file without a name for rows that a workbook is filled with; NULL, with a sentence, where there is none. */
FILE *bg_book_file_rows(const char *path, bg_errors *errors);
/* Whether a new file of that name can be written, before the work is done. */
bg_status bg_book_file_check(const char *path, bg_errors *errors);
/* Whether the name is one of a workbook: it ends in .xlsx. */
bool bg_book_file_is_name(const char *path);
/* The sentence on what libxlsxwriter refused. */
bg_status bg_book_file_refuse(const char *path, lxw_error error, bg_errors *errors);

#endif
