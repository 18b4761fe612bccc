/* Variants of a contract side by side: a row a question, a column a variant, and what it differs by from the base on the
 * same futures. */
#ifndef BAOGAN_REPORT_VARIANTS
#define BAOGAN_REPORT_VARIANTS

#include "format/document.h"
#include "report/comparison.h"

/* `variants` have one base and the same schemes, years and futures. Into an empty document; what was kept of them must
 * outlive it. */
void bg_variants_document(const bg_comparison *variants, size_t count, bg_document *document);
/* The data of their chart: the base and each variant, the first year of all schemes together. Fills an empty sheet. */
void bg_variants_rows(const bg_comparison *variants, size_t count, bg_sheet *sheet);

#endif
