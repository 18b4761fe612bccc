#include "demand/change.h"

#include "demand/deterrence.h"
#include "demand/normal_mean.h"

#include <string.h>

static double half_life(double months, double half_months)
{
    return bg_exp(-bg_log(2) * months / half_months);
}

static double coming_in(const bg_ramp *self, double months)
{
    const double done = months < self->months ? months / self->months : 1;
    switch (self->form) {
    case BG_RAMP_STEP:
        break;
    case BG_RAMP_LINEAR:
        return done;
    case BG_RAMP_FRONT:
        return 1 - (1 - done) * (1 - done);
    case BG_RAMP_BACK:
        return done * done;
    case BG_RAMP_HALF_TIME:
        return 1 - half_life(months, self->months);
    }
    return 1;
}

double bg_ramp_weight(const bg_ramp *self, int64_t since)
{
    const double months = (double)since + 0.5;
    const double lost =
        self->rebound > 0 ? self->rebound * (1 - half_life(months, self->rebound_half_months)) : 0;
    return coming_in(self, months) * (1 - lost);
}

uint16_t bg_change_months(int64_t first, int64_t last, uint16_t of_year, int year)
{
    uint16_t months = 0;
    for (int month = 0; month < 12; month++) {
        const int64_t at = 12 * (int64_t)year + month;
        if (first <= at && at <= last && bg_has_month(of_year, (size_t)month)) {
            months = (uint16_t)(months | 1 << month);
        }
    }
    return months;
}

bool bg_change_goes_with(const bg_change *self, const bg_change *other)
{
    const bool rebounds = self->kind == BG_CHANGE_REBOUND && other->kind == BG_CHANGE_INCIDENT;
    const bool deters = self->kind == BG_CHANGE_DETERRENCE && other->kind == BG_CHANGE_MEASURE;
    return (rebounds || deters) && strcmp(self->name, other->name) == 0;
}

double bg_change_size_log(const bg_change_size *self, double normal)
{
    const double log = self->mu + self->sigma * normal;
    return self->deters ? bg_deterred_log(log) : log;
}

bool bg_change_is_sure(const bg_change *self)
{
    return self->probability >= 1 && !self->fund_share_drawn && self->disallowed.sigma <= 0 &&
           self->size[BG_FREQUENCY].sigma <= 0 && self->size[BG_COST].sigma <= 0 &&
           self->share.sigma <= 0 && self->direct.amount.sigma <= 0 &&
           self->recoveries.amount.sigma <= 0;
}

bool bg_change_has_amount(const bg_change_amount *self)
{
    return self->fen > 0 || self->sigma > 0;
}

double bg_change_amount_drawn(const bg_change_amount *self, double normal)
{
    return self->sigma > 0 ? bg_exp(self->mu + self->sigma * normal) : self->fen;
}

double bg_change_amount_mean(const bg_change_amount *self)
{
    return self->sigma > 0 ? bg_exp(self->mu + self->sigma * self->sigma / 2) : self->fen;
}

bool bg_change_is_of_providers(const bg_change *self, bg_provider_action action)
{
    return self->kind == BG_CHANGE_PROVIDERS && self->action == action;
}

bool bg_change_has_direct(const bg_change *self)
{
    return bg_change_has_amount(&self->direct.amount);
}

static bool multiplies(const bg_change *self, int part)
{
    return self->size[part].sigma > 0 || self->size[part].factor != 1;
}

bool bg_change_touches(const bg_change *self, size_t line, int part)
{
    return self->line[line] && multiplies(self, part);
}

bool bg_change_shifts_fund(const bg_change *self, size_t line)
{
    const bg_change_shift *shift = &self->fund_share[line];
    return self->line[line] && (shift->sigma > 0 || shift->mu != 0);
}

bool bg_change_acts_on(const bg_change *self, const bg_site *site)
{
    const uint8_t levels = self->level[site->line];
    return self->line[site->line] && (!levels || (levels & site->level));
}

bool bg_change_touches_site(const bg_change *self, const bg_site *site, int part)
{
    return bg_change_acts_on(self, site) && multiplies(self, part);
}

bool bg_change_begins(const bg_change *self, int year)
{
    return self->emergency && !self->off && self->begins == year &&
           (multiplies(self, BG_FREQUENCY) || multiplies(self, BG_COST) ||
            bg_change_has_direct(self));
}

bool bg_change_moves_from(const bg_change *self, size_t line)
{
    const bg_change_place *place = &self->place;
    const uint8_t stays = line == place->to ? place->to_level : 0;
    const uint8_t levels = self->level[line];
    const bool others = line != place->to || (stays && (!levels || (levels & ~stays)));
    return place->moves && self->line[line] && others;
}

bool bg_change_moves_to_site(const bg_change *self, const bg_site *site)
{
    const bg_change_place *place = &self->place;
    return place->moves && site->line == place->to &&
           (!place->to_level || place->to_level == site->level);
}

bool bg_change_moves_from_site(const bg_change *self, const bg_site *site)
{
    return self->place.moves && bg_change_acts_on(self, site) &&
           !bg_change_moves_to_site(self, site);
}

bool bg_change_divides(const bg_change *self, size_t line)
{
    const bool apart = self->line[line] && self->level[line] &&
                       (multiplies(self, BG_FREQUENCY) || multiplies(self, BG_COST) ||
                        bg_change_shifts_fund(self, line) || bg_change_moves_from(self, line));
    return apart || (self->place.moves && self->place.to == line && self->place.to_level);
}

bool bg_change_reaches(const bg_change *self, size_t line)
{
    return (self->kind == BG_CHANGE_BENEFIT && self->line[line]) || self->reacts[line] ||
           bg_change_shifts_fund(self, line) || bg_change_touches(self, line, BG_FREQUENCY) ||
           bg_change_touches(self, line, BG_COST) || bg_change_moves_from(self, line) ||
           (self->place.moves && line == self->place.to);
}

double bg_change_factor(const bg_change *self, int part, size_t year)
{
    const bg_change_size *size = &self->size[part];
    return self->weight[year] == 1 ? size->factor : bg_exp(self->weight[year] * size->mu);
}

static double where_it_happens(const bg_change *self, double factor)
{
    return self->probability < 1 ? 1 + self->probability * (factor - 1) : factor;
}

static double mean_of_lognormal(const bg_change *self, double mu, double sigma, size_t year)
{
    const double weight = self->weight[year], spread = weight * sigma;
    return bg_exp(weight * mu + spread * spread / 2);
}

/* E of a factor that deters. */
static double mean_of_deterred(const bg_change_size *size, double weight)
{
    double mean = 0;
    for (size_t i = 0; i < BG_NORMAL_NODES; i++) {
        const double z = bg_normal_node(i);
        mean += bg_normal_weight(z) * bg_exp(weight * bg_change_size_log(size, z));
    }
    return mean;
}

double bg_change_mean(const bg_change *self, int part, size_t year)
{
    const bg_change_size *size = &self->size[part];
    if (size->deters) {
        return mean_of_deterred(size, self->weight[year]);
    }
    const double mean = size->sigma > 0 ? mean_of_lognormal(self, size->mu, size->sigma, year)
                                        : bg_change_factor(self, part, year);
    return where_it_happens(self, mean);
}

static double logistic(double x)
{
    return 1 / (1 + bg_exp(-x));
}

bool bg_change_has_share(const bg_change *self)
{
    return self->share.sure > 0 || self->share.sigma > 0;
}

double bg_change_share_at(const bg_change_share *self, double normal)
{
    return self->sigma > 0 ? logistic(self->mu + self->sigma * normal) : self->sure;
}

double bg_change_mean_share(const bg_change *self)
{
    const bg_change_share *share = &self->share;
    double mean = share->sure;
    for (size_t i = 0; i < BG_NORMAL_NODES && share->sigma > 0; i++) {
        const double z = bg_normal_node(i);
        mean = (i ? mean : 0) + bg_normal_weight(z) * bg_change_share_at(share, z);
    }
    return self->probability < 1 ? self->probability * mean : mean;
}

/* The logarithm of the factors of cases and cost: normal. */
static bg_change_size factors_of_path(const bg_change *self, const bg_site *from, const bg_site *in)
{
    bg_change_size all = {.factor = 1};
    if (bg_change_acts_on(self, from)) {
        all.mu += self->size[BG_FREQUENCY].mu;
        all.sigma += self->size[BG_FREQUENCY].sigma;
    }
    if (bg_change_acts_on(self, in)) {
        all.mu += self->size[BG_COST].mu;
        all.sigma += self->size[BG_COST].sigma;
    }
    return all;
}

static double fate_share(bg_change_fate fate, double share)
{
    return fate == BG_FATE_NOT_ASKED ? 1 : fate == BG_FATE_MOVES ? share : 1 - share;
}

double bg_change_mean_path(const bg_change *self, size_t year, const bg_site *from,
                           const bg_site *in, bg_change_fate fate)
{
    if (self->size[BG_FREQUENCY].deters) {
        return bg_change_acts_on(self, from) ? bg_change_mean(self, BG_FREQUENCY, year) : 1;
    }
    const bg_change_size factors = factors_of_path(self, from, in);
    const bg_change_share *moved = &self->share;
    const double weight = self->weight[year];
    double mean = 0;
    if (fate == BG_FATE_NOT_ASKED || moved->sigma <= 0) {
        mean = mean_of_lognormal(self, factors.mu, factors.sigma, year) *
               fate_share(fate, weight * moved->sure);
    } else {
        for (size_t i = 0; i < BG_NORMAL_NODES; i++) {
            const double z = bg_normal_node(i);
            const double share = weight * bg_change_share_at(moved, z);
            mean += bg_normal_weight(z) * fate_share(fate, share) *
                    bg_exp(weight * (factors.mu + factors.sigma * z));
        }
    }
    if (self->probability >= 1) {
        return mean;
    }
    return self->probability * mean + (1 - self->probability) * fate_share(fate, 0);
}

static uint64_t active_in(const bg_change *change, size_t count, size_t year, size_t month)
{
    uint64_t active = 0;
    for (size_t j = 0; j < count; j++) {
        const bool acts = !change[j].off && bg_has_month(change[j].months[year], month);
        active |= (uint64_t)acts << j;
    }
    return active;
}

bg_spells bg_change_spells(const bg_change *change, size_t count, size_t year)
{
    bg_spells spells = {.count = 0};
    for (size_t month = 0; month < 12; month++) {
        const uint64_t active = active_in(change, count, year, month);
        size_t i = 0;
        while (i < spells.count && spells.spell[i].active != active) {
            i++;
        }
        spells.spell[i].active = active;
        spells.spell[i].months = (uint16_t)(spells.spell[i].months | 1 << month);
        spells.count += i == spells.count;
    }
    return spells;
}
