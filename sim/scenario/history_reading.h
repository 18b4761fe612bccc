/* Reading the past years: what its parts share. */
#ifndef BAOGAN_SCENARIO_HISTORY_READING
#define BAOGAN_SCENARIO_HISTORY_READING

#include <baogan/history.h>

typedef struct bg_history_reading {
    const bg_scenario *scenario;
    bg_history *history;
    bg_errors *errors;
    size_t errors_before;
    const bg_node *year[BG_MAX_HISTORY_YEARS]; /* rising; history->year_count of them */
} bg_history_reading;

/* Reports what keeps the years' lines from being read: lines that are missing somewhere, totals that
 * could mean two things. */
void bg_history_check_lines(const bg_history_reading *self);
/* Fills the schemes and the lines, which are sound. BG_LIMIT, BG_MISSING, BG_MEMORY. */
bg_status bg_history_read_lines(bg_history_reading *self);
/* Fills the amounts of both. BG_OVERFLOW; other mistakes are only reported. */
bg_status bg_history_read_amounts(const bg_history_reading *self);
/* Warns where a total and the lines beside it or in its place may not be what was meant. */
void bg_history_warn_of_totals(const bg_history_reading *self);

#endif
