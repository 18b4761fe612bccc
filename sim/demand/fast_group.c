#include "demand/fast_group.h"

#include "demand/case_total.h"
#include "demand/fast_direct.h"
#include "demand/fast_emergency.h"
#include "demand/fast_lines.h"
#include "demand/fast_stream.h"
#include "demand/few_payments.h"
#include "demand/mix.h"
#include "random/samplers.h"

#include <string.h>

/* The spell of a year of a group that is being drawn. */
typedef struct group_year {
    const bg_fast_group *group;
    size_t year, spell;
    uint16_t months;
    const bg_drivers *drivers;
    bg_fast_effect effect;
    bool incident; /* one that counts as an emergency adds to some line */
    const bg_demand_columns *to;
    bool outside_apart; /* its payments are outside, and kept apart from those in the county */
} group_year;

/* Where payments of a month are added up. */
static bg_fen *month_of(const group_year *at, size_t month)
{
    return at->outside_apart ? at->to->outside : at->to->expense[month];
}

/* Whether they are to be added to what is paid outside, too. */
static bool adds_outside(const group_year *at)
{
    return at->group->outside && !at->outside_apart;
}

static bg_status round_to_fen(double amount, bg_fen *result)
{
    if (!(amount <= BG_MONTH_LINE_MAX)) {
        return BG_OVERFLOW;
    }
    *result = bg_fast_round(amount);
    return BG_OK;
}

/* ---- lines with few cases: month by month, case by case ---- */

/* Futures whose months have shares of their own, because care is put off, are done one by one; the
 * columns draw nothing for them. */
static bool apart(const bg_block_sampler *self)
{
    return self->demand->emergency.form == BG_EMERGENCY_MONTHS;
}

typedef struct few {
    size_t line, future;
    const bg_fast_event *event; /* of this year, or NULL */
    double cost;                /* payment for a case */
    double rise;                /* of the cases by last year's emergency */
    double factor;              /* and by this year's */
    double cases;               /* of the year, with both */
    double usual;               /* part of the payments that no incident added */
    double patient_share;
    bg_few_payments payments; /* under changed terms; without a benefit: as the line has them */
} few;

/* As a multiple of the mean payment. */
static double few_payments(const bg_demand_line *line, few *of, bg_rng *rng, uint64_t count)
{
    static const bg_case_sampler by = {
        .uniform = bg_exact_uniform, .severity = bg_case_draw, .gamma_total = bg_case_total_gamma};
    return of->payments.benefit ? bg_few_payments_total(&of->payments, &by, rng, count)
                                : bg_case_total(&line->severity, rng, count);
}

static bg_status few_amounts(bg_block_sampler *self, const group_year *at, few *of, size_t month,
                             bg_month_amounts *amounts)
{
    const bg_demand_line *line = &self->demand->line[of->line];
    const size_t key = 12 * at->year + month;
    const double share =
        of->event && apart(self) ? of->event->month[month].share : self->month[month].share;
    const double mean = of->cases * share;
    uint64_t count = 0;
    const bg_status status = bg_exact_count(bg_fast_stream(self, of->future, line->count_key[key]),
                                            mean, bg_fast_excess(line, mean), &count);
    if (status) {
        return status;
    }
    bg_rng *costs = bg_fast_stream(self, of->future, line->cost_key[key]);
    const double direct = of->event ? bg_emergency_direct(&of->event->emergency, month) : 0;
    *amounts = (bg_month_amounts){
        .care = of->cost * few_payments(line, of, costs, count),
        .patient_share = of->patient_share,
        .direct = of->cases / (of->rise * of->factor) * of->cost * direct,
        .emergency_share = of->factor > 1 ? 1 - of->usual / of->factor : 1 - of->usual,
        .rebound_share = (1 - 1 / of->rise) * of->usual,
    };
    return BG_OK;
}

static bg_status post_few(const group_year *at, size_t line, size_t future, size_t month,
                          const bg_month_amounts *amounts)
{
    bg_fen care, direct, added, rebound, patients;
    if (round_to_fen(amounts->care, &care) || round_to_fen(amounts->direct, &direct) ||
        round_to_fen((double)care * amounts->emergency_share, &added) ||
        round_to_fen((double)care * amounts->rebound_share, &rebound) ||
        round_to_fen((double)care * amounts->patient_share, &patients)) {
        return BG_OVERFLOW;
    }
    month_of(at, month)[future] += care + direct;
    at->to->outside[future] += adds_outside(at) ? care + direct : 0;
    at->to->emergency[future] += direct + added;
    at->to->rebound[future] += rebound;
    at->to->patients[future] += patients;
    if (at->to->line) {
        at->to->line[line][future] += care + direct;
    }
    return BG_OK;
}

static bg_status draw_few(bg_block_sampler *self, const group_year *at, size_t line)
{
    const bg_fast_terms *terms = &self->line[line].terms;
    const double *incident = at->drivers->emergency_share[line];
    const double *variation = at->drivers->variation[line];
    const double *patients = at->drivers->patients[line];
    const double enough = variation ? self->line[line].varied_enough : terms->enough;
    bg_status status = BG_OK;
    for (size_t i = 0; i < self->n; i++) {
        if (self->cases[i] * at->effect.thinnest[i] >= enough) {
            continue;
        }
        few of = {
            .line = line,
            .future = i,
            .event = bg_fast_event_of(&self->now, i),
            .cost = at->drivers->cost[line][i],
            .rise = at->effect.rise[i],
            .factor = 1 + terms->exposure * at->effect.excess[i],
            .cases = self->cases[i],
            .usual = incident ? 1 - incident[i] : 1,
            .patient_share = patients ? patients[i] : terms->patient_share,
        };
        bg_line_benefit by;
        if (variation) {
            by = bg_mix_terms(self->demand, at->drivers, line, i);
            of.payments = (bg_few_payments){.benefit = &by,
                                            .payment = at->drivers->in_force[line][i],
                                            .variation = variation[i]};
        }
        for (size_t month = 0; !status && month < 12; month++) {
            bg_month_amounts amounts = {0};
            if (!bg_has_month(at->months, month)) {
                continue;
            }
            status = few_amounts(self, at, &of, month, &amounts);
            if (!status) {
                status = post_few(at, line, i, month, &amounts);
            }
        }
    }
    return status;
}

static void clear_sums(bg_block_sampler *self, bool quadratic)
{
    const bg_fast_sums *sums = &self->sums;
    double *const cleared[] = {sums->mean,     sums->plain,     sums->patients, sums->second[0],
                               sums->third[0], sums->second[1], sums->third[1], sums->third[2]};
    for (size_t i = 0; i < (quadratic ? 8 : 5); i++) {
        memset(cleared[i], 0, self->n * sizeof(double));
    }
}

/* As the loops gather and gather_quadratic, of a line whose payments vary by columns of their own. */
static bool gather_varied(bg_block_sampler *self, const group_year *at, size_t line)
{
    const bg_fast_terms *by = &self->line[line].terms;
    const bg_demand_line *of = &self->demand->line[line];
    const bool quadratic = of->count_shape > 0;
    const double e = quadratic ? 0 : of->dispersion - 1;
    const double by_case = quadratic ? 1 / of->count_shape : 0;
    const double least = self->line[line].varied_enough;
    const bg_drivers *drivers = at->drivers;
    const double *restrict expected = drivers->cases[line], *restrict cost = drivers->cost[line];
    const double *restrict variation = drivers->variation[line];
    const double *restrict patients = drivers->patients[line];
    const double *restrict rise = at->effect.rise, *restrict excess = at->effect.excess;
    const double *restrict thinnest = at->effect.thinnest;
    const bg_fast_sums *sums = &self->sums;
    bool some_few = false;
    for (size_t i = 0; i < self->n; i++) {
        const double factor = rise[i] * (1 + by->exposure * excess[i]);
        const double risen = expected[i] * factor, v = variation[i];
        self->cases[i] = risen;
        if (risen * thinnest[i] < least) {
            some_few = true;
            continue;
        }
        const double plain = expected[i] * cost[i], care = plain * factor;
        const double square = care * cost[i];
        sums->mean[i] += care;
        sums->plain[i] += plain;
        sums->second[0][i] += square * (1 + v + e);
        sums->third[0][i] += square * cost[i] * ((1 + v) * (1 + 2 * v + 3 * e) + 2 * e * e);
        sums->patients[i] += care * patients[i];
        if (quadratic) {
            const double all = care * care;
            sums->second[1][i] += all * by_case;
            sums->third[1][i] += all * cost[i] * 3 * (1 + v) * by_case;
            sums->third[2][i] += all * care * 2 * by_case * by_case;
        }
    }
    return some_few;
}

/* What patients pay of a line that counts as one of its group, where it is not the usual share. */
static void gather_patients(bg_block_sampler *self, const group_year *at, size_t line)
{
    const bg_fast_terms *by = &self->line[line].terms;
    const double *restrict cost = at->drivers->cost[line];
    const double *restrict patients = at->drivers->patients[line];
    const double *restrict cases = self->cases, *restrict thinnest = at->effect.thinnest;
    double *restrict sum = self->sums.patients;
    for (size_t i = 0; i < self->n; i++) {
        const bool enough = cases[i] * thinnest[i] >= by->enough;
        sum[i] += enough ? cases[i] * cost[i] * (patients[i] - by->patient_share) : 0;
    }
}

/* What incidents add to the mean of a line that counts as one of its group. */
static void gather_incidents(bg_block_sampler *self, const group_year *at, size_t line)
{
    const double *restrict cost = at->drivers->cost[line];
    const double *restrict share = at->drivers->emergency_share[line];
    const double *restrict expected = at->drivers->cases[line], *restrict rise = at->effect.rise;
    const double *restrict cases = self->cases, *restrict thinnest = at->effect.thinnest;
    double *restrict sum = self->sums.emergency;
    const double least = at->drivers->variation[line] ? self->line[line].varied_enough
                                                      : self->line[line].terms.enough;
    for (size_t i = 0; i < self->n; i++) {
        const bool enough = cases[i] * thinnest[i] >= least;
        sum[i] += enough ? expected[i] * rise[i] * cost[i] * share[i] : 0;
    }
}

static bool gather_line(bg_block_sampler *self, const group_year *at, size_t line)
{
    const bg_fast_terms *terms = &self->line[line].terms;
    const double *cost = at->drivers->cost[line];
    const bool some_few = self->loops->gather(self->n, terms, &at->effect, at->drivers->cases[line],
                                              cost, self->cases, &self->sums);
    if (terms->second[1] > 0) {
        self->loops->gather_quadratic(self->n, terms, &at->effect, self->cases, cost, &self->sums);
    }
    if (at->drivers->patients[line]) {
        gather_patients(self, at, line);
    }
    return some_few;
}

static bg_status gather(bg_block_sampler *self, const group_year *at)
{
    const bg_fast_group *group = at->group;
    clear_sums(self, group->quadratic);
    if (at->incident) {
        memset(self->sums.emergency, 0, self->n * sizeof(double));
    }
    bg_status status = BG_OK;
    for (size_t i = group->first; !status && i < group->first + group->count; i++) {
        const size_t line = self->member[i];
        const bool some_few = at->drivers->variation[line] ? gather_varied(self, at, line)
                                                           : gather_line(self, at, line);
        if (at->drivers->emergency_share[line]) {
            gather_incidents(self, at, line);
        }
        status = some_few ? draw_few(self, at, line) : BG_OK;
    }
    return status;
}

/* ---- months of the group ---- */

static void set_apart(bg_block_sampler *self)
{
    for (size_t i = 0; apart(self) && i < self->now.count; i++) {
        bg_fast_event *event = &self->now.event[i];
        event->mean = self->sums.mean[event->future];
        self->sums.mean[event->future] = 0;
    }
}

static bool relate(bg_block_sampler *self, const bg_fast_group *group)
{
    return (group->quadratic ? self->loops->relate_quadratic
                             : self->loops->relate)(self->n, &self->sums, &self->relative);
}

static void draw_noise(bg_block_sampler *self, const group_year *at)
{
    const uint64_t key = at->group->noise_key[at->year];
    for (uint32_t block = 0; block < 2; block++) {
        self->noise->normals_single(self->demand->seed, key, block, self->first, self->n,
                                    self->z + (size_t)6 * block);
    }
}

/* What a month of a future with that mean of the year comes to. */
static double month_amount(const bg_block_sampler *self, const bg_fast_group *group, size_t future,
                           double mean, size_t month, bg_fast_month in)
{
    const bg_fast_spread spread = group->quadratic
                                      ? bg_fast_spread_quadratic(&self->relative, future, in)
                                      : bg_fast_spread_linear(&self->relative, future, in);
    return bg_fast_amount(mean, in, bg_fast_deviation(spread, self->z[month][future]));
}

/* A larger mean of a year, or one that is no number, has a month beyond the bound. */
static bool year_fits(double mean)
{
    return mean <= 12 * BG_MONTH_LINE_MAX;
}

static bool months_fit(const bg_block_sampler *self, const group_year *at)
{
    bool fit = true;
    for (size_t i = 0; i < self->n; i++) {
        const double mean = self->sums.mean[i];
        fit = fit && year_fits(mean);
        for (size_t month = 0; fit && month < 12; month++) {
            fit = !bg_has_month(at->months, month) ||
                  month_amount(self, at->group, i, mean, month, self->month[month]) <=
                      BG_MONTH_LINE_MAX;
        }
    }
    return fit;
}

static void draw_months(bg_block_sampler *self, const group_year *at)
{
    void (*const draw)(size_t, const bg_fast_month *, const double *, const bg_fast_noise *,
                       const float *, bg_fen *, bg_fen *) =
        at->group->quadratic ? self->loops->month_quadratic : self->loops->month;
    memset(self->care, 0, self->n * sizeof *self->care);
    for (size_t month = 0; month < 12; month++) {
        if (!bg_has_month(at->months, month)) {
            continue;
        }
        draw(self->n, &self->month[month], self->sums.mean, &self->relative, self->z[month],
             month_of(at, month), self->care);
    }
}

static double event_amount(const bg_block_sampler *self, const bg_fast_group *group,
                           const bg_fast_event *event, size_t month)
{
    const bg_fast_month in = event->month[month];
    return in.share > 0 ? month_amount(self, group, event->future, event->mean, month, in) : 0;
}

static bg_fast_division division_of(const group_year *at)
{
    return (bg_fast_division){.group = at->group,
                              .year = at->year,
                              .spell = at->spell,
                              .months = at->months,
                              .drivers = at->drivers,
                              .effect = &at->effect,
                              .line = at->to->line};
}

static bg_status draw_event(bg_block_sampler *self, const group_year *at,
                            const bg_fast_event *event)
{
    const size_t i = event->future;
    if (!year_fits(event->mean)) {
        return BG_OVERFLOW;
    }
    for (size_t month = 0; month < 12; month++) {
        bg_fen care, direct;
        const double share = bg_emergency_direct(&event->emergency, month);
        if (!bg_has_month(at->months, month)) {
            continue;
        }
        if (round_to_fen(event_amount(self, at->group, event, month), &care) ||
            round_to_fen(self->sums.plain[i] * share, &direct)) {
            return BG_OVERFLOW;
        }
        month_of(at, month)[i] += care + direct;
        at->to->emergency[i] += direct;
        at->to->outside[i] += adds_outside(at) ? direct : 0;
        self->care[i] += care;
        if (at->to->line) {
            const bg_fast_division division = division_of(at);
            bg_fast_divide_event(self, &division, i, direct);
        }
    }
    return BG_OK;
}

/* ---- parts of the year's payments ---- */

/* What last year's emergency brings back, of what no incident added. */
static bool add_rebound(const bg_block_sampler *self, const group_year *at)
{
    bg_fen *rebound = at->to->rebound;
    for (size_t i = 0; i < self->before.count; i++) {
        const size_t future = self->before.event[i].future;
        const double usual = at->incident ? 1 - self->sums.emergency[future] : 1;
        const double share = (1 - 1 / self->effect.rise[future]) * usual;
        bg_fen part;
        if (round_to_fen((double)self->care[future] * share, &part)) {
            return false;
        }
        rebound[future] += part;
    }
    return true;
}

/* Turns what incidents add into a share of the mean. */
static void relate_incidents(bg_block_sampler *self)
{
    const double *restrict mean = self->sums.mean;
    double *restrict share = self->sums.emergency;
    for (size_t i = 0; i < self->n; i++) {
        share[i] = mean[i] > 0 ? share[i] / mean[i] : 0;
    }
}

static bg_status divide(bg_block_sampler *self, const group_year *at)
{
    if (adds_outside(at)) {
        self->loops->add(self->n, self->care, at->to->outside);
    }
    bool fits = true;
    if (at->incident) {
        fits = self->loops->add_share(self->n, self->care, self->sums.emergency, at->to->emergency);
    }
    if (apart(self)) {
        fits = fits && add_rebound(self, at);
    } else if (self->now.count > 0) {
        fits = fits && self->loops->add_risen(self->n, self->care, &self->sums, self->effect.excess,
                                              at->to->emergency);
    }
    if (at->group->patients) {
        fits = fits &&
               self->loops->add_share(self->n, self->care, self->sums.patients, at->to->patients);
    }
    return fits ? BG_OK : BG_OVERFLOW;
}

static bg_status draw_spell(bg_block_sampler *self, const group_year *at)
{
    bg_status status = gather(self, at);
    if (status) {
        return status;
    }
    const bool usual = relate(self, at->group);
    if (at->incident) {
        relate_incidents(self);
    }
    set_apart(self);
    if (!usual && !months_fit(self, at)) {
        return BG_OVERFLOW;
    }
    draw_months(self, at);
    for (size_t i = 0; apart(self) && !status && i < self->now.count; i++) {
        status = draw_event(self, at, &self->now.event[i]);
    }
    if (!status && at->to->line) {
        const bg_fast_division division = division_of(at);
        bg_fast_divide_care(self, &division);
    }
    return status ? status : divide(self, at);
}

static uint64_t changes(const bg_block_sampler *self, const bg_fast_group *group, size_t year)
{
    uint64_t touching = 0;
    for (size_t i = group->first; i < group->first + group->count; i++) {
        touching |= bg_demand_line_changes_in(self->demand, self->member[i], year);
    }
    return touching;
}

/* Months in which the changes that touch the group are those of this spell; none where an earlier spell
 * has them. So a group is drawn as if nothing else were changing. */
static uint16_t months_alike(const bg_spells *spells, size_t spell, uint64_t touching)
{
    uint16_t months = 0;
    for (size_t s = 0; s < spells->count; s++) {
        if (((spells->spell[s].active ^ spells->spell[spell].active) & touching) == 0) {
            if (s < spell) {
                return 0;
            }
            months = (uint16_t)(months | spells->spell[s].months);
        }
    }
    return months;
}

static bool any_incident(const bg_block_sampler *self, const bg_fast_group *group,
                         const bg_drivers *drivers)
{
    for (size_t i = group->first; i < group->first + group->count; i++) {
        if (drivers->emergency_share[self->member[i]]) {
            return true;
        }
    }
    return false;
}

/* The least share of the year's cases that a month of the spell has. */
static void find_thinnest(bg_block_sampler *self, uint16_t months)
{
    double *thinnest = self->spell_thinnest;
    self->loops->fill(self->n, bg_fast_least_share(self->month, months), thinnest);
    for (size_t i = 0; apart(self) && i < self->now.count; i++) {
        const bg_fast_event *event = &self->now.event[i];
        thinnest[event->future] = bg_fast_least_share(event->month, months);
    }
}

static bg_status draw_spells(bg_block_sampler *self, group_year *at, uint64_t touching)
{
    const bg_spells *spells = bg_demand_spells(self->demand, at->year);
    at->effect.thinnest = self->spell_thinnest;
    bg_status status = BG_OK;
    for (size_t s = 0; !status && s < spells->count; s++) {
        at->months = months_alike(spells, s, touching);
        if (at->months == 0) {
            continue;
        }
        at->spell = s;
        at->drivers = &self->spell[s];
        at->incident = any_incident(self, at->group, at->drivers);
        find_thinnest(self, at->months);
        status = draw_spell(self, at);
    }
    return status;
}

bg_status bg_fast_draw_group(bg_block_sampler *self, const bg_fast_group *group, size_t year,
                             const bg_demand_columns *columns)
{
    group_year at = {.group = group,
                     .year = year,
                     .months = BG_ALL_MONTHS,
                     .drivers = &self->drivers,
                     .effect = self->effect,
                     .to = columns,
                     .outside_apart = group->outside && columns->outside_apart};
    draw_noise(self, &at);
    const uint64_t touching = changes(self, group, year);
    const bg_status status = touching ? draw_spells(self, &at, touching) : draw_spell(self, &at);
    return status ? status : bg_fast_add_direct(self, group, year, columns);
}
