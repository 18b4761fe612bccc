/* Levels of a line (of hospitals, as a rule) as they were in the last base year. README.md, "Levels". */
#ifndef BAOGAN_DEMAND_LINE_LEVELS
#define BAOGAN_DEMAND_LINE_LEVELS

#include "demand/severity.h"

#define BG_MAX_LEVELS 8

typedef struct bg_line_levels {
    size_t count;                /* 0 or 1: the line is one */
    double cases[BG_MAX_LEVELS]; /* share of the line's */
    double cost[BG_MAX_LEVELS];  /* payment for a case by the line's, of which the mean is 1 */
    double within;               /* squared coefficient of variation of a payment within each */
    bg_severity severity;        /* of one */
} bg_line_levels;

#endif
