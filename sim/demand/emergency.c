#include "demand/emergency.h"

#include "base/special.h"

#include <math.h>

static bool within(const bg_emergency *self, size_t month)
{
    return month >= self->first && month < self->first + self->months;
}

void bg_emergency_months(const bg_emergency *self, const double season[12], double multiplier[12])
{
    double held = 0;
    for (size_t month = 0; month < 12; month++) {
        held += within(self, month) ? season[month] : 0;
    }
    for (size_t month = 0; month < 12; month++) {
        const bool falls = held > 0 && within(self, month);
        multiplier[month] = falls ? fmax(0, 1 - 12 * self->dip / held) : 1;
    }
}

double bg_emergency_factor(const bg_emergency *self, double exposure)
{
    return 1 + exposure * self->excess;
}

/* E min(B, bound) of the share B that falls away, a beta variable. */
static double mean_fall(const bg_emergency_terms *terms, double bound)
{
    if (terms->dip <= 0 || terms->dip_sd <= 0) {
        return fmin(terms->dip, bound);
    }
    const double size = terms->dip * (1 - terms->dip) / (terms->dip_sd * terms->dip_sd) - 1;
    const double a = terms->dip * size, b = (1 - terms->dip) * size;
    const double rest = 1 - bound;
    return terms->dip * bg_beta_tails(a + 1, b, bound, rest).below +
           bound * bg_beta_tails(a, b, bound, rest).above;
}

/* Of the months of an emergency that begins in month `first`. Its fall is at most what they hold. */
static void add_place(const bg_emergency_terms *terms, const double season[12], size_t first,
                      double fall[12], double direct[12])
{
    const double places = (double)(12 - terms->dip_months + 1), months = (double)terms->dip_months;
    const size_t end = first + terms->dip_months;
    double held = 0;
    for (size_t month = first; month < end; month++) {
        held += season[month] / 12;
    }
    for (size_t month = first; month < end; month++) {
        fall[month] += held > 0 ? mean_fall(terms, held) / held / places : 0;
        direct[month] += terms->direct / months / places;
    }
}

void bg_emergency_mean(const bg_emergency_terms *terms, const double season[12], double exposure,
                       bool rebounds, double month[12])
{
    const double p = terms->probability;
    double fall[12] = {0}, direct[12] = {0}, risen = 1;
    if (terms->form == BG_EMERGENCY_MULTIPLIER) {
        risen += p * exposure * bg_expm1(terms->mu + terms->sigma * terms->sigma / 2);
    } else {
        risen += rebounds ? p * terms->rebound : 0;
        for (size_t first = 0; first + terms->dip_months <= 12; first++) {
            add_place(terms, season, first, fall, direct);
        }
    }
    for (size_t i = 0; i < 12; i++) {
        month[i] = season[i] / 12 * (1 - p * fall[i]) * risen + p * direct[i];
    }
}

double bg_emergency_direct(const bg_emergency *self, size_t month)
{
    return within(self, month) ? self->direct / (double)self->months : 0;
}
