/* Where among many points something happens more often than elsewhere: boxes found by peeling (PRIM; Friedman and
 * Fisher 1999, Bryant and Lempert 2010). Units are those of the inputs. */
#ifndef BAOGAN_STATISTICS_PEELING
#define BAOGAN_STATISTICS_PEELING

#include <baogan/error.h>
#include <stdbool.h>
#include <stddef.h>

#define BG_PEELING_SHARE 0.05 /* of the points in the box that one peel takes away */
#define BG_PEELING_LEAST 0.05 /* of all points that a box keeps */

/* Points: value[input * count + i] of point i, and whether it happens there. `aside` (NULL: none) are points that
 * are not looked at. All is borrowed. */
typedef struct bg_points {
    size_t count, inputs;
    const double *value;
    const bool *hit, *aside;
} bg_points;

/* What an input is bounded by, both ends in the box; -INFINITY and INFINITY where it is not. */
typedef struct bg_box_side {
    double low, high;
} bg_box_side;

typedef struct bg_box {
    bg_box_side *side; /* [inputs] */
    size_t points, hits;
} bg_box;

/* All boxes from that of all points on, each within the one before: the peeling trajectory. */
typedef struct bg_peeling {
    size_t inputs, count;
    size_t points, hits; /* looked at */
    bg_box *box;
    bg_box_side *sides; /* private */
} bg_peeling;

/* Peels until all points of the box are hits, no peel makes them denser, or a box would be left with fewer than
 * BG_PEELING_LEAST of all points. A peel takes from one end of one input BG_PEELING_SHARE of the points, and as ties
 * are not parted, at least all that share the outermost value; it is the one after which the share of hits has risen
 * most for each point taken (of equals the first input, the low end). Nothing is random. BG_MEMORY. Free with
 * bg_peeling_free whatever the outcome; twice is safe. */
bg_status bg_peeling_find(const bg_points *points, bg_peeling *self);
void bg_peeling_free(bg_peeling *self);

/* Of the boxes of which hits are a share of at least `density`, the one with most hits, and of equals the densest; where
 * there is none, the densest. */
size_t bg_peeling_choose(const bg_peeling *self, double density);

/* Of the hits in all boxes, those in this one; of its points, those that are hits. */
double bg_box_coverage(const bg_box *self, size_t hits);
double bg_box_density(const bg_box *self);

bool bg_box_bounds(const bg_box *self, size_t input);
bool bg_box_holds(const bg_box *self, const bg_points *points, size_t point);
/* How likely at least as many hits would be in the box, were it not bounded in this input and its points drawn from
 * those that would be in it: the binomial tail, a quasi p-value, as the bounds were chosen by the same points. */
double bg_box_chance(const bg_box *self, const bg_points *points, size_t input);
/* Opens, one after another, the input of the largest such chance, while it is above `most`. */
void bg_box_relax(bg_box *self, const bg_points *points, double most);

#endif
