/* A document as one HTML file that needs nothing else: no script, no request, styles and pictures inside.
 *
 * For the screen and for A4 paper. Whatever the texts hold is shown as it stands: nothing of it is read as
 * markup. Numbers are <data> elements that hold the exact value as the CSV files have it, money in yuan. */
#ifndef BAOGAN_FORMAT_HTML_WRITER
#define BAOGAN_FORMAT_HTML_WRITER

#include "format/document.h"

#include <stdio.h>

typedef struct bg_html_page {
    const char *running; /* at the head of each page on paper; NULL: nothing */
    /* The picture of a chart as SVG, a new string; NULL where there is none: the chart is then left out. May itself be
     * NULL. */
    char *(*picture)(const void *context, const char *name);
    const void *context;
} bg_html_page;

/* That the stream failed is found by whoever closes it. BG_MEMORY if something of the document was lost: no page is
 * whole then. */
bg_status bg_document_write_html(const bg_document *self, const bg_html_page *page, FILE *stream);

#endif
