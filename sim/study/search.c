#include "study/search.h"

#include "study/front.h"
#include "study/messages.h"

#include <math.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>

/* ---- what the plan asks ---- */

static size_t figure_count(const bg_search *self)
{
    return self->sweep->figures.count;
}

static bool is_objective(const bg_study_figure *figure)
{
    return !figure->is_target && figure->better != 0;
}

static size_t count_objectives(const bg_sweep *sweep)
{
    size_t count = 0;
    for (size_t i = 0; i < sweep->figures.count; i++) {
        count += is_objective(&sweep->figures.item[i]);
    }
    return count;
}

bg_status bg_search_check(const bg_sweep *sweep, bg_errors *errors)
{
    const bg_node *node = sweep->node;
    if (bg_sweep_futures(sweep) > 1) {
        return bg_errors_say(errors, BG_INVALID, node->mark, "sweep.axes",
                             BG_SAY(search_of_futures));
    }
    if (bg_sweep_policies(sweep) < 2) {
        return bg_errors_say(errors, BG_INVALID, node->mark, "sweep.axes",
                             BG_SAY(search_without_choice));
    }
    return count_objectives(sweep) == 0
               ? bg_errors_say(errors, BG_INVALID, node->mark, "sweep.better",
                               BG_SAY(search_without_objective))
               : BG_OK;
}

/* ---- policies as points of a cube: one side for those by name, one for each axis ---- */

static bool has_names(const bg_sweep *sweep)
{
    return sweep->policy_count > 1;
}

static size_t count_variables(const bg_sweep *sweep)
{
    size_t count = has_names(sweep);
    for (size_t i = 0; i < sweep->design.axis_count; i++) {
        count += sweep->design.axis[i].of_policy;
    }
    return count;
}

static uint64_t level_at(double u, uint64_t levels)
{
    const uint64_t level = (uint64_t)(u * (double)levels);
    return level < levels ? level : levels - 1;
}

/* The last axis turns fastest, as in a grid. */
static uint64_t number_at(const bg_sweep *sweep, const double *u)
{
    uint64_t number = has_names(sweep) ? level_at(*u++, sweep->policy_count) : 0;
    for (size_t i = 0; i < sweep->design.axis_count; i++) {
        const bg_axis *axis = &sweep->design.axis[i];
        if (axis->of_policy) {
            number = number * axis->level_count + level_at(*u++, axis->level_count);
        }
    }
    return number;
}

/* ---- what is known ---- */

static const bg_search_point *find(const bg_search *self, uint64_t number)
{
    for (size_t i = 0; i < self->count; i++) {
        if (self->point[i].number == number) {
            return &self->point[i];
        }
    }
    return NULL;
}

/* Room for a further policy, whose figures are to be filled in; NULL when out of memory. */
static bg_search_point *add(bg_search *self, uint64_t number)
{
    if (self->count == self->room) {
        const size_t more = self->room ? 2 * self->room : 64;
        bg_search_point *point = realloc(self->point, more * sizeof *point);
        if (!point) {
            return NULL;
        }
        self->point = point;
        self->room = more;
    }
    bg_search_point *next = &self->point[self->count];
    *next = (bg_search_point){.number = number,
                              .value = calloc(2 * figure_count(self), sizeof *next->value)};
    self->count += next->value != NULL;
    return next->value ? next : NULL;
}

bg_status bg_search_know(bg_search *self, uint64_t number, bool fits, const double *value)
{
    if (find(self, number)) {
        return BG_OK;
    }
    bg_search_point *point = add(self, number);
    if (!point) {
        return BG_MEMORY;
    }
    point->fits = fits;
    memcpy(point->value, value, 2 * figure_count(self) * sizeof *value);
    return BG_OK;
}

/* ---- a generation ---- */

typedef struct generation {
    bg_search *search;
    size_t points; /* of the whole search */
    bg_errors *errors;
} generation;

static bg_status stopped(const bg_search *self)
{
    return self->stop && *self->stop ? BG_INTERRUPTED : BG_OK;
}

static bg_status measure(const bg_search *self, bg_search_point *point, bg_sweep_runner *runner,
                         bg_errors *errors)
{
    const bg_status status = stopped(self);
    return status ? status
                  : bg_sweep_measure(runner, point->number, &point->fits, point->value,
                                     point->value + figure_count(self), errors);
}

/* The points from `first` on, by several threads; of those that fail the first says why. */
static bg_status run_new(const bg_search *self, size_t first, bg_errors *errors)
{
    const long long count = (long long)(self->count - first);
    long long failed = count;
    bg_status status = BG_OK;
    bg_errors reasons;
    bg_errors_init(&reasons);
#pragma omp parallel num_threads(self->threads > 0 ? self->threads : omp_get_max_threads())
    {
        bg_errors found;
        bg_errors_init(&found);
        bg_sweep_runner *runner = NULL;
        const bg_status opened = bg_sweep_runner_new(self->sweep, &runner, &found);
#pragma omp for schedule(dynamic, 1)
        for (long long i = 0; i < count; i++) {
            const bg_status one =
                opened ? opened : measure(self, &self->point[first + (size_t)i], runner, &found);
#pragma omp critical(search_failure)
            if (one && i < failed) {
                failed = i;
                status = one;
                bg_errors_free(&reasons);
                bg_errors_move(&reasons, &found);
            }
        }
        bg_sweep_runner_free(runner);
        bg_errors_free(&found);
    }
    bg_errors_move(errors, &reasons);
    bg_errors_free(&reasons);
    return status;
}

/* How much it breaks: a target that is missed by more counts more, two count more than one. */
static double violation_of(const bg_search *self, const bg_search_point *point)
{
    double sum = point->fits ? 0 : INFINITY;
    for (size_t i = 0; i < figure_count(self) && point->fits; i++) {
        const double missed = point->value[figure_count(self) + i];
        if (self->sweep->figures.item[i].is_target && point->value[i] < 1) {
            sum += 1 + (isfinite(missed) ? missed / (1 + missed) : 1);
        }
    }
    return sum;
}

/* All are to be small. */
static void fill_objectives(const bg_search *self, const bg_search_point *point, double *objective)
{
    for (size_t i = 0; i < figure_count(self); i++) {
        const bg_study_figure *figure = &self->sweep->figures.item[i];
        if (is_objective(figure)) {
            const double value = figure->better == 1 ? point->value[i] : -point->value[i];
            *objective++ = point->fits && !isnan(value) ? value : INFINITY;
        }
    }
}

/* Fits bg_front_evaluate. */
static bg_status evaluate(void *context, size_t first, size_t count, const double *u,
                          double *objective, double *violation)
{
    const generation *self = context;
    bg_search *search = self->search;
    const size_t variables = count_variables(search->sweep), known = search->count;
    const size_t objectives = count_objectives(search->sweep);
    for (size_t i = 0; i < count; i++) {
        const uint64_t number = number_at(search->sweep, u + i * variables);
        if (!find(search, number) && !add(search, number)) {
            return bg_no_memory(self->errors);
        }
    }
    bg_status status = run_new(search, known, self->errors);
    if (status == BG_OK && search->keep && search->count > known) {
        status = search->keep(search->context, search->point + known, search->count - known,
                              self->errors);
    }
    for (size_t i = 0; i < count && status == BG_OK; i++) {
        const bg_search_point *point = find(search, number_at(search->sweep, u + i * variables));
        fill_objectives(search, point, objective + i * objectives);
        violation[i] = violation_of(search, point);
    }
    if (search->progress) {
        search->progress(search->context, (double)(first + count) / (double)self->points);
    }
    return status;
}

/* ---- the whole ---- */

/* The best of the policies, each once. */
static bg_status choose(bg_search *self)
{
    bg_front all = {.objectives = count_objectives(self->sweep), .count = self->count};
    all.objective = calloc(self->count * all.objectives + 1, sizeof *all.objective);
    all.violation = calloc(self->count + 1, sizeof *all.violation);
    self->best = calloc(self->count + 1, sizeof *self->best);
    const bool good = all.objective && all.violation && self->best;
    for (size_t i = 0; i < self->count && good; i++) {
        fill_objectives(self, &self->point[i], all.objective + i * all.objectives);
        all.violation[i] = violation_of(self, &self->point[i]);
    }
    self->best_count = good ? bg_front_best(&all, self->best) : 0;
    bg_front_free(&all);
    return good ? BG_OK : BG_MEMORY;
}

bg_status bg_search_run(bg_search *self, size_t points, bg_errors *errors)
{
    const size_t generations = (points + BG_SEARCH_POPULATION - 1) / BG_SEARCH_POPULATION;
    generation work = {self, generations * BG_SEARCH_POPULATION, errors};
    const bg_front_problem problem = {.variables = count_variables(self->sweep),
                                      .objectives = count_objectives(self->sweep),
                                      .population = BG_SEARCH_POPULATION,
                                      .generations = generations > 0 ? generations - 1 : 0,
                                      .seed = (uint64_t)self->sweep->seed,
                                      .evaluate = evaluate,
                                      .context = &work};
    bg_front found;
    bg_status status = bg_front_search(&problem, &found);
    self->asked = found.count;
    bg_front_free(&found);
    status = status ? status : choose(self);
    return status == BG_MEMORY ? bg_no_memory(errors) : status;
}

void bg_search_free(bg_search *self)
{
    for (size_t i = 0; i < self->count; i++) {
        free(self->point[i].value);
    }
    free(self->point);
    free(self->best);
    *self = (bg_search){0};
}

size_t bg_search_feasible(const bg_search *self)
{
    size_t count = 0;
    for (size_t i = 0; i < self->count; i++) {
        count += violation_of(self, &self->point[i]) <= 0;
    }
    return count;
}
