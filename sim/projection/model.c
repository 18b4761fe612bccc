#include <baogan/performance.h>
#include <baogan/projection.h>
#include <stdlib.h>
#include <string.h>

/* Reads the parts of a model. The first failure is the status; the others still speak up. */
typedef struct reader {
    const bg_scenario *scenario;
    bg_model *model;
    bg_errors *errors;
    bg_status status;
} reader;

static bool kept(reader *self, bg_status status)
{
    if (self->status == BG_OK) {
        self->status = status;
    }
    return status == BG_OK;
}

/* Length of the projection and how it is drawn. False where neither the scenario nor the history says when the budget begins. */
static bool read_span(reader *self, bool has_history)
{
    bg_model *model = self->model;
    const bg_node *simulation = bg_scenario_find(self->scenario, "simulation");
    const bg_node *first = bg_node_child(simulation, "first_year");
    model->years = (size_t)bg_node_integer(simulation, "years");
    model->engine = (bg_engine_kind)bg_node_integer(simulation, "engine");
    if (first) {
        model->first_year = (int)first->value.integer;
    } else if (has_history) {
        model->first_year = model->history.year[model->history.year_count - 1] + 1;
    }
    return first || has_history;
}

/* Up to the first year that fails: an indicator at fault is so in every year. */
static void read_scores(reader *self)
{
    bg_model *model = self->model;
    model->score = calloc(model->years, sizeof *model->score);
    if (!model->score) {
        kept(self, bg_no_memory(self->errors));
        return;
    }
    bool good = true;
    for (size_t y = 0; y < model->years && good; y++) {
        good = kept(self, bg_performance_score(self->scenario, model->first_year + (int)y,
                                               &model->score[y], self->errors));
    }
}

/* The plans of all schemes have the same steps: a mistake in them is reported once. */
static void read_plans(reader *self)
{
    bg_model *model = self->model;
    bool good = true;
    for (size_t s = 0; s < model->history.scheme_count && good; s++) {
        good = kept(self, bg_plan_read(self->scenario, &model->plan[s], self->errors));
    }
}

static bool in_history(const bg_history *history, const char *scheme)
{
    for (size_t s = 0; s < history->scheme_count; s++) {
        if (strcmp(history->scheme[s].name, scheme) == 0) {
            return true;
        }
    }
    return false;
}

static void read_pools(reader *self)
{
    bg_model *model = self->model;
    for (size_t s = 0; s < model->history.scheme_count; s++) {
        kept(self, bg_pool_read(self->scenario, model->history.scheme[s].name, model->first_year,
                                &model->pool[s], self->errors));
    }
    const bg_node *pools = bg_scenario_find(self->scenario, "pool");
    for (const bg_node *pool = pools ? pools->child : NULL; pool; pool = pool->next) {
        const bg_node *income = bg_node_child(pool, "income_per_head");
        if (income && !in_history(&model->history, pool->key)) {
            bg_errors_warn(self->errors, income->mark, income->path,
                           "The history has no expense of the scheme %s, so its pool is not used.",
                           pool->key);
        }
    }
}

bg_status bg_model_read(const bg_scenario *scenario, bg_model *self, bg_errors *errors)
{
    *self = (bg_model){.scenario = scenario};
    reader read = {.scenario = scenario, .model = self, .errors = errors};
    const bool has_history = kept(&read, bg_history_read(scenario, &self->history, errors));
    if (read_span(&read, has_history)) {
        read_scores(&read);
    }
    if (has_history) {
        read_pools(&read);
        if (kept(&read, bg_budget_read(scenario, &self->history, self->terms, errors))) {
            read_plans(&read);
        }
        /* The budget has already complained of a first year within the history. */
        if (self->first_year > self->history.year[self->history.year_count - 1]) {
            kept(&read, bg_demand_read(scenario, &self->history, &self->demand, errors));
        }
    }
    if (read.status != BG_OK) {
        bg_model_free(self);
    }
    return read.status;
}

void bg_model_free(bg_model *self)
{
    bg_demand_free(self->demand);
    for (size_t s = 0; s < BG_MAX_SCHEMES; s++) {
        bg_plan_free(self->plan[s]);
        bg_budget_terms_free(self->terms[s]);
    }
    bg_history_free(&self->history);
    free(self->score);
    *self = (bg_model){0};
}
