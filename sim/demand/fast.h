/* The scratch of the fast engine for a block of futures: what its files share. README.md, "The fast
 * engine". */
#ifndef BAOGAN_DEMAND_FAST
#define BAOGAN_DEMAND_FAST

#include "base/storage.h"
#include "demand/drivers.h"
#include "demand/fast_columns.h"
#include "random/noise.h"

typedef struct bg_fast_line {
    bg_fast_terms terms;
    double varied_enough; /* terms.enough under all changes of benefit terms and of levels */
    bg_fast_correlation trends, shocks;
    double log_level[BG_PARTS];
    bool varies[BG_PARTS];           /* has a trend error or shocks */
    bool own_shocks[BG_PARTS];       /* shocks hang on normals of its own for that part */
    double *shock_pair[BG_PARTS][2]; /* of an even year and the next */
    double *shock[BG_PARTS];         /* u_t, one of them; standard normals at first */
} bg_fast_line;

/* Lines whose months have their noise from one normal: all of a scheme and place, or one. */
typedef struct bg_fast_group {
    size_t scheme;
    bool outside;
    bool patients;             /* pay something */
    bool quadratic;            /* the variance of some counts is */
    const uint64_t *noise_key; /* by budget year */
    size_t first, count;       /* in the order of bg_block_sampler.member */
} bg_fast_group;

/* An emergency of one of the futures. */
typedef struct bg_fast_event {
    size_t future;
    bg_emergency emergency;
    bg_fast_month month[12]; /* its share of the year's cases, where care is put off */
    double mean;             /* of the group's expense for cases; the columns have 0 there */
} bg_fast_event;

typedef struct bg_fast_events {
    size_t count;
    bg_fast_event *event; /* in the order of the futures */
} bg_fast_events;

struct bg_block_sampler {
    const bg_demand *demand;
    size_t capacity;
    bg_fast_line line[BG_MAX_LINES];
    size_t group_count;
    bg_fast_group group[BG_MAX_LINES];
    size_t member[BG_MAX_LINES];

    /* The block that is being drawn. */
    const bg_fast_functions *loops;
    const bg_noise *noise;
    uint32_t first; /* replication */
    size_t n;
    bg_factors factors;
    /* Insured at the start of the year, were contributions what they were: people's own column, as exposure is, where
     * enrolment does not act. */
    double *population[BG_MAX_SCHEMES];
    double *enrolment[BG_MAX_SCHEMES]; /* elasticity; NULL where contributions are what they were */
    double *leaver_cost[BG_MAX_SCHEMES]; /* relative, likewise */
    bg_drivers drivers;                  /* of the year */
    bg_change_sizes sizes;
    bg_level_room levels;
    bg_drivers own[12], spell[12]; /* of its spells: columns of their own, and those that count */
    bg_fast_effect effect;
    bg_fast_events now, before; /* of this year and of the last */
    bg_fast_month month[12];    /* without an emergency */
    double least_share;         /* of these, above 0 */

    /* Columns of a step. */
    double *common[BG_PARTS], *pair[BG_PARTS], *cases;
    bg_fast_sums sums;
    bg_fast_noise relative;
    double *log, *scale, *zero, *spell_thinnest; /* NULL where nothing changes */
    float *z[12];
    bg_decimal *disallowed; /* share; NULL where nothing changes */
    bg_fen *care;           /* the year's payments for cases of a group */
    bg_fen *left;           /* of it, for the lines of the group that have not had their part */
    double *left_mean, *left_variance, *line_mean, *line_variance, *line_z[2];
    bg_quantity_columns quantities;
    double *quantity_share; /* a spell's part of the year's cases */
    double *quantity[BG_MAX_QUANTITIES][BG_MAX_BUDGET_YEARS];

    bg_stream stream;
    bg_rng rng; /* of the stream */
    void *storage;
};

/* Variance over mean of the gamma mean of a count with that mean; 0: the count is Poisson. */
static inline double bg_fast_excess(const bg_demand_line *line, double mean)
{
    return line->count_shape > 0 ? mean / line->count_shape : line->dispersion - 1;
}

#endif
