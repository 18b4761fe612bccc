#include "study/goal.h"

#include "base/array.h"
#include "projection/budgets.h"
#include "projection/kept.h"
#include "study/messages.h"
#include "study/project.h"
#include "study/score.h"
#include "study/threshold.h"

#include <math.h>
#include <stdlib.h>

#define EXPECTED_POINTS 30 /* of one seek */

/* Results are given to about this many steps of the range, and sought eight times as finely. */
#define STEPS    20000
#define FINENESS 8

typedef struct seeking {
    bg_goal *goal;
    bg_errors *errors;
    bool looked;                          /* at any point: */
    double best_at, best_above, measured; /* where the figure lies best to its bound */
} seeking;

/* ---- one point ---- */

/* What was read at values of the keys, of each unit of which it is asked. */
typedef struct bg_goal_point {
    int64_t at, held_at;
    bg_reading reading[BG_FIGURE_UNITS];
} bg_goal_point;

static size_t unit_count(const bg_goal *self)
{
    return self->units ? self->unit_count : 1;
}

static bg_target target_of(const bg_goal *self, size_t unit)
{
    bg_target target = self->target;
    target.figure.unit = self->units ? self->units[unit] : target.figure.unit;
    return target;
}

/* Fits bg_want. */
static void want(const void *target, const bg_model *model, bool *outcomes)
{
    (void)model;
    bg_target_want(target, outcomes);
}

/* Fits bg_goal_ask. */
static bg_status read_targets(const bg_goal *self, const bg_model *model, void *result,
                              bg_errors *errors)
{
    bg_figure figures[BG_FIGURE_UNITS];
    bg_goal_point *point = result;
    for (size_t i = 0; i < unit_count(self); i++) {
        figures[i] = target_of(self, i).figure;
    }
    bg_projection_options how = {.threads = self->threads,
                                 .stop = self->stop,
                                 .kept = self->kept,
                                 .figures = figures,
                                 .figure_count = unit_count(self)};
    bg_project_narrow(&how, model);
    bg_projection *projection = NULL;
    bg_status status = bg_project_wanted(model, want, &self->target, &how, &projection, errors);
    for (size_t i = 0; i < unit_count(self) && !status; i++) {
        const bg_target target = target_of(self, i);
        status = bg_target_read(&target, projection, &point->reading[i]);
    }
    bg_projection_free(projection);
    return status;
}

/* What is asked of the model at a point; `result` is the asker's. */
typedef bg_status bg_goal_ask(const bg_goal *self, const bg_model *model, void *result,
                              bg_errors *errors);

static bg_setting setting_at(const bg_axis *axis, double x)
{
    return bg_setting_of(axis, bg_axis_nearest(axis, x));
}

/* Asks where the keys have these values. Warnings were given for the scenario itself. */
static bg_status read_point(bg_goal *self, double x, bg_goal_ask *ask, void *result,
                            bg_errors *errors)
{
    bg_setting settings[2] = {setting_at(self->axis, x)};
    if (self->held) {
        settings[1] = setting_at(self->held, self->held_at);
    }
    bg_errors found;
    bg_errors_init(&found);
    bg_model model;
    bg_status status =
        bg_variant_read(&self->variant, self->source, settings, self->held ? 2 : 1, &model, &found);
    if (!self->kept) {
        self->kept = bg_kept_new(BG_KEPT_BYTES, SIZE_MAX);
    }
    status = status ? status : ask(self, &model, result, &found);
    bg_model_free(&model);
    if (status) {
        bg_errors_move(errors, &found);
    }
    bg_errors_free(&found);
    return status;
}

static bg_status add_point(bg_goal *self, double x, bg_goal_point point, bg_errors *errors)
{
    bg_status status = read_point(self, x, read_targets, &point, errors);
    bg_goal_point *all =
        bg_array_room(self->point, &self->point_room, self->points + 1, sizeof *self->point);
    if (!all) {
        return status ? status : bg_no_memory(errors);
    }
    self->point = all;
    if (!status) {
        all[self->points++] = point;
    }
    return status;
}

/* The target where the key has the value; run where no unit has asked for it before. */
static bg_status read_target(bg_goal *self, double x, bg_reading *reading, bg_errors *errors)
{
    const bg_goal_point wanted = {.at = bg_axis_nearest(self->axis, x),
                                  .held_at =
                                      self->held ? bg_axis_nearest(self->held, self->held_at) : 0};
    size_t place = 0, unit = 0;
    while (place < self->points &&
           (self->point[place].at != wanted.at || self->point[place].held_at != wanted.held_at)) {
        place++;
    }
    const bg_status status = place < self->points ? BG_OK : add_point(self, x, wanted, errors);
    while (self->units && self->units[unit] != self->target.figure.unit) {
        unit++;
    }
    if (!status) {
        *reading = self->point[place].reading[unit];
    }
    return status;
}

static void note_best(seeking *self, double x, const bg_reading *reading)
{
    const double above = reading->measured - reading->bound;
    const bool better =
        self->goal->target.at_least ? above > self->best_above : above < self->best_above;
    if (!self->looked || better) {
        self->best_at = x;
        self->best_above = above;
        self->measured = reading->measured;
        self->looked = true;
    }
}

/* How far the figure lies above its bound at x; fits bg_solve_function. */
static bg_status look(void *context, double x, double *value, double *se)
{
    seeking *self = context;
    bg_goal *goal = self->goal;
    bg_reading reading = {0};
    const bg_status status = read_target(goal, x, &reading, self->errors);
    *value = reading.measured - reading.bound;
    *se = reading.estimate.se;
    note_best(self, x, &reading);
    goal->looked++;
    if (goal->progress) {
        const double expected = (double)(EXPECTED_POINTS * (goal->seeks ? goal->seeks : 1));
        goal->progress(goal->context, fmin(0.99, (double)goal->looked / expected));
    }
    if (!status && isnan(*value)) {
        return bg_errors_say(self->errors, BG_RANGE, BG_NOWHERE, goal->where,
                             BG_SAY(figure_needs_replications));
    }
    return status;
}

/* ---- round values ---- */

/* The coarsest power of ten that is a step. */
static double resolution(const bg_goal *self)
{
    const bg_spread *range = &self->axis->spread;
    return pow(10, ceil(log10((range->high - range->low) / STEPS)));
}

double bg_goal_rounded(const bg_goal *self, double x)
{
    return round(x / resolution(self)) * resolution(self);
}

/* Whether the target is met where the figure lies so far above its bound. */
static bool met(const bg_goal *self, double above)
{
    return self->target.at_least ? above >= 0 : above <= 0;
}

/* The round value nearest to the crossing at which the target is met: beyond it, or just at it. */
static bg_status find_holding(seeking *self, const bg_crossing *crossing, bool upward,
                              double *holding)
{
    const bg_spread *range = &self->goal->axis->spread;
    const double step = upward ? resolution(self->goal) : -resolution(self->goal);
    const double end = upward ? crossing->right : crossing->left;
    const double beyond = ceil(end / step) * step;
    *holding = upward ? fmin(beyond, range->high) : fmax(beyond, range->low);
    const double before = beyond - step;
    if (before < range->low || before > range->high) {
        return BG_OK;
    }
    double above, se;
    const bg_status status = look(self, before, &above, &se);
    if (!status && met(self->goal, above)) {
        *holding = before;
    }
    return status;
}

/* ---- what a value means in money ---- */

typedef struct money {
    bg_goal_total *list; /* [BG_MAX_SCHEMES] */
    size_t count;
} money;

/* Fits bg_want. */
static void want_totals(const void *nothing, const bg_model *model, bool *outcomes)
{
    (void)nothing;
    (void)model;
    outcomes[BG_OUTCOME_budget] = true;
}

/* What the fund paid in the last past year. */
static double last_paid(const bg_history *history, size_t scheme)
{
    const bg_scheme *of = &history->scheme[scheme];
    const size_t last = history->year_count - 1;
    return (double)(of->completed_fen[last] < 0 ? of->paid_fen[last] : of->completed_fen[last]);
}

static bg_goal_total total_of(const bg_model *model, const bg_projection *projection, size_t scheme,
                              size_t year)
{
    const size_t budget = BG_OUTCOME_budget;
    return (bg_goal_total){
        .scheme = scheme,
        .year = model->contract.first_year + (int)year,
        .total = bg_projection_statistics(projection, scheme, year, budget)->mean,
        .before = year ? bg_projection_statistics(projection, scheme, year - 1, budget)->mean
                       : last_paid(&model->contract.history, scheme),
        .before_is_paid = year == 0};
}

/* Fits bg_goal_ask. */
static bg_status read_totals(const bg_goal *self, const bg_model *model, void *result,
                             bg_errors *errors)
{
    money *to = result;
    const bg_projection_options how = {
        .threads = self->threads, .stop = self->stop, .kept = self->kept, .no_cash_event = true};
    const bg_figure *figure = &self->target.figure;
    const size_t schemes = model->contract.history.scheme_count;
    const size_t year = figure->year < model->contract.years ? figure->year : 0;
    bg_projection *projection = NULL;
    const bg_status status = bg_project_wanted(model, want_totals, NULL, &how, &projection, errors);
    for (size_t scheme = 0; scheme < schemes && !status; scheme++) {
        if (figure->unit == scheme || figure->unit >= schemes) {
            to->list[to->count++] = total_of(model, projection, scheme, year);
        }
    }
    bg_projection_free(projection);
    return status;
}

bg_status bg_goal_totals(bg_goal *self, double x, bg_goal_total totals[BG_MAX_SCHEMES],
                         size_t *count, bg_errors *errors)
{
    money found = {.list = totals};
    const bg_status status = read_point(self, x, read_totals, &found, errors);
    *count = found.count;
    return status;
}

/* ---- the whole ---- */

static bg_status describe(seeking *self, const bg_crossing *from, bg_goal_crossing *to)
{
    *to = (bg_goal_crossing){.upward = from->rising == self->goal->target.at_least,
                             .low = from->low,
                             .high = from->high,
                             .open_low = from->open_low,
                             .open_high = from->open_high};
    return find_holding(self, from, to->upward, &to->holds_at);
}

static bool is_unmoved(const bg_solution *solution)
{
    bool same = true;
    for (size_t i = 1; i < solution->point_count; i++) {
        const double value = solution->point[i].value, first = solution->point[0].value;
        same = same && value >= first && value <= first;
    }
    return same;
}

/* ---- bounds of the score ---- */

/* Which bounds of the settlement the scores of all years reach. Fits bg_goal_ask. */
static bg_status read_tiers(const bg_goal *self, const bg_model *model, void *result,
                            bg_errors *errors)
{
    (void)self;
    (void)errors;
    uint64_t *state = result;
    const bg_score_bounds bounds = bg_score_bounds_of(model->contract.scenario);
    *state = 0;
    for (size_t y = 0; y < model->contract.years; y++) {
        size_t reached = 0;
        for (size_t b = 0; b < bounds.count; b++) {
            reached += model->contract.score[y] >= bounds.bound[b];
        }
        *state = *state * (BG_MAX_SCORE_BOUNDS + 1) + reached;
    }
    return BG_OK;
}

/* Fits bg_threshold_state. */
static bg_status tiers_at(void *context, double x, uint64_t *state)
{
    seeking *self = context;
    return read_point(self->goal, x, read_tiers, state, self->errors);
}

/* Both sides of each value at which a score that is not simulated reaches a bound; the upper side a round one,
 * where that lies between. */
static bg_status find_jumps(seeking *self, double *points, size_t *count)
{
    const bg_goal *goal = self->goal;
    const double step = resolution(goal);
    bg_threshold found[BG_SOLVE_ALSO / 2];
    const bg_threshold_search search = {.state = tiers_at,
                                        .context = self,
                                        .from = goal->axis->spread.low,
                                        .to = goal->axis->spread.high,
                                        .points = BG_SOLVE_GRID,
                                        .tolerance = step / FINENESS};
    const bg_status status =
        bg_thresholds_find(&search, found, sizeof found / sizeof *found, count);
    for (size_t i = 0; i < *count; i++) {
        const double round_value = floor(found[i].right / step) * step;
        points[2 * i] = found[i].left;
        points[2 * i + 1] = round_value > found[i].left ? round_value : found[i].right;
    }
    *count *= 2;
    return status;
}

/* ---- where the key no longer matters ---- */

static double value_at(const bg_solution *self, double x)
{
    size_t i = 0;
    while (self->point[i].x < x) {
        i++;
    }
    return self->point[i].value;
}

static bool same(double a, double b)
{
    return a <= b && a >= b;
}

/* From where on to the end at looked[end] the figure is the same; NaN: it changes up to there. `inward` is 1 from
 * the lower end, -1 from the upper one. */
static bg_status find_still(seeking *self, const bg_solution *solution, int inward, double *from)
{
    const size_t last = solution->looked_count - 1;
    const double value = value_at(solution, solution->looked[inward > 0 ? 0 : last]);
    const double tolerance = resolution(self->goal) / FINENESS;
    size_t steps = 0; /* that are the same */
    while (steps < last &&
           same(value_at(solution, solution->looked[inward > 0 ? steps + 1 : last - steps - 1]),
                value)) {
        steps++;
    }
    *from = NAN;
    if (steps == 0 || steps == last) {
        return BG_OK;
    }
    double still = solution->looked[inward > 0 ? steps : last - steps];
    double moves = solution->looked[inward > 0 ? steps + 1 : last - steps - 1];
    bg_status status = BG_OK;
    while (fabs(still - moves) > tolerance && !status) {
        const double middle = (still + moves) / 2;
        double found = NAN, se;
        status = look(self, middle, &found, &se);
        *(same(found, value) ? &still : &moves) = middle;
    }
    *from = still;
    return status;
}

static bg_status explain_never(seeking *self, bg_goal_answer *answer)
{
    answer->still_up_from = answer->still_down_from = NAN;
    if (answer->count > 0 || answer->everywhere || answer->unmoved) {
        return BG_OK;
    }
    const bg_status status = find_still(self, &answer->solution, -1, &answer->still_up_from);
    return status ? status : find_still(self, &answer->solution, 1, &answer->still_down_from);
}

/* At the edge of the stretch where it is still, the limit does not cut yet. */
static double limited_at(const bg_goal *self, const bg_goal_answer *answer)
{
    const bg_spread *range = &self->axis->spread;
    const double tolerance = resolution(self) / FINENESS;
    return answer->best_at >= answer->still_up_from - tolerance     ? range->high
           : answer->best_at <= answer->still_down_from + tolerance ? range->low
                                                                    : answer->best_at;
}

static bg_status describe_all(seeking *self, bg_goal_answer *answer)
{
    const bg_solution *solution = &answer->solution;
    bg_status status = BG_OK;
    for (size_t i = 0; i < solution->count && !status; i++) {
        status = describe(self, &solution->crossing[i], &answer->crossing[answer->count++]);
    }
    answer->everywhere = answer->count == 0 && met(self->goal, solution->point[0].value);
    answer->unmoved = is_unmoved(solution);
    status = status ? status : explain_never(self, answer);
    answer->best_at = self->best_at;
    answer->best_measured = self->measured;
    answer->limited_at = limited_at(self->goal, answer);
    return status;
}

bg_status bg_goal_seek(bg_goal *self, bg_goal_answer *answer, bg_errors *errors)
{
    seeking work = {.goal = self, .errors = errors};
    double jumps[BG_SOLVE_ALSO];
    bg_solve_problem problem = {.function = look,
                                .context = &work,
                                .from = self->axis->spread.low,
                                .to = self->axis->spread.high,
                                .target = 0,
                                .tolerance = resolution(self) / FINENESS,
                                .also = jumps};
    *answer = (bg_goal_answer){0};
    bg_status status = find_jumps(&work, jumps, &problem.also_count);
    status = status ? status : bg_solve(&problem, &answer->solution);
    status = status ? status : describe_all(&work, answer);
    if (status) {
        bg_goal_answer_free(answer);
    }
    return status;
}

/* ---- which limits bind ---- */

typedef struct binding {
    bg_goal_limit *list; /* [BG_GOAL_LIMITS] */
    size_t count;
} binding;

/* The first of the years in which the limit binds. */
static void add_limit(const bg_budgets *budgets, size_t scheme, size_t years,
                      bg_goal_limit_kind kind, binding *to)
{
    for (size_t y = 0; y < years; y++) {
        const bg_budget_year *year = bg_budgets_year(budgets, scheme, y);
        const bool binds =
            kind == BG_GOAL_LIMIT_GROWTH_CAP ? year->cut > 0 : year->total < year->unlimited;
        if (binds) {
            to->list[to->count++] = (bg_goal_limit){kind, scheme, year->year};
            return;
        }
    }
}

/* Fits bg_goal_ask. */
static bg_status read_limits(const bg_goal *self, const bg_model *model, void *result,
                             bg_errors *errors)
{
    const bg_figure *figure = &self->target.figure;
    const size_t schemes = model->contract.history.scheme_count, years = model->contract.years;
    const size_t end = figure->year < years ? figure->year + 1 : years;
    bg_budgets budgets;
    const bg_status status = bg_model_budgets(model, &budgets, errors);
    for (size_t scheme = 0; scheme < schemes && !status; scheme++) {
        if (figure->unit == scheme || figure->unit >= schemes) {
            add_limit(&budgets, scheme, end, BG_GOAL_LIMIT_GROWTH_CAP, result);
            add_limit(&budgets, scheme, end, BG_GOAL_LIMIT_INCOME, result);
        }
    }
    bg_budgets_free(&budgets);
    return status;
}

bg_status bg_goal_limits(bg_goal *self, double x, bg_goal_limit limits[BG_GOAL_LIMITS],
                         size_t *count, bg_errors *errors)
{
    binding found = {.list = limits};
    const bg_status status = read_point(self, x, read_limits, &found, errors);
    *count = found.count;
    return status;
}

void bg_goal_answer_free(bg_goal_answer *self)
{
    bg_solution_free(&self->solution);
    *self = (bg_goal_answer){0};
}

void bg_goal_free(bg_goal *self)
{
    bg_variant_free(&self->variant);
    bg_kept_free(self->kept);
    free(self->point);
    self->point = NULL;
    self->points = self->point_room = 0;
    self->kept = NULL;
}
