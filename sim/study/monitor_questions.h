/* What is odd about the months of a year, and asked of who gave them: no guess is made. */
#ifndef BAOGAN_STUDY_MONITOR_QUESTIONS
#define BAOGAN_STUDY_MONITOR_QUESTIONS

#include "study/monitor.h"

/* Of each scheme, as warnings:
 *
 *   a shift of level    the mean of the logarithms after some month less that before it, the largest of all months by its
 *                       standard deviation, which the model gives; asked beyond the two-sided bound of 1 % over all months
 *   a surprise          the mean of all months lies four standard deviations from what was expected
 *   noise               months scatter about their mean by more than twice monitor.month_noise (four months at least)
 *   season              earlier years in the data have other shares than demand.season, by more than twice that
 *   the year before     its months in the data add up to something that is 2 % off what the history has
 *
 * Fills in the shifts. */
void bg_monitor_ask(bg_monitor *self, const char *name, bg_errors *errors);

#endif
