/* What measures do in a reform beside what the same measures do in its base. */
#ifndef BAOGAN_STUDY_CONTRIBUTION_DIFFERENCE
#define BAOGAN_STUDY_CONTRIBUTION_DIFFERENCE

#include "study/contribution.h"

/* Rows that both have, by kind and name, in the order of the reform: reform less base. Units, years and futures
 * are the same (bg_compare_check). How sure a difference is is told from both in the same futures, where they are kept;
 * else its standard errors are NaN. It has the difference of outlays where either has any, and nothing
 * is earned back. Names are borrowed from the reform. BG_MEMORY,
 * BG_OVERFLOW. Free with bg_contributions_free. */
bg_status bg_contributions_subtract(const bg_contributions *reform, const bg_contributions *base,
                                    bg_contributions *difference, bg_errors *errors);

#endif
