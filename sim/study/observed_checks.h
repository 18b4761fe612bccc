/* What an observed table must be as a whole, once its rows are read; private to study/observed_table.c. */
#ifndef BAOGAN_STUDY_OBSERVED_CHECKS
#define BAOGAN_STUDY_OBSERVED_CHECKS

#include "study/observed_to_date.h"

/* Sorts the rows, finds those of each series, refuses and warns as study/observed_table.h says, and takes amounts that
 * stand as year to date apart. `name` is that of the file. */
bg_status bg_observed_check(bg_observed *data, bg_observed_form form, const char *name,
                            bg_errors *errors);

#endif
