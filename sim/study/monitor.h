/* A running budget year, watched by its months: where it will end, how likely it overspends, since when, what must
 * happen, and how far the answer can be trusted (study/watch.h, alarm.h, overspend_line.h). */
#ifndef BAOGAN_STUDY_MONITOR
#define BAOGAN_STUDY_MONITOR

#include "study/alarm.h"
#include "study/overspend_line.h"
#include "study/year_to_date.h"

enum { BG_MONITOR_UNITS = BG_MAX_SCHEMES + 1 };

/* At the end of a month; number 0: before the year. */
typedef struct bg_monitor_end {
    bg_lognormal year;
    double overspend, over_budget; /* chances */
    bg_light light;
    double
        deviation; /* of the logarithm of the month from what was expected beforehand; 0 of number 0 */
} bg_monitor_end;

typedef struct bg_monitor_unit {
    const char *name;
    bg_overspend_line line;
    bg_monitor_end end[BG_YEAR_MONTHS + 1];
    bg_alarm alarm;
    size_t turned; /* the month with which the light became what it is; 0: it was so beforehand */
    double known, to_date,
        expected_to_date; /* fen: booked of the months so far, what they come to, what was expected */
    double rest_allowed, rest_expected,
        rest_likely; /* of the months to come: what is left up to the line, what was
                                                      * expected beforehand, what is expected now */
    double to_date_last,
        rest_last; /* the same months of the year before; 0 where they are not known */
    double
        carried; /* share of a deviation of all months so far that the months to come are taken to have */
    bg_fen result
        [BG_RESULTS_AT]; /* the community's where the year of the scheme ends at its 10, 50 and
                                        * 90 % quantile; of all schemes together it is not told */
} bg_monitor_unit;

/* From month `from` on the months lie that much higher (of the logarithm) than before, by so many standard deviations. */
typedef struct bg_level_shift {
    size_t from; /* 0: none that chance does not explain once in a hundred years */
    double size;
} bg_level_shift;

typedef struct bg_monitor {
    const bg_model *model;
    size_t year; /* budget year from 0 */
    bg_year_to_date to_date;
    bg_known_years known;
    bg_light_bounds bounds;
    bg_month_prior prior;
    bg_watch watch;
    double paid[BG_MOST_MONTHS]; /* fen by month: known, completed, or expected now */
    double last
        [BG_MOST_MONTHS]; /* of the year before; divided as this one is expected to be where its months are not
                                  * known; 0: nothing is known of it */
    size_t units;
    bg_monitor_unit unit[BG_MONITOR_UNITS];
    bg_level_shift shift[BG_MAX_SCHEMES];
    uint64_t incidents; /* bit j: change j of the demand is an incident that acts in the year */
} bg_monitor;

/* `year` is a calendar year, 0: the latest of the data, which are called `name`. What is odd about the data is asked in
 * warnings. Changes the demand of the model (bg_demand_rule_out_emergencies). Free with bg_monitor_free, also after
 * failure. */
bg_status bg_monitor_run(const bg_model *model, const bg_observed *data, int year, const char *name,
                         bg_monitor *self, bg_errors *errors);
void bg_monitor_free(bg_monitor *self);

#endif
