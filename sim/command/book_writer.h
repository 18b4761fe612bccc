/* Writes a workbook (.xlsx) through libxlsxwriter. */
#ifndef BAOGAN_COMMAND_BOOK_WRITER
#define BAOGAN_COMMAND_BOOK_WRITER

#include "format/book.h"

#include <baogan/error.h>

/* The file appears complete or not at all, never in the place of another; of the same sheets it has the same bytes. Texts
 * are texts whatever they begin with; one that is longer than a cell holds is cut. Cells with a formula have their value as
 * well, for readers that do not calculate. BG_MEMORY, BG_LIMIT (more rows than a sheet holds), BG_EXISTS, BG_IO. */
bg_status bg_book_save(const bg_book *self, const char *path, bg_errors *errors);

#endif
