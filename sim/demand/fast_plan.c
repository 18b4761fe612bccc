#include "demand/fast.h"

/* Skewness up to which a line's month is near enough to the transformed normal; the smoothness below
 * which a sum of nearly equal payments shows their steps; cases from which on single payments that are
 * not gamma are no longer drawn one by one. README.md, "When counts are small". */
#define SKEWNESS_MOST   0.3
#define SMOOTHNESS      0.5
#define NOT_GAMMA_LEAST 100

static bg_fast_correlation correlation(const bg_demand_line *line, double common_frequency,
                                       double common_cost)
{
    return (bg_fast_correlation){
        .common = {sqrt(common_frequency), sqrt(common_cost)},
        .own = {sqrt(1 - common_frequency), sqrt(1 - common_cost)},
        .shared = line->correlation,
        .rest = sqrt(1 - line->correlation * line->correlation),
    };
}

static double larger(double a, double b)
{
    return a > b ? a : b;
}

/* Skewness, squared, of a month-line with n cases expected. With v the square of the payments' cv and
 * e the variance of the gamma mean of a count over its mean, its cumulants are n c^2 (1 + v + e) and
 * n c^3 ((1 + v)(1 + 2v) + 3e (1 + v) + 2e^2). */
static double skewness_squared(const bg_demand_line *line, double n)
{
    const double v = line->severity.cv * line->severity.cv;
    const double e = bg_fast_excess(line, n);
    const double second = 1 + v + e, third = (1 + v) * (1 + 2 * v + 3 * e) + 2 * e * e;
    return third * third / (n * second * second * second);
}

/* It falls with n; with a quadratic variance perhaps not as far as it should. */
static double cases_until_symmetric(const bg_demand_line *line)
{
    double low = 1e-3, high = 1e15;
    if (skewness_squared(line, high) > SKEWNESS_MOST * SKEWNESS_MOST) {
        return INFINITY;
    }
    while (high > low * 1.001) {
        const double middle = sqrt(low * high);
        if (skewness_squared(line, middle) > SKEWNESS_MOST * SKEWNESS_MOST) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return high;
}

static bg_fast_terms terms(const bg_demand_line *line)
{
    const double v = line->severity.cv * line->severity.cv;
    const bool quadratic = line->count_shape > 0;
    const double e = quadratic ? 0 : line->dispersion - 1;
    const double by_case = quadratic ? 1 / line->count_shape : 0;
    const double enough = larger(cases_until_symmetric(line), SMOOTHNESS / v);
    return (bg_fast_terms){
        .second = {1 + v + e, by_case},
        .third = {(1 + v) * (1 + 2 * v + 3 * e) + 2 * e * e, 3 * (1 + v) * by_case,
                  2 * by_case * by_case},
        .enough =
            line->severity.kind == BG_SEVERITY_GAMMA ? enough : larger(enough, NOT_GAMMA_LEAST),
        .patient_share = line->patient_share,
        .exposure = line->exposure,
    };
}

static void plan_line(bg_block_sampler *self, size_t index)
{
    const bg_demand_line *line = &self->demand->line[index];
    bg_fast_line *plan = &self->line[index];
    plan->terms = terms(line);
    plan->trends =
        correlation(line, self->demand->trend_correlation, self->demand->trend_correlation);
    /* A matrix has correlated the frequencies already. */
    plan->shocks =
        correlation(line, self->demand->shock_root ? 0 : self->demand->shock_correlation, 0);
    for (int part = 0; part < BG_PARTS; part++) {
        const bg_demand_part *of = &line->part[part];
        plan->log_level[part] = bg_log(of->level);
        plan->varies[part] = of->trend.used_sd > 0 || of->volatility > 0;
    }
}

/* A line that ended pays nothing. */
static bool pays(const bg_demand_line *line)
{
    return line->part[BG_FREQUENCY].level > 0 && line->part[BG_COST].level > 0;
}

static void add_member(bg_block_sampler *self, bg_fast_group *group, size_t line)
{
    self->member[group->first + group->count++] = line;
    group->patients = group->patients || self->demand->line[line].patient_share > 0;
    group->quadratic = group->quadratic || self->demand->line[line].count_shape > 0;
}

static bg_fast_group *open_group(bg_block_sampler *self, size_t scheme, bool outside)
{
    const bg_fast_group *last = self->group_count ? &self->group[self->group_count - 1] : NULL;
    bg_fast_group *group = &self->group[self->group_count];
    *group = (bg_fast_group){.scheme = scheme, .outside = outside};
    group->first = last ? last->first + last->count : 0;
    return group;
}

static void plan_line_groups(bg_block_sampler *self)
{
    for (size_t i = 0; i < self->demand->line_count; i++) {
        const bg_demand_line *line = &self->demand->line[i];
        if (pays(line)) {
            bg_fast_group *group = open_group(self, line->scheme, line->outside);
            group->noise_key = line->noise_key;
            add_member(self, group, i);
            self->group_count++;
        }
    }
}

static void plan_group(bg_block_sampler *self, size_t scheme, bool outside)
{
    bg_fast_group *group = open_group(self, scheme, outside);
    group->noise_key = self->demand->scheme[scheme].noise_key[outside ? BG_PLACE_OUT : BG_PLACE_IN];
    for (size_t i = 0; i < self->demand->line_count; i++) {
        const bg_demand_line *line = &self->demand->line[i];
        if (line->scheme == scheme && line->outside == outside && pays(line)) {
            add_member(self, group, i);
        }
    }
    self->group_count += group->count > 0;
}

void bg_fast_plan(bg_block_sampler *self)
{
    for (size_t i = 0; i < self->demand->line_count; i++) {
        plan_line(self, i);
    }
    if (self->demand->noise == BG_NOISE_LINE) {
        plan_line_groups(self);
        return;
    }
    for (size_t scheme = 0; scheme < self->demand->scheme_count; scheme++) {
        plan_group(self, scheme, false);
        plan_group(self, scheme, true);
    }
}
