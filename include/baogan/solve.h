/* Goal seek: where a noisy function of one variable meets a target.
 *
 * The function is a figure of simulated futures. As every point uses the same random numbers it is a
 * definite function, but one that other random numbers would move: the interval of a crossing is where
 * it would lie if the figure were off by 1.96 standard errors either way. */
#ifndef BAOGAN_SOLVE_H
#define BAOGAN_SOLVE_H

#include <baogan/error.h>
#include <stdbool.h>
#include <stddef.h>

/* The figure at x and its standard error. */
typedef bg_status bg_solve_function(void *context, double x, double *value, double *se);

typedef struct bg_solve_problem {
    bg_solve_function *function;
    void *context;
    double from, to; /* from < to */
    double target;
    double tolerance; /* of x */
    /* Further points within the range at which crossings are looked for, in any order, such as both sides of
     * each place where the figure jumps; no more than BG_SOLVE_ALSO count. */
    const double *also;
    size_t also_count;
} bg_solve_problem;

/* x at which the figure crosses the target: it is on one side of it at `left` and on the other at
 * `right`, which lie at most two tolerances apart. The interval ends at the range where it reaches beyond
 * it (`open_*`). */
typedef struct bg_crossing {
    double x, left, right, low, high;
    bool open_low, open_high;
    bool rising; /* the figure is above the target to the right */
} bg_crossing;

typedef struct bg_solve_point {
    double x, value, se;
} bg_solve_point;

#define BG_SOLVE_GRID      9 /* even points at which crossings are looked for */
#define BG_SOLVE_ALSO      64
#define BG_SOLVE_LOOKED    (BG_SOLVE_GRID + BG_SOLVE_ALSO)
#define BG_SOLVE_CROSSINGS (BG_SOLVE_LOOKED - 1)

typedef struct bg_solution {
    bg_crossing crossing[BG_SOLVE_CROSSINGS];
    size_t count;                   /* of crossings: 0 none, 1 what is hoped for, more: several */
    double looked[BG_SOLVE_LOOKED]; /* where crossings were looked for, rising */
    size_t looked_count;
    bg_solve_point *point; /* every point tried, by x; owned */
    size_t point_count;
} bg_solution;

/* Finds the crossings between neighbouring points of an even grid over the range and of further ones, and narrows each by
 * bisection and false position (Illinois). Two crossings between neighbours are not seen. The status is
 * that of the function, or BG_MEMORY. Free with bg_solution_free. */
bg_status bg_solve(const bg_solve_problem *problem, bg_solution *solution);
void bg_solution_free(bg_solution *self);

#endif
