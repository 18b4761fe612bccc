/* What indicators of performance ask of a simulated year: ratios of what is expected of the lines in a future.
 * README.md, "Indicators". */
#ifndef BAOGAN_DEMAND_QUANTITY
#define BAOGAN_DEMAND_QUANTITY

#include <baogan/demand.h>

struct bg_drivers;

/* What is added up over lines and months; people over the schemes of the lines. */
typedef enum bg_quantity_sum {
    BG_SUM_CASES,
    BG_SUM_PAID,     /* by the fund for cases, fen */
    BG_SUM_BILLS,    /* that and what patients pay */
    BG_SUM_PATIENTS, /* fen */
    BG_SUM_PEOPLE
} bg_quantity_sum;

/* `scale` times the sum `of` by the sum `by`; of growth, what it is above the year before. */
typedef struct bg_quantity_kind {
    bg_quantity_sum of, by;
    double scale;
    bool growth;
} bg_quantity_kind;

typedef struct bg_quantity {
    bg_quantity_kind kind;
    bool counts[BG_MAX_LINES];
    bool scheme[BG_MAX_SCHEMES]; /* has a line that counts */
    /* Of what is added to the sum `of`: the part inside the county, or at primary levels in the last base year. */
    double weight[BG_MAX_LINES];
    uint8_t primary[BG_MAX_LINES]; /* bit i: level i, where these count alone */
    double base;                   /* the ratio in the last base year, where growth is asked for */
} bg_quantity;

/* Columns with one entry a future. */
typedef struct bg_quantity_columns {
    double *of[BG_MAX_QUANTITIES], *by[BG_MAX_QUANTITIES];
    double *before[BG_MAX_QUANTITIES]; /* the ratio of the year before */
    double *cases, *paid, *patients;   /* scratch, of a line */
    double *primary;                   /* likewise: of its cases */
} bg_quantity_columns;

/* Part of a year's cases that the months of a spell bring, with what an emergency leaves and brings back, and what an
 * emergency's multiplier adds for a line wholly exposed to it. */
typedef struct bg_quantity_months {
    const double *share, *excess;
} bg_quantity_months;

/* The futures begin, after the last base year. */
void bg_quantities_open(const bg_demand *demand, size_t n, const bg_quantity_columns *columns);
/* A year: begin, add each of its spells, and end with the people of each scheme. `value`[quantity] gets n values each;
 * NULL: of a year before the budget, which is there to grow from. NaN where there is nothing to divide by. */
void bg_quantities_begin(const bg_demand *demand, size_t n, const bg_quantity_columns *columns);
void bg_quantities_add(const bg_demand *demand, const struct bg_drivers *drivers,
                       const bg_quantity_months *months, size_t n,
                       const bg_quantity_columns *columns);
void bg_quantities_end(const bg_demand *demand, double *const *people, size_t n,
                       const bg_quantity_columns *columns, double *const *value);

/* The columns of one future alone. It stays where it is. */
typedef struct bg_quantity_future {
    double of[BG_MAX_QUANTITIES], by[BG_MAX_QUANTITIES], before[BG_MAX_QUANTITIES];
    double cases, paid, patients, primary;
    bg_quantity_columns columns;
} bg_quantity_future;

void bg_quantity_future_init(bg_quantity_future *self);
/* As bg_quantities_end, of a budget year into a path that has its people. */
void bg_quantities_store(const bg_demand *demand, const bg_quantity_future *from, size_t year,
                         bg_future *path);

#endif
