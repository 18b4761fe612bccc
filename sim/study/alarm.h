/* Green, amber, red: by the chance that a year overspends; and how often these lights would be wrong, were the model right.
 *
 * Years are drawn by the very normal months of month_prior.h and watched month by month as a real one is. "As expected":
 * the year has no deviation at all, only months and bookings have their noise. Else it has what the model gives it. */
#ifndef BAOGAN_STUDY_ALARM
#define BAOGAN_STUDY_ALARM

#include "study/watch.h"

#include <baogan/summary.h>

typedef enum bg_light { BG_GREEN, BG_AMBER, BG_RED, BG_LIGHTS } bg_light;

/* From which chance of an overspend on. */
typedef struct bg_light_bounds {
    double amber, red;
} bg_light_bounds;

bg_light bg_light_of(const bg_light_bounds *bounds, double chance);
const char *bg_light_name(bg_light light); /* "green", … */

/* At the end of a month. A false alarm is a light in a year that ends without an overspend. */
typedef struct bg_alarm_rates {
    bg_probability amber, red;  /* that the light is at least that, of years that go as expected */
    bg_probability red_in_vain; /* red, of those that the model gives it */
    bg_probability
        missed; /* green, of those that the model gives it and that end with an overspend */
} bg_alarm_rates;

typedef struct bg_alarm {
    size_t years;                      /* drawn, of either kind */
    bg_alarm_rates at[BG_YEAR_MONTHS]; /* at the end of month m + 1 */
    bg_alarm_rates ever; /* in at least one of the months (missed: green in all of them) */
    bool overspends;     /* the year overspends that goes exactly as expected, but for noise */
    double
        red_by_5; /* the chance from which red would have to begin to be a false alarm in at most 5 % of the years that go
                       * as expected; NaN where none ends without an overspend */
} bg_alarm;

#define BG_ALARM_YEARS 4000

/* Of each unit of the watch, with the most that each may spend. BG_MEMORY. */
bg_status bg_alarm_find(const bg_watch *watch, const bg_light_bounds *bounds, const double *line,
                        uint64_t seed, bg_alarm *alarm);

#endif
