#include "base/text.h"
#include "statistics/uncertainty.h"
#include "study/messages.h"
#include "study/project.h"

#include <baogan/compare.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MOST_GROUPS 8 /* with all orders; 2^8 mixtures are run */

__extension__ typedef __int128 wide;

/* Sums of the outcome over the replications of each batch: exact, whatever the order. */
typedef struct mixture {
    bool done;
    wide sum[BG_BATCHES];
} mixture;

typedef struct builder {
    const bg_model *base, *reform;
    const bg_differences *differences;
    const char *outcome;
    const bg_projection_options *options;
    bg_waterfall *result;
    size_t *group; /* of each difference */
    mixture *
        mixtures; /* by the set of groups that are taken from the reform: bit g is group g; in order:
                          by the number of groups taken */
    size_t n;
    bg_errors *errors;
} builder;

/* ---- groups ---- */

/* How much of a path names its group: all of it, "budget.funds", "budget", or nothing. */
enum { WHOLE, SECTION, CHAPTER, EVERYTHING, LEVELS };

static size_t group_length(const char *path, int level)
{
    size_t end = strlen(path);
    if (level == EVERYTHING) {
        end = 0;
    } else if (level != WHOLE) {
        size_t parts = level == SECTION ? 2 : 1;
        for (end = 0; path[end]; end++) {
            if ((path[end] == '.' || path[end] == '[') && --parts == 0) {
                break;
            }
        }
    }
    return end;
}

static size_t find_group(const bg_waterfall *self, const char *name)
{
    size_t g = 0;
    while (g < self->count && strcmp(self->bars[g].group, name) != 0) {
        g++;
    }
    return g;
}

static void forget_groups(bg_waterfall *self)
{
    for (size_t g = 0; g < self->count; g++) {
        free(self->bars[g].group);
    }
    self->count = 0;
}

/* Names the groups of that level and puts every difference into one. */
static bg_status form_groups(builder *self, int level)
{
    bg_waterfall *result = self->result;
    forget_groups(result);
    for (size_t d = 0; d < self->differences->count; d++) {
        const char *path = self->differences->items[d].path;
        char *name = bg_text_format("%.*s", (int)group_length(path, level), path);
        if (!name) {
            return BG_MEMORY;
        }
        const size_t g = self->group[d] = find_group(result, name);
        if (g == result->count) {
            result->bars[result->count++] = (bg_waterfall_bar){.group = name};
        } else {
            free(name);
        }
        result->bars[g].differences++;
    }
    result->in_order = result->count > MOST_GROUPS;
    return BG_OK;
}

/* ---- mixtures ---- */

static size_t mixture_count(const bg_waterfall *self)
{
    return self->in_order ? self->count + 1 : (size_t)1 << self->count;
}

static bool takes(const bg_waterfall *self, size_t index, size_t group)
{
    return self->in_order ? group < index : index >> group & 1;
}

/* The scenario of a mixture and its model. */
static bg_status read_mixture(const builder *self, size_t index, bg_scenario **scenario,
                              bg_model *model, bg_errors *errors)
{
    *scenario = NULL;
    bool *taken = calloc(self->differences->count, sizeof *taken);
    for (size_t d = 0; taken && d < self->differences->count; d++) {
        taken[d] = takes(self->result, index, self->group[d]);
    }
    bg_status status =
        taken ? bg_scenario_blend(self->base->contract.scenario, self->reform->contract.scenario,
                                  self->differences, taken, scenario)
              : BG_MEMORY;
    free(taken);
    return status ? status : bg_model_read(*scenario, model, errors);
}

static bool is_valid(const builder *self, size_t index)
{
    bg_errors silent;
    bg_errors_init(&silent);
    bg_scenario *scenario;
    bg_model model = {0};
    const bool valid = read_mixture(self, index, &scenario, &model, &silent) == BG_OK;
    bg_model_free(&model);
    bg_scenario_free(scenario);
    bg_errors_free(&silent);
    return valid;
}

static bool all_valid(const builder *self)
{
    bool valid = true;
    for (size_t index = 0; index < mixture_count(self->result) && valid; index++) {
        valid = is_valid(self, index);
    }
    return valid;
}

/* Makes group `from` part of `into`, which stands before it. */
static bg_status merge(builder *self, size_t into, size_t from)
{
    bg_waterfall *result = self->result;
    bg_waterfall_bar *bar = &result->bars[into], *gone = &result->bars[from];
    char *name = bg_text_format("%s + %s", bar->group, gone->group);
    if (!name) {
        return BG_MEMORY;
    }
    free(bar->group);
    free(gone->group);
    bar->group = name;
    bar->differences += gone->differences;
    result->count--;
    memmove(gone, gone + 1, (result->count - from) * sizeof *gone);
    for (size_t d = 0; d < self->differences->count; d++) {
        size_t *group = &self->group[d];
        *group = *group == from ? into : *group > from ? *group - 1 : *group;
    }
    return BG_OK;
}

/* Groups that cannot be changed alone, or cannot be left out alone, constrain each other: one group. */
static bg_status merge_constrained(builder *self)
{
    const size_t all = mixture_count(self->result) - 1;
    bool constrained[MOST_GROUPS];
    for (size_t g = 0; g < self->result->count; g++) {
        const size_t one = (size_t)1 << g;
        constrained[g] = !is_valid(self, one) || !is_valid(self, all ^ one);
    }
    size_t first = 0;
    while (first < self->result->count && !constrained[first]) {
        first++;
    }
    bg_status status = BG_OK;
    for (size_t g = self->result->count; g-- > first + 1 && !status;) {
        status = constrained[g] ? merge(self, first, g) : BG_OK;
    }
    return status;
}

/* Whether the groups of that level serve, those that constrain each other put together. */
static bg_status try_groups(builder *self, int level, bool *serve)
{
    bg_status status = form_groups(self, level);
    *serve = !status && (!self->result->in_order || level == CHAPTER) && all_valid(self);
    if (!status && !*serve && !self->result->in_order) {
        status = merge_constrained(self);
        *serve = !status && all_valid(self);
    }
    return status;
}

static bg_status choose_groups(builder *self)
{
    bool serve = false;
    for (int level = WHOLE; level < LEVELS; level++) {
        bg_status status = try_groups(self, level, &serve);
        if (status || serve) {
            return status;
        }
    }
    return bg_errors_say(self->errors, BG_INTERNAL, BG_NOWHERE, NULL, BG_SAY(waterfall_unreadable));
}

static void add_up(const bg_projection *projection, size_t year, size_t outcome, mixture *to)
{
    const size_t unit = bg_projection_unit_count(projection) - 1;
    const size_t n = bg_projection_replications(projection);
    const bg_fen *draws = bg_projection_draws(projection, unit, year, outcome);
    for (size_t b = 0; b < BG_BATCHES; b++) {
        for (size_t i = bg_batch_start(n, b); i < bg_batch_start(n, b + 1); i++) {
            to->sum[b] += draws[i];
        }
    }
}

static bg_status sum_outcome(const builder *self, const bg_projection *projection, mixture *to)
{
    const int outcome = bg_projection_outcome_index(projection, self->outcome);
    const size_t years = bg_projection_year_count(projection);
    if (outcome < 0) {
        return bg_errors_say(self->errors, BG_INVALID, BG_NOWHERE, self->outcome,
                             BG_SAY(waterfall_without_outcome));
    }
    const bool balance = bg_projection_outcome_info(projection, (size_t)outcome).balance;
    for (size_t y = balance ? years - 1 : 0; y < years; y++) {
        add_up(projection, y, (size_t)outcome, to);
    }
    to->done = true;
    return BG_OK;
}

/* Asks for the one outcome only; fits bg_want. */
static void want(const void *name, const bg_model *model, bool *outcomes)
{
    const size_t count = bg_model_outcome_count(model);
    for (size_t o = 0; o < count; o++) {
        char *other = bg_model_outcome(model, o);
        outcomes[o] = other && strcmp(other, name) == 0;
        free(other);
    }
}

static bg_status run_mixture(builder *self, size_t index)
{
    bg_scenario *scenario;
    bg_model model = {0};
    bg_projection *projection = NULL;
    bg_errors
        of_mixture; /* what is wrong with it; nobody wrote it, so that warnings are for nobody */
    bg_errors_init(&of_mixture);
    bg_status status = read_mixture(self, index, &scenario, &model, &of_mixture);
    if (status) {
        bg_errors_move(self->errors, &of_mixture);
    }
    bg_errors_free(&of_mixture);
    if (!status) {
        bg_projection_options options = *self->options;
        options.keep = true;
        options.no_cash_event = true;
        status =
            bg_project_wanted(&model, want, self->outcome, &options, &projection, self->errors);
    }
    if (!status) {
        self->n = bg_projection_replications(projection);
        status = sum_outcome(self, projection, &self->mixtures[index]);
    }
    bg_projection_free(projection);
    bg_model_free(&model);
    bg_scenario_free(scenario);
    return status;
}

static bg_status run_all(builder *self)
{
    const size_t count = mixture_count(self->result);
    self->mixtures = calloc(count, sizeof *self->mixtures);
    bg_status status = self->mixtures ? BG_OK : BG_MEMORY;
    for (size_t index = 0; index < count && !status; index++) {
        status = run_mixture(self, index);
    }
    return status;
}

/* ---- contributions ---- */

/* Factorials up to 8: orders in which the groups before and after one may be changed. */
static const wide factorial[MOST_GROUPS + 1] = {1, 1, 2, 6, 24, 120, 720, 5040, 40320};

static size_t members(size_t set)
{
    size_t count = 0;
    for (; set; set &= set - 1) {
        count++;
    }
    return count;
}

/* What group g adds in one batch, times the number of orders. */
static wide contribution(const builder *self, size_t g, size_t batch)
{
    const bg_waterfall *result = self->result;
    const mixture *mixtures = self->mixtures;
    if (result->in_order) {
        return mixtures[g + 1].sum[batch] - mixtures[g].sum[batch];
    }
    wide sum = 0;
    for (size_t set = 0; set < mixture_count(result); set++) {
        if (!takes(result, set, g)) {
            const size_t before = members(set);
            const wide orders = factorial[before] * factorial[result->count - 1 - before];
            sum += orders * (mixtures[set | (size_t)1 << g].sum[batch] - mixtures[set].sum[batch]);
        }
    }
    return sum;
}

/* a / b rounded half away from zero; b > 0. */
static bg_fen rounded(wide a, wide b)
{
    return (bg_fen)(a < 0 ? -((-2 * a + b) / (2 * b)) : (2 * a + b) / (2 * b));
}

static bg_fen mean_of(const builder *self, size_t index)
{
    wide sum = 0;
    for (size_t b = 0; b < BG_BATCHES; b++) {
        sum += self->mixtures[index].sum[b];
    }
    return rounded(sum, (wide)self->n);
}

static void fill_bar(const builder *self, size_t g)
{
    bg_waterfall_bar *bar = &self->result->bars[g];
    const wide orders = self->result->in_order ? 1 : factorial[self->result->count];
    double batch_mean[BG_BATCHES];
    wide sum = 0;
    for (size_t b = 0; b < BG_BATCHES; b++) {
        const wide part = contribution(self, g, b);
        const size_t size = bg_batch_start(self->n, b + 1) - bg_batch_start(self->n, b);
        batch_mean[b] = (double)part / (double)orders / (double)size;
        sum += part;
    }
    bar->amount = rounded(sum, orders * (wide)self->n);
    bar->margin = self->n >= BG_BATCHES ? bg_margin_of_batches(batch_mean) : NAN;
}

/* Rounding leaves at most a few fen between the sum of the bars and the difference; the largest bar
 * takes them, of which they are the smallest part. */
static void make_exact(bg_waterfall *self)
{
    size_t largest = 0;
    bg_fen left = self->reform - self->base;
    for (size_t g = 0; g < self->count; g++) {
        left -= self->bars[g].amount;
        if (llabs(self->bars[g].amount) > llabs(self->bars[largest].amount)) {
            largest = g;
        }
    }
    if (self->count) {
        self->bars[largest].amount += left;
    }
}

static bg_status build(builder *self)
{
    bg_status status = choose_groups(self);
    status = status ? status : run_all(self);
    if (status) {
        return status;
    }
    self->result->base = mean_of(self, 0);
    self->result->reform = mean_of(self, mixture_count(self->result) - 1);
    for (size_t g = 0; g < self->result->count; g++) {
        fill_bar(self, g);
    }
    make_exact(self->result);
    return BG_OK;
}

bg_status bg_waterfall_compute(const bg_model *base, const bg_model *reform,
                               const bg_differences *differences, const char *outcome,
                               const bg_projection_options *options, bg_waterfall *self,
                               bg_errors *errors)
{
    *self = (bg_waterfall){.bars = calloc(differences->count + 1, sizeof *self->bars)};
    builder work = {.base = base,
                    .reform = reform,
                    .differences = differences,
                    .outcome = outcome,
                    .options = options,
                    .result = self,
                    .group = calloc(differences->count + 1, sizeof *work.group),
                    .errors = errors};
    bg_status status = self->bars && work.group ? build(&work) : BG_MEMORY;
    free(work.mixtures);
    free(work.group);
    if (status == BG_MEMORY) {
        bg_errors_say(errors, status, BG_NOWHERE, NULL, BG_SAY(waterfall_no_memory));
    }
    if (status) {
        bg_waterfall_free(self);
    }
    return status;
}

void bg_waterfall_free(bg_waterfall *self)
{
    forget_groups(self);
    free(self->bars);
    *self = (bg_waterfall){0};
}
