#include "demand/fast_lines.h"

#include "demand/fast_emergency.h"

#include <math.h>

/* Sums over the months of the spell of their shares of the year's cases, and of the squares of these. */
typedef struct weights {
    double first, second;
} weights;

static weights weights_of(const bg_fast_month month[12], uint16_t months)
{
    weights sum = {0, 0};
    for (size_t m = 0; m < 12; m++) {
        if (bg_has_month(months, m)) {
            sum.first += month[m].share;
            sum.second += month[m].share * month[m].share;
        }
    }
    return sum;
}

/* Of a line in a future: payments of the year without rebound and multiplier, what makes more of them, and their
 * variance for the mean 1 and weights of 1. All 0 where its cases are drawn one by one. */
typedef struct law {
    double plain, factor, cost, second[2];
} law;

static law law_of(const bg_block_sampler *self, const bg_fast_division *of, size_t line, size_t i)
{
    const bg_fast_terms *terms = &self->line[line].terms;
    const bg_demand_line *by = &self->demand->line[line];
    const double *variation = of->drivers->variation[line];
    const double enough = variation ? self->line[line].varied_enough : terms->enough;
    const double excess = by->count_shape > 0 ? 0 : by->dispersion - 1;
    const double factor = of->effect->rise[i] * (1 + terms->exposure * of->effect->excess[i]);
    const double expected = of->drivers->cases[line][i], cost = of->drivers->cost[line][i];
    if (expected * factor * of->effect->thinnest[i] < enough) {
        return (law){0};
    }
    return (law){
        .plain = expected * cost,
        .factor = factor,
        .cost = cost,
        .second = {variation ? 1 + variation[i] + excess : terms->second[0], terms->second[1]}};
}

/* Mean and variance of the line's payments in the spell, of every future. */
static void find_law(bg_block_sampler *self, const bg_fast_division *of, size_t line)
{
    const bool apart = self->demand->emergency.form == BG_EMERGENCY_MONTHS;
    const weights usual = weights_of(self->month, of->months);
    for (size_t i = 0; i < self->n; i++) {
        const law by = law_of(self, of, line, i);
        const bg_fast_event *event = apart ? bg_fast_event_of(&self->now, i) : NULL;
        const weights in = event ? weights_of(event->month, of->months) : usual;
        const double care = by.plain * by.factor;
        self->line_mean[i] = care * in.first;
        self->line_variance[i] =
            care * by.cost * by.second[0] * in.first + care * care * by.second[1] * in.second;
    }
}

/* Two spells have the two columns of a block of normals. */
static const double *draw(bg_block_sampler *self, const bg_fast_division *of, size_t line)
{
    const uint64_t key = self->demand->line[line].pot_key[of->year];
    self->noise->normals(self->demand->seed, key, (uint32_t)(of->spell / 2), self->first, self->n,
                         self->line_z[0], self->line_z[1]);
    return self->line_z[of->spell % 2];
}

/* The part of a line given what all that are left have together: normal with the mean m + v / V (T - M) and the
 * variance v (V - v) / V, cut at 0 and at T. */
static void take_part(bg_block_sampler *self, const double *z, bg_fen *paid)
{
    for (size_t i = 0; i < self->n; i++) {
        const double m = self->line_mean[i], v = self->line_variance[i];
        const double rest = self->left_variance[i] - v;
        const double share = self->left_variance[i] > 0 ? v / self->left_variance[i] : 0;
        const double off = (double)self->left[i] - self->left_mean[i];
        const double spread = share * (rest > 0 ? rest : 0);
        const double part = m + share * off + sqrt(spread) * z[i];
        const double most = (double)self->left[i];
        const double within = part > 0 ? (part < most ? part : most) : 0;
        const bg_fen amount = v > 0 ? (bg_fen)floor(within + 0.5) : 0;
        const bg_fen whole = amount < self->left[i] ? amount : self->left[i];
        paid[i] += whole;
        self->left[i] -= whole;
        self->left_mean[i] -= m;
        self->left_variance[i] = rest > 0 ? rest : 0;
    }
}

static void begin(bg_block_sampler *self, const bg_fast_division *of)
{
    const bg_fast_group *group = of->group;
    for (size_t i = 0; i < self->n; i++) {
        self->left[i] = self->care[i];
        self->left_mean[i] = 0;
        self->left_variance[i] = 0;
    }
    for (size_t k = group->first; k < group->first + group->count; k++) {
        find_law(self, of, self->member[k]);
        for (size_t i = 0; i < self->n; i++) {
            self->left_mean[i] += self->line_mean[i];
            self->left_variance[i] += self->line_variance[i];
        }
    }
}

/* What is left is the last line's that has any. */
static void end(bg_block_sampler *self, const bg_fast_division *of)
{
    const bg_fast_group *group = of->group;
    for (size_t k = group->first + group->count; k-- > group->first;) {
        const size_t line = self->member[k];
        for (size_t i = 0; i < self->n; i++) {
            if (self->left[i] > 0 && (law_of(self, of, line, i).plain > 0 || k == group->first)) {
                of->line[line][i] += self->left[i];
                self->left[i] = 0;
            }
        }
    }
}

void bg_fast_divide_care(bg_block_sampler *self, const bg_fast_division *of)
{
    const bg_fast_group *group = of->group;
    begin(self, of);
    for (size_t k = group->first; k + 1 < group->first + group->count; k++) {
        const size_t line = self->member[k];
        find_law(self, of, line);
        take_part(self, draw(self, of, line), of->line[line]);
    }
    end(self, of);
}

void bg_fast_divide_event(const bg_block_sampler *self, const bg_fast_division *of, size_t future,
                          bg_fen direct)
{
    const bg_fast_group *group = of->group;
    double plain = 0;
    for (size_t k = group->first; k < group->first + group->count; k++) {
        plain += law_of(self, of, self->member[k], future).plain;
    }
    for (size_t k = group->first; k < group->first + group->count && direct > 0; k++) {
        const size_t line = self->member[k];
        const double own = law_of(self, of, line, future).plain;
        const bool last = k + 1 == group->first + group->count || plain <= own;
        const bg_fen part = last ? direct : (bg_fen)floor((double)direct * (own / plain) + 0.5);
        const bg_fen paid = part < direct ? part : direct;
        of->line[line][future] += paid;
        direct -= paid;
        plain -= own;
    }
}
