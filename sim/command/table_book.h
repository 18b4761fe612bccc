/* Tables that were written as CSV, as sheets of a workbook, a row at a time. */
#ifndef BAOGAN_COMMAND_TABLE_BOOK
#define BAOGAN_COMMAND_TABLE_BOOK

#include <baogan/error.h>
#include <stdio.h>

/* A table with a row of headings; it is read from its start. */
typedef struct bg_table_sheet {
    const char *name; /* on its tab */
    FILE *rows;
} bg_table_sheet;

/* Writes them as bg_book_save does. A cell is a number where its text is one to the digit (15 at most, no zeros in front),
 * shown with its decimals; every other cell is a text. BG_LIMIT for more rows than a sheet holds. */
bg_status bg_table_book_save(const bg_table_sheet *tables, size_t count, const char *language,
                             const char *path, bg_errors *errors);

#endif
