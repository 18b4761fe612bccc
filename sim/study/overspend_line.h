/* From which expense on a budget year overspends, by the contract itself: the settlement of the central path with all
 * payments of that year at many multiples of what is expected (bg_worker_scaled), narrowed to the fen or so. Parts that
 * hang on the expense (what is disallowed, emergencies, a rolling budget) move along; the years before come to what is
 * known of them, else they are on the path. */
#ifndef BAOGAN_STUDY_OVERSPEND_LINE
#define BAOGAN_STUDY_OVERSPEND_LINE

#include "study/known_years.h"

#include <baogan/projection.h>

enum { BG_RESULTS_AT = 3 };

typedef struct bg_overspend_line {
    bg_fen budget, payable; /* where the year goes as expected */
    bg_fen line;            /* the most that is no overspend yet */
    bool
        found; /* else no expense from a quarter to four times what is expected begins one, and the line is the
                 * payable amount */
} bg_overspend_line;

/* Of each unit of the model, all schemes together as the last of two; `year` is a budget year from 0. */
bg_status bg_overspend_lines_find(const bg_model *model, size_t year, const bg_known_years *known,
                                  bg_overspend_line *lines, bg_errors *errors);

/* The community's result of a scheme where its expense of the year is this. */
bg_status bg_result_at(const bg_model *model, size_t year, const bg_known_years *known,
                       size_t scheme, const bg_fen expense[BG_RESULTS_AT],
                       bg_fen result[BG_RESULTS_AT], bg_errors *errors);

#endif
