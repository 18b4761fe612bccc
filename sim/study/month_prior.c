#include "study/month_prior.h"

#include "base/special.h"
#include "base/storage.h"
#include "projection/response.h"
#include "study/messages.h"

#include <stdlib.h>

enum { BLOCK = 500 };

/* What a block of futures is drawn into. */
typedef struct block {
    size_t schemes, years;
    bg_demand_columns *columns[BG_MAX_SCHEMES]; /* [year] */
} block;

typedef struct finding {
    const bg_model *model;
    size_t year, futures;
    block block;
    void *storage;
    bg_block_sampler *sampler;
    double *drawn; /* [future][scheme][month] fen */
} finding;

static void lay_out_year(bg_demand_columns *year, bg_storage *from)
{
    bg_fen **const sums[] = {&year->outside,  &year->emergency,  &year->rebound,
                             &year->patients, &year->disallowed, &year->recovered};
    for (size_t month = 0; month < BG_YEAR_MONTHS; month++) {
        year->expense[month] = bg_storage_column(from, BLOCK, sizeof(bg_fen));
    }
    for (size_t i = 0; i < sizeof sums / sizeof *sums; i++) {
        *sums[i] = bg_storage_column(from, BLOCK, sizeof(bg_fen));
    }
    year->people = bg_storage_column(from, BLOCK, sizeof(double));
    year->begins = bg_storage_column(from, BLOCK, sizeof(bool));
}

static void lay_out(void *owner, bg_storage *from)
{
    block *self = owner;
    for (size_t s = 0; s < self->schemes; s++) {
        for (size_t y = 0; self->columns[s] && y < self->years; y++) {
            lay_out_year(&self->columns[s][y], from);
        }
    }
}

/* A future has so many amounts: the months of each scheme, then the years before of each. */
static size_t month_count(const finding *self)
{
    return self->block.schemes * BG_YEAR_MONTHS;
}

static size_t amount_count(const finding *self)
{
    return month_count(self) + self->block.schemes * self->year;
}

static bg_status begin(finding *self)
{
    block *to = &self->block;
    to->schemes = self->model->contract.history.scheme_count;
    to->years = self->model->contract.years;
    bool failed = false;
    for (size_t s = 0; s < to->schemes; s++) {
        to->columns[s] = calloc(to->years, sizeof(bg_demand_columns));
        failed = failed || !to->columns[s];
    }
    self->storage = bg_storage_make(to, lay_out);
    self->sampler = bg_block_sampler_new(self->model->demand, BLOCK);
    self->drawn = calloc(self->futures * amount_count(self), sizeof(double));
    return failed || !self->storage || !self->sampler || !self->drawn ? BG_MEMORY : BG_OK;
}

static void end(finding *self)
{
    for (size_t s = 0; s < BG_MAX_SCHEMES; s++) {
        free(self->block.columns[s]);
    }
    bg_block_sampler_free(self->sampler);
    free(self->storage);
    free(self->drawn);
}

/* Futures first … first + n - 1, which were drawn last. */
static void take(const finding *self, size_t first, size_t n)
{
    const size_t months = month_count(self), width = amount_count(self);
    for (size_t j = 0; j < width; j++) {
        const bool of_month = j < months;
        const size_t scheme = of_month ? j / BG_YEAR_MONTHS : (j - months) / self->year;
        const size_t year = of_month ? self->year : (j - months) % self->year;
        const size_t from = of_month ? j % BG_YEAR_MONTHS : 0;
        const size_t until = of_month ? from + 1 : BG_YEAR_MONTHS;
        const bg_demand_columns *columns = &self->block.columns[scheme][year];
        for (size_t month = from; month < until; month++) {
            for (size_t i = 0; i < n; i++) {
                self->drawn[(first + i) * width + j] += (double)columns->expense[month][i];
            }
        }
    }
}

static bg_status draw(const finding *self)
{
    bg_status status = BG_OK;
    for (size_t first = 0; first < self->futures && status == BG_OK; first += BLOCK) {
        const size_t left = self->futures - first;
        const size_t n = left < BLOCK ? left : BLOCK;
        status = bg_demand_draw_block(self->model->demand, self->sampler, (uint32_t)(first + 1), n,
                                      self->block.columns);
        if (status == BG_OK) {
            take(self, first, n);
        }
    }
    return status;
}

/* E x, and Cov(x, y) / (E x E y): the rest of the division by the mean is what the products are of. */
static void find_moments(const finding *self, double *mean, double *covariance)
{
    const size_t width = amount_count(self);
    const double n = (double)self->futures;
    for (size_t i = 0; i < self->futures; i++) {
        for (size_t j = 0; j < width; j++) {
            mean[j] += self->drawn[i * width + j] / n;
        }
    }
    for (size_t i = 0; i < self->futures; i++) {
        double *off = self->drawn + i * width; /* in its place */
        for (size_t j = 0; j < width; j++) {
            off[j] = mean[j] > 0 ? off[j] / mean[j] - 1 : 0;
        }
        for (size_t j = 0; j < width; j++) {
            for (size_t k = 0; k < width; k++) {
                covariance[j * width + k] += off[j] * off[k] / n;
            }
        }
    }
}

static bg_status check_months(const finding *self, const double *mean, bg_errors *errors)
{
    for (size_t j = 0; j < month_count(self); j++) {
        if (mean[j] <= 0) {
            const bg_history *history = &self->model->contract.history;
            return bg_errors_say(errors, BG_INVALID, BG_NOWHERE, NULL, BG_SAY(month_of_nothing),
                                 bg_scheme_words(history->scheme[j / BG_YEAR_MONTHS].name),
                                 self->model->contract.first_year + (int)self->year,
                                 (int)(j % BG_YEAR_MONTHS) + 1);
        }
    }
    return BG_OK;
}

/* `logs` holds means and relative covariances of the amounts. */
static void put_on_logarithms(bg_normals *logs)
{
    const size_t n = logs->n;
    for (size_t i = 0; i < n * n; i++) {
        logs->covariance[i] = bg_log1p(logs->covariance[i]);
    }
    for (size_t j = 0; j < n; j++) {
        logs->mean[j] = bg_log(logs->mean[j]) - logs->covariance[j * n + j] / 2;
    }
}

static void learn_from_known(const finding *self, const bg_known_years *known, bg_normals *logs)
{
    for (size_t s = 0; s < self->block.schemes; s++) {
        for (size_t y = 0; y < self->year; y++) {
            if (known->paid[s][y] > 0) {
                bg_normals_observe(logs, month_count(self) + s * self->year + y,
                                   bg_log(known->paid[s][y]), 0);
            }
        }
    }
}

/* The months alone, with their noise, which leaves their means. */
static void keep_months(const bg_normals *all, bg_month_prior *prior)
{
    bg_normals *logs = &prior->logs;
    const size_t n = logs->n;
    const double noise = prior->noise * prior->noise;
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n; j++) {
            logs->covariance[i * n + j] = all->covariance[i * all->n + j] + (i == j ? noise : 0);
        }
        prior->expected[i] = bg_exp(all->mean[i] + all->covariance[i * all->n + i] / 2);
        logs->mean[i] = all->mean[i] - noise / 2;
    }
}

static bg_status conclude(const finding *self, const bg_known_years *known, bg_month_prior *prior,
                          bg_errors *errors)
{
    bg_normals all;
    bg_status status = bg_normals_init(&all, amount_count(self));
    if (status != BG_OK) {
        bg_no_memory(errors);
    } else {
        find_moments(self, all.mean, all.covariance);
        status = check_months(self, all.mean, errors);
    }
    if (status == BG_OK) {
        put_on_logarithms(&all);
        learn_from_known(self, known, &all);
        keep_months(&all, prior);
    }
    bg_normals_free(&all);
    return status;
}

/* Providers do what they do in a projection. */
static bg_status let_providers_act(const bg_model *model, bg_errors *errors)
{
    bg_response_year *years = NULL;
    const bg_projection_options options = {0};
    const bg_status status = bg_response_find(&(bg_parties){.member = model, .count = 1}, &options,
                                              model->horizon.replications, &years, errors);
    free(years);
    return status;
}

bg_status bg_month_prior_find(const bg_model *model, size_t year, double noise,
                              const bg_known_years *known, bg_month_prior *self, bg_errors *errors)
{
    const size_t asked = model->horizon.replications;
    finding work = {.model = model,
                    .year = year,
                    .futures = asked < BG_PRIOR_FUTURES ? asked : BG_PRIOR_FUTURES};
    *self = (bg_month_prior){.schemes = model->contract.history.scheme_count, .noise = noise};
    bg_status status = let_providers_act(model, errors);
    if (status != BG_OK) {
        return status;
    }
    bg_demand_rule_out_emergencies(model->demand);
    status = bg_normals_init(&self->logs, self->schemes * BG_YEAR_MONTHS);
    status = status ? status : begin(&work);
    status = status ? status : draw(&work);
    if (status != BG_OK) {
        bg_errors_say(errors, status, BG_NOWHERE, NULL, BG_SAY(months_not_expected),
                      bg_status_both(status));
    }
    status = status ? status : conclude(&work, known, self, errors);
    end(&work);
    return status;
}

void bg_month_prior_free(bg_month_prior *self)
{
    bg_normals_free(&self->logs);
    *self = (bg_month_prior){0};
}

double bg_month_prior_sum(const bg_month_prior *self, size_t unit, const double *amounts,
                          size_t from, size_t until)
{
    const size_t first = unit < self->schemes ? unit : 0;
    const size_t end = unit < self->schemes ? unit + 1 : self->schemes;
    double sum = 0;
    for (size_t s = first; s < end; s++) {
        for (size_t month = from; month < until; month++) {
            sum += amounts[s * BG_YEAR_MONTHS + month];
        }
    }
    return sum;
}
