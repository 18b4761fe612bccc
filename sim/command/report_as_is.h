/* What a run left, shown as it is, where this version does not come to the same results. */
#ifndef BAOGAN_COMMAND_REPORT_AS_IS
#define BAOGAN_COMMAND_REPORT_AS_IS

#include "format/document.h"

#include <baogan/error.h>
#include <jansson.h>

/* result.json of the directory; NULL where there is none that can be read. */
json_t *bg_as_is_result(const char *directory);
/* Its text and its charts, and what needs a new run. An error where the directory is none of a run. */
bg_status bg_as_is(const char *directory, bg_document *document, bg_errors *errors);

#endif
