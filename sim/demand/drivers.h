/* What a year's cases are made of: cases and cost of every line, from people, trends and shocks. README.md,
 * "Drivers".
 *
 * Both engines and the central path go through this one stage, a block of futures at a time (the reference
 * and the central path: of one); they differ in how they compute an exponential. What policy does to
 * demand acts here, on all lines of a year, and nowhere else. */
#ifndef BAOGAN_DEMAND_DRIVERS
#define BAOGAN_DEMAND_DRIVERS

#include "demand/sites.h"

/* A future's people and its own part in each line, in a year: columns with one entry a future. */
typedef struct bg_factors {
    double *people[BG_MAX_SCHEMES]; /* insured */
    double *exposure
        [BG_MAX_SCHEMES]; /* the same by what they cost; people's own where all cost alike */
    double *trend[BG_MAX_LINES][BG_PARTS];     /* error of the trend, in sd */
    double *deviation[BG_MAX_LINES][BG_PARTS]; /* x_t */
    double gathered; /* variance of x_t at unit volatility, which all futures have in common */
} bg_factors;

/* Columns of a level of a mix, after those of BG_FREQUENCY and BG_COST. */
enum { BG_FUND_SHIFT = BG_PARTS, BG_MIX_COLUMNS };

/* What is expected of each line in the year, or in a spell of it, without emergencies. */
typedef struct bg_drivers {
    double *cases[BG_MAX_LINES]; /* a year */
    double *cost[BG_MAX_LINES];  /* fund payment for a case, fen */
    /* Share of the payments that incidents which count as emergencies add; NULL: none. */
    double *emergency_share[BG_MAX_LINES];
    /* Under changed benefit terms, and of a mix of levels: squared coefficient of variation of a payment; NULL: as the line
     * has it. Of these, and where providers shift cost to them: patients' payment by fund payment; NULL likewise. */
    double *variation[BG_MAX_LINES], *patients[BG_MAX_LINES];
    /* The terms, and what they would pay for a case unchanged; NULL likewise. */
    const bg_line_benefit *benefit[BG_MAX_LINES];
    double *in_force[BG_MAX_LINES];
    /* Where changes treat levels of the line differently, or shift what the fund pays of its bills: share of the cases,
     * cost by the line's and shift of each level; NULL: as in the last base year. */
    double *mix[BG_MAX_LINES][BG_MAX_LEVELS][BG_MIX_COLUMNS];
} bg_drivers;

/* Sizes of the changes that are not sure: columns of the logarithm of the factor of cases and of cost, 0
 * in a future in which it does not happen. */
typedef struct bg_change_sizes {
    double *log_factor[BG_MAX_CHANGES][BG_PARTS];
    double
        *share[BG_MAX_CHANGES]; /* of cases that move in full effect; 0 where it does not happen */
    double *happens[BG_MAX_CHANGES];            /* 1, or 0 */
    double *normal[BG_MAX_CHANGES];             /* its luck, of changes whose shift is drawn */
    double *elasticity[BG_MAX_LINES][BG_PARTS]; /* of lines whose terms change; else NULL */
    double *substitution[BG_MAX_LINES];         /* of those that react to such terms */
    double *returns[BG_MAX_LINES][BG_RETURNS];  /* of those of which a cap cuts off something */
} bg_change_sizes;

/* A part of a line in a year. What uncertainty adds to the mean of its exponential is taken off its
 * logarithm, so that cases times cost have the central path as their mean. */
typedef struct bg_part_year {
    size_t line;
    int part;
    double t;             /* years after the last base year */
    double mix;           /* added to the logarithm, see bg_mix_log */
    double half_variance; /* of the logarithm */
    double covariance;    /* of the cost's with the cases'; 0 for cases */
} bg_part_year;

/* Computes n values of a part from trend errors and deviations, each times its `scale` if that is not
 * NULL. */
typedef void bg_part_values(const void *context, const bg_part_year *at, size_t n,
                            const double *trend, const double *deviation, const double *scale,
                            double *value);

/* Fills the drivers of year t after the last base year for n futures. `context` is handed to `values`. */
void bg_drivers_fill(const bg_demand *demand, const bg_factors *factors, size_t t, size_t n,
                     bg_part_values *values, const void *context, const bg_drivers *drivers);

/* value = scale exp(log), n of each. */
typedef void bg_scaled_exponential(const void *context, size_t n, const double *log,
                                   const double *scale, double *value);

/* Columns of a level that changes treat apart from others of its line: of the year, of the spell. */
typedef enum bg_level_column {
    BG_LEVEL_YEAR_CASES,
    BG_LEVEL_YEAR_COST,
    BG_LEVEL_CASES,
    BG_LEVEL_COST,
    BG_LEVEL_EMERGENCY_SHARE,
    BG_LEVEL_COLUMNS
} bg_level_column;

typedef struct bg_level_room {
    double *column[BG_MAX_LINES][BG_MAX_LEVELS][BG_LEVEL_COLUMNS];
} bg_level_room;

/* Room for a block of one future. */
typedef double bg_one_level[BG_MAX_LEVELS][BG_LEVEL_COLUMNS];
void bg_level_room_point(bg_level_room *self, bg_one_level of_line[BG_MAX_LINES]);

/* How a spell's drivers are made from those of its year. */
typedef struct bg_spell_work {
    const bg_change_sizes *sizes;
    const bg_level_room *levels; /* scratch columns of lines that bg_demand_line_divides */
    bg_scaled_exponential *scaled_exponential;
    const void *context; /* handed to it */
    double *log, *scale; /* scratch columns */
} bg_spell_work;

/* Sets the columns of `drivers` to those of a spell of a budget year: of lines that nothing touches to
 * the year's, of others to its `own`, which it fills for n futures. */
void bg_drivers_change(const bg_demand *demand, size_t year, const bg_spell *spell, size_t n,
                       const bg_spell_work *work, const bg_drivers *of_year, const bg_drivers *own,
                       bg_drivers *drivers);

#endif
