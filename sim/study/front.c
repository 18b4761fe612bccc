#include "study/front.h"

#include "base/elementary.h"
#include "statistics/placed.h"

#include <baogan/stream.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* As Deb et al. have them. */
#define CROSSED        0.9 /* share of pairs that are */
#define CROSSING_INDEX 15
#define MUTATION_INDEX 20
#define KEPT_APART     1e-14

typedef struct searching {
    const bg_front_problem *problem;
    bg_front *all;
    bg_stream stream;
    bg_rng random;  /* of the stream */
    size_t *parent; /* [population] of points */
    size_t *pool;   /* [2 population] parents and children */
    size_t *rank;   /* of a place in the pool */
    double *crowding;
    size_t *order; /* [2 population] places in the pool */
} searching;

/* ---- which is better ---- */

static const double *objectives_of(const bg_front *self, size_t point)
{
    return self->objective + point * self->objectives;
}

static bool dominates(const bg_front *self, size_t a, size_t b)
{
    const double va = self->violation[a], vb = self->violation[b];
    if (va > 0 || vb > 0) {
        return va < vb;
    }
    const double *x = objectives_of(self, a), *y = objectives_of(self, b);
    bool better = false, worse = false;
    for (size_t k = 0; k < self->objectives; k++) {
        better = better || x[k] < y[k];
        worse = worse || x[k] > y[k];
    }
    return better && !worse;
}

/* Ranks of the places in the pool, from 0; the number of ranks. */
static size_t find_ranks(searching *self, size_t count)
{
    size_t ranks = 0, left = count;
    for (size_t i = 0; i < count; i++) {
        self->rank[i] = SIZE_MAX;
    }
    for (; left > 0; ranks++) {
        size_t found = 0;
        for (size_t i = 0; i < count; i++) {
            bool free_of_others = self->rank[i] == SIZE_MAX;
            for (size_t j = 0; j < count && free_of_others; j++) {
                const bool beside = self->rank[j] == SIZE_MAX || self->rank[j] == ranks;
                free_of_others = !beside || !dominates(self->all, self->pool[j], self->pool[i]);
            }
            if (free_of_others) {
                self->rank[i] = ranks;
                found++;
            }
        }
        left -= found;
    }
    return ranks;
}

/* ---- how alone a point is among those of its rank ---- */

static void crowd_along(searching *self, size_t objective, bg_placed *sorted, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        sorted[i].value = objectives_of(self->all, self->pool[sorted[i].place])[objective];
    }
    bg_placed_sort(sorted, n);
    const double span = sorted[n - 1].value - sorted[0].value;
    self->crowding[sorted[0].place] = self->crowding[sorted[n - 1].place] = INFINITY;
    for (size_t i = 1; i + 1 < n && span > 0; i++) {
        self->crowding[sorted[i].place] += (sorted[i + 1].value - sorted[i - 1].value) / span;
    }
}

static bg_status find_crowding(searching *self, size_t count, size_t ranks)
{
    bg_placed *sorted = malloc((count + 1) * sizeof *sorted);
    if (!sorted) {
        return BG_MEMORY;
    }
    for (size_t rank = 0; rank < ranks; rank++) {
        size_t n = 0;
        for (size_t i = 0; i < count; i++) {
            if (self->rank[i] == rank) {
                self->crowding[i] = 0;
                sorted[n++].place = i;
            }
        }
        for (size_t k = 0; k < self->all->objectives && n > 0; k++) {
            crowd_along(self, k, sorted, n);
        }
    }
    free(sorted);
    return BG_OK;
}

/* By rank, then the more alone the better, then the earlier. */
static bool is_fitter(const searching *self, size_t a, size_t b)
{
    if (self->rank[a] != self->rank[b]) {
        return self->rank[a] < self->rank[b];
    }
    if (self->crowding[a] != self->crowding[b]) {
        return self->crowding[a] > self->crowding[b];
    }
    return a < b;
}

/* The fittest of the pool become parents, in order. */
static bg_status select_parents(searching *self, size_t count)
{
    const size_t ranks = find_ranks(self, count);
    const bg_status status = find_crowding(self, count, ranks);
    for (size_t i = 0; i < count; i++) {
        size_t at = i;
        for (; at > 0 && is_fitter(self, i, self->order[at - 1]); at--) {
            self->order[at] = self->order[at - 1];
        }
        self->order[at] = i;
    }
    for (size_t i = 0; i < self->problem->population; i++) {
        self->parent[i] = self->pool[self->order[i]];
    }
    return status;
}

/* ---- children ---- */

static double uniform(searching *self)
{
    return bg_rng_uniform(&self->random);
}

static double power(double x, double exponent)
{
    return x > 0 ? bg_exp(exponent * bg_log_positive(x)) : 0;
}

/* Parents stand from the fittest on, so that of two the first one wins. */
static size_t win_tournament(searching *self)
{
    const size_t n = self->problem->population;
    const size_t a = (size_t)(uniform(self) * (double)n), b = (size_t)(uniform(self) * (double)n);
    return self->parent[a < b ? a : b];
}

static double into_unit(double x)
{
    return x < 0 ? 0 : x > 1 ? 1 : x;
}

/* Simulated binary crossover within the bounds of the cube. */
static void cross(searching *self, double x, double y, double *child, double *sibling)
{
    const double low = x < y ? x : y, high = x < y ? y : x;
    const double u = uniform(self);
    double spread[2];
    for (int side = 0; side < 2; side++) {
        const double room = side == 0 ? low : 1 - high;
        const double beta = 1 + 2 * room / (high - low);
        const double alpha = 2 - power(beta, -(CROSSING_INDEX + 1));
        spread[side] = u <= 1 / alpha ? power(u * alpha, 1.0 / (CROSSING_INDEX + 1))
                                      : power(1 / (2 - u * alpha), 1.0 / (CROSSING_INDEX + 1));
    }
    const double first = into_unit((low + high - spread[0] * (high - low)) / 2);
    const double second = into_unit((low + high + spread[1] * (high - low)) / 2);
    const bool swapped = uniform(self) < 0.5;
    *child = swapped ? second : first;
    *sibling = swapped ? first : second;
}

/* Polynomial mutation. */
static double mutate(searching *self, double x)
{
    if (uniform(self) * (double)self->problem->variables >= 1) {
        return x;
    }
    const double u = uniform(self);
    const double room = u < 0.5 ? 1 - x : x;
    const double far = power(room, MUTATION_INDEX + 1);
    const double root = 1.0 / (MUTATION_INDEX + 1);
    return into_unit(u < 0.5 ? x + power(2 * u + (1 - 2 * u) * far, root) - 1
                             : x + 1 - power(2 * (1 - u) + 2 * (u - 0.5) * far, root));
}

/* Two children behind the points that are there. */
static void breed(searching *self, size_t child)
{
    const size_t d = self->problem->variables;
    const double *mother = self->all->u + win_tournament(self) * d;
    const double *father = self->all->u + win_tournament(self) * d;
    double *a = self->all->u + child * d, *b = a + d;
    const bool crossed = uniform(self) < CROSSED;
    for (size_t k = 0; k < d; k++) {
        a[k] = mother[k];
        b[k] = father[k];
        if (crossed && uniform(self) < 0.5 && fabs(a[k] - b[k]) > KEPT_APART) {
            cross(self, mother[k], father[k], &a[k], &b[k]);
        }
        a[k] = mutate(self, a[k]);
        b[k] = mutate(self, b[k]);
    }
}

/* ---- generations ---- */

static void start_stream(searching *self, size_t generation)
{
    bg_stream_select(&self->stream, self->problem->seed, (uint32_t)generation,
                     bg_stream_key("search"));
}

/* One point in each slice of each variable, as a Latin hypercube. */
static void scatter(searching *self)
{
    const size_t n = self->problem->population, d = self->problem->variables;
    double *u = self->all->u;
    for (size_t k = 0; k < d; k++) {
        for (size_t i = 0; i < n; i++) {
            u[i * d + k] = ((double)i + uniform(self)) / (double)n;
        }
        for (size_t i = n - 1; i > 0; i--) {
            const size_t j = (size_t)(uniform(self) * (double)(i + 1));
            const double kept = u[i * d + k];
            u[i * d + k] = u[j * d + k];
            u[j * d + k] = kept;
        }
    }
}

static bg_status evaluate(searching *self)
{
    const bg_front_problem *problem = self->problem;
    const size_t first = self->all->count;
    const bg_status status = problem->evaluate(
        problem->context, first, problem->population, self->all->u + first * problem->variables,
        self->all->objective + first * problem->objectives, self->all->violation + first);
    self->all->count += status == BG_OK ? problem->population : 0;
    return status;
}

static bg_status first_generation(searching *self)
{
    start_stream(self, 0);
    scatter(self);
    bg_status status = evaluate(self);
    for (size_t i = 0; i < self->problem->population; i++) {
        self->pool[i] = i;
    }
    return status ? status : select_parents(self, self->problem->population);
}

static bg_status next_generation(searching *self, size_t generation)
{
    const size_t n = self->problem->population, first = self->all->count;
    start_stream(self, generation);
    for (size_t i = 0; i < n; i += 2) {
        breed(self, first + i);
    }
    const bg_status status = evaluate(self);
    for (size_t i = 0; i < n; i++) {
        self->pool[i] = self->parent[i];
        self->pool[n + i] = first + i;
    }
    return status ? status : select_parents(self, 2 * n);
}

static bg_status make_room(searching *self)
{
    const bg_front_problem *problem = self->problem;
    const size_t n = problem->population, all = n * (problem->generations + 1);
    self->all->u = calloc(all * problem->variables, sizeof(double));
    self->all->objective = calloc(all * problem->objectives, sizeof(double));
    self->all->violation = calloc(all, sizeof(double));
    self->random = bg_stream_rng(&self->stream);
    self->parent = calloc(n, sizeof(size_t));
    self->pool = calloc(2 * n, sizeof(size_t));
    self->rank = calloc(2 * n, sizeof(size_t));
    self->crowding = calloc(2 * n, sizeof(double));
    self->order = calloc(2 * n, sizeof(size_t));
    return self->all->u && self->all->objective && self->all->violation && self->parent &&
                   self->pool && self->rank && self->crowding && self->order
               ? BG_OK
               : BG_MEMORY;
}

bg_status bg_front_search(const bg_front_problem *problem, bg_front *self)
{
    *self = (bg_front){.variables = problem->variables, .objectives = problem->objectives};
    searching work = {.problem = problem, .all = self};
    bg_status status = make_room(&work);
    status = status ? status : first_generation(&work);
    for (size_t g = 1; g <= problem->generations && status == BG_OK; g++) {
        status = next_generation(&work, g);
    }
    free(work.parent);
    free(work.pool);
    free(work.rank);
    free(work.crowding);
    free(work.order);
    return status;
}

void bg_front_free(bg_front *self)
{
    free(self->u);
    free(self->objective);
    free(self->violation);
    *self = (bg_front){0};
}

/* ---- what was found ---- */

static bool equals(const bg_front *self, size_t a, size_t b)
{
    return memcmp(objectives_of(self, a), objectives_of(self, b),
                  self->objectives * sizeof(double)) == 0;
}

static bool is_best(const bg_front *self, size_t point)
{
    bool best = self->violation[point] <= 0;
    for (size_t i = 0; i < self->count && best; i++) {
        best = !dominates(self, i, point) && (i >= point || !equals(self, i, point));
    }
    return best;
}

size_t bg_front_best(const bg_front *self, size_t *index)
{
    size_t count = 0;
    for (size_t point = 0; point < self->count; point++) {
        if (!is_best(self, point)) {
            continue;
        }
        size_t at = count++;
        for (; at > 0 && *objectives_of(self, point) < *objectives_of(self, index[at - 1]); at--) {
            index[at] = index[at - 1];
        }
        index[at] = point;
    }
    return count;
}
