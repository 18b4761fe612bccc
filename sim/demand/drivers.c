#include "demand/drivers.h"

#include "demand/ageing.h"
#include "demand/mix.h"
#include "demand/spillover.h"

#include <string.h>

static double half_variance(const bg_demand_part *part, double t, double gathered)
{
    const double trend = part->trend.used_sd * t;
    return (trend * trend + part->volatility * part->volatility * gathered) / 2;
}

static double covariance(const bg_demand_line *line, double t, double gathered)
{
    const bg_demand_part *f = &line->part[BG_FREQUENCY], *c = &line->part[BG_COST];
    return line->correlation *
           (f->trend.used_sd * c->trend.used_sd * t * t + f->volatility * c->volatility * gathered);
}

void bg_drivers_fill(const bg_demand *demand, const bg_factors *factors, size_t t, size_t n,
                     bg_part_values *values, const void *context, const bg_drivers *drivers)
{
    for (size_t i = 0; i < demand->line_count; i++) {
        const bg_demand_line *line = &demand->line[i];
        double *const *trend = factors->trend[i], *const *deviation = factors->deviation[i];
        bg_part_year at = {.line = i, .part = BG_FREQUENCY, .t = (double)t};
        at.mix = bg_mix_log(&line->part[BG_FREQUENCY], t);
        at.half_variance = half_variance(&line->part[BG_FREQUENCY], at.t, factors->gathered);
        values(context, &at, n, trend[BG_FREQUENCY], deviation[BG_FREQUENCY],
               factors->exposure[line->scheme], drivers->cases[i]);
        at.part = BG_COST;
        at.mix = bg_mix_log(&line->part[BG_COST], t);
        at.half_variance = half_variance(&line->part[BG_COST], at.t, factors->gathered);
        at.covariance = covariance(line, at.t, factors->gathered);
        values(context, &at, n, trend[BG_COST], deviation[BG_COST], NULL, drivers->cost[i]);
    }
}

/* ---- what changes in a spell ---- */

/* The factor that changes of a line make together: a number that all futures share times the exponential
 * of a column. */
typedef struct product {
    double factor;
    bool drawn; /* the column of `log` counts */
} product;

static void add_scaled(size_t n, double weight, const double *restrict size, bool first,
                       double *restrict log)
{
    for (size_t i = 0; i < n; i++) {
        log[i] = weight * size[i] + (first ? 0 : log[i]);
    }
}

typedef struct spell_year {
    const bg_demand *demand;
    const bg_spell_work *work;
    size_t year, n;
    uint64_t active; /* bit j: change j */
} spell_year;

/* The columns of a site: those of the year, room of its own, and those that count now, which are either. */
typedef struct site_columns {
    const bg_site *site;
    double *of_year[BG_PARTS], *own[BG_PARTS], *own_share;
    double *now[BG_PARTS], *emergency_share;
} site_columns;

static void scale_column(size_t n, double factor, const double *restrict of, double *restrict to)
{
    for (size_t i = 0; i < n; i++) {
        to[i] = factor * of[i];
    }
}

static site_columns open_site(const spell_year *at, const bg_site *site, const bg_drivers *of_year,
                              const bg_drivers *own)
{
    const size_t line = site->line;
    site_columns self = {.site = site,
                         .of_year = {of_year->cases[line], of_year->cost[line]},
                         .own = {own->cases[line], own->cost[line]},
                         .own_share = own->emergency_share[line]};
    if (site->level) {
        double *const *room = at->work->levels->column[line][site->index];
        scale_column(at->n, site->cases, of_year->cases[line], room[BG_LEVEL_YEAR_CASES]);
        scale_column(at->n, site->cost, of_year->cost[line], room[BG_LEVEL_YEAR_COST]);
        self = (site_columns){.site = site,
                              .of_year = {room[BG_LEVEL_YEAR_CASES], room[BG_LEVEL_YEAR_COST]},
                              .own = {room[BG_LEVEL_CASES], room[BG_LEVEL_COST]},
                              .own_share = room[BG_LEVEL_EMERGENCY_SHARE]};
    }
    self.now[BG_FREQUENCY] = self.of_year[BG_FREQUENCY];
    self.now[BG_COST] = self.of_year[BG_COST];
    return self;
}

void bg_level_room_point(bg_level_room *self, bg_one_level of_line[BG_MAX_LINES])
{
    for (size_t line = 0; line < BG_MAX_LINES; line++) {
        for (size_t level = 0; level < BG_MAX_LEVELS; level++) {
            for (size_t column = 0; column < BG_LEVEL_COLUMNS; column++) {
                self->column[line][level][column] = &of_line[line][level][column];
            }
        }
    }
}

/* Multiplies the factors of a site's part into the product. False where nothing touches it. */
static bool multiply(const spell_year *at, const bg_site *site, int part, product *all)
{
    bool touched = false;
    for (size_t j = 0; j < at->demand->change_count; j++) {
        const bg_change *change = &at->demand->change[j];
        if (!(at->active >> j & 1) || !bg_change_touches_site(change, site, part)) {
            continue;
        }
        touched = true;
        if (bg_change_is_sure(change)) {
            all->factor *= bg_change_factor(change, part, at->year);
        } else {
            add_scaled(at->n, change->weight[at->year], at->work->sizes->log_factor[j][part],
                       !all->drawn, at->work->log);
            all->drawn = true;
        }
    }
    return touched;
}

/* value = scale times the product */
static void apply(const spell_year *at, const product *all, const double *restrict scale,
                  double *restrict value)
{
    if (all->drawn) {
        at->work->scaled_exponential(at->work->context, at->n, at->work->log, scale, value);
        for (size_t i = 0; i < at->n; i++) {
            value[i] *= all->factor;
        }
        return;
    }
    for (size_t i = 0; i < at->n; i++) {
        value[i] = scale[i] * all->factor;
    }
}

static void change_part(const spell_year *at, int part, site_columns *of)
{
    product all = {.factor = 1};
    double *own = of->own[part];
    if (!multiply(at, of->site, part, &all)) {
        return;
    }
    const double *scale = of->now[part];
    if (scale == own) {
        scale = memcpy(at->work->scale, own, at->n * sizeof *own);
    }
    apply(at, &all, scale, own);
    of->now[part] = own;
}

/* Of payments that incidents multiply by f > 1, the share 1 - 1/f is theirs; found by multiplying a column
 * that is not negative. */
static void find_emergency_share(const spell_year *at, site_columns *of)
{
    spell_year emergencies = *at;
    const double *restrict of_year = of->of_year[BG_FREQUENCY];
    double *restrict own = of->own_share;
    for (size_t j = 0; j < at->demand->change_count; j++) {
        const uint64_t bit = (uint64_t)!at->demand->change[j].emergency << j;
        emergencies.active &= ~bit;
    }
    product all = {.factor = 1};
    const bool cases = multiply(&emergencies, of->site, BG_FREQUENCY, &all);
    const bool cost = multiply(&emergencies, of->site, BG_COST, &all);
    if (!cases && !cost) {
        return;
    }
    apply(&emergencies, &all, of_year, own);
    for (size_t i = 0; i < at->n; i++) {
        own[i] = own[i] > of_year[i] ? 1 - of_year[i] / own[i] : 0;
    }
    of->emergency_share = own;
}

/* A column of the spell's own, which holds what counts now. */
static double *make_own(const spell_year *at, double *column, double *own)
{
    if (column != own) {
        memcpy(own, column, at->n * sizeof *own);
    }
    return own;
}

static double *own_part(const spell_year *at, int part, site_columns *of)
{
    return of->now[part] = make_own(at, of->now[part], of->own[part]);
}

/* ---- cases that are treated elsewhere ---- */

/* Takes those who move from the site. */
static void leave(const spell_year *at, size_t index, site_columns *of, double *restrict moved)
{
    const bg_change *change = &at->demand->change[index];
    const double weight = change->weight[at->year], share = change->share.sure;
    const double *restrict drawn = bg_change_is_sure(change) ? NULL : at->work->sizes->share[index];
    double *restrict from = own_part(at, BG_FREQUENCY, of);
    for (size_t i = 0; i < at->n; i++) {
        moved[i] = from[i] * (weight * (drawn ? drawn[i] : share));
        from[i] -= moved[i];
    }
}

/* Adds a share of them to the site, where each costs what a case there cost before any came, times
 * relative_cost. */
static void arrive(const spell_year *at, const bg_change *change, const double *restrict moved,
                   site_columns *of)
{
    const double share = bg_site_share(change, of->site);
    const double relative = change->place.relative_cost;
    const double *restrict each = of->of_year[BG_COST];
    double *restrict to = own_part(at, BG_FREQUENCY, of), *restrict cost = NULL;
    if (relative != 1 || of->now[BG_COST] != of->of_year[BG_COST]) {
        cost = own_part(at, BG_COST, of);
    }
    for (size_t i = 0; i < at->n; i++) {
        const double came = moved[i] * share, all = to[i] + came;
        if (cost && all > 0) {
            cost[i] = (to[i] * cost[i] + came * (each[i] * relative)) / all;
        }
        to[i] = all;
    }
}

static void move(const spell_year *at, size_t index, site_columns *sites, size_t count)
{
    const bg_change *change = &at->demand->change[index];
    double *moved = at->work->log; /* free while no factors are multiplied */
    for (size_t i = 0; i < count; i++) {
        if (!bg_change_moves_from_site(change, sites[i].site)) {
            continue;
        }
        leave(at, index, &sites[i], moved);
        for (size_t k = 0; k < count; k++) {
            if (bg_change_moves_to_site(change, sites[k].site)) {
                arrive(at, change, moved, &sites[k]);
            }
        }
    }
}

/* ---- lines again ---- */

/* Sums of a line's levels in one future. */
typedef struct together {
    double cases, paid, emergency;
} together;

static together add_up(const site_columns *sites, size_t count, size_t future)
{
    together sum = {0};
    for (size_t i = 0; i < count; i++) {
        const double cases = sites[i].now[BG_FREQUENCY][future];
        const double paid = cases * sites[i].now[BG_COST][future];
        const double *share = sites[i].emergency_share;
        sum.cases += cases;
        sum.paid += paid;
        sum.emergency += share ? paid * share[future] : 0;
    }
    return sum;
}

/* The drivers of a line from those of its levels. */
static void gather_levels(const spell_year *at, size_t line, const site_columns *sites,
                          size_t count, const bg_drivers *of_year, const bg_drivers *own,
                          bg_drivers *drivers)
{
    double *restrict cases = own->cases[line], *restrict cost = own->cost[line];
    double *restrict share = own->emergency_share[line];
    bool emergency = false;
    for (size_t i = 0; i < count; i++) {
        emergency = emergency || sites[i].emergency_share;
    }
    for (size_t i = 0; i < at->n; i++) {
        const together sum = add_up(sites, count, i);
        cases[i] = sum.cases;
        cost[i] = sum.cases > 0 ? sum.paid / sum.cases : of_year->cost[line][i];
        share[i] = sum.paid > 0 ? sum.emergency / sum.paid : 0;
    }
    drivers->cases[line] = cases;
    drivers->cost[line] = cost;
    drivers->emergency_share[line] = emergency ? share : NULL;
}

static void gather_line(const spell_year *at, size_t line, const site_columns *sites, size_t count,
                        const bg_drivers *of_year, const bg_drivers *own, bg_drivers *drivers)
{
    if (sites->site->level) {
        gather_levels(at, line, sites, count, of_year, own, drivers);
        return;
    }
    drivers->cases[line] = sites->now[BG_FREQUENCY];
    drivers->cost[line] = sites->now[BG_COST];
    drivers->emergency_share[line] = sites->emergency_share;
}

/* ---- what the fund pays ---- */

/* Fills the shifts of the logit of the fund's share of the bills of a site. */
static void find_shift(const spell_year *at, const bg_site *site, double *restrict shift)
{
    memset(shift, 0, at->n * sizeof *shift);
    for (size_t j = 0; j < at->demand->change_count; j++) {
        const bg_change *change = &at->demand->change[j];
        if (!(at->active >> j & 1) || !bg_change_acts_on(change, site)) {
            continue;
        }
        const bg_change_shift of = change->fund_share[site->line];
        const double weight = change->weight[at->year];
        const double *restrict normal =
            bg_change_is_sure(change) ? NULL : at->work->sizes->normal[j];
        for (size_t i = 0; i < at->n; i++) {
            shift[i] += weight * (of.mu + (normal ? of.sigma * normal[i] : 0));
        }
    }
}

/* Fills shares and costs of the levels of a line. */
static void find_mix(const spell_year *at, size_t line, const site_columns *sites,
                     const bg_drivers *own, bg_drivers *drivers)
{
    const double *restrict cases = drivers->cases[line], *restrict cost = drivers->cost[line];
    const bg_line_levels *levels = &at->demand->line[line].levels;
    const bool divided = sites->site->level != 0;
    for (size_t k = 0; k < levels->count; k++) {
        double *const *mix = own->mix[line][k];
        drivers->mix[line][k][BG_FREQUENCY] = mix[BG_FREQUENCY];
        drivers->mix[line][k][BG_COST] = mix[BG_COST];
        for (size_t i = 0; i < at->n; i++) {
            const bool any = divided && cases[i] > 0 && cost[i] > 0;
            mix[BG_FREQUENCY][i] =
                any ? sites[k].now[BG_FREQUENCY][i] / cases[i] : levels->cases[k];
            mix[BG_COST][i] = any ? sites[k].now[BG_COST][i] / cost[i] : levels->cost[k];
        }
    }
}

static void find_shifts(const spell_year *at, size_t line, const site_columns *sites,
                        const bg_drivers *own, bg_drivers *drivers)
{
    for (size_t k = 0; k < at->demand->line[line].levels.count; k++) {
        const bg_site *site = sites->site->level ? sites[k].site : sites->site;
        double *shift = own->mix[line][k][BG_FUND_SHIFT];
        find_shift(at, site, shift);
        drivers->mix[line][k][BG_FUND_SHIFT] = shift;
    }
}

/* Patients respond to what they pay by more or fewer cases, and by dearer or cheaper ones. */
static void respond(const spell_year *at, size_t line, double price_share, double covered,
                    size_t future, const bg_drivers *drivers)
{
    double *const *elasticity = at->work->sizes->elasticity[line];
    const double price = bg_log_price(covered, price_share);
    drivers->cases[line][future] *= bg_exp(price * elasticity[BG_FREQUENCY][future]);
    drivers->cost[line][future] *= bg_exp(price * elasticity[BG_COST][future]);
}

/* Leaves the columns of the line as they are where nothing changes how it is paid. */
static bool opens_terms(const spell_year *at, size_t line, const site_columns *sites,
                        const bg_drivers *own, bg_drivers *drivers)
{
    const bool mixed = sites->site->level || bg_demand_line_shifts(at->demand, line, at->active);
    drivers->variation[line] = drivers->patients[line] = drivers->in_force[line] = NULL;
    drivers->benefit[line] = bg_demand_benefit(at->demand, line, at->active);
    for (size_t k = 0; k < BG_MAX_LEVELS; k++) {
        drivers->mix[line][k][BG_FREQUENCY] = drivers->mix[line][k][BG_FUND_SHIFT] = NULL;
    }
    if (mixed) {
        find_mix(at, line, sites, own, drivers);
    }
    if (bg_demand_line_shifts(at->demand, line, at->active)) {
        find_shifts(at, line, sites, own, drivers);
    }
    return mixed || drivers->benefit[line];
}

/* Pays the line by its changed terms and its share of the bill, if they are. Where its levels have changed, so do
 * payments among them. */
static void pay(const spell_year *at, size_t line, const site_columns *sites, const bg_drivers *own,
                bg_drivers *drivers)
{
    if (!opens_terms(at, line, sites, own, drivers)) {
        return;
    }
    const bg_line_benefit *benefit = drivers->benefit[line];
    const bool changed = benefit || drivers->mix[line][0][BG_FUND_SHIFT];
    double *cost = drivers->cost[line] = make_own(at, drivers->cost[line], own->cost[line]);
    drivers->cases[line] = make_own(at, drivers->cases[line], own->cases[line]);
    drivers->in_force[line] = memcpy(own->in_force[line], cost, at->n * sizeof *cost);
    drivers->variation[line] = own->variation[line];
    drivers->patients[line] = own->patients[line];
    for (size_t i = 0; i < at->n; i++) {
        bg_line_benefit mixed;
        const bg_line_benefit *terms = benefit;
        if (!benefit || drivers->mix[line][0][BG_FREQUENCY]) {
            mixed = bg_mix_terms(at->demand, drivers, line, i);
            terms = &mixed;
        }
        const bg_line_payment payment = bg_line_benefit_at(terms, cost[i]);
        own->variation[line][i] = payment.variation;
        own->patients[line][i] = changed ? payment.patients : terms->patient_share;
        cost[i] *= changed ? payment.ratio : 1;
        if (terms->price_share > 0) {
            respond(at, line, terms->price_share, payment.covered, i, drivers);
        }
    }
}

/* What providers save on the bills of the line: its changes that are of them and spend less. */
static bool find_saving(const spell_year *at, size_t line, size_t *saving)
{
    bool found = false;
    for (size_t j = 0; j < at->demand->change_count; j++) {
        const bg_change *change = &at->demand->change[j];
        if ((at->active >> j & 1) && change->line[line] &&
            bg_change_is_of_providers(change, BG_PROVIDERS_SPEND_LESS)) {
            *saving = j;
            found = true;
        }
    }
    return found;
}

static double factor_of_cost(const spell_year *at, size_t index, size_t future)
{
    const bg_change *change = &at->demand->change[index];
    return bg_change_is_sure(change) ? bg_change_factor(change, BG_COST, at->year)
                                     : bg_exp(change->weight[at->year] *
                                              at->work->sizes->log_factor[index][BG_COST][future]);
}

/* Of what providers save, a part is what patients pay more than if nothing were saved. */
static void shift_to_patients(const spell_year *at, size_t index, size_t line,
                              const bg_drivers *own, bg_drivers *drivers)
{
    const bg_change *change = &at->demand->change[index];
    const double usual = at->demand->line[line].patient_share;
    const double *restrict drawn = bg_change_is_sure(change) ? NULL : at->work->sizes->share[index];
    double *restrict patients = own->patients[line];
    size_t saving = 0;
    if (!change->line[line] || !(usual > 0) || !find_saving(at, line, &saving)) {
        return;
    }
    for (size_t i = 0; i < at->n; i++) {
        const double before = drivers->patients[line] ? patients[i] : usual;
        const double factor = factor_of_cost(at, saving, i);
        const double shifted = (drawn ? drawn[i] : change->share.sure) * (1 - factor);
        patients[i] = factor < 1 ? (before + shifted) / factor : before;
    }
    drivers->patients[line] = patients;
}

static void shift_savings(const spell_year *at, const bg_drivers *own, bg_drivers *drivers)
{
    for (size_t j = 0; j < at->demand->change_count; j++) {
        const bool shifts = bg_change_is_of_providers(&at->demand->change[j], BG_PROVIDERS_SHIFT);
        for (size_t i = 0; shifts && (at->active >> j & 1) && i < at->demand->line_count; i++) {
            shift_to_patients(at, j, i, own, drivers);
        }
    }
}

void bg_drivers_change(const bg_demand *demand, size_t year, const bg_spell *spell, size_t n,
                       const bg_spell_work *work, const bg_drivers *of_year, const bg_drivers *own,
                       bg_drivers *drivers)
{
    const spell_year at = {
        .demand = demand, .work = work, .year = year, .n = n, .active = spell->active};
    bg_sites sites;
    site_columns columns[BG_MAX_SITES];
    bg_sites_find(&sites, demand, spell->active);
    const size_t count = sites.first[demand->line_count];
    for (size_t i = 0; i < count; i++) {
        columns[i] = open_site(&at, &sites.site[i], of_year, own);
        change_part(&at, BG_FREQUENCY, &columns[i]);
        find_emergency_share(&at, &columns[i]);
    }
    for (size_t j = 0; j < demand->change_count; j++) {
        if ((spell->active >> j & 1) && demand->change[j].place.moves) {
            move(&at, j, columns, count);
        }
    }
    for (size_t i = 0; i < count; i++) {
        change_part(&at, BG_COST, &columns[i]);
    }
    for (size_t i = 0; i < demand->line_count; i++) {
        const site_columns *of = &columns[sites.first[i]];
        gather_line(&at, i, of, bg_sites_of(&sites, i), of_year, own, drivers);
        pay(&at, i, of, own, drivers);
    }
    bg_drivers_spill(demand, n, work->sizes, own, drivers);
    shift_savings(&at, own, drivers);
}
