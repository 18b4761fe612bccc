/* Points of a unit cube at which several objectives are as small as they can be together: NSGA-II (Deb, Pratap, Agarwal,
 * Meyarivan 2002), with its constrained dominance. What is found is a function of the problem and the seed alone. */
#ifndef BAOGAN_STUDY_FRONT
#define BAOGAN_STUDY_FRONT

#include <baogan/error.h>
#include <stddef.h>
#include <stdint.h>

#define BG_FRONT_FEWEST 8 /* of a population, which is even */

/* Evaluates points `first` … `first + count - 1` of all so far: of point i, u[i * variables], its objectives, and by
 * how much it breaks its constraints, 0 where it keeps them; INFINITY where it cannot be evaluated. */
typedef bg_status bg_front_evaluate(void *context, size_t first, size_t count, const double *u,
                                    double *objective, double *violation);

typedef struct bg_front_problem {
    size_t variables, objectives;
    size_t population, generations; /* after the first */
    uint64_t seed;
    bg_front_evaluate *evaluate;
    void *context;
} bg_front_problem;

/* All points that were evaluated, generation after generation. */
typedef struct bg_front {
    size_t variables, objectives, count;
    double *u;         /* [count][variables] */
    double *objective; /* [count][objectives] */
    double *violation; /* [count] */
} bg_front;

/* BG_MEMORY, or what `evaluate` returns: the points up to then are there. Free with bg_front_free whatever the
 * outcome; twice is safe. */
bg_status bg_front_search(const bg_front_problem *problem, bg_front *self);
void bg_front_free(bg_front *self);

/* Points that break no constraint and that no other such point dominates, by rising first objective; of points with the
 * same objectives the first. `index` has room for all; returns how many. */
size_t bg_front_best(const bg_front *self, size_t *index);

#endif
