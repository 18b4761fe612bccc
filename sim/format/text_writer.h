/* Sheets and documents as text for people: columns aligned, amounts in the unit of their column, sentences
 * in lines. */
#ifndef BAOGAN_FORMAT_TEXT_WRITER
#define BAOGAN_FORMAT_TEXT_WRITER

#include "format/document.h"

#include <stdio.h>

/* The rows, each after `indent` blanks, under the headings where columns have some. BG_MEMORY if something
 * of the sheet was lost: nothing is written then. */
bg_status bg_sheet_write_text(const bg_sheet *self, FILE *stream, int indent);

/* The whole of a document, 80 columns wide, without its charts. BG_MEMORY if something of it was lost: what
 * there is has been written. */
bg_status bg_document_write_text(const bg_document *self, FILE *stream);

#endif
