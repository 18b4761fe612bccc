/* A sheet as JSON. A row is an object with a member for each column of that name, and for each part of an
 * estimate that the column names. Money is in whole fen, or in fen where it is an estimate; what is absent
 * is null. NULL when out of memory, also where something of the sheet was lost. */
#ifndef BAOGAN_FORMAT_JSON_WRITER
#define BAOGAN_FORMAT_JSON_WRITER

#include "format/sheet.h"

#include <jansson.h>

/* [{…}, …] */
json_t *bg_sheet_json(const bg_sheet *self);
/* {first cell: {the others}, …}: rows by the text of their first cell. */
json_t *bg_sheet_json_by_name(const bg_sheet *self);

#endif
