#include "projection/block.h"

#include "base/columns.h"
#include "base/storage.h"
#include "projection/messages.h"
#include "projection/outcome.h"
#include "projection/pots.h"
#include "projection/unit.h"

#include <stdlib.h>
#include <string.h>

enum { MONTHS = 12 };

struct bg_block {
    const bg_model *model;
    size_t capacity;
    bg_future path;
    bg_sampler *sampler;                       /* of the reference engine */
    bg_block_sampler *block_sampler;           /* of the fast engine */
    bg_demand_columns *demand[BG_MAX_SCHEMES]; /* [scheme][year] */
    bg_decimal *score[BG_MAX_BUDGET_YEARS];    /* where it is simulated, else NULL */
    bg_fen **line[BG_MAX_SCHEMES];             /* [year][line], where payments by line are wanted */
    void *storage;                             /* of their columns, unless these are borrowed */
    size_t size;                               /* of what is kept, in bytes */
    bg_kept *kept;                             /* NULL: all is drawn */
    bg_drawn drawn;
    char *borrowed; /* columns that were kept; NULL: they are its own */
    bg_draws draws;
};

/* By month the community's cash needs only what it pays itself. */
static void lay_out_year(const bg_block *self, bg_demand_columns *year, bg_storage *from)
{
    year->outside_apart = !bg_budget_community_pays_outside(self->model->contract.scenario);
    for (size_t month = 0; month < MONTHS; month++) {
        year->expense[month] = bg_storage_column(from, self->capacity, sizeof(bg_fen));
    }
    year->outside = bg_storage_column(from, self->capacity, sizeof(bg_fen));
    year->emergency = bg_storage_column(from, self->capacity, sizeof(bg_fen));
    year->rebound = bg_storage_column(from, self->capacity, sizeof(bg_fen));
    year->patients = bg_storage_column(from, self->capacity, sizeof(bg_fen));
    year->disallowed = bg_storage_column(from, self->capacity, sizeof(bg_fen));
    year->people = bg_storage_column(from, self->capacity, sizeof(double));
    if (bg_demand_recovers(self->model->demand)) {
        year->recovered = bg_storage_column(from, self->capacity, sizeof(bg_fen));
    }
}

static void lay_out_lines(const bg_block *self, size_t scheme, size_t year, bg_storage *from)
{
    const bg_history *history = &self->model->contract.history;
    bg_fen **line = self->line[scheme] + year * history->line_count;
    for (size_t l = 0; l < history->line_count; l++) {
        const bool own = (size_t)history->line[l].scheme == scheme;
        line[l] = own ? bg_storage_column(from, self->capacity, sizeof(bg_fen)) : NULL;
    }
    self->demand[scheme][year].line = line;
}

static void lay_out(void *owner, bg_storage *from)
{
    bg_block *self = owner;
    const bg_contract *contract = &self->model->contract;
    for (size_t y = 0; y < contract->years; y++) {
        bool *begins = bg_storage_column(from, self->capacity, sizeof *begins);
        for (size_t s = 0; s < contract->history.scheme_count; s++) {
            lay_out_year(self, &self->demand[s][y], from);
            if (self->line[s]) {
                lay_out_lines(self, s, y, from);
            }
            self->demand[s][y].begins = begins; /* one for all schemes */
        }
    }
    for (size_t y = 0; y < contract->years && contract->performance; y++) {
        self->score[y] = bg_storage_column(from, self->capacity, sizeof(bg_decimal));
    }
}

/* Its columns are those in `bytes`; NULL: none, to say how many bytes that takes. */
static size_t stand_on(bg_block *self, char *bytes)
{
    bg_storage storage = {0};
    storage.bytes = bytes;
    lay_out(self, &storage);
    return storage.used;
}

/* Room to draw into, which futures that were kept have no need of. */
static bg_status own_storage(bg_block *self)
{
    const bg_model *model = self->model;
    if (self->storage) {
        return BG_OK;
    }
    if (model->horizon.engine == BG_ENGINE_FAST) {
        self->block_sampler = bg_block_sampler_new(model->demand, self->capacity);
    } else {
        self->sampler = bg_sampler_new(model->demand);
    }
    self->storage = bg_storage_make(self, lay_out);
    return self->storage && (self->sampler || self->block_sampler) ? BG_OK : BG_MEMORY;
}

static bg_status init_demand(bg_block *self)
{
    const bg_contract *contract = &self->model->contract;
    for (size_t s = 0; s < contract->history.scheme_count; s++) {
        self->demand[s] = calloc(contract->years, sizeof *self->demand[s]);
        if (bg_pots_want_lines(self->model)) {
            self->line[s] =
                calloc(contract->years * contract->history.line_count, sizeof *self->line[s]);
        }
        if (!self->demand[s] || (bg_pots_want_lines(self->model) && !self->line[s])) {
            return BG_MEMORY;
        }
    }
    return BG_OK;
}

static bg_status init(bg_block *self, const bg_projection_options *options)
{
    const bg_model *model = self->model;
    bg_status status = bg_future_init(&self->path, model->demand);
    status = status ? status : init_demand(self);
    if (!status && !(options && options->kept)) {
        status = own_storage(self);
    }
    return status ? status : bg_draws_init(&self->draws, model, options, self->capacity);
}

bg_block *bg_block_new(const bg_model *model, const bg_projection_options *options, size_t capacity)
{
    bg_block *self = calloc(1, sizeof *self);
    if (!self) {
        return NULL;
    }
    self->model = model;
    self->capacity = capacity;
    if (init(self, options) != BG_OK) {
        bg_block_free(self);
        return NULL;
    }
    return self;
}

void bg_block_free(bg_block *self)
{
    if (!self) {
        return;
    }
    if (self->borrowed) {
        bg_kept_give_back(self->kept, self->borrowed);
    }
    for (size_t s = 0; s < BG_MAX_SCHEMES; s++) {
        free(self->demand[s]);
        free(self->line[s]);
    }
    bg_draws_free(&self->draws);
    bg_future_free(&self->path);
    bg_sampler_free(self->sampler);
    bg_block_sampler_free(self->block_sampler);
    free(self->storage);
    free(self);
}

bg_draws *bg_block_draws(bg_block *self)
{
    return &self->draws;
}

const bg_demand_columns *bg_block_demand(const bg_block *self, size_t scheme, size_t year)
{
    return &self->demand[scheme][year];
}

/* ---- from a path to columns ---- */

static bg_fen sum_of_months(const bg_fen *months)
{
    bg_fen sum = 0;
    for (size_t month = 0; month < 12; month++) {
        /* Demand bounds a month so that a year's sum fits. */
        sum += months[month];
    }
    return sum;
}

/* Entry `i` of the columns from the path. */
static void put_path(bg_block *self, size_t i)
{
    const bg_future *path = &self->path;
    for (size_t s = 0; s < path->schemes; s++) {
        for (size_t y = 0; y < path->years; y++) {
            bg_demand_columns *to = &self->demand[s][y];
            const size_t january = BG_FUTURE_MONTH(path, s, y, 0);
            for (size_t month = 0; month < 12; month++) {
                const bg_fen apart = to->outside_apart ? path->outside[january + month] : 0;
                to->expense[month][i] = path->expense[january + month] - apart;
            }
            to->outside[i] = sum_of_months(path->outside + january);
            to->emergency[i] = sum_of_months(path->emergency + january);
            to->rebound[i] = sum_of_months(path->rebound + january);
            to->patients[i] = path->patients[BG_FUTURE_YEAR(path, s, y)];
            to->disallowed[i] = path->disallowed[BG_FUTURE_YEAR(path, s, y)];
            to->people[i] = path->people[BG_FUTURE_YEAR(path, s, y)];
            if (to->recovered) {
                to->recovered[i] = path->recovered[BG_FUTURE_YEAR(path, s, y)];
            }
            to->begins[i] = path->begins[y];
            for (size_t l = 0; to->line && l < path->lines; l++) {
                if (to->line[l]) {
                    to->line[l][i] = path->line_paid[BG_FUTURE_YEAR(path, l, y)];
                }
            }
        }
    }
}

/* ---- the score ---- */

/* Of entries at … at + n - 1 of a year. */
static bg_status find_scores(bg_block *self, size_t year, size_t at, size_t n,
                             const double *const *quantity)
{
    const bg_performance *performance = self->model->contract.performance;
    return bg_performance_scores(performance, n, quantity, self->score[year] + at);
}

/* Of entry `i`, from the path. */
static bg_status score_path(bg_block *self, size_t i)
{
    const bg_future *path = &self->path;
    const double *quantity[BG_MAX_QUANTITIES];
    bg_status status = BG_OK;
    for (size_t y = 0; y < path->years && path->quantities > 0 && status == BG_OK; y++) {
        for (size_t q = 0; q < path->quantities; q++) {
            quantity[q] = &path->quantity[BG_FUTURE_YEAR(path, q, y)];
        }
        status = find_scores(self, y, i, 1, quantity);
    }
    return status;
}

static bg_status score_block(bg_block *self, size_t n)
{
    const bg_future *path = &self->path;
    const double *quantity[BG_MAX_QUANTITIES];
    bg_status status = BG_OK;
    for (size_t y = 0; y < path->years && path->quantities > 0 && status == BG_OK; y++) {
        for (size_t q = 0; q < path->quantities; q++) {
            quantity[q] = bg_block_sampler_quantity(self->block_sampler, q, y);
        }
        status = find_scores(self, y, 0, n, quantity);
    }
    return status;
}

/* ---- drawing ---- */

static bg_status draw_one_by_one(bg_block *self, size_t first, size_t n, bg_errors *errors)
{
    for (size_t i = 0; i < n; i++) {
        const uint32_t replication = (uint32_t)(first + i + 1);
        bg_status status =
            bg_demand_draw(self->model->demand, self->sampler, replication, &self->path);
        status = status ? status : score_path(self, i);
        if (status != BG_OK) {
            return bg_errors_say(errors, status, BG_NOWHERE, NULL, BG_SAY(replication_not_drawn),
                                 (unsigned)replication, bg_status_both(status));
        }
        put_path(self, i);
    }
    return BG_OK;
}

static bg_status draw_block(bg_block *self, size_t first, size_t n, bg_errors *errors)
{
    bg_status status = bg_demand_draw_block(self->model->demand, self->block_sampler,
                                            (uint32_t)(first + 1), n, self->demand);
    status = status ? status : score_block(self, n);
    return status == BG_OK
               ? BG_OK
               : bg_errors_say(errors, status, BG_NOWHERE, NULL, BG_SAY(replications_not_drawn),
                               first + 1, first + n, bg_status_both(status));
}

void bg_block_keep(bg_block *self, bg_kept *kept, const bg_drawn *drawn)
{
    self->kept = kept;
    self->drawn = *drawn;
    self->size = stand_on(self, NULL);
}

/* Whether these futures were kept, and are borrowed now. */
static bool borrow(bg_block *self, const bg_kept_place *place)
{
    if (self->borrowed) {
        bg_kept_give_back(self->kept, self->borrowed);
    }
    self->borrowed = bg_kept_borrow(self->kept, place, self->size);
    stand_on(self, self->borrowed ? self->borrowed : self->storage);
    return self->borrowed;
}

static bg_status draw(bg_block *self, size_t first, size_t n, bg_errors *errors)
{
    if (own_storage(self) != BG_OK) {
        return bg_no_memory(errors);
    }
    return self->block_sampler ? draw_block(self, first, n, errors)
                               : draw_one_by_one(self, first, n, errors);
}

bg_status bg_block_draw(bg_block *self, size_t first, size_t n, bg_errors *errors)
{
    const bg_kept_place place = {self->drawn, first, n};
    if (!self->kept) {
        return draw(self, first, n, errors);
    }
    if (borrow(self, &place)) {
        return BG_OK;
    }
    const bg_status status = draw(self, first, n, errors);
    if (!status) {
        bg_kept_put(self->kept, &place, self->size, self->storage);
    }
    return status;
}

bg_status bg_block_draw_central(bg_block *self, bg_errors *errors)
{
    bg_status status = own_storage(self);
    status = status ? status : bg_demand_central(self->model->demand, &self->path);
    status = status ? status : score_path(self, 0);
    if (status != BG_OK) {
        return bg_errors_say(errors, status, BG_NOWHERE, NULL, BG_SAY(central_demand_failed),
                             bg_status_both(status));
    }
    put_path(self, 0);
    return BG_OK;
}

/* ---- the central path at several sizes of a year ---- */

static bg_status scale(bg_fen *column, size_t n, const bg_decimal *factor)
{
    const bg_fen amount = column[0];
    bg_status status = BG_OK;
    for (size_t i = 0; i < n && status == BG_OK; i++) {
        column[i] = amount;
        status = factor ? bg_money_times(amount, factor[i], &column[i]) : BG_OK;
    }
    return status;
}

/* A part that is rounded for itself is no more than the whole. */
static void bound_parts(const bg_demand_columns *year, size_t n)
{
    bg_fen *const parts[] = {year->emergency, year->rebound, year->outside, year->disallowed};
    for (size_t i = 0; i < n; i++) {
        bg_fen expense = year->outside_apart ? year->outside[i] : 0;
        for (size_t month = 0; month < MONTHS; month++) {
            expense += year->expense[month][i];
        }
        for (size_t part = 0; part < sizeof parts / sizeof *parts; part++) {
            parts[part][i] = parts[part][i] < expense ? parts[part][i] : expense;
        }
    }
}

/* `factor` is NULL in years that stay what they are. */
static bg_status spread_year(bg_block *self, bg_demand_columns *year, size_t n,
                             const bg_decimal *factor)
{
    bg_fen *const columns[] = {year->outside, year->emergency, year->rebound, year->patients,
                               year->disallowed};
    bg_status status = BG_OK;
    for (size_t month = 0; month < MONTHS && status == BG_OK; month++) {
        status = scale(year->expense[month], n, factor);
    }
    for (size_t j = 0; j < sizeof columns / sizeof *columns && status == BG_OK; j++) {
        status = scale(columns[j], n, factor);
    }
    for (size_t l = 0; year->line && l < self->path.lines && status == BG_OK; l++) {
        status = year->line[l] ? scale(year->line[l], n, factor) : BG_OK;
    }
    status = status || !year->recovered ? status : scale(year->recovered, n, NULL);
    for (size_t i = 1; i < n; i++) {
        year->people[i] = year->people[0];
        year->begins[i] = year->begins[0];
    }
    bound_parts(year, n);
    return status;
}

static bg_status spread_scheme(bg_block *self, const bg_scaled *scaled, size_t scheme, size_t year)
{
    bg_demand_columns *columns = &self->demand[scheme][year];
    bg_status status = BG_OK;
    if (scaled->before && year < scaled->year) {
        status = spread_year(self, columns, 1, &scaled->before[scheme * self->path.years + year]);
    }
    return status ? status
                  : spread_year(self, columns, scaled->n,
                                year == scaled->year ? scaled->factor : NULL);
}

bg_status bg_block_draw_scaled(bg_block *self, const bg_scaled *scaled, bg_errors *errors)
{
    bg_status status = bg_block_draw_central(self, errors);
    if (status != BG_OK) {
        return status;
    }
    for (size_t y = 0; y < self->path.years && status == BG_OK; y++) {
        for (size_t s = 0; s < self->path.schemes && status == BG_OK; s++) {
            status = spread_scheme(self, scaled, s, y);
        }
        for (size_t i = 1; self->score[y] && i < scaled->n; i++) {
            self->score[y][i] = self->score[y][0];
        }
    }
    return status == BG_OK ? BG_OK
                           : bg_errors_say(errors, status, BG_NOWHERE, NULL,
                                           BG_SAY(central_demand_failed), bg_status_both(status));
}

/* What a payer pays beside care in the year at work. */
static void find_outlay(const bg_block *self, bg_outlay_payer payer, const bg_years *years,
                        bg_fen outlay[MONTHS])
{
    for (size_t month = 0; month < MONTHS; month++) {
        outlay[month] = bg_demand_outlay_of_month(self->model->demand, payer, years->scheme,
                                                  years->year, month);
    }
}

void bg_block_enter(const bg_block *self, bg_years *years)
{
    const bg_demand_columns *demand = bg_block_demand(self, years->scheme, years->year);
    int64_t *const *input = years->settlement.input;
    const size_t size = years->n * sizeof(bg_fen);
    bg_demand_columns_expense(demand, years->n, input[BG_INPUT_expense]);
    memcpy(input[BG_INPUT_emergency], demand->emergency, size);
    memcpy(input[BG_INPUT_rebound], demand->rebound, size);
    memcpy(input[BG_INPUT_outside], demand->outside, size);
    memcpy(input[BG_INPUT_patients], demand->patients, size);
    memcpy(input[BG_INPUT_disallowed], demand->disallowed, size);
    if (self->score[years->year]) {
        memcpy(input[BG_INPUT_score], self->score[years->year], size);
    }
    bg_pots_enter(self->model, demand, years);
    for (size_t month = 0; month < MONTHS; month++) {
        years->budget.month_cost[month] = demand->expense[month];
    }
    years->budget.cost_disallowed = input[BG_INPUT_disallowed];
    years->budget.cost_of_year = input[BG_INPUT_expense];
    years->people = demand->people;
    years->recovered = demand->recovered;
    bg_fen outlay[MONTHS];
    find_outlay(self, BG_PAYER_POOL, years, outlay);
    years->pool_outlay = sum_of_months(outlay);
}

/* ---- 99 % of it ---- */

/* Rounded to the fen. */
static bg_fen eased(bg_fen amount)
{
    return amount - (amount + 50) / 100;
}

static bg_fen eased_expense(const bg_demand_columns *demand, size_t i)
{
    bg_fen sum = demand->outside_apart ? eased(demand->outside[i]) : 0;
    for (size_t month = 0; month < MONTHS; month++) {
        sum += eased(demand->expense[month][i]);
    }
    return sum;
}

void bg_block_ease(const bg_block *self, bg_years *years)
{
    static const int parts[] = {BG_INPUT_emergency, BG_INPUT_rebound, BG_INPUT_outside,
                                BG_INPUT_disallowed};
    const bg_demand_columns *demand = bg_block_demand(self, years->scheme, years->year);
    int64_t *const *input = years->settlement.input;
    for (size_t i = 0; i < years->n; i++) {
        const bg_fen expense = eased_expense(demand, i);
        input[BG_INPUT_expense][i] = expense;
        for (size_t part = 0; part < sizeof parts / sizeof *parts; part++) {
            const bg_fen amount = eased(input[parts[part]][i]);
            input[parts[part]][i] = amount < expense ? amount : expense; /* months round apart */
        }
    }
    bg_pots_fit(self->model, years);
}

bg_status bg_block_store(bg_block *self, const bg_years *years, bg_errors *errors)
{
    const bg_demand_columns *demand = bg_block_demand(self, years->scheme, years->year);
    bg_fen outlay[MONTHS];
    find_outlay(self, BG_PAYER_COMMUNITY, years, outlay);
    bg_status status =
        bg_years_too_large(years, bg_outcome_store(years, demand, outlay, &self->draws), errors);
    return status ? status
                  : bg_sums_too_large(
                        years->budget.year,
                        bg_unit_derive(&self->draws, years->scheme, years->year, years->n), errors);
}
