#include "study/contribution.h"

#include "base/columns.h"
#include "projection/enrol.h"
#include "statistics/moments.h"
#include "study/messages.h"
#include "study/project.h"

#include <stdlib.h>
#include <string.h>

/* One party: a community, or the whole of a pooling area. Columns of one entry a future, by unit, year and
 * kind. */
typedef struct builder {
    const bg_model *model; /* for its names */
    bg_contributions *result;
    bg_fen *none;       /* without any measure or incident */
    bg_fen *now;        /* difference from it */
    bg_fen *rest;       /* together less each alone, as far as they have run */
    bg_fen *sum, *year; /* one column each */
    bg_errors *errors;
} builder;

/* Those whose measures they are, and those to whom they do something. */
typedef struct study {
    bg_model *member; /* communities */
    size_t members;
    const bg_area_model *area; /* of which they are; NULL: one for itself */
    bg_contract *payer;        /* has their pools */
    bg_change_view change[BG_MOST_CHANGES];
    size_t changes;
    builder *party; /* [parties]: the communities, then the area */
    bg_projection **projection;
    size_t parties;
    bg_projection_options how;
    bool keep; /* what each row does in each future */
    bg_errors *errors;
} study;

/* Of what is no outcome: BG_OUTCOME_COUNT. */
static const bg_outcome outcomes[BG_EFFECT_COUNT] = {
    [BG_EFFECT_EXPENSE] = BG_OUTCOME_expense,   [BG_EFFECT_COMMUNITY] = BG_OUTCOME_result,
    [BG_EFFECT_POOL] = BG_OUTCOME_shared,       [BG_EFFECT_COVER] = BG_OUTCOME_covered,
    [BG_EFFECT_PATIENTS] = BG_OUTCOME_patients, [BG_EFFECT_ELSEWHERE] = BG_OUTCOME_COUNT,
    [BG_EFFECT_INCOME] = BG_OUTCOME_income};

const char *bg_effect_name(bg_effect_kind kind)
{
    static const char *const names[BG_EFFECT_COUNT] = {"expense",  "result",    "shared", "covered",
                                                       "patients", "elsewhere", "income"};
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

bg_effect_kind bg_contributions_kinds(const bg_contributions *self)
{
    return self->income ? BG_EFFECT_COUNT : BG_EFFECT_INCOME;
}

static size_t column_count(const bg_contributions *self)
{
    return self->units * self->years * (size_t)bg_contributions_kinds(self);
}

static bg_fen *column(const bg_contributions *self, bg_fen *columns, size_t unit, size_t year,
                      bg_effect_kind kind)
{
    const size_t kinds = (size_t)bg_contributions_kinds(self);
    return columns + ((unit * self->years + year) * kinds + (size_t)kind) * self->futures;
}

const bg_fen *bg_contributions_drawn(const bg_contributions *self, size_t row, size_t unit,
                                     size_t year, bg_effect_kind kind)
{
    bg_fen *drawn = self->row[row].drawn;
    return drawn && kind < bg_contributions_kinds(self) ? column(self, drawn, unit, year, kind)
                                                        : NULL;
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
    for (bg_effect_kind kind = 0; kind < bg_contributions_kinds(result); kind++) {
        for (size_t unit = 0; unit < result->units; unit++) {
            bg_first(&status, describe_unit(self, columns, unit, kind, row->effect));
        }
        add_up(result, self->model->contract.history.scheme_count, kind, row->effect);
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

static size_t count_at_most(const bg_fen *amounts, size_t n, bg_fen bound)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        count += amounts[i] <= bound;
    }
    return count;
}

/* What is lost: expense, or what the pool pays by sharing, less the income that comes in. Into self->year. */
static bg_status find_loss(const builder *self, bg_fen *columns, size_t unit, size_t year,
                           bg_effect_kind kind)
{
    const bg_contributions *result = self->result;
    const size_t n = result->futures;
    memcpy(self->year, column(result, columns, unit, year, kind), n * sizeof *self->year);
    return result->income
               ? bg_column_subtract(n, self->year,
                                    column(result, columns, unit, year, BG_EFFECT_INCOME),
                                    self->year)
               : BG_OK;
}

/* What a unit has lost by each year, against what was laid out by then. */
static bg_status describe_cost(const builder *self, bg_fen *columns, size_t unit,
                               const bg_contribution *row)
{
    const bg_contributions *result = self->result;
    bg_status status = BG_OK;
    bg_fen outlay = 0;
    memset(self->sum, 0, result->futures * sizeof *self->sum);
    for (size_t year = 0; year < result->years; year++) {
        bg_cost_year *cost = cost_of(result, row, unit, year);
        for (bg_outlay_payer payer = 0; payer < BG_OUTLAY_PAYERS; payer++) {
            outlay += cost->outlay[payer];
        }
        bg_first(&status, find_loss(self, columns, unit, year, BG_EFFECT_EXPENSE));
        bg_first(&status, bg_column_add(result->futures, self->sum, self->year, self->sum));
        cost->se = effect_of(self->year, result->futures).se;
        cost->so_far_se = effect_of(self->sum, result->futures).se;
        cost->earned = count_at_most(self->sum, result->futures, -outlay);
    }
    return status;
}

/* How sure it is what the pool has lost by each year. */
static bg_status describe_pool(const builder *self, bg_fen *columns, size_t unit,
                               const bg_contribution *row)
{
    const bg_contributions *result = self->result;
    bg_status status = BG_OK;
    memset(self->sum, 0, result->futures * sizeof *self->sum);
    for (size_t year = 0; year < result->years; year++) {
        bg_first(&status, find_loss(self, columns, unit, year, BG_EFFECT_POOL));
        bg_first(&status, bg_column_add(result->futures, self->sum, self->year, self->sum));
        cost_of(result, row, unit, year)->pool_so_far_se = effect_of(self->sum, result->futures).se;
    }
    return status;
}

static bg_status describe_costs(const builder *self, bg_fen *columns, const bg_contribution *row)
{
    bg_status status = BG_OK;
    for (size_t unit = 0; row->cost && unit < self->result->units; unit++) {
        bg_first(&status, describe_cost(self, columns, unit, row));
        bg_first(&status, describe_pool(self, columns, unit, row));
    }
    return status;
}

/* ---- all of a row ---- */

static void keep_drawn(const builder *self, const bg_fen *columns, const bg_contribution *row)
{
    if (row->drawn) {
        memcpy(row->drawn, columns,
               column_count(self->result) * self->result->futures * sizeof *columns);
    }
}

static bg_status describe(const builder *self, bg_fen *columns, const bg_contribution *row)
{
    keep_drawn(self, columns, row);
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

/* Fits bg_want; asked of contributions. Interest goes by the balance. */
static void want(const void *of, const bg_model *model, bool *wanted)
{
    const bg_contributions *self = of;
    (void)model;
    for (bg_effect_kind kind = 0; kind < bg_contributions_kinds(self); kind++) {
        if (outcomes[kind] != BG_OUTCOME_COUNT) {
            wanted[outcomes[kind]] = true;
        }
    }
    wanted[BG_OUTCOME_pool_balance] = self->income;
}

static bg_status copy_year(const bg_contributions *self, const bg_projection *projection,
                           size_t unit, size_t year, bg_fen *columns)
{
    bg_fen *of[BG_EFFECT_COUNT] = {NULL};
    for (bg_effect_kind kind = 0; kind < bg_contributions_kinds(self); kind++) {
        of[kind] = column(self, columns, unit, year, kind);
        if (outcomes[kind] != BG_OUTCOME_COUNT) {
            const bg_fen *draws = bg_projection_draws(projection, unit, year, outcomes[kind]);
            memcpy(of[kind], draws, self->futures * sizeof *draws);
        }
    }
    const size_t n = self->futures;
    bg_fen *elsewhere = of[BG_EFFECT_ELSEWHERE];
    bg_status status = bg_column_add(n, of[BG_EFFECT_EXPENSE], of[BG_EFFECT_COMMUNITY], elsewhere);
    bg_first(&status, bg_column_subtract(n, elsewhere, of[BG_EFFECT_POOL], elsewhere));
    bg_first(&status, bg_column_subtract(n, elsewhere, of[BG_EFFECT_COVER], elsewhere));
    return status;
}

/* Interest is what former years left. That of the first year is the same with every change. */
static bg_status take_interest(const builder *self, const bg_projection *projection, size_t scheme,
                               size_t year, bg_fen *income)
{
    const bg_pool *pool = &self->model->contract.pool[scheme];
    const size_t n = self->result->futures;
    if (year == 0 || pool->interest == 0) {
        return BG_OK;
    }
    bg_column_fill(n, 0, self->year);
    const bg_fen *balance =
        bg_projection_draws(projection, scheme, year - 1, BG_OUTCOME_pool_balance);
    const bg_status status = bg_pool_add_interest(pool, n, balance, self->year);
    return status ? status : bg_column_subtract(n, income, self->year, income);
}

/* That of all schemes is their sum. */
static bg_status clear_income(const builder *self, const bg_projection *projection, size_t year,
                              bg_fen *columns)
{
    const bg_contributions *result = self->result;
    const size_t schemes = self->model->contract.history.scheme_count;
    bg_fen *all = column(result, columns, result->units - 1, year, BG_EFFECT_INCOME);
    bg_status status = BG_OK;
    for (size_t scheme = 0; scheme < schemes; scheme++) {
        bg_fen *income = column(result, columns, scheme, year, BG_EFFECT_INCOME);
        bg_first(&status, take_interest(self, projection, scheme, year, income));
    }
    for (size_t scheme = 0; scheme < schemes && schemes < result->units; scheme++) {
        const bg_fen *income = column(result, columns, scheme, year, BG_EFFECT_INCOME);
        if (scheme == 0) {
            bg_column_fill(result->futures, 0, all);
        }
        bg_first(&status, bg_column_add(result->futures, all, income, all));
    }
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
    for (size_t year = 0; self->result->income && year < self->result->years; year++) {
        bg_first(&status, clear_income(self, projection, year, columns));
    }
    return status ? too_large(self) : BG_OK;
}

/* ---- changes of several communities ---- */

static bool same_change(bg_change_view a, bg_change_view b)
{
    return strcmp(a.list, b.list) == 0 && strcmp(a.name, b.name) == 0;
}

/* Its number in a community's demand; none: BG_MOST_CHANGES. */
static size_t number_of(const bg_demand *demand, bg_change_view change)
{
    const size_t count = bg_demand_change_count(demand);
    size_t number = 0;
    while (number < count && !same_change(bg_demand_change(demand, number), change)) {
        number++;
    }
    return number < count ? number : BG_MOST_CHANGES;
}

static bg_status collect(study *self, const bg_demand *demand)
{
    for (size_t j = 0; j < bg_demand_change_count(demand); j++) {
        const bg_change_view change = bg_demand_change(demand, j);
        size_t known = 0;
        while (known < self->changes && !same_change(self->change[known], change)) {
            known++;
        }
        if (known == BG_MOST_CHANGES) {
            return bg_errors_say(self->errors, BG_LIMIT, BG_NOWHERE, NULL,
                                 BG_SAY(contributions_too_many_changes), BG_MOST_CHANGES);
        }
        self->change[known] = change;
        self->changes += known == self->changes;
    }
    return BG_OK;
}

/* What a measure does to contributions counts where it acts. */
static void keep_contributions(const study *self, uint64_t which)
{
    for (size_t change = 0; change < self->changes; change++) {
        const bg_change_view of = self->change[change];
        for (size_t s = 0; s < self->payer->history.scheme_count; s++) {
            if (strcmp(of.list, "measures") == 0) {
                bg_pool_keep_measure(&self->payer->pool[s], of.name, which >> change & 1);
            }
        }
    }
    for (size_t m = 0; m < self->members; m++) {
        bg_model_enrol(&self->member[m], self->payer);
    }
}

/* Of the change numbers in `which`. */
static void keep(const study *self, uint64_t which)
{
    for (size_t m = 0; m < self->members; m++) {
        uint64_t kept = 0;
        for (size_t change = 0; change < self->changes; change++) {
            const size_t number = number_of(self->member[m].demand, self->change[change]);
            const bool acts = number < BG_MOST_CHANGES && (which >> change & 1);
            kept |= acts ? UINT64_C(1) << number : 0;
        }
        bg_demand_keep_changes(self->member[m].demand, kept);
    }
    keep_contributions(self, which);
}

/* ---- their outlays ---- */

/* Of one community or all: what a payer pays for a change in a year, for a scheme or for all. */
static bg_fen outlay_of(const study *self, size_t party, size_t change, bg_outlay_payer payer,
                        size_t unit, size_t year)
{
    const size_t schemes = self->member[0].contract.history.scheme_count;
    bg_fen sum = 0;
    for (size_t m = 0; m < self->members; m++) {
        const bg_demand *demand = self->member[m].demand;
        const size_t number = number_of(demand, self->change[change]);
        for (size_t s = 0; s < schemes && number < BG_MOST_CHANGES; s++) {
            const bool counts =
                (party == m || party == self->members) && (unit == s || unit == schemes);
            sum += counts ? bg_demand_outlay(demand, number, payer, s, year) : 0;
        }
    }
    return sum;
}

/* Of changes first … last, in a year of a unit. */
static void add_outlays(const study *self, size_t party, size_t first, size_t last, size_t unit,
                        size_t year, bg_fen outlay[BG_OUTLAY_PAYERS])
{
    for (size_t change = first; change <= last; change++) {
        for (bg_outlay_payer payer = 0; payer < BG_OUTLAY_PAYERS; payer++) {
            outlay[payer] += outlay_of(self, party, change, payer, unit, year);
        }
    }
}

/* Of each change by itself and of all together; the rest costs nothing. */
static void set_outlays(const study *self, size_t party)
{
    const bg_contributions *result = self->party[party].result;
    for (size_t row = 0; row <= result->changes && row < result->count; row++) {
        const bool alone = row < result->changes;
        const size_t first = alone ? row : 0, last = alone ? row : result->changes - 1;
        for (size_t unit = 0; unit < result->units; unit++) {
            for (size_t year = 0; year < result->years; year++) {
                add_outlays(self, party, first, last, unit, year,
                            cost_of(result, &result->row[row], unit, year)->outlay);
            }
        }
    }
}

static bool costs_anything(const study *self)
{
    bool any = false;
    for (size_t m = 0; m < self->members; m++) {
        const bg_demand *demand = self->member[m].demand;
        for (size_t change = 0; change < bg_demand_change_count(demand); change++) {
            any = any || bg_demand_has_outlay(demand, change);
        }
    }
    return any;
}

/* ---- their income ---- */

/* By what a measure brings back, by contributions, or by the people who pay them. */
static bool brings_income(const study *self)
{
    bool people = false, brings = false;
    for (size_t m = 0; m < self->members; m++) {
        brings = brings || bg_demand_recovers(self->member[m].demand);
        people = people || bg_demand_changes_people(self->member[m].demand);
    }
    for (size_t s = 0; s < self->payer->history.scheme_count; s++) {
        const bg_pool *pool = &self->payer->pool[s];
        brings = brings || pool->change_count > 0 || (people && pool->modelled);
    }
    return brings;
}

/* ---- projections ---- */

static bg_status run_projections(study *self)
{
    const bg_contributions *asked = self->party[0].result;
    return self->area ? bg_project_area_wanted(self->area, want, asked, &self->how,
                                               self->projection, self->errors)
                      : bg_project_wanted(&self->member[0], want, asked, &self->how,
                                          self->projection, self->errors);
}

/* With the changes of `which`; the draws become each party's `now`, or `none` of no change. */
static bg_status project(study *self, uint64_t which)
{
    keep(self, which);
    bg_status status = run_projections(self);
    for (size_t p = 0; p < self->parties; p++) {
        builder *party = &self->party[p];
        status = status ? status
                        : copy_draws(party, self->projection[p], which ? party->now : party->none);
        bg_projection_free(self->projection[p]);
        self->projection[p] = NULL;
    }
    return status;
}

static bg_status fill_row(builder *self, size_t row)
{
    bg_contributions *result = self->result;
    const size_t size = column_count(result) * result->futures;
    bg_status status = bg_column_subtract(size, self->now, self->none, self->now);
    status = status ? status : describe(self, self->now, &result->row[row]);
    if (!status && result->count > 1) {
        const bool alone = row < result->changes;
        status = alone ? bg_column_subtract(size, self->rest, self->now, self->rest)
                       : bg_column_add(size, self->rest, self->now, self->rest);
    }
    return status ? too_large(self) : BG_OK;
}

/* Runs with some measures and incidents, and fills the row of every party. */
static bg_status run_row(study *self, size_t row, uint64_t which)
{
    bg_status status = project(self, which);
    for (size_t p = 0; p < self->parties && !status; p++) {
        status = fill_row(&self->party[p], row);
    }
    return status;
}

static bg_status fill_rest(builder *self)
{
    bg_contributions *result = self->result;
    if (describe(self, self->rest, &result->row[result->changes + 1])) {
        return too_large(self);
    }
    make_rest_exact(result);
    return BG_OK;
}

static bg_status run_all(study *self)
{
    bg_status status = project(self, 0);
    for (size_t row = 0; row < self->changes && !status; row++) {
        status = run_row(self, row, UINT64_C(1) << row);
    }
    if (status || self->changes == 1) {
        return status;
    }
    status = run_row(self, self->changes, BG_ALL_CHANGES);
    for (size_t p = 0; p < self->parties && !status; p++) {
        status = fill_rest(&self->party[p]);
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

static void name_row(const study *self, size_t index, bg_contribution *row)
{
    if (index < self->changes) {
        row->kind = kind_in(self->change[index].list);
        row->name = self->change[index].name;
    } else {
        row->kind = index == self->changes ? BG_CONTRIBUTION_TOGETHER : BG_CONTRIBUTION_REST;
        row->name = bg_contribution_kind_name(row->kind);
    }
}

static bool make_rows(const study *self, bg_contributions *result)
{
    result->row = calloc(result->count, sizeof *result->row);
    bool made = result->row;
    for (size_t i = 0; i < result->count && made; i++) {
        bg_contribution *row = &result->row[i];
        name_row(self, i, row);
        row->effect = calloc(effect_count(result), sizeof *row->effect);
        made = row->effect;
    }
    return made;
}

static bool make_costs(const study *self, size_t party)
{
    bg_contributions *result = self->party[party].result;
    const bool costs = costs_anything(self);
    bool made = true;
    for (size_t i = 0; costs && i < result->count && made; i++) {
        result->row[i].cost = calloc(result->units * result->years, sizeof *result->row[i].cost);
        made = result->row[i].cost;
    }
    if (costs && made) {
        set_outlays(self, party);
    }
    return made;
}

/* Where they fit; the rest of the study does without them. */
static bool make_drawn(bg_contributions *result)
{
    const size_t size = column_count(result) * result->futures;
    bool made = true;
    for (size_t i = 0; size * result->count <= BG_CONTRIBUTION_BYTES / sizeof(bg_fen) &&
                       i < result->count && made;
         i++) {
        result->row[i].drawn = malloc(size * sizeof *result->row[i].drawn);
        made = result->row[i].drawn;
    }
    return made;
}

static bool make_columns(builder *self)
{
    const size_t futures = self->result->futures, size = column_count(self->result) * futures;
    if (size == 0) {
        return false;
    }
    self->none = malloc(size * sizeof *self->none);
    self->now = malloc(size * sizeof *self->now);
    self->rest = calloc(size, sizeof *self->rest);
    self->sum = malloc(futures * sizeof *self->sum);
    self->year = malloc(futures * sizeof *self->year);
    return self->none && self->now && self->rest && self->sum && self->year;
}

static void free_columns(builder *self)
{
    free(self->none);
    free(self->now);
    free(self->rest);
    free(self->sum);
    free(self->year);
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* As many as are allowed, and fit into memory with all parties. */
static size_t futures_of(const study *self, size_t futures)
{
    const bg_contributions like = {.units = bg_model_unit_count(&self->member[0]),
                                   .years = self->member[0].horizon.years,
                                   .income = brings_income(self)};
    const size_t bytes = 3 * column_count(&like) * self->parties * sizeof(bg_fen);
    const size_t fit = BG_CONTRIBUTION_BYTES / bytes;
    return smaller(smaller(futures, BG_CONTRIBUTION_FUTURES), fit ? fit : 1);
}

static bg_status make_parties(study *self, size_t futures, bg_contributions *results)
{
    bool made = true;
    self->how.most = futures_of(self, futures);
    for (size_t p = 0; p < self->parties && made; p++) {
        const bg_model *model = p < self->members ? &self->member[p] : &self->area->whole;
        self->party[p] = (builder){.model = model, .result = &results[p], .errors = self->errors};
        results[p] = (bg_contributions){.futures = self->how.most,
                                        .units = bg_model_unit_count(model),
                                        .years = model->horizon.years,
                                        .income = brings_income(self),
                                        .changes = self->changes,
                                        .count = self->changes > 1 ? self->changes + 2 : 1};
        made = make_rows(self, &results[p]) && make_costs(self, p) &&
               make_columns(&self->party[p]) && (!self->keep || make_drawn(&results[p]));
    }
    return made ? BG_OK : bg_no_memory(self->errors);
}

/* All communities together are their sums, so that rounding leaves nothing between them. */
static void add_up_communities(const study *self, const bg_contributions *results)
{
    const bg_contributions *whole = &results[self->members];
    for (size_t row = 0; row < whole->count; row++) {
        for (size_t place = 0; place < effect_count(whole); place++) {
            bg_effect *sum = &whole->row[row].effect[place];
            sum->mean = 0;
            for (size_t m = 0; m < self->members; m++) {
                sum->mean += results[m].row[row].effect[place].mean;
            }
        }
    }
}

/* The members have all of their changes again afterwards. */
static bg_status compute(study *self, size_t futures, bg_contributions *results)
{
    bg_status status = BG_OK;
    for (size_t m = 0; m < self->members && !status; m++) {
        status = collect(self, self->member[m].demand);
    }
    if (status || self->changes == 0) {
        return status;
    }
    self->party = calloc(self->parties, sizeof *self->party);
    self->projection = calloc(self->parties, sizeof(bg_projection *));
    status = self->party && self->projection ? make_parties(self, futures, results)
                                             : bg_no_memory(self->errors);
    status = status ? status : run_all(self);
    keep(self, BG_ALL_CHANGES);
    if (!status && self->area) {
        add_up_communities(self, results);
    }
    for (size_t p = 0; p < self->parties; p++) {
        if (self->party) {
            free_columns(&self->party[p]);
        }
        if (status) {
            bg_contributions_free(&results[p]);
        }
    }
    free(self->party);
    free(self->projection);
    return status;
}

static bg_projection_options quietly(const bg_projection_options *options)
{
    return (bg_projection_options){
        .threads = options->threads, .stop = options->stop, .keep = true};
}

bg_status bg_contributions_compute(const bg_scenario *scenario, size_t futures,
                                   const bg_projection_options *options, bg_contributions *self,
                                   bg_errors *errors)
{
    *self = (bg_contributions){0};
    bg_model model;
    bg_errors known; /* the scenario has been read, and its warnings said */
    bg_errors_init(&known);
    bg_status status = bg_model_read(scenario, &model, &known);
    if (status) {
        bg_errors_move(errors, &known);
    }
    bg_errors_free(&known);
    study work = {.member = &model,
                  .members = 1,
                  .payer = &model.contract,
                  .parties = 1,
                  .how = quietly(options),
                  .keep = options->keep,
                  .errors = errors};
    status = status ? status : compute(&work, futures, self);
    bg_model_free(&model);
    return status;
}

bg_status bg_area_contributions_compute(bg_area_model *area, size_t futures,
                                        const bg_projection_options *options,
                                        bg_contributions *parties, bg_errors *errors)
{
    const size_t members = area->area.count;
    memset(parties, 0, (members + 1) * sizeof *parties);
    study work = {.member = area->member,
                  .members = members,
                  .area = area,
                  .payer = &area->whole.contract,
                  .parties = members + 1,
                  .how = quietly(options),
                  .errors = errors};
    return compute(&work, futures, parties);
}

void bg_contributions_free(bg_contributions *self)
{
    for (size_t i = 0; self->row && i < self->count; i++) {
        free(self->row[i].effect);
        free(self->row[i].cost);
        free(self->row[i].drawn);
    }
    free(self->row);
    *self = (bg_contributions){0};
}
