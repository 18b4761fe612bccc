/* How a typed cell reads: the same digits and words wherever people see it. */
#ifndef BAOGAN_FORMAT_CELL_TEXT
#define BAOGAN_FORMAT_CELL_TEXT

#include "format/sheet.h"

#define BG_CELL_ROOM 160

/* The text of a cell without its mark, in the language and the form of its column: in `buffer`, or the cell's own. */
const char *bg_cell_text(const bg_sheet *sheet, size_t row, size_t column,
                         char buffer[BG_CELL_ROOM]);

#endif
