#include "study/contribution.h"

#include "base/columns.h"
#include "statistics/moments.h"
#include "study/messages.h"
#include "study/project.h"

#include <stdlib.h>
#include <string.h>

/* Columns of one entry a future, by unit, year and kind. */
typedef struct builder {
    bg_model model;
    bg_projection_options how;
    bg_contributions *result;
    bg_fen *none; /* without any measure or incident */
    bg_fen *now;  /* difference from it */
    bg_fen *rest; /* together less each alone, as far as they have run */
    bg_fen *sum;  /* one column */
    bg_errors *errors;
} builder;

static const bg_outcome outcomes[BG_EFFECT_ELSEWHERE] = {[BG_EFFECT_EXPENSE] = BG_OUTCOME_expense,
                                                         [BG_EFFECT_COMMUNITY] = BG_OUTCOME_result,
                                                         [BG_EFFECT_POOL] = BG_OUTCOME_shared,
                                                         [BG_EFFECT_COVER] = BG_OUTCOME_covered,
                                                         [BG_EFFECT_PATIENTS] =
                                                             BG_OUTCOME_patients};

const char *bg_effect_name(bg_effect_kind kind)
{
    static const char *const names[BG_EFFECT_COUNT] = {"expense", "result",   "shared",
                                                       "covered", "patients", "elsewhere"};
    return names[kind];
}

const char *bg_contribution_kind_name(bg_contribution_kind kind)
{
    static const char *const names[] = {"measure", "incident", "benefit", "together", "rest"};
    return names[kind];
}

/* ---- places ---- */

static size_t effect_place(const bg_contributions *self, size_t unit, size_t year,
                           bg_effect_kind kind)
{
    return (unit * (self->years + 1) + year) * BG_EFFECT_COUNT + (size_t)kind;
}

const bg_effect *bg_contributions_effect(const bg_contributions *self, size_t row, size_t unit,
                                         size_t year, bg_effect_kind kind)
{
    return &self->row[row].effect[effect_place(self, unit, year, kind)];
}

static size_t effect_count(const bg_contributions *self)
{
    return self->units * (self->years + 1) * BG_EFFECT_COUNT;
}

static size_t column_count(const bg_contributions *self)
{
    return self->units * self->years * BG_EFFECT_COUNT;
}

static bg_fen *column(const bg_contributions *self, bg_fen *columns, size_t unit, size_t year,
                      bg_effect_kind kind)
{
    return columns + ((unit * self->years + year) * BG_EFFECT_COUNT + (size_t)kind) * self->futures;
}

/* ---- means ---- */

static bg_effect effect_of(const bg_fen *differences, size_t n)
{
    bg_moments moments = {0};
    bg_moments_add(&moments, differences, n);
    return (bg_effect){.mean = bg_moments_whole_mean(&moments), .se = bg_moments_se(&moments)};
}

/* Effects of a unit by year, and in all years. */
static bg_status describe_unit(const builder *self, bg_fen *columns, size_t unit,
                               bg_effect_kind kind, bg_effect *effect)
{
    const bg_contributions *result = self->result;
    bg_status status = BG_OK;
    memset(self->sum, 0, result->futures * sizeof *self->sum);
    for (size_t year = 0; year < result->years; year++) {
        const bg_fen *differences = column(result, columns, unit, year, kind);
        effect[effect_place(result, unit, year, kind)] = effect_of(differences, result->futures);
        bg_first(&status, bg_column_add(result->futures, self->sum, differences, self->sum));
    }
    effect[effect_place(result, unit, result->years, kind)] = effect_of(self->sum, result->futures);
    return status;
}

/* The same of rounded means. */
static void set_elsewhere(const bg_contributions *self, bg_effect *effect)
{
    for (size_t place = 0; place < effect_count(self); place += BG_EFFECT_COUNT) {
        bg_effect *of = &effect[place];
        of[BG_EFFECT_ELSEWHERE].mean = of[BG_EFFECT_EXPENSE].mean + of[BG_EFFECT_COMMUNITY].mean -
                                       of[BG_EFFECT_POOL].mean - of[BG_EFFECT_COVER].mean;
    }
}

/* Sums are those of what they are made of, so that rounding leaves nothing between them. */
static void add_up(const bg_contributions *self, size_t schemes, bg_effect_kind kind,
                   bg_effect *effect)
{
    for (size_t year = 0; schemes < self->units && year < self->years; year++) {
        bg_effect *all = &effect[effect_place(self, schemes, year, kind)];
        all->mean = 0;
        for (size_t unit = 0; unit < schemes; unit++) {
            all->mean += effect[effect_place(self, unit, year, kind)].mean;
        }
    }
    for (size_t unit = 0; unit < self->units; unit++) {
        bg_effect *sum = &effect[effect_place(self, unit, self->years, kind)];
        sum->mean = 0;
        for (size_t year = 0; year < self->years; year++) {
            sum->mean += effect[effect_place(self, unit, year, kind)].mean;
        }
    }
}

static bg_status describe_effects(const builder *self, bg_fen *columns, const bg_contribution *row)
{
    const bg_contributions *result = self->result;
    bg_status status = BG_OK;
    for (bg_effect_kind kind = 0; kind < BG_EFFECT_COUNT; kind++) {
        for (size_t unit = 0; unit < result->units; unit++) {
            bg_first(&status, describe_unit(self, columns, unit, kind, row->effect));
        }
        add_up(result, self->model.contract.history.scheme_count, kind, row->effect);
    }
    set_elsewhere(result, row->effect);
    return status;
}

/* ---- what it costs ---- */

static bg_cost_year *cost_of(const bg_contributions *self, const bg_contribution *row, size_t unit,
                             size_t year)
{
    return &row->cost[unit * self->years + year];
}

/* In a year: each payer's outlay for changes first … last, of a scheme or of all. */
static void add_outlays(const builder *self, size_t first, size_t last, size_t unit, size_t year,
                        bg_fen outlay[BG_OUTLAY_PAYERS])
{
    const size_t schemes = self->model.contract.history.scheme_count;
    for (size_t change = first; change <= last; change++) {
        for (size_t s = 0; s < schemes; s++) {
            for (bg_outlay_payer p = 0; p < BG_OUTLAY_PAYERS && (unit == s || unit == schemes);
                 p++) {
                outlay[p] += bg_demand_outlay(self->model.demand, change, p, s, year);
            }
        }
    }
}

/* Of each change by itself and of all together; the rest costs nothing. */
static void set_outlays(const builder *self)
{
    const bg_contributions *result = self->result;
    for (size_t row = 0; row <= result->changes && row < result->count; row++) {
        const bool alone = row < result->changes;
        for (size_t unit = 0; unit < result->units; unit++) {
            for (size_t year = 0; year < result->years; year++) {
                add_outlays(self, alone ? row : 0, alone ? row : result->changes - 1, unit, year,
                            cost_of(result, &result->row[row], unit, year)->outlay);
            }
        }
    }
}

static size_t count_at_most(const bg_fen *amounts, size_t n, bg_fen bound)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        count += amounts[i] <= bound;
    }
    return count;
}

/* What a unit's expense has become by each year, against what was laid out by then. */
static bg_status describe_cost(const builder *self, bg_fen *columns, size_t unit,
                               const bg_contribution *row)
{
    const bg_contributions *result = self->result;
    bg_status status = BG_OK;
    bg_fen outlay = 0;
    memset(self->sum, 0, result->futures * sizeof *self->sum);
    for (size_t year = 0; year < result->years; year++) {
        const bg_fen *differences = column(result, columns, unit, year, BG_EFFECT_EXPENSE);
        bg_cost_year *cost = cost_of(result, row, unit, year);
        for (bg_outlay_payer payer = 0; payer < BG_OUTLAY_PAYERS; payer++) {
            outlay += cost->outlay[payer];
        }
        bg_first(&status, bg_column_add(result->futures, self->sum, differences, self->sum));
        cost->so_far_se = effect_of(self->sum, result->futures).se;
        cost->earned = count_at_most(self->sum, result->futures, -outlay);
    }
    return status;
}

static bg_status describe_costs(const builder *self, bg_fen *columns, const bg_contribution *row)
{
    bg_status status = BG_OK;
    for (size_t unit = 0; row->cost && unit < self->result->units; unit++) {
        bg_first(&status, describe_cost(self, columns, unit, row));
    }
    return status;
}

/* ---- all of a row ---- */

static bg_status describe(const builder *self, bg_fen *columns, const bg_contribution *row)
{
    const bg_status status = describe_effects(self, columns, row);
    return status ? status : describe_costs(self, columns, row);
}

/* The rest was rounded by itself: what it is short of the others' difference is put right. */
static void make_rest_exact(bg_contributions *self)
{
    bg_effect *rest = self->row[self->count - 1].effect;
    for (size_t place = 0; place < effect_count(self); place++) {
        /* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): every row has effects */
        rest[place].mean = self->row[self->count - 2].effect[place].mean;
        for (size_t row = 0; row < self->changes; row++) {
            rest[place].mean -= self->row[row].effect[place].mean;
        }
    }
}

/* ---- projections ---- */

/* Fits bg_want. */
static void want(const void *nothing, const bg_model *model, bool *wanted)
{
    (void)nothing;
    (void)model;
    for (bg_effect_kind kind = 0; kind < BG_EFFECT_ELSEWHERE; kind++) {
        wanted[outcomes[kind]] = true;
    }
}

static bg_status copy_year(const bg_contributions *self, const bg_projection *projection,
                           size_t unit, size_t year, bg_fen *columns)
{
    bg_fen *of[BG_EFFECT_COUNT];
    for (bg_effect_kind kind = 0; kind < BG_EFFECT_COUNT; kind++) {
        of[kind] = column(self, columns, unit, year, kind);
    }
    for (bg_effect_kind kind = 0; kind < BG_EFFECT_ELSEWHERE; kind++) {
        const bg_fen *draws = bg_projection_draws(projection, unit, year, outcomes[kind]);
        memcpy(of[kind], draws, self->futures * sizeof *draws);
    }
    const size_t n = self->futures;
    bg_fen *elsewhere = of[BG_EFFECT_ELSEWHERE];
    bg_status status = bg_column_add(n, of[BG_EFFECT_EXPENSE], of[BG_EFFECT_COMMUNITY], elsewhere);
    bg_first(&status, bg_column_subtract(n, elsewhere, of[BG_EFFECT_POOL], elsewhere));
    bg_first(&status, bg_column_subtract(n, elsewhere, of[BG_EFFECT_COVER], elsewhere));
    return status;
}

static bg_status too_large(const builder *self)
{
    return bg_errors_say(self->errors, BG_OVERFLOW, BG_NOWHERE, NULL,
                         BG_SAY(contributions_overflow));
}

static bg_status copy_draws(const builder *self, const bg_projection *projection, bg_fen *columns)
{
    bg_status status = BG_OK;
    for (size_t unit = 0; unit < self->result->units; unit++) {
        for (size_t year = 0; year < self->result->years; year++) {
            bg_first(&status, copy_year(self->result, projection, unit, year, columns));
        }
    }
    return status ? too_large(self) : BG_OK;
}

static bg_status project(builder *self, uint64_t which, bg_fen *columns)
{
    bg_projection *projection = NULL;
    bg_demand_keep_changes(self->model.demand, which);
    bg_status status =
        bg_project_wanted(&self->model, want, NULL, &self->how, &projection, self->errors);
    status = status ? status : copy_draws(self, projection, columns);
    bg_projection_free(projection);
    return status;
}

/* Runs with some measures and incidents, and fills the row. */
static bg_status run_row(builder *self, size_t row, uint64_t which)
{
    bg_contributions *result = self->result;
    const size_t size = column_count(result) * result->futures;
    bg_status status = project(self, which, self->now);
    if (status) {
        return status;
    }
    status = bg_column_subtract(size, self->now, self->none, self->now);
    status = status ? status : describe(self, self->now, &result->row[row]);
    if (!status && result->count > 1) {
        const bool alone = row < result->changes;
        status = alone ? bg_column_subtract(size, self->rest, self->now, self->rest)
                       : bg_column_add(size, self->rest, self->now, self->rest);
    }
    return status ? too_large(self) : BG_OK;
}

static bg_status run_all(builder *self)
{
    bg_contributions *result = self->result;
    bg_status status = project(self, 0, self->none);
    for (size_t row = 0; row < result->changes && !status; row++) {
        status = run_row(self, row, UINT64_C(1) << row);
    }
    if (status || result->count == result->changes) {
        return status;
    }
    status = run_row(self, result->changes, BG_ALL_CHANGES);
    if (!status && describe(self, self->rest, &result->row[result->changes + 1])) {
        status = too_large(self);
    }
    if (!status) {
        make_rest_exact(result);
    }
    return status;
}

/* ---- all of it ---- */

static bg_contribution_kind kind_in(const char *list)
{
    return strcmp(list, "measures") == 0    ? BG_CONTRIBUTION_MEASURE
           : strcmp(list, "incidents") == 0 ? BG_CONTRIBUTION_INCIDENT
                                            : BG_CONTRIBUTION_BENEFIT;
}

static bool costs_anything(const builder *self)
{
    bool any = false;
    for (size_t change = 0; change < self->result->changes; change++) {
        any = any || bg_demand_has_outlay(self->model.demand, change);
    }
    return any;
}

/* False when out of memory. */
static bool make_costs(const builder *self)
{
    bg_contributions *result = self->result;
    const bool costs = costs_anything(self);
    bool made = true;
    for (size_t i = 0; costs && i < result->count && made; i++) {
        result->row[i].cost = calloc(result->units * result->years, sizeof *result->row[i].cost);
        made = result->row[i].cost;
    }
    if (costs && made) {
        set_outlays(self);
    }
    return made;
}

static bool make_rows(const builder *self)
{
    bg_contributions *result = self->result;
    result->row = calloc(result->count, sizeof *result->row);
    bool made = result->row;
    for (size_t i = 0; i < result->count && made; i++) {
        bg_contribution *row = &result->row[i];
        if (i < result->changes) {
            const bg_change_view change = bg_demand_change(self->model.demand, i);
            row->kind = kind_in(change.list);
            row->name = change.name;
        } else {
            row->kind = i == result->changes ? BG_CONTRIBUTION_TOGETHER : BG_CONTRIBUTION_REST;
            row->name = bg_contribution_kind_name(row->kind);
        }
        row->effect = calloc(effect_count(result), sizeof *row->effect);
        made = row->effect;
    }
    return made;
}

static bg_status compute(builder *self, size_t futures)
{
    bg_contributions *result = self->result;
    const size_t changes = bg_demand_change_count(self->model.demand);
    if (changes == 0) {
        return BG_OK;
    }
    *result = (bg_contributions){
        .futures = futures < BG_CONTRIBUTION_FUTURES ? futures : BG_CONTRIBUTION_FUTURES,
        .units = bg_model_unit_count(&self->model),
        .years = self->model.horizon.years,
        .changes = changes,
        .count = changes > 1 ? changes + 2 : changes};
    self->how.most = result->futures;
    const size_t size = column_count(result) * result->futures;
    self->none = malloc(size * sizeof *self->none);
    self->now = malloc(size * sizeof *self->now);
    self->rest = calloc(size, sizeof *self->rest);
    self->sum = malloc(result->futures * sizeof *self->sum);
    const bool made =
        make_rows(self) && make_costs(self) && self->none && self->now && self->rest && self->sum;
    return made ? run_all(self) : bg_no_memory(self->errors);
}

bg_status bg_contributions_compute(const bg_scenario *scenario, size_t futures,
                                   const bg_projection_options *options, bg_contributions *self,
                                   bg_errors *errors)
{
    *self = (bg_contributions){0};
    builder work = {.how = {.threads = options->threads, .stop = options->stop, .keep = true},
                    .result = self,
                    .errors = errors};
    bg_errors known; /* the scenario has been read, and its warnings said */
    bg_errors_init(&known);
    bg_status status = bg_model_read(scenario, &work.model, &known);
    if (status) {
        bg_errors_move(errors, &known);
    }
    bg_errors_free(&known);
    status = status ? status : compute(&work, futures);
    if (status) {
        bg_contributions_free(self);
    }
    free(work.none);
    free(work.now);
    free(work.rest);
    free(work.sum);
    bg_model_free(&work.model);
    return status;
}

void bg_contributions_free(bg_contributions *self)
{
    for (size_t i = 0; self->row && i < self->count; i++) {
        free(self->row[i].effect);
        free(self->row[i].cost);
    }
    free(self->row);
    *self = (bg_contributions){0};
}
