/* A document as an HTML file with its pictures inside. */
#ifndef BAOGAN_COMMAND_HTML_FILE
#define BAOGAN_COMMAND_HTML_FILE

#include "format/document.h"

#include <baogan/error.h>

/* BG_EXISTS where there is something of that name; asked before anything is worked out. */
bg_status bg_html_file_check(const char *path, bg_errors *errors);
/* `running` stands at the head of each page, unless NULL. Pictures are those of charts/ in `directory`; NULL: none. */
bg_status bg_html_file_write(const char *path, const bg_document *document, const char *running,
                             const char *directory, bg_errors *errors);

#endif
