/* What a settlement moved, step by step, for people. */
#ifndef BAOGAN_REPORT_POSTINGS
#define BAOGAN_REPORT_POSTINGS

#include "format/document.h"

#include <baogan/settlement.h>

/* Why, with words for the names of accounts, and in Chinese for those of inputs, amounts in units of so many fen. A new
 * string, NULL when out of memory. */
char *bg_posting_explained(const bg_posting *posting, const bg_plan *plan, bg_fen unit,
                           const char *language);
/* A table: the step, what it moved, from whom to whom, at which rate from which line of which file, what was left, and why;
 * amounts to the fen in the document's money. */
void bg_postings_say(const bg_trace *trace, const bg_plan *plan, bg_document *page);

#endif
