#include "study/check.h"

#include "base/special.h"
#include "study/project.h"

#include <math.h>

enum { FEWEST = 30 };

/* Makes the random numbers of the check others than those of the run: the golden ratio in 64 bits. */
#define OTHER_SEED UINT64_C(0x9e3779b97f4a7c15)

const char *bg_check_kind_name(bg_check_kind kind)
{
    static const char *const names[] = {"mean(expense)", "p_over_budget", "p_overspend"};
    return names[kind];
}

/* ---- comparing ---- */

/* False where neither varies. */
static bool compare_means(const bg_statistics *a, const bg_statistics *b, bg_checked *figure)
{
    const double se = sqrt(a->mean_se * a->mean_se + b->mean_se * b->mean_se);
    figure->value = a->mean;
    figure->reference = b->mean;
    figure->errors = fabs(a->mean - b->mean) / se;
    return se > 0;
}

/* False where it hardly ever happens, or hardly ever does not, by both. */
static bool compare_chances(bg_probability a, bg_probability b, bg_checked *figure)
{
    const double n = (double)(a.n < b.n ? a.n : b.n);
    const double most = fmax(a.estimate, b.estimate), least = fmin(a.estimate, b.estimate);
    const double p = (double)(a.hits + b.hits) / (double)(a.n + b.n);
    const double apart = 1 / (double)a.n + 1 / (double)b.n;
    figure->value = a.estimate;
    figure->reference = b.estimate;
    figure->errors = fmax(most - least - apart / 2, 0) / sqrt(p * (1 - p) * apart);
    return n * most >= FEWEST && n * (1 - least) >= FEWEST;
}

static bool compare(const bg_projection *a, const bg_projection *b, bg_checked *figure)
{
    const size_t unit = figure->unit, year = figure->year;
    if (figure->kind == BG_CHECK_MEAN_EXPENSE) {
        return compare_means(bg_projection_statistics(a, unit, year, BG_OUTCOME_expense),
                             bg_projection_statistics(b, unit, year, BG_OUTCOME_expense), figure);
    }
    const bg_event event =
        figure->kind == BG_CHECK_OVER_BUDGET ? BG_EVENT_over_budget : BG_EVENT_overspend;
    return compare_chances(bg_projection_probability(a, unit, year, event),
                           bg_projection_probability(b, unit, year, event), figure);
}

void bg_check_compare(const bg_projection *projection, const bg_projection *reference,
                      bg_check *self)
{
    *self = (bg_check){.futures = bg_projection_replications(reference)};
    for (size_t unit = 0; unit < bg_projection_unit_count(projection); unit++) {
        for (size_t year = 0; year < bg_projection_year_count(projection); year++) {
            for (bg_check_kind kind = 0; kind < BG_CHECK_KIND_COUNT; kind++) {
                bg_checked *figure = &self->figure[self->count];
                *figure = (bg_checked){.kind = kind, .unit = unit, .year = year};
                if (compare(projection, reference, figure)) {
                    self->largest = fmax(self->largest, figure->errors);
                    self->count++;
                }
            }
        }
    }
    self->bound =
        self->count ? -bg_normal_quantile(BG_CHECK_FALSE_ALARM / 2 / (double)self->count) : 0;
    self->agrees = self->largest <= self->bound;
}

/* ---- the reference engine ---- */

/* Fits bg_want. Events are always there. */
static void want(const void *nothing, const bg_model *model, bool *wanted)
{
    (void)nothing;
    (void)model;
    wanted[BG_OUTCOME_expense] = true;
}

static bg_status run_reference(bg_model *model, const bg_projection_options *options,
                               const bg_projection *projection, bg_check *self, bg_errors *errors)
{
    const bg_projection_options how = {.threads = options->threads,
                                       .stop = options->stop,
                                       .most = BG_CHECK_FUTURES,
                                       .respond_as = projection};
    bg_projection *reference = NULL;
    model->horizon.engine = BG_ENGINE_REFERENCE;
    bg_demand_draw_by(model->demand, model->horizon.seed ^ OTHER_SEED);
    const bg_status status = bg_project_wanted(model, want, NULL, &how, &reference, errors);
    if (!status) {
        bg_check_compare(projection, reference, self);
    }
    bg_projection_free(reference);
    return status;
}

bg_status bg_check_run(const bg_scenario *scenario, const bg_projection *projection,
                       const bg_projection_options *options, bg_check *self, bg_errors *errors)
{
    *self = (bg_check){0};
    bg_model model;
    bg_errors known; /* the scenario has been read, and its warnings said */
    bg_errors_init(&known);
    bg_status status = bg_model_read(scenario, &model, &known);
    if (status) {
        bg_errors_move(errors, &known);
    }
    bg_errors_free(&known);
    if (!status && model.horizon.engine == BG_ENGINE_FAST &&
        bg_projection_replications(projection) >= FEWEST) {
        status = run_reference(&model, options, projection, self, errors);
    }
    bg_model_free(&model);
    return status;
}
