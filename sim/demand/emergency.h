/* Public-health emergencies: care put off, direct cost, and the rebound. README.md, "Emergency". */
#ifndef BAOGAN_DEMAND_EMERGENCY
#define BAOGAN_DEMAND_EMERGENCY

#include <baogan/stream.h>
#include <stdbool.h>
#include <stddef.h>

typedef enum bg_emergency_form {
    BG_EMERGENCY_MONTHS,    /* care put off in some months, direct cost, rebound a year later */
    BG_EMERGENCY_MULTIPLIER /* all of the year's cases times a lognormal factor */
} bg_emergency_form;

typedef struct bg_emergency_terms {
    double probability; /* a year */
    bg_emergency_form form;
    double mu, sigma;           /* of the logarithm of the multiplier */
    double dip, dip_sd;         /* fall of the year's cases */
    size_t dip_months;          /* 1 to 12 */
    double direct, direct_sd;   /* share of the year's expected expense */
    double rebound, rebound_sd; /* rise of the next year's cases */
} bg_emergency_terms;

/* One year's; all zero where none begins. */
typedef struct bg_emergency {
    bool begins;
    size_t first, months; /* the months of the dip and of the direct cost; first counts from 0 */
    double dip, direct, rebound;
    double excess; /* multiplier - 1 */
} bg_emergency;

/* What is drawn of an emergency that begins. */
enum {
    BG_SIZE_FIRST,
    BG_SIZE_DIP,
    BG_SIZE_DIRECT,
    BG_SIZE_REBOUND,
    BG_SIZE_MULTIPLIER,
    BG_EMERGENCY_SIZES
};

/* As the reference engine draws it (emergency_draw.c). */
bg_emergency bg_emergency_draw(const bg_emergency_terms *terms, bg_rng *rng);

/* What each month's cases are multiplied by, so that the year's cases, which season[] (sum 12)
 * spreads over the months, fall by the dip; by as much as the emergency's months hold where the dip
 * is more. */
void bg_emergency_months(const bg_emergency *self, const double season[12], double multiplier[12]);
/* What the year's cases of a line are multiplied by: 1 + exposure (multiplier - 1). */
double bg_emergency_factor(const bg_emergency *self, double exposure);
/* Mean of what emergencies make of each month's expense, as a share of what the year's is at the month's
 * rate without them; `rebounds`: of a year that can follow one. The twelve add up to the mean of a year
 * whose months have one rate. */
void bg_emergency_mean(const bg_emergency_terms *terms, const double season[12], double exposure,
                       bool rebounds, double month[12]);
/* A month's direct cost, as a share of the year's expected expense: equal parts. */
double bg_emergency_direct(const bg_emergency *self, size_t month);

#endif
