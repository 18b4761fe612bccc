/* What measures do in a reform beside what the same measures do in its base. */
#ifndef BAOGAN_STUDY_CONTRIBUTION_DIFFERENCE
#define BAOGAN_STUDY_CONTRIBUTION_DIFFERENCE

#include "study/contribution.h"

/* Rows that both have, by kind and name, in the order of the reform: reform less base. Units, years and futures
 * are the same (bg_compare_check). How sure a difference is cannot be told from what each is by itself: its
 * standard errors are NaN, and it has no cost. Names are borrowed from the reform. BG_MEMORY. Free with
 * bg_contributions_free. */
bg_status bg_contributions_subtract(const bg_contributions *reform, const bg_contributions *base,
                                    bg_contributions *difference);

#endif
