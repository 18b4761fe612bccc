#include "demand/fast_plan.h"

/* When the transformed normal stands for a line's month. README.md, "When counts are small". */
#define DISTANCE_MOST   4.4e-4 /* largest error of the distribution function of a month-line */
#define FOURTH_WEIGHT   0.0230 /* what a fourth cumulant off by 1 (in sd^4) changes in it at most */
#define OWN_WEIGHT      0.0014 /* how far the transformed normal is off a gamma, by squared skewness */
#define SQUARE_MOST     0.08 /* squared skewness: lines of different skewness in one group */
#define SMOOTHNESS      0.5 /* cases x cv^2: below, a sum of nearly equal payments shows its steps */
#define NOT_GAMMA_LEAST 100 /* from so many cases on, 32 or fewer, drawn one by one, do not occur */

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

/* Whether the month of a line with n cases expected is near enough to the transformed normal. With v
 * the square of the payments' cv and e the variance over mean of the gamma mean of a count, its
 * cumulants are n c^j times the factors below. */
static bool near_enough(const bg_demand_line *line, double v, double n)
{
    const double e = bg_fast_excess(line, n);
    const double second = 1 + v + e, third = (1 + v) * (1 + 2 * v + 3 * e) + 2 * e * e;
    const double fourth =
        (1 + v) * ((1 + 2 * v) * (1 + 3 * v) + e * (7 + 11 * v + 12 * e)) + 6 * e * e * e;
    const double skewness = third * third / (n * second * second * second);
    const double off = fabs(fourth / (n * second * second) - 1.5 * skewness);
    return FOURTH_WEIGHT * off + OWN_WEIGHT * skewness <= DISTANCE_MOST && skewness <= SQUARE_MOST;
}

/* More cases are always better; with a quadratic variance there may be no number that is enough. */
static double fewest_near_enough(const bg_demand_line *line, double v)
{
    double low = 1e-3, high = 1e15;
    if (!near_enough(line, v, high)) {
        return INFINITY;
    }
    while (high > low * 1.001) {
        const double middle = sqrt(low * high);
        if (near_enough(line, v, middle)) {
            high = middle;
        } else {
            low = middle;
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
    const double enough = larger(fewest_near_enough(line, v), SMOOTHNESS / v);
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

/* The most cases that are enough where payments vary, squared, by something between low and high. */
static double enough_between(const bg_demand_line *line, double low, double high)
{
    const double most = larger(fewest_near_enough(line, high), SMOOTHNESS / low);
    return larger(most, fewest_near_enough(line, low));
}

/* The most cases that are enough along the curves of the line's payments, and where its levels have changed; payments are
 * then never a plain gamma. */
static double varied_enough(const bg_demand *demand, size_t index)
{
    const bg_demand_line *line = &demand->line[index];
    double enough = NOT_GAMMA_LEAST;
    for (size_t i = 0; i < demand->benefit_count; i++) {
        const bg_line_benefit *benefit = &demand->benefit[i];
        for (int k = -16; k <= 16 && benefit->line == index; k++) {
            const double payment = line->part[BG_COST].level * bg_exp(k * (bg_log(16) / 16));
            const double v = bg_line_benefit_at(benefit, payment).variation;
            enough = larger(enough, larger(fewest_near_enough(line, v), SMOOTHNESS / v));
        }
    }
    const size_t levels = bg_demand_line_mixes(demand, index);
    if (levels == 1) {
        const double v = line->severity.cv * line->severity.cv;
        enough = larger(enough, enough_between(line, v, v));
    } else if (levels > 1) {
        double low, high;
        bg_demand_divided_variation(demand, index, &low, &high);
        enough = larger(enough, enough_between(line, low, high));
    }
    return enough;
}

static void plan_line(bg_block_sampler *self, size_t index)
{
    const bg_demand_line *line = &self->demand->line[index];
    bg_fast_line *plan = &self->line[index];
    plan->terms = terms(line);
    plan->varied_enough = varied_enough(self->demand, index);
    plan->trends =
        correlation(line, self->demand->trend_correlation, self->demand->trend_correlation);
    /* A matrix has correlated the frequencies already. */
    plan->shocks =
        correlation(line, self->demand->shock_root ? 0 : self->demand->shock_correlation, 0);
    const bool cost_varies = line->part[BG_COST].volatility > 0;
    plan->own_shocks[BG_FREQUENCY] = line->part[BG_FREQUENCY].volatility > 0 ||
                                     (cost_varies && plan->shocks.shared != 0) ||
                                     self->demand->shock_root != NULL;
    plan->own_shocks[BG_COST] = cost_varies && plan->shocks.rest > 0;
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
