/* Whether amounts of months count from January; private to study/observed_table.c. */
#ifndef BAOGAN_STUDY_OBSERVED_TO_DATE
#define BAOGAN_STUDY_OBSERVED_TO_DATE

#include "study/observed.h"

typedef enum bg_observed_form {
    BG_OBSERVED_UNSAID,
    BG_OBSERVED_TO_DATE, /* amounts of months count from January */
    BG_OBSERVED_SINGLE
} bg_observed_form;

/* The form of all months; BG_OBSERVED_UNSAID where it cannot be told, with an error. Rows are sorted, without gaps. */
bg_observed_form bg_observed_recognise(const bg_observed *data, const char *name,
                                       bg_errors *errors);

#endif
