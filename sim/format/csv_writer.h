/* A sheet as comma-separated values, for programs: a heading of machine names, then a row a line.
 *
 * Money is in yuan; an absent cell, and a part of an estimate that cannot be told, is empty. An estimate
 * takes a column more for each of its parts that the sheet's column names. Texts are quoted where they need
 * it. That the stream failed is found by whoever closes it, who knows its name. */
#ifndef BAOGAN_FORMAT_CSV_WRITER
#define BAOGAN_FORMAT_CSV_WRITER

#include "format/sheet.h"

#include <stdio.h>

/* Heading and rows. BG_MEMORY if something of the sheet was lost: nothing is written then. */
bg_status bg_sheet_write_csv(const bg_sheet *self, FILE *stream);

/* The two alone, for tables whose rows are not all held at a time. */
bg_status bg_sheet_write_csv_heading(const bg_sheet *self, FILE *stream);
bg_status bg_sheet_write_csv_rows(const bg_sheet *self, FILE *stream);

/* As the file directory/name, which appears complete or not at all. */
bg_status bg_sheet_save_csv(const bg_sheet *self, const char *directory, const char *name,
                            bg_errors *errors);

#endif
