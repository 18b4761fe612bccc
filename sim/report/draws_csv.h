/* Every simulated future as rows of a CSV file; sim/report/README.md lists the columns. */
#ifndef BAOGAN_REPORT_DRAWS_CSV
#define BAOGAN_REPORT_DRAWS_CSV

#include <baogan/projection.h>
#include <stdio.h>

typedef struct bg_draws_csv {
    FILE *stream; /* given */
    bool headed;  /* the header has been written */
} bg_draws_csv;

/* Fits bg_projection_options.take; `context` is a bg_draws_csv. All outcomes and cash must be wanted.
 * BG_IO once the stream has failed, BG_MEMORY. */
bg_status bg_draws_csv_take(void *context, const bg_projection *projection, size_t first, size_t n,
                            bg_errors *errors);

#endif
