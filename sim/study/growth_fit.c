#include "study/growth_fit.h"

#include "base/elementary.h"

#include <stdlib.h>
#include <string.h>

/* Parts that weigh less are left out of what is expected. */
#define NEGLIGIBLE 1e-7

static const bg_level_prior before = {
    .mean = 0.09531017980432493, /* ln 1.1 */
    .sd = 0.1,
    .swing = 0.01,
    .swing_sd = 1.5,
    .rare = 0.08,
    .rare_size = 4,
};

/* The growths that are known. */
typedef struct growths {
    size_t count, years;
    double *value, *size, *weight;
    size_t *series, *year_index;
    int *year;                    /* of each index */
    double *mean, *mean_variance; /* likewise */
} growths;

static bool allocate(growths *self, const bg_yearly *data)
{
    const size_t most = data->series * data->years;
    self->value = calloc(most, sizeof *self->value);
    self->size = calloc(most, sizeof *self->size);
    self->weight = calloc(most, sizeof *self->weight);
    self->series = calloc(most, sizeof *self->series);
    self->year_index = calloc(most, sizeof *self->year_index);
    self->year = calloc(data->years, sizeof *self->year);
    self->mean = calloc(data->years, sizeof *self->mean);
    self->mean_variance = calloc(data->years, sizeof *self->mean_variance);
    return self->value && self->size && self->weight && self->series && self->year_index &&
           self->year && self->mean && self->mean_variance;
}

static void drop(growths *self)
{
    free(self->value);
    free(self->size);
    free(self->weight);
    free(self->series);
    free(self->year_index);
    free(self->year);
    free(self->mean);
    free(self->mean_variance);
}

static void collect_year(growths *self, const bg_growth_fit *fit, int year)
{
    const size_t before_year = self->count;
    for (size_t s = 0; s < fit->data->series; s++) {
        const double growth = bg_yearly_growth(fit->data, s, year, fit->origin);
        if (!isnan(growth)) {
            self->value[self->count] = growth;
            self->size[self->count] = bg_yearly_people(fit->data, s, fit->origin);
            self->series[self->count] = s;
            self->year_index[self->count] = fit->options.alone ? 0 : self->years;
            self->count++;
        }
    }
    if (self->count > before_year) {
        self->year[self->years++] = year;
    }
}

static void collect(growths *self, const bg_growth_fit *fit)
{
    const int first =
        fit->options.window ? fit->origin - fit->options.window + 2 : fit->data->first_year + 1;
    for (int year = first; year <= fit->origin; year++) {
        collect_year(self, fit, year);
    }
}

/* The one mean of all growths, and its prior. */
static bg_normal_part one_mean(const growths *known)
{
    double precision = 1 / (before.sd * before.sd), sum = before.mean * precision;
    if (known->count && known->mean_variance[0] > 0) {
        sum += known->mean[0] / known->mean_variance[0];
        precision += 1 / known->mean_variance[0];
    }
    return (bg_normal_part){1, sum / precision, sqrt(1 / precision)};
}

static void learn_own(bg_growth_fit *self, growths *known)
{
    const double widening = bg_sized_noise_widening(&self->noise);
    for (size_t i = 0; i < known->count; i++) {
        known->value[i] -= known->mean[known->year_index[i]];
        known->weight[i] = 1 / (widening * bg_sized_noise_scale(&self->noise, known->size[i]));
    }
    const bg_credibility_data data = {.count = known->count,
                                      .units = self->data->series,
                                      .value = known->value,
                                      .weight = known->weight,
                                      .unit = known->series};
    self->own = bg_credibility_fit(&data, self->own_weight, self->own_mean);
}

static bool learn(bg_growth_fit *self, growths *known)
{
    const size_t groups = self->options.alone ? known->count > 0 : known->years;
    const bg_sized_values values = {.count = known->count,
                                    .groups = groups,
                                    .value = known->value,
                                    .size = known->size,
                                    .group = known->year_index};
    if (!bg_sized_noise_fit(&values, &self->noise, known->mean, known->mean_variance)) {
        return false;
    }
    const bg_level_data years = {.count = known->years,
                                 .year = known->year,
                                 .x = known->mean,
                                 .variance = known->mean_variance};
    if (self->options.alone) {
        self->mean = one_mean(known);
    } else {
        bg_moving_level_fit(&before, &years, self->origin, &self->common);
    }
    if (bg_sized_noise_scale(&self->noise, NAN) > 0) {
        learn_own(self, known);
    }
    return true;
}

bg_status bg_growth_fit_at(const bg_yearly *data, int origin, const bg_growth_options *options,
                           bg_growth_fit *self, bg_errors *errors)
{
    growths known = {0};
    *self = (bg_growth_fit){.data = data, .origin = origin, .options = *options};
    self->own_weight = calloc(data->series, sizeof *self->own_weight);
    self->own_mean = calloc(data->series, sizeof *self->own_mean);
    bool done = self->own_weight && self->own_mean && allocate(&known, data);
    if (done) {
        collect(&known, self);
        done = learn(self, &known);
        self->growths = known.count;
        self->years = known.years;
        self->class_count = bg_t_classes(self->noise.freedom, self->classes);
    }
    drop(&known);
    return done ? BG_OK : bg_no_memory(errors);
}

void bg_growth_fit_free(bg_growth_fit *self)
{
    free(self->own_weight);
    free(self->own_mean);
    memset(self, 0, sizeof *self);
}

static size_t common_parts(const bg_growth_fit *self, int ahead,
                           bg_normal_part part[BG_LEVEL_PARTS])
{
    if (self->options.alone) {
        part[0] = (bg_normal_part){1, ahead * self->mean.mean, ahead * self->mean.sd};
        return 1;
    }
    bg_moving_level_ahead(&self->common, self->origin, ahead, part);
    return BG_LEVEL_PARTS;
}

void bg_growth_ahead(const bg_growth_fit *self, size_t series, int ahead, bg_mixture *expected)
{
    bg_normal_part common[BG_LEVEL_PARTS];
    const size_t parts = common_parts(self, ahead, common);
    const double z = bg_credibility_factor(&self->own, self->own_weight[series]);
    const double own = z * (self->own_mean[series] - self->own.mean);
    const double own_variance = self->own.between * (1 - z);
    const double scale =
        bg_sized_noise_scale(&self->noise, bg_yearly_people(self->data, series, self->origin));
    expected->count = 0;
    for (size_t i = 0; i < parts; i++) {
        for (size_t k = 0; k < self->class_count; k++) {
            const double variance = common[i].sd * common[i].sd + ahead * ahead * own_variance +
                                    ahead * scale * self->classes[k].variance;
            const double weight = common[i].weight * self->classes[k].weight;
            if (weight > NEGLIGIBLE) {
                expected->part[expected->count++] =
                    (bg_normal_part){weight, common[i].mean + ahead * own, sqrt(variance)};
            }
        }
    }
}
