/* What a share that was never or always seen is shown by. */
#ifndef BAOGAN_REPORT_TEXT_BOUNDS
#define BAOGAN_REPORT_TEXT_BOUNDS

#include "format/document.h"

/* Where a page shows "<0.38%" or ">99.6%", says behind the sentence or table in which the first of each stands what it
 * means. */
void bg_text_explain_bounds(bg_document *page);

#endif
