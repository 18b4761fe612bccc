#include <baogan/solve.h>

#include "base/array.h"
#include "statistics/uncertainty.h"

#include <math.h>
#include <stdlib.h>

typedef struct seeker {
    const bg_solve_problem *problem;
    bg_solution *solution;
    size_t capacity;
} seeker;

/* ---- points ---- */

static size_t place_of(const bg_solution *self, double x)
{
    size_t at = 0;
    while (at < self->point_count && self->point[at].x < x) {
        at++;
    }
    return at;
}

static bg_status make_room(seeker *self)
{
    bg_solution *solution = self->solution;
    bg_solve_point *points =
        bg_array_room(solution->point, &self->capacity, solution->point_count + 1, sizeof *points);
    solution->point = points ? points : solution->point;
    return points ? BG_OK : BG_MEMORY;
}

/* The point at x, which is evaluated unless that was done before. */
static bg_status look(seeker *self, double x, bg_solve_point *point)
{
    bg_solution *solution = self->solution;
    const size_t at = place_of(solution, x);
    if (at < solution->point_count && solution->point[at].x == x) {
        *point = solution->point[at];
        return BG_OK;
    }
    *point = (bg_solve_point){.x = x};
    bg_status status =
        self->problem->function(self->problem->context, x, &point->value, &point->se);
    status = status ? status : make_room(self);
    if (status) {
        return status;
    }
    for (size_t i = solution->point_count++; i > at; i--) {
        solution->point[i] = solution->point[i - 1];
    }
    solution->point[at] = *point;
    return BG_OK;
}

/* ---- crossings ---- */

/* How far a point lies above the target, were its figure higher by `errors` standard errors. */
static double above(const seeker *self, const bg_solve_point *point, double errors)
{
    const double se = isfinite(point->se) ? point->se : 0;
    return point->value + errors * se - self->problem->target;
}

/* Narrows a bracket in which above() changes sign to the tolerance. False position with the weight of an
 * end that stays halved (Illinois), every third step a bisection, lest a step of the figure hold it up. */
static bg_status narrow(seeker *self, double errors, bg_solve_point *left, bg_solve_point *right)
{
    double weight_left = above(self, left, errors), weight_right = above(self, right, errors);
    const bool rises = weight_right > 0;
    for (unsigned step = 1; right->x - left->x > 2 * self->problem->tolerance; step++) {
        double x = (left->x + right->x) / 2;
        if (step % 3) {
            const double share = weight_left / (weight_left - weight_right);
            const double edge = self->problem->tolerance / (right->x - left->x);
            x = left->x + (right->x - left->x) * fmin(fmax(share, edge), 1 - edge);
        }
        bg_solve_point middle;
        const bg_status status = look(self, x, &middle);
        if (status) {
            return status;
        }
        const double height = above(self, &middle, errors);
        if ((height > 0) == rises) {
            *right = middle;
            weight_right = height;
            weight_left /= 2;
        } else {
            *left = middle;
            weight_left = height;
            weight_right /= 2;
        }
    }
    return BG_OK;
}

/* The next point beyond x at which crossings were looked for; there is one. */
static double next_looked(const bg_solution *self, double x, bool to_left)
{
    size_t at = 0;
    while (at + 1 < self->looked_count && self->looked[at] <= x) {
        at++;
    }
    if (to_left) {
        at--;
        while (at > 0 && self->looked[at] >= x) {
            at--;
        }
    }
    return self->looked[at];
}

/* Where the figure, off by `errors`, crosses: near the crossing at `x`, in the direction in which that
 * lies. False in *found where it does not within the range. */
static bg_status shifted_crossing(seeker *self, double errors, double x, bool rising,
                                  double *crossing, bool *found)
{
    bg_solve_point at, next;
    bg_status status = look(self, x, &at);
    if (status) {
        return status;
    }
    /* Higher figures cross a rising one earlier. */
    const bool high = above(self, &at, errors) > 0;
    const bool to_left = high == rising;
    const double end = to_left ? self->problem->from : self->problem->to;
    *found = false;
    while (at.x != end && !status) {
        status = look(self, next_looked(self->solution, at.x, to_left), &next);
        if (!status && (above(self, &next, errors) > 0) != high) {
            bg_solve_point *left = to_left ? &next : &at, *right = to_left ? &at : &next;
            status = narrow(self, errors, left, right);
            *crossing = (left->x + right->x) / 2;
            *found = !status;
            return status;
        }
        at = next;
    }
    return status;
}

static bg_status find_interval(seeker *self, bg_crossing *crossing)
{
    double end[2] = {crossing->x, crossing->x};
    bool found[2] = {true, true};
    bg_status status = BG_OK;
    for (int side = 0; side < 2 && !status; side++) {
        const double errors = side ? BG_NORMAL_975 : -BG_NORMAL_975;
        status =
            shifted_crossing(self, errors, crossing->x, crossing->rising, &end[side], &found[side]);
    }
    /* A rising figure that is too high crosses to the left. */
    const int left = crossing->rising ? 1 : 0;
    crossing->open_low = !found[left];
    crossing->open_high = !found[!left];
    crossing->low = found[left] ? fmin(end[left], crossing->x) : self->problem->from;
    crossing->high = found[!left] ? fmax(end[!left], crossing->x) : self->problem->to;
    return status;
}

static bg_status find_crossing(seeker *self, bg_solve_point left, bg_solve_point right)
{
    bg_crossing *crossing = &self->solution->crossing[self->solution->count++];
    crossing->rising = above(self, &right, 0) > 0;
    bg_status status = narrow(self, 0, &left, &right);
    crossing->left = left.x;
    crossing->right = right.x;
    crossing->x = (left.x + right.x) / 2;
    return status ? status : find_interval(self, crossing);
}

/* ---- where crossings are looked for ---- */

/* Keeps the list rising, and each point once. */
static void add_looked(bg_solution *self, double x)
{
    size_t at = self->looked_count;
    while (at > 0 && self->looked[at - 1] > x) {
        at--;
    }
    if (at > 0 && self->looked[at - 1] >= x) {
        return;
    }
    for (size_t i = self->looked_count++; i > at; i--) {
        self->looked[i] = self->looked[i - 1];
    }
    self->looked[at] = x;
}

static void choose_points(const bg_solve_problem *problem, bg_solution *solution)
{
    const double width = problem->to - problem->from;
    for (size_t i = 0; i + 1 < BG_SOLVE_GRID; i++) {
        add_looked(solution, problem->from + width * ((double)i / (BG_SOLVE_GRID - 1)));
    }
    add_looked(solution, problem->to);
    for (size_t i = 0; i < problem->also_count && i < BG_SOLVE_ALSO; i++) {
        if (problem->also[i] > problem->from && problem->also[i] < problem->to) {
            add_looked(solution, problem->also[i]);
        }
    }
}

bg_status bg_solve(const bg_solve_problem *problem, bg_solution *solution)
{
    *solution = (bg_solution){0};
    seeker self = {.problem = problem, .solution = solution};
    bg_solve_point grid[BG_SOLVE_LOOKED];
    bg_status status = BG_OK;
    choose_points(problem, solution);
    for (size_t i = 0; i < solution->looked_count && !status; i++) {
        status = look(&self, solution->looked[i], &grid[i]);
    }
    for (size_t i = 1; i < solution->looked_count && !status; i++) {
        if ((above(&self, &grid[i - 1], 0) > 0) != (above(&self, &grid[i], 0) > 0)) {
            status = find_crossing(&self, grid[i - 1], grid[i]);
        }
    }
    if (status) {
        bg_solution_free(solution);
    }
    return status;
}

void bg_solution_free(bg_solution *self)
{
    free(self->point);
    *self = (bg_solution){0};
}
