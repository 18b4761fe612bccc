/* Observed data from a text, for tests. */
#ifndef BAOGAN_TESTS_SUPPORT_OBSERVED_TEXT
#define BAOGAN_TESTS_SUPPORT_OBSERVED_TEXT

#include "study/observed_table.h"

/* Amounts in yuan; the table must be good. Free with bg_observed_free. */
bg_observed observed_text(const char *csv);

#endif
